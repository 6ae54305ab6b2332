/** What an event is about: an option, a future or the shares of an ETF, and what one lot of it needs. */
import { readInstrument, type Contract } from "./contract";
import type { Day } from "./day";
import { MarginError } from "./errors";
import type { Joining } from "./holding";
import { shortMargin } from "./margin";
import { exact, type Amount } from "./number";
import { strikeAndUnit } from "./positions";
import type { RuleSet } from "./rule";

interface Named {
  /** Equal keys, and only these, are one thing. */
  readonly key: string;
  readonly label: string;
  readonly rules: RuleSet | undefined;
  readonly product: string | undefined;
  readonly month: string | undefined;
  /** Units of a lot; 1 for shares and an index. */
  readonly unit: Amount;
}
export interface FutureHeld extends Named {
  readonly kind: "future";
}
export interface SharesHeld extends Named {
  readonly kind: "shares";
}
/** The future, ETF or index an option is on. */
export type Underlying = FutureHeld | SharesHeld | (Named & { readonly kind: "index" });

export interface OptionHeld {
  readonly kind: "option";
  readonly key: string;
  readonly label: string;
  readonly contract: Contract;
  readonly strike: Amount;
  readonly unit: Amount;
  /** The last day it can be held on: as given, or by the exchange's rule. */
  readonly expiry: Day | undefined;
  /** False where holidays may still move the expiry to a later day. */
  readonly certain: boolean;
  readonly underlying: Underlying;
}

export type Thing = OptionHeld | FutureHeld | SharesHeld;

/** What a row says of a contract beside its code. */
export interface Beside {
  readonly strike: Amount | undefined;
  readonly unit: Amount | undefined;
  readonly expiry: Day | undefined;
}

/** The key of an option: its terms, but the code itself for an adjusted one, whose code does not tell them. */
export function optionKey({
  rules,
  product,
  month,
  series,
  right,
  strike,
  adjusted,
  ...rest
}: Contract & { readonly code: string }): string {
  const which = adjusted || !strike ? rest.code.toUpperCase() : strike.toFixed();
  return [rules.exchange, product, month, series ? "series" : "", right, which].join(" ");
}

const needed = (argument: string, detail: string): MarginError =>
  new MarginError("missing", { argument, detail });

const KIND = { future: "future", etf: "shares", index: "index" } as const;

function underlyingOf(contract: Contract, unit: Amount): Underlying {
  const { rules, product, month, underlying: label } = contract;
  const kind = KIND[rules.underlying];
  const key = [rules.exchange, product, ...(kind === "future" ? [month] : [])].join(" ");
  return kind === "future"
    ? { kind, key, label, rules, product, month, unit }
    : { kind, key, label, rules, product, month: undefined, unit: exact.of("1") };
}

/** A contract's terms as they were first read: a row that gives others contradicts them. */
const asMet = (
  contract: Contract,
  { strike, unit }: OptionHeld,
): Parameters<typeof strikeAndUnit>[0] => ({
  ...{ strike, unit },
  terms: contract.terms && { ...contract.terms, certainty: "confirmed" },
});

/**
 * Reads a contract cell as it stands on a day; `known` gives an option met before, so that its terms
 * need be given once.
 * @throws unknownName, contradiction, missing as readContract and strikeAndUnit do.
 */
export function readThing(
  cell: unknown,
  exchanges: readonly RuleSet[],
  on: Day,
  beside: Beside,
  known: (key: string) => OptionHeld | undefined,
): Thing {
  const named = readInstrument(cell, exchanges, on);
  const label = String(cell).trim();
  if (named.kind === "shares") {
    const { rules, product } = named;
    const key = `${rules.exchange} ${product.code}`;
    const [code, unit] = [product.code, exact.of("1")];
    return { kind: "shares", key, label, rules, product: code, month: undefined, unit };
  }
  if (named.kind === "future") {
    const { rules, product, month } = named;
    const unit = beside.unit ?? (product?.unit ? exact.of(product.unit) : undefined);
    if (!unit) throw needed("unit", label);
    const parts = rules && product ? [rules.exchange, product.code, month] : [label.toUpperCase()];
    const code = product?.code;
    return { kind: "future", key: parts.join(" "), label, rules, product: code, month, unit };
  }
  const { contract } = named;
  const key = optionKey({ ...contract, code: label });
  const met = known(key);
  const { strike, multiplier } = strikeAndUnit(met ? asMet(contract, met) : contract, beside);
  return {
    kind: "option",
    ...{ key, label: met?.label ?? label, contract, strike, unit: multiplier },
    expiry: beside.expiry ?? met?.expiry ?? contract.expiry?.day,
    certain: beside.expiry ? true : (met?.certain ?? contract.expiry?.shifted ?? false),
    // The future the option turns into has the option's unit.
    underlying: underlyingOf(contract, multiplier),
  };
}

