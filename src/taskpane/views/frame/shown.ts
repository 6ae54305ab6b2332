/** What the pane shows of the desk: a room or a page over it, what is being read, what must be decided. */
import type { Desk } from "../../desk";
import type { DeskActs } from "../../desk-acts";
import { h, type Child } from "../../element";
import type { State } from "../../state";
import { FRAME_TEXTS } from "../../texts-frame";
import { IMPORT_TEXTS } from "../../texts-import";
import { accountRoom } from "../account/room";
import type { Shown } from "../chrome";
import { mappingPage } from "../import/mapping";
import { problemsPage } from "../import/problems";
import { failures, progress, question } from "../import/reading";
import { start } from "../import/start";
import { settingsPage } from "../settings/page";
import { whatIfRoom } from "../what-if/room";
import { page } from "./page";
import { sourceBar } from "./source-bar";

/** A page of problems that outlives its statement. */
const NOTHING_READ = { problems: [], accounts: [] };

function notice({ state: { notice: said } }: Desk): Child {
  return (
    said && h("p", { key: "notice", class: `card notice ${said.kind}` }, h("span", {}, said.text))
  );
}

function openPage(desk: Desk, acts: DeskActs, state: State): Child {
  const { language } = state;
  const texts = IMPORT_TEXTS[language];
  const frame = FRAME_TEXTS[language];
  const back = { label: frame.back, act: () => desk.closePage() };
  const told = [notice(desk), progress(desk, texts), ...failures(desk, acts, language, texts)];
  switch (desk.state.page) {
    case undefined:
      return undefined;
    case "import":
      return page(
        "import",
        texts.title,
        back,
        ...told,
        ...start(desk, acts, state.connection === "connected", language, texts),
      );
    case "problems":
      return page(
        "problems",
        texts.problems,
        back,
        ...told,
        ...problemsPage(desk.entry?.statement ?? NOTHING_READ, acts, language, texts),
      );
    case "mapping": {
      const { mapping } = desk.state;
      if (!mapping) return undefined;
      return page(
        "mapping",
        texts.mapping,
        back,
        ...told,
        ...mappingPage(mapping, desk, language, texts),
      );
    }
    case "settings":
      return h(
        "section",
        { key: "page settings", class: "page" },
        ...settingsPage({
          profile: desk.state.profile,
          typed: desk.state.profileTyped,
          refused: desk.state.profileRefused,
          book: desk.looked?.book,
          languageChoice: state.languageChoice,
          themeChoice: state.themeChoice,
          notice: desk.state.notice,
          snapshots: desk.state.snapshots.length,
          acts: acts.settings,
          language,
        }),
      );
  }
}

function account(desk: Desk, acts: DeskActs, state: State): Child[] {
  const { language } = state;
  const texts = IMPORT_TEXTS[language];
  const { looked } = desk;
  const connected = state.connection === "connected";
  const told = [progress(desk, texts), ...failures(desk, acts, language, texts)];
  if (!looked) return [notice(desk), ...told, ...start(desk, acts, connected, language, texts)];
  const { entry, book, since, closeFirst } = looked;
  const typed = desk.typedFor(entry);
  const { notice: said } = desk.state;
  const written = desk.state.written?.entry === entry.key ? desk.state.written : undefined;
  const { found, read } = entry.statement.rows;
  return [
    ...told,
    ...accountRoom({
      book,
      since,
      closeFirst,
      problems: found - read,
      sample: entry.sample,
      recalculating: (desk.state.reading?.shown ?? false) || desk.calculation !== undefined,
      ui: {
        ...desk.state.account,
        typedPrices: typed.prices,
        typedRates: typed.rates,
        typedEquity: typed.equity,
        typedTerms: typed.terms,
        notice: said ?? (written && { kind: "done", text: written.text[language] }),
        canUndo: !said && written !== undefined,
        connected,
        writing: desk.state.writing,
      },
      acts: acts.account,
      language,
    }),
  ];
}

function whatIf(desk: Desk, acts: DeskActs, state: State): Child[] {
  const { language } = state;
  const frame = FRAME_TEXTS[language];
  const { looked } = desk;
  if (!looked) {
    return [
      progress(desk, IMPORT_TEXTS[language]),
      h(
        "section",
        { key: "empty", class: "card empty-room" },
        h("p", {}, frame.emptyWhatIf),
        h("p", { class: "muted" }, frame.emptyWhatIfNext),
        h(
          "button",
          { type: "button", class: "button primary", onclick: () => acts.whatIf.toAccount() },
          frame.toAccount,
        ),
      ),
    ];
  }
  const { plan, strip, busy } = desk.planned(looked.book);
  return [
    progress(desk, IMPORT_TEXTS[language]),
    ...failures(desk, acts, language, IMPORT_TEXTS[language]),
    ...whatIfRoom({
      book: looked.book,
      plan,
      planning: busy,
      strip,
      ui: desk.state.whatIf,
      acts: acts.whatIf,
      language,
      notice: desk.state.notice,
    }),
  ];
}

export function deskShown(
  desk: Desk,
  acts: DeskActs,
  state: State,
  functions: () => Child[],
): Shown {
  const { language } = state;
  const texts = IMPORT_TEXTS[language];
  const { room, dragging, page: opened } = desk.state;
  const { entry } = desk;
  const rooms = { account, whatIf, functions };
  const over = [
    question(desk, language, texts),
    dragging && entry && h("div", { key: "drop", class: "drop-over" }, h("p", {}, texts.dropHere)),
  ];
  return {
    page: openPage(desk, acts, state),
    room: opened ? [] : rooms[room](desk, acts, state),
    sourceBar:
      entry && room !== "functions"
        ? sourceBar(entry, desk, acts, language, FRAME_TEXTS[language])
        : undefined,
    over,
  };
}
