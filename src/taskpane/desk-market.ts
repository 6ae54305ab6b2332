/** What Market follows from: the strip at once, the curve, the lines met, the heat map and the gains a little later. */
import {
  crossingsInSteps,
  curveInSteps,
  marketGridInSteps,
  marketInSteps,
  marketStrip,
  payoffInSteps,
  type Assumed,
  type Book,
  type Crossings,
  type Curve,
  type Market,
  type MarketGrid,
  type MarketRefused,
  type MarketStrip,
  type Payoff,
} from "../account";
import { amount, type Bilingual } from "../core";
import { InBreaths } from "./breaths";
import { readMoves } from "./market-typed";
import { RoomWidth } from "./room-width";
import type { MarketUi } from "./views/what-if/market";

/** What is worked out of a market; what isn't there yet is that of before, or nothing. */
export interface Marketed {
  /** Undefined until the book is made ready. */
  readonly market: Market | MarketRefused | undefined;
  readonly assumed: Assumed | undefined;
  readonly strip: MarketStrip | undefined;
  readonly curve: Curve | undefined;
  readonly crossings: Crossings | undefined;
  readonly grid: MarketGrid | undefined;
  readonly payoff: Payoff | { readonly why: Bilingual } | undefined;
  /** Of these, something isn't yet what is asked for. */
  readonly busy: boolean;
}

/** Lines up to which a slider can be followed. */
export const MOST_MARKET_LINES = 2000;

/** What a curve goes by; the price's own move is a place on it. */
type Along = [market: Market, volatility: string, days: number, of: string | undefined];

const NOTHING_YET = {
  ...{ assumed: undefined, strip: undefined, curve: undefined },
  ...{ crossings: undefined, grid: undefined, payoff: undefined },
};

/** Lines whose curves follow a slider as it moves; of more they wait until it rests, in milliseconds. */
const FEW_LINES = 30;
const REST = 120;

const isSame = (one: Along, other: Along): boolean => one.every((part, at) => part === other[at]);

/** Wide enough for seven columns. */
const LARGE = 420;

const still = (volatility: string, days: number, of: string | undefined): Assumed => ({
  ...{ move: amount("0"), volatility: amount(volatility), days, of },
});

export class Marketing {
  readonly width: RoomWidth;
  private readonly markets: InBreaths<[Book], Market | MarketRefused>;
  private readonly curves: InBreaths<Along, Curve>;
  private readonly crossings: InBreaths<Along, Crossings>;
  private readonly payoffs: InBreaths<Along, Payoff | { readonly why: Bilingual }>;
  private readonly grids: InBreaths<[...Along, large: boolean], MarketGrid>;
  /** What was shown last. */
  before: Marketed | undefined;
  private stripNow: { market: Market; key: string; strip: MarketStrip } | undefined;

  constructor(private readonly later: (over: boolean) => void) {
    const after = 0;
    this.width = new RoomWidth(() => later(true));
    this.markets = new InBreaths(marketInSteps, 4, later);
    this.curves = new InBreaths(
      (market, ...given) => curveInSteps(market, still(...given)),
      after,
      later,
    );
    this.crossings = new InBreaths(
      (market, ...given) => crossingsInSteps(market, still(...given)),
      after,
      later,
    );
    this.payoffs = new InBreaths(
      (market, ...given) => payoffInSteps(market, still(...given)),
      after,
      later,
    );
    this.grids = new InBreaths(
      (market, volatility, days, of, large) =>
        marketGridInSteps(market, still(volatility, days, of), large),
      after,
      later,
    );
  }

  of(book: Book, ui: MarketUi): Marketed {
    if (book.lines.length > MOST_MARKET_LINES) {
      return { market: undefined, busy: false, ...NOTHING_YET };
    }
    const market = this.markets.answer(book);
    if (!market) return { market, busy: true, ...NOTHING_YET };
    if ("refused" in market) return { market, busy: false, ...NOTHING_YET };
    const assumed = readMoves(market, ui);
    const strip = this.strip(market, assumed);
    const wish: Along = [market, assumed.volatility.toString(), assumed.days, assumed.of];
    const along = this.rested(wish);
    const now = {
      curve: this.curves.answer(...along),
      crossings: this.crossings.answer(...along),
      // The columns of the grid are volatilities of their own.
      grid: this.grids.answer(market, "0", along[2], along[3], this.width.pane >= LARGE),
      payoff: this.payoffs.answer(...along),
    };
    const before = this.before?.market === market ? this.before : undefined;
    const busy = along !== wish || Object.values(now).some((one) => one === undefined);
    const shown: Marketed = {
      ...{ market, assumed, strip, busy },
      curve: now.curve ?? before?.curve,
      crossings: now.crossings ?? before?.crossings,
      grid: now.grid ?? before?.grid,
      payoff: now.payoff ?? before?.payoff,
    };
    this.before = shown;
    return shown;
  }

  private along: Along | undefined;
  private next: Along | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;

  /** What the curves go by: of many lines only once the slider rests, so that it moves freely. */
  private rested(wish: Along): Along {
    const { along, next } = this;
    const few = wish[0].book.lines.length <= FEW_LINES;
    const goes = !along || along[0] !== wish[0] || few;
    if (goes || isSame(along, wish)) {
      clearTimeout(this.rest);
      this.next = undefined;
      this.along = goes ? wish : along;
      return wish;
    }
    if (!next || !isSame(next, wish)) {
      clearTimeout(this.rest);
      this.next = wish;
      this.rest = setTimeout(() => {
        this.along = wish;
        this.next = undefined;
        this.later(true);
      }, REST);
    }
    return along;
  }

  private strip(market: Market, assumed: Assumed): MarketStrip {
    const { move, volatility, days, of } = assumed;
    const key = [move, volatility, days, of].join(" ");
    const known = this.stripNow;
    if (known?.market === market && known.key === key) return known.strip;
    const strip = marketStrip(market, assumed);
    this.stripNow = { market, key, strip };
    return strip;
  }
}
