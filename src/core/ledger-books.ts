/** What an account holds and owes at a moment: lots first in, first out, sets, shares, deliveries, margin. */
import { numberFromDay, type Day } from "./day";
import { MarginError, type ErrorParams } from "./errors";
import {
  NO_PARTS,
  added,
  eachPart,
  scaled,
  type FutureHeld,
  type OptionHeld,
  type Parts,
  type SharesHeld,
} from "./ledger-instrument";
import { digits, exact, type Amount } from "./number";
import type { RuleSet } from "./rule";
import type { Side } from "./terms";

/** Lots that came in together; amounts for one lot (of shares: for one share). */
export interface Parcel {
  readonly lots: Amount;
  /** The premium taken or paid, a future's price × unit, what a share cost. */
  readonly cost: Amount;
  /** A future's value up to which gain and loss are booked. */
  readonly marked: Amount;
  readonly margin: Parts;
}

/** One contract held one way. */
export interface Position {
  readonly thing: OptionHeld | FutureHeld;
  readonly side: Side;
  parcels: readonly Parcel[];
}

export interface HeldSet {
  readonly id: string;
  /** The combination's code. */
  readonly name: string;
  readonly legs: readonly [Position, Position];
  sets: Amount;
  /** Of one set. */
  margin: Parts;
}

export interface ShareHolding {
  readonly thing: SharesHeld;
  parcels: readonly Parcel[];
  locked: Amount;
}

/** Shares and cash on their way after an exercise: above zero they come in. */
export interface Delivery {
  readonly thing: SharesHeld;
  readonly label: string;
  readonly shares: Amount;
  readonly cash: Amount;
  /** A share's price. */
  readonly strike: Amount;
  /** What stays frozen until then. */
  readonly margin: Parts;
  /** Delivered from locked shares. */
  readonly covered: boolean;
  /** The note that says so on the day it is made. */
  readonly note: LedgerNote;
  readonly made: Day;
  /** Undefined where the holidays of the year are not known: the next day of the ledger. */
  readonly due: Day | undefined;
  /** The row it comes from. */
  readonly row: ErrorParams["row"];
}

/** A call or a put that is exercised together with one of the other kind. */
export interface Half {
  readonly thing: OptionHeld;
  readonly lots: Amount;
  readonly row: ErrorParams["row"];
}

/** What a reader of a day should know beside its figures. */
export interface LedgerNote {
  readonly kind:
    | "outOfTheMoney"
    | "expiredInTheMoney"
    | "abandonedInTheMoney"
    | "exercisedByItself"
    | "coveredShort"
    | "becameShort"
    | "unlocked"
    | "toDeliver"
    | "delivered"
    | "lastDay"
    | "netted"
    | "dissolved";
  /** A contract, or a set's id. */
  readonly label: string;
  readonly lots?: Amount;
  /** Money: a loss, a worth, or cash to come (below zero: to pay). */
  readonly cash?: Amount;
  /** Cash the exerciser must have ready. */
  readonly needed?: Amount;
  readonly shares?: Amount;
  /** The shares are locked ones. */
  readonly covered?: boolean;
  readonly day?: Day;
  /** What a delivery to come asks for beyond what is at hand in the evening. */
  readonly lacking?: { readonly shares: Amount; readonly cash: Amount };
}

/** The cash and margin that moved on a day; none below zero but the three signed ones. */
export interface Flow {
  deposits: Amount;
  withdrawals: Amount;
  premiumIn: Amount;
  premiumOut: Amount;
  /** Signed. */
  futuresPnl: Amount;
  /** Signed: an index option's cash, the strike paid or received for shares. */
  exerciseCash: Amount;
  /** Signed. */
  shareCash: Amount;
  fees: Amount;
  frozen: Amount;
  released: Amount;
  /** Margin frozen less premium received by opening. */
  usedToOpen: Amount;
  /** Margin released less premium paid by closing. */
  cashBack: Amount;
}

const { zero } = exact;

