/** Cells of the live sheet while it is laid out: where they stand, and how their figures are shown. */
import type { Amount, Day } from "../core";
import type { Book } from "./book";
import type { SheetCell } from "./sheet";

/** "A" → 0, "AA" → 26. */
export const columnIndex = (letters: string): number =>
  [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;

export class Grid {
  private readonly rows: (SheetCell | undefined)[][] = [];

  /** Rows count from 1, as on the sheet. */
  put(column: string, row: number, cell: SheetCell | undefined): void {
    while (this.rows.length < row) this.rows.push([]);
    (this.rows[row - 1] as (SheetCell | undefined)[])[columnIndex(column)] = cell;
  }

  /** All rows, each as wide as the widest. */
  get cells(): readonly (readonly (SheetCell | undefined)[])[] {
    const width = this.rows.reduce((widest, row) => Math.max(widest, row.length), 0);
    return this.rows.map((row) => Array.from({ length: width }, (_, column) => row[column]));
  }
}

export const TEXT = "@";
export const MONEY = "#,##0.00";
export const WHOLE = "#,##0";
export const DIFFERENCE = "+#,##0.00;-#,##0.00;0.00";
export const DATE = "yyyy-mm-dd";
export const DATE_TIME = "yyyy-mm-dd hh:mm";
export const RATIO = "0.00%";

type Role = SheetCell["role"];

/** Text that stays text whatever it begins with. */
export const text = (value: string, role: Role = "label"): SheetCell => ({
  value,
  format: TEXT,
  role,
});

export const header = (value: string): SheetCell => text(value, "header");

/** A header over figures. */
export const figureHeader = (value: string): SheetCell => ({ ...header(value), align: "right" });

/** Text between columns of figures. */
export const centred = (cell: SheetCell): SheetCell => ({ ...cell, align: "center" });

/** Text that would touch the figures before it. */
export const indented = (cell: SheetCell): SheetCell => ({ ...cell, align: "indent" });

/** Text that breaks into lines within its column. */
export const wrapping = (cell: SheetCell): SheetCell => ({ ...cell, wraps: true });

/** A figure where it is known; else a blank cell of the same kind, to be filled in. */
export const figure = (
  value: Amount | undefined,
  format: string,
  role: Role = "input",
): SheetCell => ({ value: value?.toNumber(), format, role });

export const formula = (written: string, format: string): SheetCell => ({
  formula: written,
  format,
  role: "formula",
});

/** As many decimals as the price has, but at least those its exchange quotes. */
export function priceFormat(price: Amount | undefined, least: number): string {
  const decimals = Math.max(least, price?.decimalPlaces() ?? 0);
  return decimals === 0 ? WHOLE : `${WHOLE}.${"0".repeat(decimals)}`;
}

/** Decimals of an ETF's prices, and of an index's. */
export const QUOTED = { etf: 4, index: 1, future: 0 } as const;

export function rateFormat(rate: Amount | undefined): string {
  const decimals = Math.min(4, Math.max(1, (rate?.decimalPlaces() ?? 0) - 2));
  return `0.${"0".repeat(decimals)}%`;
}

/** The day whose rules the sheet goes by. */
export const dayOfSheet = (book: Book): Day => book.day ?? book.inputs.today;

const DAY = 86_400_000;
const FROM_1970 = 25569;

/** A day as the number Excel shows as a date; with a time, as a fraction behind it. */
export function dateNumber(day: Day, time = "00:00"): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return Date.UTC(year, month - 1, date, hours, minutes) / DAY + FROM_1970;
}
