/**
 * Text the monitoring centre sends to product managers' systems: no header, fields joined by "@".
 *
 * holddata, 17 fields: 日期@账户@合约@B/S@S/H/A@持仓量@交易保证金@持仓盈亏(逐日)@(逐笔)@均价@昨结算@今结算@交易编码
 *   @交易所@会员@币种@备兑
 * cusfund, 22 fields: 日期@账户@权益@可用@追加@风险度@上日结存(逐日)@(逐笔)@当日结存(逐日)@(逐笔)@当日盈亏(逐日)@(逐笔)
 *   @浮动@非货币充抵@会员@币种@实有货币@货币充抵@货币质出@质押占用@当日权利金@冻结
 * Exchanges are single letters: S Shanghai futures, Z Zhengzhou, D Dalian, J CFFEX, N INE, G Guangzhou.
 * Neither file has a total, and cusfund has no margin in use: what is in use is equity − available − frozen.
 */
import { readDay, type Amount } from "../core";
import { saysYes } from "./securities-words";
import type { Draft } from "./draft";
import type { Format } from "./format";
import { Row, type Columns, type Names } from "./row";
import type { AccountFigure } from "./statement";

const HOLDING = {
  day: ["日期"],
  account: ["账户"],
  contract: ["合约"],
  side: ["B/S"],
  hedge: ["S/H/A"],
  lots: ["持仓量"],
  margin: ["交易保证金"],
  dayPnl: ["持仓盈亏(逐日)"],
  floatingPnl: ["持仓盈亏(逐笔)"],
  openPrice: ["均价"],
  previousSettlement: ["昨结算"],
  settlement: ["今结算"],
  tradingCode: ["交易编码"],
  exchange: ["交易所"],
  member: ["会员"],
  currency: ["币种"],
  covered: ["备兑"],
} as const satisfies Names<string>;

const FUND = {
  day: ["日期"],
  account: ["账户"],
  equity: ["权益"],
  available: ["可用"],
  marginCall: ["追加"],
  riskDegree: ["风险度"],
  previousBalance: ["上日结存(逐日)"],
  previousOffset: ["上日结存(逐笔)"],
  balance: ["当日结存(逐日)"],
  balanceOffset: ["当日结存(逐笔)"],
  dayPnl: ["当日盈亏(逐日)"],
  realisedPnl: ["当日盈亏(逐笔)"],
  floatingPnl: ["浮动"],
  collateral: ["非货币充抵"],
  member: ["会员"],
  currency: ["币种"],
  cash: ["实有货币"],
  fxCollateral: ["货币充抵"],
  fxPledgeOut: ["货币质出"],
  fxPledgeMargin: ["质押占用"],
  netPremium: ["当日权利金"],
  frozen: ["冻结"],
} as const satisfies Names<string>;

const inOrder = <K extends string>(names: Names<K>): Columns<K> =>
  new Map((Object.keys(names) as K[]).map((key, i) => [key, i]));

const EXCHANGES: Readonly<Record<string, string>> = {
  S: "SHFE",
  Z: "ZCE",
  D: "DCE",
  J: "CFFEX",
  N: "INE",
  G: "GFEX",
};

const HEDGES: Readonly<Record<string, string>> = { S: "投机", H: "套保", A: "套利" };

const SHAPE = /^\d{4}-?\d\d-?\d\d@[^@]*@/;

const fieldsOf = (line: string): string[] => line.split("@");

