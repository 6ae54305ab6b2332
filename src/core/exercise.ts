import type { Day } from "./day";
import { MarginError, type WhyNot } from "./errors";
import { digits, exact, type Amount } from "./number";
import type { Citation, Product, RuleSet } from "./rule";
import type { Right, Side } from "./terms";

/** How an exchange has options exercised, in force from a day on until its next edition. */
export interface ExerciseEdition {
  readonly from: Day | undefined;
  readonly source: Citation;
  /** At expiry what is in the money is exercised without an instruction, all else lapses. */
  readonly automatic: boolean;
  /** How a holder gives that up: for a number of lots, for the whole position, or not at all. */
  readonly abandon: "lots" | "whole" | "none";
  /** Trading days from the exercise to the delivery of shares, cash or future. */
  readonly deliveredAfter: number;
  /** 合并行权: a call and a put on one ETF may be exercised together, net of shares. */
  readonly combined: boolean;
  /** 对冲: futures from exercise may be set off against opposite ones. */
  readonly netting: boolean;
}

/** The exercise rule of a day, which an error calls as the caller does. @throws noRule where there is none */
export function exerciseRuleOn(
  { exchange, exercise = [] }: RuleSet,
  on: Day,
  argument = "on",
): ExerciseEdition {
  const found = exercise.filter(({ from }) => from === undefined || from <= on).at(-1);
  if (found) return found;
  const first = exercise[0]?.from;
  throw new MarginError("noRule", {
    argument,
    value: on,
    detail: first ? `${exchange} ${first}` : exchange,
  });
}

/**
 * Whether the holder may exercise on a day: a European option on its expiry day, an American one on any day to it.
 * @throws notAllowed otherwise; missing where a European option's expiry is not known.
 */
export function checkExerciseDay(
  style: Product["style"],
  on: Day,
  expiry: Day | undefined,
  argument = "on",
): void {
  const refuse = (detail: WhyNot): never => {
    throw new MarginError("notAllowed", { argument, value: on, detail });
  };
  if (expiry === undefined) {
    if (style === "American") return;
    throw new MarginError("missing", { argument: "expiry" });
  }
  if (on > expiry) refuse("expired");
  if (style === "European" && on < expiry) refuse("europeanEarly");
}

/** What an option is worth exercised, per quoted unit, signed: price − strike for a call. */
const intrinsic = (right: Right, strike: Amount, price: Amount): Amount =>
  right === "call" ? price.minus(strike) : strike.minus(price);

const signed = (side: Side, holders: Amount): Amount =>
  side === "long" ? holders : holders.negated();

/**
 * 行权盈亏: profit and loss of exercise (long) or assignment (short) for all lots.
 * Signed and never floored: exercising out of the money loses. Premium counts only where given.
 *
 * @example exercisePnl("call", "long", 2200, 2210, 10, 1, 0) // 100
 */
export function exercisePnl(
  right: Right,
  side: Side,
  strike: Amount,
  settlement: Amount,
  unit: Amount,
  lots: Amount,
  premium: Amount,
): Amount {
  const perUnit = signed(side, intrinsic(right, strike, settlement).minus(premium));
  return perUnit.times(unit).times(lots);
}

/**
 * The underlying's price at expiry at which the premium is just won back, per quoted unit.
 * @throws outOfRange for a put whose premium is above its strike: no price wins it back.
 */
export function breakeven(right: Right, strike: Amount, premium: Amount): Amount {
  if (right === "call") return strike.plus(premium);
  if (premium.greaterThan(strike)) {
    throw new MarginError("outOfRange", {
      argument: "premium",
      value: premium,
      must: "notAboveStrike",
      detail: `strike ${digits(strike)}`,
    });
  }
  return strike.minus(premium);
}

/** Profit and loss at expiry, premium included, for all lots; the holder never exercises at a loss. */
export function payoff(
  right: Right,
  side: Side,
  strike: Amount,
  premium: Amount,
  price: Amount,
  unit: Amount,
  lots: Amount,
): Amount {
  const worth = exact.max(intrinsic(right, strike, price), exact.zero);
  return signed(side, worth.minus(premium)).times(unit).times(lots);
}

/** What a holder told the exchange on the expiry day, in lots. */
export interface Instruction {
  readonly exercise: Amount;
  readonly abandon: Amount;
}

