/** The tables behind the pictures of Market. */
import type { Crossings, Curve, Market, Payoff } from "../../../account";
import { amount, type Amount } from "../../../core";
import { changeText, plainText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { MARKET_TEXTS } from "../../texts-market";
import { bookRatio } from "../account/levels";
import { moved } from "../moved";
import { standingWord } from "../status";
import type { MarketProps } from "./market";

/** A place, and the figures there. */
type Row = readonly [place: string, ...figures: Child[]];

/** Points of a curve between two rows of its table: two and a half percent. */
const CURVE_ROWS = 10;
const PAYOFF_ROWS = 5;

/** "+2.5%". */
function moveText(move: Amount): string {
  const percent = move.times(100);
  const places = percent.decimalPlaces() > 1 ? percent.decimalPlaces() : 1;
  const text = percent.abs().toFixed(places);
  return `${percent.isZero() ? "" : percent.isNegative() ? "\u2212" : "+"}${text}%`;
}

/** The price of the one underlying that moves, after a move; a digit finer than it is quoted. */
function priceAt({ underlyings }: Market, of: string | undefined, move: Amount): string {
  const one = underlyings.find(({ code }) => code === of);
  if (!one) return "";
  return plainText(amount(one.price.times(move.plus(1)).toFixed(one.price.decimalPlaces() + 1)));
}

const everyNth = (moves: readonly Amount[], n: number): readonly number[] =>
  moves.flatMap((_, index) => (index % n === 0 ? [index] : [])).reverse();

function tableOf(caption: string, heads: readonly string[], rows: readonly Row[]): Described {
  return h(
    "table",
    { class: "figures behind" },
    h("caption", { class: "unseen" }, caption),
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { key: head, scope: "col" }, head)))),
    h(
      "tbody",
      {},
      ...rows.map(([first, ...others], index) =>
        h(
          "tr",
          { key: String(index) },
          h("th", { scope: "row" }, first),
          ...others.map((figure) => h("td", {}, figure)),
        ),
      ),
    ),
  );
}

/** The ratio at every other move, and where lines are met. */
export function curveTable(
  market: Market,
  curve: Curve,
  { up, down, assumed }: Crossings,
  { book, language }: MarketProps,
): Described {
  const texts = MARKET_TEXTS[language];
  const priced = assumed.of !== undefined;
  const places = [
    ...everyNth(curve.moves, CURVE_ROWS).map((index) => curve.at(index)),
    ...[up, down].flatMap((one) => one ?? []),
  ]
    .map((place) => ({ price: undefined, ...place }))
    .sort((a, b) => b.move.comparedTo(a.move));
  const heads = [texts.move, ...(priced ? [texts.level] : []), texts.ratio, texts.status];
  const rows = places.map(({ move, price, ratio, status }): Row => [
    moveText(amount(move.toFixed(4))),
    ...(priced ? [price ? plainText(price) : priceAt(market, assumed.of, move)] : []),
    ratio ? bookRatio(book, ratio) : texts.noEquity,
    standingWord(status, language),
  ]);
  return tableOf(texts.curveTable, heads, rows);
}

export function payoffTable(market: Market, payoff: Payoff, { language }: MarketProps): Described {
  const texts = MARKET_TEXTS[language];
  const { assumed, moves, then, expired } = payoff;
  const priced = assumed.of !== undefined;
  const isNow = assumed.volatility.isZero() && assumed.days === 0;
  const money = (value: number): Child => {
    const whole = amount(value.toFixed(0));
    return moved(whole, changeText(whole).replace(/\.00$/, ""));
  };
  const heads = [
    texts.move,
    ...(priced ? [texts.level] : []),
    texts.atExpiry,
    isNow ? texts.byModel : texts.byModelThen,
  ];
  const rows = everyNth(moves, PAYOFF_ROWS).map((index): Row => [
    moveText(moves[index] as Amount),
    ...(priced ? [priceAt(market, assumed.of, moves[index] as Amount)] : []),
    money(expired[index] as number),
    money(then[index] as number),
  ]);
  return tableOf(texts.payoffTable, heads, rows);
}
