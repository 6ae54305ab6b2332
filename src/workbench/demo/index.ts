// The workbook that the workbench opens on.
import type { IWorkbookData } from "@univerjs/core";
import { LocaleType } from "@univerjs/core";
import { cellFont } from "../fonts";
import type { Language } from "../preferences";
import { demoStyles } from "./cells";
import { futuresSheet } from "./futures";
import { lifeSheet } from "./life";
import { sseSheet } from "./sse";

export function demoWorkbook(language: Language): IWorkbookData {
  return {
    id: "demo",
    name: language === "en" ? "Demo" : "示例",
    appVersion: "0.25.1",
    locale: language === "en" ? LocaleType.EN_US : LocaleType.ZH_CN,
    styles: demoStyles(),
    defaultStyle: { ff: cellFont, fs: 10 },
    sheetOrder: ["sse", "futures", "life"],
    sheets: {
      sse: sseSheet(language),
      futures: futuresSheet(language),
      life: lifeSheet(language),
    },
  };
}

/** Selected as the page opens: the formula bar then shows what the sheet is about. */
export const firstFormula = "F6";
