/** Rows of a positions table: an error that names its row, a leg as it is shown. */
import { MarginError, type Holding, type Row } from "../core";

/** The same error, naming the row of the table; the header is row 1. */
export const inRow = (error: MarginError, index: number, row: Row): MarginError =>
  error.of({
    row: { number: index + 2, names: String(row.contract ?? row.exchange ?? "").trim() },
  });

/** Reads a row; what it is refused for names the row. */
export function ofRow<T>(index: number, row: Row, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof MarginError ? inRow(error, index, row) : error;
  }
}

const SIDE = { long: "买 long", short: "卖 short", covered: "备兑 covered" } as const;

export const namedLeg = ({ side, label }: Holding): string => `${SIDE[side]} ${label}`;
