/** What the function answers: a figure, a word, a table or a sentence that names the argument. */
import { figuresIn, termIn } from "../bilingual";
import { h, type Child } from "../element";
import { langOf, type Language } from "../language";
import { exactText, figureText, type FigureKind } from "../numbers";
import type { Result } from "../result";
import type { Texts } from "../texts";
import type { Working } from "../working";
import { failureView, rowsView } from "./rows";

export function resultView(
  result: Result,
  kind: FigureKind,
  currency: string | undefined,
  language: Language,
  texts: Texts,
): Child[] {
  switch (result.kind) {
    case "failure":
      return [failureView(result.failure, language)];
    case "rows":
      return rowsView(result.rows, kind, language, texts);
    case "text":
      return result.value.startsWith("=")
        ? [h("code", { class: "answer-code", translate: "no" }, result.value)]
        : [h("p", { class: "answer text", lang: langOf(result.value) }, result.value)];
    case "number": {
      const exact = exactText(result.value, kind);
      return [
        h(
          "p",
          { class: "answer" },
          h("span", { class: "equals", "aria-hidden": "true" }, "= "),
          h("span", { class: "value" }, figureText(result.value, kind)),
          currency !== undefined && h("span", { class: "currency" }, currency),
        ),
        exact !== undefined && h("p", { class: "muted" }, texts.exact(exact)),
      ];
    }
  }
}

export function workingView(working: Working, language: Language, texts: Texts): Child[] {
  return [
    h(
      "table",
      { class: "facts working" },
      h("caption", { class: "unseen" }, texts.working),
      h(
        "tbody",
        {},
        ...working.rows.map(({ term, amount, role }) =>
          h(
            "tr",
            { class: role },
            h("th", { scope: "row" }, termIn(language, term)),
            h("td", { class: "figure" }, figureText(amount, "amount")),
          ),
        ),
      ),
    ),
    ...working.notes.map(([label, text]) =>
      h(
        "p",
        { class: "muted" },
        texts.labelled(termIn(language, label), figuresIn(language, termIn(language, text))),
      ),
    ),
  ];
}
