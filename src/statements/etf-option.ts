/**
 * ETF option statement of a futures company (交易结算单 without 盯市): the shape of ctp.ts, other words.
 *
 * Told apart by 权利仓市值, 义务仓市值, 维持保证金 SMargin, 备兑 and 标的证券.
 * - 持仓汇总 one row per contract: 权利仓数量, 义务仓数量 with their combined parts, 保证金占用, 今结算
 * - 持仓明细 one row per opening; 成交 fills; 持仓变动 changes; 组合持仓 combinations with their own margin
 * 合约编码 is the 8-digit number, 合约代码 the trading code, but some brokers swap the headers: the grammar decides.
 * The trading code keeps an adjusted contract's old strike. Its unit is in no column; it is the only whole number
 * that gives the printed market value. Its strike has to come from the contract list.
 */
import { amount, type Amount } from "../core";
import { checkAccount } from "./account-check";
import { close, sum, type Draft } from "./draft";
import type { Format } from "./format";
import { checkMarketValue } from "./market-value";
import { checkTotal, columnsOf, latest, noteCut, rowsOf, sumsOf } from "./pipe-rows";
import { headerWords, partsOf, type Part, type PipeTable } from "./pipes";
import { folded, type Names, type Row } from "./row";
import { codeAndNumber, saysYes } from "./securities-words";
import { FIGURES, type Position } from "./statement";

const COMMON = {
  exchange: ["交易所", "Exchange"],
  underlying: ["标的证券", "Underlying"],
  number: ["合约编码", "InstrumentCode"],
  code: ["合约代码", "Instrument ID", "InstrumentID"],
  covered: ["备兑", "Cover"],
} as const;

const SUMMARY = {
  ...COMMON,
  longLots: ["权利仓数量", "Long Vol."],
  longCombined: ["组合权利仓数量", "Combine Long Vol."],
  shortLots: ["义务仓数量", "Short Vol."],
  shortCombined: ["组合义务仓数量", "Combine Short vol."],
  margin: ["保证金占用", "Margin Occupied"],
  settlement: ["今结算", "Sttl Today"],
  marketValueLong: ["权利仓市值", "Long Market Value"],
  marketValueShort: ["义务仓市值", "Short Market Value"],
} as const satisfies Names<string>;

const DETAIL = {
  ...COMMON,
  side: ["持仓方向"],
  openDay: ["开仓日期"],
  openPrice: ["开仓价"],
  lots: ["持仓量"],
  combined: ["参与组合数量"],
  settlement: ["今结算"],
} as const satisfies Names<string>;

const TRADES = {
  ...COMMON,
  day: ["交易日期", "成交日期"],
  id: ["成交编号"],
  side: ["买/卖", "B/S"],
  effect: ["开/平", "开平", "O/C"],
  price: ["成交价"],
  lots: ["手数"],
  premium: ["权利金收支"],
  fee: ["手续费", "经手费"],
} as const satisfies Names<string>;

const COMBINATIONS = {
  id: ["组合编号"],
  strategy: ["组合策略编码"],
  lots: ["持仓量"],
  margin: ["保证金占用"],
  firstLeg: ["合约编码一"],
  secondLeg: ["合约编码二"],
  thirdLeg: ["合约编码三"],
  fourthLeg: ["合约编码四"],
} as const satisfies Names<string>;

const OTHERS = { changes: ["变动类型", "出入金类型", "入金", "出金", "发生日期"] } as const;

const HEADERS = headerWords(SUMMARY, DETAIL, TRADES, COMBINATIONS, OTHERS);

type Kind = "summary" | "detail" | "trades" | "combinations" | "other" | "unknown";

function kindOf({ header, english }: PipeTable): Kind {
  const columns = new Set([...header, ...english].map(folded));
  const has = (...names: string[]): boolean => names.some((name) => columns.has(folded(name)));
  if (has(...COMBINATIONS.id, ...COMBINATIONS.strategy)) return "combinations";
  if (has(...SUMMARY.longLots) || has(...SUMMARY.shortLots)) return "summary";
  if (has(...OTHERS.changes)) return "other";
  if (has(...DETAIL.side)) return "detail";
  return has(...TRADES.price, ...TRADES.premium) ? "trades" : "unknown";
}

