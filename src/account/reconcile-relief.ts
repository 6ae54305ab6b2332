/**
 * Rows margined together: sets that the statement tells, sets that only the charges prove, and futures margined on
 * their larger side. A set is named where the rule gives what its rows were charged in all, to the fen.
 */
import { amount, type Amount, type Bilingual, type Day, type Pace } from "../core";
import type { Statement } from "../statements";
import type { Line } from "./book";
import { optionOf, type Holding } from "./figure";
import { marginApart } from "./parts";
import { Partners } from "./reconcile-partners";
import type { ReasonId, Tried } from "./reconcile-reasons";
import { isComparable, lineOfRow, type Comparable, type WorkRow } from "./reconcile-row";
import { toFen } from "./reconcile-terms";
import { marginsOf, setText, sum, sumsTo, type Way } from "./reconcile-ways";
import { heldSetsInSteps, type HeldSet } from "./sets";
import type { Told } from "./told";

/** Rows that one reason explains together. */
export interface Together {
  readonly id: ReasonId;
  readonly rows: readonly Comparable[];
  readonly detail: Bilingual;
  /** Margin printed for the set beside its rows. */
  readonly apart: Amount;
  /** What the set takes less by its rule, though nothing was taken off. */
  readonly missing: Amount;
}

export interface Reliefs {
  /** Margin printed for sets beside their rows, explained or not. */
  readonly apart: Amount;
  readonly together: readonly Together[];
  /** Sets that give a row's figure with one partner or another: each alone would, so none is certain. */
  readonly possible: ReadonlyMap<WorkRow, readonly Tried[]>;
  /** Sets that were tried of a row and don't give its figure; worked out when they are asked for. */
  readonly tried: (row: WorkRow) => readonly Tried[];
  /** Whether there were more partners than are tried. */
  readonly leavesSome: (row: WorkRow) => boolean;
}

const ZERO = amount("0");

/** Sets that the statement tells, those with a leg in common together; a group goes by its latest set. */
function components(sets: readonly HeldSet[]): readonly (readonly HeldSet[])[] {
  const groups = new Map<number, readonly HeldSet[]>();
  const joinedTo = new Map<number, number>();
  const latest = (at: number): number => {
    let last = at;
    for (let next = joinedTo.get(at); next !== undefined; next = joinedTo.get(next)) last = next;
    if (last !== at) joinedTo.set(at, last);
    return last;
  };
  const seen = new Map<Line, number>();
  for (const [at, set] of sets.entries()) {
    const before = new Set<number>();
    for (const line of set.legs) {
      const there = seen.get(line);
      if (there !== undefined && there !== at) before.add(latest(there));
      seen.set(line, at);
    }
    const touching = [...before].sort((a, b) => b - a);
    groups.set(at, [...touching.flatMap((one) => groups.get(one) ?? []), set]);
    for (const one of touching) {
      groups.delete(one);
      joinedTo.set(one, at);
    }
  }
  return [...groups.values()];
}

function toldTogether(
  sets: readonly HeldSet[],
  rowOf: (line: Line) => WorkRow | undefined,
  statement: Statement,
): Together | undefined {
  const rows = [...new Set(sets.flatMap(({ legs }) => legs))].flatMap((line) => rowOf(line) ?? []);
  const charged = rows.filter(isComparable);
  const saved = sets.map((set) => set.saved.broker);
  if (charged.length < rows.length || saved.some((one) => !one)) return undefined;
  const apart = sum(sets.map((set) => marginApart(set, statement) ?? ZERO));
  const printed = sum(charged.map((row) => row.printed)).plus(apart);
  const alone = sum(marginsOf(charged));
  const less = sum(saved as Amount[]);
  const parts = [...marginsOf(charged), ...(saved as Amount[])];
  const detail = {
    zh: sets
      .map((set) => setText(set.combination?.title, rowsOf(set, rowOf), set.sets, set.id).zh)
      .join("；"),
    en: sets
      .map((set) => setText(set.combination?.title, rowsOf(set, rowOf), set.sets, set.id).en)
      .join("; "),
  };
  const common = { rows: charged, detail, apart };
  if (sumsTo(printed, alone.minus(less), parts)) return { ...common, id: "relief", missing: ZERO };
  if (less.isZero() || !sumsTo(printed, alone, parts)) return undefined;
  return { ...common, id: "reliefMissing", missing: toFen(less) };
}

const rowsOf = ({ legs }: HeldSet, rowOf: (line: Line) => WorkRow | undefined): WorkRow[] =>
  legs.flatMap((line) => rowOf(line) ?? []);

