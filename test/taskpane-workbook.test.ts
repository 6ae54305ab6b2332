// What the pane asks of Excel when it looks over a workbook and repairs it, with a workbook of arrays in
// Excel's place: several sheets, one protected, one that fails in its own words, one larger than a block.
import { afterEach, expect, test } from "@jest/globals";
import { MOST_LOOKED_AT, repair, scan } from "../src/taskpane/workbook";

const IDS = ["RISKRATIO", "SSE.CALLMARGIN"];
const BROKEN = "=_xldudf_SSE_CALLMARGIN(1,2,3)";

interface Sheet {
  readonly name: string;
  readonly cells: unknown[][];
  /** What writing to it fails with. */
  readonly fails?: { readonly code: string; readonly message: string };
}

const failure = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });

/** The cells of each message that crossed the border. */
const blocks: number[] = [];

function rangeOf(
  sheet: Sheet,
  pending: Error[],
  top: number,
  left: number,
  height: number,
  width: number,
) {
  const rows = () =>
    sheet.cells.slice(top, top + height).map((row) => row.slice(left, left + width));
  return {
    load: (names: string) => names.includes("formulas") && blocks.push(height * width),
    isNullObject: sheet.cells.length === 0,
    rowIndex: top,
    columnIndex: left,
    rowCount: height,
    columnCount: width,
    get values() {
      return rows().map((row) => row.map((cell) => (cell === BROKEN ? "#NAME?" : cell)));
    },
    get formulas() {
      return rows();
    },
    set formulas(written: unknown[][]) {
      if (sheet.fails) pending.push(failure(sheet.fails.code, sheet.fails.message));
      else (sheet.cells[top] as unknown[])[left] = written[0]?.[0];
    },
    getSpillParentOrNullObject: () => ({ load: () => undefined, isNullObject: true }),
  };
}

/** Puts a workbook in Excel's place; its first sheet is the one in front. */
function open(sheets: readonly Sheet[]): void {
  const pending: Error[] = [];
  const worksheet = (sheet: Sheet) => ({
    name: sheet.name,
    load: () => undefined,
    getUsedRangeOrNullObject: () =>
      rangeOf(sheet, pending, 0, 0, sheet.cells.length, sheet.cells[0]?.length ?? 0),
    getRangeByIndexes: (top: number, left: number, height: number, width: number) =>
      rangeOf(sheet, pending, top, left, height, width),
    getCell: (row: number, column: number) => rangeOf(sheet, pending, row, column, 1, 1),
  });
  const items = sheets.map(worksheet);
  const context = {
    sync: () => {
      const [error] = pending.splice(0);
      return error ? Promise.reject(error) : Promise.resolve();
    },
    workbook: {
      worksheets: {
        items,
        load: () => undefined,
        getActiveWorksheet: () => items[0],
        getItem: (name: string) => items.find((item) => item.name === name),
      },
    },
  };
  Object.assign(globalThis, {
    Excel: { run: (batch: (on: typeof context) => unknown) => batch(context) },
  });
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "Excel");
  blocks.length = 0;
});

const columnOf = (rows: number, cell: unknown): unknown[][] =>
  Array.from({ length: rows }, (_, row) => [row === rows - 1 ? cell : row]);

test("a broken formula is found on whichever sheet it stands", async () => {
  open([
    { name: "front", cells: [["=RISKRATIO(1,2)"]] },
    { name: "empty", cells: [] },
    { name: "behind", cells: [[1, BROKEN]] },
  ]);
  expect(await scan(IDS)).toEqual({ ours: 2, broken: 1, partly: false });
});

test("no more than 10,000 cells are asked for at once", async () => {
  open([{ name: "long", cells: columnOf(25_000, BROKEN) }]);
  expect(await scan(IDS)).toEqual({ ours: 1, broken: 1, partly: false });
  expect(blocks).toEqual([10_000, 10_000, 5_000]);
});

test("a look over a very large workbook ends, and says that it didn't see all", async () => {
  open([
    { name: "long", cells: columnOf(MOST_LOOKED_AT, 0) },
    { name: "behind", cells: [[BROKEN]] },
  ]);
  expect(await scan(IDS)).toEqual({ ours: 0, broken: 0, partly: true });
});

test("Repair rewrites what it can, and says of each other sheet what Excel said", async () => {
  const plain: Sheet = {
    name: "plain",
    cells: [
      [1, BROKEN],
      ["=RISKRATIO(1,2)", "=SUM(A1)"],
    ],
  };
  open([
    plain,
    {
      name: "locked",
      cells: [[BROKEN]],
      fails: { code: "AccessDenied", message: "The sheet is protected." },
    },
    {
      name: "array",
      cells: [[BROKEN]],
      fails: { code: "GeneralException", message: "You can't change part of an array." },
    },
  ]);
  expect(await repair(IDS, "")).toEqual({
    rewritten: 2,
    refused: [
      { sheet: "locked", problem: "protected", detail: "The sheet is protected." },
      { sheet: "array", problem: "failed", detail: "You can't change part of an array." },
    ],
  });
  expect(plain.cells[0]).toEqual([1, "=SSE.CALLMARGIN(1,2,3)"]);
});
