/** Own trades, and what one of them does to the margin, the money and the lots held. */
import {
  amount,
  digits,
  numberWithin,
  readInstrument,
  type Amount,
  type Bilingual,
  type Instrument,
} from "../core";
import { exchanges } from "../exchanges";
import type { Position } from "../statements";
import type { Book, Line } from "./book";
import { brokerCharge, exchangeCharge } from "./charge";
import { figureOf, tried } from "./figure";
import { holdingsIn } from "./holding";
import type { Terms } from "./infer";
import { atMarketValue, bookedValue, marginHeld } from "./plan";
import { PriceList } from "./price";
import type { HeldSet } from "./sets";

/** A trade the user thinks of. */
export interface OwnTrade {
  readonly contract: string;
  readonly side: "buy" | "sell";
  readonly effect: "open" | "close";
  readonly lots: number;
  readonly price: Amount;
  /** Its place in the user's list, where other rows of that list aren't counted. */
  readonly number?: number | undefined;
}

const ZERO = amount("0");

const fold = (contract: string): string =>
  contract.normalize("NFKC").replace(/\s+/g, "").toUpperCase();

/**
 * A trade from what was typed; the side and effect were chosen.
 * Whether the contract can be traded is for `stripOf` to say.
 */
export function readTrade(
  typed: Pick<OwnTrade, "side" | "effect"> &
    Readonly<Record<"contract" | "lots" | "price", string>>,
): { readonly trade: OwnTrade } | { readonly refused: Bilingual } {
  const { side, effect } = typed;
  const contract = typed.contract.trim();
  if (!contract) {
    return {
      refused: {
        zh: "缺合约，这一笔先不算。写交易代码，如 m2701-C-3100。",
        en: "The contract is missing; this trade isn't counted. Enter a trading code such as m2701-C-3100.",
      },
    };
  }
  const read = tried(() => ({
    contract,
    side,
    effect,
    lots: numberWithin(typed.lots, "lots", "wholeAboveZero").toNumber(),
    price: numberWithin(typed.price, "price", "aboveZero"),
  }));
  return "value" in read ? { trade: read.value } : read;
}

/** Lots of one line, with the margin they take outside sets; longs and covered calls take none. */
export interface HeldLots {
  readonly line: Line;
  readonly lots: Amount;
  readonly margin: Amount;
  /** What equity at market value has booked for them. */
  readonly booked: Amount;
  readonly unit: Amount | undefined;
}

/** What trades have done so far. */
export interface Running {
  readonly margin: Amount;
  readonly money: Amount;
  readonly held: ReadonlyMap<string, readonly HeldLots[]>;
  readonly sets: readonly RunningSet[];
}

/** Sets still held, of two lines. */
export interface RunningSet {
  readonly of: HeldSet;
  readonly sets: Amount;
  /** What one of them saves on the broker's standard. */
  readonly saved: Amount;
}

type Direction = "long" | "short";

const directionOf = ({ side, effect }: OwnTrade): Direction =>
  (side === "buy") === (effect === "open") ? "long" : "short";

export const keyOf = (contract: string, direction: Direction): string =>
  `${fold(contract)} ${direction}`;

const indexes = new WeakMap<Book, ReadonlyMap<string, readonly Line[]>>();

/** The lines of a contract, however it is typed; a book is looked through once. */
function linesNamed(book: Book, contract: string): readonly Line[] {
  const index = indexes.get(book) ?? indexed(book);
  indexes.set(book, index);
  return index.get(fold(contract)) ?? [];
}

function indexed({ lines }: Book): ReadonlyMap<string, readonly Line[]> {
  const index = new Map<string, Line[]>();
  for (const line of lines) {
    const key = fold(line.position.contract);
    const same = index.get(key);
    if (same) same.push(line);
    else index.set(key, [line]);
  }
  return index;
}

const isCovered = ({ position }: Line): boolean => position.side === "covered";

/** The lines a trade may close, uncovered ones first. */
function linesOf(book: Book, contract: string, direction: Direction): readonly Line[] {
  const lines = linesNamed(book, contract).filter(
    ({ position }) => (position.side === "long") === (direction === "long"),
  );
  return [...lines.filter((line) => !isCovered(line)), ...lines.filter(isCovered)];
}

