/**
 * Which holdings were margined together, or look so. Some statements say it; in others a set shows only in what was
 * charged: its lighter short leg carries its premium alone.
 */
import type { Amount, Pace } from "../core";
import type { Position, Statement } from "../statements";
import { optionOf, type Holding } from "./figure";

/** What a leg's premium can have been, to the fen: a broker may charge by the day before's prices. */
function premiumsOf({ position, unit }: Holding): readonly Amount[] {
  const { settlement, previousSettlement, quantity, marketValue } = position;
  const priced = [settlement, previousSettlement].map(
    (price) => price && unit && price.times(unit).times(quantity),
  );
  return [...priced, marketValue].flatMap((premium) => premium?.toDecimalPlaces(2) ?? []);
}

const isShortOption = ({ kind, position }: Holding): boolean =>
  kind === "option" && position.side === "short";

/** A short option charged its premium alone, or nothing: every rule takes more of one held by itself. */
const isLighterLeg = (holding: Holding, printed: Amount | undefined): boolean =>
  isShortOption(holding) &&
  Boolean(printed?.isZero() || premiumsOf(holding).some((premium) => printed?.equals(premium)));

/** Only options of one month are margined together. */
function groupOf({ underlying, position }: Holding, right = optionOf(position)?.right): string {
  return `${underlying} ${optionOf(position)?.month} ${right}`;
}

const lotsOf = ({ position }: Holding): string => position.quantity.toFixed();

/** Short options by underlying, month and right, and by their lots too. */
class Shorts {
  private readonly groups = new Map<string, Holding[]>();
  /** Groups whose members have been told once: a second leg adds none. */
  private readonly told = new Set<string>();

  add(holding: Holding): void {
    if (!isShortOption(holding)) return;
    for (const key of [groupOf(holding), `${groupOf(holding)} ${lotsOf(holding)}`]) {
      const group = this.groups.get(key);
      if (group) group.push(holding);
      else this.groups.set(key, [holding]);
    }
  }

  /**
   * The legs that may be the heavier ones, each told once: the other right of the same underlying and month, of as
   * many lots where there are such.
   */
  partnersOf(leg: Holding): readonly Holding[] {
    const others = groupOf(leg, optionOf(leg.position)?.right === "call" ? "put" : "call");
    const asMany = `${others} ${lotsOf(leg)}`;
    const key = this.groups.has(asMany) ? asMany : others;
    if (this.told.has(key)) return [];
    this.told.add(key);
    return this.groups.get(key) ?? [];
  }
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

/** A row's part in looking for sets. */
const LOOK = 0.2;

export function* setsInSteps(
  { combinations }: Statement,
  rows: readonly { readonly holding: Holding; readonly printed: Amount | undefined }[],
  pace: Pace,
): Generator<void, ReadonlySet<Holding>> {
  const holdings = rows.map(({ holding }) => holding);
  const legs = new Set(combinations.flatMap((combination) => combination.legs));
  const shorts = new Shorts();
  for (const holding of holdings) {
    shorts.add(holding);
    if (pace.due(LOOK)) yield;
  }
  const sets = new Set(bothSides(holdings));
  for (const { holding, printed } of rows) {
    if (pace.due(LOOK)) yield;
    const { position } = holding;
    if (position.combinedQuantity?.greaterThan(0) || named(position, legs)) sets.add(holding);
    if (!isLighterLeg(holding, printed)) continue;
    sets.add(holding);
    for (const partner of shorts.partnersOf(holding)) sets.add(partner);
  }
  return sets;
}
