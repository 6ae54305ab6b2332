/** What the call comes to: what is still needed, the answer, and whether it is the published one. */
import { sentenceIn, termIn } from "../bilingual";
import type { FunctionEntry } from "../catalog";
import type { Evaluation } from "../draft";
import { h, type Child } from "../element";
import { EXAMPLES } from "../examples";
import type { Language } from "../language";
import { figureKind, figureText } from "../numbers";
import { isFailure, type Result } from "../result";
import type { OpenFunction, State } from "../state";
import type { Texts } from "../texts";
import { resultView } from "./result";

/** A result in words, for the live region. */
export function spokenResult(
  { result }: Evaluation,
  id: string,
  language: Language,
  texts: Texts,
): string {
  if (!result) return "";
  switch (result.kind) {
    case "number":
      return `${texts.result} ${figureText(result.value, figureKind(id))}`;
    case "text":
      return `${texts.result} ${result.value}`;
    case "failure":
      return sentenceIn(language, result.failure.message);
    case "rows": {
      const last = result.rows.at(-1) ?? [];
      const cells = last.map((cell) =>
        isFailure(cell)
          ? cell.code
          : typeof cell === "number"
            ? figureText(cell, figureKind(id))
            : termIn(language, String(cell)),
      );
      return `${texts.result} ${texts.range(result.rows.length, last.length)}: ${cells.join(" ")}`;
    }
  }
}

/** The figure an example must give, while its arguments stand as the example has them. */
function exampleCheck(
  result: Result,
  open: OpenFunction,
  language: Language,
  texts: Texts,
): string | undefined {
  const { id, typed } = open.draft;
  const example = EXAMPLES[id];
  const typedIn = Object.entries(typed).filter(([, text]) => text !== "");
  const untouched =
    typedIn.length === Object.keys(example?.typed ?? {}).length &&
    typedIn.every(([name, text]) => example?.typed[name] === text);
  if (!example || !untouched || typeof example.figure !== "number") return undefined;
  const [row = 0, column = 0] = example.at ?? [];
  const found =
    result.kind === "number"
      ? result.value
      : result.kind === "rows"
        ? result.rows[row]?.[column]
        : undefined;
  const kind = figureKind(id);
  const printed = figureText(example.figure, kind);
  if (typeof found !== "number" || figureText(found, kind) !== printed) return undefined;
  return example.printed
    ? texts.published(printed, example.printed[language])
    : texts.byHand(printed);
}

export function answer(
  entry: FunctionEntry,
  { result, missing, currency }: Evaluation,
  open: OpenFunction,
  state: State,
  texts: Texts,
): Child[] {
  const { language } = state;
  if (!result) {
    const labels = missing.map(({ text }) => text[language].label).join(texts.separator);
    return [
      h(
        "p",
        { class: "answer" },
        h("span", { class: "equals" }, "= "),
        h("span", { class: "none" }, "—"),
      ),
      missing.length > 0 && h("p", { class: "muted" }, texts.needs(labels)),
    ];
  }
  const yuan = language === "zh" && currency === "CNY" ? "元" : currency;
  const check = exampleCheck(result, open, language, texts);
  return [
    ...resultView(result, figureKind(entry.id), yuan, language, texts),
    check !== undefined && h("p", { class: "muted" }, check),
  ];
}