function readHolding(draft: Draft, cells: readonly string[], index: number): void {
  const row = new Row(draft, HOLDING, inOrder(HOLDING), cells, { row: index + 1 });
  const code = row.neededText("contract");
  const side = row.side("side");
  row.needed("lots");
  const quantity = row.lots("lots");
  const margin = row.needed("margin");
  const settlement = row.price("settlement");
  const letter = row.text("exchange");
  const exchange = EXCHANGES[letter] ?? row.optional("exchange");
  if (row.unread || !side || !quantity?.greaterThan(0)) return;
  const named = draft.contract(code, row.place, exchange);
  const previousSettlement = row.price("previousSettlement");
  const quote = { contract: named.contract, day: draft.day, settlement, previousSettlement };
  draft.quote(quote, row.place);
  draft.read += 1;
  draft.positions.push({
    place: row.place,
    account: row.optional("account"),
    ...named,
    exchange,
    side: side === "short" && saysYes(row.text("covered")) ? "covered" : side,
    quantity,
    openPrice: row.expected("openPrice"),
    previousSettlement,
    settlement,
    margin,
    hedge: HEDGES[row.text("hedge")] ?? row.optional("hedge"),
    currency: row.optional("currency"),
  });
}

const PLAIN_FIGURES = [
  "equity",
  "available",
  "marginCall",
  "previousBalance",
  "balance",
  "dayPnl",
  "floatingPnl",
  "collateral",
  "cash",
  "fxCollateral",
  "fxPledgeOut",
  "fxPledgeMargin",
  "netPremium",
  "frozen",
] as const satisfies readonly AccountFigure[];

function readFund(draft: Draft, cells: readonly string[], index: number): void {
  const row = new Row(draft, FUND, inOrder(FUND), cells, { row: index + 1 });
  const figures: Partial<Record<AccountFigure, Amount>> = {};
  for (const key of PLAIN_FIGURES) {
    const figure = row.amount(key);
    if (figure) figures[key] = figure;
  }
  // Printed in per cent, without the sign.
  const risk = row.amount("riskDegree")?.dividedBy(100);
  if (risk) figures.riskDegree = risk;
  if (!figures.equity) draft.note("missing", row.at("equity"), {});
  draft.accounts.push({
    id: row.optional("account"),
    name: undefined,
    broker: undefined,
    currency: row.optional("currency"),
    day: row.day("day"),
    figures,
  });
}

/** The kind of file, by its widest agreement: a cut line must not decide. */
function widthOf(lines: readonly string[]): 17 | 22 | undefined {
  const widths = lines
    .slice(0, 50)
    .flatMap((line) => (SHAPE.test(line) ? fieldsOf(line).length : []));
  const count = (width: number): number => widths.filter((one) => one === width).length;
  if (count(17) + count(22) === 0) return undefined;
  return count(17) >= count(22) ? 17 : 22;
}

export const machineText: Format = {
  id: "machineText",
  claims: ({ lines }) => widthOf(lines) !== undefined,
  *read({ lines }, draft) {
    const width = widthOf(lines);
    const filled = lines.flatMap((line, i) => (line.trim() ? [{ cells: fieldsOf(line), i }] : []));
    const names: Names<"day" | "account"> = width === 17 ? HOLDING : FUND;
    const columns = new Map([["day", 0] as const, ["account", 1] as const]);
    const dated = filled.flatMap(({ cells, i }) => {
      const day = new Row(draft, names, columns, cells, { row: i + 1 }).day("day");
      return day ? [day] : [];
    });
    const latest = dated.reduce((a, b) => (a > b ? a : b), "");
    draft.readOn(latest || undefined);
    draft.period = "day";
    if (new Set(dated).size > 1) {
      draft.note("severalDays", {}, { count: new Set(dated).size, day: latest });
    }
    const seen = new Map<string, number>();
    for (const { cells, i } of filled) {
      const holding = width === 17;
      const day = readDay(cells[0]?.trim() ?? "");
      // Several days in one file: the holdings are the last one's.
      if (holding && day && day !== latest) continue;
      if (holding) draft.found += 1;
      const line = cells.join("@");
      const first = seen.get(line);
      if (first !== undefined) draft.note("duplicateRow", { row: i + 1 }, { first });
      else seen.set(line, i + 1);
      if (cells.length !== width) {
        draft.note("rowShape", { row: i + 1 }, { cells: cells.length, expected: width ?? 0 });
      } else if (holding) readHolding(draft, cells, i);
      else readFund(draft, cells, i);
      yield;
    }
  },
};
