/** What a broker charges on the exchange's standard: points on the rate, a multiple of the figure, or rates of its own. */
import { amount, digits, impliedRate, type Amount, type Bilingual, type Day } from "../core";
import { optionOf, ruleInputs, tried, type Charge } from "./figure";
import type { Held } from "./holding";

export type BrokerTerms =
  /** The exchange's figure as it is. */
  | { readonly kind: "exchange" }
  /** Added to the exchange's rate or coefficient: 0.03 makes 7 % 10 %. */
  | { readonly kind: "points"; readonly points: Amount }
  /** Added to the exchange's figure: 0.2 is 1.2 times. */
  | { readonly kind: "multiple"; readonly markup: Amount }
  /** A rate of its own, where the exchange's isn't known. */
  | { readonly kind: "rate"; readonly rate: Amount };

const ZERO = amount("0");

/** A broker's figures are printed to the fen, half-up. */
export const toFen = (n: Amount): Amount => n.toDecimalPlaces(2);

export const sameTerms = (a: BrokerTerms, b: BrokerTerms): boolean => keyOf(a) === keyOf(b);

export function keyOf(terms: BrokerTerms): string {
  switch (terms.kind) {
    case "exchange":
      return "exchange";
    case "points":
      return `points ${digits(terms.points)}`;
    case "multiple":
      return `multiple ${digits(terms.markup)}`;
    case "rate":
      return `rate ${digits(terms.rate)}`;
  }
}

export const given = (rate: Amount): Charge => ({ given: rate, rate, markup: ZERO });

/** A holding's charge by the broker's terms; undefined where these build on an exchange rate that isn't known. */
export function chargeBy(terms: BrokerTerms, exchange: Charge): Charge | undefined {
  if (terms.kind === "rate") return given(terms.rate);
  if (exchange.gap) return undefined;
  if (terms.kind === "exchange") return exchange;
  if (terms.kind === "multiple") return { ...exchange, markup: terms.markup };
  return exchange.rate && given(exchange.rate.plus(terms.points));
}

export const percent = (fraction: Amount): string => `${digits(fraction.times(100))}%`;
const points = (fraction: Amount): string => digits(fraction.times(100));

/** "加 3 个百分点", "adds 3 points". */
export function termsText(terms: BrokerTerms): Bilingual {
  switch (terms.kind) {
    case "exchange":
      return { zh: "按交易所标准，不加收", en: "charges the exchange's margin, nothing added" };
    case "points": {
      const many = terms.points.equals("0.01") ? "" : "s";
      return {
        zh: `在交易所保证金率上加 ${points(terms.points)} 个百分点`,
        en: `adds ${points(terms.points)} point${many} to the exchange's margin rate`,
      };
    }
    case "multiple":
      return {
        zh: `按交易所保证金的 ${digits(terms.markup.plus(1))} 倍收`,
        en: `charges ${digits(terms.markup.plus(1))} times the exchange's margin`,
      };
    case "rate":
      return {
        zh: `按 ${percent(terms.rate)} 的保证金率收`,
        en: `charges a margin rate of ${percent(terms.rate)}`,
      };
  }
}

/** The rate one holding's charge for all its lots tells, by turning its rule round; undefined where none gives it. */
export function rateTold(held: Held, charged: Amount, on: Day): Amount | undefined {
  const { position, price, unit } = held;
  const perLot = charged.dividedBy(position.quantity);
  if (held.kind === "future") {
    return price && unit ? perLot.dividedBy(price.times(unit)) : undefined;
  }
  const contract = optionOf(position);
  const inputs = ruleInputs(held);
  if (!contract || !inputs) return undefined;
  const implied = tried(() => impliedRate(contract.rules, inputs, perLot, on));
  return "value" in implied ? implied.value : undefined;
}

/** Rounded to so few decimals as still give the figure; undefined where too many would be needed. */
export function roundest(
  exact: Amount | undefined,
  most: number,
  gives: (rounded: Amount) => boolean,
): Amount | undefined {
  let before: Amount | undefined;
  for (let places = 0; exact && places <= most; places += 1) {
    const rounded = exact.toDecimalPlaces(places);
    // One more decimal that is nought is the same figure again.
    if (before?.equals(rounded)) continue;
    if (gives(rounded)) return rounded;
    before = rounded;
  }
  return undefined;
}
