/**
 * A book margined by risk arrays, from its tables: positions with an array of their own or with what the
 * model makes one from, and the day's parameters by product.
 */
import { numberWithin } from "./argument";
import { expiryOf } from "./calendar";
import { readContract, yearOf } from "./contract";
import { numberFromDay, type Day } from "./day";
import { MarginError, type Bound } from "./errors";
import { amount, digits, exact, type Amount } from "./number";
import { impliedVolatility } from "./pricing-implied";
import { asAmounts, compositeDelta, futureArray, modelArray, type ModelOption } from "./risk-array";
import {
  arrayCells,
  written,
  type CreditColumn,
  type ParameterColumn,
  type RiskColumn,
} from "./risk-columns";
import type {
  CombinedCommodity,
  InterSpread,
  RiskParameters,
  RiskSeries,
  ShortOptionMinimum,
} from "./risk-parameters";
import { DAYS_A_YEAR, type ArrayProfile } from "./risk-scenarios";
import { number, optional } from "./row";
import type { RuleSet } from "./rule";
import type { RiskHolding } from "./scan-margin";
import { blank, type Cells } from "./table";
import { readRight, readSide, type Right } from "./terms";

/** Where a book is margined, and on which day. */
export interface RiskBookTerms {
  readonly rules: RuleSet;
  /** Products by the one whose combined commodity they join. */
  readonly joins: Readonly<Record<string, string>>;
  readonly profile: ArrayProfile;
  readonly on: Day;
  readonly dayOfCell: (cell: unknown) => Day | undefined;
}

/** A product's parameters as typed. */
export interface TypedParameters {
  readonly product: string;
  /** Price scan range in points. */
  readonly psr: Amount;
  readonly vsr: Amount | undefined;
  readonly multiplier: Amount;
  readonly calendarCharge: Amount | undefined;
  readonly shortOptionMinimum: ShortOptionMinimum | undefined;
  readonly clientRatio: Amount | undefined;
}

const ONE = amount("1");

/** A charge that may be none, but not a blank cell by oversight. */
function charge(row: Cells<ParameterColumn>, column: ParameterColumn): Amount | undefined {
  const cell = row[column];
  const how = written(cell);
  if (how === "none") return exact.zero;
  return how && numberWithin(cell, column, "notNegative");
}

const METHODS: Readonly<Record<string, ShortOptionMinimum["method"]>> = {
  "": "gross",
  gross: "gross",
  合计: "gross",
  larger: "larger",
  max: "larger",
  较大: "larger",
};

function methodOf(cell: unknown): ShortOptionMinimum["method"] {
  const word = blank(cell) ? "" : String(cell).normalize("NFKC").trim().toLowerCase();
  const method = Object.hasOwn(METHODS, word) ? METHODS[word] : undefined;
  if (method) return method;
  throw new MarginError("unknownName", { argument: "minimumMethod", value: cell });
}

/** A product the exchange has, as it writes it. */
export function productNamed(cell: unknown, { products }: RuleSet) {
  const word = typeof cell === "string" ? cell.normalize("NFKC").trim().toUpperCase() : "";
  const found = products.find(({ code }) => code === word);
  if (found) return found;
  const choices = products.map(({ code }) => code);
  throw new MarginError("unknownName", { argument: "product", value: cell, choices });
}

/**
 * A product's parameters from a row.
 * @throws MarginError that names the column; notAllowed for a product that another's parameters hold for.
 */
export function typedParameters(
  row: Cells<ParameterColumn>,
  { rules, joins }: Pick<RiskBookTerms, "rules" | "joins">,
): TypedParameters {
  const { code, unit } = productNamed(row.product, rules);
  if (joins[code]) {
    throw new MarginError("notAllowed", {
      argument: "product",
      value: code,
      detail: "joins",
      choices: [joins[code] as string],
    });
  }
  const rate = charge(row, "shortOptionMinimum");
  return {
    product: code,
    psr: number(row, "psr", "aboveZero"),
    vsr: optional(row, "vsr", "fraction"),
    multiplier: optional(row, "multiplier", "aboveZero") ?? amount(unit as string),
    calendarCharge: charge(row, "calendarCharge"),
    shortOptionMinimum: rate && { rate, method: methodOf(row.minimumMethod) },
    clientRatio: optional(row, "clientRatio", "aboveZero"),
  };
}

/** A credit between two products, from a row. */
export function typedCredit(row: Cells<CreditColumn>, at: number, rules: RuleSet): InterSpread {
  const leg = (name: "first" | "second", side: "A" | "B") => ({
    commodity: productNamed(row[name], rules).code,
    tier: 0,
    side,
    ratio: optional(row, `${name}Ratio`, "aboveZero") ?? ONE,
  });
  return {
    priority: optional(row, "priority", "wholeAboveZero")?.toNumber() ?? at + 1,
    legs: [leg("first", "A"), leg("second", "B")],
    credit: { share: number(row, "credit", "fraction") },
  };
}

