/** A place to paste cells into: what is pasted is taken at once, what is typed when the button says so. */
import { h, type Described } from "../../element";

interface Pasted {
  /** "prices": what its parts are found by. */
  readonly name: string;
  readonly summary: string;
  readonly hint: string;
  readonly take: string;
  readonly example: string;
  readonly done: (text: string) => void;
}

export const pasteField = ({ name, summary, hint, take, example, done }: Pasted): Described =>
  h(
    "details",
    { key: `paste ${name}`, class: "paste-column" },
    h("summary", { class: "link" }, summary),
    h("textarea", {
      id: `paste-${name}`,
      class: "entry",
      rows: 3,
      placeholder: example,
      "aria-label": hint,
      spellcheck: "false",
      onpaste: (event: ClipboardEvent) => {
        const text = event.clipboardData?.getData("text") ?? "";
        if (text.trim() !== "") done(text);
      },
    }),
    h("p", { class: "note" }, hint),
    h(
      "button",
      {
        type: "button",
        class: "button small",
        id: `take-${name}`,
        onclick: (event: MouseEvent) => {
          const field = (event.currentTarget as HTMLElement).parentElement?.querySelector(
            "textarea",
          );
          if (field && field.value.trim() !== "") done(field.value);
        },
      },
      take,
    ),
  );
