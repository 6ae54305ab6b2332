// The best sets of a book, the orders that lead there, and what the exchange does by itself.
import { describe, expect, test } from "@jest/globals";
import {
  bookOf,
  combiningFor,
  stripOf,
  stripOfCombining,
  type Book,
  type Combining,
  type HeldSet,
  type Line,
  type OwnTrade,
  type Profile,
  type SetAct,
} from "../src/account";
import { legOfLine, type LineLeg } from "../src/account/legs";
import {
  amount,
  bestSets,
  lotsThatJoin,
  marginTogether,
  nettedTonight,
  possibleSets,
  type Amount,
  type Day,
  type Holding,
} from "../src/core";
import { readCells } from "../src/statements";
import { combiningText } from "../src/taskpane/instructions";
import { CTP_PROFILE, ctpBook } from "./host/books";
import { holdingsOf } from "./host/position-rows";
import { random } from "./host/random";
import { drawBook } from "./host/random-books";

const DAY = "2026-11-20";

type Row = readonly [contract: string, side: string, lots: number, price: number, of?: number];

const RATES: Profile["products"] = Object.fromEntries(
  ["m", "y", "SR", "CF"].map((code) => [code, { exchange: "0.1" }]),
);

interface Given {
  readonly day?: Day;
  readonly profile?: Partial<Profile>;
  readonly equity?: number;
  /** The column of the options' prices. */
  readonly price?: "结算价" | "最新价";
}

/** A book of rows at a broker that charges 1.2 times the exchange's margin. */
async function book(rows: readonly Row[], given: Given = {}) {
  const { day = DAY, profile, equity, price: column = "结算价" } = given;
  const header = ["合约", "方向", "手数", column, "标的价"];
  const body = rows.map(([contract, side, lots, price, of = 3]) => [
    ...[contract, side, String(lots), String(price), String(of)],
  ]);
  return bookOf({
    statement: await readCells([header, ...body], "表", { day }),
    prices: {},
    equity: amount(equity ?? 1_000_000),
    profile: {
      ...CTP_PROFILE,
      products: RATES,
      surcharge: { kind: "multiple", markup: "0.2" },
      ...profile,
    },
    today: day,
  });
}

function lineOf({ lines }: Book, id: string): Line {
  const found = lines.find((line) => line.id === id);
  if (!found) throw new Error(`${id} is none of ${lines.map((line) => line.id).join(", ")}`);
  return found;
}

/** The book with sets of two lines held, priced as the rules price them. */
function holding(of: Book, sets: readonly (readonly [string, string, number])[]): Book {
  const on = of.day ?? of.inputs.today;
  const held = sets.map(([one, other, count], index): HeldSet => {
    const legs = [lineOf(of, one), lineOf(of, other)];
    const [set] = possibleSets(
      legs.map((line) => legOfLine(line, "exchange") as LineLeg),
      on,
    );
    const saved = set?.saved.times(count);
    return {
      id: String(index + 1),
      strategy: undefined,
      legs,
      sets: amount(count),
      from: "statement",
      combination: set?.combination,
      printed: undefined,
      saved: { broker: saved?.times("1.2"), exchange: saved },
    };
  });
  return { ...of, sets: held };
}

function combined(of: Book): Combining {
  const found = combiningFor(of);
  if ("refused" in found) throw new Error(found.refused.en);
  return found;
}

const shown = ({ acts }: Combining): string[] =>
  acts.map(
    ({ act, combination, first, second, sets }) =>
      `${act} ${sets} ${combination.name} ${first.id} + ${second.id}`,
  );
const numbers = (...amounts: readonly (Amount | undefined)[]): number[] => amounts.map(Number);

// At 3.0 a short at the money takes 0.05 + 0.12 × 3 = 0.41 of 10,000, either right: 4100, and 4920 at the broker.
const CALL: Row = ["510050C2612M03000", "卖", 10, 0.05];
const PUT: Row = ["510050P2612M03000", "卖", 10, 0.05];
const CALL_ABOVE: Row = ["510050C2612M03100", "买", 10, 0.02];
const PUT_BELOW: Row = ["510050P2612M02900", "买", 10, 0.02];
const [C, P] = ["510050C2612M03000 short", "510050P2612M03000 short"];
const [LC, LP] = ["510050C2612M03100 long", "510050P2612M02900 long"];

