/** Positions tables as the core reads them, for tests of combinations. */
import { holdingsOfRows, readDay, readTable, type Day, type Holding } from "../../src/core";
import { exchanges } from "../../src/exchanges";

/** A row as a user types it. */
export type BookRow = Readonly<
  Partial<
    Record<
      | "contract"
      | "side"
      | "quantity"
      | "settlement"
      | "underlying"
      | "rate"
      | "strike"
      | "unit"
      | "expiry"
      | "combination",
      string | number
    >
  >
>;

const COLUMNS = [
  "contract",
  "side",
  "quantity",
  "settlement",
  "underlying",
  "rate",
  "strike",
  "unit",
  "expiry",
  "combination",
] as const;

/** The rows under a header, as a range arrives. */
export const tableOf = (rows: readonly BookRow[]): unknown[][] => [
  [...COLUMNS],
  ...rows.map((row) => COLUMNS.map((column) => row[column] ?? "")),
];

/** What the core makes of the rows. */
export function holdingsOf(rows: readonly BookRow[], on: Day): Holding[] {
  const holdingOf = holdingsOfRows(exchanges, { on, dayOfCell: (cell) => readDay(String(cell)) });
  return readTable(tableOf(rows)).flatMap((row) => (row ? [holdingOf(row)] : []));
}
