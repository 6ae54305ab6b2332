import { MarginError } from "./errors";
import { exact, type Amount } from "./number";

/** What one more short lot takes and brings, and the account it comes into; amounts in its currency. */
export interface RoomFor {
  /** Margin of one lot. */
  readonly margin: Amount;
  /** Premium of one lot. */
  readonly premium: Amount;
  /** Cash basis; may be negative. */
  readonly equity: Amount;
  /** The risk ratio to stay below, a fraction above zero. */
  readonly line: Amount;
  /** Margin in use before. */
  readonly marginUsed: Amount;
  /** Whether the premium received counts as equity at once. */
  readonly premiumCounts: boolean;
}

/**
 * The most lots that can be sold with the risk ratio still below a line:
 * the largest n ≥ 0 with marginUsed + n·margin < line·equity, or < line·(equity + n·premium) where premium counts.
 * 0 where not even the first lot fits, the line already reached included.
 *
 * @throws noModelFigure where every further lot brings at least what it takes at that line: there is no largest n.
 * @example margin 3344.4, equity 50000, line 0.8, nothing in use → 11: the twelfth would make 40132.8 of 40000
 */
export function maxLots(room: RoomFor): Amount {
  const { margin, premium, equity, line, marginUsed, premiumCounts } = room;
  const left = line.times(equity).minus(marginUsed);
  const takes = premiumCounts ? margin.minus(line.times(premium)) : margin;
  if (takes.lessThan(0) || (takes.isZero() && left.greaterThan(0))) {
    throw new MarginError("noModelFigure", {
      argument: "premium",
      value: premium,
      detail: "noLargest",
      choices: [margin.toFixed()],
    });
  }
  if (left.lessThanOrEqualTo(0)) return exact.zero;
  const lots = left.dividedToIntegerBy(takes);
  // Exactly on the line counts as reached.
  return takes.times(lots).lessThan(left) ? lots : lots.minus(1);
}