describe("at Shanghai", () => {
  test("a straddle gives way to two spreads: first it is taken apart, which takes cash meanwhile", async () => {
    const found = combined(holding(await book([CALL, PUT, CALL_ABOVE, PUT_BELOW]), [[C, P, 10]]));
    // Alone 2 × 4920; together 4920 + a premium of 600, so 5520; two spreads of 0.1 × 10,000 × 1.2.
    expect(numbers(found.none, found.now, found.best)).toEqual([98400, 55200, 24000]);
    expect(numbers(found.saved, found.freed, found.meanwhile)).toEqual([43200, 31200, 43200]);
    // Set by set: 4,320 for one straddle, and each round frees 3,120.
    expect(Number(found.setBySet)).toBe(4320);
    expect(shown(found)).toEqual([
      `dissolve 10 KS ${C} + ${P}`,
      `build 10 CXSJC ${LC} + ${C}`,
      `build 10 PNSJC ${LP} + ${P}`,
    ]);
    expect(found.acts.map(({ margin }) => Number(margin))).toEqual([98400, 61200, 24000]);
    const [parted] = found.acts;
    expect(numbers(parted?.apart, parted?.together, parted?.saved)).toEqual([98400, 55200, 43200]);
    expect(found.standard).toBe("broker");
    expect(found.shortsWithoutPartner).toBe(0);
  });

  test("what is held and as good as any other stays", async () => {
    // Two short calls alike and one long: either spread saves as much.
    const rows: Row[] = [CALL, ["510050C2612M03000", "卖", 10, 0.05], CALL_ABOVE];
    const of = await book(rows);
    for (const id of [C, `${C} 2`]) {
      const found = combined(holding(of, [[LC, id, 10]]));
      expect([shown(found), Number(found.freed)]).toEqual([[], 0]);
      expect(found.shortsWithoutPartner).toBe(1);
    }
  });

  test("only the sets that differ change, the others stay held", async () => {
    const of = holding(await book([CALL, PUT, CALL_ABOVE, PUT_BELOW]), [[LC, C, 4]]);
    expect(shown(combined(of))).toEqual([
      `build 6 CXSJC ${LC} + ${C}`,
      `build 10 PNSJC ${LP} + ${P}`,
    ]);
  });

  test("a set that costs more than its legs is named and taken apart first", async () => {
    // Strikes 0.5 apart: 5000 for a call that takes 4100 alone.
    const far: Row = ["510050C2612M03500", "买", 10, 0.001];
    const of = holding(await book([CALL, far]), [["510050C2612M03500 long", C, 10]]);
    const found = combined(of);
    expect(shown(found)).toEqual([`dissolve 10 CXSJC 510050C2612M03500 long + ${C}`]);
    expect(found.costlier).toEqual(of.sets);
    expect(numbers(found.none, found.now, found.best, found.saved)).toEqual([
      49200, 60000, 49200, -10800,
    ]);
    expect(Number(found.meanwhile)).toBe(0);
  });

  describe("near expiry, Wednesday 23 December", () => {
    const spread = [CALL, CALL_ABOVE];
    const others: readonly Row[] = [
      ["510050C2612M03200", "卖", 10, 0.05],
      ["510050C2612M03300", "买", 10, 0.02],
    ];

    test("a warning names the day after whose close a spread is taken apart, and what that costs", async () => {
      const of = holding(await book(spread, { day: "2026-12-08" }), [[LC, C, 10]]);
      const { dissolving } = combined(of);
      expect(dissolving).toHaveLength(1);
      // 4920 − 1200 for each of ten.
      expect(dissolving[0]).toMatchObject({ day: "2026-12-21", sets: 10, held: true });
      expect(Number(dissolving[0]?.rises)).toBe(37200);
    });

    test("by an older statement a set that may be apart by now is told, and none is proposed", async () => {
      const rows = [CALL, CALL_ABOVE, ...others];
      const day = "2026-12-18";
      const of = holding({ ...(await book(rows, { day })), day }, [[LC, C, 10]]);
      const { dissolving } = combined({ ...of, inputs: { ...of.inputs, today: "2026-12-18" } });
      expect(dissolving).toMatchObject([
        { day: "2026-12-21", held: true, passed: false },
        { day: "2026-12-21", held: false, passed: false },
      ]);
      const later = combined({ ...of, inputs: { ...of.inputs, today: "2026-12-22" } });
      expect(shown(later)).toEqual([]);
      expect(later.dissolving).toMatchObject([{ day: "2026-12-21", held: true, passed: true }]);
    });

    test("a spread still to be built is warned of too", async () => {
      const { dissolving } = combined(await book(spread, { day: "2026-12-18" }));
      expect(dissolving).toMatchObject([{ day: "2026-12-21", held: false }]);
    });

    test("on the last day itself one is proposed while it runs, and no more after its settlement", async () => {
      const day = "2026-12-21";
      const settled = combined(await book(spread, { day }));
      expect([shown(settled), settled.dissolving]).toEqual([[], []]);
      const running = combined(
        await book(spread, { day, price: "最新价", profile: { priceBasis: "last" } }),
      );
      expect(shown(running)).toEqual([`build 10 CXSJC ${LC} + ${C}`]);
      expect(running.dissolving).toMatchObject([{ day, held: false }]);
    });

    test("eleven trading days before there is no warning yet", async () => {
      const early = { day: "2026-12-04" };
      expect(combined(await book(spread, early)).dissolving).toEqual([]);
      expect(combined(await book(spread, { day: "2026-12-07" })).dissolving).toHaveLength(1);
    });

    test("after that day none is built", async () => {
      const found = combined(await book(spread, { day: "2026-12-22" }));
      expect([shown(found), found.dissolving]).toEqual([[], []]);
    });

    test("a straddle lives as long as its legs and is no cause to warn", async () => {
      const of = holding(await book([CALL, PUT], { day: "2026-12-22" }), [[C, P, 10]]);
      const found = combined(of);
      expect([found.dissolving, Number(found.saved)]).toEqual([[], 43200]);
    });
  });

  describe("after tonight's netting", () => {
    const long: Row = ["510050C2612M03000", "买", 4, 0.05];

    test("long and short of one contract are set off", async () => {
      const { tonight, now } = combined(await book([CALL, long]));
      expect(tonight?.netted.map(({ line, lots }) => `${line.id} ${lots}`)).toEqual([
        "510050C2612M03000 long 4",
        `${C} 4`,
      ]);
      expect(numbers(now, tonight?.margin, tonight?.released)).toEqual([49200, 29520, 19680]);
    });

    test("only lots outside sets are", async () => {
      const of = holding(await book([CALL, PUT, long]), [[C, P, 8]]);
      expect(combined(of).tonight?.netted.map(({ lots }) => lots)).toEqual([2, 2]);
    });

    test("lots that net by themselves join no set: a spread would cost what netting frees", async () => {
      const both: Row = ["510050C2612M03000", "买", 10, 0.05];
      const found = combined(await book([CALL, both, CALL_ABOVE]));
      expect([shown(found), Number(found.tonight?.margin)]).toEqual([[], 0]);
      expect(found.shortsWithoutPartner).toBe(0);
    });

    test("netting comes after the acts, so that both add up", async () => {
      const found = combined(await book([CALL, PUT, long]));
      expect(shown(found)).toEqual([`build 6 KS ${C} + ${P}`]);
      // Six sets of 5520 and four puts of 4920, once four calls are netted.
      expect(numbers(found.best, found.tonight?.margin)).toEqual([72480, 52800]);
      expect(numbers(found.best.minus(found.tonight?.released ?? 0))).toEqual([52800]);
    });

    test("the uncovered short goes before the covered one", async () => {
      const covered: Row = ["510050C2612M03000", "备兑", 3, 0.05];
      const rows: Row[] = [covered, ["510050C2612M03000", "卖", 2, 0.05], long];
      const { tonight } = combined(await book(rows));
      expect(tonight?.netted.map(({ line, lots }) => `${line.position.side} ${lots}`)).toEqual([
        ...["long 4", "short 2", "covered 2"],
      ]);
      expect(Number(tonight?.released)).toBe(9840);
    });

    test("nothing nets where nothing is held both ways", async () => {
      expect(combined(await book([CALL, PUT])).tonight).toBeUndefined();
    });
  });

  test("a set whose rule isn't known counts as it stands, and its lines join no other", async () => {
    const of = await book([CALL, PUT, CALL_ABOVE, PUT_BELOW]);
    const [set] = holding(of, [[C, P, 10]]).sets;
    const unknown: HeldSet = {
      ...(set as HeldSet),
      combination: undefined,
      saved: { broker: undefined, exchange: undefined },
    };
    const found = combined({ ...of, sets: [unknown] });
    expect(shown(found)).toEqual([]);
    expect(numbers(found.none, found.now, found.best)).toEqual([98400, 98400, 98400]);
    expect(found.leftOut.map(({ contract }) => contract)).toEqual([CALL[0], PUT[0]]);
    expect(found.leftOut[0]?.why.en).toContain("set whose rule isn't known");
  });

  test("more sets than lots are no sets that are known", async () => {
    const of = holding(await book([CALL, PUT, CALL_ABOVE]), [
      [C, P, 7],
      [LC, C, 7],
    ]);
    const found = combined(of);
    expect(shown(found)).toEqual([]);
    expect(found.leftOut).toHaveLength(3);
  });

  test("adjusted and covered contracts, and rows without a price, stay apart with the reason", async () => {
    const found = combined(
      await book([
        ["510050C2612A03000", "买", 1, 0.05],
        ["510050C2612M03200", "备兑", 1, 0.01],
        CALL,
      ]),
    );
    expect(found.leftOut.map(({ why }) => why.en)).toEqual([
      expect.stringContaining("was adjusted"),
      expect.stringContaining("is covered"),
    ]);
  });

  test("rows that lack something, or don't fit the others, stay apart with the reason", async () => {
    const of = await book([CALL, CALL_ABOVE, PUT_BELOW, PUT, ["510050C2612M03200", "卖", 1, 0.01]]);
    const [call, above, below, put, other] = of.lines as [Line, Line, Line, Line, Line];
    const found = combined({
      ...of,
      lines: [
        call,
        { ...above, price: undefined },
        { ...below, unit: undefined },
        { ...put, position: { ...put.position, quantity: amount("9.5") } },
        { ...other, broker: { ...other.broker, markup: amount("0.5") } as Line["broker"] },
      ],
    });
    expect(shown(found)).toEqual([]);
    expect(found.leftOut.map(({ why }) => why.en)).toEqual([
      expect.stringContaining("has no price"),
      expect.stringContaining("has no contract unit"),
      expect.stringContaining("9.5 lots, not a whole number"),
      expect.stringContaining("doesn't fit the other rows"),
    ]);
  });

  test("lots printed in more sets than are known keep their line apart", async () => {
    const of = holding(await book([CALL, PUT, CALL_ABOVE]), [[C, P, 4]]);
    const lines = of.lines.map((line): Line => {
      const position = { ...line.position, combinedQuantity: amount(6) };
      return line.id === C ? { ...line, combined: true, position } : line;
    });
    const sets = of.sets.map((set) => ({
      ...set,
      legs: set.legs.map((leg) => lines.find(({ id }) => id === leg.id) as Line),
    }));
    const { leftOut, acts } = combined({ ...of, lines, sets });
    expect([leftOut.map(({ contract }) => contract), acts]).toEqual([[CALL[0], PUT[0]], []]);
    const trade = { contract: CALL[0], side: "buy", effect: "close", lots: 1 } as const;
    const { refused } = stripOf({ ...of, lines, sets }, [{ ...trade, price: amount("0.05") }]);
    expect(refused?.en).toContain("is in a combination");
  });

  test("shares and a short call become a covered call, in lots of the unit", async () => {
    const found = combined(await book([CALL, ["510050", "买", 25_000, 3]]));
    expect(shown(found)).toEqual([`build 2 ZBD 510050 long + ${C}`]);
    expect(Number(found.freed)).toBe(9840);
  });
});

