/** 成交记录 and 行权明细 of settlement text. */
import type { Draft } from "./draft";
import { columnsOf, rowsOf } from "./pipe-rows";
import type { PipeTable } from "./pipes";
import type { Names } from "./row";

export const TRADES = {
  day: ["成交日期", "Date"],
  exchange: ["交易所", "Exchange"],
  contract: ["合约", "Instrument"],
  side: ["买/卖", "B/S"],
  price: ["成交价", "Price"],
  lots: ["手数", "Lots"],
  effect: ["开平", "O/C"],
  fee: ["手续费", "Fee"],
  realisedPnl: ["平仓盈亏", "Realized P/L", "Total P/L"],
  premium: ["权利金收支", "Premium Received/Paid"],
  id: ["成交序号", "Trans.No."],
  account: ["资金账号", "AccountID"],
} as const satisfies Names<string>;

export const EXERCISES = {
  day: ["成交日期", "Date"],
  exchange: ["交易所", "Exchange"],
  contract: ["合约", "Instrument"],
  side: ["买/卖", "B/S"],
  outcome: ["是否行权", "Exercise"],
  lots: ["行权数量", "Volume"],
  strike: ["行权价格", "Strike"],
  pnl: ["行权盈亏", "P/L"],
  fee: ["行权手续费", "Fee"],
  account: ["资金账号", "AccountID"],
} as const satisfies Names<string>;

export function* readTrades(
  draft: Draft,
  table: PipeTable,
  id: string | undefined,
): Generator<void> {
  const columns = columnsOf(draft, table, TRADES, ["contract", "side", "lots"]);
  if (!columns) return;
  for (const row of rowsOf(draft, table, TRADES, columns)) {
    const code = row.neededText("contract");
    const side = row.bought("side");
    const quantity = row.needed("lots");
    if (!row.unread && side && quantity) {
      const exchange = row.optional("exchange");
      draft.trades.push({
        place: row.place,
        account: row.optional("account") ?? id,
        day: row.day("day"),
        contract: draft.traded(code, row.place, exchange),
        exchange,
        side,
        effect: row.optional("effect"),
        quantity,
        price: row.expected("price"),
        premium: row.amount("premium"),
        fee: row.amount("fee"),
        realisedPnl: row.amount("realisedPnl"),
        id: row.optional("id"),
      });
    }
    yield;
  }
}

export function* readExercises(
  draft: Draft,
  table: PipeTable,
  id: string | undefined,
): Generator<void> {
  const columns = columnsOf(draft, table, EXERCISES, ["contract", "side", "lots"]);
  if (!columns) return;
  for (const row of rowsOf(draft, table, EXERCISES, columns)) {
    const code = row.neededText("contract");
    const side = row.bought("side");
    const quantity = row.needed("lots");
    if (!row.unread && side && quantity) {
      const strike = row.amount("strike");
      const named = draft.contract(code, row.place, row.optional("exchange"));
      draft.agreeWithCode(named.subject, { strike }, () => row.at("strike"));
      draft.exercises.push({
        place: row.place,
        account: row.optional("account") ?? id,
        day: row.day("day"),
        contract: named.contract,
        side,
        outcome: row.optional("outcome"),
        quantity,
        strike,
        pnl: row.amount("pnl"),
        fee: row.amount("fee"),
      });
    }
    yield;
  }
}
