/** The risk ratio along the price: tinted zones, dashed lines with their numbers, where it is and where a line is met. */
import type { Curve } from "../../account";
import type { LineLevels } from "../gauge";
import { h, type Child, type Described } from "../element";
import {
  label,
  moveAxis,
  pathOf,
  picture,
  px,
  scale,
  segment,
  spanFor,
  type Plot,
  type Scale,
} from "./chart";

/** A place on the picture: a move and a ratio, fractions; the ratio may be infinite. */
export interface Place {
  readonly move: number;
  readonly ratio: number;
}

export interface CurvePicture {
  readonly curve: Curve;
  readonly levels: LineLevels;
  /** The words of the zones, from the lowest. */
  readonly zones: Readonly<Record<"watch" | "call" | "liq" | "imm", string>>;
  readonly now: Place | undefined;
  readonly then: Place | undefined;
  readonly met: readonly Place[];
  readonly width: number;
  readonly label: string;
}

const HEIGHT = 200;
const LABEL_ROOM = 11;

interface Zone {
  readonly name: "watch" | "call" | "liq" | "imm";
  readonly from: number;
  readonly to: number;
}

function zonesBetween(levels: LineLevels, top: number): readonly Zone[] {
  const [watch, call, liq, imm] = [
    levels.watch.toNumber(),
    levels.call.toNumber(),
    levels.liquidation.toNumber(),
    levels.immediate.toNumber(),
  ];
  const all: readonly Zone[] = [
    { name: "watch", from: watch, to: call },
    { name: "call", from: call, to: liq },
    { name: "liq", from: liq, to: imm },
    { name: "imm", from: imm, to: top },
  ];
  return all.filter(({ from, to }) => to > from);
}

/** From a little below what is lowest to where the last zone can be read; what rises further leaves the picture. */
function heights(ratios: readonly number[], levels: LineLevels): readonly [number, number] {
  const [watch, immediate] = [levels.watch.toNumber(), levels.immediate.toNumber()];
  const lowest = Math.min(watch, ...ratios);
  const highest = Math.max(immediate * 1.08, ...ratios.filter((ratio) => ratio < immediate * 1.4));
  const room = (highest - lowest) * 0.06;
  return [Math.max(0, lowest - room), highest + room];
}

function zoneView({ name, from, to }: Zone, plot: Plot, up: Scale, word: string): Described {
  const [top, bottom] = [up.at(to), up.at(from)];
  const { left, right } = plot;
  return h(
    "g",
    { key: `zone ${name}`, class: `zone ${name}` },
    h("rect", {
      ...{ x: px(left), y: px(top), width: px(right - left), height: px(bottom - top) },
    }),
    segment("line", "level", [left, bottom, right, bottom]),
    bottom - top > LABEL_ROOM + 1 &&
      label("word", word, { x: left + 5, y: (top + bottom) / 2 + 4 }, "start", "word"),
  );
}

/** Numbers of the lines, from the lowest; one that would run into the one below is left out. */
function levelLabels(zones: readonly Zone[], plot: Plot, up: Scale): Child[] {
  let last = Infinity;
  return zones.map(({ name, from }) => {
    const y = up.at(from);
    if (last - y < LABEL_ROOM) return false;
    last = y;
    const text = String(Math.round(from * 10_000) / 100);
    return label(`level ${name}`, text, { x: plot.left - 5, y: y + 4 }, "end");
  });
}

const diamond = (x: number, y: number): string =>
  `M${px(x)} ${px(y - 5.5)}l5.5 5.5-5.5 5.5-5.5-5.5z`;

export function curvePicture(given: CurvePicture): Described {
  const { curve, levels, zones, now, then, met, width } = given;
  const span = spanFor([...met, ...(then ? [then] : [])].map(({ move }) => move));
  const moves = curve.moves.map((move) => move.toNumber());
  const seen = moves.flatMap((move, index) =>
    Math.abs(move) <= span + 1e-9 ? [{ move, ratio: curve.ratios[index] as number }] : [],
  );
  const extra = [now, then].flatMap((place) => (place ? [place.ratio] : []));
  const ratios = [...seen.map(({ ratio }) => ratio), ...extra].filter(Number.isFinite);
  const [low, high] = heights(ratios, levels);
  const plot: Plot = { left: 30, right: width - 8, top: 6, bottom: HEIGHT - 20 };
  const across = scale(-span, span, plot.left, plot.right);
  const up = scale(low, high, plot.bottom, plot.top);
  const inside = ({ ratio }: Place): boolean => ratio >= low && ratio <= high;
  const bands = zonesBetween(levels, high);
  const path = pathOf(
    seen.map(({ move }) => move),
    seen.map(({ ratio }) => ratio),
    across,
    up,
  );
  return picture(
    width,
    HEIGHT,
    given.label,
    ...bands.map((zone) => zoneView(zone, plot, up, zones[zone.name])),
    ...levelLabels(bands, plot, up),
    segment("now", "axis", [across.at(0), plot.top, across.at(0), plot.bottom]),
    ...met
      .filter(inside)
      .map(({ move, ratio }, index) =>
        segment(`drop ${index}`, "drop", [
          across.at(move),
          up.at(ratio),
          across.at(move),
          plot.bottom,
        ]),
      ),
    h("path", { key: "halo", class: "halo", d: path }),
    h("path", { key: "curve", class: "curve", d: path }),
    ...met.filter(inside).map(({ move, ratio }, index) =>
      h("path", {
        key: `met ${index}`,
        class: "met",
        d: diamond(across.at(move), up.at(ratio)),
      }),
    ),
    now &&
      inside(now) &&
      h("circle", {
        ...{ key: "ring", class: "ring", cx: px(across.at(now.move)), cy: px(up.at(now.ratio)) },
        r: 5,
      }),
    then &&
      h("circle", {
        ...{ key: "then", class: "then-dot", cx: px(across.at(then.move)) },
        cy: px(up.at(Math.min(high, Math.max(low, then.ratio)))),
        r: 5,
      }),
    ...moveAxis(across, plot),
  );
}