/** More days than any closing has lasted: the longest since 2015 had 10, weekends among them. */
const LONGEST_CLOSING = 14;
export const newFlow = (): Flow => ({
  ...{ deposits: zero, withdrawals: zero, premiumIn: zero, premiumOut: zero },
  ...{ futuresPnl: zero, exerciseCash: zero, shareCash: zero, fees: zero },
  ...{ frozen: zero, released: zero, usedToOpen: zero, cashBack: zero },
});

export const lotsIn = (parcels: readonly Parcel[] = []): Amount =>
  parcels.reduce((sum, { lots }) => sum.plus(lots), zero);

/** The sum of something over parcels, for all their lots. */
export const over = (parcels: readonly Parcel[], each: (parcel: Parcel) => Amount): Amount =>
  parcels.reduce((sum, parcel) => sum.plus(each(parcel).times(parcel.lots)), zero);

export const marginIn = (parcels: readonly Parcel[]): Parts =>
  parcels.reduce((sum, { margin, lots }) => added(sum, scaled(margin, lots)), NO_PARTS);

/** The first lots of parcels, and what is left. */
export function split(
  parcels: readonly Parcel[],
  lots: Amount,
): { taken: Parcel[]; left: Parcel[] } {
  const taken: Parcel[] = [];
  const left: Parcel[] = [];
  let wanted = lots;
  for (const parcel of parcels) {
    const some = exact.min(wanted, parcel.lots);
    wanted = wanted.minus(some);
    if (some.greaterThan(0)) taken.push({ ...parcel, lots: some });
    if (some.lessThan(parcel.lots)) left.push({ ...parcel, lots: parcel.lots.minus(some) });
  }
  return { taken, left };
}

export class Books {
  readonly positions = new Map<string, Position>();
  readonly sets = new Map<string, HeldSet>();
  readonly shares = new Map<string, ShareHolding>();
  /** First legs of sets whose second has not come yet. */
  readonly waiting = new Map<string, Pick<Position, "thing" | "side"> & { lots: Amount }>();
  deliveries: readonly Delivery[] = [];
  /** First halves of combined exercises whose other half has not come yet, by the ETF. */
  readonly halves = new Map<string, Half>();
  /** Where an adjustment left covered calls short of shares, and since when. */
  readonly shortSince = new Map<SharesHeld, Day>();
  /** ETFs of which a contract or the shares were adjusted on the day, with the contracts' new codes. */
  adjusted = new Map<SharesHeld, readonly string[]>();
  /** Lots of a side that the exchange netted on the day, by contract and side. */
  netted = new Map<string, Amount>();
  /** Shares of covered calls that ended on the day. */
  freed = new Map<SharesHeld, Amount>();
  /** Every option met, so that its strike and unit need be given once. */
  readonly options = new Map<string, OptionHeld>();
  /** The last price of an option, future, index or ETF by its key, and the last rate by the underlying's. */
  readonly latest = new Map<string, Amount>();
  readonly rates = new Map<string, Amount>();
  /** The day's settlement prices and rates, read before its events. */
  today = new Map<string, Amount>();
  todayRates = new Map<string, Amount>();
  /** The frozen margin. */
  margin: Parts = NO_PARTS;
  realised: Amount = zero;
  flow: Flow = newFlow();
  notes: LedgerNote[] = [];

  constructor(
    readonly exchanges: readonly RuleSet[],
    readonly markup: Amount,
    public balance: Amount,
  ) {}

  freeze(margin: Parts): void {
    this.margin = added(this.margin, margin);
  }

  release(margin: Parts): void {
    this.margin = eachPart(this.margin, margin, exact.minus);
  }

  /**
   * Adds the frozen margin up anew, once a day: where a rule divides, amounts end at their 40th digit,
   * and what was taken away again need not leave nothing.
   */
  addUpMargin(): void {
    this.margin = NO_PARTS;
    for (const { parcels } of this.positions.values()) this.freeze(marginIn(parcels));
    for (const { margin, sets } of this.sets.values()) this.freeze(scaled(margin, sets));
    for (const { margin } of this.deliveries) this.freeze(margin);
  }

