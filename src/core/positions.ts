import {
  findRules,
  readInstrument,
  unknownExchange,
  type Contract,
  type Instrument,
  type NamedRules,
} from "./contract";
import type { Day } from "./day";
import { MarginError, type Bound } from "./errors";
import { shortMargin, type Branch } from "./margin";
import { digits, exact, readNumber, type Amount } from "./number";
import type { RuleSet } from "./rule";
import { readRight, readSide, type Side } from "./terms";

/**
 * The columns a positions table may have, with the names each is found by
 * (case, blanks, brackets and what stands in them do not matter).
 * Where two columns of a table fit, the name that stands earlier here is taken:
 * "标的价" is the price even beside a "标的" that names the underlying.
 */
export const COLUMNS = {
  contract: [
    "contract",
    "合约",
    "合约代码",
    "交易代码",
    "品种合约",
    "instrument",
    "symbol",
    "code",
  ],
  exchange: ["exchange", "交易所", "市场", "venue"],
  right: ["right", "期权类型", "认购认沽", "看涨看跌", "合约类型", "call/put", "type"],
  side: ["side", "买卖", "方向", "买卖方向", "持仓方向", "多空", "买/卖", "long/short"],
  quantity: ["quantity", "lots", "手数", "张数", "持仓", "持仓量", "数量", "总持仓", "position"],
  settlement: [
    "settlement",
    "结算价",
    "今结算价",
    "今结算",
    "option price",
    "期权价格",
    "权利金单价",
  ],
  underlying: [
    "underlying price",
    "标的价",
    "标的价格",
    "标的收盘价",
    "标的结算价",
    "futures",
    "期货价",
    "index",
    "underlying",
    "标的",
  ],
  rate: ["rate", "保证金率", "保证金比例", "期货保证金率", "交易所率", "margin rate"],
  strike: ["strike", "行权价", "行权价格", "执行价", "执行价格", "strike price"],
  unit: ["unit", "合约单位", "合约乘数", "乘数", "交易单位", "multiplier", "单位"],
  lockedShares: ["locked shares", "锁定份数", "备兑股份数量", "备兑锁定", "covered shares"],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof COLUMNS;

const fold = (name: unknown): string =>
  String(name ?? "")
    .normalize("NFKC")
    .replace(/[([（【].*$/u, "")
    .replace(/[\s_]+/g, "")
    .toLowerCase();

/** A column, and how early in its list the name stands. */
interface Named {
  readonly column: Column;
  readonly rank: number;
}

const BY_NAME: ReadonlyMap<string, Named> = new Map(
  (Object.keys(COLUMNS) as Column[]).flatMap((column) =>
    COLUMNS[column].map((name, rank) => [fold(name), { column, rank }] as const),
  ),
);

/** The column a header cell names, in Chinese, English or both ("行权价 strike"). */
export function columnOf(header: unknown): Named | undefined {
  const whole = BY_NAME.get(fold(header));
  if (whole) return whole;
  const words = String(header ?? "")
    .normalize("NFKC")
    .split(/[\s·,|]+/)
    .filter(Boolean);
  const han = words.filter((w) => /\p{Script=Han}/u.test(w));
  const latin = words.filter((w) => !/\p{Script=Han}/u.test(w));
  const inZh = BY_NAME.get(fold(han.join("")));
  const inEn = BY_NAME.get(fold(latin.join("")));
  // Two languages that name two different columns name none.
  return !inEn || inEn.column === inZh?.column ? inZh : inZh ? undefined : inEn;
}

/** A row's cells by column; a column the table lacks is undefined. */
export type Row = Readonly<Partial<Record<Column, unknown>>>;

/** A table read by its header: one entry a row, undefined for a wholly blank one. */
export interface Table {
  readonly rows: readonly (Row | undefined)[];
  readonly columns: ReadonlySet<Column>;
}

/** A blank cell, and 0, which is what Excel makes of a blank cell in a range. */
const blank = (cell: unknown): boolean =>
  cell === null ||
  cell === undefined ||
  cell === 0 ||
  (typeof cell === "string" && cell.trim() === "");

/** One call's limit: what Excel on the web carries in one request. */
export const MOST_ROWS = 100_000;

/**
 * Finds a table's columns by its header row.
 * @throws unknownName where the header has no column to read contracts by, or one twice; outOfRange over the limit.
 */
export function readTable(cells: readonly (readonly unknown[])[]): Table {
  const [header = [], ...body] = cells;
  if (body.length > MOST_ROWS) {
    throw new MarginError("outOfRange", {
      argument: "positions",
      value: body.length,
      must: "tooManyRows",
    });
  }
  const best = new Map<Column, { index: number; rank: number }>();
  header.forEach((name, index) => {
    const named = columnOf(name);
    if (!named) return;
    const earlier = best.get(named.column);
    if (earlier?.rank === named.rank) {
      throw new MarginError("notAllowed", {
        argument: "positions",
        value: name,
        detail: "headerTwice",
      });
    }
    if (!earlier || named.rank < earlier.rank) best.set(named.column, { index, rank: named.rank });
  });
  const at = new Map([...best].map(([column, { index }]) => [column, index]));
  if (!at.has("contract") && !(at.has("exchange") && at.has("right") && at.has("strike"))) {
    throw new MarginError("notAllowed", {
      argument: "positions",
      value: header.filter((name) => !blank(name)).join(", "),
      detail: "header",
    });
  }
  const rows = body.map((row) =>
    row.every(blank)
      ? undefined
      : (Object.fromEntries([...at].map(([column, index]) => [column, row[index] ?? null])) as Row),
  );
  return { rows, columns: new Set(at.keys()) };
}

/** What a row of a margin table answers, in the contract's currency for all its lots. */
export interface RowMargin {
  readonly margin: Amount;
  readonly premium: Amount;
  readonly basic: Amount;
  readonly minimum: Amount;
  readonly branch: Branch | "long" | "covered" | "future" | "shares";
}

const nothing = (branch: RowMargin["branch"]): RowMargin => ({
  margin: exact.zero,
  premium: exact.zero,
  basic: exact.zero,
  minimum: exact.zero,
  branch,
});

function number(row: Row, column: Column, must: Bound): Amount {
  const value = row[column];
  const read = readNumber(value);
  if (!read && !blank(value)) throw new MarginError("notANumber", { argument: column, value });
  const fits =
    read?.greaterThan(0) &&
    (must !== "wholeAboveZero" || read.isInteger()) &&
    (must !== "fraction" || read.lessThanOrEqualTo(1));
  if (!read || !fits) throw new MarginError("outOfRange", { argument: column, value, must });
  return read;
}

/** A number that may be left blank. */
const optional = (row: Row, column: Column, must: Bound): Amount | undefined =>
  blank(row[column]) ? undefined : number(row, column, must);

/** A term the contract code may give: a blank is wrong only where the code does not. */
const besideCode = (
  row: Row,
  column: Column,
  fromCode: Amount | undefined,
  must: Bound,
): Amount | undefined =>
  fromCode || !(column in row) ? optional(row, column, must) : number(row, column, must);

function sideOf(row: Row): Side {
  if (!("side" in row)) return "short";
  const side = readSide(row.side);
  if (side) return side;
  throw new MarginError("unknownName", { argument: "side", value: row.side });
}

/** How much the row holds: one lot where the table has no such column. */
const lotsOf = (row: Row): Amount =>
  "quantity" in row ? number(row, "quantity", "wholeAboveZero") : exact.of("1");

/** What a rule needs of a contract, from its code or from the columns that replace it. */
type Read = NamedRules & Pick<Contract, "right" | "strike" | "unit">;

/** The exchange and right of a row without a contract code. */
function contractByColumns(row: Row, exchanges: readonly RuleSet[]): Read {
  const found = findRules(row.exchange, exchanges);
  if (!found) {
    // Without an exchange column the contract's code was wanted.
    if ("exchange" in row) throw unknownExchange("exchange", row.exchange, exchanges);
    throw new MarginError("unknownName", { argument: "contract", value: row.contract });
  }
  const right = readRight(row.right);
  if (!right) throw new MarginError("unknownName", { argument: "right", value: row.right });
  return { ...found, right, strike: undefined, unit: undefined };
}

/** What the caller gave beside a contract code, where the code may say it too. */
export interface Given {
  readonly strike: Amount | undefined;
  readonly unit: Amount | undefined;
}

/**
 * The strike and unit of a contract: the given ones, else the code's.
 * @throws contradiction where a plain contract's code says another strike,
 * missing where an adjusted contract or an unknown product needs what isn't given.
 */
export function strikeAndUnit(
  contract: Pick<Contract, "strike" | "unit">,
  given: Given,
): { strike: Amount; multiplier: Amount } {
  if (given.strike && contract.strike && !given.strike.equals(contract.strike)) {
    throw new MarginError("contradiction", {
      argument: "strike",
      value: given.strike.toNumber(),
      detail: digits(contract.strike),
    });
  }
  const strike = given.strike ?? contract.strike;
  const multiplier = given.unit ?? contract.unit;
  if (!strike) throw new MarginError("missing", { argument: "strike" });
  if (!multiplier) throw new MarginError("missing", { argument: "unit" });
  return { strike, multiplier };
}

/** A futures position: price × unit × rate × lots, either side. */
function futureMargin(row: Row, unit: string | undefined, markup: Amount): RowMargin {
  if ("side" in row) sideOf(row);
  const price = number(row, blank(row.settlement) ? "underlying" : "settlement", "aboveZero");
  const rate = optional(row, "rate", "fraction");
  if (!rate) throw new MarginError("missing", { argument: "rate" });
  const multiplier = optional(row, "unit", "wholeAboveZero") ?? (unit && exact.of(unit));
  if (!multiplier) throw new MarginError("missing", { argument: "unit" });
  const basic = price.times(multiplier).times(rate).times(lotsOf(row));
  return { ...nothing("future"), margin: basic.times(markup.plus(1)), basic };
}

/** Covered needs no cash for an ETF call whose shares are locked; every other use is an error. */
function covered(row: Row, { rules, right, unit }: Read): RowMargin {
  if (rules.underlying !== "etf" || right !== "call") {
    throw new MarginError("notAllowed", { argument: "side", value: row.side, detail: "etf" });
  }
  const lots = lotsOf(row);
  if ("lockedShares" in row) {
    const multiplier = optional(row, "unit", "wholeAboveZero") ?? unit;
    if (!multiplier) throw new MarginError("missing", { argument: "unit" });
    const shares = readNumber(row.lockedShares) ?? exact.zero;
    if (shares.lessThan(multiplier.times(lots))) {
      throw new MarginError("outOfRange", {
        argument: "lockedShares",
        value: row.lockedShares,
        must: "lockedShares",
        detail: `≥ ${digits(multiplier.times(lots))}`,
      });
    }
  }
  return nothing("covered");
}

/** ETF shares need no margin; they can only be held. */
function shares(row: Row): RowMargin {
  if (!("side" in row) || sideOf(row) !== "short") return nothing("shares");
  throw new MarginError("notAllowed", {
    argument: "side",
    value: row.side,
    detail: "shortShares",
  });
}

/** By whose standard and by the rules of which day a table is answered. */
export interface TableTerms {
  /** The broker's addition to the exchange's figure, a fraction. */
  readonly markup: Amount;
  readonly on: Day;
}

/**
 * The margin of rows of a positions table: options, futures and ETF shares.
 * Long options and covered ETF calls need none.
 *
 * The function that comes back remembers the codes it has read, for tables of a hundred thousand rows;
 * it throws a MarginError that names the row's wrong or missing column.
 */
export function marginOfRows(
  exchanges: readonly RuleSet[],
  { markup, on }: TableTerms,
): (row: Row) => RowMargin {
  const seen = new Map<unknown, Instrument>();
  const instrument = (code: unknown): Instrument => {
    const known = seen.get(code);
    if (known) return known;
    const read = readInstrument(code, exchanges, on);
    seen.set(code, read);
    return read;
  };

  return (row) => {
    const named = blank(row.contract) ? undefined : instrument(row.contract);
    if (named?.kind === "future") return futureMargin(row, named.product.unit, markup);
    if (named?.kind === "shares") return shares(row);
    const side = sideOf(row);
    const contract = named?.contract ?? contractByColumns(row, exchanges);
    const lots = lotsOf(row);
    if (side === "long") return nothing("long");
    if (side === "covered") return covered(row, contract);
    const terms = strikeAndUnit(contract, {
      strike: besideCode(row, "strike", contract.strike, "aboveZero"),
      unit: besideCode(row, "unit", contract.unit, "wholeAboveZero"),
    });
    const result = shortMargin(
      contract.rules,
      {
        right: contract.right,
        terms: {
          ...terms,
          settlement: number(row, "settlement", "aboveZero"),
          underlying: number(row, "underlying", "aboveZero"),
        },
        rate: optional(row, "rate", "fraction"),
        product: contract.product,
      },
      { lots, markup, on },
    );
    return { ...result, margin: result.total };
  };
}
