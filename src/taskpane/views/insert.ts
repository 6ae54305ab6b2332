/** The formula as it is inserted, and the cell it goes into. */
import type { FunctionEntry } from "../catalog";
import type { Evaluation } from "../draft";
import { h, type Child, type Described } from "../element";
import { nameIn } from "../formula-text";
import type { Pane } from "../pane";
import { holds, readReference, withoutSheet } from "../reference";
import type { State } from "../state";
import type { Texts } from "../texts";
import { pages, toCell } from "./icons";

function selectFormula(): void {
  const formula = document.getElementById("formula");
  if (formula) getSelection()?.selectAllChildren(formula);
}

export function formulaLine(
  entry: FunctionEntry,
  formula: string | undefined,
  state: State,
  pane: Pane,
  texts: Texts,
): Described {
  const names = entry.parameters
    .filter(({ optional }) => !optional)
    .map(({ name }) => name)
    .join(", ");
  return h(
    "div",
    { class: "formula" },
    h(
      "code",
      {
        id: "formula",
        class: formula ? "" : "muted",
        translate: "no",
        "aria-label": texts.formula,
      },
      formula ?? `=${nameIn(state.namespace, entry.id)}(${names})`,
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": texts.copy,
        title: texts.copy,
        disabled: formula === undefined,
        onclick: () => formula !== undefined && void pane.copy(formula, selectFormula),
      },
      pages(),
    ),
  );
}

/** A cell that the formula reads can't hold it. */
function isCircular({ fields: all }: Evaluation, address: string): boolean {
  const cell = readReference(address);
  return (
    cell !== undefined &&
    all.some(({ argument }) => argument.kind === "reference" && holds(argument.reference, cell))
  );
}

export function insertButton(
  evaluation: Evaluation,
  state: State,
  pane: Pane,
  texts: Texts,
): Child[] {
  const { formula } = evaluation;
  const { target, connection } = state;
  const cell = target && withoutSheet(target.address);
  const circular = target !== undefined && isCircular(evaluation, target.address);
  const label =
    cell === undefined
      ? texts.insertNowhere
      : target?.empty
        ? texts.insert(cell)
        : texts.replace(cell);
  return [
    circular &&
      formula !== undefined &&
      h("p", { key: "circular", class: "advice" }, texts.circular(cell ?? "")),
    h(
      "button",
      {
        key: "insert",
        type: "button",
        id: "insert",
        class: "button primary",
        disabled:
          formula === undefined || cell === undefined || circular || connection !== "connected",
        onclick: () => formula !== undefined && void pane.insert(formula),
      },
      toCell(),
      label,
    ),
  ];
}
