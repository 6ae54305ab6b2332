/** The monitoring centre's further sheets: fills and openings. */
import { SIDES } from "./cfmmc-words";
import type { Draft } from "./draft";
import type { Names } from "./row";
import { findTable, rowsBelow } from "./sheet-table";
import type { Sheet } from "./source";

const OPENINGS = {
  contract: ["合约"],
  ...SIDES,
  id: ["成交序号"],
  hedge: ["投机（一般）/套保/套利"],
  openDay: ["实际成交日期"],
} as const satisfies Names<string>;

const TRADES = {
  contract: ["合约", "品种合约"],
  id: ["成交序号", "流水号"],
  time: ["成交时间"],
  side: ["买/卖"],
  price: ["成交价", "权利金单价"],
  lots: ["手数", "成交量"],
  effect: ["开/平"],
  fee: ["手续费"],
  realisedPnl: ["平仓盈亏"],
  premium: ["权利金"],
  day: ["实际成交日期", "成交日期"],
} as const satisfies Names<string>;

export function* readTrades(draft: Draft, sheet: Sheet): Generator<void> {
  const found = findTable(sheet, TRADES, ["contract", "id", "side", "lots", "price", "time"]);
  if (!found) return;
  for (const row of rowsBelow(draft, sheet, TRADES, found)) {
    const code = row.neededText("contract");
    const side = row.bought("side");
    const quantity = row.needed("lots");
    if (!row.unread && side && quantity) {
      draft.trades.push({
        place: row.place,
        account: draft.accounts[0]?.id,
        day: row.day("day"),
        time: row.optional("time"),
        contract: draft.traded(code, row.place),
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

export function* readOpenings(draft: Draft, sheet: Sheet): Generator<void> {
  const found = findTable(sheet, OPENINGS, ["contract", "id", "longLots", "shortLots", "openDay"]);
  if (!found) return;
  for (const row of rowsBelow(draft, sheet, OPENINGS, found)) {
    const code = row.neededText("contract");
    const lots = { long: row.lots("longLots"), short: row.lots("shortLots") };
    for (const side of ["long", "short"] as const) {
      const quantity = lots[side];
      if (row.unread || !quantity?.greaterThan(0)) continue;
      draft.lots.push({
        place: row.place,
        account: draft.accounts[0]?.id,
        ...draft.contract(code, row.place),
        side,
        quantity,
        openPrice: row.amount(side === "long" ? "longPrice" : "shortPrice"),
        openDay: row.day("openDay"),
        previousSettlement: row.amount("previousSettlement"),
        settlement: row.amount("settlement"),
        hedge: row.optional("hedge"),
      });
    }
    yield;
  }
}
