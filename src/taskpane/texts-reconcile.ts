/** The sentences of Reconcile, in both languages. */
import type { Tally, Verdict } from "../account";
import { countText } from "./figures";
import type { Language } from "./language";

const zh = {
  heading: "对账",
  working: (rows: number) => `正在核对 ${countText(rows)} 行…`,
  workingLong: "对不上的行多，要试的原因就多。可以先看别的页，核对好了会显示在这里。",
  progress: (rows: number, all: number) =>
    `正在核对，已核对 ${countText(rows)} / ${countText(all)} 行`,
  cancel: "取消",
  done: "核对好了。",
  redoing: "正在重新核对",
  cancelled: "已取消核对，没有结果。账户和填写的数不变。",
  cancelledBefore: "下面是按先前的输入核对的；新的核对已取消。",
  cancelledUnwritten: "下面的结果不是按现在的输入核对的。重新核对以后再写入、打印、复制。",
  again: "重新核对",
  nothing: "没有可以核对的行。",
  nothingNext: "核对要有合约、手数和公司收的保证金。换一份有持仓明细的结算单再导入。",

  rule: "公司的收法",
  use: "用作公司参数",
  used: "公司参数就是这样填的",
  usedNow: (rule: string) => `已用作公司参数：${rule}`,
  exceptions: (names: string) => `${names}的收法没有带过去，在公司参数里按品种填。`,

  counts: "各行的结果",
  verdict: {
    unexplained: "未解释",
    explained: "已解释",
    matching: "吻合",
    notCheckable: "不可核对",
  } satisfies Record<Verdict, string>,

  bridge: "从重算到账单",
  from: "按公司规则逐行重算",
  to: { account: "账单保证金", rows: "账单逐行之和" },
  rowsOf: (n: number) => `${countText(n)} 行`,
  bridgePartial: "不完整：不可核对的行按账单原数列在里面，合计不作定论。",
  bridgeWrong: "各项相加与账单对不上，没有画出来。",
  bridgeUnprinted: (n: number) =>
    `账单没有印 ${countText(n)} 行的保证金，也没有印合计：合计先不下结论，没有画出来。`,

  why: "相关的行不可核对，不猜。填了，不缺别的数的行就核对。",
  unpriced: (n: number) =>
    `${countText(n)} 个期权合约没有自己的价格（结算价），相关的行不可核对，这里也没有它的格。导入一份有“结算价”一列的持仓表；账单印有别的价格的，也可以在公司参数里改价格口径；命令行用 --prices，按期权代码给。`,
  previousTitle: "上一交易日的标的价",
  previousWhy:
    "填了才能试“昨日价格”这个原因。上一交易日的结算单也导入的话，其中印有的自动取用，没印的在这里填。",
  previousOf: (code: string) => `${code} 上一交易日价格`,

  days: "逐日",
  daysSaid: (
    { papers, areDays, broken, partial, unconfirmed }: Tally,
    first: string,
    why: string,
  ) => {
    const unit = areDays ? "天" : "份账单";
    if (broken + partial + unconfirmed === 0) return `${papers} ${unit}全部对上。`;
    const open = broken > 0 ? [`${broken} ${unit}有未解释的差额，最早 ${first}`] : [];
    const partly = partial > 0 ? [`${partial} ${unit}没有核对全（${why}）`] : [];
    const added = unconfirmed > 0 ? [`${unconfirmed} ${unit}的加收未确认`] : [];
    return `${papers} ${unit}中 ${[...open, ...partly, ...added].join("；")}。`;
  },
  dayFits: "全部对上",
  dayAdditions: "加收未确认",
  dayIdentity: "恒等式不成立",
  dayPartial: "不完整",
  dayOpen: (n: number) => `${countText(n)} 行未解释`,
  dayTotal: "合计对不上",
  dayNotCheckable: (n: number) => `${countText(n)} 行不可核对`,
  since: (day: string, n: number) => `从 ${day} 起，${n} 天里都有这个差额。`,
  sinceToday: "前几天的账单里没有这个差额。",

  rows: "逐行",
  search: "找合约或原因",
  clearSearch: "清除",
  noHits: (text: string) => `没有“${text}”。合约、品种名、原因都可以找。`,
  columns: { contract: "合约 / 原因", printed: "账单", ours: "重算", difference: "差额" },
  columnsNarrow: "差额 / 账单 → 重算",
  matchingRows: (n: number) => `吻合 ${countText(n)} 行`,
  more: (n: number) => `还有 ${countText(n)} 行没有列出。搜索，或写入对账表看。`,
  moreMatching: (n: number) => `还有 ${countText(n)} 行吻合的没有列出，可以搜索。`,

  perLot: (printed: string, ours: string, by: string, more: boolean) =>
    `每手 ${printed}，按规则应 ${ours}，${more ? "多" : "少"} ${by}。`,
  implied: (rate: string, own: string | undefined) =>
    `反推保证金率 ${rate}${own === undefined ? "" : `（规则 ${own}）`}。`,
  impliedMultiple: (times: string) => `是交易所保证金的 ${times} 倍。`,
  tried: "试过的原因与剩余差额",
  othersTried: (n: number) => `其余 ${n} 种剩得更多`,
  untried: (name: string, lacks: string) => `没有试“${name}”：${lacks}。`,
  facts: "这一行的数",
  fact: {
    price: "价格",
    underlying: "标的价",
    rate: "保证金率",
    markup: "上浮",
    unit: "单位",
    strike: "行权价",
    exchange: "每手交易所保证金",
    broker: "每手按公司规则",
  },
  copy: "复制给公司核对",

  identities: "账户恒等式",
  noIdentities: "账单没有可以互相核对的账户数字。",
  hold: (holding: number, all: number) => `${holding}/${all} 成立`,
  identity: "恒等式",
  printed: "账单",
  expected: "应为",
  holds: "成立",
  fails: "不成立",

  write: "写入对账表",
  print: "打印摘要",
  written: (sheet: string, rows: number) => `已写入“${sheet}”，${countText(rows)} 行活公式。`,
  toPrint: (sheet: string) => `“${sheet}”的打印范围已设好，一页宽。按 Ctrl+P 打印。`,
  tooLong: (rows: number, most: number) =>
    `${countText(rows)} 行对不上，对账表最多写 ${countText(most)} 行，没有写入。按账户或品种分开导入，再写。`,

  question: {
    head: (day: string, account: string) => ["结算单", day, account].filter(Boolean).join(" "),
    row: (contract: string, side: string, lots: string) => `${contract} ${side} ${lots} 手`,
    figures: (printed: string, ours: string, difference: string) =>
      `账单保证金 ${printed}，我们按规则算 ${ours}，差 ${difference}。`,
    rule: (sentence: string) => `依据：${sentence}`,
    with: (facts: string) => `所用：${facts}。`,
    ask: "请核对这一行用的价格、保证金率和组合。",
  },
  /** A word of the side a position is on, for who reads it outside the pane. */
  side: { long: "买", short: "卖", covered: "备兑" },
  comma: "，",
  semicolon: "；",
};

