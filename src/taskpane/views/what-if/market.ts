/** What if · Market: where the account would stand at other prices, volatilities and days. */
import {
  severityOf,
  type Book,
  type Crossings,
  type Curve,
  type Market,
  type MarketRefused,
  type MarketStrip,
} from "../../../account";
import type { Amount } from "../../../core";
import { MOST_MARKET_LINES, type Marketed } from "../../desk-market";
import { h, type Child, type Described } from "../../element";

import type { Language } from "../../language";
import type { Slid } from "../../market-typed";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { MARKET_TEXTS, type MarketTexts } from "../../texts-market";
import { WHAT_IF_TEXTS } from "../../texts-what-if";
import { bookRatio, levelsOf } from "../account/levels";
import type { AccountUi } from "../account/room";
import { chartCard } from "../chart";
import { curvePicture, type Place } from "../chart-curve";
import { payoffPicture } from "../chart-payoff";
import { pill } from "../status";
import { stripView } from "../strip";
import { heatCard } from "./market-heat";
import { slidersCard } from "./market-sliders";
import { curveTable, payoffTable } from "./market-tables";
import { assumedWords, crossingSentence, payoffSentence } from "./market-words";
import { startsFrom } from "./starts";
import { writingActs } from "./writing";

export interface MarketUi {
  /** As typed or slid: percents, percents, calendar days; blank is none. */
  readonly price: string;
  readonly volatility: string;
  readonly days: string;
  /** The underlying that moves alone; "" where all move by the same share. */
  readonly of: string;
  /** The cell of the heat map that has the focus: row and column. */
  readonly cell: readonly [number, number] | undefined;
}

export interface MarketActs {
  slide(slid: Slid, text: string): void;
  of(code: string): void;
  cell(at: readonly [number, number]): void;
  /** A cell of the heat map as what is assumed. */
  assume(at: readonly [number, number], move: Amount, volatility: Amount): void;
  reset(): void;
  write(): void;
  undo(): void;
  toAccount(): void;
  toReconcile(): void;
}

export interface MarketProps extends Marketed {
  readonly book: Book;
  readonly ui: MarketUi;
  /** Of a picture, in pixels. */
  readonly width: number;
  readonly acts: MarketActs;
  readonly language: Language;
  readonly notice: AccountUi["notice"];
  /** The notice is of a sheet that can be taken back. */
  readonly canUndo: boolean;
  /** Excel is reached: writing works. */
  readonly connected: boolean;
  /** A sheet is being written; one at a time. */
  readonly writing: boolean;
}

const MOST_NAMED = 5;

/** Why nothing can be told, and of which rows. */
function refusedCard({ refused, open }: MarketRefused, props: MarketProps): Described {
  const { language } = props;
  const texts = MARKET_TEXTS[language];
  return h(
    "section",
    { key: "refused", class: "card block", "aria-labelledby": "strip-heading" },
    h(
      "h2",
      { id: "strip-heading", class: "with-pill", tabindex: "-1" },
      pill("undetermined", language, "small"),
    ),
    h("p", { class: "gap" }, refused[language]),
    open.length > 1 &&
      h(
        "details",
        { key: "open", class: "left-out" },
        h("summary", { class: "link" }, texts.openRows(open.length)),
        h(
          "ul",
          {},
          ...open
            .slice(0, MOST_NAMED)
            .map(({ why }, index) => h("li", { key: String(index) }, why[language])),
          open.length > MOST_NAMED &&
            h("li", { key: "more" }, texts.moreRows(open.length - MOST_NAMED)),
        ),
      ),
  );
}

/** The exchange's standard beside the broker's; its state where that is the severer. */
function exchangeLine({ exchange, strip: { then } }: MarketStrip, props: MarketProps): Described {
  const { book, language } = props;
  const texts = MARKET_TEXTS[language];
  if (!exchange) return h("p", { key: "exchange", class: "note" }, texts.exchangeOpen);
  const { now, ratio, status } = exchange;
  const severer = severityOf(status) > severityOf(then?.status ?? "undetermined");
  return h(
    "p",
    { key: "exchange", class: "note exchange-line" },
    texts.exchange(bookRatio(book, now), bookRatio(book, ratio)),
    severer && severityOf(status) > 0 && pill(status, language, "small"),
  );
}

function stripCard(market: Market, strip: MarketStrip, props: MarketProps): Described {
  const { book, acts, language } = props;
  const texts = WHAT_IF_TEXTS[language];
  const words = MARKET_TEXTS[language];
  const { tentative } = market;
  const [first] = tentative;
  return h(
    "section",
    { key: "strip", class: "card block", "aria-labelledby": "strip-heading" },
    h("h2", { id: "strip-heading", class: "unseen", tabindex: "-1" }, texts.heading),
    ...stripView(strip.strip, book, language),
    exchangeLine(strip, props),
    startsFrom(book, texts, acts.toReconcile),
    h(
      "details",
      { key: "estimate", class: "left-out estimate" },
      h("summary", { class: "link" }, words.estimate),
      h("p", { class: "note" }, words.estimateHint),
      first !== undefined &&
        h("p", { key: "tentative", class: "note" }, words.tentative(first, tentative.length)),
    ),
  );
}

