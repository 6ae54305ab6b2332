/** What to close so that a margin comes back to a line: how many lots of what, in which order. */
import { marginCall, riskRatio } from "./account";
import { leastCoverInSteps } from "./cover";
import { divided, like, type Cover } from "./cover-search";
import { MarginError } from "./errors";
import { amount, double, exact, type Amount } from "./number";
import { MOST_DOUBLE } from "./pairing";
import { drained, Pace, sortedInSteps } from "./steps";

/** Something held whose margin comes free when it is closed, a set of two legs as one; amounts for all its lots. */
export interface Closable {
  readonly id: string;
  /** Whole and above zero; of a set, how many sets. */
  readonly lots: number;
  readonly margin: Amount;
  /** Premium paid to close: nothing for a future, below zero for a set whose long leg brings more than its short one costs. */
  readonly cost: Amount;
  /** What closing takes from the equity where that is not the premium paid: equity at market value has booked it. */
  readonly loss?: Amount | undefined;
  /** Lots held in the whole market. */
  readonly openInterest?: Amount | undefined;
  /** "2026-12". */
  readonly month?: string | undefined;
}

/**
 * Which lots go first:
 * liquidity – the most open interest, then the nearest month, then the contract;
 * fewest – as few lots as can be, and of those plans the one that costs least;
 * cheapest – as little premium as can be, and of those plans the one of fewest lots. What closing brings in counts as
 * nothing paid: a set is not sold for its money alone.
 */
export type ClosingOrder = "liquidity" | "fewest" | "cheapest";

export interface Aim {
  readonly margin: Amount;
  /** Cash basis; may be negative. */
  readonly equity: Amount;
  /** A fraction above zero. */
  readonly line: Amount;
  readonly order: ClosingOrder;
  /** Below the line instead of on it: a line counts as reached at equality. */
  readonly strictly?: boolean;
}

/** Margin and equity, and what follows from them. */
export interface Stand {
  readonly margin: Amount;
  readonly equity: Amount;
  /** Undefined where the equity is not above zero. */
  readonly ratio: Amount | undefined;
  /** The money that would bring the ratio to the line. */
  readonly shortfall: Amount;
}

export interface ClosingStep<T> {
  readonly item: T;
  readonly lots: number;
  readonly released: Amount;
  readonly cost: Amount;
  readonly after: Stand;
}

export interface Liquidation<T> {
  readonly steps: readonly ClosingStep<T>[];
  readonly released: Amount;
  readonly cost: Amount;
  readonly after: Stand;
  /** Whether the line is come back to; if not, all lots that help are closed. */
  readonly reached: boolean;
  /** Whether no plan is better by its order; false only where the search was given up. */
  readonly proven: boolean;
  /** What closing would not help: it frees no more than the line's share of what it costs. */
  readonly unhelpful: readonly T[];
}

/** A choice among the lots: what one of them does for the target and what it costs, in whole numbers. */
interface Candidate<T> {
  readonly item: T;
  readonly lots: number;
  /** Margin released less the line's share of the equity lost. */
  readonly gain: number;
  readonly cost: number;
}

function standOf(margin: Amount, equity: Amount, line: Amount): Stand {
  let ratio: Amount | undefined;
  try {
    ratio = riskRatio(margin, equity);
  } catch (undefinedRatio) {
    if (!(undefinedRatio instanceof MarginError)) throw undefinedRatio;
  }
  return { margin, equity, ratio, shortfall: marginCall(margin, equity, line) };
}

const NO_INTEREST = amount(-1);
const NO_MONTH = "9999";