/** A margin as its additive parts; they sum up to it. */
export interface Parts {
  readonly premium: Amount;
  readonly underlying: Amount;
  readonly outOfTheMoney: Amount;
  /** Minimum, cap, the broker's addition, what a combination saves. */
  readonly other: Amount;
}

const { zero } = exact;
export const NO_PARTS: Parts = {
  premium: zero,
  underlying: zero,
  outOfTheMoney: zero,
  other: zero,
};

export const eachPart = (a: Parts, b: Parts, join: (a: Amount, b: Amount) => Amount): Parts => ({
  premium: join(a.premium, b.premium),
  underlying: join(a.underlying, b.underlying),
  outOfTheMoney: join(a.outOfTheMoney, b.outOfTheMoney),
  other: join(a.other, b.other),
});
export const added = (a: Parts, b: Parts): Parts => eachPart(a, b, exact.plus);
export const scaled = (a: Parts, by: Amount): Parts => eachPart(a, a, (part) => part.times(by));
export const total = ({ premium, underlying, outOfTheMoney, other }: Parts): Amount =>
  premium.plus(underlying).plus(outOfTheMoney).plus(other);

/** Prices by which a margin is worked out; a rate only where one was given. */
export interface Prices {
  readonly option: Amount | undefined;
  readonly underlying: Amount | undefined;
  readonly rate: Amount | undefined;
}

/** The margin of one lot of what is held short, or of a future, with the broker's addition. */
export function partsOf(
  thing: OptionHeld | FutureHeld,
  { option, underlying, rate }: Prices,
  markup: Amount,
  on: Day,
): Parts {
  if (!underlying) throw needed("underlying", thing.label);
  if (thing.kind === "future") {
    if (!rate) throw needed("rate", thing.label);
    const whole = underlying.times(thing.unit).times(rate);
    return { ...NO_PARTS, underlying: whole, other: whole.times(markup) };
  }
  const { contract, strike, unit, label } = thing;
  if (!option) throw needed("settlement", label);
  // An index or ETF rule has its own coefficient; a rate given replaces it.
  const one = shortMargin(
    contract.rules,
    {
      right: contract.right,
      product: contract.product,
      rate,
      terms: { settlement: option, underlying, strike, multiplier: unit },
    },
    { lots: exact.of("1"), markup, on },
  );
  return {
    premium: one.premium,
    underlying: one.underlyingPart,
    outOfTheMoney: one.outOfTheMoney,
    other: one.lift.plus(one.cut).plus(one.markup),
  };
}

/** A leg as combinations see it; its margin without the broker's addition. */
export function joiningOf(
  thing: OptionHeld | FutureHeld,
  side: "long" | "short",
  prices: Prices,
  on: Day,
): Joining | undefined {
  const { unit } = thing;
  const margin = (): Amount => total(partsOf(thing, prices, zero, on));
  if (thing.kind === "future") {
    const { rules, product, month } = thing;
    if (!rules || product === undefined || !month) return undefined;
    return { leg: `${side} future`, rules, product, unit, month, margin: margin(), premium: zero };
  }
  const { rules, product, month, right, series, adjusted } = thing.contract;
  if (adjusted) return undefined;
  const { strike, expiry, label } = thing;
  if (!prices.option) throw needed("settlement", label);
  return {
    ...{ leg: `${side} ${right}`, rules, product, unit, month, series, strike },
    ...(expiry && { expiry }),
    margin: side === "short" ? margin() : zero,
    premium: prices.option.times(unit),
  };
}
