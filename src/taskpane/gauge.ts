/** Where a ratio stands on the gauge: zones of fixed width, linear inside a zone, so that labels never collide. */
import type { Amount, Status } from "../core";

export interface Zone {
  readonly status: Status;
  /** In per cent of the gauge. */
  readonly left: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

export type LineLevels = Readonly<Record<"watch" | "call" | "liquidation" | "immediate", Amount>>;

const WIDTHS: Readonly<Record<Status, number>> = {
  normal: 34,
  watch: 16.5,
  marginCall: 16.5,
  liquidation: 16.5,
  immediate: 16.5,
};

/** Beyond this share above its line, the last zone ends; what lies further stands at its end. */
const BEYOND = 1.5;

/** The zones from left to right; two equal lines drop the zone between them, and the others take its room. */
export function zonesOf(lines: LineLevels): readonly Zone[] {
  const watch = lines.watch.toNumber();
  const call = lines.call.toNumber();
  const liquidation = lines.liquidation.toNumber();
  const immediate = lines.immediate.toNumber();
  const all: readonly (readonly [Status, number, number])[] = [
    ["normal", 0, watch],
    ["watch", watch, call],
    ["marginCall", call, liquidation],
    ["liquidation", liquidation, immediate],
    ["immediate", immediate, immediate * BEYOND],
  ];
  const kept = all.filter(([, from, to]) => to > from);
  const whole = kept.reduce((sum, [status]) => sum + WIDTHS[status], 0);
  let left = 0;
  return kept.map(([status, from, to]) => {
    const width = (WIDTHS[status] / whole) * 100;
    const zone = { status, left, width, from, to };
    left += width;
    return zone;
  });
}

/** Per cent from the left; nothing lies outside the gauge. */
export function positionOn(ratio: Amount, zones: readonly Zone[]): number {
  const value = ratio.toNumber();
  const zone = zones.find(({ to }) => value < to) ?? zones.at(-1);
  if (!zone) return 0;
  const inside = (value - zone.from) / (zone.to - zone.from);
  return zone.left + zone.width * Math.min(1, Math.max(0, inside));
}
