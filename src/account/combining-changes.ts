/** What changes between the sets held and the best ones: only what frees margin. */
import { amount, type Pace } from "../core";
import type { LineSets } from "./combining-legs";
import type { LineLeg } from "./legs";

/** Sets to build, or with lots below zero to take apart. */
export interface Change {
  readonly set: LineSets;
  readonly lots: number;
}

const ZERO = amount("0");

const keyOf = ({ combination, first, second }: LineSets): string =>
  [combination.name, first.line.id, second.line.id].join(" | ");

/** Best less held, set by set. */
function differences(held: readonly LineSets[], best: readonly LineSets[]): Change[] {
  const changes = new Map<string, Change>();
  const add = (set: LineSets, lots: number): void => {
    const key = keyOf(set);
    const before = changes.get(key);
    changes.set(key, { set: before?.set ?? set, lots: (before?.lots ?? 0) + lots });
  };
  for (const set of held) add(set, -set.sets);
  for (const set of best) add(set, set.sets);
  return [...changes.values()].filter(({ lots }) => lots !== 0);
}

/** Sets still to change, by leg, and by how many lots each leg comes to be in more or fewer of them. */
class Rest {
  private readonly at = new Map<LineLeg, Open[]>();
  private readonly excess = new Map<LineLeg, number>();

  constructor(private readonly all: readonly Open[]) {
    for (const open of all) {
      for (const leg of legsOf(open)) {
        const here = this.at.get(leg);
        if (here) here.push(open);
        else this.at.set(leg, [open]);
        this.shift(leg, open.lots);
      }
    }
  }

  shift(leg: LineLeg, lots: number): void {
    this.excess.set(leg, this.excessOf(leg) + lots);
  }

  excessOf(leg: LineLeg): number {
    return this.excess.get(leg) ?? 0;
  }

  /** A set at a leg that is to be built (1) or taken apart (−1). */
  next(leg: LineLeg, sign: number): Open | undefined {
    return this.at.get(leg)?.find(({ lots }) => Math.sign(lots) === sign);
  }

  /** Where a trail can begin: at a leg in more or fewer sets; where there is none, all that is left goes round. */
  start(): { readonly leg: LineLeg; readonly sign: number } | undefined {
    for (const [leg, lots] of this.excess) if (lots !== 0) return { leg, sign: Math.sign(lots) };
    const open = this.all.find(({ lots }) => lots !== 0);
    return open && { leg: open.set.first, sign: Math.sign(open.lots) };
  }
}

/** A set still to change. */
interface Open {
  readonly set: LineSets;
  lots: number;
}

const legsOf = ({ set: { first, second } }: Open): readonly LineLeg[] => [first, second];

/** Sets to build and to take apart in turn, each as many times. */
interface Trail {
  readonly steps: readonly Open[];
  readonly lots: number;
}

/**
 * A trail that begins and ends at legs that come to be in more or fewer sets, or closes. Whatever becomes of the
 * others, it can be walked; and as the end of all is the best, none loses anything.
 */
function trailFrom(rest: Rest, start: { readonly leg: LineLeg; readonly sign: number }): Trail {
  const steps: Open[] = [];
  const been = new Map<LineLeg, number>();
  let { leg, sign } = start;
  let most = Math.abs(rest.excessOf(leg)) || Infinity;
  const fewest = (some: readonly Open[]): number =>
    some.reduce((least, { lots }) => Math.min(least, Math.abs(lots)), most);
  for (;;) {
    const met = been.get(leg);
    if (met !== undefined) {
      // Back where it has been: what lies between is a round of its own.
      most = Infinity;
      const round = steps.slice(met);
      return { steps: round, lots: fewest(round) };
    }
    been.set(leg, steps.length);
    const open = rest.next(leg, sign);
    if (!open) throw new Error("these changes don't lead from the sets held to the best");
    steps.push(open);
    leg = open.set.first === leg ? open.set.second : open.set.first;
    const excess = rest.excessOf(leg);
    if (Math.sign(excess) === sign) {
      most = Math.min(most, Math.abs(excess));
      return { steps, lots: fewest(steps) };
    }
    sign = -sign;
  }
}

/** Changes that hang together: so many times over, each time one set of each. */
export interface Rounds {
  readonly each: readonly Change[];
  readonly lots: number;
}

/** A change looked at, in units of work. */
const CHANGING = 0.2;

/**
 * The changes from the sets held to the best that free something: where others would do as well, what is held
 * stays. After them as little margin is needed as with the best.
 */
export function* worthwhile(
  held: readonly LineSets[],
  best: readonly LineSets[],
  pace: Pace,
): Generator<void, { readonly changes: readonly Change[]; readonly rounds: readonly Rounds[] }> {
  const opens = differences(held, best).map(({ set, lots }): Open => ({ set, lots }));
  const rest = new Rest(opens);
  const kept = new Map<LineSets, number>();
  const rounds: Rounds[] = [];
  for (let start = rest.start(); start; start = rest.start()) {
    const { steps, lots } = trailFrom(rest, start);
    const moves = steps.map((open) => ({ open, by: Math.sign(open.lots) * lots }));
    const freed = moves.reduce((sum, { open, by }) => sum.plus(open.set.saved.times(by)), ZERO);
    if (freed.greaterThan(0)) {
      const each = steps.map(({ set, lots: left }) => ({ set, lots: Math.sign(left) }));
      rounds.push({ each, lots });
    }
    for (const { open, by } of moves) {
      if (freed.greaterThan(0)) kept.set(open.set, (kept.get(open.set) ?? 0) + by);
      open.lots -= by;
      for (const leg of legsOf(open)) rest.shift(leg, -by);
    }
    if (pace.due(steps.length * CHANGING)) yield;
  }
  return { changes: [...kept].map(([set, lots]) => ({ set, lots })), rounds };
}

/** The sets after the changes. */
export function applied(
  held: readonly LineSets[],
  changes: readonly Change[],
): readonly LineSets[] {
  return differences(
    changes.filter(({ lots }) => lots < 0).map(({ set, lots }) => ({ ...set, sets: -lots })),
    [
      ...held,
      ...changes.filter(({ lots }) => lots > 0).map(({ set, lots }) => ({ ...set, sets: lots })),
    ],
  ).map(({ set, lots }) => ({ ...set, sets: lots }));
}