type CommonRow = Pick<Row<keyof typeof COMMON>, "text" | "optional" | "neededText" | "place">;

function contractOf(draft: Draft, row: CommonRow) {
  const { code, number } = codeAndNumber(row.text("code"), row.text("number"));
  if (!code && !number) row.neededText("code");
  const exchange = row.optional("exchange");
  return { ...draft.contract(code ?? number ?? "", row.place, exchange), number, exchange };
}

function* readSummary(
  draft: Draft,
  table: PipeTable,
  id: string | undefined,
): Generator<void, Position[]> {
  const columns = columnsOf(draft, table, SUMMARY, [
    "code",
    "longLots",
    "shortLots",
    "margin",
    "settlement",
  ]);
  const positions: Position[] = [];
  draft.found += table.rows.length;
  if (!columns) return positions;
  for (const row of rowsOf(draft, table, SUMMARY, columns)) {
    const named = contractOf(draft, row);
    row.needed("longLots");
    row.needed("shortLots");
    const long = row.lots("longLots");
    const short = row.lots("shortLots");
    const margin = row.needed("margin");
    const settlement = row.price("settlement");
    if (!row.unread && long && short) {
      const quote = { contract: named.contract, day: draft.day, settlement };
      draft.quote(quote, row.place);
      const common = { place: row.place, account: id, ...named, settlement };
      if (long.greaterThan(0)) {
        positions.push(
          checkMarketValue(draft, {
            ...common,
            side: "long",
            quantity: long,
            margin: short.isZero() ? margin : amount("0"),
            marketValue: row.expected("marketValueLong")?.abs(),
            combinedQuantity: row.amount("longCombined"),
          }),
        );
      }
      if (short.greaterThan(0)) {
        positions.push(
          checkMarketValue(draft, {
            ...common,
            side: saysYes(row.text("covered")) ? "covered" : "short",
            quantity: short,
            margin,
            marketValue: row.expected("marketValueShort")?.abs(),
            combinedQuantity: row.amount("shortCombined"),
          }),
        );
      }
      draft.read += 1;
    }
    yield;
  }
  checkTotal(draft, table, SUMMARY, columns, sumsOf(positions), "summary");
  return positions;
}

function* readDetail(draft: Draft, table: PipeTable, id: string | undefined): Generator<void> {
  const columns = columnsOf(draft, table, DETAIL, ["code", "side", "lots"]);
  if (!columns) return;
  for (const row of rowsOf(draft, table, DETAIL, columns)) {
    const side = row.side("side");
    const quantity = row.needed("lots");
    if (!row.unread && side && quantity?.greaterThan(0)) {
      const covered = side === "short" && saysYes(row.text("covered"));
      draft.lots.push({
        place: row.place,
        account: id,
        ...contractOf(draft, row),
        side: covered ? "covered" : side,
        quantity,
        openPrice: row.amount("openPrice"),
        openDay: row.day("openDay"),
        settlement: row.amount("settlement"),
        combinedQuantity: row.amount("combined"),
      });
    }
    yield;
  }
}

function* readTrades(draft: Draft, table: PipeTable, id: string | undefined): Generator<void> {
  const columns = columnsOf(draft, table, TRADES, ["code", "side", "lots"]);
  if (!columns) return;
  for (const row of rowsOf(draft, table, TRADES, columns)) {
    const side = row.bought("side");
    const quantity = row.needed("lots");
    if (!row.unread && side && quantity) {
      const { contract, exchange, number } = contractOf(draft, row);
      draft.trades.push({
        place: row.place,
        account: id,
        day: row.day("day"),
        contract,
        number,
        exchange,
        side,
        effect: row.optional("effect"),
        quantity,
        price: row.expected("price"),
        premium: row.amount("premium"),
        fee: row.amount("fee"),
        id: row.optional("id"),
      });
    }
    yield;
  }
}

