import { column, nearest, type Column } from "./columns";
import { branchOf } from "./margin";
import { marginColumns } from "./margins";
import type { Amount } from "./number";
import { MOST_ROWS, plainRows, type Group } from "./plain-rows";
import { marginOfRows, type RowMargin, type TableTerms } from "./positions";
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

/** The amounts of a group's rows, in their order. */
function amountsOf(group: Group, markup: Amount): Record<(typeof WANTED)[number], Float64Array> {
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
  const contracts = { edition, contract: { right, terms, rate }, lots, markup, height };
  const amounts = marginColumns(contracts, WANTED);
  return Object.fromEntries(
    WANTED.map((name) => [name, nearest(amounts[name], height)]),
  ) as ReturnType<typeof amountsOf>;
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
