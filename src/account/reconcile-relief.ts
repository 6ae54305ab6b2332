/**
 * Rows margined together: sets that the statement tells, sets that only the charges prove, and futures margined on
 * their larger side. They are named where the rule gives each printed figure to the fen.
 */
import { amount, type Amount, type Bilingual, type Day, type Pace } from "../core";
import type { Statement } from "../statements";
import type { Line } from "./book";
import { optionOf, type Holding } from "./figure";
import { marginApart } from "./parts";
import { packedInSteps } from "./reconcile-packing";
import { Partners } from "./reconcile-partners";
import { REASONS, type Reason, type ReasonId, type Tried } from "./reconcile-reasons";
import { isComparable, lineOfRow, type Comparable, type WorkRow } from "./reconcile-row";
import { groupOf, productOf } from "./reconcile-rule";
import { additionsTo, isBare, type ChargedSets } from "./reconcile-set-additions";
import { partsOf, type PrintedPart, type SetOfRows } from "./reconcile-set-parts";
import type { BrokerTerms } from "./reconcile-terms";
import { marginsOf, setText, sum, type Way } from "./reconcile-ways";
import { signed } from "./reconcile-words";
import { heldSetsInSteps, type HeldSet } from "./sets";
import type { Told } from "./told";

/** Rows that one reason explains together. */
export interface Together {
  /** "unexplained" of a set that the statement tells and whose margin isn't the rule's: one finding. */
  readonly id: ReasonId;
  readonly rows: readonly Comparable[];
  /** What is said of it; of what is unexplained the whole sentence. */
  readonly detail: Bilingual;
  /** Margin printed for the set beside its rows. */
  readonly apart: Amount;
  /** What the set takes less by its rule, where something else was charged. */
  readonly missing: Amount;
  /** Additions that give a told set's margin, relief taken off, while the broker's rule isn't known. */
  readonly additions?: readonly Reason[];
}

export interface Reliefs {
  /** Margin printed for sets beside their rows, explained or not. */
  readonly apart: Amount;
  readonly together: readonly Together[];
  /** Sets that give a row's figure with one partner or another: each alone would, so none is certain. */
  readonly possible: ReadonlyMap<WorkRow, readonly Tried[]>;
  /** Sets that give a row's figure while other rows need the same partners: not all of them can be. */
  readonly contested: ReadonlyMap<WorkRow, Wanted>;
  /** Sets that were tried of a row and don't give its figure; worked out when they are asked for. */
  readonly tried: (row: WorkRow) => readonly Tried[];
  /** Whether there were more partners than are tried. */
  readonly leavesSome: (row: WorkRow) => boolean;
}

/** Sets that a row may be in, and the contracts of the rows that would need their lots. */
export interface Wanted {
  readonly ways: readonly Tried[];
  readonly rivals: readonly string[];
}

const ZERO = amount("0");

const contractOf = ({ held }: WorkRow): string => held.position.contract;

const asTried = (ways: readonly Way[]): readonly Tried[] => ways.map(({ tried }) => tried);

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

/** Each figure that isn't its part by the rule, where together they are. */
function offText(parts: readonly PrintedPart[]): Bilingual {
  const off = parts.filter(({ printed, due }) => !printed.equals(due));
  const said = (beside: string, is: string, not: string): string[] =>
    off.map(({ row, printed, due }) => {
      const of = row ? contractOf(row) : beside;
      return `${of} ${is}${printed.toFixed(2)}${not}${due.toFixed(2)}`;
    });
  return {
    zh: said("组合", "印 ", "、应 ").join("，"),
    en: said("the set", "prints ", " for ").join(", "),
  };
}

/** What is said of a told set whose margin isn't the rule's, or that no rule prices: one finding with its legs. */
function unexplainedSet(
  detail: Bilingual,
  printed: Amount,
  due: Amount,
  parts: readonly PrintedPart[] | undefined,
  bare: boolean,
): Bilingual {
  const off = signed(printed.minus(due));
  const [said, by] = [printed.toFixed(2), due.toFixed(2)];
  const rule = bare
    ? { zh: "交易所标准", en: "the exchange's standard" }
    : { zh: "规则", en: "the rule" };
  if (parts && printed.equals(due)) {
    const text = offText(parts);
    return {
      zh: `未解释：账单列的组合（${detail.zh}）连同各腿共印 ${said}，合计与${rule.zh}相同，但各自不是：${text.zh}。`,
      en: `unexplained: the set listed (${detail.en}) prints ${said} with its legs, as ${rule.en} gives in all, but not of each: ${text.en}.`,
    };
  }
  return parts
    ? {
        zh: `未解释 ${off}：账单列的组合（${detail.zh}）连同各腿共印 ${said}，按${rule.zh} ${by}。`,
        en: `${off} unexplained: the set listed (${detail.en}) prints ${said} with its legs, ${rule.en} gives ${by}.`,
      }
    : {
        zh: `未解释 ${off}：账单列的组合（${detail.zh}）连同各腿共印 ${said}；它的优惠这里算不出，各腿${bare ? "按交易所标准" : ""}单独收是 ${by}。`,
        en: `${off} unexplained: the set listed (${detail.en}) prints ${said} with its legs; its relief can't be worked out here, the legs alone take ${by}${bare ? " by the exchange's standard" : ""}.`,
      };
}

