/** What a positions table lets one close: each row outside sets, and each set as a whole. */
import {
  blank,
  both,
  digits,
  heldSets,
  holdingsOfRows,
  MarginError,
  marginOfRows,
  numberWithin,
  type Amount,
  type Closable,
  type Holding,
  type Joining,
  type Row,
  type RowMargin,
  type Sets,
  type TableTerms,
} from "../core";
import { exchanges } from "../exchanges";
import { dayOfCell } from "./cell";
import { namedLeg, ofRow } from "./row";

/** Something to close, with the price it is closed at and where the table has that from. */
export interface Item extends Closable {
  /** Per quoted unit; undefined where no premium changes hands. Of a set: what buying back costs less what selling brings. */
  readonly price: Amount | undefined;
  readonly from: string;
}

const PRICES = [
  ["closePrice", "平仓价 close price"],
  ["lastPrice", "最新价 last price"],
  ["settlement", "结算价 settlement"],
] as const;

const NO_PREMIUM = "期货，不付权利金 future, no premium";

/** The price an option is closed at: the close price, else the last, else the settlement. */
function closingPrice(row: Row): { readonly price: Amount; readonly from: string } {
  for (const [column, from] of PRICES) {
    if (!blank(row[column])) return { price: numberWithin(row[column], column, "aboveZero"), from };
  }
  throw new MarginError("outOfRange", { argument: "closePrice", value: null, must: "aboveZero" });
}

const openInterestOf = (row: Row): Amount | undefined =>
  blank(row.openInterest)
    ? undefined
    : numberWithin(row.openInterest, "openInterest", "notNegative");

/** A row outside sets; undefined for what takes no margin. */
function itemOf(row: Row, { margin, branch, held }: RowMargin): Item | undefined {
  if (!held) return undefined;
  const { lots, unit, month } = held;
  const closing = branch === "future" ? undefined : closingPrice(row);
  return {
    id: String(row.contract ?? ""),
    lots: lots.toNumber(),
    margin,
    cost: closing ? closing.price.times(unit).times(lots) : margin.times(0),
    month,
    openInterest: openInterestOf(row),
    price: closing?.price,
    from: closing?.from ?? NO_PREMIUM,
  };
}

/** A row of the table as a leg, and where it stands. */
interface Placed {
  readonly row: Row;
  readonly index: number;
}

type Leg = Holding & { readonly joins: Joining };
const isOption = ({ joins }: Leg): boolean => joins.strike !== undefined;

/**
 * A set closed leg by leg in equal lots: its margin comes free, what is short is bought back, a long option is sold;
 * shares stay.
 */
function itemOfSet(
  { combination, first, second, sets, together }: Sets,
  placed: ReadonlyMap<Holding, Placed>,
  broker: Amount,
): Item {
  const traded = ([first, second] as Leg[])
    .filter(({ joins }) => joins.leg !== "long shares")
    .map((leg) => {
      const { row, index } = placed.get(leg) as Placed;
      return ofRow(index, row, () => ({
        leg,
        interest: openInterestOf(row),
        ...(isOption(leg) && closingPrice(row)),
      }));
    });
  const priced = traded.flatMap(({ leg, price, from }) =>
    price && from ? [{ leg, price, from }] : [],
  );
  const zero = together.times(0);
  const price = priced.reduce(
    (sum, { leg, price: each }) => (leg.side === "long" ? sum.minus(each) : sum.plus(each)),
    zero,
  );
  // Who closes a set trades every leg: the leg least held in the market limits it.
  const interests = traded.flatMap(({ interest }) => interest ?? []);
  const months = traded.flatMap(({ leg }) => leg.joins.month ?? []);
  return {
    id: `${first.set ?? ""} ${combination.name} ${both(combination.title)}: ${namedLeg(first)} + ${namedLeg(second)}`,
    lots: sets,
    margin: together.times(sets).times(broker),
    cost: price.times((first as Leg).joins.unit).times(sets),
    month: months.sort()[0],
    openInterest:
      interests.length === traded.length
        ? interests.reduce((least, one) => (one.lessThan(least) ? one : least))
        : undefined,
    price: priced.length > 0 ? price : undefined,
    from: priced
      .map(({ leg, price: each, from }) => `${namedLeg(leg)} ${digits(each)} ${from}`)
      .join(" + "),
  };
}

/**
 * All that can be closed, a row in a set as part of its set.
 * @throws MarginError for a row that is refused, naming it, since a total without it would be too small; and for a set
 * that is none, naming the set.
 */
export function itemsOf(rows: readonly (Row | undefined)[], terms: TableTerms): readonly Item[] {
  const written = rows.flatMap((row, index) => (row ? [{ row, index }] : []));
  const marginOf = marginOfRows(exchanges, terms);
  const single = written.flatMap(({ row, index }) =>
    ofRow(index, row, () => {
      const margin = marginOf(row);
      return blank(row.combination) ? (itemOf(row, margin) ?? []) : [];
    }),
  );
  if (written.every(({ row }) => blank(row.combination))) return single;
  const holdingOf = holdingsOfRows(exchanges, { on: terms.on, dayOfCell });
  // All rows: covered calls outside sets lock shares that a set would count.
  const placed = new Map(
    written.map(({ row, index }) => [ofRow(index, row, () => holdingOf(row)), { row, index }]),
  );
  const broker = terms.markup.plus(1);
  return [
    ...single,
    ...heldSets([...placed.keys()], terms.on).map((set) => itemOfSet(set, placed, broker)),
  ];
}
