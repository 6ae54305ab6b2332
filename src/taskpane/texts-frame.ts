/** The frame's sentences: rooms, source bar, pages, and what the desk says of its own doings. */
import type { Part } from "./desk-state";
import type { Language } from "./language";

/** Why code of the add-in isn't here, what it means, and what to do. */
const NOT_LOADED = {
  zh: "加载项的文件读不到，可能没有网络，或加载项刚更新过。账户里的数字都在。联网后重试；仍不行就重新打开窗格。",
  en: "a file of the add-in can't be read, without a network or because the add-in was just updated. The account stays as it is. Try again with a network; if it stays, open the pane again.",
};

const zh = {
  account: "账户",
  whatIf: "推演",
  reconcile: "对账",
  functions: "函数",
  parts: "推演的部分",
  part: { market: "行情", actions: "操作", expiry: "到期" } satisfies Record<Part, string>,
  /** Code of the add-in that loads when it is first asked for. */
  loading: (name: string) => `正在打开“${name}”…`,
  late: (name: string) => `“${name}”没有打开：${NOT_LOADED.zh}`,
  retry: "重试",
  notLoaded: NOT_LOADED.zh,
  back: "返回",
  import: "导入",
  settings: "公司参数",
  problems: (n: number) => `${n} 个问题`,
  noProblems: "没有问题",
  sourceOf: "选择账户与日期",
  noDay: "未写日期",
  kind: { settled: "结算", live: "盘中", estimate: "估算" },
  sample: "样例",
  clearSample: "清除样例",
  remove: "移除这一份",
  columns: "列的对应",
  accounts: (n: number) => `这些文件属于 ${n} 个账户，已分开显示，不合计。`,
  reread: "重新读取",
  stale: "工作表已改动",
  emptyWhatIf: "这里会比较“现在”和“假设”：先平哪几手、风险度变成多少。",
  emptyWhatIfNext: "先导入一份结算单，或用样例数据。",
  emptyReconcile: "这里会核对账单：公司按什么规则收，哪几行对不上，差多少，为什么。",
  emptyReconcileNext: "先导入一份结算单，或用样例数据。几天的一起导入，按天核对。",
  toAccount: "去“账户”导入",
  hongKongOnly:
    "这个账户只有香港的期权和期货。它们按整个组合的 16 个情景计，这里的行情、先平哪几手和到期都不算它们；各情景亏多少、离追保多远，看“账户”。",
  hongKongBeside: "香港的期权和期货不在这里的任何数里，也不和其他持仓相加；看“账户”里的香港一栏。",
  toHongKong: "去“账户”看香港",

  sheetTooLong: (rows: number, most: number) =>
    `${rows} 行持仓，活公式的工作表最多写 ${most} 行，没有写入。按账户或品种分开导入，再写。`,
  written: (sheet: string, rows: number) => `已写入“${sheet}”，${rows} 行活公式。改价格即可推演。`,
  writtenActs: (sheet: string, acts: number) => `已写入“${sheet}”，${acts} 步。`,
  /** What Excel was asked to do, before why it wasn't done. */
  steps: {
    write: "写入工作表",
    update: "更新工作表",
    undo: "删除工作表",
    clearSample: "清除样例的工作表",
    selection: "读取选区",
    insert: "写入公式",
    reread: "重新读取",
  },
  failedStep: (step: string, why: string) => `${step}：${why}`,
  tryIt: (cell: string, value: string) => `把 ${cell} 改成 ${value} 试试。`,
  undone: (sheet: string) => `已删除“${sheet}”。`,
  updateAsked: (sheet: string, n: number) =>
    `“${sheet}”已是这个账户这一天的表。更新会改 ${n} 格，你在表里改过的也算在内，不能撤销。`,
  upToDate: (sheet: string) => `“${sheet}”与这里一致，没有要更新的。`,
  update: (n: number) => `更新（改 ${n} 格）`,
  another: "另写一张",
  updated: (sheet: string, n: number) => `已更新“${sheet}”，改了 ${n} 格。更新不能撤销。`,
  updateBroken: (sheet: string) =>
    `“${sheet}”没有更新完，新旧数字可能混在一起。再更新一次，或另写一张。`,
  sampleCleared: "样例已清除。",
  sampleMissing: "样例文件读不到。重新打开窗格再试。",
  pricesTaken: (n: number) => `已填入 ${n} 个标的价。`,
  termsTaken: (n: number) => `已按调整表填入 ${n} 个合约。`,
  noTerms: "调整表里没有本账户已调整的合约。核对是不是这次调整的表。",
  termsAgree: "调整表与账单已有的行权价和单位一致，没有要填的。",
  wrongTable: (why: string) => `调整表读不了：${why}。`,
  noPrices: "没有认出价格：需要标的代码和价格两列，或与上表同样多行的一列价格。",
  tradesTaken: (n: number) => `已填入 ${n} 笔交易。`,
  noTrades: "没有认出交易：需要合约、买卖、开平、手数、价格五列。",
  copied: "已复制。",
  notCopied: "这里不能写剪贴板。选中文字后按 Ctrl+C。",
  inserted: (cell: string) => `公式已写入 ${cell}。`,
  settingsRead: "公司参数已导入。",
  settingsNotJson: (file: string) => `${file} 不是 JSON，没有导入。选“导出 JSON”得到的那个文件。`,
  settingsReset: "公司参数已恢复默认。",
  snapshotsCleared: "以往的快照已删除。",
  typedWins: "连上 Excel 之前改的公司参数已存进工作簿，代替了原来存的；其余照原来存的。",
  notKept: "公司参数没能存进工作簿，只在这次打开的窗格里有效。",
  broughtBack: (day: string) =>
    `这是上次在这个工作簿里导入的账户（${day}），从这台电脑取回。不想存，在公司参数里关掉。`,
  importsUnread:
    "上次导入的账户没能从这台电脑取回：浏览器存储读不到，或其中的文件读不出来。重新导入即可。",
  importsNotKept: "导入的账户没能存在这台电脑上：下次打开窗格要重新导入。",
  importsStillKept:
    "这台电脑上存的账户没能更新，也没能删除：下次打开窗格取回的可能是旧的，或已经移除的。可在公司参数里全部删除。",
  importTooLarge: (file: string, size: string, most: number) =>
    `${file} 有 ${size} MB，一个工作簿在这台电脑上最多存 ${most} MB，没有存：下次打开窗格要重新导入它。`,
  importsCleared: "这台电脑上存的账户已删除；窗格里的还在，关掉窗格就没有了。",
  offNotKept:
    "这台电脑上存的账户已删除，窗格开着时不再存。但浏览器记不住这个选择：下次打开窗格，要再关一次。",
  importsNotCleared: "这台电脑上存的账户没能删除：浏览器存储打不开。重新打开窗格再试。",
};

