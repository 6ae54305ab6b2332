import { tradingDayBefore, type Day } from "./day";
import { MarginError } from "./errors";
import { expiryRank, type Holding, type Joining } from "./holding";
import { amount, exact, type Amount } from "./number";
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

/**
 * The margin of one set.
 * @throws missing, naming the term or parameter that isn't there.
 */
export function combinedMargin(
  edition: CombinationEdition,
  terms: Readonly<Partial<Record<CombinationTerm, Amount | undefined>>>,
  given: Readonly<Record<string, Amount | undefined>> = {},
  detail?: string,
): Amount {
  const missing = (argument: string): MarginError =>
    new MarginError("missing", { argument, ...(detail && { detail }) });
  for (const term of edition.needs) if (!terms[term]) throw missing(term);
  const parameters: Record<string, Amount> = {};
  for (const [name, figure] of Object.entries(edition.parameters)) {
    const used = given[name] ?? (figure === undefined ? undefined : amount(figure));
    if (!used) throw missing(name);
    parameters[name] = used;
  }
  return edition.margin(exact, terms as Record<CombinationTerm, Amount>, parameters);
}

/** Whether the strikes of two options lie as a form asks. */
const strikesFit = ({ strike }: Form, first: Amount, second: Amount): boolean =>
  strike === undefined ||
  (strike === "below"
    ? first.lessThan(second)
    : strike === "above"
      ? first.greaterThan(second)
      : first.equals(second));

/** Whether two legs of one product make a form: unit, month, expiry and strikes. */
function fits(form: Form, first: Joining, second: Joining): boolean {
  if (!first.unit.equals(second.unit)) return false;
  const options = first.strike && second.strike;
  if (form.sooner ? expiryRank(first) >= expiryRank(second) : !sameMonth(first, second)) {
    return false;
  }
  return !options || strikesFit(form, options && first.strike, second.strike);
}

/** Shares go with every month; a future with the options on it, whichever series; options with their own expiry. */
const sameMonth = (first: Joining, second: Joining): boolean =>
  !first.month ||
  !second.month ||
  (first.month === second.month &&
    (!first.strike || !second.strike || first.series === second.series));

/** Whether the exchange has taken such a set apart by the day. */
export function dissolved({ dissolves }: Combination, legs: readonly Joining[], on: Day): boolean {
  if (!dissolves) return false;
  return legs.some(
    ({ expiry }) => !expiry || on > tradingDayBefore(expiry, dissolves.tradingDaysBefore),
  );
}

/** A form an exchange knows, and whose rule it is on the day. */
interface Known {
  readonly form: Form;
  readonly combination: Combination;
  readonly edition: CombinationEdition;
}

/** An exchange's forms in force on a day, by first and second leg. */
function formsOn({ combinations }: RuleSet, on: Day): ReadonlyMap<Leg, ReadonlyMap<Leg, Known[]>> {
  const forms = new Map<Leg, Map<Leg, Known[]>>();
  for (const combination of combinations) {
    const edition = editionInForce(combination, on);
    if (!edition) continue;
    for (const form of combination.forms) {
      const [first, second] = form.legs;
      const seconds = forms.get(first) ?? new Map<Leg, Known[]>();
      forms.set(first, seconds);
      seconds.set(second, [...(seconds.get(second) ?? []), { form, combination, edition }]);
    }
  }
  return forms;
}

/** One set of two legs by a form that they fit. */
export function setOf(
  { combination, edition }: Known,
  [first, second]: readonly [Holding, Holding],
  detail?: string,
): Sets {
  const [one, other] = [first.joins as Joining, second.joins as Joining];
  const apart = one.margin.plus(other.margin);
  const together = combinedMargin(
    edition,
    {
      firstMargin: one.margin,
      secondMargin: other.margin,
      firstPremium: one.premium,
      secondPremium: other.premium,
      strikeGap: one.strike && other.strike && one.strike.minus(other.strike).abs().times(one.unit),
    },
    {},
    detail,
  );
  return { combination, first, second, sets: 1, apart, together, saved: apart.minus(together) };
}

/** Finds the forms that two holdings make together, whichever comes first. */
export function matcher(
  on: Day,
): (a: Holding, b: Holding) => [Known, readonly [Holding, Holding]][] {
  const byExchange = new Map<RuleSet, ReturnType<typeof formsOn>>();
  return (a, b) => {
    const [one, other] = [a.joins, b.joins];
    if (!one || !other || one.rules !== other.rules || one.product !== other.product) return [];
    let forms = byExchange.get(one.rules);
    if (!forms) byExchange.set(one.rules, (forms = formsOn(one.rules, on)));
    const found: [Known, readonly [Holding, Holding]][] = [];
    for (const known of forms.get(one.leg)?.get(other.leg) ?? []) {
      if (fits(known.form, one, other)) found.push([known, [a, b]]);
    }
    for (const known of forms.get(other.leg)?.get(one.leg) ?? []) {
      if (fits(known.form, other, one)) found.push([known, [b, a]]);
    }
    return found;
  };
}

/** Whether every parameter of an edition has a figure. */
const answerable = ({ edition }: Known): boolean =>
  Object.values(edition.parameters).every((figure) => figure !== undefined);

/**
 * Calls long, puts short and the underlying long gain when the price rises; every combination sets one
 * of them against one of the others. So the legs fall into two sides and the best pairing is a flow.
 */
const RISING: readonly Leg[] = ["long call", "short put", "long future", "long shares"];
export const rises = (leg: Leg): boolean => RISING.includes(leg);

/** All sets that two of the holdings can make on a day and a rule prices: the best of each two. */
export function possibleSets(holdings: readonly Holding[], on: Day): readonly Sets[] {
  const formsOf = matcher(on);
  const groups = new Map<string, { rising: Holding[]; falling: Holding[] }>();
  for (const holding of holdings) {
    const { joins } = holding;
    if (!joins) continue;
    const key = `${joins.rules.exchange} ${joins.product}`;
    const group = groups.get(key) ?? { rising: [], falling: [] };
    groups.set(key, group);
    (rises(joins.leg) ? group.rising : group.falling).push(holding);
  }
  const found: Sets[] = [];
  for (const { rising, falling } of groups.values()) {
    for (const a of rising) {
      for (const b of falling) {
        let best: Sets | undefined;
        for (const [known, legs] of formsOf(a, b)) {
          const joins = legs.map((leg) => leg.joins as Joining);
          if (!answerable(known) || dissolved(known.combination, joins, on)) continue;
          const set = setOf(known, legs);
          if (!best || set.saved.greaterThan(best.saved)) best = set;
        }
        if (best) found.push(best);
      }
    }
  }
  return found;
}
