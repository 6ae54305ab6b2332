/** The two tables of holdings in settlement text: 持仓汇总 by contract and 持仓明细 by opening. */
import type { Amount } from "../core";
import { chargedTo } from "./both-sides";
import type { Draft } from "./draft";
import { checkMarketValue } from "./market-value";
import { checkTotal, columnsOf, countOf, mixedRows, rowsOf, sumsOf } from "./pipe-rows";
import type { PipeTable } from "./pipes";
import { PlainHoldings, type PlainContracts } from "./plain-holdings";
import { layoutOf, type Layout } from "./plain-layout";
import { locate, type Columns, type Names, type Row } from "./row";
import type { Position } from "./statement";

export const SUMMARY = {
  product: ["品种", "Product"],
  contract: ["合约", "Instrument"],
  longLots: ["买持", "Long Pos."],
  longPrice: ["买均价", "买开仓均价", "Avg Buy Price"],
  shortLots: ["卖持", "Short Pos."],
  shortPrice: ["卖均价", "卖开仓均价", "Avg Sell Price"],
  previousSettlement: ["昨结算", "Prev. Sttl"],
  settlement: ["今结算", "Sttl Today"],
  margin: ["保证金占用", "Margin Occupied"],
  hedge: ["投/保", "S/H"],
  marketValueLong: ["多头期权市值", "Market Value(Long)"],
  marketValueShort: ["空头期权市值", "Market Value(Short)"],
  account: ["资金账号", "AccountID"],
} as const satisfies Names<string>;

export const DETAIL = {
  exchange: ["交易所", "Exchange"],
  product: ["品种", "Product"],
  contract: ["合约", "Instrument"],
  openDay: ["开仓日期", "Open Date"],
  hedge: ["投/保", "S/H"],
  side: ["买/卖", "B/S"],
  lots: ["持仓量", "Positon", "Position"],
  openPrice: ["开仓价", "Pos. Open Price"],
  previousSettlement: ["昨结算", "Prev. Sttl"],
  settlement: ["结算价", "Settlement Price"],
  margin: ["保证金", "Margin"],
  marketValue: ["期权市值", "Market Value(Options)"],
  account: ["资金账号", "AccountID"],
} as const satisfies Names<string>;

type Summary = keyof typeof SUMMARY;
type Detail = keyof typeof DETAIL;

/** Columns without which a table tells no positions. */
const NEEDED = {
  summary: ["contract", "longLots", "shortLots", "settlement", "margin"],
  detail: ["contract", "side", "lots", "settlement", "margin"],
} as const satisfies { summary: readonly Summary[]; detail: readonly Detail[] };

/** What a table holds: in columns where every row is plain. */
export type Holdings = readonly Position[] | PlainHoldings;

export const isInColumns = (holdings: Holdings): holdings is PlainHoldings =>
  holdings instanceof PlainHoldings;

export const positionsOf = (holdings: Holdings): readonly Position[] =>
  isInColumns(holdings)
    ? Array.from({ length: holdings.length }, (_, i) => holdings.at(i))
    : holdings;

/** Where the cells of a table's plain rows stand. */
export function plainLayout(
  kind: "summary" | "detail",
  { header, english }: Pick<PipeTable, "header" | "english">,
): Layout | undefined {
  const columns: Columns<string> = locate<string>(
    kind === "summary" ? SUMMARY : DETAIL,
    header,
    english,
  );
  return NEEDED[kind].every((name) => columns.has(name))
    ? layoutOf(columns, header.length)
    : undefined;
}

const isAllPlain = ({ odd }: PlainHoldings, { rows }: PipeTable): boolean =>
  odd === 0 && rows.length === 0;

/** The position of a plain row, its prices noted. */
function quoted(draft: Draft, plain: PlainHoldings | undefined, row: number): Position {
  const position = (plain as PlainHoldings).at(row);
  const { contract, settlement, previousSettlement } = position;
  draft.quote({ contract, day: draft.day, settlement, previousSettlement }, position.place);
  return position;
}

