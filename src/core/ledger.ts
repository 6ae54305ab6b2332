/** 台账: an account followed day by day from its events, its books balanced every day. */
import type { Day } from "./day";
import { MarginError, type ErrorParams } from "./errors";
import { Act, worthAt } from "./ledger-act";
import * as acts from "./ledger-acts";
import { Books, lotsIn } from "./ledger-books";
import { endOfDay, startOfDay, tracked, type LedgerFigures } from "./ledger-day";
import { eventOf, type EventKind, type EventRow } from "./ledger-event";
import * as outcomes from "./ledger-exercise";
import { checkHalves, exerciseTogether } from "./ledger-together";
import type { OptionHeld } from "./ledger-instrument";
import { exact, readNumber, type Amount } from "./number";
import type { RuleSet } from "./rule";
import { blank } from "./table";

/** A day of the ledger: its figures, or why there are none. */
export type LedgerDay =
  | { readonly day: string; readonly figures: LedgerFigures }
  | { readonly day: string; readonly error: MarginError };

export interface LedgerTerms {
  readonly exchanges: readonly RuleSet[];
  /** The balance before the first day. */
  readonly opening: Amount;
  /** The broker's addition to every margin, a fraction. */
  readonly markup: Amount;
  /** A date as the host's cells hold it. */
  readonly dayOfCell: (cell: unknown) => Day | undefined;
}

const TWICE = { settlement: "twoPrices", rate: "twoRates" } as const;

/** Notes a figure of the day. @throws notAllowed where another row has another one */
function note(
  today: Map<string, Amount>,
  key: string,
  value: Amount,
  argument: keyof typeof TWICE,
): void {
  const earlier = today.get(key);
  if (earlier && !earlier.equals(value)) {
    throw new MarginError("notAllowed", { argument, value, detail: TWICE[argument] });
  }
  today.set(key, value);
}

const put = ({ today }: Books, key: string, price: Amount): void =>
  note(today, key, price, "settlement");

/** What a settle row says of futures, shares, indices and their rates: read before any option's price. */
function underlyingPrice(act: Act): void {
  const { books, thing } = act;
  const under = thing.kind === "option" ? thing.underlying.key : thing.key;
  const beside = act.given("underlying");
  if (thing.kind !== "option") {
    const own = act.given("settlement") ?? beside ?? act.given("price");
    put(books, under, own ?? act.figure("settlement"));
  }
  if (beside) put(books, under, beside);
  const rate = act.given("rate", "fraction");
  if (!rate) return;
  note(books.todayRates, under, rate, "rate");
  // What was opened before the settlement goes by the rate until then, where one is known.
  if (!books.rates.has(under)) books.rates.set(under, rate);
}

function optionPrice(act: Act): void {
  const { books, thing } = act;
  if (thing.kind !== "option") return;
  put(books, thing.key, endsWorthless(act, thing) ? exact.zero : act.figure("settlement"));
}

/** A settlement of 0: on the expiry day, of an option that the underlying's price leaves worth nothing. */
function endsWorthless({ row, on, books }: Act, thing: OptionHeld): boolean {
  const price = books.today.get(thing.underlying.key);
  if (thing.expiry === undefined || on < thing.expiry || !price) return false;
  const { settlement } = row;
  const zero = settlement === 0 || (!blank(settlement) && readNumber(settlement)?.isZero());
  return Boolean(zero) && worthAt(thing, price).lessThanOrEqualTo(0);
}

/** Events that an option's expiry does not end, or that name none. */
const AFTER_EXPIRY: readonly EventKind[] = [
  ...(["fee", "deposit", "withdraw"] as const),
  ...(["settle", "adjust", "dissolve"] as const),
];

const ACTS: Readonly<Record<EventKind, (act: Act) => void>> = {
  ...{ open: acts.open, close: acts.close, buy: acts.buy, sell: acts.sell },
  ...{ lock: acts.lock, unlock: acts.unlock, build: acts.build, dissolve: acts.dissolve },
  ...{ net: acts.net, fee: acts.fee, deposit: acts.deposit, withdraw: acts.withdraw },
  ...{ exercise: outcomes.exercise, assign: outcomes.assign, adjust: outcomes.adjust },
  ...{ expire: outcomes.expire, abandon: outcomes.abandon, settle: () => undefined },
};

interface Numbered {
  readonly row: EventRow;
  /** The header is row 1. */
  readonly number: number;
}

/** Rows of one day that follow each other; a day that can't be read stands alone. */
interface Group {
  readonly day: Day | undefined;
  readonly label: string;
  readonly rows: Numbered[];
}

function grouped(rows: readonly (EventRow | undefined)[], dayOfCell: LedgerTerms["dayOfCell"]) {
  const groups: Group[] = [];
  rows.forEach((row, index) => {
    if (!row) return;
    const day = blank(row.date) ? undefined : dayOfCell(row.date);
    const last = groups.at(-1);
    const numbered = { row, number: index + 2 };
    if (day !== undefined && last?.day === day) last.rows.push(numbered);
    else groups.push({ day, label: day ?? String(row.date ?? "").trim(), rows: [numbered] });
  });
  return groups;
}

