// The first independent oracle: Univer's own formula engine, headless in Node. No browser, no
// function of ours registered: it knows MAX, MIN and arithmetic, and nothing about margins.
import { LocaleType, LogLevel, Univer, type ICellData } from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { UniverFormulaEnginePlugin } from "@univerjs/engine-formula";
import { UniverSheetsPlugin } from "@univerjs/sheets";
import { UniverSheetsFormulaPlugin } from "@univerjs/sheets-formula";
import "@univerjs/engine-formula/facade";
import "@univerjs/sheets/facade";
import "@univerjs/sheets-formula/facade";
import { sheetOf } from "./sheet";

/**
 * Recalculates formulas over the given cells, all on one sheet; answers in the formulas' order.
 * @param formulas e.g. ["=MAX(A1,B1)*10000"]
 * @param cells e.g. { A1: 0.0282, B1: 2.339 }
 * @throws when a formula's result is not a number
 */
export async function recalculate(
  formulas: string[],
  cells: Record<string, number>,
): Promise<number[]> {
  const sheet = sheetOf(formulas, cells);
  const cellData: Record<number, Record<number, ICellData>> = {};
  for (const { row, column, content } of sheet.cells) {
    (cellData[row] ??= {})[column] = typeof content === "string" ? { f: content } : { v: content };
  }
  const univer = new Univer({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: {} },
    logLevel: LogLevel.ERROR,
  });
  try {
    univer.registerPlugin(UniverFormulaEnginePlugin);
    univer.registerPlugin(UniverSheetsPlugin);
    univer.registerPlugin(UniverSheetsFormulaPlugin);
    const api = FUniver.newAPI(univer);
    const workbook = api.createWorkbook({
      id: "oracle",
      sheetOrder: ["sheet"],
      sheets: {
        sheet: {
          id: "sheet",
          name: "Sheet1",
          rowCount: sheet.rowCount,
          columnCount: sheet.columnCount,
          cellData,
        },
      },
    });
    const engine = api.getFormula();
    engine.executeCalculation();
    await engine.onCalculationEnd();
    const column = workbook
      .getActiveSheet()
      .getRange(0, sheet.resultColumn, formulas.length, 1)
      .getValues();
    return formulas.map((formula, index) => {
      const value = column[index]?.[0];
      if (typeof value !== "number") throw new Error(`${formula} gave ${String(value)}`);
      return value;
    });
  } finally {
    univer.dispose();
  }
}
