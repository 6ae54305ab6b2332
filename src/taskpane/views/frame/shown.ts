/** What the pane shows of the desk: a room or a page over it, what is being read, what must be decided. */
import { holdsHongKong, isHongKong } from "../../../account";
import type { Desk, Looked } from "../../desk";
import type { DeskActs } from "../../desk-acts";
import { NO_HONG_KONG_TYPED, PARTS, type Part, type Written } from "../../desk-state";
import { h, type Child } from "../../element";
import type { Language } from "../../language";
import type { Late } from "../../late";
import type { Pane } from "../../pane";
import { rooms as codes } from "../../rooms";
import type { State } from "../../state";
import { FRAME_TEXTS } from "../../texts-frame";
import { IMPORT_TEXTS } from "../../texts-import";
import { hongKongArriving } from "../account/hong-kong-arriving";
import { accountRoom } from "../account/room";
import { holdsAnything } from "../account/status-card";
import type { Shown } from "../chrome";
import { mappingPage } from "../import/mapping";
import { problemsPage } from "../import/problems";
import { failures, progress, question } from "../import/reading";
import { start } from "../import/start";
import { settingsHead } from "../settings/head";
import { arriving } from "./arriving";
import { hongKongLeftOut } from "./hong-kong-left-out";
import { page } from "./page";
import { sourceBar } from "./source-bar";
import { tabList } from "./tabs";

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
      return h("section", { key: "page settings", class: "page" }, ...settings(desk, acts, state));
  }
}

function settings(desk: Desk, acts: DeskActs, state: State): Child[] {
  const { language } = state;
  const frame = FRAME_TEXTS[language];
  const code = codes.settings.here;
  if (!code) {
    const landing = "settings-heading";
    return [
      settingsHead(frame.settings, frame.back, () => desk.closePage()),
      ...arriving(codes.settings, desk, { name: frame.settings, landing }, frame),
    ];
  }
  return code.settingsPage({
    profile: desk.state.profile,
    typed: desk.state.profileTyped,
    refused: desk.state.profileRefused,
    book: desk.looked?.book,
    languageChoice: state.languageChoice,
    themeChoice: state.themeChoice,
    moves: state.moves,
    wan: state.wan,
    notice: desk.state.notice,
    snapshots: desk.state.snapshots.length,
    keepsImports: desk.kept.isOn,
    acts: acts.settings,
    language,
  });
}

/** The sheet written last, where it is of what is looked at. */
function writtenOf({ state, looked }: Desk, of: Written["of"]): Written | undefined {
  const { written } = state;
  return written?.entry === looked?.entry.key && written?.of === of ? written : undefined;
}

/** The holdings in Hong Kong; undefined where there are none. */
function hongKong(
  desk: Desk,
  acts: DeskActs,
  { language, wan }: State,
  { entry, book }: Looked,
): readonly Child[] | undefined {
  if (!holdsHongKong(entry.statement)) return undefined;
  const rows = entry.statement.positions.filter(isHongKong).length;
  const code = codes.hongKong.here;
  if (!code) return [hongKongArriving(rows, language)];
  const ours = desk.hongKong(code, entry);
  if (!ours) return undefined;
  const only = !holdsAnything(book);
  return code.hongKongCards({
    book: ours,
    only,
    sample: entry.sample,
    typed: desk.typedFor(entry).hongKong ?? NO_HONG_KONG_TYPED,
    commodity: desk.state.commodity,
    open: desk.state.hongKongOpen,
    toggle: (open) => {
      if (open !== desk.state.hongKongOpen) desk.set({ hongKongOpen: open });
    },
    notice: only ? desk.state.notice : undefined,
    acts: acts.hongKong,
    wan,
    language,
  });
}

/** What was typed for the account, as its fields take it. */
function typedOf(desk: Desk, { entry }: Looked) {
  const { prices, rates, equity, terms } = desk.typedFor(entry);
  return { typedPrices: prices, typedRates: rates, typedEquity: equity, typedTerms: terms };
}

