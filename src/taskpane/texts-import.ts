/** The sentences of importing: first run, reading, what went wrong, naming columns, problems. */
import { withoutAccounts as shown } from "../statements";
import { countText } from "./figures";
import type { Language } from "./language";

const zh = {
  drop: "把结算单拖到这里",
  dropHint: "看清风险度、要追加多少、几点之前。",
  dropHere: "松开即导入",
  choose: "选择文件…",
  useSelection: "用当前选区",
  selectionNeedsExcel: "没有连上 Excel，读不到选区。文件和粘贴照样可用。",
  trySample: "先用样例数据看看",
  trySampleHint: "一键载入演示账户，写入新工作表",
  promise: "文件只在本机读取，不上传；账号自动打码。",
  promiseKept: "导入的账户存在这台电脑上，下次打开这个工作簿时取回。",
  promiseNotKept: "导入的账户不存，关掉窗格就没有了。",
  promiseChange: "在公司参数里改",
  which: "能读哪些文件",
  whichTable: "其他表格：有合约和手数两列即可，列名可手工指定",
  paste: "粘贴",
  pasteHint: "把结算单文字或表格粘贴在这里（Ctrl+V）",
  pasteRead: "导入粘贴的内容",
  pastedName: "粘贴的内容",
  selectionName: (address: string) => `选区 ${address}`,
  title: "导入",

  reading: (file: string, rows: number) => `正在读取 ${shown(file)}，已读 ${countText(rows)} 行`,
  cancel: "取消",
  calculating: (file: string, rows: number, all: number) =>
    `正在计算 ${shown(file)}，已算 ${countText(rows)} / ${countText(all)} 行`,
  calculationCancelled: "已取消计算，账户、填写的数和公司参数回到之前的样子。",
  cancelled: (file: string) => `已取消读取 ${shown(file)}，原来的账户不变。`,
  broken: (file: string) =>
    `${shown(file)} 没有读完：读取时出错。再试一次；仍不行就换一种格式导出。`,
  otherBuild: (file: string) =>
    `${shown(file)} 没有读：加载项更新过，任务窗格和读文件的部分不是同一个版本。关闭任务窗格再打开，再导入一次。`,
  leftOut: (file: string) => `${shown(file)} 没有导入，其余不变。要用时再导入一次。`,
  notATable: (file: string) =>
    `没认出 ${shown(file)}：不是已知的结算单，也不是表格。导入结算单，或有合约和手数两列的表格。`,
  waiting: (n: number) => `另有 ${n} 份等着。`,
  parametersRead: (file: string, house: string, day: string, n: number) =>
    `已读风险参数 ${shown(file)}：${house} ${day}，${n} 个合约。`,
  parametersWait: "导入有香港持仓的账单，就按它计算。",
  hongKongLoading: (n: number) => `正在载入 ${n} 行香港持仓的计算…`,
  hongKongLate: (n: number) => `${n} 行香港持仓的计算没有载入，它们的保证金先不下结论。`,
  hongKongAgain: "再试一次",
  nothingHeld: (file: string, fills: number) =>
    fills > 0
      ? `${shown(file)} 有 ${fills} 笔成交，没有持仓也没有资金，算不出状态。导入持仓或结算单。`
      : `${shown(file)} 没有持仓也没有资金，算不出状态。导入持仓或结算单。`,
  tooMany: (file: string, rows: number, most: number) =>
    `${shown(file)} 有 ${countText(rows)} 行持仓，窗格里最多算 ${countText(most)} 行，没有导入。按账户或品种分开，或在表里用 MARGIN.TABLE。`,
  mapColumns: "指定列",
  details: "详情",
  copy: "复制",
  close: "关闭",
  which2: (file: string) => `${shown(file)} 是哪一种？`,
  again: (day: string) => `这份结算单（${shown(day)}）已导入。用新的替换，还是保留原来的？`,
  replace: "用新的替换",
  keep: "保留原来的",

  mapping: "指定列",
  mappingHint: (file: string) => `${shown(file)}：每一项对应表里的哪一列。`,
  headerRow: "表头在",
  headerRowOf: (row: number, cells: string) => `第 ${row} 行：${cells}`,
  noHeader: "没有表头",
  ours: "我们的列",
  theirs: "表里的列",
  none: "—",
  columnNo: (n: number) => `第 ${n} 列`,
  required: "必填",
  sure: "认得",
  guessed: "猜的",
  byHand: "手工",
  more: (n: number) => `其他 ${n} 列`,
  needsContract: "还缺合约：选出合约代码所在的列。",
  needsLots: "还缺手数：选“手数”，或多头、空头手数两列。",
  noSide: "没有买卖方向：除非手数带正负号，全部按卖方（义务仓）计。",
  remember: "下次同样表头自动使用",
  importRows: (n: number) => `导入 ${n} 行`,
  preview: (read: number, found: number) =>
    read === found ? `${found} 行都能读。` : `${found} 行中 ${read} 行能读。`,
  counting: "正在数行数…",

  problems: "问题",
  problemsHint: (n: number) => `${n} 个问题，合计可能不完整。`,
  noProblems: "没有问题，每一行都读了。",
  notices: "只是提示，合计不受影响",
  copyAll: "复制全部",
  file: "文件",
  row: "行",
  column: "列",
  raw: "原文",
  reason: "原因",
  more100: (n: number) => `还有 ${n} 个，复制全部可看。`,
};