/** The sets of a book whose relief is known, wherever their lines have the lots for them. */
export function setsKnown({ sets }: Book): readonly RunningSet[] {
  const priced = sets.flatMap((of): RunningSet[] => {
    const { broker: saved } = of.saved;
    const known = saved && of.combination && of.legs.every(({ broker }) => broker.margin);
    return known ? [{ of, sets: of.sets, saved: saved.dividedBy(of.sets) }] : [];
  });
  const enough = (line: Line): boolean =>
    inSets(priced, line).lessThanOrEqualTo(line.position.quantity);
  return priced.filter(({ of }) => of.legs.every(enough));
}

/** A line's lots that are in some of the sets. */
export const inSets = (sets: readonly RunningSet[], line: Line): Amount =>
  sets.reduce((sum, { of, sets: held }) => (of.legs.includes(line) ? sum.plus(held) : sum), ZERO);

/** What a line takes with no lot in a set: of lines in sets by the rules, and only where all their sets are known. */
function marginAlone(book: Book, line: Line, known: readonly RunningSet[]) {
  const all = book.sets.filter(({ legs }) => legs.includes(line));
  const whole = all.length > 0 && all.every((one) => known.some(({ of }) => of === one));
  const more = line.position.combinedQuantity?.greaterThan(inSets(known, line));
  const { margin } = line.broker;
  return whole && !more && margin ? { margin } : marginHeld(line);
}

export function heldLotsOf(
  book: Book,
  contract: string,
  direction: Direction,
  known: readonly RunningSet[],
): HeldLots[] {
  return linesOf(book, contract, direction).flatMap((line) => {
    const alone = marginAlone(book, line, known);
    if ("unknown" in alone) return [];
    const { quantity: lots } = line.position;
    const booked = bookedValue(line) ?? ZERO;
    return [{ line, lots, margin: alone.margin, booked, unit: line.unit }];
  });
}

const sumLots = (held: readonly Pick<HeldLots, "lots">[]): Amount =>
  held.reduce((sum, { lots }) => sum.plus(lots), ZERO);

/** The broker's terms for an underlying as the book has found them. */
const termsIn =
  ({ underlyings }: Book) =>
  ({ underlying }: { readonly underlying: string | undefined }): Terms | undefined => {
    const known = underlyings.find(({ code }) => code === underlying);
    if (!known?.brokerRate) return undefined;
    return known.markup?.greaterThan(0) ? { markup: known.markup } : { rate: known.brokerRate };
  };

/** The contract as a position with the trade's lots: at the price the book has for it, else at the trade's. */
function positionOf(book: Book, trade: OwnTrade, subject: Instrument): Position {
  const [same] = linesNamed(book, trade.contract);
  const [first] = book.lines;
  const price = same?.price ?? trade.price;
  const unit = subject.kind === "future" ? subject.product?.unit : undefined;
  return {
    place: {},
    account: book.account?.id,
    contract: same?.position.contract ?? trade.contract,
    subject,
    side: directionOf(trade),
    quantity: amount(trade.lots),
    // For the use the account's other lines are held for: legs of two uses join no set.
    hedge: (same ?? first)?.position.hedge,
    strike: same?.strike,
    multiplier: same?.unit ?? (unit === undefined ? undefined : amount(unit)),
    openPrice: price,
    settlement: price,
    previousSettlement: price,
    lastPrice: price,
  };
}