function account(desk: Desk, acts: DeskActs, state: State): Child[] {
  const { language } = state;
  const texts = IMPORT_TEXTS[language];
  const { looked } = desk;
  const connected = state.connection === "connected";
  const told = [progress(desk, texts), ...failures(desk, acts, language, texts)];
  if (!looked) return [notice(desk), ...told, ...start(desk, acts, connected, language, texts)];
  const { entry, book, since, closeFirst } = looked;
  const { notice: said } = desk.state;
  const written = writtenOf(desk, "account");
  const { found, read } = entry.statement.rows;
  return [
    ...told,
    ...accountRoom({
      book,
      since,
      closeFirst,
      problems: found - read,
      sample: entry.sample,
      hongKong: hongKong(desk, acts, state, looked),
      recalculating:
        (desk.state.reading?.shown ?? false) || desk.calculation.underWay !== undefined,
      ui: {
        ...desk.state.account,
        ...typedOf(desk, looked),
        notice: said ?? (written && { kind: "done", text: written.text[language] }),
        canUndo: !said && written !== undefined,
        connected,
        writing: desk.state.writing,
        wan: state.wan,
      },
      acts: acts.account,
      language,
    }),
  ];
}

/** What would stand in a room, and the way to what it needs. */
function empty(
  desk: Desk,
  acts: DeskActs,
  language: Language,
  what: string,
  next: string,
): Child[] {
  return [
    progress(desk, IMPORT_TEXTS[language]),
    h(
      "section",
      { key: "empty", class: "card empty-room" },
      h("p", {}, what),
      h("p", { class: "muted" }, next),
      h(
        "button",
        { type: "button", class: "button primary", onclick: () => acts.whatIf.toAccount() },
        FRAME_TEXTS[language].toAccount,
      ),
    ),
  ];
}

function whatIf(desk: Desk, acts: DeskActs, state: State): Child[] {
  const { language } = state;
  const frame = FRAME_TEXTS[language];
  const { looked } = desk;
  if (!looked) return empty(desk, acts, language, frame.emptyWhatIf, frame.emptyWhatIfNext);
  const { part } = desk.state;
  const idOf = (one: Part): string => `part-${one}`;
  const told = [
    progress(desk, IMPORT_TEXTS[language]),
    ...failures(desk, acts, language, IMPORT_TEXTS[language]),
  ];
  const leftOut = hongKongLeftOut(looked.book, looked.entry.statement, frame, () =>
    acts.whatIf.toAccount(),
  );
  if (leftOut.only) return [...told, leftOut.said];
  return [
    ...told,
    leftOut.said,
    tabList({
      className: "parts",
      label: frame.parts,
      all: PARTS,
      chosen: part,
      names: frame.part,
      idOf,
      panel: "part",
      choose: (one) => acts.part(one),
    }),
    h(
      "div",
      { key: part, id: "part", class: "part", role: "tabpanel", "aria-labelledby": idOf(part) },
      ...{ market, actions, expiry }[part](desk, acts, state, looked),
    ),
  ];
}

/** What all parts show of the sheet written last, and whether they can write. */
function writingOf(desk: Desk, { connection, language }: State, written: Written | undefined) {
  const { notice: said, writing } = desk.state;
  return {
    notice: said ?? (written && ({ kind: "done", text: written.text[language] } as const)),
    canUndo: !said && written !== undefined,
    connected: connection === "connected",
    writing,
  };
}

function arrivingPart(code: Late<unknown>, part: Part, desk: Desk, { language }: State): Child[] {
  const frame = FRAME_TEXTS[language];
  return arriving(code, desk, { name: frame.part[part], landing: `part-${part}` }, frame);
}

