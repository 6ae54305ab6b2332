/** One Hong Kong holding with its array: the file's, else the model's, else what is missing. */
import {
  amount,
  digits,
  expiryOf,
  riskHolding,
  type Amount,
  type Bilingual,
  type Day,
  type RiskHolding,
  type RiskSeries,
} from "../core";
import { hkex } from "../exchanges/hkex";
import type { Position } from "../statements";
import { tried } from "./figure";
import {
  HONG_KONG_UNITS,
  hongKongTerms,
  joinedTo,
  type HongKongParameters,
} from "./hong-kong-parameters";
import { hongKongSubject, type HongKongSubject } from "./hong-kong-rows";
import { own } from "./price";

/** What keeps a holding from being counted. */
export interface HongKongGap {
  readonly what: "parameters" | "series" | "future" | "price" | "currency" | "refused";
  readonly why: Bilingual;
}

export interface HongKongLine {
  readonly id: string;
  readonly position: Position;
  readonly product: string;
  readonly month: string;
  /** The month's future, by which its price is asked for: "HSI 2026-12". */
  readonly future: string;
  /** Whether that price is needed: the array is the model's. */
  readonly needsFuture: boolean;
  /** Where the array comes from. */
  readonly from: "file" | "model" | undefined;
  readonly holding: RiskHolding | undefined;
  readonly gap: HongKongGap | undefined;
}

const ZERO = amount("0");

const say = (what: HongKongGap["what"], zh: string, en: string): HongKongGap => ({
  what,
  why: { zh, en },
});

/** No monthly index option expires before the last days of its month; a weekly one may. */
const LAST_WEEKLY = 24;

/** Whether an option is one of the weekly ones, which have the month in common with the monthly one. */
function isWeekly(subject: HongKongSubject): boolean {
  if (subject.kind !== "otherOption" || !subject.expiry) return false;
  const monthly = expiryOf(hkex, subject.underlying, subject.month, false)?.day;
  return monthly ? monthly !== subject.expiry : Number(subject.expiry.slice(8)) <= LAST_WEEKLY;
}

/** The one series of a file that a holding names; of weekly and monthly ones of a month the one of its own day. */
function seriesOf(subject: HongKongSubject, series: readonly RiskSeries[]): RiskSeries | undefined {
  const named = series.filter((one) => {
    if (one.product !== subject.underlying || one.month !== subject.month) return false;
    if (subject.kind === "otherFuture") return one.kind === "future";
    return (
      one.kind === "option" &&
      one.right === subject.right &&
      one.strike?.equals(subject.strike) === true
    );
  });
  if (subject.kind === "otherFuture") return named.length === 1 ? named[0] : undefined;
  const { expiry } = subject;
  const ofDay = named.filter(
    (one) => expiry !== undefined && (one.expiry === expiry || one.dayCode === expiry.slice(8)),
  );
  if (ofDay.length === 1) return ofDay[0];
  // A weekly option is never taken for the monthly one.
  if (isWeekly(subject)) return undefined;
  const monthly = named.filter(({ dayCode }) => dayCode === undefined);
  return monthly.length === 1 ? monthly[0] : undefined;
}

/** A contract's price on the day, for what options are worth and for the model. */
const priceOf = ({ settlement, lastPrice }: Position): Amount | undefined =>
  [settlement, lastPrice].find((price) => price?.greaterThan(0));

/** The price of a month's future, as a key of what the user types. */
export const futureKey = (product: string, month: string): string =>
  `${joinedTo(product)} ${month}`;

export interface HongKongLineInputs {
  readonly parameters: HongKongParameters;
  /** Prices of futures by "HSI 2026-12". */
  readonly prices: Readonly<Record<string, Amount>>;
  readonly on: Day;
}

const currencyGap = (code: string, currency: string): HongKongGap =>
  say(
    "currency",
    `${code} 以 ${currency} 计，不和港元相加。`,
    `${code} is in ${currency}, which isn't added to Hong Kong dollars.`,
  );