export type FrameTexts = typeof zh;

const en: FrameTexts = {
  account: "Account",
  whatIf: "What if",
  reconcile: "Reconcile",
  functions: "Functions",
  parts: "Parts of What if",
  part: { market: "Market", actions: "Actions", expiry: "Expiry" },
  loading: (name) => `Opening ${name}…`,
  late: (name) => `${name} didn't open: ${NOT_LOADED.en}`,
  retry: "Try again",
  notLoaded: NOT_LOADED.en,
  back: "Back",
  import: "Import",
  settings: "Broker profile",
  problems: (n) => `${n} ${n === 1 ? "problem" : "problems"}`,
  noProblems: "No problems",
  sourceOf: "Choose account and day",
  noDay: "no day",
  kind: { settled: "settled", live: "live", estimate: "estimate" },
  sample: "Sample",
  clearSample: "Clear sample",
  remove: "Remove this one",
  columns: "Columns",
  accounts: (n) => `These files belong to ${n} accounts: kept apart, not totalled.`,
  reread: "Reread",
  stale: "The sheet has changed",
  emptyWhatIf: "Now and then, side by side: which lots to close, and the ratio afterwards.",
  emptyWhatIfNext: "Import a statement first, or try the sample.",
  emptyReconcile:
    "The statement against the rules: what the broker charges by, which rows don't fit, by how much, and why.",
  emptyReconcileNext:
    "Import a statement first, or try the sample. Several days at once are checked day by day.",
  toAccount: "Import in Account",
  hongKongOnly:
    "This account holds Hong Kong options and futures alone. They are margined as a whole by 16 scenarios, so the market, the lots to close and the expiries here leave them out. Account shows the loss in each scenario and how far the call is.",
  hongKongBeside:
    "Hong Kong options and futures are in none of these figures and never summed with other holdings; see Hong Kong in Account.",
  toHongKong: "See Hong Kong in Account",

  sheetTooLong: (rows, most) =>
    `A sheet of live formulas takes ${most} rows of positions at most; there are ${rows}, so nothing was written. Import them by account or product, then write.`,
  written: (sheet, rows) =>
    `Written to “${sheet}”: ${rows} ${rows === 1 ? "row" : "rows"} of live formulas. Change a price to try.`,
  writtenActs: (sheet, acts) => `Written to “${sheet}”: ${acts} ${acts === 1 ? "step" : "steps"}.`,
  steps: {
    write: "Writing the sheet",
    update: "Updating the sheet",
    undo: "Deleting the sheet",
    clearSample: "Clearing the sample's sheet",
    selection: "Reading the selection",
    insert: "Writing the formula",
    reread: "Rereading",
  },
  failedStep: (step, why) => `${step}: ${why}`,
  tryIt: (cell, value) => `Try ${cell} = ${value}.`,
  undone: (sheet) => `“${sheet}” is deleted.`,
  updateAsked: (sheet, n) =>
    `“${sheet}” is this account's sheet of this day already. Updating changes ${n} ${n === 1 ? "cell" : "cells"}, your own edits among them, and can't be undone.`,
  upToDate: (sheet) => `“${sheet}” agrees with what is here; there is nothing to update.`,
  update: (n) => `Update (${n} ${n === 1 ? "cell" : "cells"})`,
  another: "Write another",
  updated: (sheet, n) =>
    `“${sheet}” is updated, ${n} ${n === 1 ? "cell" : "cells"} changed. Updating can't be undone.`,
  updateBroken: (sheet) =>
    `“${sheet}” wasn't updated whole: old and new figures may stand side by side. Update it again, or write another.`,
  sampleCleared: "Sample cleared.",
  sampleMissing: "The sample can't be read. Open the pane again and retry.",
  pricesTaken: (n) => `${n} underlying ${n === 1 ? "price" : "prices"} filled in.`,
  termsTaken: (n) => `${n} ${n === 1 ? "contract" : "contracts"} filled in from the table.`,
  noTerms:
    "The table has none of this account's adjusted contracts. Check that it is of this adjustment.",
  termsAgree: "The table agrees with what the statement tells: there is nothing to fill in.",
  wrongTable: (why) => `The table can't be read: ${why}.`,
  noPrices:
    "No prices recognised: two columns, underlying and price, or one column with as many rows as the table above.",
  tradesTaken: (n) => `${n} ${n === 1 ? "trade" : "trades"} filled in.`,
  noTrades:
    "No trades recognised: five columns are needed, contract, buy or sell, open or close, lots, price.",
  copied: "Copied.",
  notCopied: "The clipboard is closed to the pane. Select the text and press Ctrl+C.",
  inserted: (cell) => `Formula written to ${cell}.`,
  settingsRead: "Broker profile imported.",
  settingsNotJson: (file) =>
    `${file} isn't JSON and was not imported. Choose the file that “Export JSON” gave.`,
  settingsReset: "Broker profile reset to its defaults.",
  snapshotsCleared: "Earlier snapshots are deleted.",
  typedWins:
    "What you changed in the broker profile before Excel answered is now kept in the workbook instead of what stood there; the rest is as it was kept.",
  notKept: "The broker profile couldn't be kept in the workbook; it holds while this pane is open.",
  broughtBack: (day) =>
    `This is the account imported last in this workbook (${day}), brought back from this machine. The broker profile's page switches that off.`,
  importsUnread:
    "The account imported last couldn't be brought back from this machine: the browser's store or a file in it can't be read. Import it again.",
  importsNotKept:
    "The imported account couldn't be kept on this machine: import it again when the pane is opened next.",
  importTooLarge: (file, size, most) =>
    `${file} is ${size} MB and wasn't kept: this machine keeps ${most} MB of one workbook. Import it again when the pane is opened next.`,
  importsStillKept:
    "The accounts kept on this machine could be neither renewed nor deleted: what is brought back next may be older, or removed by now. The broker profile's page deletes all of them.",
  importsCleared:
    "The accounts kept on this machine are deleted; what is in the pane stays until it is closed.",
  offNotKept:
    "The accounts kept on this machine are deleted, and none is kept while the pane is open. But the browser can't keep this choice: switch it off again when the pane is opened next.",
  importsNotCleared:
    "The accounts kept on this machine couldn't be deleted: the browser's store can't be opened. Open the pane again and retry.",
};

export const FRAME_TEXTS: Readonly<Record<Language, FrameTexts>> = { zh, en };
