/**
 * How an option's price moves with its underlying, volatility and time: Black-76 on the underlying's own
 * price, without interest, European also where the option is American. An estimate.
 *
 * The model moves the price that is there; it doesn't replace it. What a given price differs from the model's
 * at a given volatility stays, and fades with the days left.
 */
import { numberFromDay, type Day } from "./day";
import { MarginError } from "./errors";
import { amount, digits, exact, type Amount } from "./number";
import { logRatio, worth } from "./pricing";
import { impliedVolatility } from "./pricing-implied";
import { roughShare } from "./pricing-share";
import type { OptionHeld } from "./scenario";
import { wholeOf, type Figures } from "./scenario-figures";
import type { Right } from "./terms";

/** Days of a year. */
const YEAR = 365;
/** Finer than any exchange quotes. */
const FINEST = amount("0.0001");
/**
 * A price at its intrinsic value has less than half a tick of time value, or it would be a tick higher:
 * the volatility of nearly that half is the largest the price can hide.
 */
const HIDDEN = amount("0.49");

/** An option whose price a model moves. */
export interface Model {
  readonly right: Right;
  readonly strike: number;
  /** Calendar days. */
  readonly daysLeft: number;
  readonly volatility: number;
  readonly given: Amount;
  readonly tick: Amount;
  /** What the given price is above the model's. */
  readonly above: number;
  /** Given price, tick and least price as doubles and as whole numbers of 10^-scale. */
  readonly doubles: { readonly given: number; readonly tick: number };
  readonly wholes: { readonly given: number; readonly tick: number; readonly least: number };
  readonly scale: number;
}

const lacking = (argument: string, { label }: OptionHeld): MarginError =>
  new MarginError("missing", { argument, detail: label });

/** The model's price by a bound of the option, with its error about the settlement. */
function implied(option: OptionHeld, price: number, spot: number, strike: number, years: number) {
  try {
    return impliedVolatility(option.right, price, spot, strike, years);
  } catch (error) {
    if (!(error instanceof MarginError)) throw error;
    throw error.of({ argument: "settlement" });
  }
}

/**
 * The model of an option: at its given volatility, else at that of its price.
 * @throws missing for a term it lacks, its expiry among them; notAllowed for an expired option; noModelFigure
 * for a price below its intrinsic value, or as high as an option cannot be.
 */
export function modelOf(option: OptionHeld, on: Day): Model {
  const { right, strike, unit, settlement, underlying, expiry, tick = FINEST } = option;
  if (!settlement) throw lacking("settlement", option);
  if (!underlying) throw lacking("underlying", option);
  if (!strike) throw lacking("strike", option);
  if (!unit) throw lacking("unit", option);
  if (!expiry) throw lacking("expiry", option);
  const daysLeft = numberFromDay(expiry) - numberFromDay(on);
  if (daysLeft < 0) {
    throw new MarginError("notAllowed", { argument: "expiry", value: expiry, detail: "expired" });
  }
  const inTheMoney = right === "call" ? underlying.minus(strike) : strike.minus(underlying);
  const intrinsic = exact.max(inTheMoney, exact.zero);
  const [spot, k, years] = [underlying.toNumber(), strike.toNumber(), daysLeft / YEAR];
  let volatility = option.volatility?.toNumber() ?? 0;
  if (!option.volatility && daysLeft > 0) {
    const hidden = tick.times(HIDDEN);
    if (settlement.lessThan(intrinsic.minus(hidden))) {
      throw new MarginError("noModelFigure", {
        argument: "settlement",
        value: settlement,
        detail: "belowIntrinsic",
        choices: [digits(intrinsic)],
      });
    }
    const price = exact.max(settlement, intrinsic.plus(hidden)).toNumber();
    volatility = implied(option, price, spot, k, years);
  }
  const doubles = { given: settlement.toNumber(), tick: tick.toNumber() };
  const x = logRatio(spot, k);
  const above = doubles.given - worth(right, spot, k, x, volatility * Math.sqrt(years));
  const scale = Math.max(settlement.decimalPlaces(), tick.decimalPlaces());
  const whole = (figure: Amount): number => wholeOf(figure, scale);
  return {
    ...{ right, strike: k, daysLeft, volatility, given: settlement, tick, above, doubles, scale },
    wholes: {
      given: whole(settlement),
      tick: whole(tick),
      least: whole(exact.min(settlement, tick)),
    },
  };
}