const withRelief = (terms: Bilingual, set: Bilingual): Bilingual => ({
  zh: `${terms.zh}；${REASONS.relief.zh} ${set.zh}`,
  en: `${terms.en}; ${REASONS.relief.en} ${set.en}`,
});

/** Its parts aren't the rule's own, which is said: nothing but the sum was held against it. */
const bySum = ({ zh, en }: Bilingual): Bilingual => ({
  zh: `${zh}；各腿怎么分看不出，只核对合计`,
  en: `${en}; how the legs share it isn't told, only their sum was checked`,
});

const marginOf = ({ figure }: Comparable): Amount => figure.margin;

function toldTogether(
  sets: readonly HeldSet[],
  rowOf: (line: Line) => WorkRow | undefined,
  statement: Statement,
  additionsOf: (charged: ChargedSets) => readonly Reason[],
): Together | undefined {
  const rows = [...new Set(sets.flatMap(({ legs }) => legs))].flatMap((line) => rowOf(line) ?? []);
  const charged = rows.filter(isComparable);
  if (charged.length < rows.length) return undefined;
  const priced = sets.every((set) => set.saved.broker);
  const beside = sets.map((set) => marginApart(set, statement));
  const apart = sum(beside.map((one) => one ?? ZERO));
  // Rows that hold all of a set's margin may have causes of their own where no rule tells of it.
  if (!priced && apart.isZero()) return undefined;
  const printed = sum(charged.map((row) => row.printed)).plus(apart);
  const alone = sum(charged.map(({ ours }) => ours));
  const detail = {
    zh: sets
      .map((set) => setText(set.combination?.title, rowsOf(set, rowOf), set.sets, set.id).zh)
      .join("；"),
    en: sets
      .map((set) => setText(set.combination?.title, rowsOf(set, rowOf), set.sets, set.id).en)
      .join("; "),
  };
  const common = { rows: charged, detail, apart };
  const bare = charged.some(isBare);
  if (!priced) {
    const text = unexplainedSet(detail, printed, alone, undefined, bare);
    return { ...common, id: "unexplained", detail: text, missing: ZERO };
  }
  const members = sets.map((set, at): SetOfRows => {
    const legs = rowsOf(set, rowOf).filter(isComparable);
    return { legs, lots: set.sets, saved: set.saved.broker ?? ZERO, apart: beside[at] };
  });
  const { fit, nearest } = partsOf({ rows: charged, sets: members, marginOf });
  if (fit) {
    return {
      ...common,
      id: "relief",
      detail: fit === "sum" ? bySum(detail) : detail,
      missing: ZERO,
    };
  }
  const due = sum(nearest.map((part) => part.due));
  const missing = alone.minus(due);
  const unsaved = members.map((set) => ({ ...set, saved: ZERO }));
  const isAlone = partsOf({ rows: charged, sets: unsaved, marginOf }).fit === "each";
  if (isAlone && members.some(({ saved }) => !saved.isZero()))
    return { ...common, id: "reliefMissing", missing };
  const found = additionsOf({ sets: members, rows: charged });
  const [first] = found;
  if (first) {
    const additions = found.map((one) => ({ ...one, detail: withRelief(one.detail, detail) }));
    return { ...common, id: first.id, missing, additions };
  }
  const text = unexplainedSet(detail, printed, due, nearest, bare);
  return { ...common, id: "unexplained", detail: text, missing };
}

const rowsOf = ({ legs }: HeldSet, rowOf: (line: Line) => WorkRow | undefined): WorkRow[] =>
  legs.flatMap((line) => rowOf(line) ?? []);

