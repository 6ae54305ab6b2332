/** What rewriting a sheet of ours would change: the cells that hold something else by now. */
import type { SheetCell, SheetPlan } from "../account";

type Planned = SheetCell | undefined;

/** A double comes back as it went, but for its last digits. */
const AS_GOOD_AS = 1e-12;

const written = (formula: string): string => formula.replace(/\s+/g, "").toUpperCase();

/** Whether a cell holds something else than planned, formulas compared without blanks and case. */
export function differs(planned: Planned, there: unknown): boolean {
  const { formula, value = "" } = planned ?? {};
  if (formula !== undefined) {
    return typeof there !== "string" || written(there) !== written(formula);
  }
  if (typeof value === "number" && typeof there === "number") {
    return Math.abs(value - there) > AS_GOOD_AS * Math.max(1, Math.abs(value));
  }
  return value !== there;
}

/** Cells over which one formula of the plan spreads: they are its to fill. */
const isSpilled = ({ spilled }: SheetPlan, row: number, column: number): boolean =>
  spilled !== undefined &&
  row >= spilled.top &&
  row <= spilled.bottom &&
  spilled.columns.includes(column);

/** How many of these rows' cells differ, the first of them being the plan's row `top`, from 0. */
export function changedCells(
  plan: SheetPlan,
  top: number,
  rows: readonly (readonly unknown[])[],
): number {
  let count = 0;
  rows.forEach((cells, index) =>
    cells.forEach((there, column) => {
      const row = top + index;
      const planned = plan.cells[row]?.[column];
      if (planned === undefined && isSpilled(plan, row, column)) return;
      if (differs(planned, there)) count += 1;
    }),
  );
  return count;
}

/** Rows and columns a sheet was written over. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

export const extentOf = ({ cells }: Pick<SheetPlan, "cells">): Extent => ({
  rows: cells.length,
  columns: cells[0]?.length ?? 0,
});

/** The plan over all that was written before: what it no longer needs is blank. */
export function spreadOver(plan: SheetPlan, before: Extent): SheetPlan {
  const own = extentOf(plan);
  const [rows, columns] = [Math.max(own.rows, before.rows), Math.max(own.columns, before.columns)];
  return {
    ...plan,
    cells: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => plan.cells[row]?.[column]),
    ),
  };
}
