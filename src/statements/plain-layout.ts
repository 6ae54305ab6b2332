/** What the cells of a table of settlement text are: figures and words by small numbers of their own. */
/** Figures are held in ten-thousandths: no exchange quotes finer. */
export const PARTS = 10_000;

/** The figures a row of either table may have: a summary has two sides a row, an opening one. */
export const LONG_LOTS = 0;
export const SHORT_LOTS = 1;
export const SETTLEMENT = 2;
export const MARGIN = 3;
export const PREVIOUS = 4;
export const LONG_VALUE = 5;
export const SHORT_VALUE = 6;
export const LONG_PRICE = 7;
export const SHORT_PRICE = 8;
export const LOTS = LONG_LOTS;
export const OPEN_DAY = 9;
export const VALUE = LONG_VALUE;
export const OPEN_PRICE = LONG_PRICE;
/** Figures of a row. */
export const WIDTH = 10;

/** The words it may have. */
export const CONTRACT = 0;
export const HEDGE = 1;
export const ACCOUNT = 2;
export const EXCHANGE = 3;
export const SIDE = 4;
export const WORDS = 5;

/** A cell that says nothing of interest. */
export const SKIPPED = WIDTH + WORDS;

const FIGURE_OF: Readonly<Record<string, number>> = {
  longLots: LONG_LOTS,
  shortLots: SHORT_LOTS,
  settlement: SETTLEMENT,
  margin: MARGIN,
  previousSettlement: PREVIOUS,
  marketValueLong: LONG_VALUE,
  marketValueShort: SHORT_VALUE,
  longPrice: LONG_PRICE,
  shortPrice: SHORT_PRICE,
  lots: LOTS,
  openDay: OPEN_DAY,
  marketValue: VALUE,
  openPrice: OPEN_PRICE,
};
const WORD_OF: Readonly<Record<string, number>> = {
  contract: CONTRACT,
  hedge: HEDGE,
  account: ACCOUNT,
  exchange: EXCHANGE,
  side: SIDE,
};

/** What each cell of a row is. */
export type Layout = Uint8Array;

/** Where a table's cells stand; undefined where a column says what this way of reading doesn't know. */
export function layoutOf(columns: ReadonlyMap<string, number>, width: number): Layout | undefined {
  const layout = new Uint8Array(width).fill(SKIPPED);
  for (const [name, at] of columns) {
    if (name === "product") continue;
    const word = WORD_OF[name];
    const kind = FIGURE_OF[name] ?? (word === undefined ? undefined : WIDTH + word);
    if (kind === undefined || layout[at] !== SKIPPED) return undefined;
    layout[at] = kind;
  }
  return layout;
}
