/** What equity gains when prices move, scenario by scenario. */
import { overRows, type Column } from "./columns";
import type { PositionHeld, ScenarioTerms } from "./scenario";
import { columnOf, constantFigure, type Figures } from "./scenario-figures";
import type { Standing } from "./scenario-margin";

/** A position whose price moves equity, by so much per unit of its price. */
export interface Gainer {
  readonly index: number;
  readonly of: "price" | "underlying";
  readonly now: Figures;
  readonly times: Figures;
}

/** Futures, and on the market basis options. */
export function gainsOf(
  positions: readonly PositionHeld[],
  { basis }: ScenarioTerms,
): readonly (readonly Gainer[])[] {
  const gainers = positions.flatMap((position, index): Gainer[] => {
    if (position.kind === "shares" || (position.kind === "option" && basis === "cash")) return [];
    const { side, lots, unit } = position;
    const now = position.kind === "option" ? position.settlement : position.underlying;
    // An option without either is refused, and that is said first.
    if (!unit || !now) return [];
    const times = constantFigure(unit.times(side === "long" ? lots : lots.negated()));
    const of = position.kind === "option" ? "price" : "underlying";
    return [{ index, of, now: constantFigure(now), times }];
  });
  return (["price", "underlying"] as const)
    .map((kind) => gainers.filter(({ of }) => of === kind))
    .filter(({ length }) => length > 0);
}

/** What equity gains by each, scenario by scenario. */
export function groupGains(gainers: readonly Gainer[], standing: Standing): Column {
  const { scenarios } = standing;
  const columns = {
    then: columnOf(
      gainers.map(({ index, of }) => standing[of](index) as Figures),
      scenarios,
    ),
    now: columnOf(
      gainers.map(({ now }) => now),
      scenarios,
    ),
    times: columnOf(
      gainers.map(({ times }) => times),
      scenarios,
    ),
  };
  return overRows(gainers.length * scenarios, ({ minus, times }, at) => ({
    gain: times(minus(at(columns.then), at(columns.now)), at(columns.times)),
  })).gain;
}