/** What becomes of a holder's lots at expiry. */
export interface AtExpiry {
  readonly exercised: Amount;
  readonly lapsed: Amount;
  /** What the exercise loses against the market, for all lots: above zero only where instructed out of the money. */
  readonly loss: Amount;
}

/**
 * A long position at expiry: exercised by instruction, and in the money without one where the exchange does so,
 * unless abandoned; at the money it lapses. Out of the money it is exercised where instructed, at a loss.
 * `settlement` is the underlying's settlement price of the day.
 * @throws outOfRange for more lots than there are; notAllowed for an abandonment the exchange does not take.
 */
export function atExpiry(
  { automatic, abandon }: Pick<ExerciseEdition, "automatic" | "abandon">,
  right: Right,
  strike: Amount,
  settlement: Amount,
  unit: Amount,
  lots: Amount,
  told: Instruction,
): AtExpiry {
  const asked = told.exercise.plus(told.abandon);
  if (asked.greaterThan(lots)) {
    throw new MarginError("outOfRange", {
      argument: told.abandon.isZero() ? "exercised" : "abandoned",
      value: asked,
      must: "notAboveLots",
      detail: `lots ${digits(lots)}`,
    });
  }
  if (!told.abandon.isZero()) {
    const whole = abandon === "whole" && told.abandon.equals(lots);
    if (abandon !== "lots" && !whole) {
      throw new MarginError("notAllowed", {
        argument: "abandoned",
        value: told.abandon,
        detail: abandon === "whole" ? "abandonWhole" : "abandonNone",
      });
    }
  }
  const worth = intrinsic(right, strike, settlement);
  const exercised = automatic && worth.greaterThan(0) ? lots.minus(told.abandon) : told.exercise;
  return {
    exercised,
    lapsed: lots.minus(exercised),
    loss: exact.max(exact.zero, worth.negated()).times(unit).times(exercised),
  };
}

/** What the holder must have ready to exercise, for all lots. */
export interface Needed {
  readonly cash: Amount;
  readonly shares: Amount;
}

/** An ETF call takes the strike in cash, a put the shares; an index option neither. */
export function neededForShares(right: Right, strike: Amount, unit: Amount, lots: Amount): Needed {
  const shares = unit.times(lots);
  return right === "call"
    ? { cash: strike.times(shares), shares: exact.zero }
    : { cash: exact.zero, shares };
}

/** An option on a future takes the future's margin, what it is out of the money, and the fee. */
export function neededForFutures(
  right: Right,
  strike: Amount,
  futures: Amount,
  unit: Amount,
  lots: Amount,
  futuresMargin: Amount,
  fee: Amount,
): Needed {
  const outOfTheMoney = exact.max(exact.zero, intrinsic(right, strike, futures).negated());
  const each = futuresMargin.plus(outOfTheMoney.times(unit)).plus(fee);
  return { cash: each.times(lots), shares: exact.zero };
}

/** The side of the future that exercise (long) or assignment (short) gives, opened at the strike. */
export const futureSide = (right: Right, side: "long" | "short"): "long" | "short" =>
  (right === "call") === (side === "long") ? "long" : "short";

/** 双向持仓对冲: futures from exercise against opposite ones, up to the lots obtained. */
export function nettedFutures(
  obtained: Amount,
  opposite: Amount,
): { netted: Amount; obtainedLeft: Amount; oppositeLeft: Amount } {
  const netted = exact.min(obtained, opposite);
  return { netted, obtainedLeft: obtained.minus(netted), oppositeLeft: opposite.minus(netted) };
}

/**
 * 合并行权: lots of a call and of a put on one ETF, of one unit and one expiry, exercised together: the shares
 * cancel and the holder is paid the difference of the strikes. That the put's strike lies above is from memory.
 * @throws outOfRange where it does not: nothing would be paid.
 *
 * @example combinedExercise(2.9, 3.1, 10000, 1) // 2000
 */
export function combinedExercise(
  callStrike: Amount,
  putStrike: Amount,
  unit: Amount,
  lots: Amount,
): Amount {
  if (putStrike.lessThanOrEqualTo(callStrike)) {
    throw new MarginError("outOfRange", {
      argument: "putStrike",
      value: putStrike,
      must: "aboveCallStrike",
      detail: `callStrike ${digits(callStrike)}`,
    });
  }
  return putStrike.minus(callStrike).times(unit).times(lots);
}
