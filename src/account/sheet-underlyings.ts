/** One row an underlying: its price and rates drive every position on it. */
import type { Amount } from "../core";
import type { Book, Underlying } from "./book";
import {
  figure,
  formula,
  figureHeader,
  header,
  priceFormat,
  QUOTED,
  rateFormat,
  text,
  type Grid,
} from "./sheet-cells";
import type { Layout } from "./sheet-layout";
import type { SheetCell } from "./sheet";

export function putUnderlyings(grid: Grid, layout: Layout): void {
  const { texts, book, underlyings } = layout;
  const top = underlyings.first - 1;
  grid.put("A", top, header(texts.underlying));
  grid.put("B", top, figureHeader(texts.price));
  grid.put("C", top, figureHeader(texts.exchangeRate));
  grid.put("D", top, figureHeader(texts.brokerRate));
  book.underlyings.forEach((underlying, index) => {
    const row = underlyings.first + index;
    const { code, name, kind, price, exchangeRate } = underlying;
    grid.put("A", row, text(code));
    grid.put("B", row, figure(price, priceFormat(price, QUOTED[kind])));
    grid.put("C", row, figure(exchangeRate, rateFormat(exchangeRate)));
    grid.put("D", row, brokerRateCell(underlying, row, layout));
    const called = layout.say(name);
    if (!code.startsWith(called)) grid.put("E", row, text(called, "note"));
  });
}

/** The broker's rate, and the formula that gives it where the broker goes by the exchange's. */
interface BrokerRate {
  readonly rate: Amount | undefined;
  readonly over?: ((exchangeRate: string) => string) | undefined;
}

/** A rate of the broker's own where there is one; else what follows from the exchange's, which then moves both. */
function brokerRateOf(underlying: Underlying, { book }: Layout): BrokerRate {
  const { code, kind, exchangeRate, brokerRate } = underlying;
  const { surcharge } = book.inputs.profile;
  const rate = brokerRate ?? usedRate(book, code);
  if (kind !== "future" && !exchangeRate) return { rate };
  const added =
    surcharge.kind === "points"
      ? surcharge.points
      : surcharge.kind === "multiple"
        ? "0"
        : undefined;
  const follows = exchangeRate && added !== undefined ? exchangeRate.plus(added) : undefined;
  if (added === undefined || !same(rate, follows)) return { rate };
  const over = (cell: string): string =>
    surcharge.kind === "points"
      ? `=IF(OR(${cell}="",${cell}=0),"",${cell}+${added})`
      : `=IF(${cell}="","",${cell})`;
  return { rate, over };
}

const same = (a: Amount | undefined, b: Amount | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.equals(b);

/** The rate its positions were worked out with. */
function usedRate({ lines }: Book, code: string): Amount | undefined {
  for (const { underlying, broker } of lines) {
    if (underlying === code && !broker.gap && broker.rate) return broker.rate;
  }
  return undefined;
}

function brokerRateCell(underlying: Underlying, row: number, layout: Layout): SheetCell {
  const { rate, over } = brokerRateOf(underlying, layout);
  return over ? formula(over(`C${row}`), rateFormat(rate)) : figure(rate, rateFormat(rate));
}

/** What a position's lookup finds, as far as the book knows it. */
export interface Found {
  readonly price: Amount | undefined;
  readonly exchangeRate: Amount | undefined;
  readonly brokerRate: Amount | undefined;
  /** The broker's rate is a formula over the exchange's. */
  readonly brokerFollows: boolean;
}

export function foundBy(underlying: Underlying, layout: Layout): Found {
  const { price, exchangeRate } = underlying;
  const { rate, over } = brokerRateOf(underlying, layout);
  return { price, exchangeRate, brokerRate: rate, brokerFollows: over !== undefined };
}
