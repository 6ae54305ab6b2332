/**
 * What a broker charges on an underlying, inferred from the rows it printed there: one rate, or one markup on the
 * exchange's figures. Nothing is taken that does not give printed figures of two contracts to the fen, but a round
 * figure for a lone one.
 */
import { amount, double, impliedRate, type Amount, type Day, type Pace } from "../core";
import type { Charged } from "./charge";
import { marginBy, optionOf, ruleInputs, takesMargin, tried, type Charge } from "./figure";
import { marginNearly, mayEqual } from "./nearly";

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

/** More decimals would fit anything; one contract alone tells a round figure only, 12.5 % or half as much again. */
const MOST_DECIMALS = {
  rate: { alone: 3, together: 4 },
  markup: { alone: 2, together: 4 },
} as const;
/** Contracts of an underlying that are asked for terms; all are asked whether those terms give their rows. */
const MOST_ASKED = 8;

const toFen = (n: Amount): Amount => n.toDecimalPlaces(2);

type Plain = PrintedRow & { readonly printed: Amount };

/** Rows that were charged on their own: above zero, outside any set, with every price. */
const isPlain = (row: PrintedRow): row is Plain =>
  Boolean(row.printed?.greaterThan(0)) &&
  !row.combined &&
  takesMargin(row.holding) &&
  !row.holding.lacks;

/** Terms that give at least one row, and how a row is tried with them. */
interface Candidate {
  readonly terms: Terms;
  readonly decimals: number;
  readonly gives: (row: Plain) => boolean;
}

/** The terms with the fewest decimals that give a row. */
function roundest(
  row: Plain,
  most: number,
  of: (places: number) => Candidate | undefined,
): Candidate | undefined {
  for (let places = 0; places <= most; places += 1) {
    const candidate = of(places);
    if (candidate?.gives(row)) return candidate;
  }
  return undefined;
}

/** The rate one row tells, by turning its rule round. */
function exactRate({ holding, printed }: Plain, on: Day): Amount | undefined {
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

function rateCandidate(row: Plain, most: number, on: Day): Candidate | undefined {
  const exact = exactRate(row, on);
  if (!exact) return undefined;
  // No broker takes less than the exchange.
  const least = row.exchange.gap ? undefined : row.exchange.rate;
  return roundest(row, most, (places) => {
    const rate = exact.toDecimalPlaces(places);
    if (!rate.greaterThan(0) || rate.greaterThan(1) || least?.greaterThan(rate)) return undefined;
    const charge: Charge = { given: rate, rate, markup: ZERO };
    return {
      terms: { rate },
      decimals: rate.decimalPlaces(),
      gives: ({ holding, printed }) => {
        if (!mayEqual(marginNearly(holding, {}, charge, on), double(printed))) return false;
        const margin = marginBy(holding, charge, on);
        return margin !== undefined && toFen(margin).equals(printed);
      },
    };
  });
}

/** A future alone can't tell a markup from a rate; an option's premium can. */
function markupCandidate(
  row: Plain,
  most: number,
  exchangeOf: (row: Plain) => Amount | undefined,
): Candidate | undefined {
  const exchange = exchangeOf(row);
  if (row.holding.kind !== "option" || !exchange) return undefined;
  const exact = row.printed.dividedBy(exchange).minus(1);
  return roundest(row, most, (places) => {
    const markup = exact.toDecimalPlaces(places);
    if (markup.lessThan(0) || markup.greaterThan(10)) return undefined;
    const factor = markup.plus(1);
    return {
      terms: { markup },
      decimals: markup.decimalPlaces(),
      gives: (other) => {
        const plain = exchangeOf(other);
        return Boolean(plain && toFen(plain.times(factor)).equals(other.printed));
      },
    };
  });
}

/** The exchange's own figure of a row, worked out once. */
function exchangeFigures(on: Day): (row: Plain) => Amount | undefined {
  const figures = new Map<Plain, Amount | undefined>();
  return (row) => {
    if (!figures.has(row)) {
      const margin = marginBy(row.holding, row.exchange, on);
      figures.set(row, margin?.greaterThan(0) ? margin : undefined);
    }
    return figures.get(row);
  };
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

/** How many contracts have all their rows given; broken off, with too few, once they can't be as many as another's. */
function* contractsGiven(
  { gives }: Candidate,
  contracts: readonly (readonly Plain[])[],
  most: number,
  pace: Pace,
): Generator<void, number> {
  let given = 0;
  let left = contracts.length;
  for (const rows of contracts) {
    if (given + left < most) break;
    if (rows.every(gives)) given += 1;
    left -= 1;
    if (pace.due(rows.length)) yield;
  }
  return given;
}

/** A rate is turned round and tried with more and more decimals. */
const TRYING = 4;

/** The terms that give most of an underlying's contracts, the rounder of two; none where neither is better. */
function* termsOf(rows: readonly Plain[], on: Day, pace: Pace): Generator<void, Terms | undefined> {
  const contracts = [...grouped(rows, ({ holding }) => holding.position.contract).values()];
  const many = contracts.length > 1 ? "together" : "alone";
  const exchangeOf = exchangeFigures(on);
  const candidates = new Map<string, Candidate>();
  for (const [row] of contracts.slice(0, MOST_ASKED)) {
    if (!row) continue;
    const told = [
      rateCandidate(row, MOST_DECIMALS.rate[many], on),
      markupCandidate(row, MOST_DECIMALS.markup[many], exchangeOf),
    ];
    for (const one of told) {
      const { rate, markup } = one?.terms ?? {};
      if (one) candidates.set(`${rate?.toFixed()} ${markup?.toFixed()}`, one);
    }
    if (pace.due(TRYING)) yield;
  }
  // More than half, and of several contracts at least two.
  const enough = many === "alone" ? 1 : Math.max(2, Math.floor(contracts.length / 2) + 1);
  const counts: { candidate: Candidate; given: number }[] = [];
  let most = enough;
  for (const candidate of candidates.values()) {
    const given = yield* contractsGiven(candidate, contracts, most, pace);
    if (given >= enough) counts.push({ candidate, given });
    most = Math.max(most, given);
  }
  const better = (a: (typeof counts)[number], b: (typeof counts)[number]): number =>
    b.given - a.given || a.candidate.decimals - b.candidate.decimals;
  const [first, second] = counts.sort(better);
  return first && !(second && better(first, second) === 0) ? first.candidate.terms : undefined;
}

/** What the printed rows of an account tell of the broker's terms, underlying by underlying. */
export function* inferInSteps(
  rows: readonly PrintedRow[],
  on: Day,
  pace: Pace,
): Generator<void, Inferred> {
  const plain = rows.filter(isPlain);
  const found = new Map<string, Terms | undefined>();
  for (const [code, members] of grouped(plain, ({ holding }) => holding.underlying ?? "")) {
    if (code !== "") found.set(code, yield* termsOf(members, on, pace));
  }
  return ({ underlying }) => found.get(underlying ?? "");
}