const numberOf = (ratio: Amount | undefined): number => ratio?.toNumber() ?? Infinity;

/** Where it is now, and where it would be once something moves. */
function placesOf(
  { strip: { now, then } }: MarketStrip,
  { assumed }: MarketProps,
): { readonly now: Place | undefined; readonly then: Place | undefined } {
  const moved =
    assumed && !(assumed.move.isZero() && assumed.volatility.isZero() && assumed.days === 0);
  return {
    now: now.ratio && { move: 0, ratio: now.ratio.toNumber() },
    then:
      moved && then ? { move: assumed.move.toNumber(), ratio: numberOf(then.ratio) } : undefined,
  };
}

const metBy = ({ up, down }: Crossings): readonly Place[] =>
  [up, down].flatMap((one) =>
    one ? [{ move: one.move.toNumber(), ratio: numberOf(one.ratio) }] : [],
  );

function curveCard(
  market: Market,
  strip: MarketStrip,
  { curve, crossings }: { readonly curve: Curve; readonly crossings: Crossings },
  props: MarketProps,
  texts: MarketTexts,
): Described {
  const { book, language, width } = props;
  const { zone } = ACCOUNT_TEXTS[language];
  const sentence =
    crossingSentence(crossings, language, texts) + assumedWords(crossings.assumed, texts);
  return chartCard({
    id: "curve",
    title: texts.curve,
    sentence,
    picture: curvePicture({
      ...{ curve, levels: levelsOf(book), width, label: sentence, met: metBy(crossings) },
      ...placesOf(strip, props),
      zones: {
        watch: zone.watch,
        call: zone.marginCall,
        liq: zone.liquidation,
        imm: zone.immediate,
      },
    }),
    tableWord: texts.table,
    table: curveTable(market, curve, crossings, props),
  });
}

function payoffCard(market: Market, props: MarketProps, texts: MarketTexts): Child {
  const { payoff, assumed, width, language } = props;
  if (!payoff || !assumed) return undefined;
  if ("why" in payoff) {
    return h(
      "section",
      { key: "payoff", class: "card block chart", "aria-labelledby": "payoff-heading" },
      h("h2", { id: "payoff-heading" }, texts.payoff),
      h("p", { class: "gap" }, payoff.why[language]),
    );
  }
  const sentence = payoffSentence(payoff, texts);
  const { volatility, days } = payoff.assumed;
  const isNow = volatility.isZero() && days === 0;
  return chartCard({
    id: "payoff",
    title: texts.payoff,
    sentence,
    picture: payoffPicture({ payoff, move: assumed.move.toNumber(), width, label: sentence }),
    more: [
      h(
        "p",
        { key: "legend", class: "plot-legend" },
        h("span", { class: "keep" }, h("span", { class: "key solid" }), texts.atExpiry),
        h(
          "span",
          { class: "keep" },
          h("span", { class: "key dashed" }),
          isNow ? texts.byModel : texts.byModelThen,
        ),
      ),
      h("p", { key: "hint", class: "note" }, texts.payoffHint),
    ],
    tableWord: texts.table,
    table: payoffTable(market, payoff, props),
  });
}

function shownMarket(market: Market, props: MarketProps): Child[] {
  const { strip, curve, crossings, grid, busy, language } = props;
  const texts = MARKET_TEXTS[language];
  if (!strip) return [];
  if (market.broker.underlyings.length === 0) {
    return [h("section", { key: "nothing", class: "card block" }, h("p", {}, texts.nothingMoves))];
  }
  return [
    stripCard(market, strip, props),
    slidersCard(market, strip, props),
    busy && !curve && h("p", { key: "working", class: "note" }, texts.working),
    curve && crossings && curveCard(market, strip, { curve, crossings }, props, texts),
    grid && heatCard(grid, props),
    payoffCard(market, props, texts),
  ];
}

export function marketPart(props: MarketProps): Child[] {
  const { market, book, language, busy } = props;
  const texts = MARKET_TEXTS[language];
  const ready = market !== undefined && !("refused" in market);
  const { heading } = WHAT_IF_TEXTS[language];
  const waiting = busy ? texts.preparing : texts.tooLong(book.lines.length, MOST_MARKET_LINES);
  return [
    ...(ready
      ? shownMarket(market, props)
      : [
          market
            ? refusedCard(market, props)
            : h(
                "section",
                { key: "none", class: "card block", "aria-labelledby": "strip-heading" },
                h("h2", { id: "strip-heading", class: "unseen", tabindex: "-1" }, heading),
                h("p", {}, waiting),
              ),
        ]),
    ...writingActs("write-market", texts.write, ready && props.grid !== undefined, props),
  ];
}