describe("elsewhere", () => {
  test("Dalian's debit spread keeps a fifth of the short leg", async () => {
    // 40 × 10 + 0.1 × 3000 × 10 = 3400 at the exchange, 4080 at the broker.
    const rows: Row[] = [
      ["m2701-C-3000", "买", 2, 60, 3000],
      ["m2701-C-3000", "卖", 1, 60, 3000],
      ["m2701-C-3050", "卖", 1, 40, 3000],
    ];
    const found = combined(await book(rows));
    expect(found.acts.map(({ combination, sets }) => `${combination.name} ${sets}`)).toEqual([
      ...["OPL 1", "BLS 1"],
    ]);
    // 600 + 3000, and 400 + 3000 − 250.
    expect(numbers(found.none, found.best)).toEqual([8100, 1620]);
    expect(found.tonight).toBeUndefined();
    // Clearing forms them by the day's list, which no statement has.
    expect(found.byClearing.map(({ exchange }) => exchange.en)).toEqual([
      "Dalian Commodity Exchange",
    ]);
    expect(found.inOrder).toBeUndefined();
  });

  test("Zhengzhou's straddle takes the larger leg and the other's premium", async () => {
    const rows: Row[] = [
      ["SR701C6000", "卖", 3, 100, 6000],
      ["SR701P6000", "卖", 3, 90, 6000],
    ];
    const found = combined(await book(rows));
    // (1000 + 6000) and (900 + 6000) alone; 7000 + 900 together, × 1.2 for three.
    expect(numbers(found.none, found.best)).toEqual([50040, 28440]);
    expect(shown(found)).toEqual(["build 3 STD SR701C6000 short + SR701P6000 short"]);
  });

  test("sets that clearing forms by itself are no orders, and take no cash meanwhile", async () => {
    const of = await book([
      ["SR701C6000", "卖", 2, 100, 6000],
      ["SR701P6000", "卖", 2, 90, 6000],
      ["SR701P5800", "卖", 2, 50, 6000],
      ["m2701-C-3000", "买", 1, 60, 3000],
      ["m2701-C-3050", "卖", 1, 40, 3000],
      CALL,
      CALL_ABOVE,
    ]);
    const held = holding(of, [["SR701C6000 short", "SR701P5800 short", 2]]);
    const found = combined(held);
    expect(
      found.acts.map(({ act, combination, bySelf }) => [act, combination.name, bySelf]),
    ).toEqual([
      ["build", "CXSJC", false],
      ["dissolve", "STG", true],
      ["build", "STD", true],
      ["build", "BLS", true],
    ]);
    expect(numbers(found.meanwhile, found.setBySet)).toEqual([0, 0]);
    expect(found.byClearing.map(({ exchange, inOwnOrder }) => [exchange.en, inOwnOrder])).toEqual([
      ["Zhengzhou Commodity Exchange", false],
      ["Dalian Commodity Exchange", true],
    ]);
    const orders = combiningText(found.acts, "en");
    expect(orders.split("\n")).toHaveLength(1);
    expect(orders).toContain("CXSJC");
    const alone = found.acts.filter(({ bySelf }) => bySelf);
    expect(combiningText(alone, "en")).toContain("No orders to give");
  });

  test("CFFEX combines nothing: its shorts stay without a partner", async () => {
    const rows: Row[] = [
      ["IO2612-C-4800", "卖", 1, 45.2, 4650],
      ["IO2612-P-4800", "卖", 1, 180, 4650],
      ["IO2612-C-4900", "买", 1, 20, 4650],
    ];
    const found = combined(await book(rows));
    expect([shown(found), Number(found.freed), found.shortsWithoutPartner]).toEqual([[], 0, 2]);
    expect(found.leftOut).toEqual([]);
  });

  test("legs held for two uses are not joined", async () => {
    const header = ["合约", "方向", "手数", "结算价", "标的价", "投保"];
    const rows = [
      ["SR701C6000", "卖", "3", "100", "6000", "投机"],
      ["SR701P6000", "卖", "3", "90", "6000", "套保"],
    ];
    const one = await book([["SR701C6000", "卖", 3, 100, 6000]]);
    const statement = await readCells([header, ...rows], "表", { day: DAY });
    expect(statement.positions.map(({ hedge }) => hedge)).toEqual(["投机", "套保"]);
    expect(shown(combined(bookOf({ ...one.inputs, statement })))).toEqual([]);
  });
});

