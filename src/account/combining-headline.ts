/** What combining does to the headline. A printed margin may have relief in it that no row tells of. */
import { amount, type Amount } from "../core";
import type { Combining } from "./combining";

/** The account's margin on the way from the sets held to the best ones. */
export interface OnHeadline {
  /** Once the lines counted have come to so much; never below what the best takes. */
  readonly at: (margin: Amount) => Amount;
  readonly freed: Amount;
  /** How far it is below the rules: relief that may be granted already isn't freed once more. Zero where it isn't. */
  readonly below: Amount;
  /** The best by the rules, with what stands beside the lines counted. */
  readonly least: Amount;
}

const ZERO = amount("0");

/**
 * The way of a headline; `open` where it holds rows of unknown margin, so that what is in it of the others can't be
 * told, and `tooLow` where it is below the best by the rules, so that it is no start at all.
 */
export function onHeadline(
  whole: Amount,
  { now, best, beside }: Pick<Combining, "now" | "best" | "beside">,
): OnHeadline | "open" | { readonly tooLow: Amount } {
  if (!beside) return "open";
  const counted = whole.minus(beside);
  const least = best.plus(beside);
  if (counted.lessThan(best)) return { tooLow: least };
  if (counted.greaterThanOrEqualTo(now)) {
    const at = (margin: Amount): Amount => whole.plus(margin).minus(now);
    return { at, freed: now.minus(best), below: ZERO, least };
  }
  const at = (margin: Amount): Amount => {
    if (margin.greaterThan(now)) return whole.plus(margin).minus(now);
    return margin.lessThan(counted) ? margin.plus(beside) : whole;
  };
  return { at, freed: counted.minus(best), below: now.minus(counted), least };
}
