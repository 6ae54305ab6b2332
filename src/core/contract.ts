import { expiryOf, type Expiry } from "./calendar";
import { monthNumber, readDay, type Day } from "./day";
import { MarginError } from "./errors";
import { amount, exact, type Amount } from "./number";
import type { CodeGrammar, Product, RuleSet } from "./rule";
import { readRight, type Right } from "./terms";

/** An option contract, read from its code. */
export interface Contract {
  readonly rules: RuleSet;
  /** As the exchange writes it. */
  readonly product: string;
  /** Undefined where the product isn't in the exchange's table. */
  readonly terms: Product | undefined;
  readonly right: Right;
  /** Undefined where the code does not tell: an adjusted contract keeps its old strike in the code. */
  readonly strike: Amount | undefined;
  /** Undefined where the product's unit isn't known, or the contract was adjusted. */
  readonly unit: Amount | undefined;
  /** The contract month, "2026-12". */
  readonly month: string;
  /** The future or ETF the option is on, as its exchange writes it; the product for an index option. */
  readonly underlying: string;
  /** 月度系列期权, which expires a month before the plain series. */
  readonly series: boolean;
  /** Changed after a dividend or split: unit and strike are not the code's. */
  readonly adjusted: boolean;
  /** The last trading day and the rule it comes from; undefined where no source gave one. */
  readonly expiry: Expiry | undefined;
}

/** A code without exchange prefix or suffix, and the exchange that these named. */
interface PlainCode {
  readonly code: string;
  readonly rules: RuleSet | undefined;
}

const fold = (text: string): string => text.normalize("NFKC").trim().toUpperCase();

/** Products by their codes in capitals, for tables that name thousands of contracts. */
const listed = new WeakMap<readonly Product[], ReadonlyMap<string, Product>>();

/** The product a code names, in any case; the first of two that are named alike. */
function productNamed({ products }: RuleSet, code: string): Product | undefined {
  const byCode =
    listed.get(products) ??
    new Map([...products].reverse().map((one) => [fold(one.code), one] as const));
  listed.set(products, byCode);
  return byCode.get(code) ?? byCode.get(fold(code));
}

/** The exchange of a name: SSE, CZCE, 上交所 …, in any case. */
export function findExchange(name: unknown, exchanges: readonly RuleSet[]): RuleSet | undefined {
  if (typeof name !== "string") return undefined;
  const wanted = fold(name);
  return exchanges.find(
    ({ exchange, name: { zh, en }, aliases }) =>
      fold(exchange) === wanted || [zh, en, ...aliases].some((alias) => fold(alias) === wanted),
  );
}

/** An exchange's rules, and the product where the name says which of its editions ("CFFEX.MO"). */
export interface NamedRules {
  readonly rules: RuleSet;
  readonly product: string | undefined;
}

/** The error for a name that no exchange goes by. */
export const unknownExchange = (
  argument: string,
  value: unknown,
  exchanges: readonly RuleSet[],
): MarginError =>
  new MarginError("unknownName", {
    argument,
    value,
    ...(/^(?:HKEX|HKFE|港交所|香港交易所)$/i.test(String(value).trim()) && { detail: "hongKong" }),
    choices: exchanges.map(({ exchange }) => exchange),
  });

/** The rules a name stands for: an exchange, or an exchange and product where editions differ by product. */
export function findRules(name: unknown, exchanges: readonly RuleSet[]): NamedRules | undefined {
  const whole = findExchange(name, exchanges);
  if (whole) return { rules: whole, product: undefined };
  const parts = typeof name === "string" ? /^(.+)\.([A-Z0-9]+)$/i.exec(name.trim()) : null;
  const rules = parts ? findExchange(parts[1], exchanges) : undefined;
  const product = rules && productNamed(rules, parts?.[2] ?? "");
  return rules && product && { rules, product: product.code };
}

