/** The workbook, as far as the pane touches it; with workbook-sheets.ts the only file that speaks to Excel. */
import { brokenCells, repaired } from "./our-formulas";
import { withoutSheet } from "./reference";
import type { Values } from "./result";

/** Why Excel didn't do it. */
export type WorkbookProblem =
  "noAnswer" | "notOneRange" | "tooLarge" | "protected" | "noSuchRange" | "failed";

export class WorkbookError extends Error {
  constructor(
    readonly problem: WorkbookProblem,
    readonly detail = "",
  ) {
    super(`${problem} ${detail}`);
  }
}

/** The cell a formula would go into. */
export interface Target {
  /** With its sheet: "Sheet1!B7". */
  readonly address: string;
  readonly sheet: string;
  readonly empty: boolean;
}

/** Seconds after which Excel is taken not to answer; it doesn't while a cell is being edited. */
const PATIENCE = 8;

/** Going through a whole workbook takes longer. */
const PATIENCE_TO_SCAN = 30;
const PATIENCE_TO_REPAIR = 120;

/** Cells read for an argument: well below the 5 MB that Excel on the web passes in one message. */
const MOST_CELLS = 50_000;

/** Cells looked through at once: small enough that Excel stays at hand between two blocks. */
const BLOCK = 10_000;

const PROBLEMS: Readonly<Record<string, WorkbookProblem>> = {
  InvalidSelection: "notOneRange",
  InvalidReference: "noSuchRange",
  InvalidArgument: "noSuchRange",
  ItemNotFound: "noSuchRange",
  AccessDenied: "protected",
  InvalidOperationInCellEditMode: "noAnswer",
};

function problemOf(error: unknown): WorkbookError {
  if (error instanceof WorkbookError) return error;
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return new WorkbookError(PROBLEMS[String(code)] ?? "failed", String(message ?? error));
}

