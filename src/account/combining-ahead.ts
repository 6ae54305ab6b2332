/** What the exchange does by itself: sets it takes apart soon, and what it nets after tonight's close. */
import { amount, likelyTradingDayFrom, nettedTonight, type Amount, type Day } from "../core";
import type { Line } from "./book";
import type { Laid, LineSets } from "./combining-legs";
import type { LineLeg } from "./legs";

/** Sets the exchange takes apart soon. */
export interface Dissolving extends Pick<LineSets, "combination"> {
  /** After the close of this day. */
  readonly day: Day;
  readonly first: Line;
  readonly second: Line;
  readonly sets: number;
  /** What the margin rises by then, where nothing else is built from the legs. */
  readonly rises: Amount;
  /** Whether they are held already, or still to be built. */
  readonly held: boolean;
  /** The day may be over: held by an older statement, they may be apart by now. */
  readonly passed: boolean;
}

/** Long against short of one contract, set off after the close. */
export interface Tonight {
  readonly netted: readonly { readonly line: Line; readonly lots: number }[];
  /** Of the lines counted, after all acts. */
  readonly margin: Amount;
  readonly released: Amount;
}

const ZERO = amount("0");

/** Trading days ahead that are looked at. */
const AHEAD = 10;

/** The day after whose close a set is taken apart, where its legs live on. */
function lastDay({ combination: { dissolves }, first, second }: LineSets): Day | undefined {
  const { expiry, rules } = first.joins?.expiry ? first.joins : (second.joins ?? {});
  const before = dissolves?.tradingDaysBefore ?? 0;
  return expiry && before > 0 ? likelyTradingDayFrom(expiry, -before, rules?.calendar) : undefined;
}

/** Held sets, and sets to be built, that are taken apart within ten trading days, the soonest first. */
export function dissolvingSoon(
  held: readonly LineSets[],
  built: readonly LineSets[],
  { on, today }: { readonly on: Day; readonly today: Day },
): readonly Dissolving[] {
  const soon = (set: LineSets, isHeld: boolean): Dissolving[] => {
    const day = lastDay(set);
    const rises = set.saved.times(set.sets);
    const from = day && likelyTradingDayFrom(day, -AHEAD, set.first.joins?.rules.calendar);
    if (!day || !from || from > on || !rises.greaterThan(0)) return [];
    const { combination, first, second, sets } = set;
    const legs = { first: first.line, second: second.line };
    const passed = on < today && day <= today;
    return [{ day, combination, ...legs, sets, rises, held: isHeld, passed }];
  };
  return [
    ...held.flatMap((set) => soon(set, true)),
    ...built.flatMap((set) => soon(set, false)),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Lots of a leg that are netted after the close: only those outside sets, and none of lines whose sets aren't known. */
export function nettedLots(
  { groups, locked }: Laid,
  sets: readonly LineSets[],
): ReadonlyMap<LineLeg, number> {
  const inSets = new Map<LineLeg, number>();
  for (const { first, second, sets: count } of sets) {
    for (const leg of [first, second]) inSets.set(leg, (inSets.get(leg) ?? 0) + count);
  }
  const legs = groups
    .flatMap((group) => group.legs)
    .filter(({ line, lots }) => !locked.has(line) && lots.isInteger());
  const netted = nettedTonight(legs, (leg) => inSets.get(leg as LineLeg) ?? 0);
  return new Map(netted.map(({ holding, lots }) => [holding as LineLeg, lots]));
}

/** What is netted after the close once the sets are these and the margin is that. */
export function nettingTonight(
  laid: Laid,
  sets: readonly LineSets[],
  margin: Amount,
): Tonight | undefined {
  const netted = nettedLots(laid, sets);
  if (netted.size === 0) return undefined;
  const factors = new Map(
    laid.groups.flatMap(({ legs, factor }) => legs.map((leg) => [leg, factor])),
  );
  let released = ZERO;
  for (const [leg, lots] of netted) {
    const whole = leg.alone.times(factors.get(leg) ?? 1);
    released = released.plus(whole.times(lots).dividedBy(leg.lots));
  }
  return {
    netted: [...netted].map(([{ line }, lots]) => ({ line, lots })),
    margin: margin.minus(released),
    released,
  };
}
