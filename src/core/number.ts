import Decimal from "decimal.js";
import type { Arithmetic } from "./arithmetic";

/** Our own Decimal: 40 digits, half-up, untouched by what other code sets globally. */
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, defaults: true });

/** An exact decimal number. */
export type Amount = Decimal;

/** Figures that rules name by their digits: the same ones again and again. */
const figures = new Map<string, Amount>();
const MOST_FIGURES = 1000;

function figure(digits: string): Amount {
  const known = figures.get(digits);
  if (known) return known;
  const made = new Exact(digits);
  if (figures.size < MOST_FIGURES) figures.set(digits, made);
  return made;
}

/** The arithmetic of the answer: exact decimals. */
export const exact: Arithmetic<Amount> = {
  zero: new Exact(0),
  of: figure,
  plus: (a, b) => a.plus(b),
  minus: (a, b) => a.minus(b),
  times: (a, b) => a.times(b),
  over: (a, b) => a.dividedBy(b),
  max: (a, b) => (a.lessThan(b) ? b : a),
  min: (a, b) => (a.greaterThan(b) ? b : a),
  ifAbove: (a, b, then, otherwise) => (a.greaterThan(b) ? then : otherwise),
};

/** A figure as printed, exact. */
export const amount = (figure: string | number): Amount => new Exact(figure);

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * Reads a number as it was typed.
 *
 * A double becomes its 15 significant digits (what Excel keeps), so 0.1 + 0.2 arrives as 0.3.
 * Text may have full-width digits, thousands commas and a percent sign.
 * Anything else (NaN, ∞, blanks, truth values) is undefined: the caller says what was wrong.
 *
 * @example readNumber(" １,２３４.５ ") // 1234.5
 */
export function readNumber(value: unknown): Amount | undefined {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return undefined;
    return new Exact(Number.isInteger(value) && value < 1e15 ? value : value.toPrecision(15));
  }
  if (typeof value !== "string") return undefined;
  const text = value.normalize("NFKC").replace(/−/g, "-").trim();
  const percent = text.endsWith("%");
  const body = percent ? text.slice(0, -1).trim() : text;
  if (!PLAIN.test(body) && !GROUPED.test(body)) return undefined;
  const number = new Exact(body.replace(/,/g, ""));
  return percent ? number.dividedBy(100) : number;
}

/** A number's plain digits, never in scientific notation. */
export const digits = (n: Amount): string => n.toFixed();

/** The double nearest to a number; where it has few digits, without the detour by their text. */
export function double(n: Amount): number {
  // Words of seven digits, the first of them standing for e and what is below.
  const { d, e, s } = n;
  const [first = 0, second] = d;
  if (d.length > 2 || e < -7 || e >= 14) return n.toNumber();
  const words = second === undefined ? first : first * 1e7 + second;
  const shift = Math.floor(e / 7) + 1 - d.length;
  return s * (shift < 0 ? words / (shift === -1 ? 1e7 : 1e14) : shift > 0 ? words * 1e7 : words);
}

/** Whether a value is an exact number of ours. */
export const isAmount = (value: unknown): value is Amount => value instanceof Exact;