test("the sample's strangle changes its put for the heavier one", async () => {
  const of = await ctpBook();
  const found = combined(of);
  // Four calls at 2810 (premium 400) with puts at 2210 (premium 150): 2060 a set saved. With puts at 2945 it is
  // 2945 + 400, which saves 2410, as the call with a future would.
  expect(numbers(found.none, found.now, found.best)).toEqual([472728, 464488, 463088]);
  // Clearing changes them at once, without orders.
  expect(numbers(found.saved, found.freed, found.meanwhile)).toEqual([8240, 1400, 0]);
  expect(found.acts.map(({ bySelf }) => bySelf)).toEqual([true, true]);
  expect(shown(found)).toEqual([
    "dissolve 4 STG m2701-C-3100 short + m2701-P-2800 short",
    "build 4 STG m2701-C-3100 short + m2701-P-2900 short",
  ]);
  const { now, then } = stripOfCombining(of, found);
  expect(Number(now.margin?.minus(then?.margin ?? 0))).toBe(1400);
});

describe("the standard", () => {
  test("is the exchange's where the broker's terms aren't known, and then there is no ratio to show", async () => {
    const of = await book([CALL, CALL_ABOVE], { profile: { surcharge: { kind: "own" } } });
    const found = combined(of);
    expect(found.standard).toBe("exchange");
    expect(numbers(found.none, found.best)).toEqual([41000, 10000]);
    const strip = stripOfCombining(of, found);
    expect(strip.then).toBeUndefined();
    expect(strip.refused).toBeDefined();
  });

  test("missing on both, nothing is answered", async () => {
    const of = await book([["SR701C6000", "卖", 3, 100, 6000]], { profile: { products: {} } });
    const found = combiningFor(of);
    expect("refused" in found && found.refused.en).toContain("SR701");
  });

  test("a row without a figure is left out and the others still combine", async () => {
    const found = combined(
      await book([CALL, CALL_ABOVE, ["SR701C6000", "卖", 3, 100, 6000]], {
        profile: { products: {} },
      }),
    );
    expect(found.leftOut.map(({ contract }) => contract)).toEqual(["SR701C6000"]);
    expect(numbers(found.none, found.best)).toEqual([49200, 12000]);
  });
});

