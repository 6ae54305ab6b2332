import type { Arithmetic } from "./arithmetic";
import { MarginError } from "./errors";
import { digits, readNumber } from "./number";

/** A piece of spreadsheet formula and how tightly its outermost operation binds. */
export interface Expression {
  readonly text: string;
  readonly binds: "sum" | "product" | "atom";
}

const atom = (text: string): Expression => ({ text, binds: "atom" });
const ZERO = "0";

/** In a product a sum needs brackets; so does anything right of a minus or a division that isn't tighter. */
const factor = (e: Expression): string => (e.binds === "sum" ? `(${e.text})` : e.text);
const subtrahend = factor;
const divisor = (e: Expression): string => (e.binds === "atom" ? e.text : `(${e.text})`);

/** The arithmetic of text: the same rule as a native spreadsheet formula. */
export const text: Arithmetic<Expression> = {
  zero: atom(ZERO),
  of: (figure) => atom(figure),
  plus(a, b) {
    if (b.text === ZERO) return a;
    return { text: `${a.text}+${b.text}`, binds: "sum" };
  },
  minus(a, b) {
    if (b.text === ZERO) return a;
    return { text: `${a.text}-${subtrahend(b)}`, binds: "sum" };
  },
  times: (a, b) => ({ text: `${factor(a)}*${factor(b)}`, binds: "product" }),
  over: (a, b) => ({ text: `${factor(a)}/${divisor(b)}`, binds: "product" }),
  max: (a, b) => atom(`MAX(${a.text},${b.text})`),
  min: (a, b) => atom(`MIN(${a.text},${b.text})`),
  ifAbove: (a, b, then, otherwise) =>
    atom(`IF(${a.text}>${b.text},${then.text},${otherwise.text})`),
};

const CELL =
  /^(?:(?:'(?:[^'[\]*?:/\\]|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?\$?[A-Z]{1,3}\$?[1-9]\d{0,6}$/iu;
const NAME = /^[\p{L}_][\p{L}\p{N}_.]{0,254}$/u;
/** Words a spreadsheet does not take for a name: truth values and R1C1 references. */
const NOT_A_NAME = /^(?:true|false|r\d*c\d*|r\d+|c\d+|r|c)$/i;

/**
 * Reads one operand of a formula: a cell reference, a defined name or a number above zero.
 * Everything else is refused, so no text of a user can become more than an operand.
 */
export function readOperand(value: unknown, argument: string): Expression {
  const number = readNumber(value);
  if (number) {
    if (number.greaterThan(0)) return atom(digits(number));
    throw new MarginError("outOfRange", { argument, value, must: "aboveZero" });
  }
  const trimmed = typeof value === "string" ? value.trim() : "";
  if (CELL.test(trimmed) || (NAME.test(trimmed) && !NOT_A_NAME.test(trimmed))) return atom(trimmed);
  throw new MarginError("notAllowed", {
    argument,
    value,
    detail: "reference",
  });
}
