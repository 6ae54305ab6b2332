// The part of Excel's object model that the workbench emulates, over the spreadsheet's own: the
// workbook, its worksheets, and ranges with their values, formulas, number formats and selection.
import type { FRange, FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
import { CellValueType, type ICellData } from "@univerjs/core";
import { valuesOf, type SpilledCell, type SpillOf } from "./cell-values";
import { cellName } from "./custom-function";
import { HostError, nullObject, type HostObject } from "./rich-api";

/** What the objects are made of. */
export interface ExcelModel {
  workbook: FWorkbook;
  spilledCell: SpilledCell;
  spillOf: SpillOf;
  recalculateAll: () => void;
}

export function workbookObject(model: ExcelModel): HostObject {
  const { workbook, recalculateAll } = model;
  return {
    kind: "Workbook",
    values: { Name: () => workbook.getName() },
    children: {
      Worksheets: () => worksheetsObject(model),
      Application: () => ({
        kind: "Application",
        methods: { Calculate: recalculateAll },
      }),
    },
    methods: {
      GetSelectedRange: () => rangeObject(model, selectedRange(workbook)),
      GetActiveCell: () => rangeObject(model, activeCell(workbook)),
    },
  };
}

function worksheetsObject(model: ExcelModel): HostObject {
  const { workbook } = model;
  const find = (key: unknown) =>
    workbook.getSheetByName(String(key)) ?? workbook.getSheetBySheetId(String(key));
  const get = (key: unknown) => {
    const sheet = find(key);
    if (!sheet) throw new HostError("ItemNotFound", `there is no worksheet ${String(key)}`);
    return worksheetObject(model, sheet);
  };
  return {
    kind: "WorksheetCollection",
    item: get,
    items: () => workbook.getSheets().map((sheet) => worksheetObject(model, sheet)),
    methods: {
      GetItem: ([key]) => get(key),
      GetItemOrNullObject: ([key]) => (find(key) ? get(key) : nullObject),
      GetActiveWorksheet: () => worksheetObject(model, workbook.getActiveSheet()),
      GetCount: () => workbook.getNumSheets(),
      Add: ([name]) => worksheetObject(model, addSheet(workbook, name)),
    },
  };
}

function addSheet(workbook: FWorkbook, name: unknown): FWorksheet {
  const title =
    typeof name === "string" && name !== "" ? name : `Sheet${workbook.getNumSheets() + 1}`;
  if (workbook.getSheetByName(title)) {
    throw new HostError("ItemAlreadyExists", `there is a worksheet ${title} already`);
  }
  return workbook.create(title, 200, 26);
}

function worksheetObject(model: ExcelModel, sheet: FWorksheet): HostObject {
  const range = (found: FRange) => rangeObject(model, found);
  const used = () => range(sheet.getDataRange());
  const isBlank = () => sheet.getLastRow() <= 0 && sheet.getRange(0, 0).isBlank();
  return {
    kind: "Worksheet",
    identity: { Id: sheet.getSheetId() },
    values: {
      Id: () => sheet.getSheetId(),
      Name: () => sheet.getSheetName(),
      Position: () => sheet.getIndex(),
    },
    setters: { Name: (name) => sheet.setName(String(name)) },
    methods: {
      Activate: () => void model.workbook.setActiveSheet(sheet),
      GetRange: ([address]) => range(rangeAt(sheet, address)),
      GetRangeByIndexes: ([row, column, rows, columns]) =>
        range(sheet.getRange(Number(row), Number(column), Number(rows), Number(columns))),
      GetCell: ([row, column]) => range(sheet.getRange(Number(row), Number(column))),
      GetUsedRange: used,
      GetUsedRangeOrNullObject: () => (isBlank() ? nullObject : used()),
    },
  };
}

/** "B2:C5", with or without the sheet's name before it; the whole sheet when left out. */
function rangeAt(sheet: FWorksheet, address: unknown): FRange {
  if (address === null || address === undefined || address === "") {
    return sheet.getRange(0, 0, sheet.getMaxRows(), sheet.getMaxColumns());
  }
  const cells = String(address).replace(/^.*!/, "").replace(/\$/g, "");
  if (!/^[A-Za-z]{1,3}[0-9]+(:[A-Za-z]{1,3}[0-9]+)?$/.test(cells)) {
    throw new HostError("InvalidArgument", `${String(address)} is not an address`);
  }
  return sheet.getRange(cells.toUpperCase());
}

function selectedRange(workbook: FWorkbook): FRange {
  const selected = workbook.getActiveSheet().getSelection()?.getActiveRangeList() ?? [];
  if (selected.length > 1) {
    throw new HostError("InvalidSelection", "more than one range is selected");
  }
  return workbook.getActiveRange() ?? workbook.getActiveSheet().getRange(0, 0);
}

function activeCell(workbook: FWorkbook): FRange {
  return workbook.getActiveCell() ?? selectedRange(workbook);
}

function rangeObject(model: ExcelModel, range: FRange): HostObject {
  const { workbook, spilledCell, spillOf } = model;
  const sheet = () => {
    const found = workbook.getSheetBySheetId(range.getSheetId());
    if (!found) throw new HostError("ItemNotFound", "the range's worksheet is gone");
    return found;
  };
  const at = (row: number, column: number, rows: number, columns: number) =>
    rangeObject(model, sheet().getRange(row, column, rows, columns));
  const top = range.getRow();
  const left = range.getColumn();
  const height = range.getHeight();
  const width = range.getWidth();
  return {
    kind: "Range",
    isPinned: true,
    values: {
      Address: () => addressOf(range),
      RowIndex: () => top,
      ColumnIndex: () => left,
      RowCount: () => height,
      ColumnCount: () => width,
      CellCount: () => height * width,
      Values: () => valuesOf(range, spilledCell),
      Formulas: () => formulasOf(range, spilledCell),
      Text: () => range.getDisplayValues(),
      NumberFormat: () => range.getNumberFormats().map((row) => row.map((f) => f || "General")),
    },
    setters: {
      Values: (value) => setCells(range, value),
      Formulas: (value) => setCells(range, value),
      NumberFormat: (value) => {
        const formats = toMatrix(range, value).map((row) => row.map(String));
        range.setNumberFormats(formats);
      },
    },
    children: { Worksheet: () => worksheetObject(model, sheet()) },
    methods: {
      GetCell: ([row, column]) => at(top + Number(row), left + Number(column), 1, 1),
      GetOffsetRange: ([rows, columns]) =>
        at(top + Number(rows), left + Number(columns), height, width),
      GetResizedRange: ([rows, columns]) =>
        at(top, left, height + Number(rows), width + Number(columns)),
      GetAbsoluteResizedRange: ([rows, columns]) => at(top, left, Number(rows), Number(columns)),
      GetRow: ([row]) => at(top + Number(row), left, 1, width),
      GetColumn: ([column]) => at(top, left + Number(column), height, 1),
      GetSpillParentOrNullObject: () => {
        const spill = spillOf(range.getSheetId(), top, left);
        return spill ? at(spill.startRow, spill.startColumn, 1, 1) : nullObject;
      },
      GetSpillingToRangeOrNullObject: () => {
        const spill = spillOf(range.getSheetId(), top, left);
        if (!spill || spill.startRow !== top || spill.startColumn !== left) return nullObject;
        const rows = spill.endRow - spill.startRow + 1;
        return at(top, left, rows, spill.endColumn - spill.startColumn + 1);
      },
      Select: () => {
        workbook.setActiveSheet(sheet());
        range.activate();
      },
      Clear: () => void range.clearContent(),
    },
  };
}

function addressOf(range: FRange): string {
  const name = range.getSheetName();
  const quoted = /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : `'${name.replace(/'/g, "''")}'`;
  const first = cellName(range.getRow(), range.getColumn());
  const last = cellName(range.getLastRow(), range.getLastColumn());
  return `${quoted}!${first === last ? first : `${first}:${last}`}`;
}

/** As in Excel: the formula where there is one, else the value. */
function formulasOf(range: FRange, spilledCell: SpilledCell): unknown[][] {
  const formulas = range.getFormulas();
  return valuesOf(range, spilledCell).map((row, r) =>
    row.map((value, c) => formulas[r]?.[c] || value),
  );
}

/** One value for all cells, or rows of the range's own shape. */
function toMatrix(range: FRange, value: unknown): unknown[][] {
  const height = range.getHeight();
  const width = range.getWidth();
  if (!Array.isArray(value)) {
    return Array.from({ length: height }, () => Array.from({ length: width }, () => value));
  }
  const rows = value as unknown[][];
  if (rows.length !== height || rows.some((row) => !Array.isArray(row) || row.length !== width)) {
    throw new HostError(
      "InvalidArgument",
      "the number of rows or columns in the input array doesn't match the range",
    );
  }
  return rows;
}

/** Text that begins with "=" is a formula; null leaves a cell as it is; "" empties it. */
function setCells(range: FRange, value: unknown): void {
  const current = range.getCellDatas();
  const cells = toMatrix(range, value).map((row, r) =>
    row.map((cell, c): ICellData => {
      if (cell === null || cell === undefined) return current[r]?.[c] ?? {};
      if (typeof cell === "string" && cell.startsWith("=")) return { f: cell, v: null };
      if (typeof cell === "boolean") return { v: cell ? 1 : 0, t: CellValueType.BOOLEAN, f: null };
      return { v: cell === "" ? null : (cell as number | string), f: null };
    }),
  );
  range.setValues(cells);
}
