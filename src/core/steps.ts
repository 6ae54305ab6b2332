/** Long work that can pause: a generator does a little at a time, and whoever runs it may see to other things. */

/** Units of work between two pauses; a unit is about a row of a book worked out once. */
const STRIDE = 100;

/** Tells a generator when to pause: long work comes in many short stretches, short work in one. */
export class Pace {
  private units = 0;

  /** Whether a pause is due, after so much more was done. */
  due(units = 1): boolean {
    this.units += units;
    if (this.units < STRIDE) return false;
    this.units = 0;
    return true;
  }
}

/** Does all of the work at once. */
export function drained<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Work that is part of a larger one: the share of it that is done, told as the whole's. */
export function* partOf<T>(
  work: Generator<number | void, T>,
  whole: (share: number) => number,
): Generator<number, T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield whole(value ?? 0);
  }
}

/** Items sorted at once, before runs of them are merged. */
const RUN = 2048;

/** Items sorted or merged, in units of work. */
const SORTED = 0.03;

/** Sorts as Array.sort does, stable, pausing between stretches. */
export function* sortedInSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pace: Pace,
): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let from = 0; from < items.length; from += RUN) {
    runs.push(items.slice(from, from + RUN).sort(compare));
    if (pace.due(RUN * SORTED)) yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], compare, pace));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
  pace: Pace,
): Generator<void, T[]> {
  const all: T[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i] as T, right[j] as T];
    if (compare(a, b) <= 0) {
      all.push(a);
      i += 1;
    } else {
      all.push(b);
      j += 1;
    }
    if (all.length % RUN === 0 && pace.due(RUN * SORTED)) yield;
  }
  for (; i < left.length; i++) all.push(left[i] as T);
  for (; j < right.length; j++) all.push(right[j] as T);
  return all;
}