/** What a trade would open: its margin on the broker's standard, and the unit its premium is reckoned by. */
function opened(
  book: Book,
  trade: OwnTrade,
  subject: Instrument,
): HeldLots | { readonly refused: Bilingual } {
  const { profile, statement, prices, today } = book.inputs;
  const on = book.day ?? today;
  const known = book.underlyings.flatMap(({ code, price }) => (price ? [[code, price]] : []));
  const list = new PriceList(statement, profile.priceBasis, {
    ...prices,
    ...(Object.fromEntries(known) as Record<string, Amount>),
  });
  const position = positionOf(book, trade, subject);
  const [held] = holdingsIn([position], list);
  if (!held) throw new Error(`no holding of ${trade.contract}`);
  const { unit } = held;
  if (!unit) return { refused: held.lacks?.why ?? noUnit(trade.contract) };
  const exchange = exchangeCharge(held, profile, on);
  const charge = brokerCharge(held, exchange, { profile, inferred: termsIn(book), on });
  const broker = figureOf(held, charge, on);
  if (broker.gap) return { refused: broker.gap.why };
  const lots = amount(trade.lots);
  const line: Line = {
    ...held,
    ...{ broker, exchangeFigure: figureOf(held, exchange, on), combined: false, warnings: [] },
    ...{ printed: undefined, share: undefined, premiumChange: undefined, marginChange: undefined },
    ...{ largestGain: undefined, largestLoss: undefined },
  };
  const booked = trade.price.times(unit).times(lots);
  return { line, lots, margin: broker.margin, unit, booked };
}

const noUnit = (contract: string): Bilingual => ({
  zh: `不知道 ${contract} 的合约单位，权利金算不出。换一个单位已知的合约。`,
  en: `The contract unit of ${contract} isn't known, so its premium is open. Take a contract whose unit is known.`,
});

/** Why lots can't be closed: they aren't there, or the margin they free isn't known. */
function cannotClose(book: Book, trade: OwnTrade, free: Amount): Bilingual {
  const { contract, lots } = trade;
  const direction = directionOf(trade);
  const lines = linesOf(book, contract, direction);
  const all = sumLots(lines.map(({ position }) => ({ lots: position.quantity })));
  if (all.greaterThanOrEqualTo(lots)) {
    for (const line of lines) {
      const known = marginHeld(line);
      if ("unknown" in known) return known.unknown;
    }
  }
  const [zh, en] = direction === "long" ? ["买仓", "long"] : ["卖仓", "short"];
  return {
    zh: `要平 ${lots} 手，${contract} ${zh}只有 ${digits(free)} 手。改手数，或选开仓。`,
    en: `${lots} lots to close, but only ${digits(free)} of ${contract} are held ${en}. Change the lots, or choose open.`,
  };
}

/** The premium of a trade as it moves the money: received above zero. Equity at market value has its worth booked. */
function moneyMoved(
  book: Book,
  trade: OwnTrade,
  { unit, booked }: { readonly unit: Amount; readonly booked: Amount },
): Amount {
  const premium = trade.price.times(unit).times(trade.lots);
  const cash = trade.side === "sell" ? premium : premium.negated();
  if (!atMarketValue(book)) return cash;
  return trade.side === "sell" ? cash.minus(booked) : cash.plus(booked);
}

function afterOpening(book: Book, running: Running, trade: OwnTrade, subject: Instrument) {
  const holding = opened(book, trade, subject);
  if ("refused" in holding) return holding;
  const { margin, booked, unit } = holding;
  const key = keyOf(trade.contract, directionOf(trade));
  const isOption = subject.kind === "option" && unit !== undefined;
  const moved = isOption ? moneyMoved(book, trade, { unit, booked }) : ZERO;
  return {
    margin: running.margin.plus(margin),
    money: running.money.plus(moved),
    held: new Map([...running.held, [key, [...(running.held.get(key) ?? []), holding]]]),
    sets: running.sets,
  };
}

const least = (one: Amount, other: Amount): Amount => (one.lessThan(other) ? one : other);

/** Which lots go: of every line first those outside sets, then legs of sets. */
function lotsClosed(
  held: readonly HeldLots[],
  sets: readonly RunningSet[],
  lots: number,
): ReadonlyMap<HeldLots, Amount> {
  let left = amount(lots);
  const closed = new Map<HeldLots, Amount>();
  const close = (holding: HeldLots, most: Amount): void => {
    const more = least(left, most);
    left = left.minus(more);
    closed.set(holding, (closed.get(holding) ?? ZERO).plus(more));
  };
  for (const holding of held) close(holding, holding.lots.minus(inSets(sets, holding.line)));
  for (const holding of held) close(holding, holding.lots.minus(closed.get(holding) ?? ZERO));
  return closed;
}

