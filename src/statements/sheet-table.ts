/** Tables in sheets of cells: found by their header, read row by row. */
import type { Draft } from "./draft";
import { folded, locateFolded, namesAll, Row, type Columns, type Names } from "./row";
import type { Sheet } from "./source";

export interface Found<K extends string> {
  /** Index of the header in the sheet's rows. */
  readonly header: number;
  readonly columns: Columns<K>;
}

/** How far down a header may stand: exports put titles, dates and blank rows above it. */
const DEEPEST = 40;

/** The top of a sheet as headers are compared; every format looks at it. */
const tops = new WeakMap<Sheet, readonly (readonly string[])[]>();

function topOf(sheet: Sheet): readonly (readonly string[])[] {
  const known = tops.get(sheet);
  if (known) return known;
  const top = sheet.rows.slice(0, DEEPEST).map((cells) => cells.map(folded));
  tops.set(sheet, top);
  return top;
}

export function findTable<K extends string>(
  sheet: Sheet,
  names: Names<K>,
  needed: readonly NoInfer<K>[],
): Found<K> | undefined {
  for (const [header, cells] of topOf(sheet).entries()) {
    if (namesAll(names, needed, cells)) return { header, columns: locateFolded(names, cells) };
  }
  return undefined;
}

export const isBlank = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell.trim() === "");

export const isTotal = (cells: readonly string[]): boolean =>
  /^(?:合\s*计|总\s*计|小\s*计|total|sum)[:：]?$/i.test(
    cells.find((cell) => cell.trim() !== "")?.trim() ?? "",
  );

/** The row that stands in a sheet under a header, with its place. */
export function rowAt<K extends string>(
  draft: Draft,
  sheet: Sheet,
  names: Names<K>,
  { header, columns }: Found<NoInfer<K>>,
  index: number,
): Row<K> {
  const place = { sheet: sheet.name, row: index + 1 };
  return new Row<K>(draft, names, columns, sheet.rows[index] ?? [], place, sheet.rows[header]);
}

/** A row with more cells than its header was cut or glued: nothing in it can be trusted. */
export function isWider(
  draft: Draft,
  { name, rows }: Sheet,
  header: number,
  index: number,
): boolean {
  const cells = rows[index] ?? [];
  const expected = rows[header]?.length ?? 0;
  if (cells.slice(expected).every((cell) => cell.trim() === "")) return false;
  draft.note("rowShape", { sheet: name, row: index + 1 }, { cells: cells.length, expected });
  return true;
}

/** The rows below a header; blank ones and totals are left out. */
export function* rowsBelow<K extends string>(
  draft: Draft,
  sheet: Sheet,
  names: Names<K>,
  found: Found<NoInfer<K>>,
): Generator<Row<K>> {
  const { header } = found;
  for (let index = header + 1; index < sheet.rows.length; index += 1) {
    const cells = sheet.rows[index] ?? [];
    if (isBlank(cells) || isTotal(cells) || isWider(draft, sheet, header, index)) continue;
    yield rowAt(draft, sheet, names, found, index);
  }
}
