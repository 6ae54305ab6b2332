/** The heat map: the risk ratio where price and volatility move, each cell its number, its shape and its tint. */
import type { Book, GridCell, MarketGrid } from "../../../account";
import { amount, type Amount } from "../../../core";
import { ratioNumber } from "../../figures";
import { h, type Described } from "../../element";
import { slidText } from "../../market-typed";
import { MARKET_TEXTS, type MarketTexts } from "../../texts-market";
import { linesOf } from "../account/levels";
import { standingWord, STATUS_CLASS, statusIcon } from "../status";
import type { MarketProps } from "./market";
import { gridSentence, priceWords, volatilityWords } from "./market-words";

/** "+6", "±0", "−3": percents of a row or a column. */
const headText = (move: Amount): string =>
  move.isZero() ? "±0" : slidText("volatility", move.times(100).toNumber());

const THOUSAND = amount("10");

/** One decimal where it keeps the ratio on its side of every line; whole percents from a thousand on. */
function shortRatio(book: Book, ratio: Amount | undefined): string {
  if (!ratio) return "∞";
  return ratioNumber(ratio, linesOf(book), ratio.lessThan(THOUSAND) ? 1 : 0);
}

const cellId = (row: number, column: number): string => `heat-${row}-${column}`;

/** Where a key moves to among so many rows and columns; undefined where it doesn't move. */
export function movedBy(
  key: string,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): readonly [number, number] | undefined {
  const to: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, columns - 1],
  };
  const next = to[key];
  if (!next) return undefined;
  const [r, c] = next;
  return [Math.min(rows - 1, Math.max(0, r)), Math.min(columns - 1, Math.max(0, c))];
}

function cellView(
  cell: GridCell,
  [row, column]: readonly [number, number],
  grid: MarketGrid,
  props: MarketProps,
  texts: MarketTexts,
): Described {
  const { book, acts, language, assumed } = props;
  const { move, volatility, ratio, status } = cell;
  const short = shortRatio(book, ratio);
  const isNow = move.isZero() && volatility.isZero();
  const isThen =
    Boolean(assumed?.move.equals(move) && assumed.volatility.equals(volatility)) && !isNow;
  const [focusRow, focusColumn] = focused(grid, props);
  return h(
    "td",
    { key: `${row} ${column}`, class: STATUS_CLASS[status] },
    h(
      "button",
      {
        type: "button",
        id: cellId(row, column),
        class: ["heat-cell", isNow && "is-now", isThen && "is-then"].filter(Boolean).join(" "),
        tabindex: row === focusRow && column === focusColumn ? 0 : -1,
        "aria-current": isNow ? "true" : undefined,
        "aria-label": texts.cell(
          priceWords(move, texts),
          volatilityWords(volatility, texts),
          ratio ? `${short}%` : `${short}, ${texts.noEquity}`,
          standingWord(status, language),
        ),
        onclick: () => acts.assume([row, column], move, volatility),
        onkeydown: (event: KeyboardEvent) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          const size = [grid.moves.length, grid.volatilities.length] as const;
          const to = movedBy(event.key, [row, column], size);
          if (!to) return;
          event.preventDefault();
          acts.cell(to);
          document.getElementById(cellId(...to))?.focus();
        },
      },
      h("span", {}, short),
      statusIcon(status),
    ),
  );
}

/** The cell that Tab reaches: the last one focused, else today's. */
function focused(
  { moves, volatilities }: MarketGrid,
  { ui }: MarketProps,
): readonly [number, number] {
  const zero = (one: Amount): boolean => one.isZero();
  const [row, column] = ui.cell ?? [moves.findIndex(zero), volatilities.findIndex(zero)];
  return [Math.min(row, moves.length - 1), Math.min(column, volatilities.length - 1)];
}

export function heatCard(grid: MarketGrid, props: MarketProps): Described {
  const texts = MARKET_TEXTS[props.language];
  const { moves, volatilities, rows } = grid;
  const [small, large] = ["heat", "heat large"];
  return h(
    "section",
    { key: "heat", class: "card block chart", "aria-labelledby": "heat-heading" },
    h("h2", { id: "heat-heading" }, texts.heat),
    h("p", { key: "sentence", class: "answer-line" }, gridSentence(grid, texts)),
    h(
      "table",
      { key: "table", class: moves.length > 5 ? large : small },
      h("caption", {}, texts.heatCaption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          ...volatilities.map((one) =>
            h("th", { key: one.toString(), scope: "col" }, headText(one)),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        ...rows.map((cells, row) =>
          h(
            "tr",
            { key: String(row) },
            h("th", { scope: "row" }, headText(moves[row] as Amount)),
            ...cells.map((cell, column) => cellView(cell, [row, column], grid, props, texts)),
          ),
        ),
      ),
    ),
    h("p", { key: "hint", class: "note" }, texts.heatHint),
  );
}
