/**
 * The few operations a margin formula may use.
 *
 * A rule is written once against this interface and then runs over exact decimals
 * (the answer, number.ts), over text (the rule as a spreadsheet formula, formula.ts)
 * and over whatever a later need brings.
 */
export interface Arithmetic<N> {
  readonly zero: N;
  /** A figure as the rulebook prints it, for example "0.12". */
  of(figure: string): N;
  plus(a: N, b: N): N;
  minus(a: N, b: N): N;
  times(a: N, b: N): N;
  /** Division. Only for deriving one parameter from another: no margin formula divides. */
  over(a: N, b: N): N;
  max(a: N, b: N): N;
  min(a: N, b: N): N;
  /** `then` where a is above b, else `otherwise`. Only for combinations, which ask which leg needs more. */
  ifAbove(a: N, b: N, then: N, otherwise: N): N;
}
