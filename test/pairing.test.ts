import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import highsLoader from "highs";
import {
  amount,
  bestSets,
  drained,
  gainfulSets,
  heldSets,
  lotsThatJoin,
  marginTogether,
  Pace,
  possibleSets,
  rises,
  type Amount,
  type Holding,
  type Sets,
} from "../src/core";
import { worthMost } from "../src/core/pairing";
import { holdingsOf } from "./host/position-rows";
import { random } from "./host/random";
import { drawBook, type DrawnLeg } from "./host/random-books";

const ON = "2026-11-20";

/** What a drawn leg needs alone, one lot, in ten-thousandths of a yuan. */
interface Alone {
  readonly margin: number;
  readonly premium: number;
}

/** Ten-thousandths of a yuan, which the drawn prices never split. */
const whole = (n: Amount): number => {
  const parts = n.times(10_000);
  if (!parts.isInteger()) throw new Error(n.toFixed());
  return parts.toNumber();
};

const UNIT: Readonly<Record<string, number>> = { m: 10, y: 10, SR: 10, CF: 5 };

/** The larger leg and the other one's premium; equal legs, the larger premium. */
const soldBoth = (a: Alone, b: Alone): number =>
  a.margin === b.margin
    ? a.margin + Math.max(a.premium, b.premium)
    : a.margin > b.margin
      ? a.margin + b.premium
      : b.margin + a.premium;

/**
 * What two legs need together, written down once more and apart from the product: undefined where the
 * exchange knows no combination of the two.
 */
function together(a: DrawnLeg, b: DrawnLeg, one: Alone, other: Alone): number | undefined {
  if (a.exchange !== b.exchange || a.underlying !== b.underlying) return undefined;
  const etf = a.exchange === "SSE" || a.exchange === "SZSE";
  const option = (leg: DrawnLeg): boolean => leg.kind === "call" || leg.kind === "put";
  if (!option(a) && !option(b)) return undefined;
  if (!option(a)) return together(b, a, other, one);
  if (b.kind === "shares") return a.kind === "call" && a.side === "short" ? 0 : undefined;
  if (a.month !== b.month) return undefined;
  if (b.kind === "future") {
    // What gains where the other loses: a call's short and a future's long, and so on.
    const up = (leg: DrawnLeg): boolean => (leg.side === "long") === (leg.kind !== "put");
    if (up(a) === up(b)) return undefined;
    if (a.side === "short") return other.margin + one.premium;
    return a.exchange === "DCE" ? other.margin * 0.8 : undefined;
  }
  if (a.side === "short" && b.side === "short") {
    const [call, put] = a.kind === "call" ? [a, b] : [b, a];
    if (call.kind === put.kind || put.strike > call.strike) return undefined;
    return soldBoth(one, other);
  }
  if (a.kind !== b.kind || a.side === b.side) return undefined;
  const [held, sold, alone] = a.side === "long" ? [a, b, other] : [b, a, one];
  // How far the long strike is worse than the short one: above for calls, below for puts.
  const worse = (held.strike - sold.strike) * (a.kind === "call" ? 1 : -1);
  if (etf) {
    if (worse === 0) return undefined;
    // Strikes are in thousandths of a yuan and a unit has 10,000 shares: ten times in yuan.
    return worse < 0 ? 0 : worse * 10 * 10_000;
  }
  if (a.exchange !== "DCE") return undefined;
  const gap = worse * (UNIT[a.underlying] ?? 0) * 10_000;
  return worse <= 0 ? alone.margin * 0.2 : Math.min(gap, alone.margin);
}

/** A drawn book, read by the product. */
function read(book: readonly DrawnLeg[]): { holdings: Holding[]; lots: readonly number[] } {
  const holdings = holdingsOf(
    book.map(({ row }) => row),
    ON,
  );
  return { holdings, lots: lotsThatJoin(holdings) };
}

const aloneOf = ({ joins }: Holding): Alone => {
  if (!joins) throw new Error("joins nothing");
  return {
    margin: whole(joins.margin),
    premium: whole(joins.premium),
  };
};

