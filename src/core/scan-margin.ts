/**
 * The margin of a portfolio by risk arrays: each combined commodity's risk, and what a client pays.
 *
 * A future or option of a commodity is never margined alone: its array joins the others', the worst
 * scenario of the sum is the scan risk, and charges, credits and a minimum follow.
 */
import { MarginError } from "./errors";
import { amount, digits, exact, type Amount } from "./number";
import type { CombinedCommodity, RiskParameters, RiskSeries } from "./risk-parameters";
import { scan, scanRisk, type Scan } from "./scan";
import { interCredits, weightedPriceRisk } from "./scan-credits";
import { calendarCharge, monthDeltas, netDelta, spotCharge, type MonthDeltas } from "./scan-deltas";

/** A position: whole lots, long above 0, of a series with its array. */
export interface RiskHolding {
  readonly quantity: Amount;
  readonly series: RiskSeries;
}

/**
 * How options' own value enters:
 * - none: the risk margin alone, what the clearing house publishes for index options;
 * - short: the value of short options is asked for on top, as a seller would pay to buy them back;
 * - net: the value of long options less that of short ones is taken off.
 */
export type OptionValueMode = "none" | "short" | "net";

/** Client maintenance for one of client initial margin, by the exchange's printed rates. */
export const MAINTENANCE_SHARE = amount("0.8");

/** Settings of one answer. */
export interface ScanSettings {
  readonly optionValue: OptionValueMode;
  /** Client initial margin for one of clearing-house margin, where the commodity has none of its own. */
  readonly clientRatio?: Amount | undefined;
}

/** A combined commodity's margin and what it is made of, in its currency. */
export interface CommodityMargin {
  readonly code: string;
  readonly currency: string;
  readonly scan: Scan;
  readonly deltas: MonthDeltas;
  readonly netDelta: Amount;
  /** Price risk for one delta. */
  readonly weightedPriceRisk: Amount;
  readonly calendarCharge: Amount;
  readonly spotCharge: Amount;
  /** What spreads with other commodities take off. */
  readonly credit: Amount;
  readonly shortOptionMinimum: Amount;
  /** Which set the risk margin: the risk, the short option minimum, or the value of what is only long. */
  readonly binds: "risk" | "minimum" | "longValue";
  /** What the clearing house asks for. */
  readonly margin: Amount;
  /** What options' value adds, or takes off below 0; 0 where it does not enter. */
  readonly optionValue: Amount;
  /** What a client pays to open and has to keep; undefined where no client ratio is known. */
  readonly client: ClientMargin | undefined;
}

/** What a client pays, in whole units of the currency. */
export interface ClientMargin {
  readonly initial: Amount;
  readonly maintenance: Amount;
}

/**
 * The risk margin of a combined commodity from its parts.
 *
 * @example riskMargin({ scan: 10350, … }, 17200) // 17,200: the short option minimum binds
 */
export const riskMargin = (
  parts: {
    readonly scan: Amount;
    readonly calendar: Amount;
    readonly spot: Amount;
    readonly credit: Amount;
  },
  minimum: Amount,
): Amount =>
  exact.max(parts.scan.plus(parts.calendar).plus(parts.spot).minus(parts.credit), minimum);

/**
 * Client margin from the clearing house's: both steps are rounded down to whole units of currency.
 *
 * @param worth the value of what is only long options, which a client never pays more than
 * @example clientMargin(amount("86000"), amount("1.33")) // initial 114,380, maintenance 91,504
 */
export function clientMargin(margin: Amount, ratio: Amount, worth?: Amount): ClientMargin {
  const asked = margin.times(ratio);
  const initial = (worth ? exact.min(asked, worth) : asked).floor();
  return { initial, maintenance: initial.times(MAINTENANCE_SHARE).floor() };
}

/**
 * The margin of one short option alone, for all its lots: its worst scenario, and never below the minimum.
 * A client ratio of 1 leaves it as it is, any other rounds it down to whole units of the currency.
 */
export function shortOptionMargin(
  array: readonly Amount[],
  lots: Amount,
  minimum: Amount,
  clientRatio: Amount,
): Amount {
  const risk = scanRisk([{ quantity: lots.negated(), array }], array.length);
  const margin = exact.max(risk, minimum.times(lots));
  return clientRatio.equals(1) ? margin : clientMargin(margin, clientRatio).initial;
}

/** The money a client must add: none down to the maintenance margin, below it what restores the initial one. */
export interface ClientCall {
  readonly called: boolean;
  readonly toAdd: Amount;
}

/** Whether equity is below client maintenance, and what brings it back to client initial margin. */
export function clientCall(equity: Amount, { initial, maintenance }: ClientMargin): ClientCall {
  const called = equity.lessThan(maintenance);
  return { called, toAdd: called ? initial.minus(equity) : exact.zero };
}

