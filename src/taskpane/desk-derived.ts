/** What follows from a choice of account, what was typed and the broker's terms: worked out once each. */
import {
  bookOf,
  planFor,
  sinceLast,
  snapshotOf,
  stripOf,
  type Book,
  type OwnTrade,
  type Plan,
  type Profile,
  type Since,
  type Snapshot,
  type Strip,
} from "../account";
import { amount, readNumber, type Amount, type Bilingual, type Day } from "../core";
import type { Entry } from "./desk-entries";
import type { Typed } from "./desk-state";
import { changeProfile } from "./profile-fields";
import { SAMPLE_BROKER_RATES } from "./sample";
import type { TypedTrade, WhatIfUi } from "./views/what-if/room";

/** Prices and money above zero; what isn't a number yet is as if it weren't there. */
function amountsOf(typed: Readonly<Record<string, string>>): Record<string, Amount> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, text]) => {
      const price = readNumber(text);
      return price?.greaterThan(0) ? [[name, price]] : [];
    }),
  );
}

/** The profile with the rates typed beside this account; a text that is no rate changes nothing. */
export function withRates(profile: Profile, rates: Typed["rates"]): Profile {
  return Object.entries(rates).reduce((sofar, [underlying, text]) => {
    if (text.trim() === "") return sofar;
    const changed = changeProfile(sofar, `products.${underlying}.exchange`, text);
    return "profile" in changed ? changed.profile : sofar;
  }, profile);
}

function withSampleTerms(profile: Profile): Profile {
  const products = Object.entries(SAMPLE_BROKER_RATES).map(
    ([code, broker]) => [code, { broker, ...profile.products[code] }] as const,
  );
  return { ...profile, products: { ...profile.products, ...Object.fromEntries(products) } };
}

export function bookFor(entry: Entry, typed: Typed, profile: Profile, today: Day): Book {
  const equity = readNumber(typed.equity);
  return bookOf({
    statement: entry.statement,
    account: entry.account,
    prices: amountsOf(typed.prices),
    equity: equity ?? undefined,
    profile: withRates(entry.sample ? withSampleTerms(profile) : profile, typed.rates),
    today,
  });
}

/** The change since the snapshot of the same account on the latest earlier day. */
export function sinceFor(book: Book, snapshots: readonly Snapshot[]): Since | undefined {
  const now = snapshotOf(book);
  const { account, day } = now;
  if (!day) return undefined;
  const before = snapshots
    .filter((one) => one.account === account && one.day !== undefined && one.day < day)
    .sort((a, b) => (b.day ?? "").localeCompare(a.day ?? ""))[0];
  return before && sinceLast(before, now);
}

/** Snapshots kept of one account. */
const MOST_SNAPSHOTS = 60;

/** With the book's own, in place of an older one of the same day. */
export function withSnapshot(snapshots: readonly Snapshot[], book: Book): readonly Snapshot[] {
  const now = snapshotOf(book);
  if (!now.day) return snapshots;
  const own = snapshots
    .filter((one) => one.account === now.account && one.day !== now.day)
    .concat(now)
    .sort((a, b) => (a.day ?? "").localeCompare(b.day ?? ""))
    .slice(-MOST_SNAPSHOTS);
  return [...snapshots.filter((one) => one.account !== now.account), ...own];
}

const URGENT: ReadonlySet<string> = new Set(["marginCall", "liquidation", "immediate"]);

/** The fewest lots that bring the ratio below the call line, where it is above. */
export function closeFirst(book: Book): Plan | undefined {
  if (!URGENT.has(book.standings.status)) return undefined;
  const plan = planOf(book, "fewest", book.inputs.profile.slippage);
  return plan && "steps" in plan ? plan : undefined;
}

export function planOf(
  book: Book,
  order: WhatIfUi["order"],
  slippage: string,
): Plan | { refused: Bilingual } | undefined {
  if (order === "own") return undefined;
  const { profile } = book.inputs;
  const rate = readNumber(slippage) ?? amount(profile.slippage);
  return planFor(book, { order, line: amount(profile.lines.call), slippage: rate });
}

/** A trade whose every field is filled; a row that is still being typed is left out. */
function tradeOf({ contract, side, effect, lots, price }: TypedTrade): OwnTrade | undefined {
  const [count, at] = [readNumber(lots), readNumber(price)];
  const whole = count?.isInteger() && count.greaterThan(0);
  if (contract.trim() === "" || !count || !whole || !at) return undefined;
  return { contract: contract.trim(), side, effect, lots: count.toNumber(), price: at };
}

/** Own trades, or the steps of a plan as the trades they are. */
export function stripFor(
  book: Book,
  ui: WhatIfUi,
  plan: Plan | { refused: Bilingual } | undefined,
): Strip {
  if (ui.order === "own") {
    return stripOf(
      book,
      ui.trades.flatMap((trade) => tradeOf(trade) ?? []),
    );
  }
  const strip = stripOf(book, []);
  const last = plan && "steps" in plan ? plan.steps.at(-1) : undefined;
  if (!last) return { ...strip, then: undefined };
  const { margin, equity, ratio, status } = last;
  return { now: strip.now, then: { margin, equity, ratio, status } };
}
