/**
 * Which of the sets that only the charges tell can stand together: a row is explained once, and a partner's lots are
 * used once. What a row's set is follows from every choice that explains most rows, never from the order of the rows.
 */
import { amount, type Amount, type Pace } from "../core";
import type { Comparable } from "./reconcile-row";
import type { Way } from "./reconcile-ways";

export interface Packed {
  /** Sets that are part of every choice. */
  readonly certain: readonly Way[];
  /** Rows explained in every choice, by one of several sets. */
  readonly possible: ReadonlyMap<Comparable, readonly Way[]>;
  /** Rows whose sets give their figure, but not all at once: others need the same lots. */
  readonly contested: ReadonlyMap<Comparable, Contested>;
}

export interface Contested {
  readonly ways: readonly Way[];
  readonly rivals: readonly Comparable[];
}

const ZERO = amount("0");

/** Steps of looking at choices for rows that hang together; beyond them only what explains all of them counts. */
const MOST_STEPS = 10_000;
/** A step's part of the work. */
const STEP = 0.02;

/** The rows that a way explains: those that differ. */
const explainedBy = ({ rows }: Way): readonly Comparable[] =>
  rows.filter(({ difference }) => !difference.isZero());

/** Each way once, under every row that it explains. */
function byRowOf(ways: readonly Way[]): ReadonlyMap<Comparable, readonly Way[]> {
  const byRow = new Map<Comparable, Way[]>();
  const isSame = (a: Way, b: Way): boolean =>
    a.rows.length === b.rows.length &&
    a.rows.every((row) => b.rows.includes(row)) &&
    a.uses.size === b.uses.size &&
    [...a.uses.keys()].every((row) => b.uses.has(row));
  for (const way of ways) {
    for (const row of explainedBy(way)) {
      const known = byRow.get(row);
      if (!known) byRow.set(row, [way]);
      else if (!known.some((one) => isSame(one, way))) known.push(way);
    }
  }
  return byRow;
}

/** Partners of which more lots are wanted than there are. */
function scarceAmong(byRow: ReadonlyMap<Comparable, readonly Way[]>): ReadonlySet<Comparable> {
  const wanted = new Map<Comparable, Amount>();
  for (const ways of byRow.values()) {
    const most = new Map<Comparable, Amount>();
    for (const { uses } of ways) {
      for (const [partner, sets] of uses) {
        if (sets.greaterThan(most.get(partner) ?? ZERO)) most.set(partner, sets);
      }
    }
    for (const [partner, sets] of most) {
      wanted.set(partner, (wanted.get(partner) ?? ZERO).plus(sets));
    }
  }
  const scarce = [...wanted].filter(([{ held }, sets]) => sets.greaterThan(held.position.quantity));
  return new Set(scarce.map(([partner]) => partner));
}

/** Rows that hang together: explained by one way, or wanting lots of one scarce partner. */
function groupsOf(
  byRow: ReadonlyMap<Comparable, readonly Way[]>,
  scarce: ReadonlySet<Comparable>,
): readonly (readonly Comparable[])[] {
  const wanting = new Map<Comparable, Comparable[]>();
  for (const [row, ways] of byRow) {
    for (const partner of new Set(ways.flatMap(({ uses }) => [...uses.keys()]))) {
      if (!scarce.has(partner)) continue;
      const others = wanting.get(partner);
      if (others) others.push(row);
      else wanting.set(partner, [row]);
    }
  }
  const seen = new Set<Comparable>();
  const groups: Comparable[][] = [];
  for (const first of byRow.keys()) {
    if (seen.has(first)) continue;
    seen.add(first);
    const group = [first];
    // It grows while it is walked.
    for (const row of group) {
      for (const way of byRow.get(row) ?? []) {
        const near = [...way.uses.keys()].flatMap((partner) => {
          const others = wanting.get(partner) ?? [];
          wanting.delete(partner);
          return others;
        });
        for (const other of [...explainedBy(way), ...near]) {
          if (seen.has(other)) continue;
          seen.add(other);
          group.push(other);
        }
      }
    }
    groups.push(group);
  }
  return groups;
}

