/** By which rate and markup a holding is charged: the exchange's by its rule or the profile, the broker's by its terms. */
import { amount, readNumber, type Amount, type Day } from "../core";
import type { Gap } from "./book";
import { gap, optionOf, ruleRate, type Charge, type Holding } from "./figure";
import type { Inferred } from "./infer";
import { own } from "./price";
import type { Profile, ProductRates } from "./profile";

const ZERO = amount("0");

/** A holding with the product its rates are looked up by. */
export type Charged = Holding & { readonly productCode: string | undefined };

/** The profile's rate for an underlying: its own, else its product's. */
export function profileRate(
  { products }: Profile,
  { underlying, productCode }: Pick<Charged, "underlying" | "productCode">,
  kind: keyof ProductRates,
): Amount | undefined {
  for (const code of [underlying, productCode]) {
    const rate = code === undefined ? undefined : own(products, code)?.[kind];
    const number = rate === undefined ? undefined : readNumber(rate);
    if (number?.greaterThan(0)) return number;
  }
  return undefined;
}

const ofUnderlying = ({ underlying, position }: Charged): string => underlying ?? position.contract;

function lacksRate(holding: Charged): Gap {
  const code = ofUnderlying(holding);
  return gap(
    "rate",
    code,
    `缺 ${code} 的交易所期货保证金率，交易所标准先不下结论。填入保证金率。`,
    `The exchange's futures margin rate of ${code} is missing; its standard is left open. Enter the rate.`,
  );
}

function lacksBrokerRate(holding: Charged): Gap {
  const code = ofUnderlying(holding);
  return gap(
    "brokerRate",
    code,
    `不知道公司对 ${code} 收多少，公司标准按规则算不出。在公司参数里填上浮方式或公司保证金率。`,
    `What the broker charges on ${code} isn't known, so its standard can't be worked out. Enter its surcharge or rate in the broker profile.`,
  );
}

/** On the exchange's standard. */
export function exchangeCharge(holding: Charged, profile: Profile, on: Day): Charge {
  const given = profileRate(profile, holding, "exchange");
  const contract = optionOf(holding.position);
  const asks = !contract || contract.rules.underlying === "future";
  if (asks && !given) return { gap: lacksRate(holding) };
  const rate = given ?? (contract && ruleRate(contract, on));
  return { given, rate, markup: ZERO };
}

/** On the broker's standard, by the profile or else by what its printed rows tell. */
export function brokerCharge(
  holding: Charged,
  exchange: Charge,
  { profile, inferred }: { readonly profile: Profile; readonly inferred: Inferred },
): Charge {
  const rate = profileRate(profile, holding, "broker");
  if (rate) return { given: rate, rate, markup: ZERO };
  const { surcharge } = profile;
  if (surcharge.kind === "own") return { gap: lacksBrokerRate(holding) };
  if (surcharge.kind === "unknown") {
    const known = inferred(holding);
    if (known?.rate) return { given: known.rate, rate: known.rate, markup: ZERO };
    if (!known?.markup || exchange.gap) return { gap: lacksBrokerRate(holding) };
    return { ...exchange, markup: known.markup };
  }
  if (exchange.gap) return exchange;
  if (surcharge.kind === "multiple") return { ...exchange, markup: amount(surcharge.markup) };
  // Without a rate of its own the rule isn't in force; the figure says so.
  const raised = exchange.rate?.plus(surcharge.points);
  return { given: raised, rate: raised, markup: ZERO };
}
