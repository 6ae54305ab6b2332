/**
 * Wenhua (文华) bill export: three workbooks or sheets, 成交记录, 平仓记录 and 期末持仓; rows stand in groups under a row
 * that holds nothing but a date.
 *
 * 期末持仓: 交易所, 开仓日期, 合约, 买卖, 手数, 价格 (the open price), 浮动盈亏, 盯市盈亏, 占用保证金, 投保.
 * 平仓记录 alternates a row with the opening and one with the closing and is not needed.
 * Exchanges are written in letters (DCE, CZCE). No account, no settlement price, no total row: sums stay unchecked.
 */
import { readDay, type Day } from "../core";
import type { Draft } from "./draft";
import type { Format } from "./format";
import { type Names } from "./row";
import { findTable, isBlank, isTotal, isWider, rowAt, type Found } from "./sheet-table";
import type { Sheet } from "./source";

const POSITIONS = {
  exchange: ["交易所"],
  openDay: ["开仓日期"],
  contract: ["合约"],
  side: ["买卖"],
  lots: ["手数"],
  openPrice: ["价格"],
  margin: ["占用保证金"],
  hedge: ["投保"],
} as const satisfies Names<string>;

const TRADES = {
  time: ["成交时间"],
  exchange: ["交易所"],
  contract: ["合约"],
  side: ["买卖"],
  effect: ["开平"],
  lots: ["手数"],
  price: ["成交价"],
  realisedPnl: ["平仓盈亏"],
  fee: ["手续费"],
  premium: ["权利金收支"],
} as const satisfies Names<string>;

/** A row that holds one date and nothing else opens a group. */
function groupDay(cells: readonly string[]): Day | undefined {
  const filled = cells.filter((cell) => cell.trim() !== "");
  return filled.length === 1 ? readDay(filled[0]?.trim() ?? "") : undefined;
}

/** Indices of the rows under a header with the day of their group. */
function* grouped(
  draft: Draft,
  sheet: Sheet,
  header: number,
): Generator<{ index: number; day: Day | undefined }> {
  let day: Day | undefined;
  for (let index = header + 1; index < sheet.rows.length; index += 1) {
    const cells = sheet.rows[index] ?? [];
    const opened = groupDay(cells);
    if (opened) day = opened;
    else if (!isBlank(cells) && !isTotal(cells) && !isWider(draft, sheet, header, index)) {
      yield { index, day };
    }
  }
}

function* readPositions(
  draft: Draft,
  sheet: Sheet,
  { header, columns }: Found<keyof typeof POSITIONS>,
): Generator<void> {
  const rows = [...grouped(draft, sheet, header)];
  const last = rows.reduce<Day | undefined>(
    (latest, { day }) => (day && (!latest || day > latest) ? day : latest),
    undefined,
  );
  const days = new Set(rows.map(({ day }) => day));
  if (days.size > 1) draft.note("severalDays", {}, { count: days.size, day: last ?? "?" });
  if (!last) draft.note("noFigure", { sheet: sheet.name, column: "日期" }, {});
  draft.readOn(last);
  draft.period = "day";
  const seen = new Map<string, number>();
  for (const { index, day } of rows) {
    if (day && day !== last) continue;
    draft.found += 1;
    const row = rowAt(draft, sheet, POSITIONS, { header, columns }, index);
    if (!day && last) draft.note("missing", { ...row.place, column: "日期" }, {});
    const code = row.neededText("contract");
    const side = row.side("side");
    row.needed("lots");
    const quantity = row.lots("lots");
    const margin = row.needed("margin");
    if (!row.unread && side && quantity?.greaterThan(0)) {
      draft.read += 1;
      const line = row.cells.join("\t");
      const first = seen.get(line);
      if (first !== undefined) draft.note("duplicateRow", row.place, { first });
      else seen.set(line, index + 1);
      const exchange = row.optional("exchange");
      const named = draft.contract(code, row.place, exchange);
      draft.positions.push({
        place: row.place,
        account: undefined,
        ...named,
        exchange,
        side,
        quantity,
        openPrice: row.expected("openPrice"),
        openDay: row.day("openDay"),
        margin,
        hedge: row.optional("hedge"),
      });
    }
    yield;
  }
}

function* readTrades(
  draft: Draft,
  sheet: Sheet,
  { header, columns }: Found<keyof typeof TRADES>,
): Generator<void> {
  for (const { index, day } of grouped(draft, sheet, header)) {
    const row = rowAt(draft, sheet, TRADES, { header, columns }, index);
    const code = row.neededText("contract");
    const side = row.bought("side");
    const quantity = row.needed("lots");
    if (!row.unread && side && quantity) {
      const exchange = row.optional("exchange");
      draft.trades.push({
        place: row.place,
        account: undefined,
        day,
        time: row.optional("time"),
        contract: draft.traded(code, row.place, exchange),
        exchange,
        side,
        effect: row.optional("effect"),
        quantity,
        price: row.expected("price"),
        premium: row.amount("premium"),
        fee: row.amount("fee"),
        realisedPnl: row.amount("realisedPnl"),
      });
    }
    yield;
  }
}

const tablesOf = (sheet: Sheet) => ({
  positions: findTable(sheet, POSITIONS, ["openDay", "contract", "side", "lots", "margin"]),
  trades: findTable(sheet, TRADES, ["time", "exchange", "contract", "side", "effect", "premium"]),
});

/** The lone date rows are what other programs' tables don't have. */
const isOurs = (sheet: Sheet): boolean => {
  const { positions, trades } = tablesOf(sheet);
  const found = positions ?? trades;
  return found !== undefined && sheet.rows.slice(found.header + 1).some((cells) => groupDay(cells));
};

export const wenhua: Format = {
  id: "wenhua",
  claims: ({ sheets }) => sheets.some(isOurs),
  *read({ sheets }, draft) {
    // Positions first: they settle the day by which codes are read.
    for (const sheet of sheets) {
      const { positions } = tablesOf(sheet);
      if (positions) yield* readPositions(draft, sheet, positions);
    }
    for (const sheet of sheets) {
      const { trades } = tablesOf(sheet);
      if (trades) yield* readTrades(draft, sheet, trades);
    }
  },
};
