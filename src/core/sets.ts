/** Sets that two holdings can make: by the exchanges' combinations in force on a day, with what one takes and saves. */
import { marginBy, parametersOf } from "./combination";
import {
  answerable,
  dissolved,
  fits,
  formOfTwo,
  formsOn,
  type Known,
  type NoSet,
} from "./combination-forms";
import type { Day } from "./day";
import { MarginError } from "./errors";
import type { Holding, Joining } from "./holding";
import type { Amount } from "./number";
import type { RuleSet } from "./rule";
import type { Combination, Leg } from "./strategy";

/** Sets of one combination; amounts in the contract's currency for one set, without a broker's markup. */
export interface Sets {
  readonly combination: Combination;
  readonly first: Holding;
  readonly second: Holding;
  readonly sets: number;
  /** What the two legs need alone. */
  readonly apart: Amount;
  readonly together: Amount;
  /** Below zero where a set costs more than its legs: it can be held, but none is built. */
  readonly saved: Amount;
}

/** A holding that may be part of a set. */
export type Joined = Holding & { readonly joins: Joining };
export const joined = (holding: Holding): holding is Joined => holding.joins !== undefined;

/** One set of two legs by a form that they fit. */
export function setOf(
  { combination, edition }: Known,
  parameters: Record<string, Amount>,
  first: Joined,
  second: Joined,
): Sets {
  const [one, other] = [first.joins, second.joins];
  const apart = one.margin.plus(other.margin);
  const terms = {
    firstMargin: one.margin,
    secondMargin: other.margin,
    firstPremium: one.premium,
    secondPremium: other.premium,
    strikeGap:
      edition.needs.includes("strikeGap") && one.strike && other.strike
        ? one.strike.minus(other.strike).abs().times(one.unit)
        : undefined,
  };
  const together = marginBy(edition, terms, parameters);
  return { combination, first, second, sets: 1, apart, together, saved: apart.minus(together) };
}

/** A thousand rows make a quarter of a million pairs; more would keep a sheet waiting for minutes. */
const MOST_LEGS = 1000;

/** The legs of a product that may meet in a form, and the rule in force with its figures. */
export interface Meeting {
  readonly known: Known;
  readonly parameters: Record<string, Amount>;
  readonly firsts: readonly Joined[];
  readonly seconds: readonly Joined[];
}

/**
 * The legs that may make a set on a day and a rule prices, exchange by exchange as they first come.
 * @throws outOfRange for more than 1,000 rows of one product.
 */
export function meetings(holdings: readonly Holding[], on: Day): readonly Meeting[] {
  const products = new Map<string, { rules: RuleSet; legs: Map<Leg, Joined[]> }>();
  for (const holding of holdings) {
    if (!joined(holding)) continue;
    const { rules, product, leg } = holding.joins;
    const key = `${rules.exchange} ${product}`;
    const known = products.get(key) ?? { rules, legs: new Map<Leg, Joined[]>() };
    products.set(key, known);
    const alike = known.legs.get(leg);
    if (alike) alike.push(holding);
    else known.legs.set(leg, [holding]);
  }
  return [...products.values()].flatMap(({ rules, legs }) => {
    const count = [...legs.values()].reduce((sum, alike) => sum + alike.length, 0);
    if (count > MOST_LEGS && rules.combinations.length > 0) {
      throw new MarginError("outOfRange", {
        argument: "positions",
        value: count,
        must: "tooManyLegs",
      });
    }
    return formsOn(rules, on)
      .filter(answerable)
      .map((known) => {
        const { combination, edition, form } = known;
        // Most legs of a product share a few expiries.
        const apart = new Map<Day | undefined, boolean>();
        const stands = ({ joins }: Joined): boolean => {
          const gone = apart.get(joins.expiry) ?? dissolved(combination, joins, on);
          apart.set(joins.expiry, gone);
          return !gone;
        };
        const [firsts, seconds] = form.legs.map((leg) => (legs.get(leg) ?? []).filter(stands)) as [
          Joined[],
          Joined[],
        ];
        return { known, parameters: parametersOf(edition), firsts, seconds };
      });
  });
}

/**
 * All sets that two of the holdings can make on a day and a rule prices.
 * @throws outOfRange for more than 1,000 rows of one product.
 */
export const possibleSets = (holdings: readonly Holding[], on: Day): readonly Sets[] =>
  meetings(holdings, on).flatMap(({ known, parameters, firsts, seconds }) =>
    firsts.flatMap((first) =>
      seconds
        .filter((second) => fits(known.form, first.joins, second.joins))
        .map((second) => setOf(known, parameters, first, second)),
    ),
  );

/**
 * The set that two rows make, whichever comes first, or why they make none.
 * @throws missing where the rule lacks a figure.
 */
export function setOrNone(a: Holding, b: Holding, on: Day, detail = ""): Sets | NoSet {
  if (!joined(a) || !joined(b)) return "setForm";
  const found = formOfTwo(a.joins, b.joins, on);
  if (typeof found === "string") return found;
  const { known, isTurned } = found;
  const parameters = parametersOf(known.edition, {}, detail);
  return isTurned ? setOf(known, parameters, b, a) : setOf(known, parameters, a, b);
}

/**
 * The set that two rows make, whichever comes first.
 * @throws what `refuse` makes of the reason where they make none; missing where the rule lacks a figure.
 */
export function setOfTwo(
  a: Holding,
  b: Holding,
  on: Day,
  detail: string,
  refuse: (reason: NoSet) => Error,
): Sets {
  const found = setOrNone(a, b, on, detail);
  if (typeof found === "string") throw refuse(found);
  return found;
}
