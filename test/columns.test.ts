import { beforeEach, describe, expect, test } from "@jest/globals";
import { isDeepStrictEqual } from "node:util";
import {
  amount,
  digits,
  editionOn,
  holdingsOfRows,
  MarginError,
  marginOfRows,
  marginsAlone,
  marginsOfTable,
  openTable,
  readDay,
  run,
  sentence,
  shortMargin,
  type Amount,
  type Arithmetic,
  type Holding,
  type Right,
  type RowAlone,
  type RowMargin,
  type RuleSet,
} from "../src/core";
import {
  amountAt,
  column,
  nearestOverRows,
  overRows,
  sumOf,
  type Column,
  type Given,
} from "../src/core/columns";
import { marginColumns } from "../src/core/margins";
import { exact } from "../src/core/number";
import { exchanges } from "../src/exchanges";
import { marginCases } from "./host/case-table";
import { workingOf } from "./host/cases";

/** Numbers from 0 to 1 that repeat from run to run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const read = (double: number): Amount => amount(double.toPrecision(15));
const columnOf = (...doubles: number[]): Column => column(Float64Array.from(doubles));
const shown = (figures: Column, height: number): string[] =>
  Array.from({ length: height }, (_, row) => digits(amountAt(figures, row)));
/** Minus zero is zero. */
const plain = (figure: Amount): string => digits(figure).replace(/^-0$/, "0");

/** What was compared and isn't the same; an expect() for each of so many rows would take most of the time. */
let unequal: unknown[] = [];

const compare = (at: unknown, ours: unknown, theirs: unknown): void => {
  if (!isDeepStrictEqual(ours, theirs)) unequal.push({ at, ours, theirs });
};
/** The first of them. */
const differing = (): unknown[] => unequal.slice(0, 5);
beforeEach(() => {
  unequal = [];
});

describe("a column", () => {
  const odd = [3, 0.5, -2.25, 0.1 + 0.2, 1 / 3, 123456.7891, 1e14, 99999999999999.9, 5e-9, 0, 1e20];

  test("holds every double as its 15 digits, whole numbers or not", () => {
    expect(shown(columnOf(...odd), odd.length)).toEqual(odd.map((n) => digits(read(n))));
  });

  test("gives back the nearest doubles", () => {
    const figures = columnOf(...odd);
    const { doubles } = nearestOverRows(odd.length, (_, at) => ({ doubles: at(figures) }));
    expect([...doubles]).toEqual(odd.map((n) => read(n).toNumber()));
  });

  test("a noisy sum is still a whole number; one that never ends is read in decimals", () => {
    const { wholes, scale } = columnOf(3, 0.1 + 0.2, 1 / 3);
    expect([...wholes.subarray(0, 3), scale]).toEqual([30, 3, NaN, 1]);
  });

  test("of no rows answers nothing and fails nowhere", () => {
    const x = columnOf();
    const { twice } = overRows(0, ({ plus }, at) => ({ twice: plus(at(x), at(x)) }));
    expect(amountAt(columnOf(5), 0).plus(sumOf(twice, 0)).toNumber()).toBe(5);
    expect(nearestOverRows(0, (_, at) => ({ all: at(x) })).all).toHaveLength(0);
  });
});

