/** A figure that stands in the same place of every row, ended by the same number of decimals. */
const POINT = 46;
const BLANKS = 0x20202020;
const LOW = 0x0f0f0f0f;
const HIGH = 0x10101010;
const SIX = 0x06060606;
const LAST = 0x10000000;

/** Digits before a point, at the most and in the least of cells; and those behind it. */
const MOST_DIGITS = 8;
const FOUR = 4;
const MOST_DECIMALS = 3;

/** Of four bytes so many on the right. */
const onRight = (count: number): number => (count === 0 ? 0 : -1 << (8 * (FOUR - count)));

/** The number that four digits make, by their lower halves. */
function valueOf(low: number): number {
  const pairs = Math.imul(low, 10) + (low >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
}

/** Bits that four bytes have if they aren't blanks and digits behind them, one at least. */
function wrongIn(four: number): number {
  const low = four & LOW;
  const digits = four & HIGH;
  return (
    ((four & 0xe0e0e0e0) ^ BLANKS) |
    // A blank's lower half is nothing, a digit's nine at most; behind a digit there is no blank.
    ((low + SIX) & HIGH) |
    (low & ~(digits - (digits >>> 4))) |
    ((digits << 8) & ~digits) |
    (~digits & LAST)
  );
}

/** A load of four has the leftmost byte lowest. */
export class FixedCell {
  private constructor(
    /** Where its digits may begin, bytes that aren't blanks before it. */
    readonly first: number,
    readonly decimals: number,
    private readonly ones: number,
    private readonly tens: number,
    private readonly tensKept: number,
    private readonly tensFilled: number,
    private readonly point: number,
    private readonly pointIs: number,
    private readonly pointBy: number,
    private readonly behindKept: number,
    private readonly scale: number,
  ) {}

  /** The cell from one place to another of a row that begins at the start; undefined for what isn't a plain figure. */
  static of(bytes: Uint8Array, start: number, from: number, end: number): FixedCell | undefined {
    const found = bytes.subarray(start + from, start + end).indexOf(POINT);
    const until = found < 0 ? end : from + found;
    const decimals = found < 0 ? 0 : end - until - 1;
    const whole = until - from;
    if (whole < FOUR || decimals > MOST_DECIMALS || (found >= 0 && decimals === 0))
      return undefined;
    const digits = Math.min(whole, MOST_DIGITS);
    const kept = onRight(decimals);
    return new FixedCell(
      until - digits,
      decimals,
      until - FOUR,
      until - MOST_DIGITS,
      onRight(digits - FOUR),
      BLANKS & ~onRight(digits - FOUR),
      end - FOUR,
      decimals === 0 ? 0 : (0x30303030 & kept) | (POINT << (8 * (MOST_DECIMALS - decimals))),
      decimals === 0 ? 0 : (0xf0f0f0f0 & kept) | (0xff << (8 * (MOST_DECIMALS - decimals))),
      kept,
      10 ** (FOUR - decimals),
    );
  }

  /**
   * Of rows one behind the other, so many bytes each, the figures in ten-thousandths, written from a place on; -1 for
   * each that isn't plain.
   */
  parts(
    view: DataView,
    start: number,
    width: number,
    rows: number,
    to: Float64Array,
    from: number,
  ): void {
    this.wholes(view, start, width, rows, to, from);
    const { pointIs, pointBy, behindKept, scale } = this;
    let at = start + this.point;
    for (let i = from; i < from + rows; i++, at += width) {
      const four = view.getInt32(at, true);
      const behind = four & behindKept & LOW;
      const wrong = ((four ^ pointIs) & pointBy) | ((behind + SIX) & HIGH);
      const whole = to[i] as number;
      to[i] = wrong === 0 && whole >= 0 ? whole * 10_000 + valueOf(behind) * scale : -1;
    }
  }

  /** Of the same rows, how many have a plain figure there, up to the first that hasn't. */
  plain(view: DataView, start: number, width: number, rows: number): number {
    const { tensKept, tensFilled, pointIs, pointBy, behindKept } = this;
    const [ahead, behind] = [this.tens - this.ones, this.point - this.ones];
    let at = start + this.ones;
    for (let i = 0; i < rows; i++, at += width) {
      const four = view.getInt32(at, true);
      const tens = (view.getInt32(at + ahead, true) & tensKept) | tensFilled;
      const point = view.getInt32(at + behind, true);
      const wrong =
        wrongIn(four) |
        ((point ^ pointIs) & pointBy) |
        (((point & behindKept & LOW) + SIX) & HIGH) |
        (tens === BLANKS ? 0 : wrongIn(tens) | (~four & HIGH));
      if (wrong !== 0) return i;
    }
    return rows;
  }

  /** What stands before their points, likewise. */
  wholes(
    view: DataView,
    start: number,
    width: number,
    rows: number,
    to: Float64Array | Int32Array,
    from: number,
  ): void {
    const { tensKept, tensFilled } = this;
    const ahead = this.tens - this.ones;
    let at = start + this.ones;
    for (let i = from; i < from + rows; i++, at += width) {
      const four = view.getInt32(at, true);
      const tens = (view.getInt32(at + ahead, true) & tensKept) | tensFilled;
      const low = four & LOW;
      to[i] =
        wrongIn(four) !== 0
          ? -1
          : tens === BLANKS
            ? valueOf(low)
            : // Behind more digits there is no blank.
              (wrongIn(tens) | (~four & HIGH)) === 0
              ? valueOf(low) + valueOf(tens & LOW) * 10_000
              : -1;
    }
  }
}