/** Strips `SHFE.` in front or `.DCE`, `.XSHG` behind; what they name is the exchange. */
function plainCode(text: string, exchanges: readonly RuleSet[]): PlainCode {
  const code = text.normalize("NFKC").replace(/\s+/g, "");
  const prefixed = /^([A-Z]{2,5})\.(.+)$/i.exec(code);
  const before = prefixed && findExchange(prefixed[1], exchanges);
  if (prefixed && before) return { code: prefixed[2] as string, rules: before };
  const suffixed = /^(.+)\.([A-Z]{2,5})$/i.exec(code);
  const behind = suffixed && findExchange(suffixed[2], exchanges);
  if (suffixed && behind) return { code: suffixed[1] as string, rules: behind };
  return { code, rules: undefined };
}

/**
 * The year of a one-digit year: the only one in the ten years up to some months after the day asked about,
 * as far ahead as options are listed; old statements are read with their own day.
 */
export function yearOf(digit: number, month: number, on: Day, monthsAhead: number): number {
  const latest = monthNumber(on) + monthsAhead;
  const latestYear = Math.floor(latest / 12);
  const year = latestYear - ((((latestYear - digit) % 10) + 10) % 10);
  return year * 12 + month - 1 > latest ? year - 10 : year;
}

/** The year of a month without one (short names): the next such month, the day's own included. */
function yearAhead(month: number, on: Day): number {
  const from = monthNumber(on);
  const year = Math.floor(from / 12);
  return year * 12 + month - 1 >= from ? year : year + 1;
}

/** A letter says right and month: A to L a call of January to December, M to X a put. */
const letterOf = (letter = ""): number => letter.toUpperCase().charCodeAt(0) - 65;

