/** The open function: its arguments, its answer and why, and the formula on its way into the sheet. */
import type { FunctionEntry } from "../catalog";
import type { Evaluation } from "../draft";
import { h, type Child, type Described } from "../element";
import { EXAMPLES } from "../examples";
import type { Language } from "../language";
import type { Pane, Part } from "../pane";
import type { OpenFunction, State } from "../state";
import type { Texts } from "../texts";
import { answer } from "./answer";
import { fields } from "./fields";
import { chevron } from "./icons";
import { formulaLine, insertButton } from "./insert";
import { workingView } from "./result";
import { sampleView } from "./sample";
import { certainty, sourceView } from "./source";

function disclosure(
  part: Exclude<Part, "more">,
  label: Child[],
  body: readonly Child[],
  open: OpenFunction,
  pane: Pane,
): Described {
  return h(
    "div",
    { key: part, class: "why" },
    h(
      "button",
      {
        type: "button",
        class: "disclosure",
        "aria-expanded": String(open[part]),
        "aria-controls": part,
        onclick: () => pane.toggle(part),
      },
      ...label,
      chevron(),
    ),
    h("div", { id: part, class: "because", hidden: !open[part] }, ...(open[part] ? body : [])),
  );
}

/** The help pages stand beside this page, wherever both are served from. */
function helpAddress({ helpUrl }: FunctionEntry, language: Language): string | undefined {
  const [beside] = /help\/[^/]*$/.exec(helpUrl[language] ?? "") ?? [];
  return beside;
}

function helpLink(entry: FunctionEntry, language: Language, texts: Texts): Child {
  const href = helpAddress(entry, language);
  return (
    href !== undefined &&
    h(
      "a",
      { class: "help", href, target: "_blank", rel: "noopener" },
      texts.help,
      h("span", { class: "unseen" }, ` ${texts.newWindow}`),
    )
  );
}

export function functionView(
  entry: FunctionEntry,
  evaluation: Evaluation,
  open: OpenFunction,
  state: State,
  pane: Pane,
  texts: Texts,
): Described {
  const { language } = state;
  const { formula, working, source } = evaluation;
  const { notice } = open;
  const nothingTyped = Object.values(open.draft.typed).every((text) => text === "");
  const [circularNote, insert] = insertButton(evaluation, state, pane, texts);
  return h(
    "div",
    { key: "detail", class: "detail", role: "group", "aria-label": entry.id },
    h("div", { class: "fields" }, ...fields(evaluation.fields, open, state, pane, texts)),
    h(
      "div",
      { class: "field-actions" },
      entry.id in EXAMPLES &&
        h(
          "button",
          {
            key: "example",
            type: "button",
            class: "link",
            id: "example",
            onclick: () => pane.example(),
          },
          texts.example,
        ),
      !nothingTyped &&
        h(
          "button",
          { key: "clear", type: "button", class: "link", onclick: () => pane.clear() },
          texts.clearFields,
        ),
    ),
    sampleView(entry.id, evaluation, language, texts),
    h("div", { class: "outcome" }, ...answer(entry, evaluation, open, state, texts)),
    working !== undefined &&
      disclosure("working", [texts.working], workingView(working, language, texts), open, pane),
    source !== undefined &&
      disclosure(
        "source",
        [texts.source, "citation" in source && certainty(source.citation, texts)],
        sourceView(source, language, texts),
        open,
        pane,
      ),
    formulaLine(entry, formula, state, pane, texts),
    circularNote,
    notice !== undefined &&
      h(
        "p",
        { key: "notice", class: notice.kind === "done" ? "advice done" : "advice" },
        notice.text,
      ),
    h("div", { class: "actions" }, insert, helpLink(entry, language, texts)),
  );
}
