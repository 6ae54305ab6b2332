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

/** By what the minimum adds and what the cap takes away. */
export const branchOf = (lift: number, cut: number): Branch =>
  cut < 0 ? "cap" : lift === 0 ? "basic" : "minimum";

/**
 * What the margin of a short position is made of, in the contract's currency for all lots.
 * total = premium + underlyingPart + outOfTheMoney + lift + cut + markup, to the last digit.
 */
export interface ShortAmounts<N> {
  readonly premium: N;
  readonly underlyingPart: N;
  /** Zero or negative. */
  readonly outOfTheMoney: N;
  /** What the minimum adds to the basic part. */
  readonly lift: N;
  /** What the cap takes away, zero or negative. */
  readonly cut: N;
  readonly markup: N;
  readonly total: N;
  /** For information: underlyingPart + outOfTheMoney, and the minimum. */
  readonly basic: N;
  readonly minimum: N;
}

/** The margin of a short position and how it comes about. */
export interface ShortMargin extends ShortAmounts<Amount> {
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

/** Terms with the futures margin rate; written out, as books of a hundred thousand rows ask for it. */
const atRate = <N>(
  { settlement, underlying, strike, multiplier }: ShortContract<N>["terms"],
  rate: N,
): Readonly<Record<Term, N | undefined>> => ({ settlement, underlying, strike, multiplier, rate });

/**
 * Runs an edition's formula over any arithmetic, once everything it needs is there.
 * @throws missing, naming the term that isn't.
 */
export function run<N>(
  arithmetic: Arithmetic<N>,
  edition: Edition,
  contract: ShortContract<N>,
): { working: Working<N>; figures: Record<string, N> } {
  const { rate } = contract;
  const isTerm = !edition.rate && rate !== undefined;
  const terms: Readonly<Partial<Record<Term, N | undefined>>> = isTerm
    ? atRate(contract.terms, rate)
    : contract.terms;
  for (const term of edition.needs) {
    if (terms[term] === undefined) throw new MarginError("missing", { argument: term });
  }
  const parameters = parametersAt(arithmetic, edition, rate, contract.parameters);
  return {
    working: edition[contract.right](arithmetic, terms as Record<Term, N>, parameters),
    figures: terms.rate === undefined ? parameters : { rate: terms.rate, ...parameters },
  };
}

/** An edition's parameters at a rate, which moves those that hang on it. */
export function parametersAt<N>(
  arithmetic: Arithmetic<N>,
  edition: Edition,
  rate: N | undefined,
  instead?: ShortContract<N>["parameters"],
): Record<string, N> {
  const { of } = arithmetic;
  const parameters: Record<string, N> = {};
  const moves = rate === undefined ? undefined : edition.rate;
  for (const [name, figure] of Object.entries(edition.parameters)) {
    const given = instead?.[name];
    if (given !== undefined) parameters[name] = given;
    else if (moves?.parameter === name) parameters[name] = rate as N;
    else if (moves?.proportional.includes(name)) {
      const whole = edition.parameters[moves.parameter] as string;
      parameters[name] = arithmetic.over(arithmetic.times(rate as N, of(figure)), of(whole));
    } else parameters[name] = of(figure);
  }
  return parameters;
}

/**
 * The amounts of a short position over any arithmetic, from the working of one contract:
 * the rule (cap included) × (1 + markup) × lots. Each is worked out when it is asked for.
 */
export function shortAmounts<N>(
  { of, plus, minus, times, max, zero }: Arithmetic<N>,
  one: Working<N>,
  { lots, markup }: { readonly lots: N; readonly markup: N },
): { readonly [Name in keyof ShortAmounts<N>]: () => N } {
  const all = (n: N): N => times(n, lots);
  let lifted: N | undefined;
  const lift = (): N => (lifted ??= max(minus(one.minimum, one.basic), zero));
  return {
    premium: () => all(one.premium),
    underlyingPart: () => all(one.underlyingPart),
    outOfTheMoney: () => all(minus(zero, one.deduction)),
    lift: () => all(lift()),
    cut: () => all(minus(minus(minus(one.margin, one.premium), one.basic), lift())),
    markup: () => all(times(one.margin, markup)),
    total: () => all(times(one.margin, plus(markup, of("1")))),
    basic: () => all(one.basic),
    minimum: () => all(one.minimum),
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
  const { working, figures } = run(exact, edition, contract);
  const amounts = shortAmounts(exact, working, { lots, markup });
  const [lift, cut] = [amounts.lift(), amounts.cut()];
  return {
    premium: amounts.premium(),
    underlyingPart: amounts.underlyingPart(),
    outOfTheMoney: amounts.outOfTheMoney(),
    lift,
    cut,
    markup: amounts.markup(),
    total: amounts.total(),
    basic: amounts.basic(),
    minimum: amounts.minimum(),
    branch: branchOf(lift.isZero() ? 0 : 1, cut.lessThan(0) ? -1 : 0),
    edition,
    figures,
  };
}

/** The total of shortMargin alone, for many attempts. @throws what shortMargin does */
export function shortTotal(
  rules: RuleSet,
  contract: ShortContract<Amount>,
  { lots, markup, on }: Terms,
): Amount {
  const { working } = run(exact, editionOn(rules, on, contract.product), contract);
  return shortAmounts(exact, working, { lots, markup }).total();
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
