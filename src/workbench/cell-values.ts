// What cells hold, as Excel's API gives it: unformatted, and with the cells that a formula spilled
// into, which the spreadsheet keeps apart from its own.
import { CellValueType, type ICellData, type IRange, type Nullable } from "@univerjs/core";
import type { FRange } from "@univerjs/sheets/facade";

/** The cell that a formula elsewhere fills, if one does. */
export type SpilledCell = (sheetId: string, row: number, column: number) => Nullable<ICellData>;

/** The range over which a formula spills, for any cell in it; its first cell holds the formula. */
export type SpillOf = (sheetId: string, row: number, column: number) => Nullable<IRange>;

export type PlainValue = number | string | boolean;

export function valuesOf(range: FRange, spilledCell: SpilledCell): PlainValue[][] {
  return range
    .getCellDatas()
    .map((row, r) =>
      row.map((cell, c) =>
        plain(
          isEmpty(cell)
            ? spilledCell(range.getSheetId(), range.getRow() + r, range.getColumn() + c)
            : cell,
        ),
      ),
    );
}

function isEmpty(cell: Nullable<ICellData>): boolean {
  return cell?.v === undefined || cell.v === null;
}

/** A blank cell is the empty text; a logical value is kept as 1 or 0 by the sheet. */
function plain(cell: Nullable<ICellData>): PlainValue {
  if (cell?.t === CellValueType.BOOLEAN) return cell.v === 1 || cell.v === true;
  return cell?.v ?? "";
}
