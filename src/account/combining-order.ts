/** In which order sets are taken apart and built, so that little cash is needed meanwhile. */
import { amount, type Amount, type Pace } from "../core";
import type { Change, Rounds } from "./combining-changes";
import type { LineSets } from "./combining-legs";
import type { LineLeg } from "./legs";

const ZERO = amount("0");

const legsOf = ({ first, second }: LineSets): readonly LineLeg[] => [first, second];

/** What a change adds to the margin. */
const costOf = ({ set, lots }: Change): Amount => set.saved.times(-lots);

/** The most that changes add to the margin on their way, one after another. */
export function highest(changes: readonly Change[]): Amount {
  let level = ZERO;
  let peak = ZERO;
  for (const change of changes) {
    level = level.plus(costOf(change));
    if (level.greaterThan(peak)) peak = level;
  }
  return peak;
}

/** Orders given so far. */
interface Course {
  readonly acts: readonly Change[];
  readonly building: readonly Change[];
  /** Lots outside sets. */
  readonly free: ReadonlyMap<LineLeg, number>;
  /** Margin above where it began: now, and at its highest. */
  readonly level: Amount;
  readonly peak: Amount;
}

function after(course: Course, change: Change): Course {
  const free = new Map(course.free);
  for (const leg of legsOf(change.set)) free.set(leg, (free.get(leg) ?? 0) - change.lots);
  const level = course.level.plus(costOf(change));
  return {
    free,
    level,
    peak: level.greaterThan(course.peak) ? level : course.peak,
    acts: [...course.acts, change],
    building: course.building.filter((one) => one !== change),
  };
}

/** Builds what its legs have the lots for: each frees margin, so none waits. */
const built = (course: Course): Course =>
  course.building.reduce(
    (sofar, change) =>
      legsOf(change.set).every((leg) => (sofar.free.get(leg) ?? 0) >= change.lots)
        ? after(sofar, change)
        : sofar,
    course,
  );

/** Up to so many sets to take apart every order is tried; 256 choices of those done already. */
const MOST_TRIED = 8;

/** An order tried, in units of work. */
const TRYING = 0.3;

/** The order with the lowest peak: whatever is taken apart so far, only the best way there goes on. */
function* lowest(start: Course, parting: readonly Change[], pace: Pace): Generator<void, Course> {
  let courses = new Map<number, Course>([[0, start]]);
  for (let parted = 0; parted < parting.length; parted++) {
    const next = new Map<number, Course>();
    for (const [done, course] of courses) {
      for (const [index, change] of parting.entries()) {
        const also = done | (1 << index);
        if (also === done) continue;
        const then = built(after(course, change));
        const other = next.get(also);
        if (!other || then.peak.lessThan(other.peak)) next.set(also, then);
        if (pace.due(TRYING)) yield;
      }
    }
    courses = next;
  }
  return [...courses.values()][0] ?? start;
}

/** What must be taken apart before sets can be built, the least costly first. */
function inTheWay(course: Course, { set, lots }: Change, parting: readonly Change[]): Change[] {
  const needed = new Set<Change>();
  for (const leg of legsOf(set)) {
    let lacking = lots - (course.free.get(leg) ?? 0);
    for (const one of parting) {
      if (lacking <= 0) break;
      if (!legsOf(one.set).includes(leg)) continue;
      needed.add(one);
      lacking += one.lots;
    }
  }
  return [...needed];
}

/** One build after another, the one that asks for least first. */
function* oneByOne(start: Course, parting: readonly Change[], pace: Pace): Generator<void, Course> {
  let course = start;
  let left = parting;
  while (left.length > 0) {
    let least: { readonly needed: readonly Change[]; readonly cost: Amount } | undefined;
    for (const change of course.building) {
      const needed = inTheWay(course, change, left);
      const cost = needed.reduce((sum, one) => sum.plus(costOf(one)), ZERO);
      if (needed.length > 0 && (!least || cost.lessThan(least.cost))) least = { needed, cost };
      if (pace.due(TRYING)) yield;
    }
    const next = least?.needed ?? left;
    course = built(next.reduce(after, course));
    left = left.filter((one) => !next.includes(one));
  }
  return course;
}

/**
 * The changes in order: first what frees margin by itself, then sets are taken apart one by one, and built as soon
 * as both legs are free.
 */
export function* inOrderOfCash(
  changes: readonly Change[],
  free: ReadonlyMap<LineLeg, number>,
  pace: Pace,
): Generator<void, readonly Change[]> {
  const bySaving = [...changes].sort((a, b) => b.set.saved.comparedTo(a.set.saved));
  const building = bySaving.filter(({ lots }) => lots > 0);
  const parting = bySaving.filter(({ lots }) => lots < 0).reverse();
  const costly = parting.filter((change) => !costOf(change).greaterThan(0));
  const others = parting.filter((change) => costOf(change).greaterThan(0));
  const begun = costly.reduce(after, { acts: [], building, free, level: ZERO, peak: ZERO });
  const course =
    others.length > MOST_TRIED
      ? yield* oneByOne(built(begun), others, pace)
      : yield* lowest(built(begun), others, pace);
  return course.acts;
}

/** The lots that one round finds free: those that its own sets take up, and no others'. */
function freeFor({ each }: Rounds): ReadonlyMap<LineLeg, number> {
  const free = new Map<LineLeg, number>();
  for (const { set, lots } of each) {
    for (const leg of legsOf(set)) free.set(leg, (free.get(leg) ?? 0) + lots);
  }
  return new Map([...free].map(([leg, lots]) => [leg, Math.max(lots, 0)]));
}

/**
 * The margin needed meanwhile where every round is done by itself, set by set, those that need least first: what
 * one has freed serves the next.
 */
export function* setBySet(rounds: readonly Rounds[], pace: Pace): Generator<void, Amount> {
  const needs: { readonly peak: Amount; readonly freed: Amount }[] = [];
  for (const round of rounds) {
    const { each, lots } = round;
    const peak = highest(yield* inOrderOfCash(each, freeFor(round), pace));
    const cost = each.reduce((sum, change) => sum.plus(costOf(change)), ZERO);
    needs.push({ peak, freed: cost.times(-lots) });
    if (pace.due(TRYING)) yield;
  }
  let level = ZERO;
  let most = ZERO;
  for (const { peak, freed } of needs.sort((a, b) => a.peak.comparedTo(b.peak))) {
    const here = level.plus(peak);
    if (here.greaterThan(most)) most = here;
    level = level.minus(freed);
  }
  return most;
}
