// The part of Excel's object model that the workbench emulates, over the spreadsheet's own: the
// workbook, its worksheets with names and frozen rows, and ranges with their values, formulas, number
// formats, looks and selection.
import type { FRange, FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
import type { ICellData } from "@univerjs/core";
import { entered } from "./cell-entry";
import { valuesOf, type SpilledCell, type SpillOf } from "./cell-values";
import { cellName } from "./custom-function";
import { formatObject } from "./excel-format";
import { namesObject } from "./excel-names";
import { XmlParts } from "./excel-xml-parts";
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
  const xmlParts = new XmlParts();
  return {
    kind: "Workbook",
    values: { Name: () => workbook.getName() },
    children: {
      Worksheets: () => worksheetsObject(model),
      CustomXmlParts: () => xmlParts.object(),
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
  // A new sheet comes behind the others and leaves the one in front there.
  const front = workbook.getActiveSheet();
  const added = workbook.create(title, 200, 26);
  workbook.setActiveSheet(front);
  return added;
}

function deleteSheet(workbook: FWorkbook, sheet: FWorksheet): void {
  if (workbook.getNumSheets() === 1) {
    throw new HostError("InvalidOperation", "a workbook keeps at least one worksheet");
  }
  workbook.deleteSheet(sheet);
}

/** Excel's sheets are larger than any block that is written: here they grow as they are asked for. */
function cellsAt(
  sheet: FWorksheet,
  row: number,
  column: number,
  rows: number,
  columns: number,
): FRange {
  if (row + rows > sheet.getMaxRows()) sheet.setRowCount(row + rows);
  if (column + columns > sheet.getMaxColumns()) sheet.setColumnCount(column + columns);
  return sheet.getRange(row, column, rows, columns);
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
    children: {
      Names: () => namesObject(model.workbook, sheet),
      FreezePanes: () => ({
        kind: "WorksheetFreezePanes",
        methods: {
          FreezeRows: ([count]) => void sheet.setFrozenRows(Number(count)),
          FreezeColumns: ([count]) => void sheet.setFrozenColumns(Number(count)),
          Unfreeze: () => void sheet.cancelFreeze(),
        },
      }),
    },
    methods: {
      Activate: () => void model.workbook.setActiveSheet(sheet),
      Delete: () => deleteSheet(model.workbook, sheet),
      GetRange: ([address]) => range(rangeAt(sheet, address)),
      GetRangeByIndexes: ([row, column, rows, columns]) =>
        range(cellsAt(sheet, Number(row), Number(column), Number(rows), Number(columns))),
      GetCell: ([row, column]) => range(cellsAt(sheet, Number(row), Number(column), 1, 1)),
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
  const [first, last = first] = cells.toUpperCase().split(":").map(cellAt) as [Cell, Cell?];
  const top = Math.min(first.row, last.row);
  const left = Math.min(first.column, last.column);
  const rows = Math.abs(last.row - first.row) + 1;
  const columns = Math.abs(last.column - first.column) + 1;
  return cellsAt(sheet, top, left, rows, columns);
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** "C5" → row 4, column 2. */
function cellAt(name: string): Cell {
  const letters = name.replace(/[0-9]+$/, "");
  const column = [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(name.slice(letters.length)) - 1, column };
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

/** The range behind a range object, for methods that take another range. */
const rangesBehind = new WeakMap<object, FRange>();

function otherRange(sheet: FWorksheet, given: unknown): FRange {
  const range = typeof given === "object" && given !== null ? rangesBehind.get(given) : undefined;
  return range ?? rangeAt(sheet, given);
}

function rangeObject(model: ExcelModel, range: FRange): HostObject {
  const object = membersOf(model, range);
  rangesBehind.set(object, range);
  return object;
}

function membersOf(model: ExcelModel, range: FRange): HostObject {
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
    children: {
      Worksheet: () => worksheetObject(model, sheet()),
      Format: () => formatObject(range, sheet),
    },
    methods: {
      GetCell: ([row, column]) => at(top + Number(row), left + Number(column), 1, 1),
      GetOffsetRange: ([rows, columns]) =>
        at(top + Number(rows), left + Number(columns), height, width),
      GetResizedRange: ([rows, columns]) =>
        at(top, left, height + Number(rows), width + Number(columns)),
      GetAbsoluteResizedRange: ([rows, columns]) => at(top, left, Number(rows), Number(columns)),
      GetRow: ([row]) => at(top + Number(row), left, 1, width),
      GetBoundingRect: ([given]) => {
        const other = otherRange(sheet(), given);
        const first = {
          row: Math.min(top, other.getRow()),
          column: Math.min(left, other.getColumn()),
        };
        const lastRow = Math.max(range.getLastRow(), other.getLastRow());
        const lastColumn = Math.max(range.getLastColumn(), other.getLastColumn());
        return at(first.row, first.column, lastRow - first.row + 1, lastColumn - first.column + 1);
      },
      // The client asks before it cuts a large array into pieces.
      _ValidateArraySize: ([rows, columns]) => checkSize(range, Number(rows), Number(columns)),
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
  for (const row of rows.length > 0 ? rows : [[]]) {
    checkSize(range, rows.length, Array.isArray(row) ? row.length : 0);
  }
  return rows;
}

function checkSize(range: FRange, rows: number, columns: number): void {
  if (rows === range.getHeight() && columns === range.getWidth()) return;
  throw new HostError(
    "InvalidArgument",
    "the number of rows or columns in the input array doesn't match the range",
  );
}

/** Values as Excel takes them in; null leaves a cell as it is; "" empties it. */
function setCells(range: FRange, value: unknown): void {
  const current = range.getCellDatas();
  const formats = range.getNumberFormats();
  const cells = toMatrix(range, value).map((row, r) =>
    row.map((cell, c): ICellData => {
      if (cell === null || cell === undefined) return current[r]?.[c] ?? {};
      return entered(cell, formats[r]?.[c] ?? "");
    }),
  );
  range.setValues(cells);
}