/** Both sides of a contract or a product, charged on the larger. */
function largerSidesOf(
  rows: readonly WorkRow[],
  keyOf: (row: WorkRow) => string,
  nameOf: (row: WorkRow) => Bilingual,
): readonly Together[] {
  const groups = new Map<string, WorkRow[]>();
  for (const row of rows) {
    if (row.held.kind !== "future") continue;
    const same = groups.get(keyOf(row));
    if (same) same.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()].flatMap((all) => {
    const sides = all.filter(isComparable);
    const [first] = sides;
    // A row that can't be checked leaves its side open.
    if (!first || sides.length < all.length) return [];
    const marginsOn = (side: string): readonly Amount[] =>
      marginsOf(sides.filter(({ held }) => held.position.side === side));
    const [long, short] = [sum(marginsOn("long")), sum(marginsOn("short"))];
    if (!long.greaterThan(0) || !short.greaterThan(0)) return [];
    const name = nameOf(first);
    const detail: Bilingual = {
      zh: `${name.zh} 买 ${long.toFixed(2)}、卖 ${short.toFixed(2)}，收较大的一边`,
      en: `${name.en}: long ${long.toFixed(2)}, short ${short.toFixed(2)}; the larger is charged`,
    };
    const larger = [
      ...(short.greaterThan(long) ? [] : ["long"]),
      ...(long.greaterThan(short) ? [] : ["short"]),
    ];
    return larger.some((side) => isChargedOn(side, sides))
      ? [{ id: "largerSide" as const, rows: sides, detail, apart: ZERO, missing: ZERO }]
      : [];
  });
}

/** Whether each row of a side was charged as by the rule and the others nothing; where two print one margin, these together. */
function isChargedOn(side: string, rows: readonly Comparable[]): boolean {
  const off = new Map<unknown, Amount>();
  for (const row of rows) {
    const due = row.held.position.side === side ? row.ours : ZERO;
    const printedIn = row.both ?? row;
    off.set(printedIn, (off.get(printedIn) ?? ZERO).plus(row.printed).minus(due));
  }
  return [...off.values()].every((one) => one.isZero());
}

/** Futures charged on the larger side: of each contract, and where that leaves some unexplained over their product's months. */
function largerSides(rows: readonly WorkRow[]): readonly Together[] {
  // Speculation and hedging are held under trading codes of their own.
  const ofContract = largerSidesOf(
    rows,
    (row) => `${contractOf(row)} ${groupOf(row.held)}`,
    (row) => {
      const code = contractOf(row);
      return { zh: code, en: code };
    },
  );
  const told = new Set<WorkRow>(ofContract.flatMap((one) => one.rows));
  const ofProduct = largerSidesOf(
    rows,
    ({ held }) => `${held.exchange?.code ?? ""} ${groupOf(held)}`,
    ({ held }) => productOf(held).name,
  ).filter((one) => one.rows.some((row) => !row.difference.isZero() && !told.has(row)));
  return [...ofProduct, ...ofContract];
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
  [perhaps, on]: readonly [perhaps: readonly BrokerTerms[], on: Day],
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
    take(toldTogether(group, rowOf, statement, (charged) => additionsTo(charged, perhaps, on)));
    if (pace.due(TRYING)) yield;
  }
  for (const found of [...largerSides(rows), ...coveredCalls(rows)]) take(found);
  // What each side of an unexplained pair was charged isn't told: no set is proven by it.
  for (const row of rows) if (row.both?.difference.isZero() === false) taken.add(row);

  const breaking = rows
    .filter(isComparable)
    .filter((row) => row.difference.lessThan(0) && !taken.has(row));
  const partners = new Partners(rows, breaking, taken, on);
  const ways: Way[] = [];
  const open = new Set<WorkRow>();
  for (const [index, row] of breaking.entries()) {
    if (row.held.kind === "shares") continue;
    const exact = partners.exactWays(row);
    if (exact.length === 0) open.add(row);
    ways.push(...exact);
    if (pace.due(partners.workOf(row) * TRYING)) yield index / breaking.length;
  }
  const sure = yield* packedInSteps(ways, pace);
  for (const { rows: members, detail } of sure.certain) {
    together.push({ id: "relief", rows: members, detail, apart: ZERO, missing: ZERO });
  }
  const possible = new Map<WorkRow, readonly Tried[]>();
  for (const [row, some] of sure.possible) possible.set(row, asTried(some));
  const contested = new Map<WorkRow, Wanted>();
  for (const [row, { ways: some, rivals }] of sure.contested) {
    contested.set(row, { ways: asTried(some), rivals: rivals.map(contractOf) });
    open.add(row);
  }
  const apart = sum(sets.map((set) => marginApart(set, statement) ?? ZERO));
  const tried = (row: WorkRow): readonly Tried[] =>
    open.has(row) && isComparable(row) ? partners.allWays(row).map((way) => way.tried) : [];
  const leavesSome = (row: WorkRow): boolean =>
    open.has(row) && isComparable(row) && partners.leavesSome(row);
  return { apart, together, possible, contested, tried, leavesSome };
}
