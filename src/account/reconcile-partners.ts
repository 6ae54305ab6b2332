/**
 * What one row may have been margined with, and what of that gives its figure: partners of its product, its own month
 * first. Nearly, in doubles, most ways are seen not to; only the rest is worked out exactly.
 */
import { amount, type Amount, type Bilingual, type Day } from "../core";
import { optionOf } from "./figure";
import { legOfLine, type LineLeg } from "./legs";
import { REASONS, type Tried } from "./reconcile-reasons";
import { isComparable, lineOfRow, type Comparable, type WorkRow } from "./reconcile-row";
import { toFen } from "./reconcile-terms";
import { pricedTogether, type Priced } from "./sets";

/** One way a row may have been margined with others. */
export interface Way {
  readonly rows: readonly Comparable[];
  readonly detail: Bilingual;
  /** Lots of each partner it takes. */
  readonly uses: ReadonlyMap<Comparable, Amount>;
  readonly tried: Tried;
}

const ZERO = amount("0");
/** What rounding to the fen can leave of one printed figure. */
const HALF_FEN = amount("0.005");

/** Printed figures against an exact sum: each that isn't whole fen by the rule may be off by its rounding. */
export const sumsTo = (printed: Amount, exact: Amount, parts: readonly Amount[]): boolean =>
  printed
    .minus(exact)
    .abs()
    .lessThanOrEqualTo(HALF_FEN.times(parts.filter((part) => part.decimalPlaces() > 2).length));

export const marginsOf = (rows: readonly Comparable[]): readonly Amount[] =>
  rows.map(({ figure }) => figure.margin);

export const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce<Amount>((total, one) => total.plus(one), ZERO);

const contractsOf = (rows: readonly WorkRow[]): string =>
  rows.map(({ held }) => held.position.contract).join(" + ");

export function setText(
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

/** More partners of one row than these are not tried. */
export const MOST_PARTNERS = 60;
/** Two partners at once are sought among the first few. */
const MOST_IN_PAIRS = 12;

/** A row's figures nearly; undefined as long as nobody asked. */
interface Nearly {
  readonly leg: LineLeg | undefined;
  /** The figure by the rule less the printed one. */
  readonly less: number;
  readonly size: number;
}

interface Partner {
  readonly row: Comparable;
  readonly priced: Priced;
}

/** Part of a way: so many sets with a partner, and what they take off. */
interface Member {
  readonly partner: Partner;
  readonly sets: Amount;
  readonly saved: Amount;
}

/** Farther than this from the figure, no rounding makes it exact: what rounding leaves of four figures is two fen. */
const NEAR = 0.05;
/** What doubles lose of a sum, in its largest part. */
const LOST = 1e-12;

/** Where a row's partners may stand: its product at its exchange. */
const productKey = ({ held }: WorkRow): string =>
  `${held.exchange?.code ?? ""} ${held.productCode ?? held.underlying ?? ""}`;

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
  private readonly firstOf = new Map<string, readonly Comparable[]>();
  private readonly nearly = new Map<Comparable, Nearly>();

  constructor(
    rows: readonly WorkRow[],
    breaking: readonly WorkRow[],
    taken: ReadonlySet<WorkRow>,
    private readonly on: Day,
  ) {
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
  private othersOf(row: Comparable): readonly Comparable[] {
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
    ];
    this.firstOf.set(key, first);
    return first;
  }

  private nearlyOf(row: Comparable): Nearly {
    const known = this.nearly.get(row);
    if (known) return known;
    const margin = row.figure.margin.toNumber();
    const found = {
      leg: legOfLine(lineOfRow(row), "broker"),
      less: row.printed.minus(row.figure.margin).toNumber(),
      size: Math.abs(margin),
    };
    this.nearly.set(row, found);
    return found;
  }

  private partnersOf(row: Comparable): readonly Partner[] {
    const { leg } = this.nearlyOf(row);
    const rules = leg?.joins?.rules;
    if (!leg || !rules || rules.combinations.length === 0) return [];
    const found: Partner[] = [];
    for (const other of this.othersOf(row)) {
      // Who was charged more than by the rule had nothing taken off.
      if (other === row || other.difference.greaterThan(0)) continue;
      const its = this.nearlyOf(other).leg;
      const priced = its && pricedTogether(leg, its, this.on);
      if (priced?.saved?.greaterThan(0)) found.push({ row: other, priced });
    }
    return found;
  }

  /** Whether a way may be exact; where it isn't, doubles tell. */
  private isNear(row: Comparable, members: readonly Member[]): boolean {
    let { less, size } = this.nearlyOf(row);
    for (const { partner, saved } of members) {
      const its = this.nearlyOf(partner.row);
      less += its.less + saved.toNumber();
      size += its.size;
    }
    return Math.abs(less) <= NEAR + size * LOST;
  }

  private waysOf(row: Comparable, onlyNear: boolean): readonly Way[] {
    const partners = this.partnersOf(row);
    const lots = row.held.position.quantity;
    const ways: Way[] = [];
    const put = (...members: readonly Member[]): void => {
      if (!onlyNear || this.isNear(row, members)) ways.push(wayOf(row, members));
    };
    for (const partner of partners) {
      const sets = fewer(lots, partner.row.held.position.quantity);
      for (const saved of savings(partner.priced, sets)) put({ partner, sets, saved });
    }
    if (ways.some(({ tried }) => tried.leaves.isZero())) return ways;
    const some = partners.slice(0, MOST_IN_PAIRS);
    for (const [i, one] of some.entries()) {
      const first = fewer(lots, one.row.held.position.quantity);
      const left = lots.minus(first);
      if (!left.greaterThan(0) || !one.priced.saved) continue;
      const saved = one.priced.saved.times(first);
      for (const [j, other] of some.entries()) {
        if (i === j || !other.priced.saved) continue;
        const second = fewer(left, other.row.held.position.quantity);
        put(
          { partner: one, sets: first, saved },
          { partner: other, sets: second, saved: other.priced.saved.times(second) },
        );
      }
    }
    return ways;
  }

  /** What trying a row's partners takes, in units of work. */
  workOf(row: Comparable): number {
    return this.othersOf(row).length;
  }
}

function wayOf(row: Comparable, members: readonly Member[]): Way {
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
  return {
    rows,
    detail,
    uses: new Map(members.map(({ partner, sets }) => [partner.row, sets])),
    tried: { id: "relief", name: REASONS.relief, detail, figure, leaves },
  };
}