describe("operations over rows", () => {
  const draw = random(7);
  const drawn = (): number => {
    const kind = draw();
    const sign = draw() < 0.3 ? -1 : 1;
    if (kind < 0.05) return 0;
    if (kind < 0.1) return sign * 1e14 * draw();
    if (kind < 0.2) return sign * draw();
    return (sign * Math.round(draw() * 1e6)) / 10 ** Math.floor(draw() * 5);
  };
  const height = 5003;
  const many = (next: () => number): number[] => Array.from({ length: height }, next);
  const [a, b, c] = [many(drawn), many(drawn), many(drawn)];
  // Equal rows, so that comparisons meet equality.
  a.forEach((n, row) => {
    if (row % 7 === 0) b[row] = n;
  });
  const [x, y, z] = [a, b, c].map((doubles) => columnOf(...doubles)) as [Column, Column, Column];

  const operations = <N>(
    { of, zero, plus, minus, times, over, max, min, ifAbove }: Arithmetic<N>,
    at: (given: Given) => N,
  ) => ({
    plus: plus(at(x), at(y)),
    minus: minus(at(x), at(y)),
    times: times(at(x), at(y)),
    twice: times(times(at(x), at(y)), at(z)),
    max: max(at(x), at(y)),
    min: min(at(x), at(y)),
    positive: max(at(x), zero),
    negative: minus(zero, at(x)),
    over: over(at(x), of("0.12")),
    under: over(at(x), of("8")),
    ifAbove: ifAbove(at(x), at(y), at(z), plus(at(z), of("1"))),
    given: times(at(x), at(amount("0.0725"))),
    // Above the safe numbers and back below: what was lost there must not come back.
    back: minus(plus(times(at(x), of("1000000000000")), at(y)), times(at(x), of("1000000000000"))),
    kept: plus(plus(zero, times(at(x), of("1"))), zero),
  });
  const formula = overRows(height, operations);

  test("the nearest doubles and the sums are those of the exact figures", () => {
    const doubles = nearestOverRows(height, operations);
    for (const name of Object.keys(formula) as (keyof typeof formula)[]) {
      let sum = exact.zero;
      for (let row = 0; row < height; row++) {
        const figure = amountAt(formula[name], row);
        compare([name, row], doubles[name][row], figure.toNumber() + 0);
        sum = sum.plus(figure);
      }
      // Quotients that do not end, and what has more than 40 digits, have no exact sum.
      if (name === "over" || name === "twice") continue;
      compare(name, plain(sumOf(formula[name], height)), plain(sum));
    }
    expect(differing()).toEqual([]);
  });

  test.each(Object.keys(formula) as (keyof typeof formula)[])(
    "%s is the decimals' figure",
    (name) => {
      const wanted: Record<typeof name, (x: Amount, y: Amount, z: Amount) => Amount> = {
        plus: (p, q) => p.plus(q),
        minus: (p, q) => p.minus(q),
        times: (p, q) => p.times(q),
        twice: (p, q, r) => p.times(q).times(r),
        max: (p, q) => (p.lessThan(q) ? q : p),
        min: (p, q) => (p.lessThan(q) ? p : q),
        positive: (p) => (p.lessThan(0) ? amount(0) : p),
        negative: (p) => p.negated(),
        over: (p) => p.dividedBy("0.12"),
        under: (p) => p.dividedBy(8),
        ifAbove: (p, q, r) => (p.greaterThan(q) ? r : r.plus(1)),
        given: (p) => p.times("0.0725"),
        back: (p, q) => p.times("1e12").plus(q).minus(p.times("1e12")),
        kept: (p) => p,
      };
      let apart = 0;
      for (let row = 0; row < height; row++) {
        if (Number.isNaN(formula[name].wholes[row])) apart += 1;
        const figures = [a, b, c].map((doubles) => read(doubles[row] as number));
        const [p, q, r] = figures as [Amount, Amount, Amount];
        compare(row, plain(amountAt(formula[name], row)), plain(wanted[name](p, q, r)));
      }
      expect(differing()).toEqual([]);
      expect(apart).toBeGreaterThan(0);
      expect(apart).toBeLessThan(name === "back" ? height + 1 : height);
    },
  );

  test("sums and choices near 2^53 lose no digit", () => {
    const root = columnOf(94906265, 94906264, 3);
    const near = overRows(3, ({ of, plus, minus, times, max, min }, at) => {
      const square = times(at(root), at(root));
      const less = minus(square, of("1"));
      const both = plus(square, less);
      return { both, apart: minus(both, square), max: max(square, less), min: min(square, less) };
    });
    expect(shown(near.both, 3)).toEqual(["18014398272500449", "18014397892875391", "17"]);
    expect(shown(near.apart, 3)).toEqual(["9007199136250224", "9007198946437695", "8"]);
    expect(shown(near.max, 3)).toEqual(["9007199136250225", "9007198946437696", "9"]);
    expect(shown(near.min, 3)).toEqual(["9007199136250224", "9007198946437695", "8"]);
  });

  test("a result is a column that can be given again, its decimals with it", () => {
    const { square } = overRows(height, ({ times }, at) => ({ square: times(at(x), at(x)) }));
    const { sum } = overRows(height, ({ plus }, at) => ({ sum: plus(at(square), at(y)) }));
    for (let row = 0; row < height; row++) {
      const p = read(a[row] as number);
      const wanted = p.times(p).plus(read(b[row] as number));
      compare(row, plain(amountAt(sum, row)), plain(wanted));
    }
    expect(differing()).toEqual([]);
  });
});

