/**
 * Statements of a futures broker, made up from a seed, with one error planted in a row or in the total. The margins are
 * worked out here by the rules written out again, so that nothing under test says what is right.
 */
import { amount, type Amount } from "../../src/core";
import { random } from "./random";

export interface PlantedRow {
  readonly contract: string;
  readonly underlying: string;
  readonly kind: "call" | "put" | "future";
  readonly side: "short" | "long";
  readonly lots: number;
  readonly strike: Amount;
  readonly unit: number;
  readonly open: Amount;
  readonly previous: Amount;
  readonly settlement: Amount;
  /** What the broker's rule gives for all lots, unrounded, with other prices or lots where given. */
  readonly margin: (changed?: Changed) => Amount;
  /** As printed: to the fen, or what was planted. */
  charged: Amount;
}

export interface Changed {
  readonly price?: Amount;
  readonly underlying?: Amount;
  readonly lots?: number;
  /** Points or markup other than the broker's. */
  readonly added?: Amount;
  /** The rate itself. */
  readonly rate?: Amount;
}

export const PLANTS = [
  "nothing",
  "oneFen",
  "someMoney",
  "lots",
  "previousDay",
  "openPrice",
  "openPriceOnPrevious",
  "previousOption",
  "previousUnderlying",
  "notAdded",
  "wrongRate",
  "toTheYuan",
  "twoCauses",
  "relief",
  "largerSide",
  "bothSides",
  "delivery",
  "total",
] as const;

export type Plant = (typeof PLANTS)[number];

export interface Planted {
  readonly seed: number;
  readonly plant: Plant;
  readonly style: "points" | "multiple";
  readonly added: Amount;
  readonly rows: readonly PlantedRow[];
  /** The rows it was planted in. */
  readonly at: readonly PlantedRow[];
  readonly text: string;
  readonly exchangeRates: Readonly<Record<string, { readonly exchange: string }>>;
  readonly prices: Readonly<Record<string, Amount>>;
  readonly previousPrices: Readonly<Record<string, Amount>>;
  /** What the account's total is off its rows. */
  readonly off: Amount;
}

const ZERO = amount("0");
const larger = (a: Amount, b: Amount): Amount => (a.greaterThan(b) ? a : b);

/** Product, unit, rate of the exchange, price, strike step and tick of its options. */
const PRODUCTS = [
  ["m", "m2701", 10, "0.07", 3000, 50, "0.5"],
  ["c", "c2701", 10, "0.08", 2300, 20, "0.5"],
  ["cu", "cu2701", 5, "0.09", 86500, 1000, "2"],
  ["SR", "SR701", 10, "0.07", 5750, 100, "0.5"],
  ["IO", "IO2612", 100, "0.12", 4650, 50, "0.2"],
] as const;

const CODES: Readonly<Record<string, (right: string, strike: number) => string>> = {
  m: (right, strike) => `m2701-${right}-${strike}`,
  c: (right, strike) => `c2701-${right}-${strike}`,
  cu: (right, strike) => `cu2701${right}${strike}`,
  SR: (right, strike) => `SR701${right}${strike}`,
  IO: (right, strike) => `IO2612-${right}-${strike}`,
};

type ProductRow = (typeof PRODUCTS)[number];

/** The exchanges' rules for one lot, the coefficient's own floor at CFFEX. */
function oneLot(
  product: string,
  kind: PlantedRow["kind"],
  price: Amount,
  underlying: Amount,
  strike: Amount,
  unit: number,
  rate: Amount,
): Amount {
  if (kind === "future") return price.times(unit).times(rate);
  const gap = kind === "call" ? strike.minus(underlying) : underlying.minus(strike);
  const out = larger(gap, ZERO).times(unit);
  const part = underlying.times(unit).times(rate);
  const premium = price.times(unit);
  if (product === "IO") {
    const floor = (kind === "call" ? underlying : strike).times(unit).times(rate).times("0.5");
    return premium.plus(larger(part.minus(out), floor));
  }
  return premium.plus(larger(part.minus(out.times("0.5")), part.times("0.5")));
}