/** Under one contract of the summary stand both sides with one margin; options are charged on the short one. */
export function* readSummary(
  draft: Draft,
  table: PipeTable,
  id: string | undefined,
  contracts: PlainContracts,
): Generator<void, Holdings> {
  const columns = columnsOf(draft, table, SUMMARY, NEEDED.summary);
  const positions: Position[] = [];
  draft.found += countOf(table);
  if (!columns) return positions;
  const plain = table.plain && new PlainHoldings(table.plain, contracts, id);
  if (plain && isAllPlain(plain, table)) {
    draft.read += plain.length;
    plain.quote(draft);
    checkTotal(draft, table, SUMMARY, columns, plain.sums, "summary");
    return plain;
  }
  const rows = plain
    ? mixedRows(draft, table, SUMMARY, columns, plain)
    : rowsOf(draft, table, SUMMARY, columns);
  for (const row of rows) {
    const read = typeof row === "number" ? [quoted(draft, plain, row)] : summaryRow(draft, row, id);
    if (read) {
      positions.push(...read);
      draft.read += 1;
    }
    yield;
  }
  checkTotal(draft, table, SUMMARY, columns, sumsOf(positions), "summary");
  return positions;
}

function summaryRow(
  draft: Draft,
  row: Row<Summary>,
  id: string | undefined,
): Position[] | undefined {
  const code = row.neededText("contract");
  const long = row.lots("longLots");
  const short = row.lots("shortLots");
  const margin = row.needed("margin");
  const settlement = row.price("settlement");
  if (row.unread || !margin) return undefined;
  if (!long && !short) {
    draft.note("missing", row.at("shortLots"), {});
    return undefined;
  }
  const named = draft.contract(code, row.place);
  const previousSettlement = row.price("previousSettlement");
  const quote = { contract: named.contract, day: draft.day, settlement, previousSettlement };
  draft.quote(quote, row.place);
  const held = (lots: Amount | undefined): lots is Amount => Boolean(lots?.greaterThan(0));
  const charged = chargedTo(named.subject, held(long) && held(short), margin);
  const common = {
    place: row.place,
    account: row.optional("account") ?? id,
    ...named,
    previousSettlement,
    settlement,
    hedge: row.optional("hedge"),
  };
  const sides: Position[] = [];
  if (held(long)) {
    const marketValue = row.expected("marketValueLong")?.abs();
    sides.push({
      ...common,
      side: "long",
      quantity: long,
      openPrice: row.expected("longPrice"),
      ...charged.long,
      marketValue,
    });
  }
  if (held(short)) {
    const marketValue = row.expected("marketValueShort")?.abs();
    sides.push({
      ...common,
      side: "short",
      quantity: short,
      openPrice: row.expected("shortPrice"),
      ...charged.short,
      marketValue,
    });
  }
  return sides.map((position) => checkMarketValue(draft, position));
}

export function* readDetail(
  draft: Draft,
  table: PipeTable,
  id: string | undefined,
  contracts: PlainContracts,
): Generator<void, Holdings> {
  const columns = columnsOf(draft, table, DETAIL, NEEDED.detail);
  const lots: Position[] = [];
  if (!columns) return lots;
  const plain = table.plain && new PlainHoldings(table.plain, contracts, id);
  if (plain && isAllPlain(plain, table)) {
    plain.quote(draft);
    checkTotal(draft, table, DETAIL, columns, plain.sums, "detail");
    return plain;
  }
  const rows = plain
    ? mixedRows(draft, table, DETAIL, columns, plain)
    : rowsOf(draft, table, DETAIL, columns);
  for (const row of rows) {
    if (typeof row === "number") {
      lots.push(quoted(draft, plain, row));
      yield;
      continue;
    }
    const code = row.neededText("contract");
    const side = row.side("side");
    row.needed("lots");
    const quantity = row.lots("lots");
    const margin = row.needed("margin");
    if (!row.unread && side && quantity?.greaterThan(0)) {
      const exchange = row.optional("exchange");
      const settlement = row.price("settlement");
      const previousSettlement = row.price("previousSettlement");
      const named = draft.contract(code, row.place, exchange);
      const quote = { contract: named.contract, day: draft.day, settlement, previousSettlement };
      draft.quote(quote, row.place);
      const lot: Position = {
        place: row.place,
        account: row.optional("account") ?? id,
        ...named,
        exchange,
        side,
        quantity,
        openPrice: row.expected("openPrice"),
        openDay: row.day("openDay"),
        previousSettlement,
        settlement,
        margin,
        hedge: row.optional("hedge"),
        marketValue: row.amount("marketValue")?.abs(),
      };
      lots.push(checkMarketValue(draft, lot));
    }
    yield;
  }
  checkTotal(draft, table, DETAIL, columns, sumsOf(lots), "detail");
  return lots;
}
