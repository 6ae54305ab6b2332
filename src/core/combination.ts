import { likelyTradingDayFrom } from "./calendar";
import type { Day } from "./day";
import { MarginError } from "./errors";
import { expiryRank, type Holding, type Joining } from "./holding";
import type { Arithmetic } from "./arithmetic";
import { amount, exact, type Amount } from "./number";
import { MOST_DOUBLE } from "./pairing";
import type { RuleSet } from "./rule";
import type { Combination, CombinationEdition, CombinationTerm, Form, Leg } from "./strategy";

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

/** The edition of a combination in force on a day, or undefined on a day before its first. */
const editionInForce = ({ editions }: Combination, on: Day): CombinationEdition | undefined =>
  editions.filter(({ from }) => from === undefined || from <= on).at(-1);

/**
 * The edition of a combination on a day; the newest where the day does not matter.
 * @throws noRule on a day before the first.
 */
export function combinationEditionOn(
  { exchange }: RuleSet,
  combination: Combination,
  on?: Day,
): CombinationEdition {
  const found = on === undefined ? combination.editions.at(-1) : editionInForce(combination, on);
  if (found) return found;
  throw new MarginError("noRule", {
    argument: "on",
    value: on,
    detail: `${exchange} ${combination.name} ${combination.editions[0]?.from ?? ""}`,
  });
}

/** The combination that two option legs with these strikes make at an exchange. */
export const combinationOf = (
  { combinations }: RuleSet,
  [one, other]: readonly [Leg, Leg],
  firstStrike: Amount,
  secondStrike: Amount,
): Combination | undefined =>
  combinations.find(({ forms }) =>
    forms.some(
      (form) =>
        form.legs[0] === one &&
        form.legs[1] === other &&
        strikesFit(form, firstStrike, secondStrike),
    ),
  );

/** A combination by its code, in any case. */
export const combinationNamed = (
  { combinations }: RuleSet,
  code: string,
): Combination | undefined =>
  combinations.find(({ name, aliases = [] }) =>
    [name, ...aliases].includes(code.normalize("NFKC").trim().toUpperCase()),
  );

const missing = (argument: string, detail: string | undefined): MarginError =>
  new MarginError("missing", { argument, ...(detail && { detail }) });

/** The figures of an edition's parameters, the given ones in place of its own. @throws missing */
function parametersOf(
  { parameters }: CombinationEdition,
  given: Readonly<Record<string, Amount | undefined>> = {},
  detail?: string,
): Record<string, Amount> {
  const used: Record<string, Amount> = {};
  for (const [name, figure] of Object.entries(parameters)) {
    const value = given[name] ?? (figure === undefined ? undefined : amount(figure));
    if (!value) throw missing(name, detail);
    used[name] = value;
  }
  return used;
}

type Terms = Readonly<Partial<Record<CombinationTerm, Amount | undefined>>>;

/** The margin of one set by figures at hand. @throws missing, naming the term that isn't there */
function marginBy(
  { needs, margin }: CombinationEdition,
  terms: Terms,
  parameters: Record<string, Amount>,
): Amount {
  for (const term of needs) if (!terms[term]) throw missing(term, undefined);
  return margin(exact, terms as Record<CombinationTerm, Amount>, parameters);
}

/**
 * The margin of one set.
 * @throws missing, naming the term or parameter that isn't there.
 */
export const combinedMargin = (
  edition: CombinationEdition,
  terms: Terms,
  given: Readonly<Record<string, Amount | undefined>> = {},
): Amount => marginBy(edition, terms, parametersOf(edition, given));

/** Whether the strikes of two options lie as a form asks. */
const strikesFit = ({ strike }: Form, first: Amount, second: Amount): boolean =>
  strike === undefined ||
  (strike === "below"
    ? first.lessThan(second)
    : strike === "above"
      ? first.greaterThan(second)
      : first.equals(second));

/** Whether two legs of one product make a form: month, expiry, unit and strikes. */
function fits(form: Form, first: Joining, second: Joining): boolean {
  const inTime = form.sooner ? expiryRank(first) < expiryRank(second) : sameMonth(first, second);
  if (!inTime || !first.unit.equals(second.unit)) return false;
  return !first.strike || !second.strike || strikesFit(form, first.strike, second.strike);
}