test("a book without lines combines nothing, and only where its margin is zero is that an answer", async () => {
  const of = await book([CALL]);
  const { broker } = of.standings;
  const refused = combiningFor({ ...of, lines: [] });
  expect("refused" in refused && refused.refused.en).toContain("holds no positions");
  const standings = { ...of.standings, broker: { ...broker, margin: amount(0) } };
  const found = combined({ ...of, lines: [], standings });
  expect(numbers(found.none, found.now, found.best, found.freed)).toEqual([0, 0, 0, 0]);
});

test("the strip starts from the headline and ends with what is freed", async () => {
  const of = holding(await book([CALL, PUT, CALL_ABOVE, PUT_BELOW]), [[C, P, 10]]);
  const { now, then } = stripOfCombining(of, combined(of));
  expect(Number(now.margin) - Number(then?.margin)).toBe(31200);
  expect(then?.equity).toEqual(now.equity);
});

test("a printed margin below the least by the rules bears no relief", async () => {
  const of = await book([CALL, CALL_ABOVE]);
  const { broker } = of.standings;
  const printed = { ...broker, margin: amount(5000) };
  const { then, refused } = stripOfCombining(
    { ...of, standings: { ...of.standings, broker: printed } },
    combined(of),
  );
  expect(then).toBeUndefined();
  expect(refused?.en).toContain("5000.00 is below the least by the rules, 12000.00");
});

