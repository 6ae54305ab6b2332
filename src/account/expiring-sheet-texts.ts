/** What the sheet of expiries says, Chinese and English. */
import type { ExpiringLine } from "./expiring";

const zh = {
  sheet: "到期",
  note: (basis: "settlement" | "last"): string =>
    `被指派按标的${basis === "last" ? "最新价" : "结算价"}算，今晚轧平之外的全部手数；份额与现金：收为正，付为负。空格是未知，原因在备注。`,
  expiry: "到期日",
  days: "天数",
  tradingDays: "交易日",
  contract: "合约",
  side: "方向",
  lots: "手数",
  strike: "行权价",
  underlying: "标的",
  underlyingPrice: "标的价",
  moneyness: "实虚值",
  at: { in: "实值", at: "平值", out: "虚值" },
  by: "差额",
  released: "作废释放",
  exercisable: "可行权",
  when: { now: "现在", later: "到期日", past: "已过期", unknown: "未知" },
  shares: "份额",
  cash: "现金",
  future: "期货",
  futures: "期货手数",
  futuresMargin: "期货保证金",
  pnl: "行权盈亏",
  delivery: "交收日",
  remark: "备注",
  sides: { short: "卖", long: "买", covered: "备兑" },
};

export type ExpirySheetTexts = Omit<typeof zh, "at" | "when" | "sides"> & {
  readonly at: Readonly<Record<"in" | "at" | "out", string>>;
  readonly when: Readonly<Record<ExpiringLine["exercisable"], string>>;
  readonly sides: Readonly<Record<ExpiringLine["side"], string>>;
};

const en: ExpirySheetTexts = {
  sheet: "Expiry",
  note: (basis) =>
    `Assigned: all lots but those netted tonight, at the underlying's ${basis === "last" ? "last" : "settlement"} price; shares and cash that come in are above zero, those paid below. A blank is not known, the note says why.`,
  expiry: "Expiry",
  days: "Days",
  tradingDays: "Trading days",
  contract: "Contract",
  side: "Side",
  lots: "Lots",
  strike: "Strike",
  underlying: "Underlying",
  underlyingPrice: "Underlying price",
  moneyness: "Money",
  at: { in: "in", at: "at", out: "out of" },
  by: "By",
  released: "Freed if worthless",
  exercisable: "Exercisable",
  when: { now: "now", later: "at expiry", past: "expired", unknown: "not known" },
  shares: "Shares",
  cash: "Cash",
  future: "Future",
  futures: "Futures lots",
  futuresMargin: "Futures margin",
  pnl: "Exercise P&L",
  delivery: "Delivery",
  remark: "Note",
  sides: { short: "short", long: "long", covered: "covered" },
};

export const EXPIRY_SHEET_TEXTS: Readonly<Record<"zh" | "en", ExpirySheetTexts>> = { zh, en };