/** Shares go with every month; a future with the options on it, whichever series; options with their own expiry. */
const sameMonth = (first: Joining, second: Joining): boolean =>
  !first.month ||
  !second.month ||
  (first.month === second.month &&
    (!first.strike || !second.strike || first.series === second.series));

/** Whether the exchange has taken a leg's sets apart by the day; where its expiry is not known, it may have. */
function dissolved({ dissolves }: Combination, { expiry, rules }: Joining, on: Day): boolean {
  if (!dissolves) return false;
  return !expiry || on > likelyTradingDayFrom(expiry, -dissolves.tradingDaysBefore, rules.calendar);
}

/** A form an exchange knows, and the rule in force on the day. */
interface Known {
  readonly form: Form;
  readonly combination: Combination;
  readonly edition: CombinationEdition;
}

/** An exchange's forms in force on a day. */
const formsOn = ({ combinations }: RuleSet, on: Day): readonly Known[] =>
  combinations.flatMap((combination) => {
    const edition = editionInForce(combination, on);
    return edition ? combination.forms.map((form) => ({ form, combination, edition })) : [];
  });

/** Whether every parameter of an edition has a figure. */
const answerable = ({ edition }: Known): boolean =>
  Object.values(edition.parameters).every((figure) => figure !== undefined);

type Joined = Holding & { readonly joins: Joining };
const joined = (holding: Holding): holding is Joined => holding.joins !== undefined;

