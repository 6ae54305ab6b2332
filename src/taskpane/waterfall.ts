/** The bars of a change: from the margin before to the margin after, one bar a cause. */
import { digits, type Amount } from "../core";

/** Two levels, and the causes that lead from one to the other. */
export interface Levels<C extends { readonly amount: Amount }> {
  readonly before: Amount;
  readonly causes: readonly C[];
  readonly after: Amount;
}

export interface Bar<C> {
  readonly cause: C;
  /** In per cent of the chart's width. */
  readonly left: number;
  readonly width: number;
  readonly taken: boolean;
}

export interface Waterfall<C> {
  readonly bars: readonly Bar<C>[];
  readonly before: number;
  readonly after: number;
  /** Where the axis begins; zero, or a round figure below everything shown. */
  readonly axisFrom: number;
}

/** The causes that are shown: those of no amount are not. */
export const shownCauses = <C extends { readonly amount: Amount }>({
  causes,
}: Levels<C>): readonly C[] => causes.filter(({ amount }) => !amount.isZero());

/** Whether the parts add up to the change, to the last digit. */
export const addsUp = ({ causes, before, after }: Levels<{ readonly amount: Amount }>): boolean => {
  const end = causes.reduce((sum, { amount }) => sum.plus(amount), before);
  return end.equals(after);
};

/** Undefined where the parts don't add up: a wrong picture is worse than none. */
export function waterfallOf<C extends { readonly amount: Amount }>(
  of: Levels<C>,
): Waterfall<C> | undefined {
  if (!addsUp(of)) return undefined;
  const causes = shownCauses(of);
  const levels = [of.before];
  for (const { amount } of causes) levels.push((levels.at(-1) ?? of.before).plus(amount));
  const numbers = levels.map((level) => Number(digits(level)));
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const spread = high - low;
  const step = 10 ** Math.floor(Math.log10(spread > 0 ? spread : Math.max(1, high)));
  const near = Math.floor((low - spread / 10) / step) * step;
  const axisFrom = low >= 0 ? Math.max(0, near) : near;
  const axisTo = Math.max(Math.ceil(high / step) * step, axisFrom + step);
  const at = (level: number): number => ((level - axisFrom) / (axisTo - axisFrom)) * 100;
  const bars = causes.map((cause, index): Bar<C> => {
    const from = numbers[index] ?? low;
    const to = numbers[index + 1] ?? low;
    return {
      cause,
      left: at(Math.min(from, to)),
      width: at(Math.max(from, to)) - at(Math.min(from, to)),
      taken: to > from,
    };
  });
  return { bars, before: at(numbers[0] ?? 0), after: at(numbers.at(-1) ?? 0), axisFrom };
}
