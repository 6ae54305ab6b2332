/** What to close so that a margin comes back to a line: how many lots of what, in which order. */
import { marginCall, riskRatio } from "./account";
import { leastCoverInSteps } from "./cover";
import { MarginError } from "./errors";
import { amount, exact, type Amount } from "./number";
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

/** A choice among the lots, with what one of them does for the target. */
interface Candidate<T> {
  readonly item: T;
  /** Margin released less the line's share of the equity lost. */
  readonly gain: Amount;
  readonly cost: Amount;
}

/** Figures per lot with more decimals are cut: no plan counts as enough by what was cut. */
const MOST_DECIMALS = 12;
const FINEST = amount(`1e${MOST_DECIMALS}`);
const cut = (n: Amount): Amount => n.times(FINEST).floor().dividedBy(FINEST);

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
  const interest = (b.openInterest ?? NO_INTEREST).comparedTo(a.openInterest ?? NO_INTEREST);
  if (interest !== 0) return interest;
  const months = [a.month ?? NO_MONTH, b.month ?? NO_MONTH] as const;
  if (months[0] !== months[1]) return months[0] < months[1] ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The steps of a plan, whose lots are settled, in the order they do most for its aim. */
const SEQUENCE: Readonly<
  Record<ClosingOrder, (a: Candidate<Closable>, b: Candidate<Closable>) => number>
> = {
  liquidity: byLiquidity,
  fewest: (a, b) => b.gain.comparedTo(a.gain) || byLiquidity(a, b),
  cheapest: (a, b) => a.cost.times(b.gain).comparedTo(b.cost.times(a.gain)) || byLiquidity(a, b),
};

/** Lots of each candidate that together gain what is needed; undefined where all together do not. */
function* lotsFor(
  candidates: readonly Candidate<Closable>[],
  need: Amount,
  { order, strictly = false }: Aim,
  pace: Pace,
): Generator<void, { readonly lots: readonly bigint[]; readonly proven: boolean } | undefined> {
  const decimals = candidates.reduce(
    (most, { gain, cost }) => Math.max(most, gain.decimalPlaces(), cost.decimalPlaces()),
    need.decimalPlaces(),
  );
  const scale = amount(`1e${Math.min(decimals, MOST_DECIMALS)}`);
  const whole = (n: Amount): bigint => BigInt(n.toFixed(0));
  const choices: { lots: bigint; gain: bigint; cost: bigint }[] = [];
  for (const { item, gain, cost } of candidates) {
    choices.push({
      lots: BigInt(item.lots),
      gain: whole(gain.times(scale).floor()),
      cost: whole(cost.times(scale).ceil()),
    });
    if (pace.due(STEP)) yield;
  }
  if (pace.due(choices.length * STEP)) yield;
  const wanted = need.times(scale);
  const least = strictly ? whole(wanted.floor()) + 1n : whole(wanted.ceil());

  if (order === "liquidity") {
    let left = least;
    const lots = choices.map((choice) => {
      const enough = left > 0n ? (left + choice.gain - 1n) / choice.gain : 0n;
      const taken = enough < choice.lots ? enough : choice.lots;
      left -= taken * choice.gain;
      return taken;
    });
    return left > 0n ? undefined : { lots, proven: true };
  }
  // As many lots are closed whichever plan of the fewest is taken, so that the same added to each changes no choice.
  const lowest = choices.reduce((least, { cost }) => (cost < least ? cost : least), 0n);
  return yield* leastCoverInSteps(
    choices.map(({ lots, gain, cost }) =>
      order === "fewest"
        ? { lots, gain, first: 1n, second: cost - lowest }
        : { lots, gain, first: cost < 0n ? 0n : cost, second: 1n },
    ),
    least,
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
  const { margin, equity, line, order, strictly = false } = aim;
  const all: Candidate<T>[] = [];
  for (const item of items) {
    const loss = item.loss ?? item.cost;
    all.push({
      item,
      gain: cut(item.margin.minus(line.times(loss)).dividedBy(item.lots)),
      cost: item.cost.dividedBy(item.lots),
    });
    if (pace.due(STEP)) yield;
  }
  const helping = all.filter(({ gain }) => gain.greaterThan(0));
  const helpful = yield* sortedInSteps(helping, byLiquidity, pace);
  const need = margin.minus(line.times(equity));
  const stays = strictly ? need.lessThan(0) : need.lessThanOrEqualTo(0);
  const chosen = stays
    ? { lots: helpful.map(() => 0n), proven: true }
    : yield* lotsFor(helpful, need, aim, pace);
  if (pace.due(helpful.length * STEP)) yield;
  const taken = helpful
    .map((candidate, index) => ({
      ...candidate,
      lots: chosen ? Number(chosen.lots[index]) : candidate.item.lots,
    }))
    .filter(({ lots }) => lots > 0);
  const plan = yield* sortedInSteps(taken, SEQUENCE[order], pace);

  let released = exact.zero;
  let cost = exact.zero;
  let lost = exact.zero;
  const steps: ClosingStep<T>[] = [];
  for (const { item, lots } of plan) {
    const part = (whole: Amount): Amount => whole.times(lots).dividedBy(item.lots);
    const step = { item, lots, released: part(item.margin), cost: part(item.cost) };
    released = released.plus(step.released);
    cost = cost.plus(step.cost);
    lost = lost.plus(part(item.loss ?? item.cost));
    steps.push({ ...step, after: standOf(margin.minus(released), equity.minus(lost), line) });
    if (pace.due(STEP)) yield;
  }
  const after = standOf(margin.minus(released), equity.minus(lost), line);
  const over = after.margin.minus(line.times(after.equity));
  return {
    steps,
    released,
    cost,
    after,
    reached: strictly ? over.lessThan(0) : over.lessThanOrEqualTo(0),
    proven: chosen?.proven ?? true,
    unhelpful: all.filter(({ gain }) => !gain.greaterThan(0)).map(({ item }) => item),
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
