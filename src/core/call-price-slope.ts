/**
 * How fast what is held can near a line while prices move one way: the very formulas that give the margin,
 * run over slopes instead of figures.
 *
 * Without interest the model's price of a call rises by 0 to 1 per unit of its underlying, a put's falls by
 * as much; ticks add less than one. Rules are made of sums, multiples, maxima and minima of such figures, so
 * the range of their slopes follows. Where a rule jumps (a straddle's larger leg changes), the larger of both
 * branches is bounded instead.
 */
import type { Arithmetic } from "./arithmetic";
import type { Day } from "./day";
import { known, oneMargin, type Margined, type Stand } from "./call-price-margin";
import { amount } from "./number";
import type { PositionHeld } from "./scenario";
import type { LineAim } from "./call-price-search";

/** A figure by its slopes: the least and the most it rises by; a constant has its value. */
interface Slope {
  readonly least: number;
  readonly most: number;
  readonly value?: number;
  /** An upper bound of the figure, not the figure itself. */
  readonly bound?: boolean;
}

const constant = (value: number): Slope => ({ least: 0, most: 0, value });
const ANY: Slope = { least: -Infinity, most: Infinity };
const bounded = (a: Slope, b: Slope): { bound?: boolean } =>
  a.bound || b.bound ? { bound: true } : {};
/** A multiple of what does not move is nothing, also of what could move without limit. */
const product = (by: number, slope: number): number => (by === 0 || slope === 0 ? 0 : by * slope);

function scaled(a: Slope, by: number): Slope {
  if (a.value !== undefined) return constant(a.value * by);
  if (by < 0) {
    // The bound of a figure says nothing of its negative.
    return a.bound ? ANY : { least: product(by, a.most), most: product(by, a.least) };
  }
  return { ...bounded(a, a), least: product(by, a.least), most: product(by, a.most) };
}

const sum = (a: Slope, b: Slope): Slope =>
  a.value !== undefined && b.value !== undefined
    ? constant(a.value + b.value)
    : { ...bounded(a, b), least: a.least + b.least, most: a.most + b.most };

/** The larger or smaller of two moves as one of them does. */
const either = (a: Slope, b: Slope): Slope => ({
  ...bounded(a, b),
  least: Math.min(a.least, b.least),
  most: Math.max(a.most, b.most),
});

/** Slopes of a rule; `compared` is told how fast the two figures of a choice can near each other. */
const slopesOf = (compared: (slope: Slope) => void = () => {}): Arithmetic<Slope> => ({
  zero: constant(0),
  of: (figure) => constant(amount(figure).toNumber()),
  plus: sum,
  minus: (a, b) => sum(a, scaled(b, -1)),
  times: (a, b) =>
    b.value !== undefined ? scaled(a, b.value) : a.value !== undefined ? scaled(b, a.value) : ANY,
  over: (a, b) => (b.value ? scaled(a, 1 / b.value) : ANY),
  max: (a, b) =>
    a.value !== undefined && b.value !== undefined
      ? constant(Math.max(a.value, b.value))
      : either(a, b),
  min: (a, b) =>
    a.value !== undefined && b.value !== undefined
      ? constant(Math.min(a.value, b.value))
      : either(a, b),
  ifAbove(a, b, then, otherwise) {
    compared(sum(a, scaled(b, -1)));
    return { ...either(then, otherwise), bound: true };
  },
});

/** How far a rule is from changing its branch, in the figure it asks about. */
interface Switch {
  /** The least distance of two figures it compares. */
  apart: number;
}

/** Plain doubles; with `switching`, the larger branch is taken where the rule chooses, and how near the choice is noted. */
const doubles = (switching?: Switch): Arithmetic<number> => ({
  zero: 0,
  of: Number,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  ifAbove(a, b, then, otherwise) {
    if (!switching) return a > b ? then : otherwise;
    switching.apart = Math.min(switching.apart, Math.abs(a - b));
    return Math.max(then, otherwise);
  },
});

