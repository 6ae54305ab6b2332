/** What every chart has: the answer above it, the picture at its real width, and the table behind it. */
import { h, type Child, type Described } from "../element";

export interface ChartFrame {
  readonly id: string;
  readonly title: string;
  /** The answer; also what a screen reader says of the picture. */
  readonly sentence: string;
  readonly picture: Child;
  /** The words that unfold the table. */
  readonly tableWord: string;
  readonly table: Child;
  readonly more?: readonly Child[];
}

export const chartCard = (frame: ChartFrame): Described =>
  h(
    "section",
    { key: frame.id, class: "card block chart", "aria-labelledby": `${frame.id}-heading` },
    h("h2", { id: `${frame.id}-heading` }, frame.title),
    h("p", { key: "sentence", class: "answer-line" }, frame.sentence),
    h("div", { key: "picture", class: "picture" }, frame.picture),
    ...(frame.more ?? []),
    frame.table &&
      h(
        "details",
        { key: "table", class: "left-out" },
        h("summary", { class: "link" }, frame.tableWord),
        frame.table,
      ),
  );

/** Where the axes leave room for what is drawn. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One direction of a plot: figures to pixels. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly at: (value: number) => number;
}

export const scale = (from: number, to: number, start: number, end: number): Scale => ({
  from,
  to,
  at: (value) => start + ((value - from) / (to - from)) * (end - start),
});

/** Pixels to a tenth: finer tells nothing and makes a long path. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

export const picture = (width: number, height: number, label: string, ...drawn: Child[]) =>
  h(
    "svg",
    {
      ...{ class: "plot", width: px(width), height: px(height), role: "img", "aria-label": label },
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      focusable: "false",
    },
    ...drawn,
  );

type Anchor = "start" | "middle" | "end";

export const label = (
  key: string,
  text: string,
  { x, y }: Readonly<Record<"x" | "y", number>>,
  anchor: Anchor = "middle",
  name = "tick",
): Described => h("text", { key, class: name, x: px(x), y: px(y), "text-anchor": anchor }, text);

export const segment = (
  key: string,
  name: string,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): Described => h("line", { key, class: name, x1: px(x1), y1: px(y1), x2: px(x2), y2: px(y2) });

/** A line through points, cut off where it leaves the plot at the top or the bottom. */
export function pathOf(
  xs: readonly number[],
  ys: ArrayLike<number>,
  across: Scale,
  up: Scale,
): string {
  const inside = (y: number): boolean => y >= up.from && y <= up.to;
  const parts: string[] = [];
  let drawing = false;
  const to = (x: number, y: number): void => {
    parts.push(`${drawing ? "L" : "M"}${px(across.at(x))} ${px(up.at(y))}`);
    drawing = true;
  };
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i] as number, ys[i] as number];
    const [before, last] = [xs[i - 1], ys[i - 1]];
    if (before !== undefined && last !== undefined && inside(y) !== inside(last)) {
      const outer = inside(y) ? last : y;
      const edge = outer > up.to ? up.to : up.from;
      // What is beyond all bounds goes straight up.
      const share = Number.isFinite(outer) ? (edge - last) / (y - last) : inside(y) ? 1 : 0;
      to(before + (x - before) * share, edge);
    }
    if (inside(y)) to(x, y);
    else drawing = false;
  }
  return parts.join("");
}

/** A round step that makes at most so many parts of a stretch. */
export function roundStep(length: number, most: number): number {
  const rough = length / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((times) => power * times >= rough) ?? 10);
}

/** The round figures within a stretch. */
export function roundTicks(from: number, to: number, most: number): readonly number[] {
  const step = roundStep(to - from, most);
  const ticks: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) ticks.push(n * step);
  return ticks;
}

/** Spans of the price's move that a picture can show, in fractions: the least that holds all it must. */
const SPANS = [0.05, 0.1, 0.2] as const;

export const spanFor = (shown: readonly number[]): number =>
  SPANS.find((span) => shown.every((move) => Math.abs(move) <= 0.9 * span)) ?? 0.2;

/** A move on the axis: "+5%", "0%". */
export function moveTick(move: number): string {
  const percent = Math.round(move * 1000) / 10;
  return `${percent > 0 ? "+" : percent < 0 ? "\u2212" : ""}${Math.abs(percent)}%`;
}

/** The axis along the bottom: five moves, the outer ones inside the picture. */
export function moveAxis(across: Scale, plot: Plot): Child[] {
  const { from, to } = across;
  return [from, from / 2, 0, to / 2, to].map((move, index) => {
    const anchor = index === 0 ? "start" : index === 4 ? "end" : "middle";
    const x = index === 0 ? Math.max(0, plot.left - 12) : across.at(move) + (index === 4 ? 4 : 0);
    return label(`x ${index}`, moveTick(move), { x, y: plot.bottom + 15 }, anchor);
  });
}
