/**
 * A third arithmetic, for the tests alone: fractions of big integers, exact without any rounding,
 * and sharing no code with the product's decimals.
 */
import type { Arithmetic } from "../../src/core/arithmetic";

export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

function reduced(top: bigint, bottom: bigint): Fraction {
  const shared = gcd(top, bottom) || 1n;
  const sign = bottom < 0n ? -1n : 1n;
  return { top: (sign * top) / shared, bottom: (sign * bottom) / shared };
}

const below = (a: Fraction, b: Fraction): boolean => a.top * b.bottom < b.top * a.bottom;

/** Reads plain decimal digits. */
export function fraction(digits: string): Fraction {
  const [whole = "0", decimals = ""] = digits.split(".");
  return reduced(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

export const fractions: Arithmetic<Fraction> = {
  zero: { top: 0n, bottom: 1n },
  of: fraction,
  plus: (a, b) => reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
  minus: (a, b) => reduced(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
  times: (a, b) => reduced(a.top * b.top, a.bottom * b.bottom),
  over: (a, b) => reduced(a.top * b.bottom, a.bottom * b.top),
  max: (a, b) => (below(a, b) ? b : a),
  min: (a, b) => (below(b, a) ? b : a),
  ifAbove: (a, b, then, otherwise) => (below(b, a) ? then : otherwise),
};

/** The digits of a fraction that ends, or its nearest double where it does not. */
export function shown({ top, bottom }: Fraction): string {
  let scale = 0;
  let power = 1n;
  while (power % bottom !== 0n && scale < 60) {
    scale += 1;
    power *= 10n;
  }
  if (power % bottom !== 0n) return String(Number(top) / Number(bottom));
  const digits = ((top < 0n ? -top : top) * (power / bottom)).toString().padStart(scale + 1, "0");
  const sign = top < 0n ? "-" : "";
  const decimals = scale ? digits.slice(-scale).replace(/0+$/, "") : "";
  return sign + digits.slice(0, digits.length - scale) + (decimals && `.${decimals}`);
}
