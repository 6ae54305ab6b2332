/**
 * Rows margined together: sets that the statement tells, sets that only the charges prove, and futures margined on
 * their larger side. A set is named where the rule gives what its rows were charged in all, to the fen.
 */
import { amount, type Amount, type Bilingual, type Day, type Pace } from "../core";
import type { Statement } from "../statements";
import type { Line } from "./book";
import { optionOf, type Holding } from "./figure";
import { marginApart } from "./parts";
import { REASONS, type ReasonId, type Tried } from "./reconcile-reasons";
import { isComparable, lineOfRow, type Comparable, type WorkRow } from "./reconcile-row";
import { toFen } from "./reconcile-terms";
import { heldSetsInSteps, pricedAs, type HeldSet, type Priced } from "./sets";
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
  /** Sets that were tried of a row and don't give its figure. */
  readonly tried: ReadonlyMap<WorkRow, readonly Tried[]>;
}

const ZERO = amount("0");
/** What rounding to the fen can leave of one printed figure. */
const HALF_FEN = amount("0.005");

/** Printed figures against an exact sum: each that isn't whole fen by the rule may be off by its rounding. */
const sumsTo = (printed: Amount, exact: Amount, parts: readonly Amount[]): boolean =>
  printed
    .minus(exact)
    .abs()
    .lessThanOrEqualTo(HALF_FEN.times(parts.filter((part) => part.decimalPlaces() > 2).length));

const marginsOf = (rows: readonly Comparable[]): readonly Amount[] =>
  rows.map(({ figure }) => figure.margin);

const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce<Amount>((total, one) => total.plus(one), ZERO);

const contractsOf = (rows: readonly WorkRow[]): string =>
  rows.map(({ held }) => held.position.contract).join(" + ");

function setText(
  title: Bilingual | undefined,
  rows: readonly WorkRow[],
  lots: Amount,
  id = "",
): Bilingual {
  const named = (language: keyof Bilingual): string =>
    [title?.[language], id].filter(Boolean).join(" ");
  const of = `${contractsOf(rows)} × ${lots.toFixed()}`;
  return { zh: `${named("zh")} ${of}`.trim(), en: `${named("en")} ${of}`.trim() };
}