function* readCombinations(draft: Draft, table: PipeTable): Generator<void> {
  const columns = columnsOf(draft, table, COMBINATIONS, ["id", "lots", "margin"]);
  if (!columns) return;
  for (const row of rowsOf(draft, table, COMBINATIONS, columns)) {
    const id = row.neededText("id");
    const quantity = row.needed("lots");
    if (!row.unread && quantity) {
      draft.combinations.push({
        place: row.place,
        id,
        strategy: row.optional("strategy"),
        quantity,
        margin: row.expected("margin"),
        legs: (["firstLeg", "secondLeg", "thirdLeg", "fourthLeg"] as const).flatMap(
          (leg) => row.optional(leg) ?? [],
        ),
      });
    }
    yield;
  }
}

/** Statements differ in whether a leg's row already holds the combination's margin: the account tells. */
function checkMargin(draft: Draft, part: Part, positions: readonly Position[]): void {
  const printed = part.accounts[0]?.figures.margin;
  const legs = sum(positions.map(({ margin }) => margin));
  const combined = sum(draft.combinations.map(({ margin }) => margin));
  const apart: Amount = legs.plus(combined);
  const standApart = printed && !close(legs, printed) && close(apart, printed);
  if (standApart) draft.combinationMargin = combined;
  draft.control(FIGURES.margin, standApart ? apart : legs, printed, { row: part.row });
}

function* readPart(draft: Draft, part: Part): Generator<void> {
  draft.whose = part.id;
  if (!part.day) draft.note("noFigure", { row: part.row, column: "日期" }, {});
  draft.readOn(part.day);
  draft.from = part.from;
  draft.period = part.from ? "month" : "day";
  // This statement may print no 客户权益: without futures the balance is the equity.
  const accounts = part.accounts.map((account) => {
    const { equity, balance } = account.figures;
    return equity || !balance
      ? account
      : { ...account, figures: { ...account.figures, equity: balance } };
  });
  draft.accounts.push(...accounts);
  const positions: Position[] = [];
  for (const table of part.tables) {
    const kind = kindOf(table);
    if (kind === "summary") positions.push(...(yield* readSummary(draft, table, part.id)));
    else if (kind === "detail") yield* readDetail(draft, table, part.id);
    else if (kind === "trades") yield* readTrades(draft, table, part.id);
    else if (kind === "combinations") yield* readCombinations(draft, table);
    else if (kind === "unknown") {
      draft.note(
        "unknownTable",
        { row: table.row },
        { raw: table.title || table.header.join(" ") },
      );
    }
  }
  noteCut(draft, part, (table) => {
    const kind = kindOf(table);
    return kind === "summary" ? "checked" : kind === "unknown" ? "unknown" : "known";
  });
  draft.positions.push(...positions);
  const place = { row: part.row };
  for (const account of accounts) {
    checkAccount(draft, account, place, ["equity", "margin", "previousBalance"]);
  }
  if (accounts.length === 1) {
    checkMargin(draft, part, positions);
  } else {
    if (accounts.length === 0) draft.note("noFigure", { ...place, column: "资金状况" }, {});
    draft.leaveUnproved();
  }
}

const SIGNATURE = [
  "权利仓市值",
  "义务仓市值",
  "维持保证金",
  "SMargin",
  "标的证券",
  "义务仓数量",
  "InstrumentCode",
];

export const etfOption: Format = {
  id: "etfOption",
  claims({ head }) {
    const ours = SIGNATURE.filter((words) => head.includes(words)).length >= 2;
    return ours && (/^[ \t]*\|.*\|[ \t]*$/m.test(head) || head.includes("资金状况"));
  },
  *read({ lines }, draft) {
    for (const part of latest(draft, partsOf(draft, lines, HEADERS))) yield* readPart(draft, part);
  },
};