  position(thing: OptionHeld | FutureHeld, side: Side): Position {
    const key = `${thing.key} ${side}`;
    const position = this.positions.get(key) ?? { thing, side, parcels: [] };
    this.positions.set(key, position);
    return position;
  }

  /** Lots outside sets. */
  loose(thing: OptionHeld | FutureHeld, side: Side): Amount {
    return lotsIn(this.positions.get(`${thing.key} ${side}`)?.parcels);
  }

  put(thing: OptionHeld | FutureHeld, side: Side, parcels: readonly Parcel[]): void {
    const position = this.position(thing, side);
    position.parcels = [...position.parcels, ...parcels];
    this.freeze(marginIn(parcels));
  }

  /**
   * Takes the first lots out, their margin released.
   * @throws outOfRange for more than is held outside sets; notAllowed where the rest is in a set.
   */
  take(thing: OptionHeld | FutureHeld, side: Side, lots: Amount): readonly Parcel[] {
    const loose = this.loose(thing, side);
    if (lots.greaterThan(loose)) {
      const set = [...this.sets.values()].find(({ legs }) =>
        legs.some((leg) => leg.thing.key === thing.key && leg.side === side),
      );
      throw set
        ? new MarginError("notAllowed", {
            argument: "combination",
            value: set.id,
            detail: "inCombination",
          })
        : new MarginError("outOfRange", {
            argument: "quantity",
            value: lots,
            must: "notAboveLots",
            detail: `${thing.label} ${side} ${digits(loose)}`,
          });
    }
    const position = this.position(thing, side);
    const { taken, left } = split(position.parcels, lots);
    position.parcels = left;
    this.release(marginIn(taken));
    return taken;
  }

  shareHolding(thing: SharesHeld): ShareHolding {
    const holding = this.shares.get(thing.key) ?? { thing, parcels: [], locked: zero };
    this.shares.set(thing.key, holding);
    return holding;
  }

  /** Shares that covered calls on an ETF lock, those assigned and not yet delivered among them. */
  coveredNeed(thing: SharesHeld): Amount {
    const held = [...this.positions.values()].reduce(
      (sum, { thing: one, side, parcels }) =>
        side === "covered" && one.kind === "option" && one.underlying.key === thing.key
          ? sum.plus(lotsIn(parcels).times(one.unit))
          : sum,
      zero,
    );
    return this.deliveries.reduce(
      (sum, { thing: one, covered, shares }) =>
        covered && one.key === thing.key ? sum.minus(shares) : sum,
      held,
    );
  }

  /** Notes that covered calls ended: what they locked is unlocked in the evening if no other needs it. */
  free({ underlying, unit }: OptionHeld, side: Side, lots: Amount): void {
    if (side !== "covered" || underlying.kind !== "shares") return;
    const { thing } = this.shareHolding(underlying);
    this.freed.set(thing, (this.freed.get(thing) ?? zero).plus(unit.times(lots)));
  }

  /**
   * Whether a day lies after an option's expiry, which may have been given after it came in, and after every day
   * that holidays not known could move it to.
   */
  expired({ key, certain, expiry }: OptionHeld, on: Day): boolean {
    const known = this.options.get(key) ?? { certain, expiry };
    if (known.expiry === undefined) return false;
    const last = numberFromDay(known.expiry) + (known.certain ? 0 : LONGEST_CLOSING);
    return numberFromDay(on) > last;
  }

  /** Whether nothing is held and nothing is on its way. */
  get empty(): boolean {
    const none = ({ parcels }: { readonly parcels: readonly Parcel[] }): boolean =>
      parcels.length === 0;
    return (
      this.sets.size === 0 &&
      this.deliveries.length === 0 &&
      [...this.positions.values()].every(none) &&
      [...this.shares.values()].every(none)
    );
  }
}
