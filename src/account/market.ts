/** A book ready for other prices, volatilities and days: what it takes then, and where the account stands. */
import {
  amount,
  drained,
  MarginError,
  Pace,
  scenario,
  scenarioBook,
  sentence,
  type Amount,
  type Bilingual,
  type Day,
  type EquityBasis,
  type Outcome,
  type Outcomes,
  type ScenarioBook,
  type Shock,
} from "../core";
import type { Book } from "./book";
import { tried } from "./figure";
import { heldInSteps, isTentative, type HeldHere, type Open } from "./market-positions";
import { atMarketValue, ratioOf, standingIn, startOf } from "./plan";
import { exchangeStandingAt, type Standing } from "./standing";
import type { Standard } from "./legs";
import type { Strip, StripSide } from "./strip";

/** An underlying whose price can be moved by itself. */
export interface MarketUnderlying {
  readonly code: string;
  readonly name: Bilingual;
  readonly price: Amount;
}

/**
 * What the account would come to. On the broker's standard it goes by the figures that are printed, where there
 * are any: what the rules say of the move is added to them, so that nothing moves without a shock.
 */
export interface Market {
  readonly book: Book;
  readonly broker: ScenarioBook;
  /** With the ratio it is at now; undefined where a figure of that standard is missing. */
  readonly exchange:
    { readonly scenarios: ScenarioBook; readonly now: Amount | undefined } | undefined;
  /** With equity at market value: what positions gain; or the line whose price no model has. */
  readonly worth: ScenarioBook | { readonly why: Bilingual };
  /** What the account starts from, as every what-if does. */
  readonly start: { readonly margin: Amount; readonly money: Amount };
  /** What is printed above what the rules give for today, and stays so. */
  readonly offset: Amount;
  readonly underlyings: readonly MarketUnderlying[];
  /** Calendar days until the first option expires: no scenario goes beyond. Zero where no option is held. */
  readonly daysLeft: number;
  /** The day the first option expires is a guess: its year's holidays aren't known. */
  readonly tentative: readonly string[];
}

/** Why nothing can be told, and of which lines. */
export interface MarketRefused {
  readonly refused: Bilingual;
  readonly open: readonly Open[];
}

/** What is assumed; nothing of it is today. */
export interface Assumed {
  /** Relative move of prices, a fraction. */
  readonly move: Amount;
  /** Relative move of volatilities, a fraction. */
  readonly volatility: Amount;
  /** Calendar days ahead. */
  readonly days: number;
  /** The underlying that moves alone; all by the same share where left out. */
  readonly of: string | undefined;
}

const ZERO = amount("0");

export const NO_MOVE: Assumed = { move: ZERO, volatility: ZERO, days: 0, of: undefined };

export const dayOf = ({ book }: Pick<Market, "book">): Day => book.day ?? book.inputs.today;

/** Says of the first line why no model prices it, and how many others there are. */
function whole(open: readonly Open[]): MarketRefused {
  const [first] = open;
  if (!first) throw new Error("nothing is open");
  const more = open.length - 1;
  return {
    open,
    refused: {
      zh: `换个行情的合计先不下结论：${first.why.zh}${more > 0 ? `另有 ${more} 行也算不出。` : ""}`,
      en: `The figures at other prices are left open: ${first.why.en}${more > 0 ? ` So are ${more} more ${more === 1 ? "row" : "rows"}.` : ""}`,
    },
  };
}

/** Says the same of gain and loss alone. */
function gainsOpen([first]: readonly Open[]): Bilingual {
  const { zh = "", en = "" } = first?.why ?? {};
  return { zh: `盈亏先不下结论：${zh}`, en: `Gain and loss are left open: ${en}` };
}

/** Positions that no model prices, each with its sentence. */
function unpriced(book: ScenarioBook, { lineOf }: HeldHere): readonly Open[] {
  return book.blocking.map((position): Open => {
    const refused = book.refused.get(position);
    const said = sentence(refused ?? new MarginError("missing", { argument: "settlement" }));
    const contract = lineOf.get(position)?.position.contract ?? position.label;
    return {
      contract,
      why: {
        zh: `${contract} 不能按模型定价：${said.zh}。`,
        en: `No model prices ${contract}: ${said.en}.`,
      },
    };
  });
}

function* scenariosOf(
  book: Book,
  standard: Standard,
  basis: EquityBasis,
  on: Day,
  pace: Pace,
): Generator<void, ScenarioBook | { readonly open: readonly Open[] }> {
  const held = yield* heldInSteps(book, standard, on, pace);
  if (held.open.length > 0) return { open: held.open };
  const made = tried(() => scenarioBook(held.positions, held.sets, { on, basis }));
  if (!("value" in made)) return { open: [{ contract: "", why: made.refused }] };
  if (pace.due(held.positions.length)) yield;
  const open = unpriced(made.value, held);
  return open.length > 0 ? { open } : made.value;
}

