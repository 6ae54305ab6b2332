/** By which rate and markup a holding is charged: the exchange's by its rule or the profile, the broker's by its terms. */
import { amount, digits, readNumber, type Amount, type Bilingual, type Day } from "../core";
import type { Gap } from "./book";
import { gap, optionOf, ruleRate, type Charge, type Holding } from "./figure";
import type { Inferred } from "./infer";
import { own } from "./price";
import type { DatedRates, Profile, ProductRates } from "./profile";

const ZERO = amount("0");

/** A holding with the product its rates are looked up by. */
export type Charged = Holding & { readonly productCode: string | undefined };

type Kind = "exchange" | "broker";
type Named = Pick<Charged, "underlying" | "productCode">;

/** A profile's rate, and the step of its table where it is no ordinary one. */
export interface RateInForce {
  readonly rate: Amount;
  readonly step: DatedRates | undefined;
}

/** Rates by their texts: a book's rows ask for the same few again and again. */
const readBefore = new Map<string, Amount | undefined>();
const MOST_RATES = 1000;

function rateOf(text: string): Amount | undefined {
  if (readBefore.has(text)) return readBefore.get(text);
  const rate = readNumber(text);
  if (readBefore.size < MOST_RATES) readBefore.set(text, rate);
  return rate;
}

function read(text: string | undefined, step: DatedRates | undefined): RateInForce | undefined {
  const rate = text === undefined ? undefined : rateOf(text);
  return rate?.greaterThan(0) ? { rate, step } : undefined;
}

const holdsOn = ({ from, to }: DatedRates, on: Day): boolean =>
  from <= on && (to === undefined || on <= to);

/** Of the steps that hold on a day the one begun last. */
const stepOn = ({ dated = [] }: ProductRates, kind: Kind, on: Day): DatedRates | undefined =>
  dated.reduce<DatedRates | undefined>(
    (last, one) =>
      one[kind] !== undefined && holdsOn(one, on) && (!last || one.from >= last.from) ? one : last,
    undefined,
  );

function tablesOf({ products }: Profile, { underlying, productCode }: Named): ProductRates[] {
  const ofCode = (code: string | undefined): ProductRates | undefined =>
    code === undefined ? undefined : own(products, code);
  const first = ofCode(underlying);
  const second = productCode === underlying ? undefined : ofCode(productCode);
  if (!first) return second ? [second] : [];
  return second ? [first, second] : [first];
}

/** The profile's rate for an underlying on a day: its own, else its product's. */
export function rateInForce(
  profile: Profile,
  named: Named,
  kind: Kind,
  on: Day,
): RateInForce | undefined {
  for (const rates of tablesOf(profile, named)) {
    const step = stepOn(rates, kind, on);
    const found = read(step?.[kind] ?? rates[kind], step);
    if (found) return found;
  }
  return undefined;
}

export const profileRate = (
  profile: Profile,
  named: Named,
  kind: Kind,
  on: Day,
): Amount | undefined => rateInForce(profile, named, kind, on)?.rate;

/** Every rate of the tables that hold for an underlying but the one in force. */
export function otherRates(
  profile: Profile,
  named: Named,
  kind: Kind,
  on: Day,
): readonly RateInForce[] {
  const now = rateInForce(profile, named, kind, on);
  if (!now) return [];
  const all = tablesOf(profile, named).flatMap((rates) => [
    read(rates[kind], undefined),
    ...(rates.dated ?? []).map((step) => read(step[kind], step)),
  ]);
  return all.flatMap((one) => (one && !one.rate.equals(now.rate) ? [one] : []));
}

/** "12%（2026-09-28 至 2026-10-08）", or the ordinary rate. */
export function rateText({ rate, step }: RateInForce): Bilingual {
  const shown = `${digits(rate.times(100))}%`;
  if (!step) return { zh: `平日的 ${shown}`, en: `the ordinary ${shown}` };
  const { from, to } = step;
  return to === undefined
    ? { zh: `${shown}，${from} 起`, en: `${shown} from ${from}` }
    : { zh: `${shown}，${from} 至 ${to}`, en: `${shown} from ${from} to ${to}` };
}

const ofUnderlying = ({ underlying, position }: Charged): string => underlying ?? position.contract;

function lacksRate(holding: Charged): Gap {
  const code = ofUnderlying(holding);
  return gap(
    "rate",
    code,
    `缺 ${code} 的交易所期货保证金率，交易所标准先不下结论。在公司参数里填保证金率，命令行用 --broker。`,
    `The exchange's futures margin rate of ${code} is missing; its standard is left open. Enter it in the broker profile; on the command line, --broker.`,
  );
}

function lacksBrokerRate(holding: Charged): Gap {
  const code = ofUnderlying(holding);
  return gap(
    "brokerRate",
    code,
    `不知道公司对 ${code} 收多少，公司标准按规则算不出。在公司参数里填上浮方式或公司保证金率，命令行用 --broker。`,
    `What the broker charges on ${code} isn't known, so its standard can't be worked out. Enter its surcharge or rate in the broker profile; on the command line, --broker.`,
  );
}

/** On the exchange's standard. */
export function exchangeCharge(holding: Charged, profile: Profile, on: Day): Charge {
  const given = profileRate(profile, holding, "exchange", on);
  const contract = optionOf(holding.position);
  const asks = !contract || contract.rules.underlying === "future";
  if (asks && !given) return { gap: lacksRate(holding) };
  const rate = given ?? (contract && ruleRate(contract, on));
  return { given, rate, markup: ZERO };
}

interface BrokerBasis {
  readonly profile: Profile;
  readonly inferred: Inferred;
  readonly on: Day;
}

/** On the broker's standard, by the profile or else by what its printed rows tell. */
export function brokerCharge(
  holding: Charged,
  exchange: Charge,
  { profile, inferred, on }: BrokerBasis,
): Charge {
  const rate = profileRate(profile, holding, "broker", on);
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