function fromFile(
  position: Position,
  subject: HongKongSubject,
  { parameters }: HongKongLineInputs,
  quantity: Amount,
): Pick<HongKongLine, "holding" | "gap"> | undefined {
  const series = seriesOf(subject, parameters.merged.series);
  if (!series) return undefined;
  const home = parameters.merged.commodities.find(({ code }) => code === series.commodity);
  if (home && home.currency !== "HKD") {
    return { holding: undefined, gap: currencyGap(position.contract, home.currency) };
  }
  const price = series.price ?? priceOf(position);
  const multiplier =
    series.multiplier ?? own(HONG_KONG_UNITS, series.product) ?? position.multiplier;
  return {
    holding: {
      quantity,
      series: { ...series, ...(price && { price }), ...(multiplier && { multiplier }) },
    },
    gap: undefined,
  };
}

function missing(
  position: Position,
  subject: HongKongSubject,
  { parameters }: HongKongLineInputs,
): HongKongGap {
  const { underlying: product } = subject;
  const code = position.contract;
  const refused = own(parameters.refused, joinedTo(product));
  if (refused) return { what: "refused", why: refused };
  const known = parameters.merged.series.some((one) => one.product === product);
  if (known) {
    return say(
      "series",
      `参数文件里没有 ${code} 这个合约，它的保证金先不下结论。换当天的文件，或填 ${joinedTo(product)} 的参数按模型估。`,
      `The parameter file has no contract ${code}, so its margin is left open. Take the day's file, or type the parameters of ${joinedTo(product)} for an estimate.`,
    );
  }
  return say(
    "parameters",
    `没有 ${product} 的风险参数，${code} 的保证金先不下结论。把交易所的参数文件拖进来，或填参数。`,
    `There are no risk parameters of ${product}, so the margin of ${code} is left open. Drop the exchange's parameter file here, or type the parameters.`,
  );
}

/** By the model, from what is typed of the product and the month's future. */
function byModel(
  position: Position,
  subject: HongKongSubject,
  inputs: HongKongLineInputs,
): Pick<HongKongLine, "holding" | "gap" | "needsFuture"> | undefined {
  const { parameters, prices, on } = inputs;
  const { underlying: product, month } = subject;
  if (!parameters.typed.some((one) => one.product === joinedTo(product))) return undefined;
  const option = subject.kind === "otherOption";
  const future = own(prices, futureKey(product, month));
  const price = priceOf(position);
  if (option && !future) {
    const key = futureKey(product, month);
    const gap = say(
      "future",
      `缺 ${key} 期货的价格，${position.contract} 的情景算不出来。填入价格。`,
      `The price of the ${key} future is missing, so the scenarios of ${position.contract} can't be worked out. Enter it.`,
    );
    return { holding: undefined, gap, needsFuture: true };
  }
  if (option && !price) {
    const gap = say(
      "price",
      `账单没有 ${position.contract} 的价格，模型要从它算起。`,
      `The statement has no price of ${position.contract}, which the model counts from.`,
    );
    return { holding: undefined, gap, needsFuture: true };
  }
  const worked = tried(() =>
    riskHolding(
      {
        product,
        month,
        side: position.side,
        quantity: digits(position.quantity),
        ...(option && { right: subject.right, strike: digits(subject.strike) }),
        ...(option && subject.expiry && { expiry: subject.expiry }),
        ...(price && { settlement: digits(price) }),
        ...(future && { underlying: digits(future) }),
      },
      parameters.typed,
      hongKongTerms(on),
    ),
  );
  return "value" in worked
    ? { holding: worked.value, gap: undefined, needsFuture: option }
    : { holding: undefined, gap: { what: "refused", why: worked.refused }, needsFuture: option };
}

export function hongKongLine(position: Position, inputs: HongKongLineInputs, id: string) {
  const subject = hongKongSubject(position) as HongKongSubject;
  const { underlying: product, month } = subject;
  const quantity = position.side === "long" ? position.quantity : ZERO.minus(position.quantity);
  const filed = fromFile(position, subject, inputs, quantity);
  const modelled = filed ? undefined : byModel(position, subject, inputs);
  const line: HongKongLine = {
    id,
    position,
    product,
    month,
    future: futureKey(product, month),
    needsFuture: modelled?.needsFuture ?? false,
    from: filed?.holding ? "file" : modelled?.holding ? "model" : undefined,
    holding: filed?.holding ?? modelled?.holding,
    gap: filed ? filed.gap : modelled ? modelled.gap : missing(position, subject, inputs),
  };
  return line;
}
