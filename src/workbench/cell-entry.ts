// What becomes of a value on its way into a cell, as in Excel: in a cell for text everything stays
// text; elsewhere text may turn into a formula or a number. Dates and percents written as text stay
// text here.
import { CellValueType, type ICellData } from "@univerjs/core";

const TEXT_FORMAT = "@";
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function entered(value: unknown, numberFormat: string): ICellData {
  if (value === "") return { v: null, f: null };
  if (numberFormat === TEXT_FORMAT) return text(String(value));
  if (typeof value === "boolean") return { v: value ? 1 : 0, t: CellValueType.BOOLEAN, f: null };
  if (typeof value !== "string") return { v: value as number, f: null };
  if (value.startsWith("'")) return text(value.slice(1));
  if (NUMBER.test(value.trim())) return { v: Number(value), f: null };
  const formula = formulaOf(value);
  return formula === undefined ? { v: value, f: null } : { f: formula, v: null };
}

/** Text that a spreadsheet of another age began a formula with is one too. */
function formulaOf(text: string): string | undefined {
  if (text.length < 2) return undefined;
  if (text.startsWith("=")) return text;
  if (text.startsWith("@")) return `=${text.slice(1)}`;
  return /^[+-]/.test(text) ? `=${text}` : undefined;
}

/** Text that looks like a number is kept from becoming one. */
const text = (value: string): ICellData => ({
  v: value,
  t: Number.isNaN(Number(value)) ? CellValueType.STRING : CellValueType.FORCE_STRING,
  f: null,
});
