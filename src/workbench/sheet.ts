// The spreadsheet: Univer with its core preset only. The workbook comes after the functions, so that
// its first calculation knows them.
import {
  DEFAULT_STYLES,
  LocaleType,
  LogLevel,
  Univer,
  mergeLocales,
  type IRange,
  type IWorkbookData,
} from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import {
  FormulaDataModel,
  SetTriggerFormulaCalculationStartMutation,
} from "@univerjs/engine-formula";
import { UniverSheetsCorePreset } from "@univerjs/preset-sheets-core";
import enUS from "@univerjs/preset-sheets-core/locales/en-US";
import zhCN from "@univerjs/preset-sheets-core/locales/zh-CN";
import { defaultTheme } from "@univerjs/themes";
import "@univerjs/preset-sheets-core/lib/index.css";
import type { Caller, Calls } from "./calls";
import type { FunctionMetadata } from "./coercion";
import type { SpilledCell, SpillOf } from "./cell-values";
import { customFunction, functionInfo, type Answered } from "./custom-function";
import { cellFont } from "./fonts";
import type { Language, Theme } from "./preferences";

export interface SheetOptions {
  container: HTMLElement;
  language: Language;
  theme: Theme;
  functions: FunctionMetadata[];
  calls: Calls;
  answered: Answered;
  workbook: IWorkbookData;
}

export type Workbook = ReturnType<FUniver["createWorkbook"]>;

export interface Sheet {
  api: FUniver;
  workbook: Workbook;
  spilledCell: SpilledCell;
  spillOf: SpillOf;
}

export function startSheet(options: SheetOptions): Sheet {
  const { calls, functions } = options;
  // The cell editor and the formula bar draw in the default face, whatever the cell's.
  DEFAULT_STYLES.ff = cellFont;
  const isEnglish = options.language === "en";
  const univer = new Univer({
    theme: defaultTheme,
    darkMode: options.theme === "dark",
    locale: isEnglish ? LocaleType.EN_US : LocaleType.ZH_CN,
    locales: isEnglish
      ? { [LocaleType.EN_US]: mergeLocales(enUS) }
      : { [LocaleType.ZH_CN]: mergeLocales(zhCN) },
    logLevel: LogLevel.WARN,
  });
  const sheetName = (id: string): string => workbook.getSheetBySheetId(id)?.getSheetName() ?? "";
  const preset = UniverSheetsCorePreset({
    container: options.container,
    toolbar: false,
    header: true,
    formulaBar: true,
    formula: {
      function: functions.map((metadata) => [
        customFunction(metadata, calls, sheetName, options.answered),
        metadata.name,
      ]),
      description: functions.map(functionInfo),
    },
  });
  for (const plugin of preset.plugins) {
    const [constructor, configuration] = Array.isArray(plugin) ? plugin : [plugin, undefined];
    univer.registerPlugin(constructor, configuration);
  }
  const api = FUniver.newAPI(univer);
  const workbook = api.createWorkbook(options.workbook);

  calls.recalculate = (callers) => {
    void api.executeCommand(
      SetTriggerFormulaCalculationStartMutation.id,
      { dirtyRanges: callers.map((caller) => dirtyRange(workbook.getId(), caller)) },
      { onlyLocal: true },
    );
  };
  const engine = api.getFormula();
  engine.calculationStart(() => calls.calculationStarted());
  engine.calculationEnd(() => calls.calculationEnded());
  const formulas = univer.__getInjector().get(FormulaDataModel);
  const spilledCell: SpilledCell = (sheetId, row, column) =>
    formulas.getArrayFormulaCellData()[workbook.getId()]?.[sheetId]?.[row]?.[column];
  const spillOf: SpillOf = (sheetId, row, column) => {
    const rows = formulas.getArrayFormulaRange()[workbook.getId()]?.[sheetId] ?? {};
    const ranges = Object.values(rows).flatMap((ofRow: Record<string, IRange>) =>
      Object.values(ofRow),
    );
    return ranges.find((range) => contains(range, row, column));
  };
  return { api, workbook, spilledCell, spillOf };
}

function contains(range: IRange, row: number, column: number): boolean {
  const { startRow, endRow, startColumn, endColumn } = range;
  return startRow <= row && row <= endRow && startColumn <= column && column <= endColumn;
}

function dirtyRange(unitId: string, { sheetId, row, column }: Caller) {
  const range = { startRow: row, endRow: row, startColumn: column, endColumn: column };
  return { unitId, sheetId, range };
}
