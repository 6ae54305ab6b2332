import { amountAt, column, nearest, type Column } from "./columns";
import type { Day } from "./day";
import { branchOf } from "./margin";
import { marginColumns } from "./margins";
import { exact, type Amount } from "./number";
import { MOST_ROWS, plainRows, type Group } from "./plain-rows";
import { marginOfRows, type RowAlone, type RowMargin, type TableTerms } from "./positions";
import type { RuleSet } from "./rule";
import type { Table } from "./table";

/** What the rows of a table answer, each at its place. */
export interface TableMargins {
  /** For rows answered in columns, the doubles nearest to the exact figures. */
  readonly margin: Float64Array;
  readonly premium: Float64Array;
  readonly basic: Float64Array;
  readonly minimum: Float64Array;
  readonly branch: readonly (RowMargin["branch"] | undefined)[];
  /** The rows that were answered one by one; undefined for a blank one. */
  readonly single: ReadonlyMap<number, RowMargin | { readonly refused: unknown } | undefined>;
}

const WANTED = ["total", "premium", "basic", "minimum", "lift", "cut"] as const;
const ALONE = ["total", "premium"] as const;

type Wanted = (typeof WANTED)[number];

/** The amounts of a group's rows as columns, in their order. */
function columnsOf<Name extends Wanted>(
  group: Group,
  markup: Amount,
  wanted: readonly Name[],
): Readonly<Record<Name, Column>> {
  const { edition, right, rated, count: height } = group;
  const read = (figures: Float64Array): Column => column(figures.subarray(0, height));
  const terms = {
    settlement: read(group.settlement),
    underlying: read(group.underlying),
    strike: read(group.strike),
    multiplier: read(group.multiplier),
  };
  const rate = rated ? read(group.rate) : undefined;
  const lots = read(group.lots);
  return marginColumns({ edition, contract: { right, terms, rate }, lots, markup, height }, wanted);
}

/** The doubles nearest to them. */
function amountsOf(group: Group, markup: Amount): Record<Wanted, Float64Array> {
  const amounts = columnsOf(group, markup, WANTED);
  return Object.fromEntries(
    WANTED.map((name) => [name, nearest(amounts[name], group.count)]),
  ) as ReturnType<typeof amountsOf>;
}

/**
 * What plain short options of a table take alone by the exchange's figure, exactly and in columns, at their
 * rows' places. Nothing stands at any other row: that is answered, or refused, by itself.
 */
export function marginsAlone(
  table: Table,
  exchanges: readonly RuleSet[],
  on: Day,
): readonly (RowAlone | undefined)[] {
  const alone = new Array<RowAlone | undefined>(table.cells.length).fill(undefined);
  const empty = (group: Group): void => {
    const { total, premium } = columnsOf(group, exact.zero, ALONE);
    for (let i = 0; i < group.count; i++) {
      const [margin, royalty] = [amountAt(total, i), amountAt(premium, i)];
      alone[group.rows[i] as number] = { margin, premium: royalty };
    }
    group.count = 0;
  };
  const { groups, put } = plainRows(table, exchanges, on);
  for (let index = 0; index < table.cells.length; index++) {
    const place = put(index);
    if (place && place !== "long" && place.count === MOST_ROWS) empty(place);
  }
  groups.forEach(empty);
  return alone;
}

/**
 * The margin of every row of a positions table, each as marginOfRows answers it: plain options of one
 * edition and right together, in columns, and the rest one by one.
 */
export function marginsOfTable(
  table: Table,
  exchanges: readonly RuleSet[],
  terms: TableTerms,
): TableMargins {
  const height = table.cells.length;
  const doubles = (): Float64Array => new Float64Array(height);
  const [margin, premium, basic, minimum] = [doubles(), doubles(), doubles(), doubles()];
  const branch = new Array<RowMargin["branch"] | undefined>(height).fill(undefined);
  const single = new Map<number, RowMargin | { readonly refused: unknown } | undefined>();

  const empty = (group: Group): void => {
    const amounts = amountsOf(group, terms.markup);
    for (let i = 0; i < group.count; i++) {
      const row = group.rows[i] as number;
      margin[row] = amounts.total[i] as number;
      premium[row] = amounts.premium[i] as number;
      basic[row] = amounts.basic[i] as number;
      minimum[row] = amounts.minimum[i] as number;
      branch[row] = branchOf(amounts.lift[i] as number, amounts.cut[i] as number);
    }
    group.count = 0;
  };

  const { groups, put } = plainRows(table, exchanges, terms.on);
  const marginOf = marginOfRows(exchanges, terms);
  for (let index = 0; index < height; index++) {
    const place = put(index);
    if (place === "long") branch[index] = place;
    else if (place) {
      if (place.count === MOST_ROWS) empty(place);
    } else {
      const row = table.row(index);
      try {
        single.set(index, row && marginOf(row));
      } catch (refused) {
        single.set(index, { refused });
      }
    }
  }
  groups.forEach(empty);
  return { margin, premium, basic, minimum, branch, single };
}