function byLiquidity({ item: a }: Candidate<Closable>, { item: b }: Candidate<Closable>): number {
  if (a.openInterest !== b.openInterest) {
    const interest = (b.openInterest ?? NO_INTEREST).comparedTo(a.openInterest ?? NO_INTEREST);
    if (interest !== 0) return interest;
  }
  if (a.month !== b.month) return (a.month ?? NO_MONTH) < (b.month ?? NO_MONTH) ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The steps of a plan, whose lots are settled, in the order they do most for its aim. */
const SEQUENCE: Readonly<
  Record<ClosingOrder, (a: Candidate<Closable>, b: Candidate<Closable>) => number>
> = {
  liquidity: byLiquidity,
  fewest: (a, b) => Number(b.gain - a.gain) || byLiquidity(a, b),
  cheapest: (a, b) => Number(a.cost * b.gain - b.cost * a.gain) || byLiquidity(a, b),
};

interface Wholes<T> {
  readonly candidates: readonly Candidate<T>[];
  readonly need: number;
  /** Whether gains are rounded up: the best by them is the best, if only it is enough. */
  readonly rounded: boolean;
}

/** Decimals of figures per lot beside those of the figures: more are cut. */
const MORE_DECIMALS = 12;

/**
 * What is to be chosen, in whole numbers: doubles, or undefined where these don't hold every sum or a lot's cost is not
 * whole; or else big integers, which round so that no plan counts as enough or as cheap by what was cut.
 */
function* wholesOf<T extends Closable>(
  items: readonly T[],
  need: Amount,
  { line, strictly = false }: Aim,
  big: boolean,
  pace: Pace,
): Generator<void, Wholes<T> | undefined> {
  const inLine = line.decimalPlaces();
  let [inGains, inCosts] = [need.decimalPlaces(), 0];
  let [gains, costliest, all] = [Math.abs(double(need)), 0, 0];
  for (const { margin, cost, loss, lots } of items) {
    const inCost = cost.decimalPlaces();
    inCosts = Math.max(inCosts, inCost);
    inGains = Math.max(inGains, margin.decimalPlaces(), inLine + (loss?.decimalPlaces() ?? inCost));
    gains += Math.abs(double(margin)) + double(line) * Math.abs(double(loss ?? cost));
    costliest = Math.max(costliest, Math.abs(double(cost)) / lots);
    all += lots;
    if (pace.due(STEP)) yield;
  }
  const finest = (most: number, largest: number): number =>
    big ? most : Math.min(most, Math.floor(Math.log10(MOST_DOUBLE / (largest || 1))));
  const forGains = finest(inGains + MORE_DECIMALS, gains);
  const forCosts = finest(inCosts + MORE_DECIMALS, 2 * costliest * all);
  if (forGains < inGains || forCosts < inCosts) return undefined;
  const scale = (places: number): ((n: Amount) => number) => {
    const parts = Number(`1e${places}`);
    return (n) =>
      big
        ? (BigInt(n.times(`1e${places}`).toFixed()) as unknown as number)
        : Math.round(double(n) * parts);
  };
  const [ofGain, ofLoss, ofCost] = [scale(forGains), scale(forGains - inLine), scale(forCosts)];
  const share = scale(inLine)(line);
  const wanted = ofGain(need);
  const one = like(wanted, 1);
  let rounded = false;
  const candidates: Candidate<T>[] = [];
  for (const item of items) {
    const lots = like(wanted, item.lots);
    const gain = ofGain(item.margin) - share * ofLoss(item.loss ?? item.cost);
    const cost = ofCost(item.cost);
    const [over, left] = [gain % lots, cost % lots];
    if (!big && left) return undefined;
    const up = !big && over > 0;
    rounded ||= up;
    const whole = { gain: (gain - over) / lots, cost: (cost - left) / lots };
    if (up) whole.gain += one;
    if (left > 0) whole.cost += one;
    candidates.push({ item, lots, ...whole });
    if (pace.due(STEP)) yield;
  }
  return { candidates, need: strictly ? wanted + one : wanted, rounded };
}

/** Lots of each candidate that together gain what is needed; undefined where all together do not. */
function* lotsFor(
  candidates: readonly Candidate<Closable>[],
  need: number,
  order: ClosingOrder,
  pace: Pace,
): Generator<void, Cover | undefined> {
  const [zero, one] = [like(need, 0), like(need, 1)];
  if (order === "liquidity") {
    let left = need;
    const taken = candidates.map(({ lots, gain }) => {
      const enough = left > 0 ? divided(left + gain - one, gain) : zero;
      const some = enough < lots ? enough : lots;
      left -= some * gain;
      return some;
    });
    return left > 0 ? undefined : { lots: taken, proven: true };
  }
  // As many lots are closed whichever plan of the fewest is taken, so that the same added to each changes no choice.
  const lowest = candidates.reduce((least, { cost }) => (cost < least ? cost : least), zero);
  return yield* leastCoverInSteps(
    candidates.map(({ lots, gain, cost }) =>
      order === "fewest"
        ? { lots, gain, first: one, second: cost - lowest }
        : { lots, gain, first: cost < 0 ? zero : cost, second: one },
    ),
    need,
    pace,
  );
}

/** What one candidate or step takes of a row's work. */
const STEP = 0.3;

/**
 * The lots to close so that the risk ratio comes back to a line.
 *
 * Closing a lot releases its margin m and costs c, so that the ratio becomes (M − Σm) ÷ (E − Σc): it is at the
 * line or below once Σ(m − line·c) ≥ M − line·E. A lot with m ≤ line·c does not help and is left alone:
 * buying back deep in the money can raise the ratio. Where the line is out of reach all that helps is closed.
 */
export const liquidation = <T extends Closable>(items: readonly T[], aim: Aim): Liquidation<T> =>
  drained(liquidationInSteps(items, aim, new Pace()));

/** The same for a long list, pausing between stretches. */
export function* liquidationInSteps<T extends Closable>(
  items: readonly T[],
  aim: Aim,
  pace: Pace,
): Generator<void, Liquidation<T>> {
  const quick = yield* planned(items, aim, false, pace);
  return quick ?? ((yield* planned(items, aim, true, pace)) as Liquidation<T>);
}

/** A plan reckoned in doubles, or undefined where these don't do; or in big integers. */
function* planned<T extends Closable>(
  items: readonly T[],
  aim: Aim,
  big: boolean,
  pace: Pace,
): Generator<void, Liquidation<T> | undefined> {
  const { margin, equity, line, order, strictly = false } = aim;
  const needed = margin.minus(line.times(equity));
  const wholes = yield* wholesOf(items, needed, aim, big, pace);
  if (!wholes) return undefined;
  const { candidates, need, rounded } = wholes;
  const helping = candidates.filter(({ gain }) => gain > 0);
  const helpful = yield* sortedInSteps(helping, byLiquidity, pace);
  const chosen = yield* lotsFor(helpful, need, order, pace);
  if (pace.due(helpful.length * STEP)) yield;
  const taken: Candidate<T>[] = [];
  helpful.forEach((candidate, index) => {
    const lots = chosen ? Number(chosen.lots[index]) : candidate.item.lots;
    if (lots > 0) taken.push({ ...candidate, lots });
  });
  const plan = yield* sortedInSteps(taken, SEQUENCE[order], pace);

  let released = exact.zero;
  let cost = exact.zero;
  let lost = exact.zero;
  const steps: ClosingStep<T>[] = [];
  for (const { item, lots } of plan) {
    const part = (whole: Amount): Amount =>
      lots === item.lots ? whole : whole.times(lots).dividedBy(item.lots);
    const step = { item, lots, released: part(item.margin), cost: part(item.cost) };
    released = released.plus(step.released);
    cost = cost.plus(step.cost);
    lost = lost.plus(item.loss ? part(item.loss) : step.cost);
    steps.push({ ...step, after: standOf(margin.minus(released), equity.minus(lost), line) });
    if (pace.due(STEP)) yield;
  }
  const after = standOf(margin.minus(released), equity.minus(lost), line);
  const over = after.margin.minus(line.times(after.equity));
  const reached = strictly ? over.lessThan(0) : over.lessThanOrEqualTo(0);
  if (rounded && chosen && !reached) return undefined;
  return {
    ...{ steps, released, cost, after, reached },
    proven: chosen?.proven ?? true,
    unhelpful: candidates.filter(({ gain }) => gain <= 0).map(({ item }) => item),
  };
}

const ORDER_WORDS = new Map<string, ClosingOrder>([
  ["liquidity", "liquidity"],
  ["流动性", "liquidity"],
  ["fewest", "fewest"],
  ["最少手数", "fewest"],
  ["cheapest", "cheapest"],
  ["最省", "cheapest"],
]);

/** Reads an order's word, in Chinese or English and in any case. */
export const readClosingOrder = (value: unknown): ClosingOrder | undefined =>
  ORDER_WORDS.get(typeof value === "string" ? value.normalize("NFKC").trim().toLowerCase() : "");
