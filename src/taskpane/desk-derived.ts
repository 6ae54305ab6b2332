/** What follows from a choice of account, what was typed and the broker's terms: worked out once each. */
import {
  bookInSteps,
  isCrossed,
  planInSteps,
  readSnapshots,
  sinceInSteps,
  NOBODYS,
  snapshotOf,
  withoutHongKong,
  type Book,
  type Plan,
  type Profile,
  type Since,
  type Snapshot,
  type TermsByContract,
} from "../account";
import { amount, readNumber, type Amount, type Bilingual, type Day } from "../core";
import type { Entry } from "./desk-entries";
import type { Typed } from "./desk-state";
import { changeProfile, readShare, SPANS } from "./profile-fields";
import { SAMPLE_BROKER_RATES } from "./sample";
import { readStrike, readUnit } from "./views/account/terms";
import type { WhatIfUi } from "./views/what-if/room";

/** Prices and money above zero; what isn't a number yet is as if it weren't there. */
export function amountsOf(typed: Readonly<Record<string, string>>): Record<string, Amount> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, text]) => {
      const price = readNumber(text);
      return price?.greaterThan(0) ? [[name, price]] : [];
    }),
  );
}

/** Strikes and units that make sense; the others are as if they weren't there. */
export const termsOf = (typed: Typed["terms"]): TermsByContract =>
  Object.fromEntries(
    Object.entries(typed).map(([contract, { strike, unit }]) => [
      contract,
      { strike: readStrike(strike), unit: readUnit(unit) },
    ]),
  );

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

export function* bookFor(
  entry: Entry,
  typed: Typed,
  profile: Profile,
  today: Day,
): Generator<number, Book> {
  const equity = readNumber(typed.equity);
  return yield* bookInSteps({
    // Hong Kong's holdings are margined together, in their own money.
    statement: withoutHongKong(entry.statement),
    account: entry.account,
    prices: amountsOf(typed.prices),
    equity: equity ?? undefined,
    terms: termsOf(typed.terms),
    profile: withRates(entry.sample ? withSampleTerms(profile) : profile, typed.rates),
    today,
  });
}

const taken = new WeakMap<Book, Snapshot>();

/** A book's snapshot, taken once. */
function snapshotFor(book: Book): Snapshot {
  const snapshot = taken.get(book) ?? snapshotOf(book);
  taken.set(book, snapshot);
  return snapshot;
}

/** The snapshot of the same account on the latest earlier day. */
export function snapshotBefore(book: Book, snapshots: readonly Snapshot[]): Snapshot | undefined {
  const { account, day } = snapshotFor(book);
  if (!day || account === NOBODYS) return undefined;
  return snapshots
    .filter((one) => one.account === account && one.day !== undefined && one.day < day)
    .sort((a, b) => (b.day ?? "").localeCompare(a.day ?? ""))[0];
}

export function crossedSince(book: Book, snapshots: readonly Snapshot[]): boolean {
  const before = snapshotBefore(book, snapshots);
  return before !== undefined && isCrossed(before, snapshotFor(book));
}

/** The change since a snapshot. */
export function* sinceFor(
  book: Book,
  before: Snapshot | undefined,
): Generator<void, Since | undefined> {
  return before && (yield* sinceInSteps(before, snapshotFor(book)));
}

/** Snapshots kept of one account, and the lines in all of them. */
const MOST_SNAPSHOTS = 60;
const MOST_LINES = 10_000;

/** The newest keep their lines, as many as there is room for; the older ones their totals. */
function withinRoom(oldestFirst: readonly Snapshot[]): readonly Snapshot[] {
  let lines = 0;
  return [...oldestFirst]
    .reverse()
    .map((one): Snapshot => {
      lines += one.lines.length;
      return lines > MOST_LINES ? { ...one, lines: [], totalsOnly: true } : one;
    })
    .reverse();
}

/** With the book's own, in place of an older one of the same day. */
/** As they are read back. */
const told = (one: Snapshot): string =>
  JSON.stringify(readSnapshots(JSON.parse(JSON.stringify([one]))));

export function withSnapshot(snapshots: readonly Snapshot[], book: Book): readonly Snapshot[] {
  const now = snapshotFor(book);
  if (!now.day || now.account === NOBODYS) return snapshots;
  const kept = snapshots.find(({ account, day }) => account === now.account && day === now.day);
  if (kept && told(kept) === told(now)) return snapshots;
  const own = snapshots
    .filter((one) => one.account === now.account && one.day !== now.day)
    .concat(now)
    .sort((a, b) => (a.day ?? "").localeCompare(b.day ?? ""))
    .slice(-MOST_SNAPSHOTS);
  return [...snapshots.filter((one) => one.account !== now.account), ...withinRoom(own)];
}

const URGENT: ReadonlySet<string> = new Set(["marginCall", "liquidation", "immediate"]);

/** The fewest lots that bring the ratio below the call line, where it is above. */
export function* closeFirst(book: Book): Generator<void, Plan | undefined> {
  if (!URGENT.has(book.standings.status)) return undefined;
  const plan = yield* planOf(book, "fewest", "");
  return plan && "steps" in plan ? plan : undefined;
}

export function* planOf(
  book: Book,
  order: WhatIfUi["order"],
  slippage: string,
): Generator<void, Plan | { refused: Bilingual } | undefined> {
  if (order === "own" || order === "combine") return undefined;
  const { profile } = book.inputs;
  const typed = slippage.trim() === "" ? undefined : readShare(slippage, SPANS.slippage);
  // A text that the field refuses, and says so, is as if it weren't there.
  const rate = typed && "value" in typed ? typed.value : amount(profile.slippage);
  return yield* planInSteps(book, { order, line: amount(profile.lines.call), slippage: rate });
}
