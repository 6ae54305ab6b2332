/** A spilled answer as a table with its own scroll, and an error as a sentence. */
import { figuresIn, sentenceIn, termIn } from "../bilingual";
import { h, type Child, type Described } from "../element";
import { langOf, type Language } from "../language";
import { columnKind, figureText, type FigureKind } from "../numbers";
import { isFailure, type Cell, type Failure } from "../result";
import type { Texts } from "../texts";

export function failureView({ code, message }: Failure, language: Language): Described {
  const sentence = sentenceIn(language, message);
  return h(
    "p",
    { class: "failure" },
    h("span", { class: "code" }, code),
    " ",
    h("span", { lang: langOf(sentence) }, sentence),
  );
}

function cellText(cell: Cell, kind: FigureKind, language: Language): string {
  return typeof cell === "number"
    ? figureText(cell, kind)
    : figuresIn(language, termIn(language, String(cell)));
}

/** An error takes the room of the empty cells that follow it in its row. */
function failedRow(
  failure: Failure,
  before: readonly (Cell | Failure)[],
  width: number,
  kinds: readonly FigureKind[],
  language: Language,
): Described {
  return h(
    "tr",
    {},
    ...before.map((cell, column) => cellView(cell, kinds[column], language)),
    h("td", { colspan: width - before.length }, failureView(failure, language)),
  );
}

/** Words in a column of figures go below their label: beside it, they would push the figures out of sight. */
function wordsRow(label: Cell, words: string, language: Language): Described {
  const text = cellText(words, "plain", language);
  return h(
    "tr",
    {},
    h(
      "td",
      { class: "words", colspan: 2 },
      h("span", { class: "muted" }, cellText(label, "plain", language)),
      h("span", { lang: langOf(text) }, text),
    ),
  );
}

function rowView(
  row: readonly (Cell | Failure)[],
  isFigures: readonly boolean[],
  kinds: readonly FigureKind[],
  language: Language,
): Described {
  const [label, words] = row;
  const labelled = row.length === 2 && isFigures[1] && label !== undefined && !isFailure(label);
  if (labelled && typeof words === "string" && words !== "") {
    return wordsRow(label, words, language);
  }
  const failed = row.findIndex(isFailure);
  const failure = row[failed];
  const restIsEmpty = row.slice(failed + 1).every((cell) => cell === "");
  if (failure !== undefined && isFailure(failure) && restIsEmpty) {
    return failedRow(failure, row.slice(0, failed), row.length, kinds, language);
  }
  return h("tr", {}, ...row.map((cell, column) => cellView(cell, kinds[column], language)));
}

function cellView(
  cell: Cell | Failure,
  kind: FigureKind = "amount",
  language: Language,
): Described {
  if (isFailure(cell)) return h("td", {}, failureView(cell, language));
  const text = cellText(cell, kind, language);
  return typeof cell === "number" && kind !== "plain"
    ? h("td", { class: "figure" }, text)
    : h("td", { class: "word", lang: langOf(text) }, text);
}

/** More rows than anyone reads in a pane; the sheet shows them all. */
const MOST_ROWS = 100;

export function rowsView(
  rows: readonly (readonly (Cell | Failure)[])[],
  kind: FigureKind,
  language: Language,
  texts: Texts,
): Child[] {
  // A row of figures heads nothing: some answers are rows of figures throughout.
  const headed = rows[0]?.some((cell) => typeof cell === "string" && cell !== "") ?? false;
  const [first = []] = rows;
  const header = headed ? first : first.map(() => "");
  const all = headed ? rows.slice(1) : rows;
  const body = all.slice(0, MOST_ROWS);
  // Amounts stand on the right, and so does what heads them; in a list of facts a number reads as a word.
  const amounts = kind !== "plain";
  const kinds = header.map((cell) => columnKind(cell, kind));
  const isFigures = header.map(
    (_, column) => amounts && body.some((row) => typeof row[column] === "number"),
  );
  const table = h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": texts.resultTable },
    h(
      "table",
      { class: "facts" },
      h("caption", { class: "unseen" }, texts.resultTable),
      headed &&
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...header.map((cell, column) =>
              h(
                "th",
                { scope: "col", class: isFigures[column] ? "figure" : "word" },
                isFailure(cell) ? cell.code : cellText(cell, kind, language),
              ),
            ),
          ),
        ),
      h("tbody", {}, ...body.map((row) => rowView(row, isFigures, kinds, language))),
    ),
  );
  const unseen = all.length - body.length;
  return [table, unseen > 0 && h("p", { class: "muted" }, texts.moreRows(unseen))];
}
