/** A row that breaks, and what was tried for it. */
import { double, type Amount, type Bilingual, type Day } from "../core";
import type { Position, Quote } from "../statements";
import type { RateInForce } from "./charge";
import { marginBy, type Charge } from "./figure";
import type { Held } from "./holding";
import { marginNearly, mayEqual, mayTellRoundRate, type Changed } from "./nearly";
import { ADDITIONS, REASONS, type ReasonId, type Tried, type Untried } from "./reconcile-reasons";
import { given, rateTold, roundest, toFen, type BrokerTerms } from "./reconcile-terms";

/** More decimals than these would fit anything. */
const MOST_DECIMALS = 4;

export interface NamedPrice {
  readonly name: Bilingual;
  readonly price: Amount;
}

/** Everything one breaking row is tried with. */
export interface Breaking {
  readonly held: Held;
  readonly printed: Amount;
  /** By the broker's terms, or the exchange's standard. */
  readonly margin: Amount;
  readonly exchange: Charge;
  /** The broker's terms for it, or the exchange's own where its rule isn't known. */
  readonly terms: BrokerTerms;
  readonly ruleKnown: boolean;
  /** Terms that its product leaves open, or where the statement tells nothing of it those that the row alone tells. */
  readonly ownTerms: readonly BrokerTerms[];
  /** Of both sides of a future under one margin the heavier alone, and such terms of it. */
  readonly larger: { readonly held: Held; readonly terms: readonly BrokerTerms[] } | undefined;
  /** Terms that the rest of the account goes by. */
  readonly otherTerms: readonly BrokerTerms[];
  /** The holding split by opening, where the statement shows it. */
  readonly openings: readonly Position[];
  /** The option's own other prices, completed by the statement's quotes. */
  readonly quote: Quote | undefined;
  /** The underlying's other prices, with their names. */
  readonly underlyings: readonly NamedPrice[];
  /** Whether its underlying's previous price is known. */
  readonly previous: Amount | undefined;
  /** The rate its figure tells. */
  readonly rate: RateTold;
  /** Rates of the rows of its underlying that go by no known terms, with the contracts that tell each. */
  readonly ratesTold: ReadonlyMap<string, ReadonlySet<string>>;
  /** The profile's other rates for its underlying: the exchange's, and the broker's own. */
  readonly otherRates: Readonly<Record<"exchange" | "broker", readonly RateInForce[]>>;
  readonly on: Day;
}

/** The rate that a row's figure tells; each is worked out when it is asked for. */
export class RateTold {
  private rates:
    { readonly told: Amount | undefined; readonly round: Amount | undefined } | undefined;
  private may: boolean | undefined;

  constructor(
    private readonly held: Held,
    private readonly printed: Amount,
    private readonly on: Day,
  ) {}

  /** Whether one of four decimals at most, or of half points, may give the figure: where not, doubles tell. */
  get mayBeRound(): boolean {
    return (this.may ??= mayTellRoundRate(this.held, double(this.printed), this.on));
  }

  /** By turning its rule round. */
  get told(): Amount | undefined {
    return this.both.told;
  }

  /** Of four decimals at most, where one so round gives the figure. */
  get round(): Amount | undefined {
    return this.mayBeRound ? this.both.round : undefined;
  }

  private get both() {
    if (this.rates) return this.rates;
    const { held, printed, on } = this;
    const told = rateTold(held, printed, on);
    const nearly = double(printed);
    const round = roundest(told, MOST_DECIMALS, (rate) => {
      if (!mayEqual(marginNearly(held, {}, given(rate), on), nearly)) return false;
      const margin = rate.greaterThan(0) ? marginBy(held, given(rate), on) : undefined;
      return margin !== undefined && toFen(margin).equals(printed);
    });
    return (this.rates = { told, round });
  }
}

/** The whole row's margin with some of its inputs changed, unrounded. */
export const marginWith = (row: Breaking, changed: Changed, charge: Charge): Amount | undefined =>
  marginBy({ ...row.held, lacks: undefined, ...changed }, charge, row.on);

/** What was tried for a row; where only what is exact is wanted, nothing else is worked out. */
export class Attempts {
  readonly tried: Tried[] = [];
  readonly untried: Untried[] = [];
  private readonly nearly: number;

  constructor(
    private readonly row: Breaking,
    private readonly onlyExact = false,
  ) {
    this.nearly = double(row.printed);
  }

  /** Whether it is worth working out exactly. */
  asks(nearly: () => number | undefined): boolean {
    return !this.onlyExact || mayEqual(nearly(), this.nearly);
  }

  /** Whether the printed figure is no farther from one than so much. */
  reaches(figure: Amount, most: number): boolean {
    return !this.onlyExact || !(Math.abs(double(figure) - this.nearly) > most);
  }

  /** Whether a round rate is worth looking for. */
  asksForRate(): boolean {
    return !this.onlyExact || this.row.rate.mayBeRound;
  }

  /** Whether a change is worth it. */
  asksFor(changed: Changed, charge: Charge): boolean {
    const { held, on } = this.row;
    return this.asks(() => marginNearly(held, changed, charge, on));
  }

  /** The row with a change, to the fen. */
  try(id: ReasonId, changed: Changed, charge: Charge, detail: () => Bilingual): void {
    if (!this.asksFor(changed, charge)) return;
    const margin = marginWith(this.row, changed, charge);
    this.add(id, margin && toFen(margin), detail);
  }

  add(id: ReasonId, figure: Amount | undefined, detail: () => Bilingual): void {
    if (!figure) return;
    const leaves = this.row.printed.minus(figure);
    if (this.onlyExact && !leaves.isZero()) return;
    this.tried.push({ id, name: REASONS[id], detail: detail(), figure, leaves });
  }

  lacks(id: ReasonId, lacks: () => Bilingual): void {
    if (!this.onlyExact) this.untried.push({ id, name: REASONS[id], lacks: lacks() });
  }

  /** Those that give the figure; of one reason the first, of additions all. */
  get exact(): readonly Tried[] {
    const found = this.tried.filter(({ leaves }) => leaves.isZero());
    return found.filter(
      ({ id }, index) => ADDITIONS.has(id) || found.findIndex((one) => one.id === id) === index,
    );
  }
}