/** Both sides of a future, charged on the larger. */
function largerSides(rows: readonly WorkRow[]): readonly Together[] {
  const byContract = new Map<string, Comparable[]>();
  for (const row of rows) {
    if (row.held.kind !== "future" || !isComparable(row)) continue;
    const { contract } = row.held.position;
    const same = byContract.get(contract);
    if (same) same.push(row);
    else byContract.set(contract, [row]);
  }
  return [...byContract.values()].flatMap((sides) => {
    const sideSum = (side: string): Amount =>
      sum(
        sides.flatMap(({ held, figure }) => (held.position.side === side ? [figure.margin] : [])),
      );
    const [long, short] = [sideSum("long"), sideSum("short")];
    if (!long.greaterThan(0) || !short.greaterThan(0)) return [];
    const printed = sum(sides.map((row) => row.printed));
    const larger = long.greaterThan(short) ? long : short;
    const detail: Bilingual = {
      zh: `${sides[0]?.held.position.contract} 买 ${long.toFixed(2)}、卖 ${short.toFixed(2)}，收较大的一边`,
      en: `${sides[0]?.held.position.contract}: long ${long.toFixed(2)}, short ${short.toFixed(2)}; the larger is charged`,
    };
    const common = { rows: sides, detail, apart: ZERO, missing: ZERO };
    return sumsTo(printed, larger, [larger]) ? [{ ...common, id: "largerSide" as const }] : [];
  });
}

/** A short ETF call that took nothing while enough shares are held. */
function coveredCalls(rows: readonly WorkRow[]): readonly Together[] {
  const shares = new Map<string, Amount>();
  for (const { held } of rows) {
    const { underlying, kind, position } = held;
    if (kind !== "shares" || underlying === undefined) continue;
    shares.set(underlying, (shares.get(underlying) ?? ZERO).plus(position.quantity));
  }
  return rows.filter(isComparable).flatMap((row) => {
    const { underlying = "", unit, position } = row.held;
    const contract = optionOf(position);
    const isCall = contract?.rules.underlying === "etf" && contract.right === "call";
    if (!isCall || position.side !== "short" || !row.printed.isZero() || !unit) return [];
    const needed = unit.times(position.quantity);
    const left = shares.get(underlying);
    if (!left || left.lessThan(needed)) return [];
    shares.set(underlying, left.minus(needed));
    const detail = {
      zh: `${underlying} 持有份额足够`,
      en: `enough shares of ${underlying} are held`,
    };
    return [{ id: "covered" as const, rows: [row], detail, apart: ZERO, missing: ZERO }];
  });
}

/** A set's part in trying, or a pair's. */
const TRYING = 1;

/** Yields the share of it that is done. */
export function* reliefsInSteps(
  rows: readonly WorkRow[],
  told: Told,
  statement: Statement,
  on: Day,
  pace: Pace,
): Generator<number | void, Reliefs> {
  const byHolding = new Map<Holding, WorkRow>(rows.map((row) => [row.held, row]));
  const byLine = new Map<Line, WorkRow>();
  const lineOf = (holding: Holding): Line | undefined => {
    const row = byHolding.get(holding);
    if (!row) return undefined;
    const line = lineOfRow(row);
    byLine.set(line, row);
    return line;
  };
  const rowOf = (line: Line): WorkRow | undefined => byLine.get(line);
  const sets = yield* heldSetsInSteps(told, lineOf, on, pace);
  const together: Together[] = [];
  const taken = new Set<WorkRow>();
  const take = (found: Together | undefined): void => {
    if (!found || found.rows.some((row) => taken.has(row))) return;
    for (const row of found.rows) taken.add(row);
    // What is charged as its rows alone needs no reason.
    const plain = found.rows.every(({ difference }) => difference.isZero());
    if (!plain || found.id === "reliefMissing" || !found.apart.isZero()) together.push(found);
  };
  for (const group of components(sets)) {
    take(toldTogether(group, rowOf, statement));
    if (pace.due(TRYING)) yield;
  }
  for (const found of [...largerSides(rows), ...coveredCalls(rows)]) take(found);

  const breaking = rows
    .filter(isComparable)
    .filter((row) => row.difference.lessThan(0) && !taken.has(row));
  const partners = new Partners(rows, breaking, taken, on);
  const possible = new Map<WorkRow, readonly Tried[]>();
  const open = new Set<WorkRow>();
  const used = new Map<Comparable, Amount>();
  for (const [index, row] of breaking.entries()) {
    if (taken.has(row) || row.held.kind === "shares") continue;
    const ways = partners.exactWays(row);
    if (pace.due(partners.workOf(row) * TRYING)) yield index / breaking.length;
    const free = ({ uses }: Way): boolean =>
      [...uses].every(([other, sets]) =>
        sets.plus(used.get(other) ?? ZERO).lessThanOrEqualTo(other.held.position.quantity),
      );
    const exact = ways.filter(free);
    const [only, ...more] = exact;
    if (only && more.length === 0) {
      together.push({
        id: "relief",
        rows: only.rows,
        detail: only.detail,
        apart: ZERO,
        missing: ZERO,
      });
      for (const member of only.rows)
        if (member === row || !member.difference.isZero()) taken.add(member);
      for (const [other, sets] of only.uses) used.set(other, sets.plus(used.get(other) ?? ZERO));
    } else if (only) {
      possible.set(
        row,
        exact.map(({ tried }) => tried),
      );
    } else open.add(row);
  }
  const apart = sum(sets.map((set) => marginApart(set, statement) ?? ZERO));
  const tried = (row: WorkRow): readonly Tried[] =>
    open.has(row) && isComparable(row) ? partners.allWays(row).map((way) => way.tried) : [];
  const leavesSome = (row: WorkRow): boolean =>
    open.has(row) && isComparable(row) && partners.leavesSome(row);
  return { apart, together, possible, tried, leavesSome };
}
