/** What underlyings cost by the prices asked for, and how far an option is in or out of the money by it. */
import { type Amount, type Pace, type Right } from "../core";
import type { Book, Line } from "./book";
import { known, unknown, type Known } from "./expiring-known";
import { optionOf } from "./figure";
import { BASIS, PriceList } from "./price";
import type { PriceBasis } from "./profile";

export type ExpiryBasis = Extract<PriceBasis, "settlement" | "last">;

export interface Moneyness {
  readonly at: "in" | "at" | "out";
  /** How far, never negative. */
  readonly by: Amount;
  /** Underlying price − strike, signed. */
  readonly difference: Amount;
  readonly price: Amount;
}

/** A line's part in looking prices up. */
const LOOK = 0.1;

/** An option's right by its code, else as printed. */
export const rightOf = ({ position }: Line): Right | undefined => {
  const { subject, right } = position;
  return subject?.kind === "otherOption" ? subject.right : (optionOf(position)?.right ?? right);
};

/** The prices of one book by a basis, those of futures and shares it holds among them. */
export class UnderlyingPrices {
  private readonly held = new Map<string, Amount | "differ">();

  private constructor(
    private readonly list: PriceList,
    private readonly basis: ExpiryBasis,
  ) {}

  static *inSteps(
    { inputs, lines }: Book,
    basis: ExpiryBasis,
    pace: Pace,
  ): Generator<void, UnderlyingPrices> {
    const list = new PriceList(inputs.statement, basis, inputs.prices);
    const prices = new UnderlyingPrices(list, basis);
    for (const { underlying, kind, position } of lines) {
      if (pace.due(LOOK)) yield;
      if (underlying === undefined) continue;
      list.note(underlying, position);
      const own = kind === "future" || kind === "shares" ? list.of(position) : undefined;
      if (!own) continue;
      const before = prices.held.get(underlying);
      // Of two prices neither is its.
      prices.held.set(
        underlying,
        !before || (before !== "differ" && before.equals(own)) ? own : "differ",
      );
    }
    return prices;
  }

  of({ underlying, position }: Line): Known<Amount> {
    const { contract } = position;
    if (underlying === undefined) {
      return unknown(
        `不知道 ${contract} 的标的，算不出实值虚值。核对合约代码。`,
        `What ${contract} is on isn't known, so neither is how far it is in or out of the money. Check its code.`,
      );
    }
    const price = this.list.ofUnderlying(underlying, position)?.price ?? this.held.get(underlying);
    if (price && price !== "differ") return known(price);
    const { zh, en } = BASIS[this.basis];
    return unknown(
      `缺 ${underlying} 的${zh}，${contract} 的实值虚值和指派盈亏先不下结论。填入价格。`,
      `${underlying} has no ${en}; how far ${contract} is in or out of the money, and what assignment costs, is left open. Enter the price.`,
    );
  }

  moneynessOf(line: Line): Known<Moneyness> {
    const price = this.of(line);
    const { strike, position } = line;
    const right = rightOf(line);
    if (price.unknown) return price;
    if (!strike || !right) {
      return unknown(
        `不知道 ${position.contract} 的行权价或认购认沽，算不出实值虚值。照合约公告补上。`,
        `Strike or right of ${position.contract} isn't known, so how far it is in or out of the money is left open. The exchange's notice has them.`,
      );
    }
    const difference = price.value.minus(strike);
    const sign = right === "call" ? difference : difference.negated();
    const at = sign.isZero() ? "at" : sign.greaterThan(0) ? "in" : "out";
    return known({ at, by: difference.abs(), difference, price: price.value });
  }
}