export type ReconcileTexts = typeof zh;

const rows = (n: number): string => `${countText(n)} ${n === 1 ? "row" : "rows"}`;
const days = (n: number): string => `${n} ${n === 1 ? "day" : "days"}`;

const en: ReconcileTexts = {
  heading: "Reconcile",
  working: (n) => `Reconciling ${rows(n)}…`,
  workingLong:
    "Many rows that don't fit mean many causes to try. The other rooms work meanwhile; the answer will be here.",
  progress: (n, all) => `Reconciling, ${countText(n)} of ${rows(all)} done`,
  cancel: "Cancel",
  done: "Reconciled.",
  redoing: "Reconciling anew",
  cancelled:
    "The reconciliation was cancelled: there is no result. Account and entries are as they were.",
  cancelledBefore: "What follows is by earlier inputs; the new reconciliation was cancelled.",
  cancelledUnwritten:
    "This result isn't by the present inputs. Reconcile again, then write, print or copy.",
  again: "Reconcile again",
  nothing: "There is no row to check.",
  nothingNext:
    "Checking needs contract, lots and the margin the broker charged. Import a statement that lists positions.",

  rule: "The broker's rule",
  use: "Use as my profile",
  used: "Your broker profile says the same",
  usedNow: (rule) => `Now in your broker profile: ${rule}`,
  exceptions: (names) =>
    `The terms of ${names} weren't taken over: type them by product in the broker profile.`,

  counts: "Rows by result",
  verdict: {
    unexplained: "unexplained",
    explained: "explained",
    matching: "matching",
    notCheckable: "not checkable",
  },

  bridge: "From the rules to the statement",
  from: "By the broker's rule, row by row",
  to: { account: "Margin as printed", rows: "Sum of the rows as printed" },
  rowsOf: rows,
  bridgePartial:
    "Incomplete: rows that can't be checked stand in it as printed; totals are left open.",
  bridgeWrong: "The parts don't add up to the statement, so nothing is drawn.",
  bridgeUnprinted: (n) =>
    `The statement prints no margin of ${rows(n)} and no total: the sum is left open, so nothing is drawn.`,

  why: "Rows that need them can't be checked, and nothing is guessed. Type them, and rows that lack nothing else are checked.",
  unpriced: (n) =>
    `${countText(n)} option ${n === 1 ? "contract has" : "contracts have"} no price of ${n === 1 ? "its" : "their"} own (settlement): the rows can't be checked, and there is no field for it here. Import a table of positions with a column “settlement”; where the statement prints another price, the price basis in the broker profile can be changed; on the command line --prices takes it by the option's code.`,
  previousTitle: "Underlyings on the trading day before",
  previousWhy:
    "With these the cause “previous day's prices” can be tried. Those that the statement of that day prints are taken from it where it is imported too; type the others here.",
  previousOf: (code) => `Price of ${code} on the trading day before`,

  days: "Day by day",
  daysSaid: ({ papers, areDays, broken, partial, unconfirmed }, first, why) => {
    const units = areDays ? "days" : "statements";
    if (broken + partial + unconfirmed === 0) return `All ${papers} ${units} are accounted for.`;
    const has = broken === 1 ? "has" : "have";
    const open = broken > 0 ? [`${broken} ${has} something unexplained, first on ${first}`] : [];
    const partly = partial > 0 ? [`${partial} not checked whole (${why})`] : [];
    const added = unconfirmed > 0 ? [`${unconfirmed} with additions that aren't confirmed`] : [];
    return `Of ${papers} ${units} ${[...open, ...partly, ...added].join("; ")}.`;
  },
  dayFits: "all accounted for",
  dayAdditions: "additions not confirmed",
  dayIdentity: "an identity fails",
  dayPartial: "partial",
  dayOpen: (n) => `${rows(n)} unexplained`,
  dayTotal: "total doesn't fit",
  dayNotCheckable: (n) => `${rows(n)} not checkable`,
  since: (day, n) => `Since ${day} this difference is there on ${days(n)}.`,
  sinceToday: "The statements of the days before don't have this difference.",

  rows: "Rows",
  search: "Contract or cause",
  clearSearch: "Clear",
  noHits: (text) => `Nothing like “${text}”. Contracts, products and causes can be searched.`,
  columns: {
    contract: "Contract / cause",
    printed: "Statement",
    ours: "Recomputed",
    difference: "Difference",
  },
  columnsNarrow: "Difference / statement → recomputed",
  matchingRows: (n) => `${rows(n)} matching`,
  more: (n) =>
    `${countText(n)} more ${n === 1 ? "row isn't" : "rows aren't"} listed. Search, or write the report.`,
  moreMatching: (n) =>
    `${countText(n)} more matching ${n === 1 ? "row isn't" : "rows aren't"} listed; search.`,

  perLot: (printed, ours, by, more) =>
    `${printed} per lot; by the rule ${ours}: ${by} too ${more ? "much" : "little"}.`,
  implied: (rate, own) =>
    `The figure tells a margin rate of ${rate}${own === undefined ? "" : ` (rule ${own})`}.`,
  impliedMultiple: (times) => `It is ${times} times the exchange's margin.`,
  tried: "Causes tried, and what each leaves",
  othersTried: (n) => `${n} more leave more`,
  untried: (name, lacks) => `Not tried, “${name}”: ${lacks}.`,
  facts: "The row's figures",
  fact: {
    price: "Price",
    underlying: "Underlying",
    rate: "Margin rate",
    markup: "Markup",
    unit: "Unit",
    strike: "Strike",
    exchange: "Per lot, exchange",
    broker: "Per lot, broker's rule",
  },
  copy: "Copy for the broker",

  identities: "Account identities",
  noIdentities: "The statement has no account figures that could be held against each other.",
  hold: (holding, all) => `${holding}/${all} hold`,
  identity: "Identity",
  printed: "Statement",
  expected: "Expected",
  holds: "holds",
  fails: "fails",

  write: "Write the report",
  print: "Print summary",
  written: (sheet, n) => `Written to “${sheet}”: ${rows(n)} of live formulas.`,
  toPrint: (sheet) => `“${sheet}” is laid out one page wide. Press Ctrl+P to print it.`,
  tooLong: (n, most) =>
    `${countText(n)} rows don't match; a report takes ${countText(most)} at most, so nothing was written. Import them by account or product, then write.`,

  question: {
    head: (day, account) => ["Settlement statement", day, account].filter(Boolean).join(" "),
    row: (contract, side, lots) => `${contract} ${side} ${lots} ${lots === "1" ? "lot" : "lots"}`,
    figures: (printed, ours, difference) =>
      `Margin charged ${printed}; by our reckoning ${ours}; difference ${difference}.`,
    rule: (sentence) => `On the rule: ${sentence}`,
    with: (facts) => `Taken: ${facts}.`,
    ask: "Which price, margin rate and combination was this row charged with?",
  },
  side: { long: "long", short: "short", covered: "covered" },
  comma: ", ",
  semicolon: "; ",
};

export const RECONCILE_TEXTS: Readonly<Record<Language, ReconcileTexts>> = { zh, en };
