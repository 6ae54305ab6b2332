/** What is gained along the price: held until the options expire, and by the model before. */
import type { Payoff } from "../../account";
import { h, type Child, type Described } from "../element";
import {
  label,
  moveAxis,
  pathOf,
  picture,
  px,
  roundTicks,
  scale,
  segment,
  spanFor,
  type Plot,
} from "./chart";

export interface PayoffPicture {
  readonly payoff: Payoff;
  /** The move that is assumed, a fraction. */
  readonly move: number;
  readonly width: number;
  readonly label: string;
}

const HEIGHT = 170;

/** "−50k", "1.2M": money on an axis, where there is little room. */
export function shortMoney(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "\u2212" : "";
  const short = (by: number, unit: string): string =>
    `${sign}${Number((size / by).toFixed(2))}${unit}`;
  return size >= 1e9
    ? short(1e9, "B")
    : size >= 1e6
      ? short(1e6, "M")
      : size >= 1000
        ? short(1000, "k")
        : short(1, "");
}

/** What an interpolated line stands at. */
function between(moves: readonly number[], values: ArrayLike<number>, move: number): number {
  const at = Math.min(moves.length - 2, Math.max(0, moves.findIndex((one) => one >= move) - 1));
  const [a, b] = [moves[at] as number, moves[at + 1] as number];
  const [from, to] = [values[at] as number, values[at + 1] as number];
  return from + ((to - from) * (move - a)) / (b - a);
}

export function payoffPicture({ payoff, move, width, label: said }: PayoffPicture): Described {
  const moves = payoff.moves.map((one) => one.toNumber());
  const span = spanFor([move, 0.06]);
  const seen = moves.flatMap((one, index) => (Math.abs(one) <= span + 1e-9 ? [index] : []));
  const values = [
    ...seen.flatMap((i) => [payoff.then[i] as number, payoff.expired[i] as number]),
    0,
  ];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || 1) * 0.06;
  const [low, high] = [least - room, most + room];
  const ticks = roundTicks(low, high, 4);
  const labels = ticks.map(shortMoney);
  const left = 10 + 6.4 * Math.max(3, ...labels.map(({ length }) => length));
  const plot: Plot = { left, right: width - 8, top: 6, bottom: HEIGHT - 20 };
  const across = scale(-span, span, plot.left, plot.right);
  const up = scale(low, high, plot.bottom, plot.top);
  const along = (of: Float64Array): string =>
    pathOf(
      seen.map((i) => moves[i] as number),
      seen.map((i) => of[i] as number),
      across,
      up,
    );
  const here = between(moves, payoff.then, move);
  return picture(
    width,
    HEIGHT,
    said,
    ...ticks.flatMap((tick, index): Child[] => [
      segment(`grid ${index}`, tick === 0 ? "axis" : "level", [
        plot.left,
        up.at(tick),
        plot.right,
        up.at(tick),
      ]),
      label(`y ${index}`, labels[index] as string, { x: plot.left - 5, y: up.at(tick) + 4 }, "end"),
    ]),
    segment("now", "axis", [across.at(0), plot.top, across.at(0), plot.bottom]),
    h("path", { key: "then", class: "curve thin dashed", d: along(payoff.then) }),
    h("path", { key: "expired", class: "curve", d: along(payoff.expired) }),
    h("circle", {
      ...{ key: "dot", class: move === 0 ? "ring" : "then-dot" },
      ...{ cx: px(across.at(move)), cy: px(up.at(here)), r: 4.5 },
    }),
    ...moveAxis(across, plot),
  );
}
