import { gainfulSets, possibleSets, rises, setOfTwo, type Sets } from "./combination";
import type { Day } from "./day";
import { MarginError } from "./errors";
import type { Holding, Joining } from "./holding";
import { exact, type Amount } from "./number";
import { worthMost, worthMostInWholes, type Pairing } from "./pairing";

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
export function bestSets(holdings: readonly Holding[], on: Day): BestSets {
  const lots = lotsThatJoin(holdings);
  const place = new Map(holdings.map((holding, index) => [holding, index]));
  const left: number[] = [];
  const right: number[] = [];
  const node = holdings.map(
    ({ joins }, index) =>
      (joins && rises(joins.leg) ? left : right).push(lots[index] as number) - 1,
  );
  const nodeOf = (holding: Holding): number => node[place.get(holding) as number] as number;
  /** The nodes of a set: the leg that rises with the price on the left. */
  const ends = (first: Holding, second: Holding): readonly [left: number, right: number] =>
    rises((first.joins as Joining).leg)
      ? [nodeOf(first), nodeOf(second)]
      : [nodeOf(second), nodeOf(first)];

  const { pairing, setAt } = paired(holdings, on, left, right, ends);
  return {
    sets: pairing.sets.flatMap((sets, index) => (sets > 0 ? [{ ...setAt(index), sets }] : [])),
    prices: holdings.map(
      ({ joins }, index) =>
        (joins && rises(joins.leg) ? pairing.leftPrices : pairing.rightPrices)[
          node[index] as number
        ] as Amount,
    ),
  };
}

/** The best pairing, in whole numbers where these hold every digit, else in exact decimals. */
function paired(
  holdings: readonly Holding[],
  on: Day,
  left: readonly number[],
  right: readonly number[],
  ends: (first: Holding, second: Holding) => readonly [left: number, right: number],
): { pairing: Pairing; setAt: (index: number) => Sets } {
  const gainful = gainfulSets(holdings, on);
  if (gainful) {
    const { firsts, seconds, worths, unit, set } = gainful;
    const edges = firsts.map((first, index) => ends(first, seconds[index] as Holding));
    const pairing = worthMostInWholes(left, right, {
      lefts: edges.map(([one]) => one),
      rights: edges.map(([, other]) => other),
      ...{ worths, zero: 0, unit },
    });
    return { pairing, setAt: set };
  }
  const sets = possibleSets(holdings, on).filter(({ saved }) => saved.greaterThan(0));
  const edges = sets.map(({ first, second, saved }) => {
    const [one, other] = ends(first, second);
    return { left: one, right: other, worth: saved };
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
    const refuse = (detail: string): MarginError =>
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
