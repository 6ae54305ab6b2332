/** The book as it stands after own trades: lines with the lots left, new lines, and the sets still held. */
import type { Amount } from "../core";
import type { Book, Figure, Line } from "./book";
import type { HeldSet } from "./sets";
import { inSets, setsKnown, type HeldLots, type Running } from "./trade";

/** A figure for so many of its lots. */
const part = (figure: Figure, lots: Amount, all: Amount): Figure =>
  figure.gap ? figure : { ...figure, margin: figure.margin.times(lots).dividedBy(all) };

function withLots(line: Line, lots: Amount): Line {
  const { position, printed, broker, exchangeFigure } = line;
  const all = position.quantity;
  if (lots.equals(all)) return line;
  return {
    ...line,
    position: { ...position, quantity: lots, marketValue: undefined },
    printed: printed?.times(lots).dividedBy(all),
    broker: part(broker, lots, all),
    exchangeFigure: part(exchangeFigure, lots, all),
  };
}

/** A line's part in sets after some were taken apart; what is printed beyond those known stays. */
function withSets(line: Line, before: Amount, after: Amount): Line {
  const { position, combined } = line;
  const combinedQuantity = position.combinedQuantity?.minus(before.minus(after));
  const still = after.greaterThan(0) || Boolean(combinedQuantity?.greaterThan(0));
  return { ...line, position: { ...position, combinedQuantity }, combined: combined && still };
}

/** For its combinations: what else a book tells stays as it was. */
export function bookAfter(book: Book, { held, sets }: Running): Book {
  const traded = new Map<Line, HeldLots>(
    [...held.values()].flat().map((holding) => [holding.line, holding]),
  );
  const known = setsKnown(book);
  const open = book.sets.filter((one) => !known.some(({ of }) => of === one));
  const opened = [...traded.keys()].filter((line) => !book.lines.includes(line));
  const now = new Map<Line, Line>();
  [...book.lines, ...opened].forEach((line, index) => {
    const lots = traded.get(line)?.lots ?? line.position.quantity;
    if (lots.isZero()) return;
    const left = withLots({ ...line, id: `${line.id} ${index}` }, lots);
    const before = inSets(known, line);
    const kept = before.isZero() || open.some(({ legs }) => legs.includes(line));
    now.set(line, kept ? left : withSets(left, before, inSets(sets, line)));
  });
  const moved = (of: HeldSet): HeldSet => ({
    ...of,
    legs: of.legs.map((line) => now.get(line) ?? line),
  });
  const left = sets.filter(({ sets: count }) => count.greaterThan(0));
  return {
    ...book,
    lines: [...now.values()],
    sets: [
      ...open.map(moved),
      ...left.map(({ of, sets: count }) => ({ ...moved(of), sets: count })),
    ],
  };
}
