/** Positions the exchange margins together: what that takes off the sum of the legs. */
import { amount, type Amount } from "../core";
import type { Combination } from "../statements";
import type { Book, Line } from "./book";
import { figure, figureHeader, header, MONEY, text, WHOLE, type Grid } from "./sheet-cells";
import type { Layout } from "./sheet-layout";
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

/** Sets the statement lists, then legs that were charged less without its saying in which set: what each line was charged less. */
export function setsOf(book: Book, texts: SheetTexts): readonly HeldSet[] {
  const listed = book.inputs.statement.combinations.flatMap((one) => listedSet(book, one));
  const among = new Set(listed.flatMap(({ legs }) => legs.map(({ id }) => id)));
  const alone = book.lines
    .filter(({ combined, id }) => combined && !among.has(id))
    .map((line) => markedSet(line, texts))
    .filter(({ relief }) => !relief?.isZero());
  return [...listed, ...alone];
}

function listedSet(book: Book, one: Combination): HeldSet[] {
  const legs = one.legs.flatMap((code) => {
    const named = ({ position }: Line): boolean =>
      position.contract === code || position.number === code;
    return book.lines.find((line) => named(line) && line.combined) ?? book.lines.find(named) ?? [];
  });
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

function markedSet(line: Line, texts: SheetTexts): HeldSet {
  const { printed, broker, position } = line;
  return {
    id: texts.marked,
    strategy: texts.marked,
    legs: [line],
    sets: position.quantity,
    together: printed,
    relief: printed && broker.margin && printed.minus(broker.margin),
  };
}

export const setsWith = (sets: readonly HeldSet[], line: Line): readonly HeldSet[] =>
  sets.filter(({ legs }) => legs.includes(line));

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
    grid.put("X", row, figure(set.relief, MONEY));
    grid.put("Y", row, figure(undefined, MONEY));
  });
  grid.put("S", firstSet + sets.length, text(texts.reliefNote, "note"));
}

const COLUMNS = ["S", "T", "U", "V", "W", "X", "Y"] as const;

const unique = (word: string, index: number, words: readonly string[]): boolean =>
  word !== "" && words.indexOf(word) === index;
