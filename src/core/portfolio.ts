import type { Day } from "./day";
import { MarginError, type WhyNot } from "./errors";
import { gainfulSets } from "./gainful-sets";
import type { Holding } from "./holding";
import { exact, type Amount } from "./number";
import { worthMost, worthMostInSteps, type Pairing } from "./pairing";
import { possibleSets, setOfTwo, type Sets } from "./sets";
import { drained, Pace } from "./steps";
import { rises } from "./strategy";

/**
 * How many lots of each holding may join: shares in lots of the standard unit, less those that covered
 * calls lock already; none where it is not known how many these lock.
 */
export function lotsThatJoin(holdings: readonly Holding[]): readonly number[] {
  const locked = new Map<string, Amount | undefined>();
  for (const { side, contract, lots } of holdings) {
    if (side !== "covered" || !contract) continue;
    const key = `${contract.rules.exchange} ${contract.product}`;
    const before = locked.has(key) ? locked.get(key) : exact.zero;
    locked.set(key, contract.unit && before?.plus(contract.unit.times(lots)));
  }
  return holdings.map(({ joins, lots }) => {
    if (joins?.leg !== "long shares") return lots.toNumber();
    const key = `${joins.rules.exchange} ${joins.product}`;
    if (!locked.has(key)) return lots.dividedToIntegerBy(joins.unit).toNumber();
    const taken = locked.get(key);
    if (!taken) return 0;
    const free = exact.max(lots.minus(taken), exact.zero);
    locked.set(key, exact.max(taken.minus(lots), exact.zero));
    return free.dividedToIntegerBy(joins.unit).toNumber();
  });
}

/** The sets that save most, with the price of each holding's lots as the proof (see Pairing). */
export interface BestSets {
  readonly sets: readonly Sets[];
  readonly prices: readonly Amount[];
}

/**
 * The combinations that free the most margin: no other choice of sets saves more.
 * Exchange by exchange as they first come, combination by combination as the exchange lists them.
 */
export const bestSets = (holdings: readonly Holding[], on: Day): BestSets =>
  drained(bestSetsInSteps(holdings, on, new Pace()));

/** The same for a long list, pausing between stretches. */
export function* bestSetsInSteps(
  holdings: readonly Holding[],
  on: Day,
  pace: Pace,
): Generator<void, BestSets> {
  const lots = lotsThatJoin(holdings);
  const left: number[] = [];
  const right: number[] = [];
  const rising = holdings.map(({ joins }) => joins !== undefined && rises(joins.leg));
  const node = rising.map((up, index) => (up ? left : right).push(lots[index] as number) - 1);
  const { pairing, setAt } = yield* paired(holdings, on, left, right, { rising, node }, pace);
  const sets: Sets[] = [];
  for (const [index, count] of pairing.sets.entries()) {
    if (count === 0) continue;
    sets.push({ ...setAt(index), sets: count });
    if (pace.due(BUILT)) yield;
  }
  return {
    sets,
    prices: rising.map(
      (up, index) =>
        (up ? pairing.leftPrices : pairing.rightPrices)[node[index] as number] as Amount,
    ),
  };
}

/** A set put together, in units of work. */
const BUILT = 0.3;

/** Of each holding, whether it rises with the price, and its place among those that do or those that don't. */
interface Nodes {
  readonly rising: readonly boolean[];
  readonly node: readonly number[];
}

