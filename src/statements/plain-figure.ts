/**
 * Figures of fixed width, four bytes at a time. A load of four has the leftmost byte lowest; blanks and digits are told
 * by their bits: a blank is 0x20, the digits are 0x30 to 0x39.
 */

const BLANKS = 0x20202020;
const LOW = 0x0f0f0f0f;
const HIGH = 0x10101010;
/** Added to what is no digit's low half, it carries. */
const SIX = 0x06060606;
const POINT = 46;

/** By how many of four bytes count, those on the right: a mask for them, and blanks for the others. */
const KEPT = Int32Array.of(0, 0xff000000, 0xffff0000, 0xffffff00, 0xffffffff);
const FILLED = Int32Array.of(BLANKS, 0x00202020, 0x00002020, 0x00000020, 0);
/** Ten-thousandths in a unit of the last decimal. */
const SCALES = Float64Array.of(1e4, 1e3, 1e2, 10);

/** Which of four bytes are digits, as bits; -1 where they are not blanks followed by digits. */
function digitsOf(four: number): number {
  const digits = four & HIGH;
  const low = four & LOW;
  const wrong =
    ((four & 0xe0e0e0e0) ^ BLANKS) |
    ((low + SIX) & HIGH) |
    // A blank's low half is nothing; behind a digit there is none.
    (low & ~(digits - (digits >>> 4))) |
    ((digits << 8) & ~digits);
  return wrong === 0 ? digits : -1;
}

/** The number that four digits make, blanks counting as noughts. */
function valueOf(four: number): number {
  const low = four & LOW;
  const pairs = Math.imul(low, 10) + (low >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
}

/**
 * A figure in ten-thousandths that fills a cell up to its end, with so many decimals (fewer than four) behind a point;
 * -1 where it isn't one, or has more than eight digits before the point.
 */
export function fixedFigure(view: DataView, end: number, width: number, decimals: number): number {
  let behind = 0;
  let until = end;
  if (decimals > 0) {
    const four = view.getInt32(end - 4, true);
    const kept = KEPT[decimals] as number;
    const digits = four & kept;
    if (((four >>> (8 * (3 - decimals))) & 0xff) !== POINT) return -1;
    if ((digits & 0xf0f0f0f0) !== (kept & 0x30303030)) return -1;
    if ((((digits & LOW) + SIX) & HIGH) !== 0) return -1;
    behind = valueOf(digits);
    until = end - decimals - 1;
  }
  const count = width - (end - until);
  if (count < 1) return -1;
  const four = view.getInt32(until - 4, true);
  const ones = count < 4 ? (four & (KEPT[count] as number)) | (FILLED[count] as number) : four;
  const digits = digitsOf(ones);
  // The last one is a digit.
  if (digits === -1 || (digits & 0x10000000) === 0) return -1;
  let whole = valueOf(ones);
  if (count > 4) {
    const more = count - 4;
    const next = view.getInt32(until - 8, true);
    const tens = more < 4 ? (next & (KEPT[more] as number)) | (FILLED[more] as number) : next;
    if (tens !== BLANKS) {
      const ahead = digitsOf(tens);
      if (ahead === -1 || digits !== HIGH) return -1;
      whole += valueOf(tens) * 10_000;
    }
    let at = until - count;
    for (; at + 4 <= until - 8; at += 4) if (view.getInt32(at, true) !== BLANKS) return -1;
    const rest = until - 8 - at;
    if (rest > 0) {
      const first = view.getInt32(at + rest - 4, true);
      if (((first ^ BLANKS) & (KEPT[rest] as number)) !== 0) return -1;
    }
  }
  return whole * 10_000 + behind * (SCALES[decimals] as number);
}

/** Whether a cell is plainly blanks, digits and their signs. */
export function isPrintable(view: DataView, start: number, width: number): boolean {
  const last = start + width - 4;
  if (last < start) return false;
  let wrong = (view.getInt32(last, true) & 0xe0e0e0e0) ^ BLANKS;
  for (let at = start; at < last; at += 4) {
    wrong |= (view.getInt32(at, true) & 0xe0e0e0e0) ^ BLANKS;
  }
  return wrong === 0;
}

/** Whether two cells of four bytes or more are the same. */
export function isAlike(view: DataView, one: number, other: number, width: number): boolean {
  for (let i = 0; i < width - 4; i += 4) {
    if (view.getInt32(one + i) !== view.getInt32(other + i)) return false;
  }
  return view.getInt32(one + width - 4) === view.getInt32(other + width - 4);
}