export async function inExcel<T>(
  batch: (context: Excel.RequestContext) => Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WorkbookError("noAnswer")), patience * 1000);
  });
  try {
    return await Promise.race([Excel.run(batch), late]);
  } catch (error) {
    throw problemOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function rangeAt(context: Excel.RequestContext, address: string): Excel.Range {
  const sheets = context.workbook.worksheets;
  const named = address.includes("!");
  const name = address.slice(0, address.lastIndexOf("!")).replace(/^'|'$/g, "").replace(/''/g, "'");
  const sheet = named ? sheets.getItem(name) : sheets.getActiveWorksheet();
  return sheet.getRange(withoutSheet(address));
}

/** The address of what is selected, with its sheet. */
export const selection = (): Promise<string> =>
  inExcel(async (context) => {
    const range = context.workbook.getSelectedRange();
    range.load("address");
    await context.sync();
    return range.address;
  });

/** The values of a range; a blank cell is "". */
export const read = (address: string): Promise<Values> =>
  inExcel(async (context) => {
    const range = rangeAt(context, address);
    range.load("rowCount,columnCount");
    await context.sync();
    if (range.rowCount * range.columnCount > MOST_CELLS) throw new WorkbookError("tooLarge");
    range.load("values");
    await context.sync();
    return range.values as Values;
  });

/** Cells of the sheet, with their values. */
export interface Selected {
  /** What the user chose: one cell stands for the table around it. */
  readonly chosen: string;
  readonly address: string;
  readonly values: Values;
}

/** Rows and columns of the filled cells around one, blank rows and columns being the border. */
export function regionAround(
  values: Values,
  row: number,
  column: number,
): {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
} {
  let [top, bottom, left, right] = [row, row, column, column];
  const filled = (r: number, c: number): boolean => (values[r]?.[c] ?? "") !== "";
  const anyIn = (rows: readonly number[], from: number, to: number, across: boolean): boolean =>
    rows.some((line) => {
      for (let at = from; at <= to; at += 1)
        if (across ? filled(line, at) : filled(at, line)) return true;
      return false;
    });
  for (let grown = true; grown;) {
    grown = false;
    if (top > 0 && anyIn([top - 1], left - 1, right + 1, true)) [top, grown] = [top - 1, true];
    if (anyIn([bottom + 1], left - 1, right + 1, true)) [bottom, grown] = [bottom + 1, true];
    if (left > 0 && anyIn([left - 1], top - 1, bottom + 1, false)) [left, grown] = [left - 1, true];
    if (anyIn([right + 1], top - 1, bottom + 1, false)) [right, grown] = [right + 1, true];
  }
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** More than any statement has; a whole column selected by its letter holds a million blanks. */
const MOST_SELECTED = 4_000_000;

/**
 * The selected cells, or the whole table around a single one, in blocks that pass in one message.
 * What lies outside the used cells of the sheet is blank and left out.
 */
export const selectedCells = (): Promise<Selected> =>
  cellsOf((context) => context.workbook.getSelectedRange(), MOST_SELECTED);

/** The cells of an address that was once chosen, as they are now. */
export const cellsAt = (chosen: string, most = MOST_SELECTED): Promise<Selected> =>
  cellsOf((context) => rangeAt(context, chosen), most);

const cellsOf = (
  choose: (context: Excel.RequestContext) => Excel.Range,
  most: number,
): Promise<Selected> =>
  inExcel(async (context) => {
    const chosen = choose(context);
    chosen.load("address,rowIndex,columnIndex,rowCount,columnCount,worksheet/name");
    await context.sync();
    const sheet = context.workbook.worksheets.getItem(chosen.worksheet.name);
    const used = sheet.getUsedRangeOrNullObject(true);
    used.load("rowIndex,columnIndex,rowCount,columnCount");
    await context.sync();
    const nothing = { chosen: chosen.address, address: chosen.address, values: [] };
    if (used.isNullObject) return nothing;
    const single = chosen.rowCount * chosen.columnCount === 1;
    const area = single ? used : chosen;
    const top = Math.max(area.rowIndex, used.rowIndex);
    const left = Math.max(area.columnIndex, used.columnIndex);
    const height = Math.min(area.rowIndex + area.rowCount, used.rowIndex + used.rowCount) - top;
    const width =
      Math.min(area.columnIndex + area.columnCount, used.columnIndex + used.columnCount) - left;
    if (height <= 0 || width <= 0) return nothing;
    if (height * width > most) throw new WorkbookError("tooLarge");
    const values: Values[number][] = [];
    const step = Math.max(1, Math.floor(BLOCK / width));
    for (let row = 0; row < height; row += step) {
      const block = sheet.getRangeByIndexes(top + row, left, Math.min(step, height - row), width);
      block.load("values");
      await context.sync();
      values.push(...(block.values as Values));
    }
    if (!single) return { chosen: chosen.address, address: chosen.address, values };
    const region = regionAround(values, chosen.rowIndex - top, chosen.columnIndex - left);
    const range = sheet.getRangeByIndexes(
      top + region.top,
      left + region.left,
      region.height,
      region.width,
    );
    range.load("address");
    await context.sync();
    const rows = values.slice(region.top, region.top + region.height);
    return {
      chosen: chosen.address,
      address: range.address,
      values: rows.map((cells) => cells.slice(region.left, region.left + region.width)),
    };
  }, PATIENCE_TO_SCAN);

/** The active cell. */
export const target = (): Promise<Target> =>
  inExcel(async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.load("address,formulas,worksheet/name");
    await context.sync();
    return {
      address: cell.address,
      sheet: cell.worksheet.name,
      empty: (cell.formulas as unknown[][])[0]?.[0] === "",
    };
  });

/** Writes a formula into the cell that was shown, wherever the selection is by now. */
export const insert = ({ address }: Target, formula: string): Promise<void> =>
  inExcel(async (context) => {
    rangeAt(context, address).formulas = [[formula]];
    await context.sync();
  });

/** What the workbook holds of ours. */
interface Scan {
  /** Cells with a formula of ours that show #NAME?. */
  readonly broken: number;
  readonly ours: number;
  /** Whether there was more than was looked at. */
  readonly partly: boolean;
}

interface Block {
  readonly sheet: Excel.Worksheet;
  readonly top: number;
  readonly left: number;
  readonly formulas: readonly (readonly unknown[])[];
  readonly values: Values;
}

/** The used cells of a sheet, in blocks of whole rows that pass in one message. */
async function* usedBlocks(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
): AsyncGenerator<Block> {
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load("rowIndex,columnIndex,rowCount,columnCount");
  await context.sync();
  if (used.isNullObject) return;
  const step = Math.max(1, Math.floor(BLOCK / used.columnCount));
  for (let row = 0; row < used.rowCount; row += step) {
    const height = Math.min(step, used.rowCount - row);
    const top = used.rowIndex + row;
    const block = sheet.getRangeByIndexes(top, used.columnIndex, height, used.columnCount);
    block.load("formulas,values");
    await context.sync();
    yield {
      sheet,
      top,
      left: used.columnIndex,
      formulas: block.formulas as unknown[][],
      values: block.values as Values,
    };
  }
}

/** A look over the workbook must not be felt. */
export const MOST_LOOKED_AT = 200_000;

/** The names of all sheets, the one in front first. */
async function sheetNames(context: Excel.RequestContext): Promise<readonly string[]> {
  const { worksheets } = context.workbook;
  const front = worksheets.getActiveWorksheet();
  front.load("name");
  worksheets.load("items/name");
  await context.sync();
  const names = worksheets.items.map(({ name }) => name);
  return [front.name, ...names.filter((name) => name !== front.name)];
}

/** Looks over the workbook for formulas of ours that Excel doesn't know. */
export const scan = (ids: readonly string[]): Promise<Scan> =>
  inExcel(async (context) => {
    let ours = 0;
    let broken = 0;
    let looked = 0;
    for (const name of await sheetNames(context)) {
      const sheet = context.workbook.worksheets.getItem(name);
      for await (const { formulas, values } of usedBlocks(context, sheet)) {
        if (looked >= MOST_LOOKED_AT) return { ours, broken, partly: true };
        const found = brokenCells(formulas, values, ids);
        ours += found.ours;
        broken += found.broken;
        looked += formulas.length * (formulas[0]?.length ?? 0);
      }
    }
    return { ours, broken, partly: false };
  }, PATIENCE_TO_SCAN);

/** A sheet that could not be written to, and why. */
export interface Refused {
  readonly sheet: string;
  readonly problem: WorkbookProblem;
  /** Excel's own words. */
  readonly detail: string;
}

export interface Repair {
  readonly rewritten: number;
  readonly refused: readonly Refused[];
}

/** Rewrites every formula of ours in the workbook with itself, so that Excel looks its function up again. */
export async function repair(ids: readonly string[], namespace: string): Promise<Repair> {
  let rewritten = 0;
  const refused: Refused[] = [];
  for (const sheet of await inExcel(sheetNames)) {
    try {
      rewritten += await repairSheet(sheet, ids, namespace);
    } catch (error) {
      const { problem, detail } = problemOf(error);
      if (problem === "noAnswer") throw error;
      refused.push({ sheet, problem, detail });
    }
  }
  return { rewritten, refused };
}

const repairSheet = (name: string, ids: readonly string[], namespace: string): Promise<number> =>
  inExcel(async (context) => {
    let rewritten = 0;
    const sheet = context.workbook.worksheets.getItem(name);
    for await (const { top, left, formulas } of usedBlocks(context, sheet)) {
      const cells = repaired(formulas, ids, namespace);
      const spilled = await inSpills(context, sheet, top, left, cells);
      for (const { row, column, formula } of cells) {
        if (spilled.has(`${row} ${column}`)) continue;
        sheet.getCell(top + row, left + column).formulas = [[formula]];
        rewritten++;
      }
      await context.sync();
    }
    return rewritten;
  }, PATIENCE_TO_REPAIR);

/** Cells that only show a spill: they repeat its formula, and writing it there would block the spill. */
async function inSpills(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  top: number,
  left: number,
  cells: readonly { readonly row: number; readonly column: number }[],
): Promise<ReadonlySet<string>> {
  const asked = cells.map(({ row, column }) => {
    const cell = sheet.getCell(top + row, left + column);
    const parent = cell.getSpillParentOrNullObject();
    parent.load("rowIndex,columnIndex");
    return { row, column, parent };
  });
  try {
    await context.sync();
  } catch (error) {
    // A host without spills (before ExcelApi 1.12) has no cells in them either.
    if ((error as { code?: unknown }).code === "ApiNotFound") return new Set();
    throw error;
  }
  const children = asked.filter(
    ({ row, column, parent }) =>
      !parent.isNullObject &&
      (parent.rowIndex !== top + row || parent.columnIndex !== left + column),
  );
  return new Set(children.map(({ row, column }) => `${row} ${column}`));
}

/** Tells when another cell is chosen, on hosts that tell. */
export function onSelection(listener: () => void): void {
  Office.context.document.addHandlerAsync(Office.EventType.DocumentSelectionChanged, listener);
}
