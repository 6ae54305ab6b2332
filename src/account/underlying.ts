/** The underlyings of a book's options and futures, with what is known and what must be asked for. */
import { amount, type Amount, type Day } from "../core";
import type { Underlying } from "./book";
import { exchangeCharge, profileRate } from "./charge";
import { optionOf, takesMargin } from "./figure";
import type { Held } from "./holding";
import type { Inferred } from "./infer";
import type { PriceList } from "./price";
import type { Profile } from "./profile";

interface Known {
  readonly list: PriceList;
  readonly profile: Profile;
  readonly inferred: Inferred;
  readonly on: Day;
}

const ZERO = amount("0");

type BrokerTerms = Pick<Underlying, "brokerRate" | "brokerRateFrom" | "markup">;

function brokerTerms(held: Held, exchangeRate: Amount | undefined, known: Known): BrokerTerms {
  const { profile, inferred, on } = known;
  const { surcharge } = profile;
  const given = profileRate(profile, held, "broker", on);
  if (given) return { brokerRate: given, brokerRateFrom: "profile", markup: ZERO };
  const none: BrokerTerms = { brokerRate: undefined, brokerRateFrom: undefined, markup: ZERO };
  if (surcharge.kind === "unknown") {
    const { rate, markup } = inferred(held) ?? {};
    const brokerRate = rate ?? (markup && exchangeRate);
    if (!brokerRate) return none;
    return { brokerRate, brokerRateFrom: "inferred", markup: markup ?? ZERO };
  }
  if (surcharge.kind === "own" || !exchangeRate) return none;
  return surcharge.kind === "points"
    ? { brokerRate: exchangeRate.plus(surcharge.points), brokerRateFrom: "profile", markup: ZERO }
    : {
        brokerRate: exchangeRate,
        brokerRateFrom: "profile",
        markup: amount(surcharge.markup),
      };
}

/** What the rows of a future agree on; of two prices neither is its. */
function futurePrice(members: readonly Held[]): Amount | undefined {
  const prices = members.flatMap(({ kind, price }) => (kind === "future" && price ? [price] : []));
  const [first] = prices;
  return first && prices.every((price) => price.equals(first)) ? first : undefined;
}

function underlyingOf(code: string, members: readonly Held[], known: Known): Underlying {
  const { list, profile, on } = known;
  // A future itself is dearer to lack than an option on it: every short one needs price and rate.
  const taking = members.filter(takesMargin);
  const [first] = taking.length > 0 ? taking : members;
  const held = first as Held;
  const printed = members.find(({ position }) => position.underlyingPrice);
  const price = futurePrice(members);
  const found =
    list.ofUnderlying(code, printed?.position) ?? (price && { price, from: "statement" as const });
  const charge = exchangeCharge(held, profile, on);
  const exchangeRate = charge.gap ? undefined : charge.rate;
  const isGiven = profileRate(profile, held, "exchange", on) !== undefined;
  return {
    code,
    name: held.product?.name ?? { zh: code, en: code },
    kind: optionOf(held.position)?.rules.underlying ?? "future",
    price: found?.price,
    priceFrom: found?.from,
    exchangeRate,
    exchangeRateFrom: exchangeRate && (isGiven ? "profile" : "rule"),
    ...brokerTerms(held, exchangeRate, known),
    needsPrice: taking.length > 0 && !found,
    needsRate: taking.length > 0 && charge.gap !== undefined,
  };
}

export function underlyingsOf(holdings: readonly Held[], known: Known): readonly Underlying[] {
  const groups = new Map<string, Held[]>();
  for (const held of holdings) {
    const { underlying, kind } = held;
    if (underlying === undefined || (kind !== "option" && kind !== "future")) continue;
    const group = groups.get(underlying);
    if (group) group.push(held);
    else groups.set(underlying, [held]);
  }
  return [...groups].map(([code, members]) => underlyingOf(code, members, known));
}
