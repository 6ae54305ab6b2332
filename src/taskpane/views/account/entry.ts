/** A field for a figure that no statement says, and what is said beside it of a text that is none. */
import { h, type Child, type Described } from "../../element";

/** In a field nothing was typed into: no figure that could be taken for one. */
export const BLANK = "—";

interface Asked {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly placeholder: string;
  readonly wrong: boolean;
  readonly type: (text: string) => void;
}

export const input = ({ id, label, text, placeholder, wrong, type }: Asked): Described =>
  h("input", {
    id,
    type: "text",
    class: "entry",
    inputmode: "decimal",
    value: text,
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
    "aria-invalid": wrong ? "true" : undefined,
    "aria-describedby": wrong ? `${id}-wrong` : undefined,
    oninput: (event: InputEvent) => type((event.target as HTMLInputElement).value),
  });

export const wrongLine = (id: string, text: string | undefined): Child =>
  text !== undefined && h("p", { key: `${id}-wrong`, id: `${id}-wrong`, class: "objection" }, text);
