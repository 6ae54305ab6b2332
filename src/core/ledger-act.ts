/** What every act of a ledger shares: its row's figures, the prices it goes by, the side it is about. */
import { numberWithin } from "./argument";
import { likelyTradingDayFrom } from "./calendar";
import { readInstrument } from "./contract";
import { dayFromNumber, numberFromDay, type Day } from "./day";
import { MarginError, type Bound, type ErrorParams, type WhyNot } from "./errors";
import { NO_PARTS, partsOf, readThing, type Prices } from "./ledger-instrument";
import type { FutureHeld, OptionHeld, Parts, SharesHeld, Thing } from "./ledger-instrument";
import { type Books } from "./ledger-books";
import { closedBy, eventOf, type EventColumn, type EventRow } from "./ledger-event";
import { exact, type Amount } from "./number";
import { lotsOf, number, optional } from "./row";
import type { RuleSet } from "./rule";
import { blank } from "./table";
import { readSide, type Side } from "./terms";

export class Act {
  constructor(
    readonly books: Books,
    readonly row: EventRow,
    readonly on: Day,
    /** A side that the event's name says. */
    readonly said: Side | undefined,
    private readonly dayOfCell: (cell: unknown) => Day | undefined,
    /** Where the row stands. */
    readonly place: ErrorParams["row"],
  ) {}

  private get wrongDay(): (detail: WhyNot) => MarginError {
    return (detail) => new MarginError("notAllowed", { argument: "date", value: this.on, detail });
  }

  /** @throws notAllowed for a day known to be without trading at the contract's exchange */
  checkTrading(): void {
    const rules = this.exchange();
    if (!rules) return;
    const { on } = this;
    const before = dayFromNumber(numberFromDay(on) - 1);
    if (likelyTradingDayFrom(before, 1, rules.calendar) !== on) throw this.wrongDay("noTrading");
  }

  /** Whose trading days the row goes by: money moves on those of any, for it is transferred on trading days too. */
  private exchange(): RuleSet | undefined {
    const { row, books, on } = this;
    if (blank(row.contract)) return books.exchanges.find(({ calendar }) => calendar);
    const named = readInstrument(row.contract, books.exchanges, on);
    return named.kind === "option" ? named.contract.rules : named.rules;
  }

  /** @throws notAllowed for an option after its expiry */
  checkExpiry(): void {
    if (blank(this.row.contract)) return;
    const { thing, books, on } = this;
    if (thing.kind === "option" && books.expired(thing, on)) throw this.wrongDay("afterExpiry");
  }

  figure(column: EventColumn, must: Bound = "aboveZero"): Amount {
    return number<EventColumn>(this.row, column, must);
  }

  given(column: EventColumn, must: Bound = "aboveZero"): Amount | undefined {
    return optional<EventColumn>(this.row, column, must);
  }

  /** One lot where the table has no such column. */
  get lots(): Amount {
    return lotsOf(this.row);
  }

  /** What the row is about. @throws as readThing does, and notADate for an expiry that is none */
  get thing(): Thing {
    const { row, books } = this;
    const expiry = blank(row.expiry) ? undefined : this.dayOfCell(row.expiry);
    if (!blank(row.expiry) && !expiry) {
      throw new MarginError("notADate", { argument: "expiry", value: row.expiry });
    }
    const { exchanges, options } = books;
    const beside = {
      strike: this.given("strike"),
      unit: this.given("unit", "wholeAboveZero"),
      expiry,
    };
    const thing = readThing(row.contract, exchanges, this.on, beside, (key) => options.get(key));
    if (thing.kind === "option") options.set(thing.key, thing);
    return thing;
  }

  /** Terms given in any row of a day hold for all of them. */
  meet(): void {
    const { contract, strike, unit, expiry } = this.row;
    if (blank(contract) || [strike, unit, expiry].every(blank)) return;
    if (eventOf(this.row).kind !== "adjust") void this.thing;
  }

  private wrong(detail: WhyNot): MarginError {
    return new MarginError("notAllowed", {
      argument: "contract",
      value: this.row.contract,
      detail,
    });
  }

  get option(): OptionHeld {
    const { thing } = this;
    if (thing.kind === "option") return thing;
    throw this.wrong("onlyOption");
  }

  /** An option or a future. */
  get contract(): OptionHeld | FutureHeld {
    const { thing } = this;
    if (thing.kind !== "shares") return thing;
    throw this.wrong("buyShares");
  }

  /** A future or shares. */
  get traded(): FutureHeld | SharesHeld {
    const { thing } = this;
    if (thing.kind !== "option") return thing;
    throw this.wrong("openOption");
  }

  /** The side the event or its row says. */
  get side(): Side | undefined {
    const { row, said } = this;
    const written = blank(row.side) ? undefined : readSide(row.side);
    if (!blank(row.side) && !written) {
      throw new MarginError("unknownName", { argument: "side", value: row.side });
    }
    if (said && written && said !== written) {
      throw new MarginError("notAllowed", {
        argument: "side",
        value: row.side,
        detail: "eventSide",
      });
    }
    return said ?? written;
  }