/** The choices that explain most of a group's rows. */
class Choices {
  /** How many rows they explain. */
  best = 0;
  /** Rows that each of them explains, and by which ways. */
  always = new Set<Comparable>();
  by = new Map<Comparable, Set<Way>>();
  /** Whether there were more than are looked at. */
  tooMany = false;
  steps = 0;
  private readonly taken = new Map<Comparable, Way>();
  private readonly open = new Set<Comparable>();
  private readonly used = new Map<Comparable, Amount>();

  constructor(
    private readonly rows: readonly Comparable[],
    private readonly byRow: ReadonlyMap<Comparable, readonly Way[]>,
    private readonly scarce: ReadonlySet<Comparable>,
  ) {
    this.choose(0);
  }

  private choose(at: number): void {
    if (this.tooMany || this.rows.length - this.open.size < this.best) return;
    this.tooMany = ++this.steps > MOST_STEPS;
    if (this.tooMany) return;
    const row = this.rows[at];
    if (!row) return this.note();
    if (this.taken.has(row)) return this.choose(at + 1);
    for (const way of this.byRow.get(row) ?? []) {
      this.steps++;
      if (!this.isFree(way)) continue;
      this.put(way, 1);
      this.choose(at + 1);
      this.put(way, -1);
    }
    this.open.add(row);
    this.choose(at + 1);
    this.open.delete(row);
  }

  private isFree(way: Way): boolean {
    if (explainedBy(way).some((row) => this.taken.has(row) || this.open.has(row))) return false;
    return [...way.uses].every(
      ([partner, sets]) =>
        !this.scarce.has(partner) ||
        !sets.plus(this.used.get(partner) ?? ZERO).greaterThan(partner.held.position.quantity),
    );
  }

  private put(way: Way, times: 1 | -1): void {
    for (const row of explainedBy(way)) {
      if (times > 0) this.taken.set(row, way);
      else this.taken.delete(row);
    }
    for (const [partner, sets] of way.uses) {
      this.used.set(partner, (this.used.get(partner) ?? ZERO).plus(sets.times(times)));
    }
  }

  private note(): void {
    const { taken } = this;
    if (taken.size > this.best) {
      this.best = taken.size;
      this.always = new Set(taken.keys());
      this.by = new Map();
    }
    for (const row of this.always) if (!taken.has(row)) this.always.delete(row);
    for (const [row, way] of taken) this.by.set(row, (this.by.get(row) ?? new Set()).add(way));
  }
}

/** Named beside a row that needs the same partner; more of them change nothing. */
const MOST_RIVALS = 5;

/** The ways that give rows' figures, each by itself, as far as they can stand together. */
export function* packedInSteps(ways: readonly Way[], pace: Pace): Generator<void, Packed> {
  const byRow = byRowOf(ways);
  const scarce = scarceAmong(byRow);
  const certain = new Set<Way>();
  const possible = new Map<Comparable, readonly Way[]>();
  const contested = new Map<Comparable, Contested>();
  const waysOf = (row: Comparable): readonly Way[] => byRow.get(row) ?? [];
  for (const group of groupsOf(byRow, scarce)) {
    const [first, ...others] = group;
    if (first && others.length === 0) {
      const [only, ...more] = waysOf(first);
      if (only && more.length === 0) certain.add(only);
      else possible.set(first, waysOf(first));
      continue;
    }
    // Those with the fewest ways first: what is left for them is soon seen.
    const rows = [...group].sort((a, b) => waysOf(a).length - waysOf(b).length);
    const { best, always, by, tooMany, steps } = new Choices(rows, byRow, scarce);
    if (pace.due(steps * STEP)) yield;
    const all = best === rows.length;
    const isSure = (row: Comparable): boolean => (tooMany ? all : always.has(row));
    const unsure = rows.filter((row) => !isSure(row)).slice(0, MOST_RIVALS);
    for (const row of rows) {
      const may = tooMany ? waysOf(row) : [...(by.get(row) ?? [])];
      const [only, ...more] = may;
      if (!only || !isSure(row)) {
        const rivals = unsure.filter((other) => other !== row);
        contested.set(row, { ways: waysOf(row), rivals });
      } else if (more.length === 0) certain.add(only);
      else possible.set(row, may);
    }
  }
  return { certain: [...certain], possible, contested };
}