/** A statement from a seed, with what the plant asks for put into it. */
export function planted(seed: number, plant: Plant): Planted {
  const draw = random(seed);
  const below = (n: number): number => Math.floor(draw() * n);
  const style = plant === "wrongRate" || below(2) === 0 ? "points" : "multiple";
  const added = amount(style === "points" ? 1 + below(6) : 5 + below(30)).dividedBy(100);
  const products = [...PRODUCTS].sort(() => draw() - 0.5).slice(0, 3 + below(3));
  if (plant === "toTheYuan" && !products.some(([code]) => code === "IO"))
    products.push(PRODUCTS[4]);
  if (plant === "relief" && !products.some(([code]) => code === "m")) products.push(PRODUCTS[0]);
  const prices: Record<string, Amount> = {};
  const previousPrices: Record<string, Amount> = {};
  const rows: PlantedRow[] = [];

  const put = (
    [product, underlying, unit, exchange, , , tick]: ProductRow,
    kind: PlantedRow["kind"],
    strikeNumber: number,
    side: PlantedRow["side"],
    lots: number,
  ): PlantedRow => {
    const code = product === "IO" ? "IO" : underlying;
    const [today, before] = [prices[code] as Amount, previousPrices[code] as Amount];
    const strike = amount(strikeNumber);
    const ticks = (n: number): Amount => amount(tick).times(n);
    const start = 20 + below(150);
    const future = kind === "future";
    const settlement = future ? today : ticks(start);
    const previous = future ? before : ticks(start + 1 + below(9));
    const open = future ? before.plus(3) : ticks(start + 11 + below(30));
    const rate = amount(exchange);
    const margin = (changed: Changed = {}): Amount => {
      const more = changed.added ?? added;
      const at = changed.rate ?? (style === "points" ? rate.plus(more) : rate);
      const of = changed.underlying ?? today;
      const price = changed.price ?? (future ? of : settlement);
      const lot = oneLot(product, kind, price, of, strike, unit, at);
      return lot
        .times(style === "multiple" && !changed.rate ? more.plus(1) : 1)
        .times(changed.lots ?? lots);
    };
    const takes = future || side === "short";
    const row: PlantedRow = {
      contract: future
        ? underlying
        : (CODES[product]?.(kind === "call" ? "C" : "P", strikeNumber) ?? ""),
      ...{ underlying: code, kind, side, lots, strike, unit, open, previous, settlement },
      margin: takes ? margin : () => ZERO,
      charged: takes ? margin().toDecimalPlaces(2) : ZERO,
    };
    rows.push(row);
    return row;
  };

  for (const product of products) {
    const [code, underlying, , , price, step] = product;
    const key = code === "IO" ? "IO" : underlying;
    // Futures settle on their ticks; the figures after the point make rounding matter.
    prices[key] = amount(price + below(step)).plus(
      code === "IO" ? amount(below(100)).dividedBy(100) : 0,
    );
    previousPrices[key] = (prices[key] as Amount).plus(1 + below(step));
    const strikes = new Set<number>();
    for (let count = 2 + below(3); strikes.size < count;) {
      strikes.add(price + step * (below(9) - 4));
    }
    for (const strike of strikes)
      put(product, below(2) ? "call" : "put", strike, "short", 2 + below(9));
    // Calls bought far above, puts far below: no set with a short of the same side.
    if (code === "IO") put(product, "call", price + 20 * step, "long", 1 + below(5));
    if (code === "SR" && plant !== "largerSide" && plant !== "bothSides")
      put(product, "future", price, "long", 1 + below(5));
  }

  const shorts = rows.filter(({ side, kind }) => side === "short" && kind !== "future");
  const some = shorts.filter(({ underlying }) => plant !== "toTheYuan" || underlying === "IO");
  const row = some[below(some.length)] as PlantedRow;
  const before = previousPrices[row.underlying] as Amount;
  const charge = (one: PlantedRow, figure: Amount): PlantedRow[] => {
    one.charged = figure.toDecimalPlaces(2);
    return [one];
  };
  let at: readonly PlantedRow[] = [];
  let off = ZERO;
  let delivery = ZERO;
  switch (plant) {
    case "nothing":
      break;
    case "oneFen":
      at = charge(row, row.charged.plus(below(2) ? "0.01" : "-0.01"));
      break;
    case "someMoney":
      at = charge(row, row.charged.plus(amount(1 + below(90_000)).dividedBy(100)));
      break;
    case "lots":
      at = charge(row, row.margin({ lots: row.lots + (below(2) ? 1 : -1) }));
      break;
    case "previousDay":
      at = charge(row, row.margin({ price: row.previous, underlying: before }));
      break;
    case "openPrice":
      at = charge(row, row.margin({ price: row.open }));
      break;
    case "openPriceOnPrevious":
      at = charge(row, row.margin({ price: row.open, underlying: before }));
      break;
    case "previousOption":
      at = charge(row, row.margin({ price: row.previous }));
      break;
    case "previousUnderlying":
      at = charge(row, row.margin({ underlying: before }));
      break;
    case "notAdded":
      at = charge(row, row.margin({ added: ZERO }));
      break;
    case "wrongRate":
      at = charge(row, row.margin({ added: added.plus("0.015") }));
      break;
    case "toTheYuan":
      at = charge(row, row.charged.toDecimalPlaces(0));
      break;
    case "twoCauses": {
      // Opened at the previous settlement: either price gives the figure.
      const same: PlantedRow = { ...row, open: row.previous };
      rows.splice(rows.indexOf(row), 1, same);
      at = charge(same, same.margin({ price: same.previous }));
      break;
    }
    case "relief": {
      const meal = products.find(([code]) => code === "m") as ProductRow;
      for (const one of rows.filter(({ underlying }) => underlying === "m2701")) {
        rows.splice(rows.indexOf(one), 1);
      }
      const lots = 2 + below(6);
      const legs = [put(meal, "call", 3100, "short", lots), put(meal, "put", 2850, "short", lots)];
      put(meal, "put", 2500, "long", 2);
      const [light, heavy] = legs.sort((a, b) => a.margin().comparedTo(b.margin())) as [
        PlantedRow,
        PlantedRow,
      ];
      const premium = light.settlement.times(light.unit).times(lots);
      charge(light, premium.times(style === "multiple" ? added.plus(1) : 1));
      at = [light, heavy];
      break;
    }
    case "largerSide": {
      const [product] = products as [ProductRow];
      if (product[0] === "IO") break;
      const long = put(product, "future", product[4], "long", 3);
      const short = put(product, "future", product[4], "short", 2);
      charge(short, ZERO);
      at = [long, short];
      break;
    }
    case "bothSides": {
      const [product] = products as [ProductRow];
      if (product[0] === "IO") break;
      // One line and one margin for the two: both as by the rule.
      put(product, "future", product[4], "long", 1 + below(5));
      put(product, "future", product[4], "short", 1 + below(5));
      break;
    }
    case "delivery":
      delivery = amount(1000 + below(100_000)).dividedBy(10);
      off = delivery;
      break;
    case "total":
      off = amount(1 + below(100_000)).dividedBy(100);
      break;
  }
  const exchangeRates = Object.fromEntries(
    PRODUCTS.filter(([code]) => code !== "IO").map(([code, , , exchange]) => [code, { exchange }]),
  );
  return {
    ...{ seed, plant, style, added, rows, at, exchangeRates, prices, previousPrices, off },
    text: textOf(rows, off, delivery),
  };
}