  /** The side a closing is about: 买 and 卖 in its row are the trade, other words what was held. */
  closingSide(thing: OptionHeld | FutureHeld): Side {
    const { row, said } = this;
    const meant = said ? [said] : (["short", "covered", "long"] as const);
    const traded = blank(row.side) ? undefined : closedBy(row.side);
    if (!traded) return this.sideOf(thing, meant);
    const sides = traded.filter((side) => meant.includes(side));
    if (sides.length > 0) return this.among(thing, sides, said);
    // 「s」 is sell in one counter's table and short in another's.
    throw traded.length === 0 && !said
      ? new MarginError("unknownName", { argument: "side", value: row.side })
      : new MarginError("notAllowed", {
          ...{ argument: "side", value: row.side, detail: "eventSide" },
        });
  }

  /** The side of a position that the event is about: the one said, else the only one held. */
  sideOf(thing: OptionHeld | FutureHeld, allowed: readonly Side[]): Side {
    return this.among(thing, allowed, this.side);
  }

  private among(thing: OptionHeld | FutureHeld, allowed: readonly Side[], said?: Side): Side {
    if (said && !allowed.includes(said)) {
      throw new MarginError("notAllowed", {
        argument: "side",
        value: this.row.side ?? said,
        detail: "eventSide",
      });
    }
    const { books } = this;
    const held = allowed.filter(
      (side) =>
        books.loose(thing, side).greaterThan(0) ||
        [...books.sets.values()].some(({ legs }) =>
          legs.some((leg) => leg.thing.key === thing.key && leg.side === side),
        ),
    );
    const [side = allowed[0] as Side] = said ? [said] : held;
    if (!said && held.length > 1) throw new MarginError("missing", { argument: "side" });
    return side;
  }

  /** Shares that an adjustment brings; below zero where shares are merged. */
  get sharesMore(): Amount {
    return numberWithin(this.row.quantity, "quantity", "wholeNotZero");
  }

  /** Whole shares: a number above zero. */
  get shareCount(): Amount {
    return numberWithin(this.row.quantity, "quantity", "wholeAboveZero");
  }

  /**
   * The prices a margin goes by before the settlement: the row's, else the last known.
   * What the row gives is remembered, the rate until another is given.
   */
  prices(thing: OptionHeld | FutureHeld, price?: Amount): Prices {
    const { books } = this;
    const { latest, rates } = books;
    const own = this.given("previousSettlement") ?? this.given("settlement") ?? price;
    const under = thing.kind === "option" ? thing.underlying.key : thing.key;
    const rate = this.given("rate", "fraction") ?? rates.get(under);
    if (rate) rates.set(under, rate);
    const beside = this.given("underlying") ?? (thing.kind === "future" ? own : undefined);
    if (own) latest.set(thing.key, own);
    if (beside) latest.set(under, beside);
    return { option: latest.get(thing.key), underlying: beside ?? latest.get(under), rate };
  }

  /** The price of an option's underlying on the day: the row's, else the settlement; an earlier one tells nothing. */
  priceOfDay({ underlying }: OptionHeld): Amount | undefined {
    return this.given("underlying") ?? this.books.today.get(underlying.key);
  }

  /** The same where the outcome hangs on it. @throws missing */
  neededPrice(thing: OptionHeld): Amount {
    const price = this.priceOfDay(thing);
    if (price) return price;
    throw missingPrice(thing.underlying.label, this.on);
  }

  /** The margin of one lot by prices; long options and covered calls need none. */
  margin(thing: OptionHeld | FutureHeld, side: Side, prices: Prices): Parts {
    return marginOf(this.books, thing, side, prices, this.on);
  }
}

export function marginOf(
  { markup }: Books,
  thing: OptionHeld | FutureHeld,
  side: Side,
  prices: Prices,
  on: Day,
): Parts {
  return thing.kind === "option" && side !== "short"
    ? NO_PARTS
    : partsOf(thing, prices, markup, on);
}

export const missingPrice = (label: string, on: Day): MarginError =>
  new MarginError("missing", { argument: "settlement", detail: `${label} ${on}` });

/** The day's settlement price of a thing, else the last known. */
export const priceNow = ({ today, latest }: Books, key: string): Amount | undefined =>
  today.get(key) ?? latest.get(key);

/** What an option is worth exercised, per quoted unit, signed. */
export const worthAt = ({ contract, strike }: OptionHeld, underlying: Amount): Amount =>
  contract.right === "call" ? underlying.minus(strike) : strike.minus(underlying);

/** Gain for the side that holds, loss for the side that owes. */
export const forSide = (side: Side, figure: Amount): Amount =>
  side === "long" ? figure : exact.zero.minus(figure);