function actions(desk: Desk, acts: DeskActs, state: State, { book }: Looked): Child[] {
  const code = codes.actions.here;
  if (!code) return arrivingPart(codes.actions, "actions", desk, state);
  const { whatIf: ui } = desk.state;
  const written = ui.order === "combine" ? writtenOf(desk, "combining") : undefined;
  const { plan, combining, strip, busy } = desk.planned(code, book);
  return code.whatIfRoom({
    book,
    plan,
    combining,
    planning: busy,
    strip,
    ui,
    acts: acts.whatIf,
    wan: state.wan,
    language: state.language,
    ...writingOf(desk, state, written),
  });
}

function market(desk: Desk, acts: DeskActs, state: State, { book }: Looked): Child[] {
  const code = codes.market.here;
  if (!code) return arrivingPart(codes.market, "market", desk, state);
  const { marketed, width } = desk.marketed(code, book);
  return code.marketPart({
    ...{ book, width, ...marketed },
    ui: desk.state.market,
    acts: acts.market,
    language: state.language,
    ...writingOf(desk, state, writtenOf(desk, "market")),
  });
}

function expiry(desk: Desk, acts: DeskActs, state: State, { book, entry }: Looked): Child[] {
  const code = codes.expiry.here;
  if (!code) return arrivingPart(codes.expiry, "expiry", desk, state);
  return code.expiryPart({
    book,
    typedPrices: desk.typedFor(entry).prices,
    ...desk.expiries(code, book),
    ui: desk.state.expiry,
    acts: acts.expiry,
    language: state.language,
    ...writingOf(desk, state, writtenOf(desk, "expiry")),
  });
}

function reconcile(desk: Desk, acts: DeskActs, state: State): Child[] {
  const { language } = state;
  const frame = FRAME_TEXTS[language];
  const { looked } = desk;
  if (!looked) return empty(desk, acts, language, frame.emptyReconcile, frame.emptyReconcileNext);
  const code = codes.reconcile.here;
  if (!code) {
    const landing = "tab-reconcile";
    return arriving(codes.reconcile, desk, { name: frame.reconcile, landing }, frame);
  }
  const { book, entry } = looked;
  const writing = writingOf(desk, state, writtenOf(desk, "reconcile"));
  const { notice: said } = desk.state;
  const atPrices = said?.at === "prices" ? said : undefined;
  return [
    progress(desk, IMPORT_TEXTS[language]),
    ...failures(desk, acts, language, IMPORT_TEXTS[language]),
    ...code.reconcileRoom({
      book,
      ...desk.reconciled(code, looked),
      front: entry.key,
      sample: entry.sample,
      profile: desk.state.profile,
      asking: {
        ui: { ...typedOf(desk, looked), notice: atPrices, connected: writing.connected },
        acts: acts.account,
      },
      typedPrevious: desk.typedFor(entry).previous,
      ui: desk.state.reconcile,
      acts: acts.reconcile,
      language,
      ...writing,
      notice: atPrices ? undefined : writing.notice,
    }),
  ];
}

function functions(desk: Desk, _acts: DeskActs, state: State, pane: Pane): Child[] {
  const code = codes.functions.here;
  if (code) return code.functionsRoom(state, pane);
  const frame = FRAME_TEXTS[state.language];
  return arriving(
    codes.functions,
    desk,
    { name: frame.functions, landing: "tab-functions" },
    frame,
  );
}

export function deskShown(desk: Desk, acts: DeskActs, state: State, pane: Pane): Shown {
  const { language } = state;
  const texts = IMPORT_TEXTS[language];
  const { room, dragging, page: opened } = desk.state;
  const { entry } = desk;
  const rooms = { account, whatIf, reconcile, functions };
  const over = [
    question(desk, language, texts),
    dragging && entry && h("div", { key: "drop", class: "drop-over" }, h("p", {}, texts.dropHere)),
  ];
  return {
    page: openPage(desk, acts, state),
    room: opened ? [] : rooms[room](desk, acts, state, pane),
    sourceBar:
      entry && room !== "functions"
        ? sourceBar(entry, desk, acts, language, FRAME_TEXTS[language])
        : undefined,
    over,
  };
}