const line = (...cells: (string | number)[]): string => `|${cells.join("|")}|`;
const money = (n: Amount): string => n.toFixed(2);

/** The settlement text of a broker: two lines a contract with both sides of a future in one row. */
function textOf(rows: readonly PlantedRow[], off: Amount, delivery: Amount): string {
  const sum = rows.reduce<Amount>((total, { charged }) => total.plus(charged), ZERO);
  const used = sum.plus(off);
  const equity = used.times(2).toDecimalPlaces(0);
  const value = (side: string): Amount =>
    rows.reduce<Amount>(
      (total, row) =>
        row.side === side && row.kind !== "future"
          ? total.plus(row.settlement.times(row.unit).times(row.lots))
          : total,
      ZERO,
    );
  const [long, short] = [value("long"), value("short")];
  const degree = used.dividedBy(equity).times(100).toFixed(2);
  const pairs: readonly (readonly [string, string])[] = [
    ["期初结存 Balance b/f", money(equity)],
    ["出 入 金 Deposit/Withdrawal", "0.00"],
    ["期末结存 Balance c/f", money(equity)],
    ["客户权益 Client Equity：", money(equity)],
    ["保证金占用 Margin Occupied", money(used)],
    ["交割保证金 Delivery Margin", money(delivery.isZero() ? ZERO : delivery)],
    ["多头期权市值 Market value(long)", money(long)],
    ["空头期权市值 Market value(short)", money(short)],
    ["市值权益 Market value(equity)", money(equity.plus(long).minus(short))],
    ["可用资金 Fund Avail.", money(equity.minus(used))],
    ["风 险 度 Risk Degree", `${degree}%`],
    ["应追加资金 Margin Call", "0.00"],
  ];
  const byContract = new Map<string, PlantedRow[]>();
  for (const row of rows)
    byContract.set(row.contract, [...(byContract.get(row.contract) ?? []), row]);
  const lotsOf = (side: string, held: readonly PlantedRow[]): number =>
    held.reduce((total, row) => total + (row.side === side ? row.lots : 0), 0);
  const body = [...byContract.values()].map((held) => {
    const [row] = held as [PlantedRow];
    const charged = held.reduce<Amount>((total, one) => total.plus(one.charged), ZERO);
    const option = row.kind !== "future";
    const worth = row.settlement.times(row.unit).times(row.lots);
    const price = (side: string): string =>
      held.find((one) => one.side === side)?.open.toFixed(3) ?? "0.000";
    return line(
      option ? "期权" : "期货",
      row.contract,
      ...[lotsOf("long", held), price("long"), lotsOf("short", held), price("short")],
      ...[row.previous.toFixed(3), row.settlement.toFixed(3), "0.00", money(charged), "投机"],
      option && row.side === "long" ? money(worth) : "0.00",
      option && row.side === "short" ? money(worth) : "0.00",
    );
  });
  const total = line(
    `共 ${byContract.size}条`,
    ...["", lotsOf("long", rows), "", lotsOf("short", rows), "", "", "", "0.00", money(sum), ""],
    ...[money(long), money(short)],
  );
  const dashes = "-".repeat(120);
  return [
    "示例期货有限公司",
    "交易结算单(盯市) Settlement Statement(MTM)",
    "客户号 Client ID：  90000001        客户名称 Client Name：测试客户",
    "日期 Date：20261120",
    "",
    "资金状况  币种：人民币  Account Summary  Currency：CNY",
    dashes,
    ...pairs.map(([label, figure]) => `${label}：      ${figure}`),
    "",
    "持仓汇总 Positions",
    dashes,
    line(
      ...["品种", "合约", "买持", "买均价", "卖持", "卖均价", "昨结算", "今结算", "持仓盯市盈亏"],
      ...["保证金占用", "投/保", "多头期权市值", "空头期权市值"],
    ),
    line(
      ...["Product", "Instrument", "Long Pos.", "Avg Buy Price", "Short Pos.", "Avg Sell Price"],
      ...["Prev. Sttl", "Sttl Today", "MTM P/L", "Margin Occupied", "S/H"],
      ...["Market Value(Long)", "Market Value(Short)"],
    ),
    dashes,
    ...body,
    dashes,
    total,
    dashes,
    "",
  ].join("\r\n");
}
