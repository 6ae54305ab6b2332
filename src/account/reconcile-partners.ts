/**
 * What one row may have been margined with, and what of that gives its figure: partners of its product, its own month
 * first. Nearly, in doubles, most ways are seen not to; only the rest is worked out exactly.
 */
import type { Amount, Bilingual, Day } from "../core";
import { optionOf } from "./figure";
import { mayEqual } from "./nearly";
import { Pairs, type Candidate, type Partner, type Saving } from "./reconcile-pairs";
import { isComparable, type Comparable, type WorkRow } from "./reconcile-row";
import { groupOf } from "./reconcile-rule";
import { wayOf, type Member, type Way } from "./reconcile-ways";

/** More partners of one row than these are not tried. */
export const MOST_PARTNERS = 60;
/** Two partners at once are sought among the first few. */
const MOST_IN_PAIRS = 12;

const fewer = (a: Amount, b: Amount): Amount => (a.lessThan(b) ? a : b);

const RAISED: Bilingual = {
  zh: "（较轻一腿的权利金也按倍数收）",
  en: " (the lighter leg's premium raised too)",
};
const UNRAISED: Bilingual = {
  zh: "（较轻一腿的权利金不加倍数）",
  en: " (the lighter leg's premium not raised)",
};

/** What a set of a row and a partner takes off them, for one set; the second way leaves the lighter premium unraised. */
function savings(
  { saved, plain, first, second }: Saving,
  sets: Amount,
): readonly Pick<Member, "saved" | "premium">[] {
  const whole = saved.times(sets);
  const [heavier, light] = first.alone.greaterThan(second.alone)
    ? [first, second]
    : [second, first];
  if (light.markup.isZero() || !light.lots.equals(sets) || !heavier.lots.equals(sets))
    return [{ saved: whole }];
  const added = light.alone.minus(plain.times(sets));
  const premium = light.joins?.premium.times(sets);
  if (!added.greaterThan(0) || !premium?.equals(added)) return [{ saved: whole }];
  return [
    { saved: whole, premium: RAISED },
    { saved: whole.plus(added.times(light.markup)), premium: UNRAISED },
  ];
}

/** The same in doubles; the second of them may be none. */
function savingsNearly(row: Candidate, partner: Partner): readonly number[] {
  const { candidate, saved, plain, markup } = partner;
  const sets = Math.min(row.lots, candidate.lots);
  const whole = saved * sets;
  if (row.lots !== candidate.lots) return [whole];
  return [whole, whole + (Math.min(row.alone, candidate.alone) - plain * sets) * markup];
}

/** Whether a row less what it saves with others may come to what it was charged; where it doesn't, doubles tell. */
const mayFit = (saved: number, row: Candidate, ...others: readonly Candidate[]): boolean =>
  mayEqual(
    row.less + saved,
    0,
    others.reduce((sum, { size }) => sum + size, row.size),
  );

/** Where a row's partners may stand: its product at its exchange; hedging, which has trading codes of its own, apart. */
const productKey = ({ held }: WorkRow): string => `${held.exchange?.code ?? ""} ${groupOf(held)}`;

const monthOf = ({ held }: WorkRow): string | undefined => optionOf(held.position)?.month;

/** What a set asks of a leg: longs by the dozen mustn't keep a short from being tried. */
const kindOf = ({ held }: WorkRow): string =>
  `${held.kind} ${held.position.side} ${optionOf(held.position)?.right ?? ""}`;

const added = <T>(lists: Map<string, T[]>, key: string, one: T): unknown => {
  const alike = lists.get(key);
  return alike ? alike.push(one) : lists.set(key, [one]);
};

/** The first row of each kind, then the second of each … */
function inTurn(rows: readonly Comparable[], most: number): readonly Comparable[] {
  const kinds = new Map<string, Comparable[]>();
  for (const row of rows) added(kinds, kindOf(row), row);
  const lists = [...kinds.values()];
  const found: Comparable[] = [];
  for (let i = 0; found.length < Math.min(most, rows.length); i++) {
    for (const list of lists) found.push(...list.slice(i, i + 1));
  }
  return found.slice(0, most);
}

/** Rows that others may have been margined with. */
export class Partners {
  private readonly byProduct = new Map<string, Comparable[]>();
  private readonly byMonth = new Map<string, Comparable[]>();
  private readonly firstOf = new Map<string, readonly Candidate[]>();
  private readonly pairs: Pairs;