function monthOf(
  groups: Readonly<Record<string, string | undefined>>,
  on: Day,
  monthsAhead = 24,
): string | undefined {
  const month = Number(groups["mm"] ?? (letterOf(groups["letter"]) % 12) + 1);
  if (!(month >= 1 && month <= 12)) return undefined;
  const { yy, y } = groups;
  const year = yy
    ? 2000 + Number(yy)
    : y
      ? yearOf(Number(y), month, on, monthsAhead)
      : yearAhead(month, on);
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** The product a code names, by its code or by one of its short names. */
function productOf(
  rules: RuleSet,
  groups: Readonly<Record<string, string | undefined>>,
): { code: string; terms: Product | undefined } | undefined {
  const { product, shortName } = groups;
  if (product) {
    const terms = productNamed(rules, product);
    return { code: terms?.code ?? product, terms };
  }
  const named = Object.entries(rules.shortNames ?? {}).find(([, names]) =>
    names.some((name) => fold(name) === fold(shortName ?? "")),
  );
  return named && { code: named[0], terms: rules.products.find(({ code }) => code === named[0]) };
}

/** The expiry of a weekly option, which its code says; undefined for a day that month does not have. */
function writtenExpiry({ weekly }: RuleSet, month: string, date: string): Expiry | undefined {
  const day = readDay(`${month}-${date}`);
  return weekly && day ? { rule: weekly, month, day, shifted: true } : undefined;
}

/** @param anyProduct also one that the exchange's table doesn't have */
function readAs(
  rules: RuleSet,
  { pattern, monthsAhead }: CodeGrammar,
  { code, on, anyProduct }: { code: string; on: Day; anyProduct: boolean },
): Contract | undefined {
  const groups = pattern.exec(code)?.groups;
  if (!groups) return undefined;
  const found = productOf(rules, groups);
  if (!anyProduct && !found?.terms) return undefined;
  const right = groups["letter"]
    ? letterOf(groups["letter"]) < 12
      ? "call"
      : "put"
    : readRight(groups["right"]);
  const month = monthOf(groups, on, monthsAhead);
  if (!found || !right || !month) return undefined;
  const adjusted = Boolean(groups["flag"]) && groups["flag"]?.toUpperCase() !== "M";
  const unit = found.terms?.unit;
  const strike = groups["milli"]
    ? amount(groups["milli"]).dividedBy(1000)
    : amount(groups["strike"] as string);
  if (strike.isZero()) return undefined;
  const series = Boolean(groups["series"]);
  const expiry = groups["week"]
    ? writtenExpiry(rules, month, groups["week"])
    : expiryOf(rules, found.code, month, series);
  if (groups["week"] && !expiry) return undefined;
  return {
    rules,
    product: found.code,
    terms: found.terms,
    right,
    // A trading code keeps the old strike after an adjustment; a short name shows the new one.
    strike: adjusted && !groups["shortName"] ? undefined : strike,
    unit: adjusted || !unit ? undefined : exact.of(unit),
    month,
    underlying:
      rules.underlying === "future"
        ? `${found.code}${groups["yy"] ?? groups["y"]}${groups["mm"]}`
        : found.code,
    series,
    adjusted,
    expiry,
  };
}

/** How Hong Kong writes its index options and futures, for a message that says where they belong. */
const HONG_KONG = /^(?:HKEX\.)?(?:H[SHT]I|MHI|MCH)(?:\d{3,6}[A-X]\d(?:W\d\d)?|[F-Z]\d|\d{4})$/i;

/**
 * Reads a contract code by the exchanges' grammars.
 *
 * `on` settles what the code leaves open: the decade of a one-digit year, the year of a short name.
 * A product outside the table is only read behind its exchange's name ("DCE.xx2701-C-100").
 * @throws unknownName for a code no exchange writes, a bare instrument number, or one that two exchanges share.
 */
export function readContract(
  value: unknown,
  exchanges: readonly RuleSet[],
  on: Day,
  argument = "contract",
): Contract {
  const text = typeof value === "number" ? String(value) : value;
  const refuse = (detail: string, choices: readonly string[] = []): never => {
    throw new MarginError("unknownName", { argument, value, detail, choices });
  };
  if (typeof text !== "string") return refuse("contract");
  const { code, rules } = plainCode(text, exchanges);
  const candidates = rules ? [rules] : exchanges;
  const asked = { code, on, anyProduct: rules !== undefined };
  const read: Contract[] = [];
  for (const candidate of candidates) {
    for (const grammar of candidate.codes) {
      const contract = readAs(candidate, grammar, asked);
      if (contract) read.push(contract);
    }
  }
  const known = read.filter(({ terms }) => terms);
  const found = known.length > 0 ? known : read;
  if (found.length > 1) {
    return refuse(
      "ambiguous",
      found.map((c) => `${c.rules.exchange} ${c.product}`),
    );
  }
  if (found[0]) return found[0];
  const number = candidates.some(({ codes }) =>
    codes.some(({ pattern }) => pattern.exec(code)?.groups?.["number"]),
  );
  return refuse(number ? "instrumentNumber" : HONG_KONG.test(code) ? "hongKong" : "contract");
}

/** What a positions table may name: an option, a future or the underlying ETF's shares. */
export type Instrument =
  | { readonly kind: "option"; readonly contract: Contract }
  | Future
  | { readonly kind: "shares"; readonly rules: RuleSet; readonly product: Product };

/** Rules and product are unknown for a future without options of its own, such as IF; the month is as an option's. */
export interface Future {
  readonly kind: "future";
  readonly rules?: RuleSet;
  readonly product: Product | undefined;
  readonly month: string | undefined;
}

const FUTURE = /^(?<product>[A-Z]{1,2})(?:(?<yy>\d\d)|(?<y>\d))(?<mm>\d\d)$/i;

/** A future (m2701, SR701, IF2612) or an ETF (510050) that options are listed on. */
function readUnderlying(
  value: string,
  exchanges: readonly RuleSet[],
  on: Day,
): Exclude<Instrument, { kind: "option" }> | undefined {
  const { code, rules: named } = plainCode(value, exchanges);
  const groups = FUTURE.exec(code)?.groups;
  const letters = groups?.["product"];
  const month = groups && monthOf(groups, on);
  for (const rules of named ? [named] : exchanges) {
    if (rules.underlying === "future" && letters) {
      const product = productNamed(rules, letters);
      if (product) return { kind: "future", rules, product, month };
    } else if (rules.underlying === "etf") {
      const product = productNamed(rules, code);
      if (product) return { kind: "shares", rules, product };
    }
  }
  return letters ? { kind: "future", product: undefined, month } : undefined;
}

/**
 * Reads what a code names, on a day.
 * @throws unknownName as readContract does.
 */
export function readInstrument(value: unknown, exchanges: readonly RuleSet[], on: Day): Instrument {
  const text = typeof value === "number" ? String(value) : value;
  const underlying = typeof text === "string" ? readUnderlying(text, exchanges, on) : undefined;
  return underlying ?? { kind: "option", contract: readContract(value, exchanges, on) };
}
