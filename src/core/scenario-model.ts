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
    throw new MarginError(error.code, { ...error.params, argument: "settlement" });
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

/** The scenarios of a run but for prices: 1 + the move of volatility, and calendar days ahead. */
export interface Run {
  readonly volatilities: Float64Array;
  readonly days: Float64Array;
}

/** By how many ticks the model moves the price, scenario by scenario, written from a place on. */
function writeTicks(
  { right, strike, daysLeft, volatility, above, doubles }: Model,
  spots: Float64Array,
  { volatilities, days }: Run,
  out: Float64Array,
  start: number,
): void {
  const { given, tick } = doubles;
  let [spot, x] = [NaN, 0];
  let [ahead, over, root] = [NaN, 0, 0];
  for (let i = 0; i < spots.length; i++) {
    // Neighbours in a grid have one price, or one day.
    if (spots[i] !== spot) {
      spot = spots[i] as number;
      x = logRatio(spot, strike);
    }
    if (days[i] !== ahead) {
      ahead = days[i] as number;
      const left = daysLeft - ahead;
      over = (daysLeft > 0 ? above * (left / daysLeft) : above) - given;
      root = volatility * Math.sqrt(left / YEAR);
    }
    const price = worth(right, spot, strike, x, root * (volatilities[i] as number));
    // Math.round has a branch that a processor guesses wrong every other time.
    out[start + i] = Math.floor((price + over) / tick + 0.5);
  }
}

/** An option's prices in the scenarios of a run, as whole numbers from a place of a shared column on. */
export function pricesIn(
  model: Model,
  spots: Float64Array,
  run: Run,
  wholes: Float64Array,
  start: number,
): Figures {
  writeTicks(model, spots, run, wholes, start);
  const { given, tick, least } = model.wholes;
  const expires = model.daysLeft > 0 ? model.daysLeft : Infinity;
  let most = 0;
  for (let i = start; i < start + spots.length; i++) {
    // One tick is the least price while an option is traded, and nothing once it has expired.
    const lowest = (run.days[i - start] as number) < expires ? least : 0;
    const n = Math.max(given + tick * (wholes[i] as number), lowest);
    wholes[i] = n <= Number.MAX_SAFE_INTEGER ? n : NaN;
    if (n > most) most = n;
  }
  const at = (scenario: number): Amount => {
    const one = (figures: Float64Array): Float64Array => figures.slice(scenario, scenario + 1);
    const here = { volatilities: one(run.volatilities), days: one(run.days) };
    const ticks = new Float64Array(1);
    writeTicks(model, one(spots), here, ticks, 0);
    const price = model.given.plus(model.tick.times(ticks[0] as number));
    const lowest = (here.days[0] as number) < expires;
    return exact.max(price, lowest ? exact.min(model.given, model.tick) : exact.zero);
  };
  return { wholes, start, constant: false, scale: model.scale, most, at };
}
