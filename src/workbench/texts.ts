// The page's own sentences, Chinese and English.
import type { Language } from "./preferences";

export interface Texts {
  title: string;
  real: string;
  emulated: string;
  toOtherLanguage: string;
  toDark: string;
  toLight: string;
  sheet: string;
  pane: string;
  resizePane: string;
  starting: string;
  noError: string;
  hostTrouble: string;
  blocked: string;
}

const texts: Record<Language, Texts> = {
  "zh-CN": {
    title: "卖方保证金 · 工作台",
    real: "真实：微软的 office.js 与本加载项的正式文件。",
    emulated: "模拟：Excel 本身（表格、宿主、重算次序）。",
    toOtherLanguage: "English",
    toDark: "深色",
    toLight: "浅色",
    sheet: "工作表",
    pane: "加载项任务窗格",
    resizePane: "调整任务窗格宽度",
    starting: "正在启动……",
    noError: "在任一单元格中键入公式，例如 =SSE.CALLMARGIN(0.0282, 2.339, 2.4)",
    hostTrouble: "加载项没有启动：任务窗格 20 秒内没有登记函数。请查看浏览器控制台。",
    blocked: "溢出区域内已有内容，清空后公式即可展开。",
  },
  en: {
    title: "Option Seller Margin · workbench",
    real: "Real: Microsoft's office.js and this add-in's production files.",
    emulated: "Emulated: Excel itself (sheet, host, order of calculation).",
    toOtherLanguage: "中文",
    toDark: "Dark",
    toLight: "Light",
    sheet: "Sheet",
    pane: "Add-in taskpane",
    resizePane: "Resize the taskpane",
    starting: "Starting…",
    noError: "Type a formula in any cell, e.g. =SSE.CALLMARGIN(0.0282, 2.339, 2.4)",
    hostTrouble:
      "The add-in did not start: its pane registered no functions within 20 seconds. See the browser's console.",
    blocked: "The formula spills over cells that hold something; empty them and it unfolds.",
  },
};

export function textsIn(language: Language): Texts {
  return texts[language];
}