const sum = (amounts: readonly Amount[]): Amount => amounts.reduce(exact.plus, exact.zero);

/** @throws missing for a product that the parameters don't count in the commodity: a mini is never taken for a whole one. */
function scalingOf({ code, products }: CombinedCommodity, { product, kind }: RiskSeries): Amount {
  const found =
    products.find((one) => one.code === product && one.kind === kind) ??
    products.find((one) => one.code === product);
  if (found) return found.deltaScaling;
  throw new MarginError("missing", { argument: "parameters", detail: `${code} ${product}` });
}

/** The least its short options need: all of them, or the larger of calls and puts. */
function minimumOf(commodity: CombinedCommodity, held: readonly RiskHolding[]): Amount {
  const shorts = held.filter(
    ({ quantity, series }) => series.kind === "option" && quantity.isNegative(),
  );
  if (shorts.length === 0) return exact.zero;
  const { shortOptionMinimum: minimum, code } = commodity;
  if (!minimum) throw new MarginError("missing", { argument: "shortOptionMinimum", detail: code });
  const [calls, puts] = (["call", "put"] as const).map((right) =>
    sum(
      shorts
        .filter(({ series }) => series.right === right)
        .map(({ quantity, series }) => quantity.abs().times(scalingOf(commodity, series))),
    ),
  ) as [Amount, Amount];
  const counted = minimum.method === "gross" ? calls.plus(puts) : exact.max(calls, puts);
  return counted.times(minimum.rate);
}

/** Options' value, long above 0. */
function valueOf(held: readonly RiskHolding[]): Amount {
  return sum(
    held.map(({ quantity, series: { price, multiplier, product } }) => {
      if (!price) throw new MarginError("missing", { argument: "settlement", detail: product });
      if (!multiplier)
        throw new MarginError("missing", { argument: "multiplier", detail: product });
      return quantity.times(price).times(multiplier);
    }),
  );
}

/** What options' value adds to the margin: short options' value, or all options' net value turned round. */
function optionValueOf(mode: OptionValueMode, held: readonly RiskHolding[]): Amount {
  const options = held.filter(({ series }) => series.kind === "option");
  if (mode === "none") return exact.zero;
  const counted =
    mode === "net" ? options : options.filter(({ quantity }) => quantity.isNegative());
  return valueOf(counted).negated();
}

/** What tells one contract from another. */
const seriesKey = ({ product, kind, month, dayCode, expiry, right, strike }: RiskSeries): string =>
  [product, kind, month, dayCode, expiry, right, strike && digits(strike)].join(" ");

/** Long against short of one contract, so that a split position answers as a whole one does. */
function netted(held: readonly RiskHolding[]): RiskHolding[] {
  const open = new Map<string, RiskHolding>();
  for (const { quantity, series } of held) {
    const key = seriesKey(series);
    const before = open.get(key)?.quantity ?? exact.zero;
    open.set(key, { series, quantity: before.plus(quantity) });
  }
  return [...open.values()].filter(({ quantity }) => !quantity.isZero());
}

/** A commodity's parts before its credits. */
function partsOf(
  commodity: CombinedCommodity,
  held: readonly RiskHolding[],
  open: readonly RiskHolding[],
  { scenarios, ranges }: RiskParameters,
) {
  const scanned = scan(
    held.map(({ quantity, series }) => ({ quantity, array: series.array })),
    scenarios,
  );
  const deltas = monthDeltas(
    held.map(({ quantity, series }) => ({
      quantity,
      delta: series.delta,
      scaling: scalingOf(commodity, series),
      month: series.deltaMonth ?? series.month ?? "",
    })),
    commodity.deltaDecimals,
  );
  const net = netDelta(deltas);
  const calendar = calendarCharge(commodity, deltas);
  const range = commodity.products.flatMap(({ code, deltaScaling }) =>
    ranges
      .filter(({ product }) => product === code)
      .sort((a, b) => ((a.month ?? "") < (b.month ?? "") ? -1 : 1))
      .slice(0, 1)
      .map(({ price }) => price.dividedBy(deltaScaling)),
  )[0];
  const method = commodity.priceRisk ?? "normal";
  return {
    scan: scanned,
    deltas,
    netDelta: net,
    calendar,
    spot: spotCharge(commodity, calendar),
    minimum: minimumOf(commodity, open),
    left: calendar.left,
    weightedPriceRisk:
      method === "scanRange" && range
        ? range
        : weightedPriceRisk(scanned.priceRisk, net, method === "capped" ? range : undefined),
  };
}

/** Groups holdings by combined commodity. @throws missing for one the parameters do not have. */
function byCommodity(
  holdings: readonly RiskHolding[],
  { commodities }: RiskParameters,
): Map<CombinedCommodity, RiskHolding[]> {
  const groups = new Map<CombinedCommodity, RiskHolding[]>();
  for (const holding of holdings) {
    const { commodity: code } = holding.series;
    const commodity = commodities.find((one) => one.code === code);
    if (!commodity) throw new MarginError("missing", { argument: "parameters", detail: code });
    const group = groups.get(commodity);
    if (group) group.push(holding);
    else groups.set(commodity, [holding]);
  }
  return groups;
}

