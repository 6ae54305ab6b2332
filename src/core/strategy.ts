import type { Arithmetic } from "./arithmetic";
import type { Day } from "./day";
import type { Citation } from "./rule";
import type { Bilingual, Right } from "./terms";

/** One leg of a combination: what is held, and which way. Shares count in lots of the standard unit. */
export type Leg = `${"long" | "short"} ${Right | "future" | "shares"}`;

/**
 * Calls long, puts short and the underlying long gain when the price rises; every combination sets one
 * of them against one of the others. So the legs fall into two sides and the best pairing is a flow.
 */
const RISING: readonly Leg[] = ["long call", "short put", "long future", "long shares"];
export const rises = (leg: Leg): boolean => RISING.includes(leg);

/**
 * Two legs that make a combination. Both are on one underlying with one unit; options expire together
 * and none has been adjusted, unless the form says otherwise.
 */
export interface Form {
  readonly legs: readonly [first: Leg, second: Leg];
  /** Where the first leg's strike lies against the second's; left out where a leg has none. */
  readonly strike?: "below" | "equal" | "above";
  /** The first leg expires sooner than the second, on the same product. */
  readonly sooner?: true;
}

/**
 * What a combination's margin may ask for, in the contract's currency for one set:
 * - firstMargin, secondMargin: what each leg needs alone, 0 for a long option
 * - firstPremium, secondPremium: the option's price × unit
 * - strikeGap: the distance of the strikes × unit
 */
export type CombinationTerm =
  "firstMargin" | "secondMargin" | "firstPremium" | "secondPremium" | "strikeGap";

/** A combination's rule, in force from a day on until its next edition. */
export interface CombinationEdition {
  readonly from: Day | undefined;
  readonly source: Citation;
  readonly needs: readonly CombinationTerm[];
  /** An undefined figure is one the exchange sets and no source told: without the caller's there is no answer. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly margin: CombinationFormula<CombinationTerm, string>;
}

/** The margin of one set, at build and for maintenance alike, over any arithmetic. */
export type CombinationFormula<T extends CombinationTerm, P extends string> = <N>(
  arithmetic: Arithmetic<N>,
  terms: Readonly<Record<T, N>>,
  parameters: Readonly<Record<P, N>>,
) => N;

/** A way an exchange lets two legs be held together for less margin. */
export interface Combination {
  /** As counters write it: "STD", "KS". */
  readonly name: string;
  /** Other codes of the same rule. */
  readonly aliases?: readonly string[];
  readonly title: Bilingual;
  readonly forms: readonly Form[];
  /** Oldest first. */
  readonly editions: readonly CombinationEdition[];
  /** The exchange takes the set apart at the end of this many trading days before expiry; none is formed later. */
  readonly dissolves?: { readonly tradingDaysBefore: number; readonly reason: Bilingual };
}

/** Declares an edition whose formula can only touch the terms and parameters it declares. */
export const combinationEdition = <
  const T extends CombinationTerm = never,
  P extends string = never,
>(typed: {
  readonly from: Day | undefined;
  readonly source: Citation;
  readonly needs: readonly T[];
  readonly parameters: Readonly<Record<P, string | undefined>>;
  readonly margin: CombinationFormula<T, P>;
}): CombinationEdition => typed as unknown as CombinationEdition;