/** Sets that the statement tells, those with a leg in common together. */
function components(sets: readonly HeldSet[]): readonly (readonly HeldSet[])[] {
  const groups: { sets: HeldSet[]; lines: Set<Line> }[] = [];
  for (const set of sets) {
    const touching = groups.filter(({ lines }) => set.legs.some((line) => lines.has(line)));
    const joined = { sets: [set], lines: new Set(set.legs) };
    for (const group of touching) {
      joined.sets.unshift(...group.sets);
      for (const line of group.lines) joined.lines.add(line);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(joined);
  }
  return groups.map((group) => group.sets);
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

/** One way a row may have been margined with others. */
interface Way {
  readonly rows: readonly Comparable[];
  readonly detail: Bilingual;
  /** Lots of each partner it takes. */
  readonly uses: ReadonlyMap<Comparable, Amount>;
  readonly tried: Tried;
}

const fewer = (a: Amount, b: Amount): Amount => (a.lessThan(b) ? a : b);

/** What a set of a row and a partner takes off them, for one set; the second way leaves the lighter premium unraised. */
function savings({ saved, plain, first, second }: Priced, sets: Amount): readonly Amount[] {
  if (!saved) return [];
  const whole = saved.times(sets);
  const [heavier, light] = first.alone.greaterThan(second.alone)
    ? [first, second]
    : [second, first];
  if (light.markup.isZero() || !light.lots.equals(sets) || !heavier.lots.equals(sets))
    return [whole];
  const added = light.alone.minus(plain.times(sets));
  return added.isNegative() ? [whole] : [whole, whole.plus(added.times(light.markup))];
}

/** More partners than these are not tried. */
const MOST_PARTNERS = 60;
/** Two partners at once are sought among the first few. */
const MOST_IN_PAIRS = 12;

interface Partner {
  readonly row: Comparable;
  readonly priced: Priced;
}

function partnersOf(row: Comparable, others: readonly Comparable[], on: Day): readonly Partner[] {
  const found: Partner[] = [];
  for (const other of others.slice(0, MOST_PARTNERS)) {
    // Who was charged more than by the rule had nothing taken off.
    if (other === row || other.difference.greaterThan(0)) continue;
    const priced = pricedAs([lineOfRow(row), lineOfRow(other)], "broker", on);
    if (priced?.saved?.greaterThan(0)) found.push({ row: other, priced });
  }
  return found;
}

function waysOf(row: Comparable, partners: readonly Partner[]): readonly Way[] {
  const lots = row.held.position.quantity;
  const ways: Way[] = [];
  const put = (members: readonly { partner: Partner; sets: Amount; saved: Amount }[]): void => {
    const rows = [row, ...members.map(({ partner }) => partner.row)];
    const less = sum(members.map(({ saved }) => saved));
    const exact = sum(marginsOf(rows)).minus(less);
    const charged = sum(rows.map(({ printed }) => printed));
    const isExact = sumsTo(charged, exact, [...marginsOf(rows), less]);
    const texts = members.map(({ partner, sets }) =>
      setText(partner.priced.combination.title, [row, partner.row], sets),
    );
    const detail = {
      zh: texts.map(({ zh }) => zh).join("；"),
      en: texts.map(({ en }) => en).join("; "),
    };
    const leaves = isExact ? ZERO : toFen(charged.minus(exact));
    const figure = row.printed.minus(leaves);
    ways.push({
      rows,
      detail,
      uses: new Map(members.map(({ partner, sets }) => [partner.row, sets])),
      tried: { id: "relief", name: REASONS.relief, detail, figure, leaves },
    });
  };
  for (const partner of partners) {
    const sets = fewer(lots, partner.row.held.position.quantity);
    for (const saved of savings(partner.priced, sets)) put([{ partner, sets, saved }]);
  }
  if (ways.some(({ tried }) => tried.leaves.isZero())) return ways;
  const some = partners.slice(0, MOST_IN_PAIRS);
  for (const [i, one] of some.entries()) {
    const first = fewer(lots, one.row.held.position.quantity);
    const left = lots.minus(first);
    if (!left.greaterThan(0) || !one.priced.saved) continue;
    for (const [j, other] of some.entries()) {
      if (i === j || !other.priced.saved) continue;
      const second = fewer(left, other.row.held.position.quantity);
      put([
        { partner: one, sets: first, saved: one.priced.saved.times(first) },
        { partner: other, sets: second, saved: other.priced.saved.times(second) },
      ]);
    }
  }
  return ways;
}

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

/** Where a row's partners may stand: its product at its exchange. */
const productKey = ({ held }: WorkRow): string =>
  `${held.exchange?.code ?? ""} ${held.productCode ?? held.underlying ?? ""}`;

/** A set's part in trying. */
const TRYING = 1;

export function* reliefsInSteps(
  rows: readonly WorkRow[],
  told: Told,
  statement: Statement,
  on: Day,
  pace: Pace,
): Generator<void, Reliefs> {
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
  const products = new Set(breaking.map(productKey));
  const byProduct = new Map<string, Comparable[]>();
  for (const row of rows) {
    const key = productKey(row);
    if (!products.has(key) || !isComparable(row) || taken.has(row)) continue;
    const alike = byProduct.get(key);
    if (alike) alike.push(row);
    else byProduct.set(key, [row]);
  }
  const possible = new Map<WorkRow, readonly Tried[]>();
  const triedOf = new Map<WorkRow, readonly Tried[]>();
  const used = new Map<Comparable, Amount>();
  for (const row of breaking) {
    if (taken.has(row) || row.held.kind === "shares") continue;
    const month = optionOf(row.held.position)?.month;
    const alike = byProduct.get(productKey(row)) ?? [];
    // The same month first: most sets are of one.
    const near = alike.filter(({ held }) => optionOf(held.position)?.month === month);
    const others = [...near, ...alike.filter((other) => !near.includes(other))];
    const ways = waysOf(row, partnersOf(row, others, on));
    if (pace.due(Math.min(others.length, MOST_PARTNERS) * TRYING)) yield;
    const free = ({ uses }: Way): boolean =>
      [...uses].every(([other, sets]) =>
        sets.plus(used.get(other) ?? ZERO).lessThanOrEqualTo(other.held.position.quantity),
      );
    const exact = ways.filter((way) => way.tried.leaves.isZero() && free(way));
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
    } else if (ways.length > 0) {
      triedOf.set(
        row,
        ways.map(({ tried }) => tried),
      );
    }
  }
  const apart = sum(sets.map((set) => marginApart(set, statement) ?? ZERO));
  return { apart, together, possible, tried: triedOf };
}