/** Those that have one price: only these can be moved by themselves. */
function underlyingsOf(book: Book, { underlyings }: ScenarioBook): readonly MarketUnderlying[] {
  return underlyings.flatMap(({ key, prices }): MarketUnderlying[] => {
    const [price, ...others] = prices;
    const named = book.underlyings.find(({ code }) => code === key);
    if (!price || others.length > 0) return [];
    return [{ code: key, name: named?.name ?? { zh: key, en: key }, price }];
  });
}

export const marketOf = (book: Book): Market | MarketRefused => drained(marketInSteps(book));

/** Makes a book ready, pausing between stretches of a long one. */
export function* marketInSteps(book: Book): Generator<void, Market | MarketRefused> {
  const pace = new Pace();
  const start = startOf(book);
  if ("refused" in start) return { ...start, open: [] };
  const on = book.day ?? book.inputs.today;
  const basis = atMarketValue(book) ? "market" : "cash";
  const broker = yield* scenariosOf(book, "broker", basis, on, pace);
  if ("open" in broker) return whole(broker.open);
  const exchange = yield* scenariosOf(book, "exchange", basis, on, pace);
  const worth =
    basis === "market" ? broker : yield* scenariosOf(book, "broker", "market", on, pace);
  return {
    ...{ book, broker, start },
    exchange:
      "open" in exchange
        ? undefined
        : { scenarios: exchange, now: ratioOf(scenario(exchange, {}).margin, start.money) },
    worth: "open" in worth ? { why: gainsOpen(worth.open) } : worth,
    offset: start.margin.minus(scenario(broker, {}).margin),
    underlyings: underlyingsOf(book, broker),
    daysLeft: broker.daysLeft ?? 0,
    tentative: book.lines.filter(isTentative).map(({ position }) => position.contract),
  };
}

/** What is assumed as the shock it is. */
export function shockOf({ underlyings }: Market, { move, volatility, days, of }: Assumed): Shock {
  const common = {
    ...(volatility.isZero() ? {} : { volatility }),
    ...(days === 0 ? {} : { days }),
  };
  if (move.isZero()) return common;
  const one = underlyings.find(({ code }) => code === of);
  if (!one) return { ...common, move };
  return { ...common, prices: new Map([[one.code, one.price.times(move.plus(1))]]) };
}

/** Where the account stands at an outcome on the broker's standard. */
export function sideAt(
  { book, start, offset }: Market,
  { margin: ruled, gain }: Outcome,
): StripSide & { readonly margin: Amount; readonly equity: Amount } {
  const margin = ruled.plus(offset);
  const equity = start.money.plus(gain);
  return {
    ...{ margin, equity },
    ratio: ratioOf(margin, equity),
    status: standingIn(book, margin, equity),
  };
}

/** The exchange's standard, by its rules alone; undefined where they lack a figure. */
export interface ExchangeSide {
  readonly now: Amount | undefined;
  readonly ratio: Amount | undefined;
  readonly status: Standing;
}

function exchangeAt({ book, exchange, start }: Market, shock: Shock): ExchangeSide | undefined {
  if (!exchange) return undefined;
  const { now, scenarios } = exchange;
  const { margin, gain } = scenario(scenarios, shock);
  const money = start.money.plus(gain);
  const standing = exchangeStandingAt(margin, money, book.inputs.profile);
  const { proven } = book.standings.exchange;
  return {
    now,
    ratio: ratioOf(margin, money),
    status: !proven && standing === "normal" ? "undetermined" : standing,
  };
}

/** What is and what would be, on both standards. */
export interface MarketStrip {
  readonly strip: Strip;
  readonly exchange: ExchangeSide | undefined;
}

/** Now and then; nothing that is undetermined now is normal then. */
export function marketStrip(market: Market, assumed: Assumed): MarketStrip {
  const { standings } = market.book;
  const { margin, ratio, status } = standings.broker;
  const now = { margin, ratio, status, equity: standings.denominator };
  const shock = shockOf(market, assumed);
  const unmoved = assumed.move.isZero() && assumed.volatility.isZero() && assumed.days === 0;
  const then = unmoved ? now : sideAt(market, scenario(market.broker, shock));
  return { strip: { now, then }, exchange: exchangeAt(market, shock) };
}

/** Ratios of many outcomes as doubles, for drawing; beyond every line where no equity is left. */
export function ratiosOf(
  { start, offset }: Market,
  { margins, gains }: Pick<Outcomes, "margins" | "gains">,
): Float64Array {
  const [money, more] = [start.money.toNumber(), offset.toNumber()];
  const ratios = new Float64Array(margins.length);
  for (let i = 0; i < ratios.length; i++) {
    const equity = money + (gains[i] as number);
    const margin = (margins[i] as number) + more;
    ratios[i] = equity > 0 ? margin / equity : margin > 0 ? Infinity : 0;
  }
  return ratios;
}