/** The sets left where a line has so many lots: those that save least are taken apart first. */
function partedTo(
  sets: readonly RunningSet[],
  line: Line,
  lots: Amount,
): { readonly sets: readonly RunningSet[]; readonly lost: Amount } {
  let over = inSets(sets, line).minus(lots);
  let lost = ZERO;
  const parted = new Map<RunningSet, Amount>();
  const bySaving = [...sets].sort((a, b) => a.saved.comparedTo(b.saved));
  for (const set of bySaving) {
    if (!over.greaterThan(0)) break;
    if (!set.of.legs.includes(line)) continue;
    const count = least(over, set.sets);
    parted.set(set, count);
    over = over.minus(count);
    lost = lost.plus(set.saved.times(count));
  }
  return {
    sets: sets.map((set) => ({ ...set, sets: set.sets.minus(parted.get(set) ?? ZERO) })),
    lost,
  };
}

function afterClosing(book: Book, running: Running, trade: OwnTrade, isOption: boolean) {
  const key = keyOf(trade.contract, directionOf(trade));
  const held = running.held.get(key) ?? [];
  const free = sumLots(held);
  if (free.lessThan(trade.lots)) return { refused: cannotClose(book, trade, free) };
  const going = lotsClosed(held, running.sets, trade.lots);
  let { margin, sets } = running;
  let booked = ZERO;
  const rest = held.map((holding): HeldLots => {
    const closed = going.get(holding) ?? ZERO;
    if (closed.isZero()) return holding;
    const part = (whole: Amount): Amount => whole.times(closed).dividedBy(holding.lots);
    const lots = holding.lots.minus(closed);
    const parted = partedTo(sets, holding.line, lots);
    sets = parted.sets;
    margin = margin.minus(part(holding.margin)).plus(parted.lost);
    booked = booked.plus(part(holding.booked));
    return {
      ...holding,
      lots,
      margin: holding.margin.minus(part(holding.margin)),
      booked: holding.booked.minus(part(holding.booked)),
    };
  });
  const unit = held[0]?.unit;
  if (isOption && !unit) return { refused: noUnit(trade.contract) };
  const moved = isOption && unit ? moneyMoved(book, trade, { unit, booked }) : ZERO;
  return {
    margin,
    money: running.money.plus(moved),
    held: new Map([...running.held, [key, rest]]),
    sets,
  };
}

/** What a trade is in; only options and futures are margined here. */
function subjectOf(
  book: Book,
  { contract }: OwnTrade,
): { readonly subject: Instrument | undefined } | { readonly refused: Bilingual } {
  const [same] = linesNamed(book, contract);
  const known = same?.position.subject;
  if (known?.kind === "otherOption" || known?.kind === "otherFuture") return { subject: undefined };
  if (known?.kind === "option" || known?.kind === "future") return { subject: known };
  const read = tried(() => readInstrument(contract, exchanges, book.day ?? book.inputs.today));
  if (!("value" in read)) return read;
  if (read.value.kind !== "shares") return { subject: read.value };
  return {
    refused: {
      zh: `${contract} 是 ETF 份额，不占保证金，这里不推演。换成期权或期货。`,
      en: `${contract} is an ETF: its shares take no margin and aren't played through here. Take an option or a future.`,
    },
  };
}

export function traded(
  book: Book,
  running: Running,
  trade: OwnTrade,
): Running | { readonly refused: Bilingual } {
  const named = subjectOf(book, trade);
  if ("refused" in named) return named;
  const { subject } = named;
  if (trade.effect === "close") {
    return afterClosing(book, running, trade, subject?.kind !== "future");
  }
  if (subject) return afterOpening(book, running, trade, subject);
  return {
    refused: {
      zh: `${trade.contract} 没有可用的保证金规则，开仓要收多少算不出。只能推演平仓。`,
      en: `No margin rule here covers ${trade.contract}, so what opening takes is open. Only closing it can be played through.`,
    },
  };
}
