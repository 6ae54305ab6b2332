/**
 * The nearest price that reaches a line, with no price on the way left out unproven.
 *
 * The risk ratio is not monotone in the price, so that halving could pass the nearest by. From a price where
 * the account is so much within the line, what is held can only near it so fast (steepnessOf), and as many
 * steps are safe. Where that is none, step after step is worked out.
 */
import { jumpsFrom, type Steepness } from "./call-price-slope";
import type { Stand } from "./call-price-margin";
import type { Amount } from "./number";
import type { Outcome, PositionHeld, ScenarioBook, ScenarioTerms, Shock } from "./scenario";

/** The line to be reached, and by what account. */
export interface LineAim extends ScenarioTerms {
  readonly equity: Amount;
  readonly line: Amount;
}

/** Whether a line is reached, at equality too: an account below zero is beyond every line. */
export const reached = ({ margin, gain }: Outcome, { equity, line }: LineAim): boolean => {
  const then = equity.plus(gain);
  if (then.lessThan(0)) return true;
  return margin.greaterThan(0) && margin.greaterThanOrEqualTo(line.times(then));
};

/** Prices one after the other, away from today's. */
export interface Walk {
  readonly steps: number;
  readonly shock: (step: number) => Shock;
  /** How far a step goes, in the unit of its steepness. */
  readonly length: number;
}

/** What moves on a walk; the rest is as it stands today. */
export interface Moving {
  readonly book: ScenarioBook;
  readonly restMargin: Amount;
  readonly steepness: Steepness;
}

/** Nearer to the line than this share, doubles do not decide. */
const NEAR = 1e-9;
/** Prices worked out at once where every tick counts. */
const [FEW, MANY] = [16, 1024];

/** How far within the line an account is, below zero where it is. */
interface Point {
  readonly over: number;
  readonly reached: boolean;
}

/** What is within the line at some prices, below zero where it is: margin less the line's share of equity. */
function overs(
  shocks: readonly Shock[],
  { book, restMargin }: Moving,
  aim: LineAim,
): readonly Point[] {
  const outcomes = book.outcomes(shocks);
  const [rest, line, equity] = [restMargin, aim.line, aim.equity].map((n) => n.toNumber()) as [
    number,
    number,
    number,
  ];
  return shocks.map((_, index) => {
    const margin = (outcomes.margins[index] as number) + rest;
    const share = line * (equity + (outcomes.gains[index] as number));
    const over = margin - share;
    if (Math.abs(over) > NEAR * (margin + Math.abs(share) + 1)) return { over, reached: over > 0 };
    const outcome = outcomes.at(index);
    const whole = { ...outcome, margin: outcome.margin.plus(restMargin) };
    return { over, reached: reached(whole, aim) };
  });
}

/** A little less than a bound allows, for what doubles round. */
const SURELY = 1 - NEAR;

/**
 * How many steps on a walk surely stay within the line, from a price that is. A set's jump counts from where
 * it can come.
 * @returns Infinity where no way leads to the line
 */
function safeSteps(
  over: number,
  shock: Shock,
  length: number,
  most: number,
  { book, steepness: { ticks, jumping } }: Moving,
  { on }: LineAim,
): number {
  const nearing = most * length;
  const reach = (spare: number): number =>
    spare <= 0 ? 0 : nearing <= 0 ? Infinity : Math.floor((spare / nearing) * SURELY);
  let spare = -over - ticks;
  if (jumping.length === 0 || spare <= 0) return reach(spare);
  const stands = new Map<PositionHeld, Stand<number>>();
  for (const { position, price, underlying } of book.prices(shock)) {
    const [p = 0, s = 0] = [price?.toNumber(), underlying?.toNumber()];
    stands.set(position, { price: p, underlying: s });
  }
  const none = { price: 0, underlying: 0 };
  for (const { after, adds } of jumpsFrom(jumping, (leg) => stands.get(leg) ?? none, on)) {
    const before = Math.max(0, Math.ceil((after / length) * SURELY) - 1);
    const steps = reach(spare);
    if (steps <= before) return steps;
    // Up to the jump it is safe; past it only if what it adds still leaves room.
    const past = reach(spare - adds);
    if (past <= before) return before;
    spare -= adds;
  }
  return reach(spare);
}

/** The first step of a walk that reaches the line; undefined where none does. */
export function firstReached(
  walk: Walk,
  moving: Moving,
  aim: LineAim,
  most: number,
): number | undefined {
  let step = 1;
  let count = 1;
  while (step <= walk.steps) {
    const shocks: Shock[] = [];
    const end = Math.min(step + count, walk.steps + 1);
    for (let i = step; i < end; i++) shocks.push(walk.shock(i));
    const found = overs(shocks, moving, aim);
    const hit = found.findIndex((point) => point.reached);
    if (hit >= 0) return step + hit;
    const { over } = found.at(-1) as Point;
    const safe = safeSteps(over, shocks.at(-1) as Shock, walk.length, most, moving, aim);
    step = end + safe;
    count = safe > 0 ? 1 : Math.min(Math.max(FEW, 2 * count), MANY);
  }
  return undefined;
}
