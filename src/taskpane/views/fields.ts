/** The arguments of the open function: label and unit, a field, and the button that takes the selection. */
import { h, type Child, type Described } from "../element";
import { exchanges } from "../../exchanges";
import type { Argument } from "../argument";
import type { Field } from "../draft";
import { numberText } from "../formula-text";
import type { Pane } from "../pane";
import type { Reading } from "../draft";
import { seenFrom } from "../reference";
import type { OpenFunction, State } from "../state";
import type { Texts } from "../texts";
import { chevron, crosshair } from "./icons";

/** Arguments that take one of a few words offer them; anything else can still be typed. */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  right: ["C", "P"],
  side: ["short", "long"],
  language: ["zh", "en"],
  optionValue: ["none", "short", "net"],
  exchange: exchanges.map(({ exchange }) => exchange),
};

/** What a reference read, so that nobody has to look it up in the sheet. */
function readingText(reading: Reading, texts: Texts): string {
  if ("problem" in reading) return texts.problem[reading.problem];
  const { values } = reading;
  const columns = values[0]?.length ?? 0;
  if (values.length !== 1 || columns !== 1) return texts.range(values.length, columns);
  const value = values[0]?.[0];
  if (value === "") return texts.blankCell;
  return typeof value === "number" ? numberText(value).replace("-", "\u2212") : String(value);
}

/** What a field shows: a cell without its sheet where that is the formula's own, unless it is being typed. */
function shown(argument: Argument, typed: string, id: string, { target }: State): string {
  const resting = document.activeElement?.id !== id;
  if (argument.kind !== "reference" || !resting) return typed;
  const short = seenFrom(argument.reference, target?.sheet);
  return short === argument.reference.text ? typed : short;
}

/** The words an argument offers, for the field to complete. */
const offered = (name: string): Child =>
  name in OFFERED &&
  h(
    "datalist",
    { key: "offered", id: `offered-${name}` },
    ...(OFFERED[name] ?? []).map((value) => h("option", { value })),
  );

function field(
  { parameter, argument, refusal, reading }: Field,
  open: OpenFunction,
  state: State,
  pane: Pane,
  texts: Texts,
): Described {
  const { name } = parameter;
  const { label, unit, hint } = parameter.text[state.language];
  const id = `field-${name}`;
  const problem = refusal && texts.refusal[refusal];
  const hinted = hint !== "" && open.hint === name;
  return h(
    "div",
    { key: name, class: "field" },
    h(
      "label",
      { for: id },
      h("span", { class: "label" }, label),
      unit !== "" && " ",
      unit !== "" && h("span", { class: "unit" }, unit),
    ),
    h("input", {
      id,
      type: "text",
      value: shown(argument, open.draft.typed[name] ?? "", id, state),
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      list: name in OFFERED ? `offered-${name}` : undefined,
      required: !parameter.optional,
      "aria-invalid": problem ? "true" : undefined,
      "aria-describedby": `${id}-hint ${id}-said`,
      oninput: (event: InputEvent) => pane.type(name, (event.target as HTMLInputElement).value),
      onfocus: () => pane.hint(name),
    }),
    h(
      "button",
      {
        type: "button",
        class: "icon-button pick",
        "aria-label": texts.pick(label),
        title: texts.pick(label),
        disabled: state.connection !== "connected",
        onclick: () => void pane.pick(name),
      },
      crosshair(),
    ),
    offered(name),
    h(
      "p",
      {
        key: "said",
        id: `${id}-said`,
        class: problem ? "said wrong" : "said",
        hidden: !problem && !reading,
      },
      problem ?? (reading && readingText(reading, texts)),
    ),
    h("p", { key: "hint", id: `${id}-hint`, class: "hint", hidden: !hinted }, hint),
  );
}

export function fields(
  all: readonly Field[],
  open: OpenFunction,
  state: State,
  pane: Pane,
  texts: Texts,
): Child[] {
  const view = (one: Field): Described => field(one, open, state, pane, texts);
  const optional = all.filter(({ parameter }) => parameter.optional);
  return [
    ...all.filter(({ parameter }) => !parameter.optional).map(view),
    optional.length > 0 &&
      h(
        "button",
        {
          key: "more button",
          type: "button",
          class: "disclosure",
          "aria-expanded": String(open.more),
          "aria-controls": "more",
          onclick: () => pane.toggle("more"),
        },
        texts.optional(optional.length),
        chevron(),
      ),
    optional.length > 0 &&
      h(
        "div",
        { key: "more", id: "more", class: "more", hidden: !open.more },
        ...optional.map(view),
      ),
  ];
}
