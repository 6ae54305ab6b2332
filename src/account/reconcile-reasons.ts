/** The reasons a broker's figure can have, by name; each is named of a row only where it gives the figure to the fen. */
import type { Amount, Bilingual } from "../core";

export const REASONS = {
  exchange: { zh: "按交易所标准", en: "the exchange's margin" },
  points: { zh: "公司加点", en: "points added to the rate" },
  multiple: { zh: "公司按倍数上浮", en: "multiple of the exchange's margin" },
  rate: { zh: "公司费率", en: "the broker's own rate" },
  otherTerms: { zh: "按别的品种的收法", en: "the terms of other products" },
  otherRate: {
    zh: "另一保证金率（节假日、临近交割或单独约定）",
    en: "another rate (holiday, near delivery, or agreed apart)",
  },
  datedRate: {
    zh: "节假日或临近交割的保证金率",
    en: "the rate of a holiday or near delivery",
  },
  previousDay: { zh: "昨日价格", en: "previous day's prices" },
  otherPrice: { zh: "别的期权价格", en: "another option price" },
  openPrice: { zh: "开仓价", en: "opening price" },
  higherPrice: { zh: "最新价与昨结算取高", en: "higher of last and previous settlement" },
  otherUnderlying: { zh: "别的标的价", en: "another underlying price" },
  relief: { zh: "组合优惠", en: "combination relief" },
  reliefMissing: { zh: "组合优惠没有给", en: "combination relief not given" },
  largerSide: { zh: "单向大边", en: "larger side only" },
  covered: { zh: "备兑", en: "covered" },
  asShort: { zh: "按义务仓收", en: "charged as a short position" },
  long: { zh: "权利仓不收", en: "long option, no margin" },
  adjusted: { zh: "调整过的合约", en: "adjusted contract" },
  oldTerms: { zh: "按调整前的行权价或单位", en: "strike or unit before the adjustment" },
  rounding: { zh: "取整方法", en: "rounding" },
  lots: { zh: "手数不同", en: "another number of lots" },
  beside: { zh: "交割、行权保证金", en: "delivery and exercise margin" },
  notCheckable: { zh: "不可核对的行", en: "rows that can't be checked" },
  total: { zh: "账户合计与逐行之和不同", en: "the account's total is not the rows' sum" },
  unexplained: { zh: "未解释", en: "unexplained" },
} as const satisfies Record<string, Bilingual>;

export type ReasonId = keyof typeof REASONS;

/** Additions to the exchange's margin; a row is explained by one where no rule of its product's is known. */
export const ADDITIONS: ReadonlySet<ReasonId> = new Set<ReasonId>(["points", "multiple", "rate"]);

/** Why a figure is what it is. */
export interface Reason {
  readonly id: ReasonId;
  readonly name: Bilingual;
  /** With which prices, lots or rate. */
  readonly detail: Bilingual;
}

/** What a reason would make of a row. */
export interface Tried extends Reason {
  /** What it gives for all lots, to the fen. */
  readonly figure: Amount;
  /** Printed less that. */
  readonly leaves: Amount;
}

/** A reason that could not be tried, and what is missing for it. */
export interface Untried {
  readonly id: ReasonId;
  readonly name: Bilingual;
  readonly lacks: Bilingual;
}
