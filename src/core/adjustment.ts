/** Contract adjustment 合约调整: unit, strike and name of an ETF option after a dividend, a split or a rights issue. */
import { MarginError } from "./errors";
import { digits, exact, type Amount } from "./number";
import type { Citation } from "./rule";

/** How an exchange adjusts. */
export interface AdjustmentRule {
  readonly source: Citation;
  /** What strike × old unit is divided by: the new unit, or what it was before it was rounded. */
  readonly strikeOver: "newUnit" | "unroundedUnit";
  readonly strikeDecimals: number;
  readonly settlementDecimals: number;
  /** Where the mark of adjustment stands in a trading code: at a place counted from 0, or behind its last digit. */
  readonly markAt: number | "end";
  /** What is done where the locked shares of covered calls no longer suffice; the article says it. */
  readonly coveredShortfall: Citation;
  /** The same as data: an ordinary short from the evening of the ex-date, or made up or closed by the trading day after. */
  readonly shortfallBecomes: "ordinaryShort" | "madeUp";
}

/** What happens to the ETF, all per share; bonus is the growth in number (n − 1 for a split), above −1. */
export interface CorporateAction {
  readonly close: Amount;
  readonly dividend: Amount;
  readonly bonus: Amount;
  readonly rights: Amount;
  readonly rightsPrice: Amount;
}

/** The new unit before it is rounded, as a fraction, so that nothing is rounded before its time. */
export interface UnroundedUnit {
  readonly over: Amount;
  readonly under: Amount;
}

/** What an adjustment changes; prices per share. */
export interface AdjustedTerms {
  readonly unit: Amount;
  readonly strike: Amount;
  readonly previousSettlement: Amount;
}

/**
 * The new unit before rounding: unit × (1 + bonus + rights) × close ÷ (close − dividend + rightsPrice × rights).
 * @throws outOfRange where the dividend leaves no price.
 *
 * @example unit 10000, close 2.46, dividend 0.053: 24600 ÷ 2.407, which rounds to 10220
 */
export function unroundedUnit(
  unit: Amount,
  { close, dividend, bonus, rights, rightsPrice }: CorporateAction,
): UnroundedUnit {
  const under = close.minus(dividend).plus(rightsPrice.times(rights));
  if (under.lessThanOrEqualTo(0)) {
    throw new MarginError("outOfRange", {
      argument: "dividend",
      value: dividend,
      must: "belowClose",
      detail: `close ${digits(close)}`,
    });
  }
  return { over: unit.times(bonus.plus(rights).plus(1)).times(close), under };
}

/** The new unit, whole shares, half up. @throws notAllowed where no share is left */
export function wholeUnit({ over, under }: UnroundedUnit): Amount {
  const unit = over.dividedBy(under).toDecimalPlaces(0);
  if (!unit.isZero()) return unit;
  throw new MarginError("notAllowed", { argument: "unit", value: unit, detail: "noShareLeft" });
}

/** A price of before over a new unit, half up. @throws notAllowed where it rounds to nothing */
function rescaled(price: Amount, unit: Amount, next: UnroundedUnit, decimals: number, of: string) {
  const after = price.times(unit).times(next.under).dividedBy(next.over).toDecimalPlaces(decimals);
  if (!after.isZero()) return after;
  throw new MarginError("notAllowed", { argument: of, value: price, detail: "roundsToNothing" });
}

/** The new strike; notices of single stocks print 2 decimals, those of ETFs 3. */
export const adjustedStrike = (
  { strikeOver, strikeDecimals }: AdjustmentRule,
  strike: Amount,
  unit: Amount,
  next: UnroundedUnit,
  decimals = strikeDecimals,
): Amount =>
  rescaled(
    strike,
    unit,
    strikeOver === "newUnit" ? { over: wholeUnit(next), under: exact.of("1") } : next,
    decimals,
    "strike",
  );

/** The new previous settlement, which opening margin and price limits of the ex-date use. */
export const adjustedSettlement = (
  { settlementDecimals }: AdjustmentRule,
  settlement: Amount,
  unit: Amount,
  newUnit: Amount,
): Amount =>
  rescaled(
    settlement,
    unit,
    { over: newUnit, under: exact.of("1") },
    settlementDecimals,
    "settlement",
  );

/** 备兑: the shares that lots of a covered call lock. */
export const coveredShares = (unit: Amount, lots: Amount): Amount => unit.times(lots);

/** 备兑不足: the shares that are missing, 0 where enough are locked; after an adjustment, by the new unit. */
export const coveredShortfall = (unit: Amount, lots: Amount, locked: Amount): Amount =>
  exact.max(coveredShares(unit, lots).minus(locked), exact.zero);

/** The next mark: none or M (standard) becomes A, A becomes B; M itself is never a mark, and after Z there is none. */
function nextMark(mark: string, of: string): string {
  if (mark === "" || mark === "M") return "A";
  if (mark === "Z") {
    throw new MarginError("notAllowed", { argument: "contract", value: of, detail: "lastMark" });
  }
  return mark === "L" ? "N" : String.fromCharCode(mark.charCodeAt(0) + 1);
}

const notACode = (value: string): MarginError =>
  new MarginError("unknownName", { argument: "contract", value, detail: "contract" });

/**
 * The trading code after an adjustment: only its mark changes, the strike in it stays the old one.
 * @throws unknownName for a text that has no place for the mark; notAllowed where the mark is the last one
 * @example adjustedCode(sse.adjustment, "510050C2612M03100") // "510050C2612A03100"
 */
export function adjustedCode({ markAt }: AdjustmentRule, code: string): string {
  const parts =
    markAt === "end"
      ? /^(\d{6}[CP].*\d)([A-Z]?)()$/i.exec(code)
      : new RegExp(`^(\\d{6}[CP].{${markAt - 7}})([A-Z])(\\d+)$`, "i").exec(code);
  if (!parts) throw notACode(code);
  const [, before = "", mark = "", after = ""] = parts;
  return before + nextMark(mark.toUpperCase(), code) + after;
}

/**
 * The short name after an adjustment, which shows the new strike.
 * @example adjustedShortName("50ETF购12月3100", 3.033) // "50ETF购12月3033A"
 */
export function adjustedShortName(name: string, strike: Amount): string {
  const parts = /^(.+月)\d+([A-Z]?)$/i.exec(name.trim());
  if (!parts) throw notACode(name);
  const mark = nextMark((parts[2] ?? "").toUpperCase(), name);
  return `${parts[1]}${digits(strike.times(1000))}${mark}`;
}
