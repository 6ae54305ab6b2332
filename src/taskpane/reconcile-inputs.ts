/** What a reconciliation follows from, told as text: the same figures give the same text, whoever typed them anew. */
import {
  sameCurrency,
  type Book,
  type Profile,
  type Reconciliation,
  type Snapshot,
} from "../account";
import { digits, likelyTradingDayFrom, readNumber, type Amount, type Day } from "../core";
import { tradingDays } from "../exchanges/trading-days";
import type { Statement } from "../statements";
import { same } from "./breaths";
import { amountsOf, snapshotBefore, termsOf, withRates } from "./desk-derived";
import type { Entry } from "./desk-entries";
import type { ReconcileWish } from "./desk-reconciled";
import { NOTHING_TYPED, type Typed } from "./desk-state";

export type Prices = Record<string, Amount>;

/** Statements of the same account in the same currency; one that names no account stands alone. */
export function papersOf(entries: readonly Entry[], front: Entry): readonly Entry[] {
  const { account, sample } = front;
  const own = entries.filter(
    (one) =>
      one.key === front.key ||
      (account?.id !== undefined &&
        one.sample === sample &&
        one.account?.id === account.id &&
        sameCurrency(one.account.currency, account.currency)),
  );
  return [...own].sort((a, b) => (a.day ?? "").localeCompare(b.day ?? ""));
}

/** The trading day whose prices are yesterday's. */
export const dayBefore = ({ day }: Entry): Day | undefined =>
  day === undefined ? undefined : likelyTradingDayFrom(day, -1, tradingDays);

type Told = readonly [of: string, price: Amount];

/** Prices by what they are of; what has two is left out, as if nobody had told any. */
function agreedOn(told: Iterable<Told>): ReadonlyMap<string, Amount> {
  const prices = new Map<string, Amount>();
  const unlike = new Set<string>();
  for (const [of, price] of told) {
    if (prices.get(of)?.equals(price) === false) unlike.add(of);
    prices.set(of, price);
  }
  for (const of of unlike) prices.delete(of);
  return prices;
}

/**
 * What the rows of one day's statements say of their underlyings' prices, for the day after. A future that is printed at
 * two settlements says nothing.
 */
export function pricesOfRows(papers: readonly Reconciliation[]): Prices {
  const told: Told[] = [];
  for (const found of papers) {
    const unlike = new Set<string>();
    for (const { contract, settlementsDiffer } of found.inputs.statement.quotes) {
      if (settlementsDiffer) unlike.add(contract);
    }
    for (const { held } of found.perContract()) {
      const { underlying, underlyingPrice, position } = held;
      if (underlying === undefined || !underlyingPrice) continue;
      if (underlying !== position.contract || !unlike.has(underlying)) {
        told.push([underlying, underlyingPrice]);
      }
    }
  }
  return Object.fromEntries(agreedOn(told));
}

/** What was kept of an import says of prices; the book tells which underlying a contract is on. */
export function pricesKept(snapshot: Snapshot | undefined, { lines }: Book): Prices {
  if (!snapshot) return {};
  const kept = agreedOn(
    snapshot.lines.flatMap(({ contract, underlyingPrice = "" }) => {
      const price = readNumber(underlyingPrice);
      return price?.greaterThan(0) ? [[contract, price] as const] : [];
    }),
  );
  const told = lines.flatMap(({ position, underlying }) => {
    const price = kept.get(position.contract);
    return underlying !== undefined && price ? [[underlying, price] as const] : [];
  });
  return Object.fromEntries(agreedOn(told));
}

export const pricesTold = (prices: Prices): string =>
  Object.entries(prices)
    .map(([code, price]) => `${code} ${digits(price)}`)
    .sort()
    .join("\n");

/** In which order the parts were set doesn't count. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const told = (n: Amount | undefined): string => (n ? digits(n) : "");

/** Prices, strikes, units and rates as they are read: of a text that is no figure nothing is told. */
export function figuresTold({ prices, rates, terms }: Typed, profile: Profile): string {
  const contracts = Object.entries(termsOf(terms)).flatMap(([contract, { strike, unit }]) =>
    strike || unit ? [[contract, told(strike), told(unit)]] : [],
  );
  const read = [pricesTold(amountsOf(prices)), contracts.sort(), withRates(profile, rates)];
  return JSON.stringify(read, sorted);
}

/** Wishes by what counts of them: the statements, and the figures they are held against. */
export class WishesTold {
  private last: { readonly wish: ReconcileWish; readonly text: string } | undefined;
  /** Statements are told apart by numbers, so that none is held on to. */
  private readonly numbers = new WeakMap<Statement, number>();
  private counted = 0;

  text(wish: ReconcileWish): string {
    if (this.last && same(this.last.wish, wish)) return this.last.text;
    const [entries, front, book, typed, profile, snapshots, today] = wish;
    const papers = papersOf(entries, front);
    const before = dayBefore(front);
    const kept = snapshotBefore(book, snapshots);
    const isKept = kept?.day === before && !papers.some(({ day }) => day === before);
    const keptTold = isKept ? pricesTold(pricesKept(kept, book)) : "";
    const papersTold = papers.map((paper) =>
      this.paperTold(paper, typed[paper.key] ?? NOTHING_TYPED, profile),
    );
    const text = JSON.stringify([today, keptTold, ...papersTold]);
    this.last = { wish, text };
    return text;
  }

  /** Keeps no wish. */
  forget(): void {
    this.last = undefined;
  }

  private paperTold({ key, from }: Entry, typed: Typed, profile: Profile): readonly unknown[] {
    const statements = new Set(from.map(({ statement }) => this.numberOf(statement)));
    const previous = pricesTold(amountsOf(typed.previous));
    return [key, ...statements, previous, figuresTold(typed, profile)];
  }

  private numberOf(statement: Statement): number {
    const number = this.numbers.get(statement) ?? ++this.counted;
    this.numbers.set(statement, number);
    return number;
  }
}