/** What every two legs save by the rules as this file writes them down, in ten-thousandths of a yuan. */
function savings(book: readonly DrawnLeg[], holdings: readonly Holding[]): number[][] {
  const alone = holdings.map(aloneOf);
  return book.map((a, i) =>
    book.map((b, j) => {
      if (i === j) return 0;
      const [one, other] = [alone[i] as Alone, alone[j] as Alone];
      const joint = together(a, b, one, other);
      return joint === undefined ? 0 : Math.max(0, Math.round(one.margin + other.margin - joint));
    }),
  );
}

/** The most that any choice of sets saves, by trying them all. */
function exhaustive(saved: readonly (readonly number[])[], lots: readonly number[]): number {
  const known = new Map<string, number>();
  const most = (left: readonly number[]): number => {
    const first = left.findIndex((n) => n > 0);
    if (first < 0) return 0;
    const key = left.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const without = left.map((n, i) => (i === first ? n - 1 : n));
    let best = most(without);
    for (let other = first + 1; other < left.length; other++) {
      const worth = saved[first]?.[other] ?? 0;
      if ((left[other] ?? 0) > 0 && worth > 0) {
        best = Math.max(best, worth + most(without.map((n, i) => (i === other ? n - 1 : n))));
      }
    }
    known.set(key, best);
    return best;
  };
  return most(lots);
}

const total = (sets: readonly Sets[]): Amount =>
  sets.reduce((sum, set) => sum.plus(set.saved.times(set.sets)), amount(0));

/** Lots that sets take of each holding. */
function taken(holdings: readonly Holding[], sets: readonly Sets[]): number[] {
  return holdings.map((holding) =>
    sets
      .filter(({ first, second }) => first === holding || second === holding)
      .reduce((sum, set) => sum + set.sets, 0),
  );
}

/** Feasible, and proved by its prices to be the best; every sum in exact decimals. */
function expectProof(holdings: readonly Holding[], lots: readonly number[]): Amount {
  const { sets, prices } = bestSets(holdings, ON);
  const used = taken(holdings, sets);
  used.forEach((count, i) => {
    expect(count).toBeLessThanOrEqual(lots[i] ?? 0);
    expect(prices[i]?.lessThan(0)).toBe(false);
    if (count < (lots[i] ?? 0)) expect(prices[i]?.isZero()).toBe(true);
  });
  const place = new Map(holdings.map((holding, i) => [holding, i]));
  const priceOf = (holding: Holding): Amount => prices[place.get(holding) as number] as Amount;
  for (const { first, second, saved } of possibleSets(holdings, ON)) {
    expect(priceOf(first).plus(priceOf(second)).lessThan(saved)).toBe(false);
  }
  for (const { first, second, saved, sets: count } of sets) {
    expect(Number.isInteger(count) && count > 0).toBe(true);
    expect(priceOf(first).plus(priceOf(second)).equals(saved)).toBe(true);
  }
  const worth = prices.reduce((sum, price, i) => sum.plus(price.times(lots[i] ?? 0)), amount(0));
  expect(total(sets).equals(worth)).toBe(true);
  return total(sets);
}

