/** Lines of a book as combinations see them, on one of the two standards. */
import {
  amount,
  futureLeg,
  heldContract,
  optionLeg,
  sharesLeg,
  type Amount,
  type Each,
  type Holding,
  type Joining,
} from "../core";
import { exchanges } from "../exchanges";
import type { Line } from "./book";
import { optionOf, tried } from "./figure";

export type Standard = "broker" | "exchange";

/** A line with what one lot takes alone; the broker's markup, where it charges a multiple, stands apart. */
export interface LineLeg extends Holding {
  readonly line: Line;
  /** What is added to the margin of a set as to that of a leg, a fraction. */
  readonly markup: Amount;
}

const ZERO = amount("0");

/** What a lot's premium is; a future and shares have none. */
const premiumOf = ({ kind, price, unit }: Line): Amount | undefined =>
  kind === "option" ? price && unit && price.times(unit) : ZERO;

function joining({ position, strike, unit }: Line, each: Each): Joining | undefined {
  const { subject, side } = position;
  switch (subject?.kind) {
    case "option":
      return optionLeg(subject.contract, { side, strike, unit }, each);
    case "future":
      return futureLeg(subject, { side, unit }, each);
    case "shares": {
      const { product } = subject;
      const rules = exchanges.find(({ products }) => products.includes(product));
      return rules && side === "long" ? sharesLeg(rules, product, each) : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * A line as a leg; undefined where its margin on this standard isn't known.
 * A line whose price or terms are missing can be held, but joins no other.
 */
export function legOfLine(line: Line, standard: Standard): LineLeg | undefined {
  const { position, strike, unit } = line;
  const figure = standard === "broker" ? line.broker : line.exchangeFigure;
  if (figure.gap) return undefined;
  const { margin, markup } = figure;
  const { contract: label, side, quantity: lots } = position;
  const alone = margin.dividedBy(markup.plus(1));
  const premium = premiumOf(line);
  const each = premium && lots.isInteger() && { margin: alone.dividedBy(lots), premium };
  const joins = each && tried(() => joining(line, each));
  const contract = optionOf(position);
  return {
    ...{ line, markup, label, side, lots, alone, set: undefined },
    ...(joins && "value" in joins && joins.value && { joins: joins.value }),
    ...(contract && { contract: heldContract(contract, { strike, unit }, label) }),
  };
}