  constructor(
    rows: readonly WorkRow[],
    breaking: readonly WorkRow[],
    taken: ReadonlySet<WorkRow>,
    on: Day,
  ) {
    this.pairs = new Pairs(on);
    const products = new Set(breaking.map(productKey));
    for (const row of rows) {
      const key = productKey(row);
      if (!products.has(key) || !isComparable(row) || taken.has(row)) continue;
      added(this.byProduct, key, row);
      added(this.byMonth, `${key} ${monthOf(row)}`, row);
    }
  }

  /** Ways that give a row's figure to the fen, whoever else uses the partners. */
  exactWays(row: Comparable): readonly Way[] {
    return this.waysOf(row, true).filter(({ tried }) => tried.leaves.isZero());
  }

  /** Every way, for a row that none explains. */
  allWays(row: Comparable): readonly Way[] {
    return this.waysOf(row, false);
  }

  /** Whether some of a row's product are not tried with it. */
  leavesSome(row: Comparable): boolean {
    return (this.byProduct.get(productKey(row))?.length ?? 0) > MOST_PARTNERS;
  }

  /** Those that are tried, of the same month first: most sets are of one. */
  private othersOf(row: Comparable): readonly Candidate[] {
    const product = productKey(row);
    const month = monthOf(row);
    const key = `${product} ${month}`;
    const known = this.firstOf.get(key);
    if (known) return known;
    const own = inTurn(this.byMonth.get(key) ?? [], MOST_PARTNERS);
    const left = MOST_PARTNERS - own.length;
    const others = left === 0 ? [] : (this.byProduct.get(product) ?? []);
    const first = [
      ...own,
      ...inTurn(
        others.filter((other) => monthOf(other) !== month),
        left,
      ),
    ].map((one) => this.pairs.candidate(one));
    this.firstOf.set(key, first);
    return first;
  }

  private partnersOf(row: Candidate): readonly Partner[] {
    const rules = row.leg?.joins?.rules;
    if (!rules || rules.combinations.length === 0) return [];
    const found: Partner[] = [];
    for (const other of this.othersOf(row.row)) {
      if (other === row) continue;
      const partner = this.pairs.partner(row, other);
      if (partner) found.push(partner);
    }
    return found;
  }

  private waysOf(row: Comparable, onlyNear: boolean): readonly Way[] {
    const candidate = this.pairs.candidate(row);
    const partners = this.partnersOf(candidate);
    const lots = row.held.position.quantity;
    const ways: Way[] = [];
    for (const partner of partners) {
      const isNear = (saved: number): boolean => mayFit(saved, candidate, partner.candidate);
      if (onlyNear && !savingsNearly(candidate, partner).some(isNear)) continue;
      const sets = fewer(lots, partner.row.held.position.quantity);
      for (const saving of savings(partner.priced(), sets)) {
        ways.push(wayOf(row, [{ partner, sets, ...saving }]));
      }
    }
    if (ways.some(({ tried }) => tried.leaves.isZero())) return ways;
    for (const [one, other] of twoOf(candidate, partners.slice(0, MOST_IN_PAIRS), onlyNear)) {
      const first = fewer(lots, one.row.held.position.quantity);
      const second = fewer(lots.minus(first), other.row.held.position.quantity);
      ways.push(wayOf(row, [memberOf(one, first), memberOf(other, second)]));
    }
    return ways;
  }

  /** What trying a row's partners takes, in units of work. */
  workOf(row: Comparable): number {
    return this.othersOf(row).length;
  }
}

/** Two partners at once: the second has what the first leaves of the row's lots. */
function twoOf(
  row: Candidate,
  partners: readonly Partner[],
  onlyNear: boolean,
): readonly (readonly [Partner, Partner])[] {
  const found: [Partner, Partner][] = [];
  for (const one of partners) {
    const first = Math.min(row.lots, one.candidate.lots);
    const left = row.lots - first;
    if (left === 0) continue;
    for (const other of partners) {
      if (other === one) continue;
      const second = Math.min(left, other.candidate.lots);
      const saved = one.saved * first + other.saved * second;
      if (!onlyNear || mayFit(saved, row, one.candidate, other.candidate)) found.push([one, other]);
    }
  }
  return found;
}

/** So many sets with a partner, by its rule. */
function memberOf(partner: Partner, sets: Amount): Member {
  return { partner, sets, saved: partner.priced().saved.times(sets) };
}