/** The scenarios of a run but for prices: 1 + the move of volatility, 1 ÷ it, and calendar days ahead. */
export interface Run {
  readonly volatilities: Float64Array;
  readonly inverses: Float64Array;
  readonly days: Float64Array;
}

/** What days ahead make of a model: what is added to its price, and its volatility's deviation. */
function aheadBy({ daysLeft, volatility, above, doubles, wholes }: Model, days: number) {
  const left = daysLeft - days;
  return {
    over: (daysLeft > 0 ? above * (left / daysLeft) : above) - doubles.given,
    root: volatility * Math.sqrt(left / YEAR),
    // One tick is the least price while an option is traded, and nothing once it has expired.
    lowest: days < (daysLeft > 0 ? daysLeft : Infinity) ? wholes.least : 0,
  };
}

/** By how many ticks the model moves the price, from its deviation and what is added to it. */
function ticksBy({ right, strike, doubles }: Model, spot: number, s: number, over: number): number {
  const price = worth(right, spot, strike, logRatio(spot, strike), s);
  return Math.floor((price + over) / doubles.tick + 0.5);
}

/**
 * How far apart two ways to a price may be, as a share of all that is added up on the way: more than ten times
 * what the table is off.
 */
const APART = 1e-10;
/** Above it the table's way is not shown to be as near. */
const MOST_DEVIATION = 16;

/**
 * An option's prices in the scenarios of a run, as whole numbers from a place of a shared column on.
 *
 * Only the tick matters, so a table's price is enough but where it is too near the edge of one.
 */
export function pricesIn(
  model: Model,
  spots: Float64Array,
  { volatilities, inverses, days }: Run,
  wholes: Float64Array,
  start: number,
): Figures {
  const { strike, scale } = model;
  const { given, tick } = model.wholes;
  const sign = model.right === "call" ? 1 : -1;
  const perTick = 1 / model.doubles.tick;
  let spot = NaN;
  let x = 0;
  let ahead = NaN;
  let then = aheadBy(model, 0);
  let inverse = 0;
  let most = 0;
  for (let i = 0; i < spots.length; i++) {
    // Neighbours in a grid have one price, or one day.
    if (spots[i] !== spot) {
      spot = spots[i] as number;
      x = logRatio(spot, strike);
    }
    if (days[i] !== ahead) {
      ahead = days[i] as number;
      then = aheadBy(model, ahead);
      inverse = 1 / then.root;
    }
    const { over, lowest } = then;
    const s = then.root * (volatilities[i] as number);
    const d = x * (inverse * (inverses[i] as number)) + s / 2;
    const price = sign * (spot * roughShare(sign * d) - strike * roughShare(sign * (d - s)));
    const moved = (price + over) * perTick + 0.5;
    const near = (spot + strike + Math.abs(over)) * perTick * APART;
    let ticks = Math.floor(moved);
    const past = moved - ticks;
    // Not a number at the strike without time or volatility, which is no answer either.
    if (!(past > near && past < 1 - near && s < MOST_DEVIATION)) {
      ticks = ticksBy(model, spot, s, over);
    }
    const n = given + tick * ticks;
    const whole = lowest > n ? lowest : n;
    wholes[start + i] = whole <= Number.MAX_SAFE_INTEGER ? whole : NaN;
    if (whole > most) most = whole;
  }
  const at = (scenario: number): Amount => {
    const then = aheadBy(model, days[scenario] as number);
    const s = then.root * (volatilities[scenario] as number);
    const ticks = ticksBy(model, spots[scenario] as number, s, then.over);
    const price = model.given.plus(model.tick.times(ticks));
    return exact.max(price, then.lowest === 0 ? exact.zero : exact.min(model.given, model.tick));
  };
  return { wholes, start, constant: false, scale, most, at };
}
