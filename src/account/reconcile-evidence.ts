/**
 * What a row that breaks is tried with: the statement's other prices and openings, the profile's other rates, and what
 * other rows tell.
 */
import { digits, type Amount, type Day } from "../core";
import type { Position, Quote } from "../statements";
import { otherRates } from "./charge";
import { takesMargin } from "./figure";
import type { Held } from "./holding";
import { own, PriceList } from "./price";
import type { ReconcileInputs } from "./reconcile";
import { RateTold, type Breaking, type NamedPrice } from "./reconcile-attempts";
import type { Comparable, WorkRow } from "./reconcile-row";
import { termsTold, type BrokerRule } from "./reconcile-rule";
import type { BrokerTerms } from "./reconcile-terms";

const sideKey = ({ contract, side }: Position): string => `${contract} ${side}`;

/** Futures on the index of an option: some counters take their price for the index's. */
const INDEX_FUTURES: Readonly<Record<string, string>> = { IO: "IF", HO: "IH", MO: "IM" };

/** What else there is of an underlying. */
interface Others {
  readonly underlyings: Breaking["underlyings"];
  readonly rates: Breaking["otherRates"];
}

export class Evidence {
  private bySide: ReadonlyMap<string, readonly Position[]> | undefined;
  private readonly quotes: ReadonlyMap<string, Quote>;
  /** The futures that the statement quotes, by their product's letters. */
  private readonly futures = new Map<string, NamedPrice[]>();
  private readonly previous: PriceList;
  private readonly rates = new Map<WorkRow, RateTold>();
  private readonly ratesTold = new Map<string, Map<string, Set<string>>>();
  private readonly others = new Map<string, Others>();
  private readonly ofTerms: readonly BrokerTerms[];

  constructor(
    private readonly inputs: ReconcileInputs,
    private readonly rule: BrokerRule,
    private readonly on: Day,
  ) {
    const { statement, previousPrices = {} } = inputs;
    this.quotes = new Map(statement.quotes.map((quote) => [quote.contract, quote]));
    const settled = [...this.quotes.values()].map(
      ({ contract, settlement }) => [contract, settlement] as const,
    );
    // Few statements hold an index future beside its options: its price is mostly given.
    const givenPrices = Object.entries(inputs.prices).filter(
      ([code]) => /^I[FHM]\d/i.test(code) && !this.quotes.get(code.toUpperCase())?.settlement,
    );
    for (const [contract, settlement] of [...settled, ...givenPrices]) {
      const letters = /^[A-Za-z]+(?=\d+$)/.exec(contract)?.[0]?.toUpperCase();
      if (letters === undefined || !settlement) continue;
      const named = { name: { zh: contract, en: contract }, price: settlement };
      const known = this.futures.get(letters);
      if (known) known.push(named);
      else this.futures.set(letters, [named]);
    }
    this.previous = new PriceList(statement, "previousSettlement", previousPrices);
    this.ofTerms = [rule.main, ...rule.others].flatMap((part) => (part ? [part.terms] : []));
  }

  /** @param larger of both sides of a future under one margin the heavier alone */
  of(row: Comparable, larger?: Held): Breaking {
    const { held, printed, exchange, terms, figure } = row;
    const open = [...this.rule.openOf(held), ...this.rule.besideOf(held)];
    // The profile's addition alone is no rule that the statement tells: the row may tell one of its own.
    const isTold = terms !== undefined && this.rule.isTold(held);
    // Written out, without a spread: the runtime keeps no layout of such objects.
    return {
      held,
      printed,
      exchange,
      margin: figure.margin,
      terms: terms ?? { kind: "exchange" },
      ruleKnown: terms !== undefined,
      ownTerms: isTold ? open : termsTold({ held, printed, exchange }, this.on, true),
      larger: larger && {
        held: larger,
        terms: isTold ? open : termsTold({ held: larger, printed, exchange }, this.on, true),
      },
      otherTerms: terms ? this.ofTerms : [],
      openings: this.openings().get(sideKey(held.position)) ?? [],
      quote: this.quoteOf(held.position.contract),
      underlyings: this.othersOf(row).underlyings,
      previous: held.underlying ? this.previous.ofUnderlying(held.underlying)?.price : undefined,
      rate: this.rateOf(row, printed),
      ratesTold: this.ratesTold.get(held.underlying ?? "") ?? new Map<string, Set<string>>(),
      otherRates: this.othersOf(row).rates,
      on: this.on,
    };
  }

