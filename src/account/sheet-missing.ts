/** What a row's margins still wait for, named cell by cell, in a note that falls silent as they are filled in. */
import type { Line } from "./book";
import { formula, type Grid } from "./sheet-cells";
import type { Layout } from "./sheet-layout";
import { isLive } from "./sheet-terms";
import type { Found } from "./sheet-underlyings";

/** A cell a margin is worked out from. */
interface Wanted {
  readonly name: string;
  /** Of the row. */
  readonly cell: string;
  /** Where it is typed: the row's own cell, or its underlying's. */
  readonly fill: string;
  /** Whether the book knows it. */
  readonly known: boolean;
}

/** Which of a row's cells are looked up among the underlyings. */
export interface LookedUp {
  readonly price: boolean;
  readonly exchangeRate: boolean;
  readonly brokerRate: boolean;
}

function wantedBy(
  layout: Layout,
  line: Line,
  row: number,
  looked: LookedUp,
  found: Found | undefined,
): Wanted[] {
  const { texts, columns } = layout;
  const { broker, exchangeFigure, kind } = line;
  const own = (column: string): string => `${column}${row}`;
  const listed = layout.underlyingRow(line.underlying);
  const at = (isLooked: boolean, column: string, mine: string): string =>
    isLooked && listed !== undefined ? `${column}${listed}` : own(mine);
  const option = kind === "option";
  const underlying = layout.underlyingOf(line);
  // A blank rate of an ETF or an index is the rule's own.
  const asksRate = underlying?.kind === "future" || exchangeFigure.gap?.what === "rate";
  const all: readonly (Wanted | false)[] = [
    option && {
      name: texts.settlement,
      cell: own("D"),
      fill: own("D"),
      known: line.price !== undefined,
    },
    {
      name: texts.underlyingPrice,
      cell: own("F"),
      fill: at(looked.price, "B", option ? "F" : "D"),
      known: line.underlyingPrice !== undefined,
    },
    asksRate && {
      name: texts.exchangeRate,
      cell: own(columns.exchangeRate),
      fill: at(looked.exchangeRate, "C", columns.exchangeRate),
      known: !exchangeFigure.gap && exchangeFigure.rate !== undefined,
    },
    !(looked.brokerRate && found?.brokerFollows) && {
      name: texts.brokerRate,
      cell: own(columns.brokerRate),
      fill: at(looked.brokerRate, "D", columns.brokerRate),
      known: !broker.gap && broker.rate !== undefined,
    },
    option && {
      name: texts.strike,
      cell: own(columns.strike),
      fill: own(columns.strike),
      known: line.strike !== undefined,
    },
    {
      name: texts.unit,
      cell: own(columns.unit),
      fill: own(columns.unit),
      known: line.unit !== undefined,
    },
  ];
  return all.filter((one): one is Wanted => one !== false);
}

/** A text in a formula is no longer than this. */
const LONGEST = 200;

function quoted(said: string): string {
  const pieces = said.match(new RegExp(`[\\s\\S]{1,${LONGEST}}`, "g")) ?? [];
  return pieces.map((piece) => `"${piece.replace(/"/g, '""')}"`).join("&");
}

/** Puts the note of a row whose figures lack a cell; false where none is lacking, or what lacks is no cell. */
export function putMissing(
  grid: Grid,
  layout: Layout,
  line: Line,
  row: number,
  looked: LookedUp,
  found: Found | undefined,
): boolean {
  const gaps = [line.broker.gap, line.exchangeFigure.gap];
  if (!isLive(line) || gaps.every((gap) => !gap) || gaps.some((gap) => gap?.what === "rule")) {
    return false;
  }
  const wanted = wantedBy(layout, line, row, looked, found).filter(({ known }) => !known);
  if (wanted.length === 0) return false;
  const said = wanted.map(({ name, cell, fill }) => {
    const lacks = quoted(layout.texts.lacks(name, fill));
    return `IF(OR(${cell}="",${cell}=0),${lacks},"")`;
  });
  const warnings = line.warnings.map((warning) => layout.say(warning.text)).join(" ");
  const parts = warnings === "" ? said : [...said, quoted(warnings)];
  grid.put("P", row, { ...formula(`=${parts.join("&")}`, "General"), role: "note" });
  return true;
}