/** What a scenario takes where an option's tick is not known. */
const FINEST = amount("0.0001");

/** A set whose rule jumps, from one branch to another. */
interface Jumping {
  readonly part: Margined;
  /** The most by which the figures it compares near each other per unit of the walk, and by ticks. */
  readonly nearing: number;
  readonly ticks: number;
}

/** How fast margin less the line's share of equity can change per unit of a walk. */
export interface Steepness {
  readonly least: number;
  readonly most: number;
  /** What ticks can add, however short the way. */
  readonly ticks: number;
  /** Of these the larger branch is bounded. */
  readonly jumping: readonly Jumping[];
}

/** The steepest a slope is either way. */
const steepest = ({ least, most }: Slope): number => Math.max(-least, most);

/**
 * Bounds what is held while underlyings move one way.
 * @param moving by how much a position's underlying moves per unit of the walk, 0 where it stands still
 */
export function steepnessOf(
  positions: readonly PositionHeld[],
  parts: readonly Margined[],
  { on, basis, line }: LineAim,
  moving: (position: PositionHeld) => number,
): Steepness {
  const turn = (position: PositionHeld, by: number): Slope =>
    position.kind === "option"
      ? position.right === "call"
        ? { least: 0, most: by }
        : { least: -by, most: 0 }
      : { least: 0, most: 0 };
  const tickOf = (position: PositionHeld): number =>
    position.kind === "option" && moving(position) > 0 ? known(position.tick ?? FINEST) : 0;
  const onTheWay = (position: PositionHeld): Stand<Slope> => {
    const by = moving(position);
    return { price: turn(position, by), underlying: { least: by, most: by } };
  };
  const byTicks = (position: PositionHeld): Stand<Slope> => {
    const tick = tickOf(position);
    return { price: { least: -tick, most: tick }, underlying: { least: 0, most: 0 } };
  };

  let [least, most, ticks] = [0, 0, 0];
  const jumping: Jumping[] = [];
  for (const part of parts) {
    const near = [0, 0] as [way: number, ticks: number];
    const [way, rounding] = ([onTheWay, byTicks] as const).map((standOf, which) => {
      const arithmetic = slopesOf((slope) => {
        near[which] = Math.max(near[which] as number, steepest(slope));
      });
      return oneMargin(arithmetic, constant, part, standOf, on);
    }) as [Slope, Slope];
    least += product(part.times, way.least);
    most += product(part.times, way.most);
    ticks += product(part.times, rounding.most);
    if (way.bound) jumping.push({ part, nearing: near[0], ticks: near[1] });
  }
  for (const position of positions) {
    if (position.kind === "shares" || (position.kind === "option" && basis === "cash")) continue;
    const held = line.toNumber() * known(position.unit) * position.lots.toNumber();
    const by = moving(position);
    const gain = position.kind === "option" ? turn(position, by) : { least: by, most: by };
    const lost = scaled(gain, position.side === "long" ? -held : held);
    least += lost.least;
    most += lost.most;
    ticks += held * tickOf(position);
  }
  return { least, most, ticks, jumping };
}

/** What a jump can add, and after which way it can come. */
export interface Jump {
  readonly after: number;
  readonly adds: number;
}

const AS_RULED = doubles();

/** What the jumps of sets can add to margin from where they stand, the nearest first. */
export const jumpsFrom = (
  jumping: readonly Jumping[],
  standOf: (position: PositionHeld) => Stand<number>,
  on: Day,
): readonly Jump[] =>
  jumping
    .map(({ part, nearing, ticks }): Jump => {
      const one = (arithmetic: Arithmetic<number>): number =>
        oneMargin(arithmetic, (figure) => figure, part, standOf, on);
      const choice = { apart: Infinity };
      const adds = part.times * (one(doubles(choice)) - one(AS_RULED));
      const room = choice.apart - ticks;
      return { adds, after: room > 0 ? room / nearing : 0 };
    })
    .sort((a, b) => a.after - b.after);
