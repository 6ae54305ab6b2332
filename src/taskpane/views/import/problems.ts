/** What could not be read: file, row, column, raw text and the reason, one by one; nothing is dropped quietly. */
import type { DeskActs } from "../../desk-acts";
import { h, type Child, type Described } from "../../element";
import { langOf, type Language } from "../../language";
import type { Problem } from "../../../statements";
import type { ImportTexts } from "../../texts-import";

/** As a table one can paste: file, row, column, raw text, reason. */
export function problemsText(
  problems: readonly Problem[],
  language: Language,
  texts: ImportTexts,
): string {
  const clean = (text: string | number | undefined): string =>
    String(text ?? "").replace(/[\t\r\n]+/g, " ");
  return [
    [texts.file, texts.row, texts.column, texts.raw, texts.reason],
    ...problems.map(({ file, sheet, row, column, raw, text }) => [
      sheet === undefined ? file : `${file} ${sheet}`,
      row,
      column,
      raw,
      text[language],
    ]),
  ]
    .map((cells) => cells.map(clean).join("\t"))
    .join("\n");
}

/** More are for a sheet, not for a pane. */
const MOST = 100;

function row(one: Problem, language: Language, texts: ImportTexts): Described {
  const { file, sheet, row: at, column, raw, text } = one;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [texts.file, sheet === undefined ? file : `${file} ${sheet}`],
    [texts.row, at === undefined ? undefined : String(at)],
    [texts.column, column],
    [texts.raw, raw],
  ];
  return h(
    "li",
    {},
    h("p", { lang: langOf(text[language]) }, text[language]),
    h(
      "dl",
      {},
      ...facts.flatMap(([name, value]) =>
        value === undefined ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, value))],
      ),
    ),
  );
}

const list = (problems: readonly Problem[], language: Language, texts: ImportTexts): Child =>
  problems.length > 0 &&
  h(
    "ul",
    { class: "card problems" },
    ...problems.slice(0, MOST).map((one) => row(one, language, texts)),
    problems.length > MOST && h("li", { class: "muted" }, texts.more100(problems.length - MOST)),
  );

export function problemsPage(
  problems: readonly Problem[],
  acts: DeskActs,
  language: Language,
  texts: ImportTexts,
): Child[] {
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
          onclick: () => void acts.copy(problemsText(problems, language, texts)),
        },
        texts.copyAll,
      ),
    list(grave, language, texts),
    notices.length > 0 && h("h3", { key: "notices" }, texts.notices),
    list(notices, language, texts),
  ];
}
