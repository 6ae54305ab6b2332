/**
 * Which holdings were margined together. Some statements say so; in others a set shows only in what was charged:
 * its lighter short leg carries its premium alone.
 */
import type { Amount } from "../core";
import type { Position, Statement } from "../statements";
import { optionOf, type Holding } from "./figure";

const premiumOf = ({ position, unit }: Holding): Amount | undefined => {
  const { settlement, quantity, marketValue } = position;
  const premium = settlement && unit ? settlement.times(unit).times(quantity) : marketValue;
  return premium?.toDecimalPlaces(2);
};

const isShortOption = ({ kind, position }: Holding): boolean =>
  kind === "option" && position.side === "short";

/** A short option charged no more than its premium: every rule takes more of one held alone. */
const isLighterLeg = (holding: Holding, printed: Amount | undefined): boolean => {
  const premium = isShortOption(holding) ? premiumOf(holding) : undefined;
  return Boolean(premium && printed?.lessThanOrEqualTo(premium));
};

const groupOf = ({ underlying, position }: Holding, right = optionOf(position)?.right): string =>
  `${underlying} ${right}`;

/** Short options by underlying and right. */
function shortsOf(holdings: readonly Holding[]): ReadonlyMap<string, readonly Holding[]> {
  const groups = new Map<string, Holding[]>();
  for (const holding of holdings.filter(isShortOption)) {
    const group = groups.get(groupOf(holding));
    if (group) group.push(holding);
    else groups.set(groupOf(holding), [holding]);
  }
  return groups;
}

/** The legs that may be the heavier ones: the other right on the same underlying, of as many lots where there are such. */
function partnersOf(
  leg: Holding,
  shorts: ReadonlyMap<string, readonly Holding[]>,
): readonly Holding[] {
  const other = optionOf(leg.position)?.right === "call" ? "put" : "call";
  const others = shorts.get(groupOf(leg, other)) ?? [];
  const asMany = others.filter(({ position }) => position.quantity.equals(leg.position.quantity));
  return asMany.length > 0 ? asMany : others;
}

/** Both sides of one future are margined on the larger. */
function bothSides(holdings: readonly Holding[]): readonly Holding[] {
  const futures = holdings.filter(({ kind }) => kind === "future");
  const sides = new Map<string, Set<string>>();
  for (const { position } of futures) {
    const held = sides.get(position.contract) ?? new Set();
    sides.set(position.contract, held.add(position.side));
  }
  return futures.filter(({ position }) => (sides.get(position.contract)?.size ?? 0) > 1);
}

const named = (position: Position, legs: ReadonlySet<string>): boolean =>
  legs.has(position.contract) || (position.number !== undefined && legs.has(position.number));

export function setsOf(
  { combinations }: Statement,
  rows: readonly { readonly holding: Holding; readonly printed: Amount | undefined }[],
): ReadonlySet<Holding> {
  const holdings = rows.map(({ holding }) => holding);
  const legs = new Set(combinations.flatMap((combination) => combination.legs));
  const shorts = shortsOf(holdings);
  const sets = new Set(bothSides(holdings));
  for (const { holding, printed } of rows) {
    const { position } = holding;
    if (position.combinedQuantity?.greaterThan(0) || named(position, legs)) sets.add(holding);
    if (!isLighterLeg(holding, printed)) continue;
    sets.add(holding);
    for (const partner of partnersOf(holding, shorts)) sets.add(partner);
  }
  return sets;
}