/** Where a row stands, and what it names. */
function placeOf({ row, number }: Numbered): NonNullable<ErrorParams["row"]> {
  const names = [row.event, row.contract].filter((cell) => !blank(cell)).map(String);
  return { number, names: names.join(" ").trim() };
}

/** A ledger follows one account. @throws notAllowed for a row of another */
function checkAccount({ account }: EventRow, rows: readonly (EventRow | undefined)[]): void {
  if (blank(account)) return;
  const first = rows.find((row) => !blank(row?.account))?.account;
  if (String(account).trim() === String(first).trim()) return;
  throw new MarginError("notAllowed", {
    ...{ argument: "account", value: account, detail: "twoAccounts" },
  });
}

/** Does something for a row; what it refuses names the row, and a day by its column. */
function at<T>(numbered: Numbered, what: () => T): T {
  try {
    return what();
  } catch (error) {
    if (!(error instanceof MarginError)) throw error;
    const { argument } = error.params;
    throw error.of({ argument: argument === "on" ? "date" : argument, row: placeOf(numbered) });
  }
}

/** The next day on which what is on its way closes the books: nothing is left that needs a price. */
function lastDelivery(books: Books): Day | undefined {
  const [first] = books.deliveries;
  const day = first?.due;
  if (!day || books.deliveries.some(({ due }) => due !== day) || books.sets.size > 0) {
    return undefined;
  }
  const left = new Map([...books.shares].map(([key, { parcels }]) => [key, lotsIn(parcels)]));
  for (const { thing, shares } of books.deliveries) {
    left.set(thing.key, (left.get(thing.key) ?? exact.zero).plus(shares));
  }
  return books.positions.size === 0 && [...left.values()].every((n) => n.isZero())
    ? day
    : undefined;
}

/**
 * An account day by day.
 *
 * Of a day's rows the adjustments come first, then its settlement prices, the underlyings' before the options', then the
 * rest in their order; the day ends with
 * deliveries, what the exchange does by itself and the settlement. A day that cannot be worked out has its
 * error and the days after it have one that points there: none of them pretends to be right.
 * Deliveries after the last row have a day of their own where they leave nothing that needs a price.
 *
 * @example a put sold at 300, 10 t, settled at 280: premium in 3000, frozen 6620, released 695, margin 5925
 */
export function ledger(
  rows: readonly (EventRow | undefined)[],
  { exchanges, opening, markup, dayOfCell }: LedgerTerms,
): readonly LedgerDay[] {
  const books = new Books(exchanges, markup, opening);
  const days: LedgerDay[] = [];
  let fees = exact.zero;
  let previous: Day | undefined;
  let wrong: MarginError | undefined;

  const dayOf = ({ day, rows: [first] }: Group): Day => {
    const { date } = (first as Numbered).row;
    if (day === undefined) throw new MarginError("notADate", { argument: "date", value: date });
    if (previous === undefined || day > previous) return day;
    throw new MarginError("outOfRange", {
      ...{ argument: "date", value: day, must: "notBefore", detail: previous },
    });
  };

  const work = (group: Group): LedgerFigures => {
    const on = at(group.rows[0] as Numbered, () => dayOf(group));
    previous = on;
    const all = group.rows.map((numbered) => ({
      numbered,
      ...at(numbered, () => {
        checkAccount(numbered.row, rows);
        const { kind, side, together } = eventOf(numbered.row);
        const act = new Act(books, numbered.row, on, side, dayOfCell, placeOf(numbered));
        act.checkTrading();
        return { kind, act, does: together ? exerciseTogether : ACTS[kind] };
      }),
    }));
    startOfDay(books, on);
    const take = (wanted: (kind: EventKind) => boolean): void => {
      for (const { numbered, kind, act, does } of all.filter((each) => wanted(each.kind))) {
        at(numbered, () => {
          if (!AFTER_EXPIRY.includes(kind)) act.checkExpiry();
          tracked(books, () => does(act));
          const fee = act.given("fee");
          if (fee) acts.addTo(books.flow, "fees", fee);
        });
      }
    };
    take((kind) => kind === "adjust");
    outcomes.noteShortfalls(books, on);
    for (const { numbered, act } of all) at(numbered, () => act.meet());
    for (const read of [underlyingPrice, optionPrice]) {
      for (const { numbered, kind, act } of all) {
        if (kind === "settle") at(numbered, () => read(act));
      }
    }
    take((kind) => kind !== "adjust");
    checkHalves(books);
    return endOfDay(books, on, fees);
  };

  const follow = (label: string, figuresOf: () => LedgerFigures): void => {
    if (wrong) {
      days.push({ day: label, error: wrong });
      return;
    }
    try {
      const figures = figuresOf();
      fees = fees.plus(figures.fees);
      days.push({ day: label, figures });
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      days.push({ day: label, error });
      const { row } = error.params;
      const [value, detail] = row ? [row.number, "row"] : [label, "day"];
      wrong = new MarginError("afterError", { argument: "events", value, detail });
    }
  };

  for (const group of grouped(rows, dayOfCell)) follow(group.label, () => work(group));
  const last = wrong ? undefined : lastDelivery(books);
  if (last) follow(last, () => endOfDay(books, last, fees));
  return days;
}