/** Typed parameters and credits in the shape that a file's have. */
export function parametersFrom(
  typed: readonly TypedParameters[],
  interSpreads: readonly InterSpread[],
  { rules, joins, profile, on }: RiskBookTerms,
): RiskParameters {
  const commodityOf = (one: TypedParameters): CombinedCommodity => {
    const { product, multiplier, calendarCharge, shortOptionMinimum, clientRatio } = one;
    const joined = rules.products.filter(({ code }) => joins[code] === product);
    const side = (which: "A" | "B") => {
      return { commodity: product, tier: 0, side: which, ratio: ONE } as const;
    };
    return {
      code: product,
      currency: rules.products.find(({ code }) => code === product)?.currency ?? "",
      products: [
        { code: product, deltaScaling: ONE },
        ...joined.map(({ code, unit }) => {
          return { code, deltaScaling: amount(unit as string).dividedBy(multiplier) };
        }),
      ].flatMap((known) => [
        { ...known, kind: "future" as const },
        { ...known, kind: "option" as const },
      ]),
      ...{ calendarTiers: [], interTiers: [], spot: [] },
      ...(calendarCharge && {
        calendar: [{ priority: 1, legs: [side("A"), side("B")], rate: calendarCharge }],
      }),
      ...(shortOptionMinimum && { shortOptionMinimum }),
      ...(clientRatio && { clientRatio }),
    };
  };
  return {
    ...{ house: rules.exchange, on, source: "parameters", scenarios: profile.scenarios },
    commodities: typed.map(commodityOf),
    ...{ interSpreads, series: [], currencyRates: [], complete: true },
    ranges: typed.map(({ product, psr, multiplier, vsr }) => ({
      ...{ product, kind: "future" as const, price: psr.times(multiplier) },
      ...(vsr && { volatility: vsr, volatilityKind: "absolute" as const }),
    })),
  };
}

/** What a row holds. */
export interface Named {
  readonly product: string;
  readonly month: string;
  readonly option?: { readonly right: Right; readonly strike: Amount };
  readonly expiry?: Day | undefined;
}

const FUTURE = /^(?<product>[A-Z]{3})(?:(?<letter>[FGHJKMNQUVXZ])(?<y>\d)|(?<yy>\d\d)(?<mm>\d\d))$/;
const MONTH_LETTERS = "FGHJKMNQUVXZ";

/** A future's code, HSIZ6 or HSI2612, or an option's. */
export function namedByCode(
  value: unknown,
  { rules, on }: Pick<RiskBookTerms, "rules" | "on">,
): Named {
  const text = typeof value === "string" ? value.normalize("NFKC").replace(/\s+/g, "") : "";
  const groups = FUTURE.exec(text.toUpperCase().replace(/^HKEX\./, ""))?.groups;
  const month = groups && Number(groups["mm"] ?? MONTH_LETTERS.indexOf(groups["letter"] ?? "") + 1);
  if (groups && month && month <= 12) {
    const ahead = rules.codes[0]?.monthsAhead ?? 24;
    const year = groups["yy"]
      ? 2000 + Number(groups["yy"])
      : yearOf(Number(groups["y"]), month, on, ahead);
    return {
      product: productNamed(groups["product"], rules).code,
      month: `${year}-${String(month).padStart(2, "0")}`,
    };
  }
  const contract = readContract(value, [rules], on);
  const { product, right, strike } = contract;
  if (!strike) throw new MarginError("missing", { argument: "strike" });
  return {
    product,
    month: contract.month,
    option: { right, strike },
    expiry: contract.expiry?.day,
  };
}

/** "2026-12", 202612 or a date in the month. */
function monthOfCell(cell: unknown, dayOfCell: RiskBookTerms["dayOfCell"]): string {
  const [, year, month = ""] = /^(\d{4})[-/.]?(\d\d)$/.exec(String(cell ?? "").trim()) ?? [];
  if (year && month >= "01" && month <= "12") return `${year}-${month}`;
  const day = dayOfCell(cell);
  if (day) return day.slice(0, 7);
  throw new MarginError("notADate", { argument: "month", value: cell });
}

function namedByColumns(row: Cells<RiskColumn>, { rules, dayOfCell }: RiskBookTerms): Named {
  const product = productNamed(row.product, rules).code;
  const month = monthOfCell(row.month, dayOfCell);
  if (blank(row.right) && blank(row.strike)) return { product, month };
  const right = readRight(row.right);
  if (!right) throw new MarginError("unknownName", { argument: "right", value: row.right });
  return { product, month, option: { right, strike: number(row, "strike", "aboveZero") } };
}

/** What a row's columns say beside its code must be the code's. */
function checkBesideCode(row: Cells<RiskColumn>, { option }: Named): void {
  const [right, strike] = [readRight(row.right), optional(row, "strike", "aboveZero")];
  for (const [argument, value, ours] of [
    ["right", right, option?.right],
    ["strike", strike && digits(strike), option && digits(option.strike)],
  ] as const) {
    if (value === undefined || value === ours) continue;
    const detail = String(row.contract);
    throw new MarginError("contradiction", { argument, value: row[argument], detail });
  }
}