describe("own trades on lines in sets", () => {
  const trade = (text: string, price: number): OwnTrade => {
    const [side = "", effect = "", contract = "", lots = ""] = text.split(" ");
    return {
      contract,
      side: side as OwnTrade["side"],
      effect: effect as OwnTrade["effect"],
      lots: Number(lots),
      price: amount(price),
    };
  };
  const margins = (of: Book, ...trades: readonly OwnTrade[]): number[] => {
    const { now, then, best, refused } = stripOf(of, trades);
    if (!then) throw new Error(refused?.en);
    return [now.margin, then.margin, best?.margin].map(Number);
  };
  const straddle = async () => holding(await book([CALL, PUT]), [[C, P, 6]]);

  test("close lots outside sets first", async () => {
    const [now, then] = margins(await straddle(), trade("buy close 510050C2612M03000 4", 0.05));
    expect((now ?? 0) - (then ?? 0)).toBe(4 * 4920);
  });

  test("then take sets apart: the other leg is margined alone", async () => {
    const of = await straddle();
    const [now, then] = margins(of, trade("buy close 510050C2612M03000 5", 0.05));
    // One set of 5520 becomes a put of 4920.
    expect((now ?? 0) - (then ?? 0)).toBe(4 * 4920 + 5520 - 4920);
  });

  test("one after another, whichever leg goes", async () => {
    const of = await straddle();
    const [now, then] = margins(
      of,
      trade("buy close 510050C2612M03000 10", 0.05),
      trade("buy close 510050P2612M03000 10", 0.05),
    );
    // All that is left of the headline is what the headline had too much.
    const alone = combined(of).now;
    expect((now ?? 0) - (then ?? 0)).toBe(Number(alone));
  });

  test("to buy back takes the uncovered lots before the covered ones, however the rows stand", async () => {
    const covered: Row = ["510050C2612M03000", "备兑", 10, 0.05];
    const [now, then] = margins(
      await book([covered, CALL]),
      trade("buy close 510050C2612M03000 4", 0.05),
    );
    expect((now ?? 0) - (then ?? 0)).toBe(4 * 4920);
  });

  test("a long sold out of a spread raises the margin", async () => {
    const of = holding(await book([CALL, CALL_ABOVE]), [[LC, C, 10]]);
    const [now, then, best] = margins(of, trade("sell close 510050C2612M03100 3", 0.02));
    expect((then ?? 0) - (now ?? 0)).toBe(3 * 3720);
    expect(best).toBe(then);
  });

  test("what is opened counts alone, and the best combinations beside it", async () => {
    const of = await book([CALL]);
    const [now, then, best] = margins(of, trade("buy open 510050C2612M03100 10", 0.02));
    expect(then).toBe(now);
    expect((now ?? 0) - (best ?? 0)).toBe(37200);
  });

  test("what was closed joins nothing any more", async () => {
    const of = await book([CALL, CALL_ABOVE]);
    const [, then, best] = margins(of, trade("sell close 510050C2612M03100 10", 0.02));
    expect(best).toBe(then);
    const [, some, partly] = margins(of, trade("sell close 510050C2612M03100 4", 0.02));
    expect((some ?? 0) - (partly ?? 0)).toBe(6 * 3720);
  });
});

