/** The sentences of the Account room, in both languages; those of its larger parts stand in files of their own. */
import type { Language } from "./language";
import { MISSING_TEXTS, type MissingTexts } from "./texts-missing";
import { POSITIONS_TEXTS, type PositionsTexts } from "./texts-positions";
import { STATUS_TEXTS, type StatusTexts } from "./texts-status";

const zh = {
  bothStandards: "两种标准对照",
  margin: "保证金",
  ratio: "风险度",
  status: "状态",
  exchangeFull: "交易所标准的风险度到 100% 就是即时处置，不看公司的线。",
  recomputed: (margin: string, relief: string | undefined, difference: string) =>
    `按规则重算公司标准 ${margin}${relief === undefined ? "" : `（含组合优惠 ${relief}）`}，账单 − 重算 ${difference}。`,
  recomputedAtMost: (margin: string) =>
    `按规则重算公司标准至多 ${margin}；有的组合优惠不知道，不和账单比。`,
  recomputedPartly: (k: number, n: number, counted: string) =>
    `公司标准能按规则重算 ${n} 行中的 ${k} 行，合计 ${counted}。`,

  cash: "资金",
  customerEquity: "客户权益",
  equityByUser: "你填写",
  marketValueEquity: "市值权益",
  available: "可用资金",
  lessMargin: "权益减保证金和冻结",
  denominator: "风险度的分母",
  warnings: "自律提醒",
  moreWarnings: (n: number) => `还有 ${n} 条没有列出；写入工作表看全部。`,

  parts: "分布",
  partsBy: "分布按",
  byExchange: "交易所",
  exchanges: (n: number) => `交易所 ${n}`,
  products: (n: number) => `品种 ${n}`,
  byProduct: "品种",
  part: "项目",

  since: "与上次相比",
  sinceMargin: "保证金",
  sinceMain: (cause: string, contracts: string) => `主因：${cause} ${contracts}`,
  sinceMainOnly: (cause: string) => `主因：${cause}`,
  sinceCrossed: "这期间越过了一条线。",
  sinceNothing: "保证金没有变。",
  sinceWrong: "各项相加与总变化对不上，所以不画图。重新导入这两天的账单再看。",
  sinceCaption: "保证金变化分解",
  cause: "原因",
  change: "变化",
  bar: "条形",
  previously: "上次",
  now: "这次",
  taken: "占用增加",
  released: "释放",
  axisFrom: (figure: string) => `横轴自 ${figure} 起`,
};

type OwnTexts = typeof zh;

const en: OwnTexts = {
  bothStandards: "Both standards",
  margin: "Margin",
  ratio: "Ratio",
  status: "Status",
  exchangeFull:
    "A ratio of 100% on the exchange's standard is immediate, whatever the broker's lines.",
  recomputed: (margin, relief, difference) =>
    `By the rules the broker's margin is ${margin}${relief === undefined ? "" : ` with the sets' relief of ${relief}`}; printed − recomputed ${difference}.`,
  recomputedAtMost: (margin) =>
    `By the rules the broker's margin is ${margin} at most; the relief of some sets isn't known, so it isn't compared.`,
  recomputedPartly: (k, n, counted) =>
    `By the rules ${k} of ${n} rows can be worked out on the broker's standard, ${counted} in all.`,

  cash: "Cash",
  customerEquity: "Equity",
  equityByUser: "as you typed",
  marketValueEquity: "Market-value equity",
  available: "Available",
  lessMargin: "equity less margin and frozen",
  denominator: "Ratio divides by",
  warnings: "Your own rules",
  moreWarnings: (n) => `${n} more aren't listed; write to the sheet to see them all.`,

  parts: "Breakdown",
  partsBy: "Breakdown by",
  byExchange: "Exchange",
  exchanges: (n) => `${n} ${n === 1 ? "exchange" : "exchanges"}`,
  products: (n) => `${n} ${n === 1 ? "product" : "products"}`,
  byProduct: "Product",
  part: "Part",

  since: "Since last time",
  sinceMargin: "margin",
  sinceMain: (cause, contracts) => `Mainly: ${cause}, ${contracts}`,
  sinceMainOnly: (cause) => `Mainly: ${cause}`,
  sinceCrossed: "A line was crossed in between.",
  sinceNothing: "The margin hasn't changed.",
  sinceWrong:
    "The parts don't add up to the change, so there is no chart. Import the statements of both days again.",
  sinceCaption: "Margin change by cause",
  cause: "Cause",
  change: "Change",
  bar: "Bar",
  previously: "Before",
  now: "Now",
  taken: "margin taken",
  released: "released",
  axisFrom: (figure) => `axis from ${figure}`,
};

export type AccountTexts = OwnTexts & StatusTexts & MissingTexts & PositionsTexts;

export const ACCOUNT_TEXTS: Readonly<Record<Language, AccountTexts>> = {
  zh: { ...zh, ...STATUS_TEXTS.zh, ...MISSING_TEXTS.zh, ...POSITIONS_TEXTS.zh },
  en: { ...en, ...STATUS_TEXTS.en, ...MISSING_TEXTS.en, ...POSITIONS_TEXTS.en },
};
