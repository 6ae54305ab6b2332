/** The live sheet: a book as cells whose margins are our functions over the sheet's own cells. Pure; the pane writes it. */
import { drained, Pace } from "../core";
import type { Book } from "./book";
import { columnIndex, dayOfSheet, Grid } from "./sheet-cells";
import { Layout } from "./sheet-layout";
import { putPositions } from "./sheet-positions";
import { putSets } from "./sheet-sets";
import { namesOf, putSummary, statusColours } from "./sheet-summary";
import { sheetName } from "./sheet-name";
import { SHEET_TEXTS } from "./sheet-texts";
import { putUnderlyings } from "./sheet-underlyings";

/** What a cell shows, and what kind of thing it is: inputs blue, formulas black, statement values grey. */
export interface SheetCell {
  /** Text is always written as text, even where it begins with = + - @; beside a formula, what that comes to. */
  readonly value?: string | number | undefined;
  /** With its "=". */
  readonly formula?: string | undefined;
  readonly format?: string | undefined;
  readonly role?:
    "title" | "header" | "label" | "input" | "formula" | "statement" | "note" | undefined;
  /** Where it isn't as the spreadsheet has it: text left, numbers right. */
  readonly align?: "center" | "right" | "indent" | undefined;
  /** A long text breaks into lines within its column, and its row grows. */
  readonly wraps?: true | undefined;
}

/** A status word's cells coloured by the word or ratio they hold. */
export interface StatusColour {
  /** "B5:C6". */
  readonly range: string;
  /** A formula true for the cells to colour, relative to the range's first cell. */
  readonly formula: string;
  readonly fill: string;
  readonly ink: string;
}

export interface SheetPlan {
  readonly name: string;
  /** Rows from A1; a blank cell is undefined. */
  readonly cells: readonly (readonly (SheetCell | undefined)[])[];
  /** Widths in characters by column, from A. */
  readonly widths: readonly number[];
  readonly frozenRows: number;
  readonly colours: readonly StatusColour[];
  /** Names for the user's own formulas: "margin_broker" → "B4". */
  readonly names: Readonly<Record<string, string>>;
  readonly printArea: string;
  /** The row of the table's header, from 1: where there is one it stands on every page. */
  readonly headerRow?: number | undefined;
  /** The cell to select after writing: the first input a user would change. */
  readonly firstInput: string;
  /** Rows of live formulas, for the message. */
  readonly liveRows: number;
  /** Cells that the formula at their top fills: rows and columns from 0. */
  readonly spilled?:
    | { readonly top: number; readonly bottom: number; readonly columns: readonly number[] }
    | undefined;
}

export interface SheetOptions {
  readonly language: "zh" | "en";
  /** What a build puts before its functions' names; "" where nothing. */
  readonly namespace: string;
  /** Names of the workbook's sheets. */
  readonly taken: readonly string[];
  /** Whether the host lets one formula fill many cells; where not, every row has formulas of its own. */
  readonly spills?: boolean | undefined;
}

/** Above so many positions one formula answers a whole column. */
const MOST_ROWS_OF_FORMULAS = 200;

/** Rows kept in sight while the prices below are changed: the summary. */
const FROZEN = 9;

const WIDTHS_OF_SETS = [16, 20, 20, 8, 16, 16, 16];
const SPACE = 3;

/** The sets stand in column S, whatever is between them and the positions. */
function widthsOf({ widths, sets }: Layout): readonly number[] {
  if (sets.length === 0) return widths;
  const between = Array.from({ length: columnIndex("S") - widths.length }, () => SPACE);
  return [...widths, ...between, ...WIDTHS_OF_SETS];
}

/**
 * Lays a book out: summary on top, one row an underlying below it, then the positions, and to their
 * right the sets held together.
 */
export const liveSheet = (book: Book, options: SheetOptions): SheetPlan =>
  drained(liveSheetInSteps(book, options));

/** The same for a long book, pausing between stretches. */
export function* liveSheetInSteps(book: Book, options: SheetOptions): Generator<void, SheetPlan> {
  const { language, namespace, taken, spills = true } = options;
  const texts = SHEET_TEXTS[language];
  const long = book.lines.length > MOST_ROWS_OF_FORMULAS;
  const layout = new Layout(book, { language, namespace, spilled: spills && long });
  const { spilled } = layout;
  const grid = new Grid();
  putUnderlyings(grid, layout);
  const liveRows = yield* putPositions(grid, layout, new Pace());
  putSets(grid, layout);
  putSummary(grid, layout);
  const { cells } = grid;
  return {
    name: sheetName(dayOfSheet(book), texts, taken),
    cells,
    widths: widthsOf(layout),
    frozenRows: FROZEN,
    colours: statusColours(layout),
    names: namesOf(),
    printArea: `A1:${layout.sets.length > 0 ? "Y" : layout.locked ? "Q" : "P"}${cells.length}`,
    firstInput: layout.firstInput(),
    liveRows,
    spilled: spilled
      ? { top: layout.header - 1, bottom: layout.last - 1, columns: ["K", "L"].map(columnIndex) }
      : undefined,
  };
}
