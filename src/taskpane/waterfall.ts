/** The bars of a change: from the margin before to the margin after, one bar a cause. */
import type { Cause, Since } from "../account";
import { digits } from "../core";

export interface Bar {
  readonly cause: Cause;
  /** In per cent of the chart's width. */
  readonly left: number;
  readonly width: number;
  readonly taken: boolean;
}

export interface Waterfall {
  readonly bars: readonly Bar[];
  readonly before: number;
  readonly after: number;
  /** Where the axis begins; zero, or a round figure below everything shown. */
  readonly axisFrom: number;
}

/** The causes that are shown: those of no amount are not. */
export const shownCauses = ({ causes }: Since): readonly Cause[] =>
  causes.filter(({ amount }) => !amount.isZero());

/** Whether the parts add up to the change, to the last digit. */
export const addsUp = ({ causes, before, after }: Since): boolean => {
  const end = causes.reduce((sum, { amount }) => sum.plus(amount), before);
  return end.equals(after);
};

/** Undefined where the parts don't add up: a wrong picture is worse than none. */
export function waterfallOf(since: Since): Waterfall | undefined {
  if (!addsUp(since)) return undefined;
  const causes = shownCauses(since);
  const levels = [since.before];
  for (const { amount } of causes) levels.push((levels.at(-1) ?? since.before).plus(amount));
  const numbers = levels.map((level) => Number(digits(level)));
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const spread = high - low;
  const step = 10 ** Math.floor(Math.log10(spread > 0 ? spread : Math.max(1, high)));
  const near = Math.floor((low - spread / 10) / step) * step;
  const axisFrom = low >= 0 ? Math.max(0, near) : near;
  const axisTo = Math.max(Math.ceil(high / step) * step, axisFrom + step);
  const at = (level: number): number => ((level - axisFrom) / (axisTo - axisFrom)) * 100;
  const bars = causes.map((cause, index): Bar => {
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
