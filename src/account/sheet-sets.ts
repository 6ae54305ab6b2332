/** Positions margined together: what each set takes, and takes off the sum of its legs. */
import { amount, type Amount, type Bilingual } from "../core";
import { exchanges } from "../exchanges";
import type { Book, Line } from "./book";
import type { SheetCell } from "./sheet";
import {
  dayOfSheet,
  figure,
  figureHeader,
  header,
  MONEY,
  text,
  WHOLE,
  type Grid,
} from "./sheet-cells";
import type { Layout } from "./sheet-layout";
import {
  printedRelief,
  reliefCell,
  togetherCell,
  type LegCells,
  type PricedCells,
  type PrintedSet,
} from "./sheet-relief";
import type { SheetTexts } from "./sheet-texts";
import { apartOf, type HeldSet } from "./sets";
import { isLive, markupText } from "./sheet-terms";

/** One row of the sets. */
export interface SheetSet extends PrintedSet {
  readonly id: string;
  readonly strategy: string;
  readonly printed: Amount | undefined;
  /** The set that a rule prices; undefined where the statement's own relief is all there is. */
  readonly priced: HeldSet | undefined;
}

const NOTHING = amount(0);

/** Sets that are told, then lines that were margined together without its being told with which. */
export function sheetSets(
  book: Book,
  texts: SheetTexts,
  say: (words: Bilingual) => string,
): readonly SheetSet[] {
  const told = book.sets.map((set) => rowOf(set, texts, say));
  const listed = new Map<Line, Amount>();
  for (const { legs, sets } of book.sets) {
    for (const line of legs) listed.set(line, (listed.get(line) ?? NOTHING).plus(sets));
  }
  const others = book.lines.flatMap((line): SheetSet[] => {
    if (!line.combined) return [];
    const known = listed.get(line);
    if (known && !line.inSets?.greaterThan(known)) return [];
    const { broker, printed, position } = line;
    const relief = known ? undefined : printed && broker.margin && printed.minus(broker.margin);
    if (relief?.isZero()) return [];
    const common = { id: texts.marked, strategy: texts.marked, legs: [line], priced: undefined };
    const sets = known ? (line.inSets ?? NOTHING).minus(known) : position.quantity;
    return [{ ...common, sets, printed: known ? undefined : printed, relief }];
  });
  return [...told, ...others];
}

function rowOf(set: HeldSet, texts: SheetTexts, say: (words: Bilingual) => string): SheetSet {
  const { id, strategy, legs, sets, printed, combination, from } = set;
  const title = strategy ?? (combination ? say(combination.title) : "");
  const apart = apartOf(set, "broker");
  return {
    id: from === "charges" ? texts.marked : id,
    strategy: title,
    ...{ legs, sets, printed },
    relief: legs.length > 1 ? printed && apart && printed.minus(apart) : undefined,
    priced: combination && set,
  };
}

/** The sets a line is in. */
export function setsByLine(sets: readonly SheetSet[]): ReadonlyMap<Line, readonly SheetSet[]> {
  const byLine = new Map<Line, SheetSet[]>();
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
    const [together, broker, exchange] = figuresOf(layout, set, row);
    grid.put("W", row, together);
    grid.put("X", row, broker);
    grid.put("Y", row, exchange);
  });
  grid.put("S", firstSet + sets.length, text(texts.reliefNote, "note"));
}

type Figures = readonly [together: SheetCell, broker: SheetCell, exchange: SheetCell];

/** Together, and what that is less than the legs alone: by the rule on both standards, else as printed. */
function figuresOf(layout: Layout, set: SheetSet, row: number): Figures {
  const sets = `V${row}`;
  const priced = pricedCells(layout, set, row);
  const printed = figure(set.printed, MONEY, "statement");
  if (!priced) return [printed, printedCell(layout, set, sets), figure(undefined, MONEY)];
  const { ofBroker, ofExchange } = priced;
  const exchange = reliefCell(ofExchange, "0");
  const markup = markupOf(layout, ofBroker.legs);
  // Legs of different markups: what they take together isn't known.
  if (markup === undefined) return [printed, figure(undefined, MONEY), exchange];
  return [togetherCell(ofBroker, markup), reliefCell(ofBroker, markup, `W${row}`), exchange];
}

/** The one markup of the legs that take margin. */
function markupOf(layout: Layout, legs: readonly Line[]): string | undefined {
  const taking = legs.filter(isLive);
  const [markup = "0", ...others] = new Set(
    taking.map((line) => markupText(layout, line, line.broker)),
  );
  return others.length === 0 ? markup : undefined;
}

function pricedCells(
  layout: Layout,
  { priced }: SheetSet,
  row: number,
): { readonly ofBroker: PricedCells; readonly ofExchange: PricedCells } | undefined {
  const [first, second] = priced?.legs ?? [];
  const rules = exchanges.find(({ exchange }) => exchange === first?.exchange?.code);
  if (!priced?.combination || !first || !second || !rules) return undefined;
  const common = {
    ...{ rules, combination: priced.combination, on: dayOfSheet(layout.book) },
    legs: [first, second] as const,
    sets: `V${row}`,
    enough: [first, second].flatMap((line) => enoughFor(layout, line)),
    name: (id: string) => layout.name(id),
  };
  const on = (margins: "K" | "L") => ({
    ...common,
    cells: [cellsOf(layout, first, margins), cellsOf(layout, second, margins)] as const,
  });
  return { ofBroker: on("L"), ofExchange: on("K") };
}

function cellsOf(layout: Layout, line: Line, margins: "K" | "L"): LegCells {
  const row = layout.rowOfLine(line);
  const { unit, strike } = layout.columns;
  return {
    lots: `C${row}`,
    price: `D${row}`,
    unit: `${unit}${row}`,
    strike: `${strike}${row}`,
    margin: `${margins}${row}`,
  };
}

/** That a line of several sets has lots for all of them. */
function enoughFor(layout: Layout, line: Line): readonly string[] {
  const sets = layout.setsWith(line);
  if (sets.length < 2) return [];
  const counts = sets.map((set) => `V${layout.firstSet + layout.sets.indexOf(set)}`);
  return [`${counts.join("+")}<=C${layout.rowOfLine(line)}`];
}

/** Which line a lone leg was paired with is not said: all that may have been must stay as they were. */
function printedCell(layout: Layout, set: SheetSet, sets: string): SheetCell {
  const legs = set.legs.map((line) => cellsOf(layout, line, "L"));
  const [only, ...more] = set.legs;
  const others = only && more.length === 0 ? layout.partnersOf(only) : [];
  // More than a formula can hold: the relief is left open, and the sum an upper bound.
  if (others.length > MOST_PARTNERS) return figure(undefined, MONEY);
  const beside = others.map((line) => ({ line, cells: cellsOf(layout, line, "L") }));
  return printedRelief(set, legs, sets, beside);
}

const MOST_PARTNERS = 30;

const COLUMNS = ["S", "T", "U", "V", "W", "X", "Y"] as const;

const unique = (word: string, index: number, words: readonly string[]): boolean =>
  word !== "" && words.indexOf(word) === index;
