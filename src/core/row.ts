import { numberWithin } from "./argument";
import { findRules, readInstrument, unknownExchange, type Instrument } from "./contract";
import type { Day } from "./day";
import { MarginError, type Bound } from "./errors";
import { exact, type Amount } from "./number";
import type { RuleSet } from "./rule";
import { blank, type Cells, type Row } from "./table";
import { readSide, type Side } from "./terms";

/** A cell that must be there: a blank price is as wrong as a negative one. */
export function number<C extends string>(row: Cells<C>, column: C, must: Bound): Amount {
  const value = row[column];
  if (blank(value)) throw new MarginError("outOfRange", { argument: column, value, must });
  return numberWithin(value, column, must);
}

/** A number that may be left blank. */
export const optional = <C extends string>(
  row: Cells<C>,
  column: C,
  must: Bound,
): Amount | undefined => (blank(row[column]) ? undefined : number(row, column, must));

/** A term the contract code may give: a blank is wrong only where the code does not. */
export const besideCode = (
  row: Row,
  column: keyof Row,
  fromCode: Amount | undefined,
  must: Bound,
): Amount | undefined =>
  fromCode || !(column in row) ? optional(row, column, must) : number(row, column, must);

/** Which way a row is held: short where the table has no such column. */
export function sideOf(row: Row): Side {
  if (!("side" in row)) return "short";
  const side = readSide(row.side);
  if (side) return side;
  throw new MarginError("unknownName", { argument: "side", value: row.side });
}

/** How much the row holds: one lot where the table has no such column. */
export const lotsOf = (row: Row): Amount =>
  "quantity" in row ? number(row, "quantity", "wholeAboveZero") : exact.of("1");

/** The answer, or undefined where it is refused. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (refused) {
    if (refused instanceof MarginError) return undefined;
    throw refused;
  }
}

/** What a row's code names, at the exchange the row names if it does. */
function instrumentOf(row: Row, exchanges: readonly RuleSet[], on: Day): Instrument {
  if (blank(row.exchange)) return readInstrument(row.contract, exchanges, on);
  const named = findRules(row.exchange, exchanges);
  if (!named) throw unknownExchange("exchange", row.exchange, exchanges);
  const there = attempt(() => readInstrument(row.contract, [named.rules], on));
  if (there && (there.kind !== "future" || there.product)) return there;
  const anywhere = readInstrument(row.contract, exchanges, on);
  // A future without options of its own is of any exchange; all else contradicts the row.
  if (there && anywhere.kind === "future" && !anywhere.product) return there;
  throw new MarginError("contradiction", {
    argument: "exchange",
    value: row.exchange,
    detail: String(row.contract),
  });
}

/** What rows named in the last table: a sheet asks for the same contracts again and again. */
let last:
  | {
      readonly exchanges: readonly RuleSet[];
      readonly on: Day;
      readonly seen: Map<string, Instrument>;
    }
  | undefined;
/** More contracts than are listed; beyond it what is remembered is not worth its memory. */
const MOST_REMEMBERED = 50_000;

/** Reads what rows name, remembering the codes it has read, for tables of a hundred thousand rows. */
export function instrumentsOfRows(
  exchanges: readonly RuleSet[],
  on: Day,
): (row: Row) => Instrument {
  if (last?.exchanges !== exchanges || last.on !== on || last.seen.size > MOST_REMEMBERED) {
    last = { exchanges, on, seen: new Map() };
  }
  const { seen } = last;
  return (row) => {
    const key = `${String(row.exchange ?? "")} ${String(row.contract)}`;
    const known = seen.get(key);
    if (known) return known;
    const read = instrumentOf(row, exchanges, on);
    seen.set(key, read);
    return read;
  };
}
