/** What every written sheet goes by: its name, and how long it may be. */
import type { SheetTexts } from "./sheet-texts";

/** Rows of positions beyond which a workbook full of live formulas serves nobody. */
export const MOST_SHEET_ROWS = 20_000;

/** "保证金 11-20", and "(2)" behind it where there is one already; Excel compares names without case. */
export function sheetName(
  day: string,
  texts: Pick<SheetTexts, "sheet">,
  taken: readonly string[],
): string {
  const plain = `${texts.sheet} ${day.slice(5)}`;
  const inUse = new Set(taken.map((name) => name.toLowerCase()));
  let name = plain;
  for (let n = 2; inUse.has(name.toLowerCase()); n++) name = `${plain} (${n})`;
  return name;
}
