/** What could not be read: file, row, column, raw text and the reason, one by one; nothing is dropped quietly. */
import type { DeskActs } from "../../desk-acts";
import { h, type Child, type Described } from "../../element";
import { langOf, type Language } from "../../language";
import { withoutAccounts, type Problem, type Statement } from "../../../statements";
import type { ImportTexts } from "../../texts-import";

/** The number of an ETF option, which is no account's. */
const OPTION_NUMBER = /^[19]\d{7}$/;

interface Facts {
  readonly file: string;
  readonly row: string | undefined;
  readonly column: string | undefined;
  readonly raw: string | undefined;
  readonly reason: string;
}

/** What of a problem may be seen: no account's number, whether it stands in a file's name or in a row. */
function factsOf(
  { file, sheet, row, column, raw, text }: Problem,
  language: Language,
  ids: readonly string[],
): Facts {
  const isContract = (number: string): boolean =>
    OPTION_NUMBER.test(number) && !file.includes(number) && !ids.includes(number);
  const shown = (cell: string): string => withoutAccounts(cell, isContract);
  return {
    file: withoutAccounts(sheet === undefined ? file : `${file} ${sheet}`),
    row: row === undefined ? undefined : String(row),
    column,
    raw: raw === undefined ? undefined : shown(raw),
    reason: shown(text[language]),
  };
}

/** As a table one can paste: file, row, column, raw text, reason. */
export function problemsText(
  problems: readonly Problem[],
  ids: readonly string[],
  language: Language,
  texts: ImportTexts,
): string {
  const clean = (text: string | undefined): string => (text ?? "").replace(/[\t\r\n]+/g, " ");
  return [
    [texts.file, texts.row, texts.column, texts.raw, texts.reason],
    ...problems.map((one) => {
      const { file, row, column, raw, reason } = factsOf(one, language, ids);
      return [file, row, column, raw, reason];
    }),
  ]
    .map((cells) => cells.map(clean).join("\t"))
    .join("\n");
}

/** More are for a sheet, not for a pane. */
const MOST = 200;

/** More of a cell than tells it from others fills the pane. */
const LONGEST = 80;

const cut = (text: string | undefined): string | undefined =>
  text !== undefined && text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

function row(
  one: Problem,
  ids: readonly string[],
  language: Language,
  texts: ImportTexts,
): Described {
  const said = factsOf(one, language, ids);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [texts.file, said.file],
    [texts.row, said.row],
    [texts.column, said.column],
    [texts.raw, cut(said.raw)],
  ];
  return h(
    "li",
    {},
    h("p", { lang: langOf(said.reason) }, said.reason),
    h(
      "dl",
      {},
      ...facts.flatMap(([name, value]) =>
        value === undefined ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, value))],
      ),
    ),
  );
}

const list = (
  problems: readonly Problem[],
  ids: readonly string[],
  language: Language,
  texts: ImportTexts,
): Child =>
  problems.length > 0 &&
  h(
    "ul",
    { class: "card problems" },
    ...problems.slice(0, MOST).map((one) => row(one, ids, language, texts)),
    problems.length > MOST && h("li", { class: "muted" }, texts.more100(problems.length - MOST)),
  );

export function problemsPage(
  { problems, accounts }: Pick<Statement, "problems" | "accounts">,
  acts: DeskActs,
  language: Language,
  texts: ImportTexts,
): Child[] {
  const ids = accounts.flatMap(({ id }) => id ?? []);
  const grave = problems.filter(({ notice }) => !notice);
  const notices = problems.filter(({ notice }) => notice);
  return [
    h("p", {}, grave.length > 0 ? texts.problemsHint(grave.length) : texts.noProblems),
    problems.length > 0 &&
      h(
        "button",
        {
          key: "copy",
          type: "button",
          id: "copy-problems",
          class: "button",
          onclick: () => void acts.copy(problemsText(problems, ids, language, texts)),
        },
        texts.copyAll,
      ),
    list(grave, ids, language, texts),
    notices.length > 0 && h("h3", { key: "notices" }, texts.notices),
    list(notices, ids, language, texts),
  ];
}