/** One set of two legs by a form that they fit. */
function setOf(
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

type Visit = (
  known: Known,
  parameters: Record<string, Amount>,
  first: Joined,
  second: Joined,
) => void;

/**
 * Visits every two holdings that make a set on a day and a rule prices, exchange by exchange as they first come.
 * @throws outOfRange for more than 1,000 rows of one product.
 */
function eachPair(holdings: readonly Holding[], on: Day, visit: Visit): void {
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
  for (const { rules, legs } of products.values()) {
    const count = [...legs.values()].reduce((sum, alike) => sum + alike.length, 0);
    if (count > MOST_LEGS && rules.combinations.length > 0) {
      throw new MarginError("outOfRange", {
        argument: "positions",
        value: count,
        must: "tooManyLegs",
      });
    }
    for (const known of formsOn(rules, on)) {
      if (!answerable(known)) continue;
      const parameters = parametersOf(known.edition);
      const [firsts, seconds] = known.form.legs.map((leg) =>
        (legs.get(leg) ?? []).filter(({ joins }) => !dissolved(known.combination, joins, on)),
      ) as [Joined[], Joined[]];
      for (const first of firsts) {
        for (const second of seconds) {
          if (fits(known.form, first.joins, second.joins)) visit(known, parameters, first, second);
        }
      }
    }
  }
}

/**
 * All sets that two of the holdings can make on a day and a rule prices.
 * @throws outOfRange for more than 1,000 rows of one product.
 */
export function possibleSets(holdings: readonly Holding[], on: Day): readonly Sets[] {
  const found: Sets[] = [];
  eachPair(holdings, on, (...pair) => found.push(setOf(...pair)));
  return found;
}

const never = (): never => {
  throw new Error("no whole numbers");
};

/** Whole numbers of one small unit: exact as doubles, and all a rule without parameters asks for. */
const wholeNumbers: Arithmetic<number> = {
  zero: 0,
  of: never,
  times: never,
  over: never,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  max: (a, b) => (a < b ? b : a),
  min: (a, b) => (a > b ? b : a),
  ifAbove: (a, b, then, otherwise) => (a > b ? then : otherwise),
};

/** Sets worth building: what one set of each saves, in whole units. */
export interface GainfulSets {
  readonly firsts: readonly Holding[];
  readonly seconds: readonly Holding[];
  readonly worths: readonly number[];
  readonly unit: Amount;
  /** One such set with all its amounts. */
  readonly set: (index: number) => Sets;
}

/**
 * The possible sets that save something, reckoned in whole numbers for speed; a book of 200 rows has
 * thousands. Undefined where some amount has too many digits for that.
 */
export function gainfulSets(holdings: readonly Holding[], on: Day): GainfulSets | undefined {
  const legs = holdings.filter(joined).map(({ joins }) => joins);
  const amounts = ({ margin, premium, strike, unit }: Joining): Amount[] => [
    margin,
    premium,
    strike?.times(unit) ?? exact.zero,
  ];
  // A parameter such as 0.2 adds its own decimals to a margin's.
  const more = [...new Set(legs.map(({ rules }) => rules))]
    .flatMap(({ combinations }) => combinations)
    .flatMap(({ editions }) => editions)
    .flatMap(({ parameters }) => Object.values(parameters))
    .reduce((most, figure) => Math.max(most, amount(figure ?? "0").decimalPlaces()), 0);
  const places = legs.flatMap(amounts).reduce((most, n) => Math.max(most, n.decimalPlaces()), 0);
  const scale = exact.of(`1e${places + more}`);
  const whole = new Map<Joining, readonly number[]>();
  for (const leg of legs) {
    const scaled = amounts(leg).map((n) => n.times(scale));
    if (scaled.some((n) => n.greaterThan(MOST_DOUBLE))) return undefined;
    whole.set(
      leg,
      scaled.map((n) => n.toNumber()),
    );
  }
  const pairs: Parameters<Visit>[] = [];
  const worths: number[] = [];
  eachPair(holdings, on, (...pair) => {
    const [{ edition }, , first, second] = pair;
    const [m = 0, p = 0, k = 0] = whole.get(first.joins) ?? [];
    const [m2 = 0, p2 = 0, k2 = 0] = whole.get(second.joins) ?? [];
    const plain = Object.keys(edition.parameters).length === 0;
    const terms = {
      ...{ firstMargin: m, secondMargin: m2, firstPremium: p, secondPremium: p2 },
      strikeGap: Math.abs(k - k2),
    };
    const worth = plain
      ? m + m2 - edition.margin(wholeNumbers, terms, {})
      : setOf(...pair)
          .saved.times(scale)
          .toNumber();
    if (worth <= 0) return;
    pairs.push(pair);
    worths.push(worth);
  });
  return {
    firsts: pairs.map(([, , first]) => first),
    seconds: pairs.map(([, , , second]) => second),
    worths,
    unit: exact.of(`1e-${places + more}`),
    set: (index) => setOf(...(pairs[index] as Parameters<Visit>)),
  };
}

/** Why two rows make no set: no form fits, or the exchange has taken the set apart by the day. */
export type NoSet = "setForm" | "setDissolved";

/**
 * The set that two rows make, whichever comes first, or why they make none.
 * @throws missing where the rule lacks a figure.
 */
export function setOrNone(a: Holding, b: Holding, on: Day, detail = ""): Sets | NoSet {
  if (!joined(a) || !joined(b)) return "setForm";
  const { rules, product } = a.joins;
  if (rules !== b.joins.rules || product !== b.joins.product) return "setForm";
  let none: NoSet = "setForm";
  for (const combination of rules.combinations) {
    for (const form of combination.forms) {
      for (const [first, second] of [[a, b] as const, [b, a] as const]) {
        const [one, other] = form.legs;
        if (first.joins.leg !== one || second.joins.leg !== other) continue;
        if (!fits(form, first.joins, second.joins)) continue;
        const edition = editionInForce(combination, on);
        if (!edition) continue;
        none = "setDissolved";
        if (dissolved(combination, a.joins, on) || dissolved(combination, b.joins, on)) continue;
        const known = { form, combination, edition };
        return setOf(known, parametersOf(edition, {}, detail), first, second);
      }
    }
  }
  return none;
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

/**
 * Calls long, puts short and the underlying long gain when the price rises; every combination sets one
 * of them against one of the others. So the legs fall into two sides and the best pairing is a flow.
 */
const RISING: readonly Leg[] = ["long call", "short put", "long future", "long shares"];
export const rises = (leg: Leg): boolean => RISING.includes(leg);
