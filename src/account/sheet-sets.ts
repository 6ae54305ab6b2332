/** Positions the exchange margins together: what that takes off the sum of the legs. */
import { amount, type Amount } from "../core";
import type { Combination } from "../statements";
import type { Book, Line } from "./book";
import { optionOf } from "./figure";
import type { SheetCell } from "./sheet";
import { figure, figureHeader, header, MONEY, text, WHOLE, type Grid } from "./sheet-cells";
import type { Layout } from "./sheet-layout";
import { isStrangle, reliefCell, type LegCells } from "./sheet-relief";
import type { SheetTexts } from "./sheet-texts";

/** Positions held together, and what the broker takes less for it. */
export interface HeldSet {
  readonly id: string;
  readonly strategy: string;
  readonly legs: readonly Line[];
  readonly sets: Amount;
  /** The margin printed for it. */
  readonly together: Amount | undefined;
  /** Printed less the legs' own figures; undefined where either is not known. */
  readonly relief: Amount | undefined;
}

const NOTHING = amount(0);

/** Sets the statement lists, then legs that were charged less without its saying in which set: what they were charged less. */
export function heldSets(book: Book, texts: SheetTexts): readonly HeldSet[] {
  const named = namedLines(book);
  const listed = book.inputs.statement.combinations.flatMap((one) => listedSet(named, one));
  const among = new Set(listed.flatMap(({ legs }) => legs.map(({ id }) => id)));
  const marked = book.lines.filter(({ combined, id }) => combined && !among.has(id));
  const alone = pairedUp(marked)
    .map((legs) => markedSet(legs, texts))
    .filter(({ relief }) => !relief?.isZero());
  return [...listed, ...alone];
}

/** Shorts marked as of a set: two by two where only one call and one put of a month can belong together. */
function pairedUp(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const { underlying, position } = line;
    const key = [underlying, optionOf(position)?.month, position.quantity.toFixed()].join(" ");
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].flatMap((group) =>
    isStrangle(group) ? [group] : group.map((line) => [line]),
  );
}

/** The line a set's leg means by its contract or number: the first in a set, else the first. */
function namedLines({ lines }: Book): ReadonlyMap<string, Line> {
  const named = new Map<string, Line>();
  for (const line of lines) {
    const { contract, number } = line.position;
    for (const code of number === undefined ? [contract] : [contract, number]) {
      const known = named.get(code);
      if (!known || (line.combined && !known.combined)) named.set(code, line);
    }
  }
  return named;
}

function listedSet(named: ReadonlyMap<string, Line>, one: Combination): HeldSet[] {
  const legs = one.legs.flatMap((code) => named.get(code) ?? []);
  // A set of another account in the same file.
  if (legs.length === 0) return [];
  const apart =
    legs.length === one.legs.length ? sum(legs.map((leg) => share(leg, one.quantity))) : undefined;
  return [
    {
      id: one.id,
      strategy: one.strategy ?? "",
      legs,
      sets: one.quantity,
      together: one.margin,
      relief: one.margin && apart && one.margin.minus(apart),
    },
  ];
}

/** What so many lots of a line take by themselves. */
const share = ({ broker, position }: Line, lots: Amount): Amount | undefined =>
  broker.margin?.dividedBy(position.quantity).times(lots);

const sum = (parts: readonly (Amount | undefined)[]): Amount | undefined =>
  parts.reduce((total, part) => total && part && total.plus(part), NOTHING as Amount | undefined);

function markedSet(legs: readonly Line[], texts: SheetTexts): HeldSet {
  const together = sum(legs.map(({ printed }) => printed));
  const apart = sum(legs.map(({ broker }) => broker.margin));
  return {
    id: texts.marked,
    strategy: texts.marked,
    legs,
    sets: legs[0]?.position.quantity ?? NOTHING,
    together,
    relief: together && apart && together.minus(apart),
  };
}

/** The sets a line is in. */
export function setsByLine(sets: readonly HeldSet[]): ReadonlyMap<Line, readonly HeldSet[]> {
  const byLine = new Map<Line, HeldSet[]>();
  for (const set of sets) {
    for (const line of new Set(set.legs)) {
      const own = byLine.get(line);
      if (own) own.push(set);
      else byLine.set(line, [set]);
    }
  }
  return byLine;
}

export function putSets(grid: Grid, layout: Layout): void {
  const { texts, sets, firstSet } = layout;
  if (sets.length === 0) return;
  const titles = [
    texts.strategy,
    texts.leg(1),
    texts.leg(2),
    texts.setCount,
    texts.together,
    texts.brokerRelief,
    texts.exchangeRelief,
  ];
  titles.forEach((title, index) => {
    const plain = index < 3 ? header(title) : figureHeader(title);
    grid.put(COLUMNS[index] as string, firstSet - 1, plain);
  });
  sets.forEach((set, index) => {
    const row = firstSet + index;
    const [first, ...others] = set.legs.map(({ position }) => position.contract);
    grid.put("S", row, text([set.id, set.strategy].filter(unique).join(" ")));
    grid.put("T", row, text(first ?? ""));
    grid.put("U", row, text(others.join(" ")));
    grid.put("V", row, figure(set.sets, WHOLE, "statement"));
    grid.put("W", row, figure(set.together, MONEY, "statement"));
    grid.put("X", row, reliefOf(layout, set, `V${row}`));
    grid.put("Y", row, figure(undefined, MONEY));
  });
  grid.put("S", firstSet + sets.length, text(texts.reliefNote, "note"));
}

/** Lots that are of several sets can't be told apart once they change: then the statement's relief alone counts. */
function reliefOf(layout: Layout, set: HeldSet, sets: string): SheetCell | undefined {
  const legs = set.legs.map((line): LegCells => {
    const row = layout.rowOfLine(line);
    return {
      lots: `C${row}`,
      price: `D${row}`,
      unit: `${layout.columns.unit}${row}`,
      margin: `L${row}`,
    };
  });
  const once = set.legs.every((line) => layout.setsWith(line).length === 1);
  return reliefCell(set, legs, sets, once);
}

const COLUMNS = ["S", "T", "U", "V", "W", "X", "Y"] as const;

const unique = (word: string, index: number, words: readonly string[]): boolean =>
  word !== "" && words.indexOf(word) === index;
