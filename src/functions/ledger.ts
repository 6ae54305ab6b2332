import {
  amount,
  both,
  ledger,
  ledgerNote,
  readEvents,
  riskRatio,
  riskStatus,
  STATUS,
  type LedgerDay,
  type LedgerFigures,
} from "../core";
import { exchanges } from "../exchanges";
import { cellError, cellsOf, dayOfCell, markupOf, optional, spill, type Answer } from "./cell";

/** As RISKSTATUS has them. */
const LINES = {
  watchLine: amount("0.8"),
  callLine: amount("0.9"),
  liquidationLine: amount("1"),
  immediateLine: amount("1.2"),
};

/** A ratio there is none of is an error in its own cell, as RISKRATIO gives it. */
function ratio({ margin, balance }: LedgerFigures): Answer {
  try {
    return riskRatio(margin, balance);
  } catch (error) {
    return cellError(error);
  }
}

function status({ closed, margin, balance }: LedgerFigures): string {
  if (closed && !balance.lessThan(0)) return "已了结 closed";
  const beyond = balance.lessThan(0) || (balance.isZero() && !margin.isZero());
  return both(STATUS[beyond ? "immediate" : riskStatus(riskRatio(margin, balance), LINES)]);
}

const notes = (figures: LedgerFigures): string =>
  figures.notes
    .map(ledgerNote)
    .map(({ zh, en }) => `${zh} · ${en}`)
    .join("\n");

/** What stands beside a day, by the header above it. */
const COLUMNS: readonly (readonly [header: string, of: (day: LedgerFigures) => Answer])[] = [
  ["权利金收入 premium in", (day) => day.premiumIn],
  ["权利金支出 premium out", (day) => day.premiumOut],
  ["冻结保证金 margin frozen", (day) => day.frozen],
  ["释放保证金 margin released", (day) => day.released],
  ["保证金占用 margin", (day) => day.margin],
  ["净用资金 net cash used", (day) => day.netCashUsed],
  ["期货盈亏 futures P&L", (day) => day.futuresPnl],
  ["行权资金 exercise cash", (day) => day.exerciseCash],
  ["现券收支 share cash", (day) => day.shareCash],
  ["出入金 net deposits", (day) => day.deposits.minus(day.withdrawals)],
  ["手续费 fees", (day) => day.fees],
  ["结存 balance", (day) => day.balance],
  ["可用资金 available", (day) => day.available],
  ["市值权益 market-value equity", (day) => day.marketEquity],
  ["累计已实现盈亏 realised P&L", (day) => day.realised],
  ["持仓盈亏 open P&L", (day) => day.open],
  ["累计盈亏 running P&L", (day) => day.running],
  ["风险度 risk ratio", ratio],
  ["状态 status", status],
  ["结算变动 change at settlement", ({ change }) => changeOf(change)],
  ["其中权利金 of it premium", ({ change }) => change.premium],
  ["其中标的 of it underlying", ({ change }) => change.underlying],
  ["其中虚值额 of it out of the money", ({ change }) => change.outOfTheMoney],
  ["其中其他 of it the rest", ({ change }) => change.other],
  ["开仓占用 used to open", (day) => day.usedToOpen],
  ["平仓收回 cash back", (day) => day.cashBack],
  ["说明 notes", notes],
];

const changeOf = ({ premium, underlying, outOfTheMoney, other }: LedgerFigures["change"]) =>
  premium.plus(underlying).plus(outOfTheMoney).plus(other);

const row = (day: LedgerDay): Answer[] => [
  day.day,
  ...COLUMNS.map(([, of], index): Answer => {
    if ("figures" in day) return of(day.figures);
    return index === 0 ? cellError(day.error) : "";
  }),
];

/**
 * An account day by day from what happened in it: premium, margin frozen and released, exercise, balance, available, profit. After a day with an error no day is worked out.
 * @customfunction MARGIN.LEDGER MARGIN.LEDGER
 * @param {any[][]} events Events with a header row, oldest first. Columns date, event, contract, side, lots, price, settlement, underlying price, rate, amount, fee and more; a settle row gives a day's prices.
 * @param {any} [opening] Balance before the first day, in the account's currency. Left out: 0.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @returns {any[][]} Date, cash, margin, balance, available, profit and notes, a row a day under a header row.
 */
export function marginLedger(events: any[][], opening?: any, markup?: any): any[][] {
  return spill(() => {
    const rows = readEvents(cellsOf(events, "events"));
    const terms = {
      opening: optional(opening, "opening") ?? amount("0"),
      markup: markupOf(markup),
    };
    const days = ledger(rows, { exchanges, dayOfCell, ...terms });
    return [["日期 date", ...COLUMNS.map(([header]) => header)], ...days.map(row)];
  });
}
