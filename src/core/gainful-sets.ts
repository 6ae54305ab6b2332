/** The sets worth building from a book, reckoned in whole numbers: a book of 200 rows has thousands. */
import type { Arithmetic } from "./arithmetic";
import { fits } from "./combination-forms";
import type { Day } from "./day";
import type { Holding, Joining } from "./holding";
import { amount, double, exact, type Amount } from "./number";
import { MOST_DOUBLE } from "./pairing";
import { joined, meetings, setOf, type Joined, type Meeting, type Sets } from "./sets";
import type { Pace } from "./steps";

const never = (): never => {
  throw new Error("no whole numbers");
};

/** Parameters of no more decimals keep what a product lacks to a whole number far above its rounding. */
const MOST_DECIMALS = 2;

/**
 * Whole numbers of one small unit: exact as doubles. An amount times a parameter is refused where it is not whole, or
 * so large that its rounding could hide it.
 */
const wholeNumbers: Arithmetic<number> = {
  zero: 0,
  of: never,
  times: (a, b) => {
    const product = a * b;
    const whole = Math.round(product);
    return Math.abs(product - whole) < 0.001 && product < 2 ** 40 ? whole : never();
  },
  over: never,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  max: (a, b) => (a < b ? b : a),
  min: (a, b) => (a > b ? b : a),
  ifAbove: (a, b, then, otherwise) => (a > b ? then : otherwise),
};

/** Sets worth building: what one set of each saves, in whole units. */
export interface GainfulSets {
  /** The holdings of each set, by their places. */
  readonly firsts: readonly number[];
  readonly seconds: readonly number[];
  readonly worths: readonly number[];
  readonly unit: Amount;
  /** One such set with all its amounts. */
  readonly set: (index: number) => Sets;
}

/** A leg in whole numbers. */
interface WholeLeg {
  readonly place: number;
  readonly holding: Joined;
  readonly margin: number;
  readonly premium: number;
  /** Strike × unit; zero of a future and of shares. */
  readonly strike: number;
}

/** A look at two legs, in units of work. */
const LOOK = 0.01;

/**
 * The possible sets that save something, reckoned in whole numbers for speed; a book of 200 rows has
 * thousands. Undefined where some amount has too many digits for that.
 */
export function* gainfulSets(
  holdings: readonly Holding[],
  on: Day,
  pace: Pace,
): Generator<void, GainfulSets | undefined> {
  const legs = holdings.filter(joined).map(({ joins }) => joins);
  // A parameter such as 0.2 adds its own decimals to a margin's.
  const more = [...new Set(legs.map(({ rules }) => rules))]
    .flatMap(({ combinations }) => combinations)
    .flatMap(({ editions }) => editions)
    .flatMap(({ parameters }) => Object.values(parameters))
    .reduce((most, figure) => Math.max(most, amount(figure ?? "0").decimalPlaces()), 0);
  const amounts = ({ margin, premium, strike, unit }: Joining): [Amount, Amount, Amount] => [
    margin,
    premium,
    strike?.times(unit) ?? exact.zero,
  ];
  const places = legs.flatMap(amounts).reduce((most, n) => Math.max(most, n.decimalPlaces()), 0);
  const scale = Number(`1e${places + more}`);
  const wholes = new Map<Holding, WholeLeg>();
  for (const [place, holding] of holdings.entries()) {
    if (!joined(holding)) continue;
    const [margin, premium, strike] = amounts(holding.joins).map((n) =>
      Math.round(double(n) * scale),
    ) as [number, number, number];
    if (Math.max(margin, premium, strike) > MOST_DOUBLE) return undefined;
    wholes.set(holding, { place, holding, margin, premium, strike });
  }
  const found = meetings(holdings, on);
  const firsts: number[] = [];
  const seconds: number[] = [];
  const worths: number[] = [];
  const at: number[] = [];
  for (const [meeting, { known, parameters, ...legs }] of found.entries()) {
    const { form, edition } = known;
    const [ones, others] = [legs.firsts, legs.seconds].map((those) =>
      those.map((one) => wholes.get(one) as WholeLeg),
    ) as [WholeLeg[], WholeLeg[]];
    const terms = {
      firstMargin: 0,
      secondMargin: 0,
      firstPremium: 0,
      secondPremium: 0,
      strikeGap: 0,
    };
    const doubles = Object.fromEntries(
      Object.entries(parameters).map(([name, figure]) => [name, double(figure)]),
    );
    const saved = (one: WholeLeg, other: WholeLeg): number => {
      terms.firstMargin = one.margin;
      terms.secondMargin = other.margin;
      terms.firstPremium = one.premium;
      terms.secondPremium = other.premium;
      terms.strikeGap = Math.abs(one.strike - other.strike);
      try {
        if (more <= MOST_DECIMALS) {
          return one.margin + other.margin - edition.margin(wholeNumbers, terms, doubles);
        }
      } catch {
        // Not whole: exact decimals can tell.
      }
      return setOf(known, parameters, one.holding, other.holding).saved.times(scale).toNumber();
    };
    for (const one of ones) {
      for (const other of others) {
        if (!fits(form, one.holding.joins, other.holding.joins)) continue;
        const worth = saved(one, other);
        if (worth <= 0) continue;
        firsts.push(one.place);
        seconds.push(other.place);
        worths.push(worth);
        at.push(meeting);
      }
      if (pace.due(others.length * LOOK)) yield;
    }
  }
  return {
    ...{ firsts, seconds, worths, unit: exact.of(`1e-${places + more}`) },
    set: (index) => {
      const { known, parameters } = found[at[index] as number] as Meeting;
      const [first, second] = [firsts, seconds].map((each) => holdings[each[index] as number]);
      return setOf(known, parameters, first as Joined, second as Joined);
    },
  };
}
