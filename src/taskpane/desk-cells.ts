/** What a user selects or pastes beside a statement: prices of underlyings, trades. */
import type { Underlying } from "../account";
import { digits, readNumber } from "../core";
import type { TypedTrade } from "./views/what-if/room";

type Cells = readonly (readonly unknown[])[];

/** A name and its price: "SR701 5750", "CSI 300, 4,650.2". */
const NAMED_PRICE = /^(.*?\S)[\s,:=]+(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)$/;

function cellsOfLine(line: string): string[] {
  const parts = line.split(/\t|;| {2,}/);
  if (parts.length > 1 || readNumber(line)) return parts;
  const [, name, price] = NAMED_PRICE.exec(line) ?? [];
  return name && price ? [...name.split(","), price] : line.split(/,(?!\d{3}\b)/);
}

/** Lines as they are typed or copied: cells apart by tabs, commas, semicolons, or a space before the price. */
export const cellsOfPaste = (text: string): string[][] =>
  text
    .normalize("NFKC")
    .trim()
    .split(/\r\n|\n|\r/)
    .map((line) => cellsOfLine(line.trim()).map((cell) => cell.trim()));

/** A table as it is copied with its header, whose way of keeping cells apart holds for every line. */
export function tableOfPaste(text: string): string[][] {
  const lines = text
    .normalize("NFKC")
    .trim()
    .split(/\r\n|\n|\r/);
  const apart =
    [/\t/, /;/, /,(?!\d{3}(?!\d))/].find((mark) => lines.some((line) => mark.test(line))) ?? /\s+/;
  return lines.map((line) => line.split(apart).map((cell) => cell.trim()));
}

const plain = (cell: unknown): string => String(cell).normalize("NFKC").trim().toUpperCase();

function priceIn(cell: unknown): string | undefined {
  const price = readNumber(cell);
  return price?.greaterThan(0) ? digits(price) : undefined;
}

/** Prices by underlying: rows of a code and a price, or as many prices as are asked for, in their order. */
export function pricesIn(
  cells: Cells,
  underlyings: readonly Underlying[],
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const row of cells) {
    const names = row.map(plain);
    const isNamed = ({ code, name }: Underlying, cell: string): boolean =>
      [code, name.zh, name.en].some((known) => cell === plain(known));
    const one = underlyings.find((underlying) => names.some((cell) => isNamed(underlying, cell)));
    // A fund's code is a number itself.
    const price = row.find((cell) => !(one && isNamed(one, plain(cell))) && priceIn(cell));
    if (one && price !== undefined) found[one.code] = priceIn(price) ?? "";
  }
  if (Object.keys(found).length > 0) return found;
  const asked = underlyings.filter(({ needsPrice }) => needsPrice);
  const column = cells.map((row) => priceIn(row.find((cell) => plain(cell) !== "")));
  if (column.length !== asked.length || !column.every(Boolean)) return {};
  return Object.fromEntries(asked.map(({ code }, at) => [code, column[at] as string]));
}

const SIDES: Readonly<Record<string, TypedTrade["side"]>> = {
  买: "buy",
  买入: "buy",
  BUY: "buy",
  B: "buy",
  卖: "sell",
  卖出: "sell",
  SELL: "sell",
  S: "sell",
};
const EFFECTS: Readonly<Record<string, TypedTrade["effect"]>> = {
  开: "open",
  开仓: "open",
  OPEN: "open",
  O: "open",
  平: "close",
  平仓: "close",
  平今: "close",
  CLOSE: "close",
  C: "close",
};

/** Rows of contract, side, effect, lots, price, in whatever order the two words stand. */
export function tradesIn(cells: Cells): readonly TypedTrade[] {
  return cells.flatMap((row) => {
    const filled = row.map((cell) => String(cell).trim()).filter(Boolean);
    const [contract, ...rest] = filled;
    const words = rest.map(plain);
    const side = words.map((word) => SIDES[word]).find(Boolean);
    const effect = words.map((word) => EFFECTS[word]).find(Boolean);
    const [lots, price] = rest.filter((cell) => readNumber(cell) !== undefined);
    return contract && side && effect && lots
      ? [{ contract, side, effect, lots, price: price ?? "" }]
      : [];
  });
}