export type ImportTexts = typeof zh;

const en: ImportTexts = {
  drop: "Drop a statement here",
  dropHint: "Risk ratio, amount to add, and by when.",
  dropHere: "Let go to import",
  choose: "Choose files…",
  useSelection: "Use the selection",
  selectionNeedsExcel:
    "Excel isn't connected, so the selection can't be read. Files and pasting work.",
  trySample: "Try it with sample data",
  trySampleHint: "Loads an invented account into a new sheet",
  promise: "Files are read on this machine and sent nowhere; account numbers are masked.",
  promiseKept: "Imported accounts stay on this machine and come back with this workbook.",
  promiseNotKept: "Imported accounts aren't kept: they go when the pane is closed.",
  promiseChange: "Change it in the broker profile",
  which: "Which files can be read",
  whichTable: "Any other table with contracts and lots; you can name its columns",
  paste: "Paste",
  pasteHint: "Paste a statement's text or a table here (Ctrl+V)",
  pasteRead: "Import what is pasted",
  pastedName: "Pasted text",
  selectionName: (address) => `Selection ${address}`,
  title: "Import",

  reading: (file, rows) =>
    `Reading ${shown(file)}, ${countText(rows)} ${rows === 1 ? "row" : "rows"} so far`,
  cancel: "Cancel",
  calculating: (file, rows, all) =>
    `Working out ${shown(file)}, ${countText(rows)} of ${countText(all)} rows so far`,
  calculationCancelled:
    "The calculation was cancelled; account, entries and broker profile are as they were.",
  cancelled: (file) => `Reading ${shown(file)} was cancelled; the account stays as it was.`,
  broken: (file) =>
    `${shown(file)} wasn't read to its end: reading failed. Try again; if it stays, export it in another format.`,
  otherBuild: (file) =>
    `${shown(file)} wasn't read: the add-in was updated, and the pane and what reads files are of two versions. Close the pane, open it again and import once more.`,
  leftOut: (file) =>
    `${shown(file)} wasn't imported; the rest is as it was. Import it again to use it.`,
  notATable: (file) =>
    `${shown(file)} is neither a known statement nor a table. Import a statement, or a table with contracts and lots.`,
  waiting: (n) => `${n} more ${n === 1 ? "waits" : "wait"}.`,
  parametersRead: (file, house, day, n) =>
    `Risk parameters read from ${shown(file)}: ${house} ${day}, ${n} ${n === 1 ? "contract" : "contracts"}.`,
  parametersWait: "They are used once a statement with Hong Kong holdings is imported.",
  hongKongLoading: (n) => `Loading what works out ${n} Hong Kong ${n === 1 ? "row" : "rows"}…`,
  hongKongLate: (n) =>
    `What works out ${n} Hong Kong ${n === 1 ? "row" : "rows"} didn't load; their margin is left open.`,
  hongKongAgain: "Try again",
  nothingHeld: (file, fills) =>
    fills > 0
      ? `${shown(file)} holds ${fills} ${fills === 1 ? "fill" : "fills"} but neither positions nor money, so there is no status. Import positions or a statement.`
      : `${shown(file)} holds neither positions nor money, so there is no status. Import positions or a statement.`,
  tooMany: (file, rows, most) =>
    `${shown(file)} has ${countText(rows)} rows of positions; the pane works out ${countText(most)} at most and did not import it. Split it by account or product, or use MARGIN.TABLE in the sheet.`,
  mapColumns: "Map the columns",
  details: "Details",
  copy: "Copy",
  close: "Close",
  which2: (file) => `Which is ${shown(file)}?`,
  again: (day) => `The statement of ${shown(day)} is already here. Replace it or keep the old one?`,
  replace: "Replace it",
  keep: "Keep the old one",

  mapping: "Map the columns",
  mappingHint: (file) => `${shown(file)}: which of its columns is which.`,
  headerRow: "Header",
  headerRowOf: (row, cells) => `Row ${row}: ${cells}`,
  noHeader: "No header",
  ours: "Meaning",
  theirs: "Column in the file",
  none: "—",
  columnNo: (n) => `Column ${n}`,
  required: "required",
  sure: "known",
  guessed: "guess",
  byHand: "by hand",
  more: (n) => `${n} more columns`,
  needsContract: "Contract is missing: choose the column that holds its code.",
  needsLots: "Lots are missing: choose “Lots”, or long and short lots.",
  noSide: "No side: unless lots have a sign, every row is taken as short.",
  remember: "Use for the same header next time",
  importRows: (n) => `Import ${n} ${n === 1 ? "row" : "rows"}`,
  preview: (read, found) =>
    read === found
      ? found === 1
        ? "The row can be read."
        : `All ${found} rows can be read.`
      : `${read} of ${found} rows can be read.`,
  counting: "Counting rows…",

  problems: "Problems",
  problemsHint: (n) => `${n} ${n === 1 ? "problem" : "problems"}; totals may be incomplete.`,
  noProblems: "No problems: every row was read.",
  notices: "Good to know; the totals stand",
  copyAll: "Copy all",
  file: "File",
  row: "Row",
  column: "Column",
  raw: "Raw text",
  reason: "Reason",
  more100: (n) => `${n} more; Copy all holds them.`,
};

export const IMPORT_TEXTS: Readonly<Record<Language, ImportTexts>> = { zh, en };