describe("on random books", () => {
  const DRAWN = 120;
  const rowsOf = (seed: number, legs: number) => {
    const draw = random(seed);
    const futures = new Map<unknown, string>();
    // Both sides of one future are margined together by a rule of their own.
    const drawn = drawBook(draw, legs, 1 + Math.floor(draw() * 3)).filter(
      ({ kind, side, row: { contract } }) =>
        kind !== "future" ||
        (futures.get(contract) ?? futures.set(contract, side).get(contract)) === side,
    );
    const rows = drawn.map(({ row, side }): Row => {
      const { contract = "", quantity = 0, settlement, underlying = 3 } = row;
      const [lots, price] = [Number(quantity), Number(settlement ?? 3)];
      return [String(contract), side === "long" ? "买" : "卖", lots, price, Number(underlying)];
    });
    return { draw, drawn, rows };
  };

  /** Some of the possible sets held, whatever they save. */
  function someHeld(of: Book, draw: () => number): Book {
    const legs = of.lines.map((line) => legOfLine(line, "exchange") as LineLeg);
    const left = new Map(lotsThatJoin(legs).map((lots, index) => [legs[index], lots]));
    const chosen: [string, string, number][] = [];
    for (const { first, second } of possibleSets(legs, of.day ?? of.inputs.today)) {
      const most = Math.min(left.get(first as LineLeg) ?? 0, left.get(second as LineLeg) ?? 0);
      const lots = draw() < 0.4 ? Math.ceil(draw() * most) : 0;
      if (lots === 0) continue;
      chosen.push([(first as LineLeg).line.id, (second as LineLeg).line.id, lots]);
      for (const leg of [first, second]) {
        left.set(leg as LineLeg, (left.get(leg as LineLeg) ?? 0) - lots);
      }
    }
    return holding(of, chosen);
  }

  const signed = ({ act, saved }: SetAct): Amount => (act === "build" ? saved.negated() : saved);

  test("best, as the core finds it, is reached act by act, with the lots each act asks for", async () => {
    for (let seed = 1; seed <= DRAWN; seed++) {
      // Some books are long: their acts are too many for every order to be tried.
      const { draw, drawn, rows } = rowsOf(seed, seed % 20 === 0 ? 60 : 2 + (seed % 9));
      const of = someHeld(await book(rows), draw);
      const found = combined(of);
      const holdings = holdingsOf(
        drawn.map(({ row }) => row),
        DAY,
      );
      // Lots that the exchange nets tonight join no set.
      const inSets = (leg: Holding): number =>
        of.sets.reduce(
          (sum, { legs, sets }) => sum + (legs.includes((leg as LineLeg).line) ? Number(sets) : 0),
          0,
        );
      const netted = nettedTonight(
        of.lines.map((line) => legOfLine(line, "exchange") as LineLeg),
        inSets,
      );
      const left = holdings.map((one, index): Holding => {
        const own = netted.find(({ holding: leg }) => (leg as LineLeg).line === of.lines[index]);
        return { ...one, lots: one.lots.minus(own?.lots ?? 0) };
      });
      const best = marginTogether(holdings, bestSets(left, DAY).sets).times("1.2");
      const none = marginTogether(holdings, []).times("1.2");
      expect([seed, found.none.toFixed(), found.best.toFixed()]).toEqual([
        ...[seed, none.toFixed(), best.toFixed()],
      ]);
      const relief = of.sets.reduce((sum, { saved }) => sum.plus(saved.broker ?? 0), amount(0));
      expect(found.saved.toFixed()).toBe(relief.toFixed());
      expect(found.freed.toFixed()).toBe(found.now.minus(found.best).toFixed());
      expect(found.freed.isNegative()).toBe(false);

      const legs = of.lines.map((line) => legOfLine(line, "exchange") as LineLeg);
      const free = new Map(lotsThatJoin(legs).map((lots, index) => [of.lines[index], lots]));
      const take = (line: Line, lots: number): void => {
        free.set(line, (free.get(line) ?? 0) - lots);
        expect(free.get(line)).toBeGreaterThanOrEqual(0);
      };
      for (const { legs: held, sets } of of.sets) held.forEach((line) => take(line, Number(sets)));
      let margin = found.now;
      let highest = margin;
      for (const act of found.acts) {
        const lots = act.act === "build" ? act.sets : -act.sets;
        [act.first, act.second].forEach((line) => take(line, lots));
        margin = margin.plus(signed(act));
        expect(act.margin.toFixed()).toBe(margin.toFixed());
        expect(act.apart.minus(act.together).toFixed()).toBe(act.saved.toFixed());
        if (!act.bySelf && margin.greaterThan(highest)) highest = margin;
      }
      expect(margin.toFixed()).toBe(found.best.toFixed());
      expect(found.meanwhile.toFixed()).toBe(highest.minus(found.now).toFixed());
      expect(found.setBySet.lessThanOrEqualTo(found.meanwhile)).toBe(true);
    }
  });

  /** The lowest peak of all orders in which whole acts find their lots. */
  function lowestPeak(of: Book, acts: readonly SetAct[]): Amount {
    const legs = of.lines.map((line) => legOfLine(line, "exchange") as LineLeg);
    const lots = new Map(lotsThatJoin(legs).map((count, index) => [of.lines[index], count]));
    for (const { legs: held, sets } of of.sets) {
      for (const line of held) lots.set(line, (lots.get(line) ?? 0) - Number(sets));
    }
    const from = (rest: readonly SetAct[], level: Amount): Amount | undefined => {
      if (rest.length === 0) return level;
      let least: Amount | undefined;
      for (const act of rest) {
        const by = act.act === "build" ? act.sets : -act.sets;
        const both = [act.first, act.second];
        if (!both.every((line) => (lots.get(line) ?? 0) >= by)) continue;
        for (const line of both) lots.set(line, (lots.get(line) ?? 0) - by);
        const next = level.plus(signed(act));
        const later = from(
          rest.filter((one) => one !== act),
          next,
        );
        for (const line of both) lots.set(line, (lots.get(line) ?? 0) + by);
        const peak = later && (later.greaterThan(level) ? later : level);
        if (peak && (!least || peak.lessThan(least))) least = peak;
      }
      return least;
    };
    return from(acts, amount(0)) ?? amount(-1);
  }

  test("no other order of the acts needs less cash meanwhile", async () => {
    let compared = 0;
    for (let seed = 1001; seed < 3000 && compared <= 20; seed++) {
      const { draw, rows } = rowsOf(seed, 4 + (seed % 5));
      const of = someHeld(await book(rows), draw);
      const { acts, meanwhile } = combined(of);
      const orders = acts.filter(({ bySelf }) => !bySelf);
      if (orders.length < 3 || orders.length > 7) continue;
      expect([seed, meanwhile.toFixed()]).toEqual([seed, lowestPeak(of, orders).toFixed()]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(5);
  });

  test("once the acts are done nothing is left to do", async () => {
    for (let seed = 2001; seed <= 2001 + DRAWN; seed++) {
      const { draw, rows } = rowsOf(seed, 4 + (seed % 5));
      const of = someHeld(await book(rows), draw);
      const { acts, best } = combined(of);
      const held = new Map<string, readonly [string, string, number]>();
      const add = (one: Line | undefined, other: Line | undefined, sets: number): void => {
        const ids = [one?.id ?? "", other?.id ?? ""].sort() as [string, string];
        const before = held.get(ids.join())?.[2] ?? 0;
        held.set(ids.join(), [...ids, before + sets]);
      };
      for (const { legs, sets } of of.sets) add(legs[0], legs[1], Number(sets));
      for (const { act, first, second, sets } of acts) {
        add(first, second, act === "build" ? sets : -sets);
      }
      const after = [...held.values()].filter(([, , sets]) => sets !== 0);
      const done = combined(holding(of, after));
      expect([seed, shown(done), done.now.toFixed()]).toEqual([seed, [], best.toFixed()]);
    }
  });

  test("trades lead to the margin of the book that then is, and to its best", async () => {
    for (let seed = 3001; seed <= 3001 + DRAWN / 2; seed++) {
      const { draw, rows: drawn } = rowsOf(seed, 4 + (seed % 5));
      // Rows of one contract are drawn with prices of their own: a statement of two settlements, or one that repeats a
      // row, is none to be sure of.
      const priced = drawn.map(([contract, side, lots, , ...rest]): Row => {
        const [, , , price] = drawn.find(([other]) => other === contract) as Row;
        return [contract, side, lots, price, ...rest];
      });
      const rows = [...new Map(priced.map((row) => [row.join(" "), row])).values()];
      const options = rows.filter(([contract]) => /[CP]\d{4,}|-[CP]-/.test(contract));
      const traded = options.filter(
        ([contract]) => rows.filter(([other]) => other === contract).length === 1,
      );
      const trades = traded.map(([contract, side, lots, price]): OwnTrade => {
        const effect = draw() < 0.5 ? "open" : "close";
        const count = 1 + Math.floor(draw() * lots);
        const buys = (side === "买") === (effect === "open");
        return { contract, side: buys ? "buy" : "sell", effect, lots: count, price: amount(price) };
      });
      const left = rows.flatMap(([contract, side, lots, price, of = 3], index): Row[] => {
        const trade = trades[traded.findIndex((one) => one === rows[index])];
        const by = trade ? (trade.effect === "open" ? trade.lots : -trade.lots) : 0;
        return lots + by > 0 ? [[contract, side, lots + by, price, of]] : [];
      });
      const { then, best } = stripOf(await book(rows), trades);
      const wanted = left.length > 0 ? combined(await book(left)) : undefined;
      const [none, least] = [wanted?.none ?? amount(0), wanted?.best ?? amount(0)];
      expect([seed, then?.margin?.toFixed(), best?.margin?.toFixed()]).toEqual([
        ...[seed, none.toFixed(), trades.length > 0 ? least.toFixed() : undefined],
      ]);
    }
  });
});
