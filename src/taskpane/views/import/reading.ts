/** What goes on while files are read, what must be decided, and what could not be taken. */
import type { Desk } from "../../desk";
import type { DeskActs } from "../../desk-acts";
import type { Failure, Question } from "../../desk-state";
import { h, type Child, type Described } from "../../element";
import { langOf, type Language } from "../../language";
import { FORMATS } from "../../../statements";
import type { ImportTexts } from "../../texts-import";
import { cross, warning } from "../icons";

/** A bar without an end: nobody knows how many rows a file has before it is read. */
export function progress(desk: Desk, texts: ImportTexts): Child {
  const { reading } = desk.state;
  if (!reading?.shown) return calculation(desk, texts);
  return h(
    "div",
    { key: "progress", class: "card progress" },
    h("p", { id: "progress-says" }, texts.reading(reading.file, reading.rows)),
    desk.reading.waiting > 0 &&
      h(
        "p",
        { key: "waiting", id: "waiting", class: "muted" },
        texts.waiting(desk.reading.waiting),
      ),
    h("div", {
      class: "progress-bar",
      role: "progressbar",
      "aria-labelledby": "progress-says",
    }),
    h(
      "button",
      {
        type: "button",
        id: "cancel-reading",
        class: "button small",
        onclick: () => desk.reading.cancel(),
      },
      texts.cancel,
    ),
  );
}

/** A large book is worked out row by row. */
function calculation(desk: Desk, texts: ImportTexts): Child {
  const { underWay: known } = desk.calculation;
  if (!known) return undefined;
  const { file, rows, all } = known;
  return h(
    "div",
    { key: "calculation", class: "card progress" },
    h("p", { id: "calculation-says" }, texts.calculating(file, rows, all)),
    h("div", {
      class: "progress-bar",
      role: "progressbar",
      "aria-labelledby": "calculation-says",
      "aria-valuemin": 0,
      "aria-valuemax": all,
      "aria-valuenow": rows,
    }),
    h(
      "button",
      {
        type: "button",
        id: "cancel-calculation",
        class: "button small",
        onclick: () => desk.calculation.cancel(),
      },
      texts.cancel,
    ),
  );
}

function formats(
  { input, choices }: Extract<Question, { kind: "formats" }>,
  desk: Desk,
  language: Language,
  texts: ImportTexts,
): Child[] {
  return [
    h("p", { id: "question-says", class: "says" }, texts.which2(input.name)),
    h(
      "div",
      { class: "stack" },
      ...choices.map((id) =>
        h(
          "button",
          { key: id, type: "button", class: "button", onclick: () => void desk.imports.answer(id) },
          FORMATS[id][language],
        ),
      ),
      h(
        "button",
        {
          key: "none",
          type: "button",
          class: "link",
          onclick: () => void desk.imports.answer(undefined),
        },
        texts.cancel,
      ),
    ),
  ];
}

function again(
  { read }: Extract<Question, { kind: "again" }>,
  desk: Desk,
  texts: ImportTexts,
): Child[] {
  const { day, file } = read.statement;
  return [
    h("p", { id: "question-says", class: "says" }, texts.again(day ?? file)),
    h(
      "div",
      { class: "stack" },
      h(
        "button",
        {
          type: "button",
          id: "question-replace",
          class: "button primary",
          onclick: () => void desk.imports.answer("replace"),
        },
        texts.replace,
      ),
      h(
        "button",
        {
          type: "button",
          id: "question-keep",
          class: "button",
          onclick: () => void desk.imports.answer(undefined),
        },
        texts.keep,
      ),
    ),
  ];
}

/** The page's own dialog; the host blocks the browser's. */
export function question(desk: Desk, language: Language, texts: ImportTexts): Child {
  const [first] = desk.state.questions;
  // Columns are named on a page.
  if (!first || first.kind === "mapping") return undefined;
  return h(
    "dialog",
    {
      key: "question",
      id: "question",
      "aria-labelledby": "question-says",
      oncancel: (event: Event) => {
        event.preventDefault();
        void desk.imports.answer(undefined);
      },
    },
    ...(first.kind === "formats"
      ? formats(first, desk, language, texts)
      : again(first, desk, texts)),
  );
}

function failure(
  { id, text, details, table }: Failure,
  desk: Desk,
  acts: DeskActs,
  language: Language,
  texts: ImportTexts,
): Described {
  return h(
    "div",
    { key: `failure ${id}`, class: "card trouble-card", id: `failure-${id}`, tabindex: -1 },
    warning(),
    h(
      "div",
      { class: "trouble-body" },
      h("p", { lang: langOf(text[language]) }, text[language]),
      h(
        "div",
        { class: "trouble-acts" },
        table !== undefined &&
          h(
            "button",
            {
              key: "map",
              type: "button",
              class: "button small",
              onclick: () => desk.columns.openMapping(table.input, table.read),
            },
            texts.mapColumns,
          ),
        details !== "" &&
          h(
            "details",
            { key: "details" },
            h("summary", {}, texts.details),
            h("pre", {}, details),
            h(
              "button",
              { type: "button", class: "link", onclick: () => void acts.copy(details) },
              texts.copy,
            ),
          ),
      ),
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": texts.close,
        title: texts.close,
        onclick: () => desk.imports.dismiss(id),
      },
      cross(),
    ),
  );
}

export const failures = (
  desk: Desk,
  acts: DeskActs,
  language: Language,
  texts: ImportTexts,
): readonly Child[] => desk.state.failures.map((one) => failure(one, desk, acts, language, texts));
