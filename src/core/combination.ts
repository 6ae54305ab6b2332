import { likelyTradingDayFrom } from "./calendar";
import type { Day } from "./day";
import { MarginError } from "./errors";
import { expiryRank, type Holding, type Joining } from "./holding";
import type { Arithmetic } from "./arithmetic";
import { amount, double, exact, type Amount } from "./number";
import { MOST_DOUBLE } from "./pairing";
import type { RuleSet } from "./rule";
import type { Pace } from "./steps";
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

/** The legs of a product that may meet in a form, and the rule in force with its figures. */
interface Meeting {
  readonly known: Known;
  readonly parameters: Record<string, Amount>;
  readonly firsts: readonly Joined[];
  readonly seconds: readonly Joined[];
}

/**
 * The legs that may make a set on a day and a rule prices, exchange by exchange as they first come.
 * @throws outOfRange for more than 1,000 rows of one product.
 */
function meetings(holdings: readonly Holding[], on: Day): readonly Meeting[] {
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