/** A commodity's margin, its credit known. */
function marginWith(
  {
    commodity,
    open,
    parts,
  }: {
    readonly commodity: CombinedCommodity;
    readonly open: readonly RiskHolding[];
    readonly parts: ReturnType<typeof partsOf>;
  },
  credit: Amount,
  settings: ScanSettings,
): CommodityMargin {
  const { code, currency } = commodity;
  const { calendar, spot, minimum } = parts;
  const charged = { scan: parts.scan.risk, calendar: calendar.charge, spot, credit };
  const risk = riskMargin(charged, minimum);
  const onlyLong = open.every(
    ({ quantity, series }) => series.kind === "option" && !quantity.isNegative(),
  );
  const worth = onlyLong && risk.greaterThan(0) ? valueOf(open) : undefined;
  const capped = worth?.lessThan(risk) ?? false;
  const margin = capped ? (worth as Amount) : risk;
  const optionValue = optionValueOf(settings.optionValue, open);
  const ratio = commodity.clientRatio ?? settings.clientRatio;
  const client = ratio && clientMargin(risk, ratio, worth);
  const withValue = (asked: Amount): Amount => exact.max(asked.plus(optionValue), exact.zero);
  return {
    ...{ code, currency, scan: parts.scan, deltas: parts.deltas, netDelta: parts.netDelta },
    weightedPriceRisk: parts.weightedPriceRisk,
    calendarCharge: calendar.charge,
    spotCharge: spot,
    credit,
    shortOptionMinimum: minimum,
    binds: capped
      ? "longValue"
      : minimum.greaterThan(riskMargin(charged, exact.zero))
        ? "minimum"
        : "risk",
    margin: withValue(margin),
    optionValue,
    client: client && {
      initial: withValue(client.initial),
      maintenance: withValue(client.maintenance),
    },
  };
}

/** A commodity whose margin can't be worked out, and why. */
export interface RefusedCommodity {
  readonly code: string;
  readonly error: MarginError;
}

/** A portfolio's commodities: those with a margin, and those without. */
export interface PortfolioMargin {
  readonly margins: readonly CommodityMargin[];
  readonly refused: readonly RefusedCommodity[];
}

/**
 * The margin of a portfolio, one answer for each combined commodity it holds.
 *
 * What is only long options never needs more than they are worth, of a client neither. Amounts of different
 * currencies stand beside each other; nothing here adds them. A commodity that lacks a charge, a minimum or a price,
 * or has an array that does not fit the scenarios, is refused by itself, and the others stand without it.
 *
 * @throws missing for a commodity that the parameters do not have.
 */
export function portfolioMargin(
  holdings: readonly RiskHolding[],
  parameters: RiskParameters,
  settings: ScanSettings,
): PortfolioMargin {
  const refused: RefusedCommodity[] = [];
  const own = <T>(code: string, answer: () => T): readonly T[] => {
    try {
      return [answer()];
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      refused.push({ code, error });
      return [];
    }
  };
  const groups = [...byCommodity(holdings, parameters)].flatMap(([commodity, held]) =>
    own(commodity.code, () => {
      const open = netted(held);
      return { commodity, open, parts: partsOf(commodity, held, open, parameters) };
    }),
  );
  const credits = interCredits(
    new Map(groups.map(({ commodity, parts }) => [commodity.code, parts])),
    parameters,
  );
  const margins = groups.flatMap((group) => {
    const { code } = group.commodity;
    return own(code, () => marginWith(group, credits.get(code) ?? exact.zero, settings));
  });
  return { margins, refused };
}

/** The margins of a portfolio all of whose commodities have one. @throws what the first one without is refused for. */
export function scanMargin(
  holdings: readonly RiskHolding[],
  parameters: RiskParameters,
  settings: ScanSettings,
): readonly CommodityMargin[] {
  const { margins, refused } = portfolioMargin(holdings, parameters, settings);
  if (refused[0]) throw refused[0].error;
  return margins;
}

/** Several commodities' margin together; their currency must be one. */
export interface MarginTotal {
  readonly margin: Amount;
  readonly client: ClientMargin | undefined;
}

/** The sum over commodities of one currency; no client margin where one of them has none. */
export function marginTotal(margins: readonly CommodityMargin[]): MarginTotal {
  const all = margins.flatMap(({ client }) => client ?? []);
  return {
    margin: sum(margins.map(({ margin }) => margin)),
    client:
      all.length === margins.length
        ? {
            initial: sum(all.map(({ initial }) => initial)),
            maintenance: sum(all.map(({ maintenance }) => maintenance)),
          }
        : undefined,
  };
}
