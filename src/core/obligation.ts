/** What assigned shorts oblige to: shares or cash, by when, and what is short of it. */
import { tradingDayFrom } from "./calendar";
import type { Day } from "./day";
import { MarginError } from "./errors";
import { exerciseRuleOn, futureSide } from "./exercise";
import { exact, type Amount } from "./number";
import type { Product, RuleSet } from "./rule";
import type { Right } from "./terms";

/** Lots of a short option that were assigned on a day; prices per quoted unit. */
export interface AssignedShort {
  readonly label: string;
  readonly rules: RuleSet;
  readonly product: Product;
  readonly right: Right;
  readonly strike: Amount;
  readonly unit: Amount;
  readonly lots: Amount;
  /** A covered call is delivered from its locked shares. */
  readonly covered?: boolean;
  /** The underlying's settlement price; needed but for an ETF. */
  readonly settlement?: Amount;
  /** Margin of one future; needed where a future is delivered. */
  readonly futuresMargin?: Amount;
  readonly on: Day;
}

/** What is at hand: shares by the ETF's code, locked ones among them, and cash. */
export interface AtHand {
  readonly shares: ReadonlyMap<string, Amount>;
  readonly cash: Amount;
}

/** What one assignment asks for. */
export interface Obligation {
  readonly short: AssignedShort;
  /** Shares to deliver. */
  readonly shares: Amount;
  /** Cash to pay: the strike for shares, the loss of an index option, the margin and loss of a future. */
  readonly cash: Amount;
  /** Shares and cash that come in for them: the strike, or the gain of a future's first marking. */
  readonly receives: { readonly shares: Amount; readonly cash: Amount };
  /** The future that is opened at the strike. */
  readonly future: "long" | "short" | undefined;
  /** Undefined where the holidays of the year are not known. */
  readonly by: Day | undefined;
  /** What is missing once those before it, covered calls first, have taken theirs. */
  readonly sharesShort: Amount;
  readonly cashShort: Amount;
}

function given(amount: Amount | undefined, argument: string, label: string): Amount {
  if (amount) return amount;
  throw new MarginError("missing", { argument, detail: label });
}

function dayOfDelivery({ rules, on }: AssignedShort): Day | undefined {
  try {
    return tradingDayFrom(on, exerciseRuleOn(rules, on).deliveredAfter, rules.calendar);
  } catch (error) {
    if (error instanceof MarginError && error.code === "noCalendar") return undefined;
    throw error;
  }
}

type Asked = Pick<Obligation, "shares" | "cash" | "receives" | "future">;

function askedOf(short: AssignedShort): Asked {
  const { product, right, strike, unit, lots, label } = short;
  const { zero } = exact;
  const shares = unit.times(lots);
  const none = { shares: zero, cash: zero };
  if (product.settles === "shares") {
    const cash = strike.times(shares);
    return right === "call"
      ? { shares, cash: zero, receives: { shares: zero, cash }, future: undefined }
      : { shares: zero, cash, receives: { shares, cash: zero }, future: undefined };
  }
  const settlement = given(short.settlement, "settlement", label);
  const worth = right === "call" ? settlement.minus(strike) : strike.minus(settlement);
  const loss = exact.max(zero, worth).times(shares);
  if (product.settles === "cash") {
    return { shares: zero, cash: loss, receives: none, future: undefined };
  }
  const margin = given(short.futuresMargin, "futuresMargin", label).times(lots);
  const gain = exact.max(zero, worth.negated()).times(shares);
  return {
    shares: zero,
    cash: margin.plus(loss),
    receives: { shares: zero, cash: gain },
    future: futureSide(right, "short"),
  };
}

/**
 * What the clearing of the assignment frees in the same night: the margin of the lots, and what comes in for them.
 * Nothing where delivery is on a later day: until then the margin stays in use, and the strike isn't there.
 * @throws as obligations does
 */
export function freedAtOnce(short: AssignedShort, released: Amount): Amount {
  const { deliveredAfter } = exerciseRuleOn(short.rules, short.on);
  return deliveredAfter > 0 ? exact.zero : released.plus(askedOf(short).receives.cash);
}

/**
 * The obligations of assigned shorts, in their order. Cash at hand counts as given: what the same clearing frees,
 * `freedAtOnce`, is for the caller to add to it.
 * @throws missing for a settlement price or futures margin that is needed; noRule
 */
export function obligations(
  assigned: readonly AssignedShort[],
  { shares: held, cash: money }: AtHand,
): readonly Obligation[] {
  const shares = new Map(held);
  let cash = exact.max(money, exact.zero);
  const served = new Map<AssignedShort, Obligation>();
  const queue = [...assigned].sort(
    (a, b) => Number(b.covered ?? false) - Number(a.covered ?? false),
  );
  for (const short of queue) {
    const asked = askedOf(short);
    const { code } = short.product;
    const lot = shares.get(code) ?? exact.zero;
    const delivered = exact.min(asked.shares, lot);
    const paid = exact.min(asked.cash, cash);
    shares.set(code, lot.minus(delivered));
    cash = cash.minus(paid);
    served.set(short, {
      short,
      ...asked,
      by: dayOfDelivery(short),
      sharesShort: asked.shares.minus(delivered),
      cashShort: asked.cash.minus(paid),
    });
  }
  return assigned.flatMap((short) => served.get(short) ?? []);
}
