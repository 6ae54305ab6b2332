/**
 * What a broker charges, inferred from the rows it printed: one markup on the exchange's figures, or one rate an underlying.
 * Nothing is taken that does not give printed figures to the fen.
 */
import { amount, impliedRate, type Amount, type Day } from "../core";
import type { Charged } from "./charge";
import { figureOf, optionOf, ruleInputs, takesMargin, tried, type Charge } from "./figure";

/** A holding with its printed figure, and the exchange's terms for it. */
export interface PrintedRow {
  readonly holding: Charged;
  readonly printed: Amount | undefined;
  readonly combined: boolean;
  readonly exchange: Charge;
}

export interface Terms {
  readonly rate?: Amount | undefined;
  readonly markup?: Amount | undefined;
}

/** The terms found for a holding; undefined where its rows tell none. */
export type Inferred = (holding: Charged) => Terms | undefined;

const ZERO = amount("0");

/** A markup is a round figure: more decimals would fit anything. */
const MARKUP_DECIMALS = 4;
/** A rate one row tells, and one several rows agree on. */
const RATE_DECIMALS = { alone: 4, together: 6 } as const;
/** Distinct answers tried against all rows of an underlying. */
const MOST_CANDIDATES = 8;

const toFen = (n: Amount): Amount => n.toDecimalPlaces(2);

type Plain = PrintedRow & { readonly printed: Amount };

/** Rows that were charged on their own: above zero, outside any set, with every price. */
const isPlain = (row: PrintedRow): row is Plain =>
  Boolean(row.printed?.greaterThan(0)) &&
  !row.combined &&
  takesMargin(row.holding) &&
  !row.holding.lacks;

const gives = ({ holding, printed }: Plain, charge: Charge, on: Day): boolean => {
  const { margin } = figureOf(holding, charge, on);
  return margin !== undefined && toFen(margin).equals(printed);
};

/** The rate one row tells, by turning its rule round. */
function rateOf({ holding, printed }: Plain, on: Day): Amount | undefined {
  const { position, price, unit } = holding;
  const perLot = printed.dividedBy(position.quantity);
  if (holding.kind === "future") {
    return price && unit ? perLot.dividedBy(price.times(unit)) : undefined;
  }
  const contract = optionOf(position);
  const inputs = ruleInputs(holding);
  if (!contract || !inputs) return undefined;
  const implied = tried(() => impliedRate(contract.rules, inputs, perLot, on));
  return "value" in implied ? implied.value : undefined;
}

const withRate = (rate: Amount): Charge => ({ given: rate, rate, markup: ZERO });

/** The roundest rate near an exact one that still gives the row. */
function rounded(row: Plain, rate: Amount, on: Day): Amount | undefined {
  for (let places = 2; places <= RATE_DECIMALS.together; places += 1) {
    const round = rate.toDecimalPlaces(places);
    const fits = round.greaterThan(0) && round.lessThanOrEqualTo(1);
    if (fits && gives(row, withRate(round), on)) return round;
  }
  return undefined;
}

/** The rate that gives most rows of an underlying; none where two give as many. */
function sharedRate(rows: readonly Plain[], on: Day): Amount | undefined {
  const candidates = new Map<string, Amount>();
  for (const row of rows) {
    if (candidates.size >= MOST_CANDIDATES) break;
    const exactRate = rateOf(row, on);
    const rate = exactRate && rounded(row, exactRate, on);
    if (rate) candidates.set(rate.toFixed(), rate);
  }
  const votes = [...candidates.values()]
    .map((rate) => ({ rate, rows: rows.filter((row) => gives(row, withRate(rate), on)).length }))
    .filter(({ rate, rows: count }) => count > 1 || rate.decimalPlaces() <= RATE_DECIMALS.alone)
    .sort((a, b) => b.rows - a.rows);
  const [first, second] = votes;
  return first && first.rows > (second?.rows ?? 0) ? first.rate : undefined;
}

/** The markup that gives more than half of the rows, an option among them. */
function sharedMarkup(rows: readonly Plain[], on: Day): Amount | undefined {
  const known = rows.flatMap((row) => {
    const { margin } = figureOf(row.holding, row.exchange, on);
    return margin?.greaterThan(0) ? [{ row, exchange: margin }] : [];
  });
  const fits = (markup: Amount): typeof known =>
    known.filter(({ row, exchange }) => toFen(exchange.times(markup.plus(1))).equals(row.printed));
  for (const { row, exchange } of known.slice(0, MOST_CANDIDATES)) {
    const markup = row.printed.dividedBy(exchange).minus(1).toDecimalPlaces(MARKUP_DECIMALS);
    if (markup.lessThan(0) || markup.greaterThan(10)) continue;
    const fitting = fits(markup);
    const proves = fitting.some(({ row: one }) => one.holding.kind === "option");
    if (proves && fitting.length * 2 > rows.length) return markup;
  }
  return undefined;
}

const grouped = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

/** ETF options and options on futures or indices are charged by separate tables of a broker. */
const familyOf = ({ position }: Charged): string =>
  optionOf(position)?.rules.underlying === "etf" ? "etf" : "futures";

/** What the printed rows of an account tell of the broker's terms. */
export function inferTerms(rows: readonly PrintedRow[], on: Day): Inferred {
  const plain = rows.filter(isPlain);
  const markups = new Map(
    [...grouped(plain, ({ holding }) => familyOf(holding))].map(([family, members]) => [
      family,
      sharedMarkup(members, on),
    ]),
  );
  const rates = new Map(
    [...grouped(plain, ({ holding }) => holding.underlying ?? "")].map(([code, members]) => [
      code,
      sharedRate(members, on),
    ]),
  );
  return (holding) => {
    const markup = markups.get(familyOf(holding));
    if (markup) return { markup };
    const rate = rates.get(holding.underlying ?? "");
    return rate && { rate };
  };
}
