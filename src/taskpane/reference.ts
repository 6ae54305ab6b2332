/** Cell references in A1 style, as they may stand in an argument: B2, $B$2:C9, Sheet1!B2, 'My sheet'!B2. */

/** Rows and columns from 1, both ends included. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Reference extends Area {
  /** The sheet's name without quotes; undefined for the sheet the formula stands on. */
  readonly sheet: string | undefined;
  /** As it goes into a formula. */
  readonly text: string;
}

const COLUMNS = 16384;
const ROWS = 1048576;

// A sheet's name can't hold []:*?/\ and needs quotes unless it is a plain word.
const SHEET = /^(?:'((?:[^'[\]:*?/\\\p{Cc}]|'')+)'|([\p{L}_][\p{L}\p{N}_.]*))!(.+)$/u;
const CELL = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/i;

const COLUMN_RANGE = /^\$?([A-Z]{1,3}):\$?([A-Z]{1,3})$/i;
const ROW_RANGE = /^\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})$/;

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);

/** The two corners of what is written without its sheet. */
function corners(text: string): [row: number, column: number][] | undefined {
  const columns = COLUMN_RANGE.exec(text)?.slice(1).map(columnNumber);
  if (columns) return columns.map((column, end) => [end === 0 ? 1 : ROWS, column]);
  const rows = ROW_RANGE.exec(text)?.slice(1).map(Number);
  if (rows) return rows.map((row, end) => [row, end === 0 ? 1 : COLUMNS]);
  const cells = text.split(":").map((cell) => CELL.exec(cell));
  return cells.length > 2 || cells.includes(null)
    ? undefined
    : cells.map((cell) => [Number(cell?.[2]), columnNumber(cell?.[1] ?? "")]);
}

export function readReference(text: string): Reference | undefined {
  const [, quoted, plain, rest] = SHEET.exec(text) ?? [];
  // A plain word that is a cell's address can't be a sheet's name without quotes.
  if (plain && CELL.test(plain)) return undefined;
  const cells = rest ?? text;
  const found = corners(cells);
  if (!found?.every(([row, column]) => row <= ROWS && column <= COLUMNS)) return undefined;
  const rows = found.map(([row]) => row);
  const columns = found.map(([, column]) => column);
  return {
    sheet: quoted?.replace(/''/g, "'") ?? plain,
    text: text.slice(0, text.length - cells.length) + cells.toUpperCase(),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
  };
}

/** "Sheet1!B2" and "'My sheet'!B2" → "B2". */
export const withoutSheet = (address: string): string =>
  address.slice(address.lastIndexOf("!") + 1);

/** As it reads on a sheet: a reference to the sheet itself doesn't name it. */
export function seenFrom({ text, sheet: its }: Reference, sheet: string | undefined): string {
  const same = its !== undefined && its.toLowerCase() === sheet?.toLowerCase();
  return same ? withoutSheet(text) : text;
}

export const cellCount = ({ top, left, bottom, right }: Area): number =>
  (bottom - top + 1) * (right - left + 1);

/** Whether a formula in the cell would refer to itself. */
export function holds(reference: Reference, cell: Reference): boolean {
  const sameSheet =
    reference.sheet === undefined || reference.sheet.toLowerCase() === cell.sheet?.toLowerCase();
  return (
    sameSheet &&
    reference.top <= cell.top &&
    reference.bottom >= cell.bottom &&
    reference.left <= cell.left &&
    reference.right >= cell.right
  );
}

function columnName(column: number): string {
  let name = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** The single cells of a row or column, in order; undefined for a block. */
export function cellsInLine(reference: Reference): readonly string[] | undefined {
  const { top, left, bottom, right } = reference;
  if (top !== bottom && left !== right) return undefined;
  const inSheet = reference.text.slice(0, reference.text.lastIndexOf("!") + 1);
  return Array.from({ length: cellCount(reference) }, (_, step) => {
    const row = top === bottom ? top : top + step;
    const column = top === bottom ? left + step : left;
    return `${inSheet}${columnName(column)}${row}`;
  });
}
