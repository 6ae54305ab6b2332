/** A positions table made ready for shocks; what cannot be shocked names its row. */
import {
  heldOfRows,
  MarginError,
  readTable,
  scenarioBook,
  setsHeld,
  type Amount,
  type Day,
  type EquityBasis,
  type PositionHeld,
  type ScenarioBook,
  type SetHeld,
} from "../core";
import { exchanges } from "../exchanges";
import { cellsOf, dayOfCell, wordOf } from "./cell";
import { inRow, ofRow } from "./row";

/** By whose standard and by the rules of which day. */
interface HeldTerms {
  readonly markup: Amount;
  readonly on: Day;
}

/** What a table holds, combinations as its column has them. */
export interface TableHeld {
  readonly positions: readonly PositionHeld[];
  readonly sets: readonly SetHeld[];
  /** What a position's error says, with its row. */
  readonly inItsRow: (position: PositionHeld, error: MarginError) => MarginError;
}

/** @throws the error of the first row that is wrong, or of a set. */
export function heldInTable(positions: unknown, { markup, on }: HeldTerms): TableHeld {
  const terms = { on, markup, dayOfCell };
  const heldOf = heldOfRows(exchanges, terms);
  const rows = readTable(cellsOf(positions, "positions")).flatMap((row, index) =>
    row ? [{ row, index, held: ofRow(index, row, () => heldOf(row)) }] : [],
  );
  const held = rows.map((row) => row.held);
  return {
    positions: held.map(({ position }) => position),
    sets: setsHeld(held, terms),
    inItsRow(position, error) {
      const at = rows.find((row) => row.held.position === position);
      return at ? inRow(error, at.index, at.row) : error;
    },
  };
}

/**
 * The book of a positions table.
 * @throws as heldInTable does, and for the first row without a model's price where one is asked for.
 */
export function bookOfTable(
  positions: unknown,
  terms: HeldTerms & { readonly basis: EquityBasis },
): ScenarioBook {
  const held = heldInTable(positions, terms);
  const book = scenarioBook(held.positions, held.sets, { on: terms.on, basis: terms.basis });
  const [first] = book.blocking;
  if (first) throw held.inItsRow(first, book.refused.get(first) as MarginError);
  return book;
}

const BASES: Readonly<Record<string, EquityBasis>> = {
  cash: "cash",
  现金: "cash",
  market: "market",
  市值: "market",
};

/** Left out, or a blank cell's 0: cash. @throws unknownName */
export function basisOf(value: unknown): EquityBasis {
  const word = wordOf(value, "equityBasis") ?? "";
  const written = typeof word === "string" ? word.normalize("NFKC").trim().toLowerCase() : word;
  if (written === "" || written === 0) return "cash";
  const basis = Object.hasOwn(BASES, String(written)) && BASES[String(written)];
  if (basis) return basis;
  throw new MarginError("unknownName", { argument: "equityBasis", value: word });
}
