/** What a code in a statement names: what our exchanges list, or an option of another market. */
import {
  amount,
  MarginError,
  readDay,
  namedByCode,
  readInstrument,
  sentence,
  type Amount,
  type Bilingual,
  type Day,
  type Instrument,
  type Right,
} from "../core";
import { exchanges } from "../exchanges";
import { hkex } from "../exchanges/hkex";

/** An option no rule of ours covers: Hong Kong stock options, the United States. */
export interface OtherOption {
  readonly kind: "otherOption";
  /** "HK", "US" where the code says so. */
  readonly market: string | undefined;
  readonly underlying: string;
  readonly right: Right;
  readonly strike: Amount;
  /** Contract month, "2026-12". */
  readonly month: string;
  /** Undefined where the code has no day and the exchange's trading days of that year aren't known. */
  readonly expiry: Day | undefined;
}

/** A future no rule of ours covers alone: Hong Kong indices. */
export interface OtherFuture {
  readonly kind: "otherFuture";
  readonly market: string | undefined;
  readonly underlying: string;
  readonly month: string;
}

export interface Security {
  readonly kind: "security";
}

export type Subject = Instrument | OtherOption | OtherFuture | Security;

/** A code that was read, or why not. */
export type Reading =
  | { readonly subject: Subject; readonly contract: string }
  | { readonly refused: Bilingual; readonly needsDay: boolean };

const MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

interface Grammar {
  readonly pattern: RegExp;
  /** The strike is written × 1000. */
  readonly milli: boolean;
}

const OTHERS: readonly Grammar[] = [
  // Futu: HK.TCH261230P480000
  {
    pattern:
      /^(?<market>HK|US)\.(?<underlying>[A-Z0-9.]{1,6}?)(?<yy>\d\d)(?<mm>\d\d)(?<dd>\d\d)(?<right>[CP])(?<strike>\d+)$/,
    milli: true,
  },
  // OSI: SPY   261218P00600000
  {
    pattern:
      /^(?<underlying>[A-Z0-9.]{1,6}) *(?<yy>\d\d)(?<mm>\d\d)(?<dd>\d\d)(?<right>[CP])(?<strike>\d{8})$/,
    milli: true,
  },
  // IBKR: SPY 18DEC26 600 P
  {
    pattern:
      /^(?<underlying>\S+) (?<dd>\d\d)(?<mon>[A-Z]{3})(?<yy>\d\d) (?<strike>\d+(?:\.\d+)?) (?<right>[CP])$/,
    milli: false,
  },
];

function otherOption(code: string): OtherOption | undefined {
  for (const { pattern, milli } of OTHERS) {
    const groups = pattern.exec(code)?.groups;
    if (!groups) continue;
    const named = groups["mon"] ? MONTHS.indexOf(groups["mon"]) / 3 + 1 : Number(groups["mm"]);
    const month = String(named).padStart(2, "0");
    const expiry = readDay(`20${groups["yy"]}-${month}-${groups["dd"]}`);
    const strike = amount(groups["strike"] as string);
    if (!expiry || !Number.isInteger(named) || strike.isZero()) continue;
    return {
      kind: "otherOption",
      market: groups["market"],
      underlying: groups["underlying"] as string,
      right: groups["right"] === "C" ? "call" : "put",
      strike: milli ? strike.dividedBy(1000) : strike,
      month: expiry.slice(0, 7),
      expiry,
    };
  }
  return undefined;
}

const HONG_KONG = new RegExp(
  `^(?:HK(?:EX)?\\.)?(?:${hkex.products.map(({ code }) => code).join("|")})\\d{0,6}[A-Z0-9]{2,4}(?:W\\d\\d)?$`,
  "i",
);

/** An index option or future as Hong Kong writes it: HSI24000L6, HSIZ6, HSI2612; a year of one digit takes a day. */
function hongKong(code: string, on: Day): OtherOption | OtherFuture | undefined {
  if (!HONG_KONG.test(code)) return undefined;
  try {
    const plain = code.toUpperCase().replace(/^HK(?:EX)?\./, "");
    const { product, month, option, expiry } = namedByCode(plain, { rules: hkex, on });
    const common = { market: "HK", underlying: product, month };
    return option
      ? { kind: "otherOption", ...common, ...option, expiry }
      : { kind: "otherFuture", ...common };
  } catch (error) {
    if (error instanceof MarginError) return undefined;
    throw error;
  }
}

/** The code in its exchange's own case, without the exchange's prefix or suffix; CFMMC prints capitals. */
function ownCase(code: string, subject: Instrument): string {
  const product = subject.kind === "option" ? subject.contract.product : subject.product?.code;
  const plain = code
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^[A-Z]{2,5}\./i, "")
    .replace(/\.[A-Z]{2,5}$/i, "");
  const starts = product && plain.toUpperCase().startsWith(product.toUpperCase());
  return starts ? product + plain.slice(product.length).toUpperCase() : plain;
}

/** Two days whose ten-year and one-year windows never agree on a year that the code leaves open. */
const [EARLY, LATE]: readonly [Day, Day] = ["2012-06-15", "2025-07-15"];

/**
 * Reads codes, each once. The day settles the decade of a one-digit year and the year of a short name;
 * without one only codes that need none are read.
 */
export class Codes {
  private readonly seen = new Map<string, Reading>();

  constructor(readonly on: Day | undefined) {}

  read(code: string, exchange?: string | undefined): Reading {
    const key = `${exchange ?? ""} ${code}`;
    const known = this.seen.get(key);
    if (known) return known;
    const reading = this.readNew(code.trim(), exchange);
    this.seen.set(key, reading);
    return reading;
  }

  private readNew(code: string, exchange: string | undefined): Reading {
    const other = otherOption(code);
    if (other) return { subject: other, contract: code };
    const [late, early] = (this.on ? [this.on] : [LATE, EARLY]).map((on) => hongKong(code, on));
    if (late && (!early || early.month === late.month)) return { subject: late, contract: code };
    if (late) return { refused: { zh: `“${code}”`, en: `“${code}”` }, needsDay: true };
    try {
      const subject = this.ours(code);
      if (subject) return { subject, contract: ownCase(code, subject) };
      return { refused: { zh: `“${code}”`, en: `“${code}”` }, needsDay: true };
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      const prefix = exchange && exchanges.find((rules) => goesBy(rules, exchange))?.exchange;
      if (prefix && !code.includes(".")) return this.read(`${prefix}.${code}`);
      return { refused: sentence(error), needsDay: false };
    }
  }

  private ours(code: string): Instrument | undefined {
    if (this.on) return readInstrument(code, exchanges, this.on);
    const [early, late] = [EARLY, LATE].map((on) => readInstrument(code, exchanges, on));
    const month = (read: Instrument | undefined) =>
      read?.kind === "option" ? read.contract.month : "";
    return month(early) === month(late) ? late : undefined;
  }
}

const goesBy = (
  { exchange, name, aliases }: (typeof exchanges)[number],
  printed: string,
): boolean =>
  [exchange, name.zh, name.en, ...aliases].some(
    (known) => known.toUpperCase() === printed.trim().toUpperCase(),
  );