  /** Which round rates the breaking rows of an underlying tell, by which contracts; whether the row was asked. */
  noteRate(row: WorkRow): boolean {
    const { held, printed, difference } = row;
    const { underlying } = held;
    if (!printed?.greaterThan(0) || !difference || difference.isZero()) return false;
    if (!takesMargin(held) || underlying === undefined) return false;
    // A share of what is printed for both sides tells no rate.
    if (row.both) return false;
    const { round } = this.rateOf(row, printed);
    if (!round) return true;
    const told = this.ratesTold.get(underlying) ?? new Map<string, Set<string>>();
    const by = told.get(digits(round)) ?? new Set<string>();
    // Both sides of a future, or a contract in two rows, are one contract.
    told.set(digits(round), by.add(held.position.contract));
    this.ratesTold.set(underlying, told);
    return true;
  }

  private rateOf(row: WorkRow, printed: Amount): RateTold {
    const known = this.rates.get(row);
    if (known) return known;
    const rate = new RateTold(row.held, printed, this.on);
    this.rates.set(row, rate);
    return rate;
  }

  private openings(): ReadonlyMap<string, readonly Position[]> {
    if (this.bySide) return this.bySide;
    const openings = new Map<string, Position[]>();
    for (const lot of this.inputs.statement.lots) {
      const key = sideKey(lot);
      const known = openings.get(key);
      if (known) known.push(lot);
      else openings.set(key, [lot]);
    }
    return (this.bySide = openings);
  }

  /** The other prices and rates there are of a row's underlying: the same for all rows on it. */
  private othersOf(row: WorkRow): Others {
    const { held } = row;
    const { underlying, productCode, exchange } = held;
    const key = [underlying, productCode, exchange?.code].join(" ");
    const known = this.others.get(key);
    if (known) return known;
    const { profile } = this.inputs;
    const found = {
      underlyings: this.underlyingPrices(row),
      rates: {
        exchange: otherRates(profile, held, "exchange", this.on),
        broker: otherRates(profile, held, "broker", this.on),
      },
    };
    this.others.set(key, found);
    return found;
  }

  /** An option's previous settlement may stand in the statement of the day before alone. */
  private quoteOf(contract: string): Quote | undefined {
    const quote = this.quotes.get(contract);
    const before = this.previous.ofUser(contract);
    if (quote?.previousSettlement || !before) return quote;
    return { contract, day: undefined, ...quote, previousSettlement: before };
  }

  /** What else the underlying may have been taken at: its last price, others given, other months of its future. */
  private underlyingPrices({ held }: WorkRow): readonly NamedPrice[] {
    const { underlying, productCode } = held;
    if (underlying === undefined) return [];
    const own_ = this.quotes.get(underlying);
    const found: NamedPrice[] = [];
    const put = (zh: string, en: string, price: Amount | undefined): void => {
      if (price?.greaterThan(0)) found.push({ name: { zh, en }, price });
    };
    put("标的最新价", "underlying's last price", own_?.lastPrice);
    put("标的结算价", "underlying's settlement", own_?.settlement);
    // What the statement prints comes before the price that was given, which the broker may have taken.
    put("另给的标的价", "the underlying's price as given", own(this.inputs.prices, underlying));
    for (const price of own(this.inputs.otherPrices ?? {}, underlying) ?? []) {
      put("标的另一价格", "underlying's other price", price);
    }
    if (held.exchange === undefined || productCode === undefined) return found;
    const letters = [productCode, INDEX_FUTURES[productCode] ?? []].flat();
    for (const { name, price } of letters.flatMap(
      (one) => this.futures.get(one.toUpperCase()) ?? [],
    )) {
      if (name.zh !== underlying) put(name.zh, name.en, price);
    }
    return found;
  }
}