describe("published cases", () => {
  const cases = exchanges.flatMap((rules) =>
    marginCases(rules.exchange)
      .filter(({ lots, markup }) => !lots && !markup)
      .map((row) => [row.id, rules, row] as const),
  );

  test.each(cases)("%s is the same figure over columns", (_, rules, row) => {
    const { margin } = overRows(1, (arithmetic) => ({
      margin: workingOf(rules, row, arithmetic).margin,
    }));
    expect(digits(amountAt(margin, 0))).toBe(row.margin);
  });
});

/** Each edition's call and put, the ratio its own or given, until there are a million contracts and more. */
const formulas = exchanges.flatMap(({ exchange, editions, underlying }) =>
  editions.flatMap((edition) =>
    (["call", "put"] as const).flatMap((right) =>
      (edition.rate ? [false, true] : [true]).map((rated) => {
        const from = `${edition.products?.join(" ") ?? ""} ${edition.from ?? ""}`.trim();
        const title = `${exchange} ${from} ${right}${edition.rate && rated ? ", ratio given" : ""}`;
        return { title, edition, right, rated, underlying };
      }),
    ),
  ),
);
const CONTRACTS = 1_000_000;
const HEIGHT = Math.ceil(CONTRACTS / formulas.length);

interface Drawn {
  readonly settlement: number;
  readonly underlying: number;
  readonly strike: number;
  readonly multiplier: number;
  readonly rate: number;
}

/** Contracts as exchanges list them, adjusted ones, and in every tenth a price or rate of up to 15 digits. */
function drawnContract(draw: () => number, kind: RuleSet["underlying"]): Drawn {
  const to = (n: number, decimals: number): number =>
    Math.max(Math.round(n * 10 ** decimals), 1) / 10 ** decimals;
  const level = { etf: 5, index: 5000, future: 20_000 }[kind] * (0.2 + draw());
  const decimals = { etf: 3, index: 4, future: 2 }[kind];
  const underlying = to(level, decimals);
  const long = draw();
  const [settlement, strike] = [to(level * 0.2 * draw(), 4), to(level * (0.8 + 0.4 * draw()), 3)];
  const unit = {
    etf: 10_000,
    index: 100,
    future: [1, 5, 10, 15, 20, 1000][Math.floor(draw() * 6)],
  }[kind];
  return {
    settlement: long < 0.04 ? level * draw() : settlement,
    underlying: long > 0.04 && long < 0.07 ? level : underlying,
    strike,
    multiplier: draw() < 0.5 ? (unit as number) : 1 + Math.floor(draw() * 30_000),
    rate:
      long > 0.97
        ? draw()
        : ([0.12, 0.125, 0.0725, to(draw() * 0.4, 3)][Math.floor(draw() * 4)] as number),
  };
}

/** The contracts of a formula as columns and as decimals. */
function book(kind: RuleSet["underlying"], seed: number, height: number) {
  const draw = random(seed);
  const drawn = Array.from({ length: height }, () => drawnContract(draw, kind));
  const columnFor = (term: keyof Drawn): Column =>
    column(Float64Array.from(drawn, (contract) => contract[term]));
  return {
    columns: {
      settlement: columnFor("settlement"),
      underlying: columnFor("underlying"),
      strike: columnFor("strike"),
      multiplier: columnFor("multiplier"),
      rate: columnFor("rate"),
    },
    decimals: (row: number): Record<keyof Drawn, Amount> => {
      const { settlement, underlying, strike, multiplier, rate } = drawn[row] as Drawn;
      return {
        settlement: read(settlement),
        underlying: read(underlying),
        strike: read(strike),
        multiplier: read(multiplier),
        rate: read(rate),
      };
    },
  };
}