describe("the best pairing", () => {
  test("of 2,000 random books of up to 8 legs is that of an exhaustive search, and proves itself", () => {
    const draw = random(20261120);
    let combined = 0;
    for (let n = 0; n < 2000; n++) {
      const book = drawBook(draw, 2 + Math.floor(draw() * 7), 1 + Math.floor(draw() * 2));
      const { holdings, lots } = read(book);
      const best = expectProof(holdings, lots);
      expect(whole(best)).toBe(exhaustive(savings(book, holdings), lots));
      if (best.greaterThan(0)) combined += 1;
    }
    // The books do combine.
    expect(combined).toBeGreaterThan(1000);
  });

  test("of 200 random books of up to 200 legs is that of an independent solver (HiGHS)", async () => {
    const highs = await highsLoader();
    const draw = random(20261121);
    let largest = 0;
    for (let n = 0; n < 200; n++) {
      const legs = n % 20 === 0 ? 200 : 2 + Math.floor(draw() * 199);
      const book = drawBook(draw, legs, 1 + Math.floor(draw() * 6));
      const { holdings, lots } = read(book);
      const saved = savings(book, holdings);
      const edges = saved.flatMap((row, i) =>
        row.flatMap((worth, j) => (i < j && worth > 0 ? [{ i, j, worth }] : [])),
      );
      largest = Math.max(largest, edges.length);
      const best = whole(bestTotal(holdings));
      if (edges.length === 0) {
        expect(best).toBe(0);
        continue;
      }
      const name = ({ i, j }: { i: number; j: number }): string => `s${i}_${j}`;
      const at: string[][] = lots.map(() => []);
      for (const edge of edges) {
        at[edge.i]?.push(name(edge));
        at[edge.j]?.push(name(edge));
      }
      const problem = [
        "Maximize",
        ` saved: ${edges.map((edge) => `${edge.worth} ${name(edge)}`).join(" + ")}`,
        "Subject To",
        ...at.flatMap((names, i) =>
          names.length > 0 ? [` lots${i}: ${names.join(" + ")} <= ${lots[i]}`] : [],
        ),
        "End",
      ].join("\n");
      const solved = highs.solve(problem);
      expect(solved.Status).toBe("Optimal");
      // The solver computes in doubles; its whole sets are priced in whole figures here.
      let split = 0;
      const theirs = edges.reduce((sum, edge) => {
        const column = solved.Columns[name(edge)];
        const sets = column && "Primal" in column ? column.Primal : 0;
        split = Math.max(split, Math.abs(sets - Math.round(sets)));
        return sum + Math.round(sets) * edge.worth;
      }, 0);
      expect(split).toBeLessThan(1e-6);
      expect(best).toBe(theirs);
    }
    expect(largest).toBeGreaterThan(1000);
  }, 120_000);

  test("is the same whatever the order of the rows, and doubles with the lots", () => {
    const draw = random(7);
    for (let n = 0; n < 200; n++) {
      const book = drawBook(draw, 3 + Math.floor(draw() * 20), 2);
      const best = bestTotal(read(book).holdings);
      const mixed = book
        .map((leg) => ({ leg, key: draw() }))
        .sort((a, b) => a.key - b.key)
        .map(({ leg }) => leg);
      expect(bestTotal(read(mixed).holdings).toFixed()).toBe(best.toFixed());
      const twice = book.map((leg) => {
        const lots = leg.kind === "shares" ? 10_000 * leg.lots : leg.lots;
        return { ...leg, row: { ...leg.row, quantity: 2 * lots } };
      });
      const once = book.map((leg) => {
        const lots = leg.kind === "shares" ? 10_000 * leg.lots : leg.lots;
        return { ...leg, row: { ...leg.row, quantity: lots } };
      });
      const single = bestTotal(read(once).holdings);
      expect(bestTotal(read(twice).holdings).toFixed()).toBe(single.times(2).toFixed());
    }
  });

  test("never needs more than every leg alone, nor more than the sets that are held", () => {
    const draw = random(11);
    let dearer = 0;
    for (let n = 0; n < 300; n++) {
      const book = drawBook(draw, 4 + Math.floor(draw() * 16), 2);
      const { holdings } = read(book);
      // Any two legs that combine and have equal lots are put into a set.
      const ids = new Map<Holding, string>();
      for (const { first, second } of possibleSets(holdings, ON)) {
        const free = !ids.has(first) && !ids.has(second);
        if (free && first.lots.equals(second.lots)) {
          ids.set(first, `${ids.size}`);
          ids.set(second, ids.get(first) as string);
        }
      }
      const rows = book.map(({ row }, i) => ({
        ...row,
        combination: ids.get(holdings[i] as Holding) ?? "",
      }));
      const labelled = holdingsOf(rows, ON);
      const none = marginTogether(labelled, []);
      const held = marginTogether(labelled, heldSets(labelled, ON));
      const best = marginTogether(labelled, bestSets(labelled, ON).sets);
      expect(best.lessThanOrEqualTo(none)).toBe(true);
      expect(best.lessThanOrEqualTo(held)).toBe(true);
      expect(best.lessThan(0)).toBe(false);
      if (held.greaterThan(none)) dearer += 1;
    }
    // A held set can cost more than its legs alone.
    expect(dearer).toBeGreaterThan(0);
  });
});

const bestTotal = (holdings: readonly Holding[]): Amount => total(bestSets(holdings, ON).sets);

