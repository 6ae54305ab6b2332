/** Whose statement of which day is looked at, how to bring another, and what could not be read of it. */
import { kindOf } from "../../../account";
import type { Desk } from "../../desk";
import type { DeskActs } from "../../desk-acts";
import { accountsAmong, type Entry } from "../../desk-entries";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { FORMATS, masked, withoutAccounts } from "../../../statements";
import type { FrameTexts } from "../../texts-frame";
import { warning } from "../icons";
import { down, gear, intoTray } from "./icons";

/** "11-20", with its year where that isn't this one. */
export const shownDay = (day: string, today: string): string =>
  day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;

const SHORT_FORMAT: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ctp: { zh: "CTP", en: "CTP" },
  etfOption: { zh: "ETF 期权", en: "ETF options" },
  cfmmc: { zh: "监控中心", en: "CFMMC" },
  securities: { zh: "证券", en: "Securities" },
  wenhua: { zh: "文华", en: "Wenhua" },
  machineText: { zh: "holddata", en: "holddata" },
  ibkr: { zh: "盈透", en: "IBKR" },
  futu: { zh: "富途", en: "Futu" },
  table: { zh: "表格", en: "Table" },
};

export function described(
  { account, day, statement }: Entry,
  desk: Desk,
  language: Language,
  texts: FrameTexts,
): { readonly who: string; readonly what: readonly string[] } {
  const { format } = statement;
  const currency = account?.currency;
  const foreign = currency && !/人民币|CNY|RMB/i.test(currency) ? [currency] : [];
  const kind = texts.kind[kindOf(statement)];
  const when = day ? shownDay(day, desk.around.today()) : texts.noDay;
  return {
    who: account?.id ? masked(account.id) : (account?.name ?? withoutAccounts(statement.file)),
    what: [
      language === "zh" ? `${when} ${kind}` : `${when} ${kind}`,
      ...(format ? [SHORT_FORMAT[format]?.[language] ?? FORMATS[format][language]] : []),
      ...foreign,
    ],
  };
}

/** Separators are drawn: Chinese faces make "·" as wide as a character. */
const dotted = (words: readonly string[]): Child[] =>
  words.flatMap((word, at) => (at === 0 ? [word] : [h("span", { class: "dot" }), word]));

function entryRow(
  entry: Entry,
  chosen: boolean,
  desk: Desk,
  language: Language,
  texts: FrameTexts,
): Described {
  const { who, what } = described(entry, desk, language, texts);
  return h(
    "li",
    { key: entry.key },
    h(
      "button",
      {
        type: "button",
        class: "source-row",
        "aria-pressed": String(chosen),
        onclick: () => desk.choose(entry.key),
      },
      h("span", { class: "who" }, who),
      h("span", { class: "what" }, ...dotted(what)),
      entry.sample && h("span", { class: "badge" }, texts.sample),
    ),
  );
}

function menu(
  entry: Entry,
  desk: Desk,
  acts: DeskActs,
  language: Language,
  texts: FrameTexts,
): Described {
  const { entries } = desk;
  const accounts = accountsAmong(entries);
  const isTable = entry.statement.format === "table" && entry.from.some(({ input }) => input);
  return h(
    "div",
    { class: "source-menu", id: "source-menu", hidden: !desk.state.menu },
    h("ul", {}, ...entries.map((one) => entryRow(one, one === entry, desk, language, texts))),
    accounts > 1 && h("p", { key: "accounts", class: "muted" }, texts.accounts(accounts)),
    h(
      "div",
      { class: "source-acts" },
      isTable &&
        h(
          "button",
          {
            key: "columns",
            type: "button",
            class: "link",
            onclick: () => void desk.columns.remap(entry),
          },
          texts.columns,
        ),
      entry.sample
        ? h(
            "button",
            {
              key: "clear",
              type: "button",
              class: "link",
              id: "clear-sample",
              onclick: () => void acts.clearSample(),
            },
            texts.clearSample,
          )
        : h(
            "button",
            {
              key: "remove",
              type: "button",
              class: "link",
              onclick: () => desk.imports.remove(entry),
            },
            texts.remove,
          ),
    ),
  );
}

export function sourceBar(
  entry: Entry,
  desk: Desk,
  acts: DeskActs,
  language: Language,
  texts: FrameTexts,
): Described {
  const { who, what } = described(entry, desk, language, texts);
  const problems = entry.statement.problems.filter(({ notice }) => !notice).length;
  return h(
    "div",
    { key: "source", class: "source-bar" },
    h(
      "button",
      {
        type: "button",
        id: "source-button",
        class: "source",
        title: texts.sourceOf,
        "aria-expanded": String(desk.state.menu),
        "aria-controls": "source-menu",
        onclick: () => desk.toggleMenu(),
      },
      h("span", { class: "unseen" }, `${texts.sourceOf}: `),
      h("span", { class: "who" }, who),
      h("span", { class: "what" }, ...dotted(what)),
      down(),
    ),
    entry.sample && h("span", { key: "sample", class: "badge" }, texts.sample),
    problems > 0 &&
      h(
        "button",
        {
          key: "problems",
          type: "button",
          id: "problems-button",
          class: "problem-count",
          "aria-label": texts.problems(problems),
          title: texts.problems(problems),
          onclick: () => desk.openPage("problems"),
        },
        warning(),
        String(problems),
      ),
    h(
      "button",
      {
        key: "import",
        type: "button",
        id: "import-button",
        class: "icon-button",
        "aria-label": texts.import,
        title: texts.import,
        onclick: () => desk.openPage("import"),
      },
      intoTray(),
    ),
    h(
      "button",
      {
        key: "settings",
        type: "button",
        id: "settings-button",
        class: "icon-button",
        "aria-label": texts.settings,
        title: texts.settings,
        onclick: () => desk.openPage("settings"),
      },
      gear(),
    ),
    menu(entry, desk, acts, language, texts),
    entry.from.some(({ id }) => desk.state.stale.has(id)) &&
      h(
        "p",
        { key: "stale", class: "stale" },
        h("span", {}, texts.stale),
        h(
          "button",
          { type: "button", class: "link", id: "reread", onclick: () => acts.reread() },
          texts.reread,
        ),
      ),
  );
}
