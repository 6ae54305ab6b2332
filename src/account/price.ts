/** Which of a contract's prices counts, by the profile's basis; a price that isn't there is never replaced by another. */
import { digits, type Amount, type Bilingual } from "../core";
import type { Position, Quote, Statement } from "../statements";
import type { Gap } from "./book";
import type { PriceBasis } from "./profile";

type Prices = Pick<Position, "settlement" | "previousSettlement" | "lastPrice" | "openPrice">;

export const BASIS: Readonly<Record<PriceBasis, Bilingual>> = {
  settlement: { zh: "结算价", en: "settlement price" },
  previousSettlement: { zh: "昨结算价", en: "previous settlement price" },
  last: { zh: "最新价", en: "last price" },
  higher: { zh: "最新价与昨结算价", en: "last and previous settlement price" },
  trade: { zh: "开仓价", en: "opening price" },
};

/** The value of a record's own key: codes come from files, "constructor" may be one. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;

const positive = (price: Amount | undefined): Amount | undefined =>
  price?.greaterThan(0) ? price : undefined;

export function priceBy(basis: PriceBasis, prices: Prices): Amount | undefined {
  switch (basis) {
    case "settlement":
      return positive(prices.settlement);
    case "previousSettlement":
      return positive(prices.previousSettlement);
    case "last":
      return positive(prices.lastPrice);
    case "trade":
      return positive(prices.openPrice);
    case "higher": {
      const [last, previous] = [positive(prices.lastPrice), positive(prices.previousSettlement)];
      if (!last || !previous) return undefined;
      return last.greaterThan(previous) ? last : previous;
    }
  }
}

const TICK_DECIMALS = 4;

/** The price in a printed market value: the only one of four decimals that gives it, to the fen. */
function valuedPrice({ marketValue, quantity, multiplier }: Position): Amount | undefined {
  if (!marketValue || !multiplier) return undefined;
  const units = quantity.times(multiplier);
  const price = marketValue.dividedBy(units).toDecimalPlaces(TICK_DECIMALS);
  return price.times(units).toDecimalPlaces(2).equals(marketValue) ? positive(price) : undefined;
}

/** A holding's own prices, completed by the statement's quotes for its contract and its market value. */
function pricesOf(position: Position, quote: Quote | undefined): Prices {
  return {
    openPrice: position.openPrice,
    settlement: position.settlement ?? quote?.settlement,
    previousSettlement: position.previousSettlement ?? quote?.previousSettlement,
    // Asked for where the basis is the last price.
    get lastPrice() {
      return position.lastPrice ?? quote?.lastPrice ?? valuedPrice(position);
    },
  };
}

/** The prices of one statement by the profile's basis, with the user's where it has none. */
export class PriceList {
  private readonly quotes: ReadonlyMap<string, Quote>;
  private readonly printed = new Map<string, Amount | "differ">();

  constructor(
    { quotes }: Statement,
    private readonly basis: PriceBasis,
    private readonly users: Readonly<Record<string, Amount>>,
  ) {
    this.quotes = new Map(quotes.map((quote) => [quote.contract, quote]));
  }

  ofUser(code: string): Amount | undefined {
    return positive(own(this.users, code));
  }

  of(position: Position): Amount | undefined {
    const prices = pricesOf(position, this.quotes.get(position.contract));
    return priceBy(this.basis, prices) ?? this.ofUser(position.contract);
  }

  /** Rows may print their underlying's price; what they agree on holds for rows that print none. */
  note(underlying: string, { underlyingPrice }: Position): void {
    if (!positive(underlyingPrice) || !underlyingPrice) return;
    const known = this.printed.get(underlying);
    const same = !known || (known !== "differ" && known.equals(underlyingPrice));
    this.printed.set(underlying, same ? underlyingPrice : "differ");
  }

  ofUnderlying(
    code: string,
    position?: Position,
  ): { price: Amount; from: "statement" | "user" } | undefined {
    const quote = this.quotes.get(code);
    // What an underlying cost when an option on it was opened stands nowhere: its settlement counts.
    const basis = this.basis === "trade" ? "settlement" : this.basis;
    const agreed = this.printed.get(code);
    const statement =
      positive(position?.underlyingPrice) ??
      (quote && priceBy(basis, quote)) ??
      (agreed === "differ" ? undefined : agreed);
    if (statement) return { price: statement, from: "statement" };
    const user = this.ofUser(code);
    return user && { price: user, from: "user" };
  }

  /** Why a holding has no price, which other one of the day its statement has, and where it can be given. */
  gap(position: Position): Gap {
    const { contract } = position;
    const prices = pricesOf(position, this.quotes.get(contract));
    // What a holding was opened at is no price of the day, which is what a margin is worked out from.
    const others = (["settlement", "last", "previousSettlement"] as const).flatMap((basis) => {
      const price = basis === this.basis ? undefined : priceBy(basis, prices);
      return price ? [{ name: BASIS[basis], price: digits(price) }] : [];
    });
    const wanted = BASIS[this.basis];
    const [other] = others;
    const zh = other
      ? `有${other.name.zh} ${other.price}，要用它就在公司参数里改价格口径；知道${wanted.zh}的，补上再导入，命令行写进 --prices（标的写 ${contract}）。`
      : `补上再导入，命令行写进 --prices（标的写 ${contract}）。`;
    const en = other
      ? `There is a ${other.name.en} of ${other.price}: to use it, change the price basis in the broker profile. Where the ${wanted.en} is known, add it and import again, or give it in --prices under ${contract}.`
      : `Add it and import again, or give it in --prices under ${contract}.`;
    return {
      what: "settlement",
      of: contract,
      why: {
        zh: `${contract} 没有${wanted.zh}，保证金算不出。${zh}`,
        en: `${contract} has no ${wanted.en}, so its margin is left open. ${en}`,
      },
    };
  }
}