/** The last day: the row's, the code's, or the exchange's rule where its trading days are known. */
function lastDay(row: Cells<RiskColumn>, named: Named, terms: RiskBookTerms): Day | undefined {
  if (blank(row.expiry)) {
    return named.expiry ?? expiryOf(terms.rules, named.product, named.month, false)?.day;
  }
  const given = terms.dayOfCell(row.expiry);
  if (given) return given;
  throw new MarginError("notADate", { argument: "expiry", value: row.expiry });
}

function daysLeft({ month, expiry }: Named, { on }: RiskBookTerms): number {
  // The trading days of its year are not known: the row has to say its last.
  if (!expiry) throw new MarginError("missing", { argument: "expiry", detail: month });
  const days = numberFromDay(expiry) - numberFromDay(on);
  if (days >= 0) return days;
  throw new MarginError("notAllowed", { argument: "expiry", value: expiry, detail: "expired" });
}

/**
 * The volatility a model takes: the given one, or the one the settlement price implies.
 * An option settled at its intrinsic value has none left, and files print 0; beside time value 0 is an oversight.
 * @throws noModelFigure for 0 beside a price with time value
 */
export function modelVolatility(option: ModelOption, given: number | undefined): number {
  const { right, underlying, strike, settlement = 0, years } = option;
  const intrinsic = Math.max(right === "call" ? underlying - strike : strike - underlying, 0);
  if (given === undefined) {
    if (years === 0 || settlement <= intrinsic) return 0;
    return impliedVolatility(right, settlement, underlying, strike, years);
  }
  if (given > 0 || settlement <= intrinsic || years === 0) return given;
  const choices = [String(Number(intrinsic.toPrecision(15)))];
  throw new MarginError("noModelFigure", {
    argument: "volatility",
    value: given,
    detail: "zeroVolatility",
    choices,
  });
}

const within = (row: Cells<RiskColumn>, column: RiskColumn, must: Bound): number =>
  number(row, column, must).toNumber();

/** An option's array and delta by the model. */
function modelled(
  row: Cells<RiskColumn>,
  named: Named & { readonly option: NonNullable<Named["option"]> },
  typed: TypedParameters,
  multiplier: Amount,
  terms: RiskBookTerms,
): Pick<RiskSeries, "array" | "delta"> {
  const { right, strike } = named.option;
  if (!typed.vsr) throw new MarginError("missing", { argument: "vsr", detail: typed.product });
  const option: ModelOption = {
    right,
    strike: strike.toNumber(),
    underlying: within(row, "underlying", "aboveZero"),
    settlement: within(row, "settlement", "aboveZero"),
    years: daysLeft(named, terms) / DAYS_A_YEAR,
    volatility: 0,
  };
  // A printed 0 and a blank cell are alike: both are settled by the price.
  const given = optional(row, "volatility", "volatility")?.toNumber();
  const priced = { ...option, volatility: modelVolatility(option, given) };
  const scan = {
    priceScan: typed.psr.toNumber(),
    volatilityScan: typed.vsr.toNumber(),
    multiplier: multiplier.toNumber(),
  };
  const [delta = ONE] = asAmounts([compositeDelta(priced, scan, terms.profile)]);
  return { array: asAmounts(modelArray(priced, scan, terms.profile)), delta };
}

/**
 * A row of positions with its array: the row's own, a future's by its scan range, or the model's.
 * @throws MarginError that names the column; missing where the product has no parameters.
 */
export function riskHolding(
  row: Cells<RiskColumn>,
  parameters: readonly TypedParameters[],
  terms: RiskBookTerms,
): RiskHolding {
  const byCode = !blank(row.contract);
  const read = byCode ? namedByCode(row.contract, terms) : namedByColumns(row, terms);
  if (byCode) checkBesideCode(row, read);
  const named: Named = read.option ? { ...read, expiry: lastDay(row, read, terms) } : read;
  const { product, month, option } = named;
  const side = readSide(row.side);
  if (!side || side === "covered") {
    throw new MarginError("unknownName", { argument: "side", value: row.side });
  }
  const lots = number(row, "quantity", "wholeAboveZero");
  const commodity = terms.joins[product] ?? product;
  const typed = parameters.find((one) => one.product === commodity);
  if (!typed) throw new MarginError("missing", { argument: "parameters", detail: commodity });
  const own = terms.rules.products.find(({ code }) => code === product)?.unit;
  const multiplier = product === commodity ? typed.multiplier : amount(own as string);

  const cells = arrayCells(row);
  const future = {
    array: futureArray(typed.psr.times(multiplier), terms.profile.scenarios),
    delta: ONE,
  };
  const figures = cells
    ? {
        array: cells.map((cell, at) => numberWithin(cell, `a${at + 1}`)),
        delta: option ? numberWithin(row.delta, "delta") : ONE,
      }
    : option
      ? modelled(row, { ...named, option }, typed, multiplier, terms)
      : future;
  const price = optional(row, "settlement", "aboveZero");
  return {
    quantity: side === "short" ? lots.negated() : lots,
    series: {
      ...{ commodity, product, month, multiplier, ...figures, ...option },
      kind: option ? "option" : "future",
      ...(price && { price }),
      ...(named.expiry && { expiry: named.expiry }),
    },
  };
}