/** The best pairing, in whole numbers where these hold every digit, else in exact decimals. */
function* paired(
  holdings: readonly Holding[],
  on: Day,
  left: readonly number[],
  right: readonly number[],
  { rising, node }: Nodes,
  pace: Pace,
): Generator<void, { pairing: Pairing; setAt: (index: number) => Sets }> {
  // The leg that rises with the price is on the left.
  const leftOf = (first: number, second: number): number =>
    node[rising[first] ? first : second] as number;
  const rightOf = (first: number, second: number): number =>
    node[rising[first] ? second : first] as number;
  const gainful = yield* gainfulSets(holdings, on, pace);
  if (gainful) {
    const { firsts, seconds, worths, unit, set } = gainful;
    const lefts = firsts.map((first, index) => leftOf(first, seconds[index] as number));
    const rights = firsts.map((first, index) => rightOf(first, seconds[index] as number));
    const edges = { lefts, rights, worths, zero: 0, unit };
    return { pairing: yield* worthMostInSteps(left, right, edges, pace), setAt: set };
  }
  const place = new Map(holdings.map((holding, index) => [holding, index]));
  const sets = possibleSets(holdings, on).filter(({ saved }) => saved.greaterThan(0));
  const edges = sets.map(({ first, second, saved }) => {
    const [one, other] = [place.get(first) as number, place.get(second) as number];
    return { left: leftOf(one, other), right: rightOf(one, other), worth: saved };
  });
  return { pairing: worthMost(left, right, edges), setAt: (index) => sets[index] as Sets };
}

/**
 * The sets that clearing forms in an exchange's own order: pair by pair, 1 before 2, as many sets as the
 * legs still have lots for, whatever they save. A pair without a place in the order is not formed.
 */
export function setsInOrder(
  holdings: readonly Holding[],
  on: Day,
  placeOf: (set: Sets) => number | undefined,
): readonly Sets[] {
  const left = new Map(lotsThatJoin(holdings).map((lots, index) => [holdings[index], lots]));
  return possibleSets(holdings, on)
    .flatMap((set) => {
      const place = placeOf(set);
      return place === undefined ? [] : [{ set, place }];
    })
    .sort((a, b) => a.place - b.place)
    .flatMap(({ set }) => {
      const { first, second } = set;
      const sets = Math.min(left.get(first) ?? 0, left.get(second) ?? 0);
      left.set(first, (left.get(first) ?? 0) - sets);
      left.set(second, (left.get(second) ?? 0) - sets);
      return sets > 0 ? [{ ...set, sets }] : [];
    });
}

/**
 * The sets a table says are held: two rows of one id make one combination with equal lots.
 * @throws notAllowed or missing, naming the set, where the rows make none, the exchange has taken it
 * apart by that day, or its rule lacks a figure.
 */
export function heldSets(holdings: readonly Holding[], on: Day): readonly Sets[] {
  const byId = new Map<string, Holding[]>();
  for (const holding of holdings) {
    if (!holding.set) continue;
    byId.set(holding.set, [...(byId.get(holding.set) ?? []), holding]);
  }
  const lots = new Map(lotsThatJoin(holdings).map((count, index) => [holdings[index], count]));
  return [...byId].map(([id, legs]) => {
    const refuse = (detail: WhyNot): MarginError =>
      new MarginError("notAllowed", { argument: "combination", value: id, detail });
    const [a, b] = legs;
    if (!a || !b || legs.length > 2) throw refuse("setOfTwo");
    const set = setOfTwo(a, b, on, id, refuse);
    const shares = legs.find(({ joins }) => joins?.leg === "long shares");
    const [sets = 0, other = sets] = legs
      .filter((leg) => leg !== shares)
      .map((leg) => lots.get(leg) ?? 0);
    if (sets !== other || (shares && (lots.get(shares) ?? 0) < sets)) throw refuse("setLots");
    return { ...set, sets };
  });
}

/** How a table's margin is put together. */
export type Mode = "none" | "held" | "best";

/** The sets that count in a mode. */
export const setsIn = (mode: Mode, holdings: readonly Holding[], on: Day): readonly Sets[] =>
  mode === "none" ? [] : mode === "held" ? heldSets(holdings, on) : bestSets(holdings, on).sets;

/** The exchange's margin of holdings of which some are in sets, all exchanges together. */
export function marginTogether(holdings: readonly Holding[], sets: readonly Sets[]): Amount {
  const alone = holdings.reduce((sum, holding) => sum.plus(holding.alone), exact.zero);
  return sets.reduce((sum, set) => sum.minus(set.saved.times(set.sets)), alone);
}
