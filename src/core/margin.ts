import type { Arithmetic } from "./arithmetic";
import type { Day } from "./day";
import { MarginError } from "./errors";
import { text, type Expression } from "./formula";
import { exact, type Amount } from "./number";
import type { Edition, RuleSet, Working } from "./rule";
import type { Right, Term } from "./terms";

/** What one short contract brings to a rule: its terms, and what the caller sets instead of the edition. */
export interface ShortContract<N> {
  readonly right: Right;
  readonly terms: Readonly<Partial<Record<Term, N>>>;
  /** Replaces the edition's ratio or coefficient (what hangs on it moves along), or is the futures margin rate. */
  readonly rate?: N | undefined;
  /** Single parameters given instead of the edition's. */
  readonly parameters?: Readonly<Record<string, N | undefined>> | undefined;
  /** The product, where editions differ by product. */
  readonly product?: string | undefined;
}

/** How much of it, by whose standard, by the rule of which day. */
export interface Terms {
  /** Whole and above zero. */
  readonly lots: Amount;
  /** The broker's addition as a fraction of the exchange's figure. */
  readonly markup: Amount;
  readonly on: Day;
}

/** Which part of the rule set the figure. */
export type Branch = "basic" | "minimum" | "cap";

/**
 * The margin of a short position and how it comes about, in the contract's currency for all lots.
 * total = premium + underlyingPart + outOfTheMoney + lift + cut + markup, to the last digit.
 */
export interface ShortMargin {
  readonly premium: Amount;
  readonly underlyingPart: Amount;
  /** Zero or negative. */
  readonly outOfTheMoney: Amount;
  /** What the minimum adds to the basic part. */
  readonly lift: Amount;
  /** What the cap takes away, zero or negative. */
  readonly cut: Amount;
  readonly markup: Amount;
  readonly total: Amount;
  /** For information: underlyingPart + outOfTheMoney, and the minimum. */
  readonly basic: Amount;
  readonly minimum: Amount;
  readonly branch: Branch;
  readonly edition: Edition;
  /** The figures the formula ran with: the edition's parameters or the caller's, and the futures margin rate. */
  readonly figures: Readonly<Record<string, Amount>>;
}

/** The additive terms in the order they are shown. */
export const ADDITIVE = [
  "premium",
  "underlyingPart",
  "outOfTheMoney",
  "lift",
  "cut",
  "markup",
] as const satisfies readonly (keyof ShortMargin)[];

/**
 * The edition of a rule in force on a day for a product.
 * @throws noRule on a day before the first edition, or for a product without one.
 */
export function editionOn(rules: RuleSet, on: Day, product = rules.defaultProduct): Edition {
  const mine = rules.editions.filter(
    ({ products }) => !products || (product !== undefined && products.includes(product)),
  );
  const inForce = mine.filter(({ from }) => from === undefined || from <= on).at(-1);
  if (inForce) return inForce;
  const family = mine[0]?.products ? `${rules.exchange} ${product}` : rules.exchange;
  if (mine[0]) {
    throw new MarginError("noRule", {
      argument: "on",
      value: on,
      detail: `${family} ${mine[0].from}`,
    });
  }
  throw new MarginError("noRule", { argument: "product", value: `${rules.exchange} ${product}` });
}

/**
 * Runs an edition's formula over any arithmetic, once everything it needs is there.
 * @throws missing, naming the term that isn't.
 */
export function run<N>(
  arithmetic: Arithmetic<N>,
  edition: Edition,
  contract: ShortContract<N>,
): { working: Working<N>; figures: Record<string, N> } {
  const { of } = arithmetic;
  const { rate } = contract;
  const terms: Partial<Record<Term, N>> = { ...contract.terms };
  if (!edition.rate && rate !== undefined) terms.rate = rate;
  for (const term of edition.needs) {
    if (terms[term] === undefined) throw new MarginError("missing", { argument: term });
  }
  const parameters: Record<string, N> = {};
  for (const [name, figure] of Object.entries(edition.parameters)) {
    const moves = edition.rate && rate !== undefined ? edition.rate : undefined;
    const given = contract.parameters?.[name];
    if (given !== undefined) parameters[name] = given;
    else if (moves?.parameter === name) parameters[name] = rate as N;
    else if (moves?.proportional.includes(name)) {
      const whole = edition.parameters[moves.parameter] as string;
      parameters[name] = arithmetic.over(arithmetic.times(rate as N, of(figure)), of(whole));
    } else parameters[name] = of(figure);
  }
  return {
    working: edition[contract.right](arithmetic, terms as Record<Term, N>, parameters),
    figures: terms.rate === undefined ? parameters : { rate: terms.rate, ...parameters },
  };
}

/**
 * The margin of a short position in one contract.
 *
 * Amounts are the rule (cap included) × (1 + markup) × lots; nothing is rounded.
 * Opening, maintenance and real-time margin are this one function with different prices.
 * @throws noRule, or missing where the formula needs a term that isn't there.
 */
export function shortMargin(
  rules: RuleSet,
  contract: ShortContract<Amount>,
  { lots, markup, on }: Terms,
): ShortMargin {
  const edition = editionOn(rules, on, contract.product);
  const { working: one, figures } = run(exact, edition, contract);
  const lift = exact.max(one.minimum.minus(one.basic), exact.zero);
  const cut = one.margin.minus(one.premium).minus(one.basic).minus(lift);
  const all = (n: Amount): Amount => n.times(lots);
  return {
    premium: all(one.premium),
    underlyingPart: all(one.underlyingPart),
    outOfTheMoney: all(one.deduction.negated()),
    lift: all(lift),
    cut: all(cut),
    markup: all(one.margin.times(markup)),
    total: all(one.margin.times(markup.plus(1))),
    basic: all(one.basic),
    minimum: all(one.minimum),
    branch: cut.lessThan(0) ? "cap" : lift.isZero() ? "basic" : "minimum",
    edition,
    figures,
  };
}

/**
 * The same rule as a native spreadsheet formula for one contract, without the leading "=".
 * @throws noRule, or missing where the formula needs a term that isn't there.
 */
export function marginFormula(
  rules: RuleSet,
  contract: ShortContract<Expression>,
  on: Day,
): string {
  const edition = editionOn(rules, on, contract.product);
  return run(text, edition, contract).working.margin.text;
}

/**
 * A short option held against its future: premium + futures margin, with the broker's addition, for all lots.
 * Prices per quoted unit, rate and markup fractions.
 */
export const coveredByFuture = (covered: {
  readonly premium: Amount;
  readonly futures: Amount;
  readonly unit: Amount;
  readonly rate: Amount;
  readonly lots: Amount;
  readonly markup: Amount;
}): Amount =>
  covered.premium
    .plus(covered.futures.times(covered.rate))
    .times(covered.unit)
    .times(covered.lots)
    .times(covered.markup.plus(1));
