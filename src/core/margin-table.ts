import { padded } from "./blocks";
import { amountAt, column, sumOf, type Column } from "./columns";
import type { Day } from "./day";
import { branchOf } from "./margin";
import { marginColumns, marginDoubles, type ShortContracts } from "./margins";
import { exact, type Amount } from "./number";
import { MOST_ROWS, plainRows, remembered, type Figure, type Group } from "./plain-rows";
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

/** Memory by the name of what is in it; one group after another writes over it. */
type Room = (name: string) => Float64Array;

const roomOf = ({ cells }: Table): Room =>
  remembered(() => new Float64Array(padded(Math.min(cells.length, MOST_ROWS))));

/** What a group's rows are to a rule, in their order. */
function contractsOf(group: Group, markup: Amount, room: Room): ShortContracts {
  const { edition, right, rated, count: height } = group;
  const read = (name: Figure): Column => column(group[name].subarray(0, height), room(name));
  const terms = {
    settlement: read("settlement"),
    underlying: read("underlying"),
    strike: read("strike"),
    multiplier: read("multiplier"),
  };
  const rate = rated ? read("rate") : undefined;
  return { edition, contract: { right, terms, rate }, lots: read("lots"), markup, height };
}

/** What the rows of a table take alone, by the exchange's figure. */
export interface AloneMargins {
  /** Of plain options, at their rows' places; any other row is answered, or refused, by itself. */
  readonly rows: readonly (RowAlone | "summed" | undefined)[];
  /** Of the rows that are summed, all together. */
  readonly sum: Amount;
}

const ONE = exact.of("1");
const LONG: RowAlone = { margin: exact.zero, premium: exact.zero, branch: "long" };

/**
 * What plain options of a table take alone, exactly and in columns.
 * @param summed the rows of which only the sum is wanted
 */
export function marginsAlone(
  table: Table,
  exchanges: readonly RuleSet[],
  on: Day,
  summed: (row: number) => boolean,
): AloneMargins {
  const rows = new Array<RowAlone | "summed" | undefined>(table.cells.length).fill(undefined);
  const room = roomOf(table);
  let sum = exact.zero;
  const add = (group: Group): void => {
    const { total } = marginColumns(contractsOf(group, exact.zero, room), ["total"]);
    sum = sum.plus(sumOf(total, group.count));
  };
  const place = (group: Group): void => {
    const contracts = contractsOf(group, exact.zero, room);
    const { total, premium } = marginColumns({ ...contracts, lots: ONE }, ["total", "premium"]);
    for (let i = 0; i < group.count; i++) {
      rows[group.rows[i] as number] = { margin: amountAt(total, i), premium: amountAt(premium, i) };
    }
  };
  const ways = [
    { ...plainRows(table, exchanges, on), empty: add },
    { ...plainRows(table, exchanges, on), empty: place },
  ] as const;
  for (let row = 0; row < rows.length; row++) {
    const together = summed(row);
    const { put, empty } = ways[together ? 0 : 1];
    const group = put(row);
    if (group) rows[row] = together ? "summed" : group === "long" ? LONG : undefined;
    if (!group || group === "long" || group.count < group.rows.length) continue;
    empty(group);
    group.count = 0;
  }
  for (const { groups, empty } of ways) groups.forEach(empty);
  return { rows, sum };
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

  const room = roomOf(table);
  const empty = (group: Group): void => {
    const amounts = marginDoubles(contractsOf(group, terms.markup, room), WANTED, room);
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
      if (place.count === place.rows.length) empty(place);
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