const contractOf = <N>(figures: Record<keyof Drawn, N>, right: Right, rated: boolean) => {
  const { rate, ...terms } = figures;
  return { right, terms, rate: rated ? rate : undefined };
};

describe("a million contracts", () => {
  test("are drawn", () => expect(HEIGHT * formulas.length).toBeGreaterThanOrEqual(CONTRACTS));

  test.each(formulas.map((formula, index) => [formula.title, formula, index] as const))(
    "%s: columns equal decimals to the last digit on every term of the working",
    (_, { edition, right, rated, underlying }, index) => {
      const { columns, decimals } = book(underlying, 100 + index, HEIGHT);
      const ours = overRows(HEIGHT, <N>(arithmetic: Arithmetic<N>, at: (given: Given) => N) => {
        const { settlement, underlying: price, strike, multiplier, rate } = columns;
        const terms = { settlement, underlying: price, strike, multiplier, rate };
        const read = Object.fromEntries(
          Object.entries(terms).map(([name, given]) => [name, at(given)]),
        );
        return run(arithmetic, edition, contractOf(read as Record<keyof Drawn, N>, right, rated))
          .working;
      });
      const names = Object.keys(ours) as (keyof typeof ours)[];
      let [differ, apart] = [0, 0];
      for (let row = 0; row < HEIGHT; row++) {
        const { working } = run(exact, edition, contractOf(decimals(row), right, rated));
        let inDecimals = false;
        names.forEach((name) => {
          const { wholes, scale } = ours[name];
          const n = wholes[row] as number;
          inDecimals ||= Number.isNaN(n);
          const figure = Number.isNaN(n) ? amountAt(ours[name], row) : amount(`${n}e-${scale}`);
          if (!figure.equals(working[name])) differ += 1;
        });
        if (inDecimals) apart += 1;
      }
      expect(differ).toBe(0);
      expect(apart).toBeGreaterThan(HEIGHT / 50);
      expect(apart).toBeLessThan((HEIGHT * (edition.rate && rated ? 9 : 3)) / 10);
    },
  );
});

describe.each(exchanges.map((rules) => [rules.exchange, rules] as const))("%s", (_, rules) => {
  test("lots and a markup give every amount of shortMargin, and only the wanted are worked out", () => {
    const [on, height] = ["2026-11-20", 500];
    const edition = editionOn(rules, on);
    const { columns, decimals } = book(rules.underlying, 5, height);
    const draw = random(6);
    const lots = Float64Array.from({ length: height }, () => 1 + Math.floor(draw() ** 8 * 1e6));
    const markup = amount("0.2");
    for (const right of ["call", "put"] as const) {
      const ours = marginColumns(
        {
          edition,
          contract: contractOf<Given>(columns, right, !edition.rate),
          ...{ lots: column(lots), markup, height },
        },
        ["premium", "underlyingPart", "outOfTheMoney", "lift", "cut", "markup", "total", "basic"],
      );
      expect(ours).not.toHaveProperty("minimum");
      for (let row = 0; row < height; row++) {
        const contract = contractOf(decimals(row), right, !edition.rate);
        const terms = { lots: amount(lots[row] as number), markup, on };
        const theirs = shortMargin(rules, contract, terms);
        for (const name of Object.keys(ours) as (keyof typeof ours)[]) {
          compare([right, row, name], plain(amountAt(ours[name], row)), plain(theirs[name]));
        }
      }
    }
    expect(differing()).toEqual([]);
  });
});

test("a term the formula needs and does not have is missing in columns too", () => {
  const zce = exchanges.find(({ exchange }) => exchange === "ZCE") as RuleSet;
  const { settlement, underlying, strike, multiplier } = book("future", 1, 4).columns;
  const contract = {
    right: "call",
    terms: { settlement, underlying, strike, multiplier },
  } as const;
  const one = { lots: amount(1), markup: amount(0), height: 4 };
  const edition = editionOn(zce, "2026-11-20");
  expect(() => marginColumns({ edition, contract, ...one }, ["total"])).toThrow("missing: rate");
});

