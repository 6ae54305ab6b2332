/** The column names and labels of the monitoring centre's first sheet. */
import { folded, type Names } from "./row";
import type { AccountFigure } from "./statement";

export const SIDES = {
  longLots: ["买持仓"],
  longPrice: ["买均价", "买入价"],
  shortLots: ["卖持仓"],
  shortPrice: ["卖均价", "卖出价"],
  previousSettlement: ["昨结算价"],
  settlement: ["今结算价"],
} as const;

export const FUTURES = {
  day: ["日期"],
  contract: ["合约"],
  ...SIDES,
  margin: ["交易保证金"],
  hedge: ["投机（一般）/套保/套利"],
  right: ["期权类型"],
  strike: ["执行价"],
} as const satisfies Names<string>;

export const OPTIONS = { ...FUTURES, contract: ["品种合约"] } as const satisfies Names<string>;

/** 当月 and 上月 of the monthly file stand for 当日 and 上日. */
export const LABELS: ReadonlyMap<string, AccountFigure> = new Map([
  ["上日结存", "previousBalance"],
  ["当日存取合计", "netDeposit"],
  ["当日盈亏", "dayPnl"],
  ["平仓盈亏", "realisedPnl"],
  ["浮动盈亏", "floatingPnl"],
  ["当日总权利金", "netPremium"],
  ["当日手续费", "commission"],
  ["当日结存", "balance"],
  ["客户权益", "equity"],
  ["实有货币资金", "cash"],
  ["非货币充抵金额", "collateral"],
  ["货币充抵金额", "fxCollateral"],
  ["冻结资金", "frozen"],
  ["保证金占用", "margin"],
  ["可用资金", "available"],
  ["风险度", "riskDegree"],
  ["追加保证金", "marginCall"],
]);

export const TEXTS = {
  account: ["客户期货期权内部资金账户"],
  name: ["客户名称"],
  broker: ["期货公司名称"],
  day: ["交易日期", "交易月份"],
} as const;

export const labelled = (cell: string): string =>
  folded(cell).replace(/^上月/, "上日").replace(/^当月/, "当日");

const TEXT_LABELS: ReadonlySet<string> = new Set(Object.values(TEXTS).flat());

const LONGEST_LABEL = 20;

/** Asked of every cell, so the cells that can't be one are told by a glance. */
export const isLabel = (cell: string): boolean => {
  if (cell.length > LONGEST_LABEL || !/\p{Script=Han}/u.test(cell)) return false;
  const name = labelled(cell);
  return LABELS.has(name) || TEXT_LABELS.has(name);
};

/** The pairs of one row: a label's value is the next filled cell, unless that is a label itself. */
export function pairsOf(cells: readonly string[]): [label: string, value: string][] {
  const filled = cells.filter((cell) => cell.trim() !== "");
  return filled.flatMap((cell, i): [string, string][] => {
    const next = filled[i + 1]?.trim() ?? "";
    return isLabel(cell) ? [[cell, isLabel(next) ? "" : next]] : [];
  });
}