test("amounts with too many digits for whole doubles are paired in exact decimals", () => {
  const soy = { quantity: 2, underlying: 3000.123456789, rate: 0.123456789 };
  const rows = [
    { ...soy, contract: "m2701-C-3000", side: "short", settlement: 90.123456789 },
    { ...soy, contract: "m2701-P-3000", side: "short", settlement: 80.987654321, quantity: 1 },
    { ...soy, contract: "m2701-C-3100", side: "long", settlement: 50 },
  ];
  const holdings = holdingsOf(rows, ON);
  expect(drained(gainfulSets(holdings, ON, new Pace()))).toBeUndefined();
  // The future's margin is 3,703.8561. A straddle saves the put's part beside its premium, 3,703.8561 − 0.6173;
  // a spread the call's 901.2346 + 3,703.8561 less the strikes' 1,000.
  const best = expectProof(holdings, lotsThatJoin(holdings));
  expect(best.toFixed(2)).toBe("7308.33");
  expect(best.decimalPlaces()).toBeGreaterThan(12);
});

describe("the algorithm", () => {
  test("keeps the last digit where a double would lose it", () => {
    const worth = (digits: string) => amount(digits);
    const edges = [
      { left: 0, right: 0, worth: worth("90071992547409930.0000000000000001") },
      { left: 0, right: 1, worth: worth("90071992547409930.0000000000000002") },
      { left: 1, right: 1, worth: worth("0.0000000000000002") },
    ];
    const { sets, leftPrices, rightPrices } = worthMost([1, 1], [1, 1], edges);
    expect(sets).toEqual([1, 0, 1]);
    expect(leftPrices.map((n) => n.toFixed())).toEqual([
      "90071992547409930.0000000000000001",
      "0.0000000000000001",
    ]);
    expect(rightPrices.map((n) => n.toFixed())).toEqual(["0", "0.0000000000000001"]);
  });

  test("pairs millions of lots as fast as one", () => {
    const edges = [0, 1, 2].flatMap((left) =>
      [0, 1, 2].map((right) => ({ left, right, worth: amount(1 + ((left * 7 + right * 5) % 9)) })),
    );
    const lots = [3_000_000, 5_000_000, 1_000_000];
    const { sets } = worthMost(lots, [...lots].reverse(), edges);
    expect(sets.reduce((sum, n) => sum + n, 0)).toBe(9_000_000);
  });

  test("of any graph is proved by its prices", () => {
    const lots = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        lots,
        lots,
        fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 9 })), { maxLength: 24 }),
        (left, right, drawn) => {
          const edges = drawn
            .filter(([l, r]) => l < left.length && r < right.length)
            .map(([l, r, worth]) => ({ left: l, right: r, worth: amount(worth) }));
          const { sets, leftPrices, rightPrices } = worthMost(left, right, edges);
          const spent = (side: "left" | "right", node: number): number =>
            edges.reduce((sum, edge, i) => sum + (edge[side] === node ? (sets[i] ?? 0) : 0), 0);
          for (const [side, all, prices] of [
            ["left", left, leftPrices],
            ["right", right, rightPrices],
          ] as const) {
            all.forEach((count, node) => {
              expect(spent(side, node)).toBeLessThanOrEqual(count);
              expect(prices[node]?.lessThan(0)).toBe(false);
              if (spent(side, node) < count) expect(prices[node]?.isZero()).toBe(true);
            });
          }
          edges.forEach((edge, i) => {
            const price = (leftPrices[edge.left] as Amount).plus(rightPrices[edge.right] as Amount);
            expect(price.lessThan(edge.worth)).toBe(false);
            if ((sets[i] ?? 0) > 0) expect(price.equals(edge.worth)).toBe(true);
          });
        },
      ),
      { numRuns: 1000, seed: 20261120 },
    );
  });
});

test("every form of every exchange sets a leg that gains against one that loses", async () => {
  const { exchanges } = await import("../src/exchanges");
  const forms = exchanges.flatMap(({ combinations }) => combinations.flatMap(({ forms }) => forms));
  expect(forms.length).toBeGreaterThan(30);
  for (const { legs } of forms) expect(rises(legs[0])).not.toBe(rises(legs[1]));
});
