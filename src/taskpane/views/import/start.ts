/** How a statement comes in: dropped, chosen, pasted, selected; and the sample for who has none. */
import type { Desk } from "../../desk";
import type { DeskActs } from "../../desk-acts";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { Input } from "../../reading-input";
import { FORMATS, type FormatId } from "../../../statements";
import type { ImportTexts } from "../../texts-import";
import { chevron } from "../icons";
import { flask, lock, sheetDown } from "../frame/icons";

export const inputsOf = (files: FileList | null | undefined): Input[] =>
  [...(files ?? [])].map((file) => ({ kind: "file", name: file.name, file }));

function dropZone(desk: Desk, acts: DeskActs, connected: boolean, texts: ImportTexts): Described {
  const { dragging } = desk.state;
  return h(
    "section",
    { class: dragging ? "card drop dragging" : "card drop", "aria-labelledby": "drop-says" },
    sheetDown(),
    h("h2", { id: "drop-says" }, dragging ? texts.dropHere : texts.drop),
    h("p", {}, texts.dropHint),
    h("input", {
      type: "file",
      id: "files",
      class: "unseen",
      multiple: true,
      tabindex: -1,
      "aria-hidden": "true",
      onchange: ({ target }: Event) => {
        const chosen = target as HTMLInputElement;
        const inputs = inputsOf(chosen.files);
        // The same file may be chosen again after it was changed.
        chosen.value = "";
        void desk.imports.take(inputs);
      },
    }),
    h(
      "div",
      { class: "stack" },
      h(
        "button",
        {
          type: "button",
          id: "choose-files",
          class: "button primary",
          onclick: () => document.getElementById("files")?.click(),
        },
        texts.choose,
      ),
      h(
        "button",
        {
          type: "button",
          id: "use-selection",
          class: "button",
          disabled: !connected,
          onclick: () => void acts.takeSelection(),
        },
        texts.useSelection,
      ),
    ),
    !connected && h("p", { key: "offline", class: "muted" }, texts.selectionNeedsExcel),
  );
}

function pasteField(desk: Desk, texts: ImportTexts): Described {
  const { pasted } = desk.state;
  return h(
    "section",
    { class: "card paste" },
    h("label", { for: "pasted" }, texts.paste),
    h("textarea", {
      id: "pasted",
      rows: 2,
      placeholder: texts.pasteHint,
      value: pasted,
      autocomplete: "off",
      spellcheck: "false",
      oninput: ({ target }: Event) => desk.set({ pasted: (target as HTMLTextAreaElement).value }),
    }),
    pasted.trim() !== "" &&
      h(
        "button",
        {
          key: "read",
          type: "button",
          id: "read-pasted",
          class: "button",
          onclick: () =>
            void desk.imports.take([{ kind: "text", name: texts.pastedName, text: pasted }]),
        },
        texts.pasteRead,
      ),
  );
}

const sampleRow = (acts: DeskActs, texts: ImportTexts): Described =>
  h(
    "button",
    {
      key: "sample",
      type: "button",
      id: "try-sample",
      class: "card sample-row",
      onclick: () => void acts.trySample(),
    },
    h("span", { class: "tile" }, flask()),
    h("span", { class: "words" }, h("b", {}, texts.trySample), h("span", {}, texts.trySampleHint)),
    chevron(),
  );

function readable(desk: Desk, language: Language, texts: ImportTexts): Described {
  const { formats } = desk.state;
  return h(
    "section",
    { class: "card readable" },
    h(
      "button",
      {
        type: "button",
        class: "readable-head",
        "aria-expanded": String(formats),
        "aria-controls": "readable",
        onclick: () => desk.set({ formats: !formats }),
      },
      h("b", {}, texts.which),
      chevron(),
    ),
    h(
      "ul",
      { id: "readable", hidden: !formats },
      ...(Object.keys(FORMATS) as FormatId[]).map((id) =>
        h("li", { key: id }, id === "table" ? texts.whichTable : FORMATS[id][language]),
      ),
    ),
  );
}

/** What becomes of the files: known before the first is given. */
const promise = (desk: Desk, texts: ImportTexts): Described =>
  h(
    "div",
    { key: "promise", class: "promise" },
    lock(),
    h(
      "div",
      {},
      h("p", {}, texts.promise),
      h(
        "p",
        {},
        desk.kept.isOn ? texts.promiseKept : texts.promiseNotKept,
        " ",
        h(
          "button",
          {
            type: "button",
            id: "keeping-in-settings",
            class: "link",
            onclick: () => desk.openPage("settings"),
          },
          texts.promiseChange,
        ),
      ),
    ),
  );

/** The whole of the first run, and of the Import page. */
export const start = (
  desk: Desk,
  acts: DeskActs,
  connected: boolean,
  language: Language,
  texts: ImportTexts,
): Child[] => [
  dropZone(desk, acts, connected, texts),
  !desk.entries.some(({ sample }) => sample) && sampleRow(acts, texts),
  pasteField(desk, texts),
  promise(desk, texts),
  readable(desk, language, texts),
];