describe("a positions table", () => {
  /** What cells of a column may hold, the plain ones first and drawn most. */
  const CELLS = {
    合约: [
      ...["510050C2612M03100", "510050P2612M03100", "m2701-C-3100", "m2701-P-2900", "SR701C6000"],
      ...[
        "IO2612-C-4800",
        "510300C2612A04000",
        "DCE.bz2703-C-6000",
        "cu2701C90000",
        "si2701-C-9500",
      ],
      ...[
        "m2701",
        "IF2612",
        "510050",
        "510500C2612M06000",
        "10000001",
        10000001,
        "nonsense",
        "",
        null,
      ],
    ],
    交易所: ["", "", "", "", null, 0, "SSE", "DCE", "大商所", "XYZ"],
    认购认沽: ["", "", "", "", null, "C", "认沽", "X", 0, true],
    买卖: ["卖", "卖", "卖", "卖", "short", "买", "long", "备兑", "", "constructor", null],
    手数: [1, 2, 10, 7, 1e6, 1.5, 0, -1, "3", "１", "", 1e300, NaN, true],
    结算价: [
      0.0282,
      38.5,
      0.1 + 0.2,
      168,
      1 / 3,
      0,
      -1,
      "0.5",
      "",
      "#N/A",
      1e15,
      1e-9,
      999999999999999.9,
    ],
    标的价: [
      2.339,
      2985,
      4800.1234,
      90000,
      2 / 3,
      0,
      null,
      "２９８５",
      "5%",
      false,
      5e13,
      99999999999999.9,
    ],
    保证金率: ["", "", 0.12, 0.0725, 0.07, 1 / 7, 1, 0, 7, "10%", -0.1, 1.0000000000000002],
    行权价: ["", "", "", "", 3.1, 3100, 2900, 3.948, 0, "3100", 3.1000000000000005, -1],
    合约单位: ["", "", "", "", 10000, 10, 10132, 100, 5, 1.5, "10", 1e14],
  } as const;
  type Name = keyof typeof CELLS;

  const drawnTable = (names: readonly Name[], height: number, seed: number): unknown[][] => {
    const draw = random(seed);
    const cellOf = (name: Name): unknown => {
      const cells: readonly unknown[] = CELLS[name];
      return cells[Math.floor(draw() ** 2.5 * cells.length)];
    };
    return [[...names], ...Array.from({ length: height }, () => names.map(cellOf))];
  };

  const answers = (row: RowMargin | undefined): unknown =>
    row && [
      ...[row.margin, row.premium, row.basic, row.minimum].map((figure) => figure.toNumber() + 0),
      row.branch,
    ];
  const refusal = (error: unknown): unknown => {
    if (!(error instanceof MarginError)) throw error;
    return sentence(error);
  };

  const all = Object.keys(CELLS) as Name[];
  test.each([
    ["every column", all, 30_000, "2026-11-20"],
    ["a code and two prices", ["合约", "结算价", "标的价"], 3000, "2026-11-20"],
    [
      "no exchange, no right",
      all.filter((n) => n !== "交易所" && n !== "认购认沽"),
      10_000,
      "2026-11-20",
    ],
    ["a day before most rules", all, 3000, "2016-01-04"],
    [
      "strikes by column",
      ["交易所", "认购认沽", "行权价", "合约单位", "结算价", "标的价"],
      2000,
      "2026-11-20",
    ],
  ] as [string, Name[], number, string][])(
    "with %s answers every row as it is answered alone",
    (_, names, height, on) => {
      const table = openTable(drawnTable(names, height, height));
      const terms = { markup: amount("0.15"), on };
      const ours = marginsOfTable(table, exchanges, terms);
      const marginOf = marginOfRows(exchanges, terms);
      let inColumns = 0;
      for (let index = 0; index < height; index++) {
        const row = table.row(index);
        let alone: unknown;
        try {
          alone = answers(row && marginOf(row));
        } catch (error) {
          alone = refusal(error);
        }
        const single = ours.single.get(index);
        const { margin, premium, basic, minimum, branch } = ours;
        if (branch[index]) {
          inColumns += 1;
          compare(index, ours.single.has(index), false);
          const figures = [margin[index], premium[index], basic[index], minimum[index]];
          compare(index, [...figures, branch[index]], alone);
        } else if (single && "refused" in single) compare(index, refusal(single.refused), alone);
        else compare(index, answers(single), alone);
      }
      expect(differing()).toEqual([]);
      if (names.includes("合约") && on > "2026") expect(inColumns).toBeGreaterThan(height / 20);
    },
  );

  test("the holdings of a table are those of its rows read alone, and refused for the same", () => {
    const height = 6000;
    const table = openTable(drawnTable(all, height, 7));
    const terms = {
      on: "2026-11-20",
      dayOfCell: (cell: unknown) => readDay(String(cell)),
    };
    const { rows: alone } = marginsAlone(table, exchanges, terms.on, () => false);
    const holdingOf = holdingsOfRows(exchanges, terms);
    const read = (holding: () => Holding): unknown => {
      try {
        const { joins, contract, ...held } = holding();
        const figures = joins && [joins.margin, joins.premium, joins.unit, joins.strike];
        return [JSON.stringify([held, figures]), joins?.leg, contract?.key];
      } catch (error) {
        return refusal(error);
      }
    };
    for (let index = 0; index < height; index++) {
      const row = table.row(index);
      if (!row) compare(index, alone[index], undefined);
      else {
        compare(
          index,
          read(() => holdingOf(row, alone[index] as RowAlone | undefined)),
          read(() => holdingOf(row)),
        );
      }
    }
    expect(differing()).toEqual([]);
    expect(alone.filter(Boolean).length).toBeGreaterThan(height / 20);
  });

  test("the sum of rows that need not be told apart is that of the same rows one by one", () => {
    const table = openTable(drawnTable(all, 6000, 8));
    const apart = marginsAlone(table, exchanges, "2026-11-20", () => false);
    const half = marginsAlone(table, exchanges, "2026-11-20", (row) => row % 2 === 0);
    const marginOf = marginOfRows(exchanges, { markup: amount(0), on: "2026-11-20" });
    let [sum, count] = [exact.zero, 0];
    half.rows.forEach((known, index) => {
      compare(index, known === "summed", index % 2 === 0 && apart.rows[index] !== undefined);
      if (known !== "summed") return compare(index, known, apart.rows[index]);
      sum = sum.plus(marginOf(table.row(index) ?? {}).margin);
      count += 1;
    });
    expect(differing()).toEqual([]);
    // Units and prices of 15 digits drawn together leave sums of 41, which 40 hold but for the last.
    expect(half.sum.toPrecision(38)).toBe(sum.toPrecision(38));
    expect(digits(apart.sum)).toBe("0");
    expect(count).toBeGreaterThan(150);
  });

  test("more rows of one rule than are gathered at once are all answered", () => {
    const draw = random(11);
    const price = (): number => Math.round(draw() * 3e4 + 1) / 1e4;
    const codes = ["510050C2612M03100", "510300C2612M04000", "510050P2612M03100"];
    const rows = Array.from({ length: 12_289 }, (_, row) => [codes[row % 3], price(), price()]);
    const table = openTable([["合约", "结算价", "标的价"], ...rows]);
    const terms = { markup: amount("0.2"), on: "2026-11-20" };
    const { margin, branch, single } = marginsOfTable(table, exchanges, terms);
    const marginOf = marginOfRows(exchanges, terms);
    expect(single.size).toBe(0);
    for (let index = 0; index < rows.length; index++) {
      const alone = marginOf(table.row(index) ?? {});
      compare(index, [margin[index], branch[index]], [alone.margin.toNumber(), alone.branch]);
    }
    expect(differing()).toEqual([]);
  });

  test("plain options go in columns, all of them", () => {
    const table = openTable([
      ["合约", "买卖", "手数", "结算价", "标的价", "保证金率"],
      ["510050C2612M03100", "卖", 2, 0.0282, 2.339, ""],
      ["510050P2612M03100", "义务", 2, 2.9, 2.339, 0.15],
      ["m2701-C-3100", "卖", 10, 38.5, 2985, 0.07],
      ["m2701-C-3100", "买", 10, 38.5, 2985, 0.07],
    ]);
    const { branch, single } = marginsOfTable(table, exchanges, {
      markup: amount(0),
      on: "2026-11-20",
    });
    expect(single.size).toBe(0);
    expect(branch).toEqual(["minimum", "cap", "basic", "long"]);
  });
});
