import { describe, expect, test } from "@jest/globals";
import {
  bookOf,
  planFor,
  readTrade,
  stripOf,
  stripOfPlan,
  type Book,
  type OwnTrade,
  type Plan,
  type PlanAsked,
  type Profile,
} from "../src/account";
import { amount, type Amount } from "../src/core";
import { readCells } from "../src/statements";
import { CTP_PRICES, CTP_PROFILE, ctpBook, ctpStatement } from "./host/books";

const statement = await ctpStatement();

/** The sample with another equity: 471,896 of margin is 94.38 % of 500,000. */
async function called(equity: number, profile?: Partial<Profile>): Promise<Book> {
  const { account } = statement;
  if (!account) throw new Error("the sample has no account");
  const figures = {
    ...account.figures,
    margin: amount(471896),
    equity: amount(equity),
    marketValueEquity: amount(equity).minus(45220),
  };
  const changed = { ...account, figures };
  return ctpBook({
    statement: { ...statement, account: changed, accounts: [changed] },
    profile: { ...CTP_PROFILE, ...profile },
  });
}

const asked = (more: Partial<PlanAsked> = {}): PlanAsked => ({
  order: "fewest",
  line: amount("0.9"),
  slippage: amount(0),
  ...more,
});

function planned(book: Book, more?: Partial<PlanAsked>): Plan {
  const plan = planFor(book, asked(more));
  if ("refused" in plan) throw new Error(plan.refused.en);
  return plan;
}

const shown = ({ steps }: Plan): string[] => steps.map(({ lineId, lots }) => `${lineId} × ${lots}`);
const percent = (ratio: Amount | undefined): string | undefined => ratio?.times(100).toFixed(2);

const trade = (text: string, price: number | string, more: Partial<OwnTrade> = {}): OwnTrade => {
  const [side = "", effect = "", contract = "", lots = ""] = text.split(" ");
  return {
    contract,
    side: side as OwnTrade["side"],
    effect: effect as OwnTrade["effect"],
    lots: Number(lots),
    price: amount(price),
    ...more,
  };
};

describe("a plan for the sample at 94.38 %, to come below 90 %", () => {
  // 471,896 − 0.9 × 500,000 = 21,896 to gain. A lot of IO2612-P-4300 gains 36,610 − 0.9 × 1860.
  test("of the fewest lots is one lot, the one that costs least", async () => {
    const plan = planned(await called(500000));
    expect(shown(plan)).toEqual(["IO2612-P-4300 short × 1"]);
    const [step] = plan.steps;
    expect([step?.released, step?.cost].map(Number)).toEqual([36610, 1860]);
    expect([step?.margin, step?.equity].map(Number)).toEqual([435286, 498140]);
    expect(percent(step?.ratio)).toBe("87.38");
    expect(step?.status).toBe("watch");
    expect([Number(plan.shortfall), plan.proven]).toEqual([0, true]);
  });

  test("of the least premium closes futures first, which cost none", async () => {
    // Six futures free 17,910; of what remains a lot of SR701C6000 gains 5120 − 0.9 × 620.
    const plan = planned(await called(500000), { order: "cheapest" });
    expect(shown(plan)).toEqual(["m2701 long × 6", "SR701C6000 short × 1"]);
    expect([plan.released, plan.cost].map(Number)).toEqual([23030, 620]);
    expect(percent(plan.steps[1]?.ratio)).toBe("89.88");
  });

  test("by liquidity takes the nearest month first, for a statement has no open interest", async () => {
    const plan = planned(await called(500000), { order: "liquidity" });
    expect(shown(plan)).toEqual(["IO2612-C-4800 short × 1"]);
    // 471,896 − 59,270 of 500,000 − 4520.
    expect(percent(plan.steps[0]?.ratio)).toBe("83.28");
  });

  test("adds the slippage to what is paid", async () => {
    const plan = planned(await called(500000), { slippage: amount("0.05") });
    expect(Number(plan.cost)).toBe(1953);
  });

  test("leaves legs of combinations alone and says why", async () => {
    const { leftOut } = planned(await called(500000));
    expect(leftOut.map(({ contract }) => contract)).toEqual(["m2701-C-3100", "m2701-P-2800"]);
    expect(leftOut[0]?.why.en).toContain("in a combination");
    expect(leftOut[0]?.why.zh).toContain("组合");
  });

  test("leads below the line, not onto it: there it would still count as reached", async () => {
    // 471,896 ÷ 0.9 would be on the line without closing anything.
    const onTheLine = amount(471896).dividedBy("0.8").toNumber();
    const plan = planned(await called(onTheLine), { line: amount("0.8"), order: "cheapest" });
    expect(plan.steps).not.toEqual([]);
    for (const order of ["fewest", "cheapest", "liquidity"] as const) {
      const { steps } = planned(await called(500000), { order });
      expect(steps.at(-1)?.ratio?.lessThan("0.9")).toBe(true);
      expect(
        stripOfPlan(await called(500000), planned(await called(500000), { order })).then,
      ).toEqual({
        margin: steps.at(-1)?.margin,
        equity: steps.at(-1)?.equity,
        ratio: steps.at(-1)?.ratio,
        status: "watch",
      });
    }
  });

  test("has no steps where the account is below the line already", async () => {
    const plan = planned(await called(600000));
    expect([plan.steps, Number(plan.shortfall)]).toEqual([[], 0]);
    const book = await called(600000);
    expect(stripOfPlan(book, plan).then).toEqual(stripOfPlan(book, plan).now);
  });

  test("that cannot reach the line closes all that helps and names the money still to add", async () => {
    const plan = planned(await called(30000), { line: amount("0.1") });
    // Rows that can be closed: 459,556 of margin for 46,720 of premium. 471,896 − 459,556 and 30,000 − 46,720 are left.
    const last = plan.steps.at(-1);
    expect([last?.margin, last?.equity].map(Number)).toEqual([12340, -17220]);
    expect([last?.ratio, last?.status]).toEqual([undefined, "immediate"]);
    // 12,340 ÷ 0.1 + 17,220, and a fen to be below the line.
    expect(plan.shortfall.toFixed(2)).toBe("140620.01");
  });

  test("leaves alone what frees no more than its share of what it costs", async () => {
    // At a line of 20 a lot of copper frees 49,400 but costs 20 × 6250.
    // The exchange's standard isn't known: there the line would be 1, and closing copper would help.
    const plan = planned(await called(500, { products: {} }), { line: amount(20) });
    const out = plan.leftOut.find(({ contract }) => contract === "cu2701C90000");
    expect(out?.why.en).toContain("frees 49400.00 a lot for 6250.00");
    expect(plan.steps.every(({ contract }) => contract !== "cu2701C90000")).toBe(true);
  });

  test("takes nothing from an equity at market value but the slippage", async () => {
    const book = await called(545220, { ratio: "marketValue" });
    const free = planned(book);
    expect([free.cost, free.steps[0]?.equity].map(Number)).toEqual([1860, 500000]);
    const slipped = planned(book, { slippage: amount("0.05") });
    expect([slipped.cost, slipped.steps[0]?.equity].map(Number)).toEqual([1953, 499907]);
  });

  test("is refused in a sentence without an equity or with rows missing", async () => {
    const table = [
      ["合约", "方向", "手数", "结算价", "保证金"],
      ["m2701-P-2900", "卖", 10, 38.5, 29450],
    ];
    const plain = await readCells(table, "表", { day: "2026-11-20" });
    const noEquity = planFor(await ctpBook({ statement: plain }), asked());
    expect(noEquity).toMatchObject({ refused: { zh: expect.stringContaining("没有客户权益") } });
    const broken = await readCells([...table, ["?", "卖", 1, 38.5, 100]], "表", {
      day: "2026-11-20",
    });
    const partial = await ctpBook({ statement: broken, equity: amount(30000) });
    expect(planFor(partial, asked())).toMatchObject({
      refused: { en: expect.stringContaining("incomplete (the file holds something") },
    });
    const prices = Object.fromEntries(
      Object.entries(CTP_PRICES).filter(([code]) => code !== "SR701"),
    );
    const unprinted = { ...statement, account: undefined, accounts: [] };
    const positions = statement.positions.map((position) => ({ ...position, margin: undefined }));
    const lacking = await ctpBook({
      statement: { ...unprinted, positions },
      prices,
      equity: amount(500000),
    });
    expect(planFor(lacking, asked())).toMatchObject({
      refused: { en: expect.stringMatching(/incomplete \(\d of 10 rows counted\)/) },
    });
    expect(stripOf(partial, []).then).toBeUndefined();
  });

  test("never calls the account normal where the book itself can't", async () => {
    const table = [
      ["合约", "方向", "手数", "结算价", "保证金"],
      ["m2701-P-2900", "卖", 10, 38.5, 29450],
    ];
    const plain = await readCells(table, "表", { day: "2026-11-20" });
    const book = await ctpBook({ statement: plain, equity: amount(30000) });
    const { steps } = planned(book, { line: amount("0.5") });
    const unproven = book.standings.broker.status === "undetermined";
    expect(steps.at(-1)?.status).toBe(unproven ? "undetermined" : "normal");
  });
});

describe("own trades on the sample", () => {
  const after = async (...trades: OwnTrade[]) => {
    const { then, refused } = stripOf(await called(500000), trades);
    if (!then) throw new Error(refused?.en ?? "no answer");
    return [then.margin, then.equity].map(Number);
  };
  const refusal = async (...trades: OwnTrade[]) => {
    const { then, refused } = stripOf(await called(500000), trades);
    expect(then).toBeUndefined();
    return refused;
  };

  test("none leaves it as it is", async () => {
    const { now, then } = stripOf(await called(500000), []);
    expect(then).toEqual(now);
    expect([percent(now.ratio), now.status]).toEqual(["94.38", "marginCall"]);
  });

  test.each<[what: string, trade: OwnTrade, margin: number, equity: number]>([
    // 45.2 × 100 + 0.15 × 465,000 − 15,000 = 59,270.
    ["a short opened in a contract held", trade("sell open IO2612-C-4800 1", 45.2), 59270, 4520],
    // 1200 + the larger of 69,750 − 35,000 and half of 69,750.
    ["a short opened in a new contract", trade("sell open IO2612-C-5000 1", 12), 36075, 1200],
    // At the price of the book, whatever the trade is done at.
    ["a short sold at another price", trade("sell open IO2612-C-4800 1", 50), 59270, 5000],
    ["a long opened", trade("buy open IO2612-C-5000 2", 12), 0, -2400],
    ["a long closed", trade("sell close si2701-C-9500 5", 160), 0, 4000],
    ["shorts closed", trade("buy close m2701-P-2900 4", 40), -11780, -1600],
    ["futures opened", trade("sell open m2701 2", 2990), 5970, 0],
    ["futures closed", trade("sell close M2701 3", 2990), -8955, 0],
    // The strangle's 11,240 + 600 become the put alone, 8840.
    ["a leg of a combination closed", trade("buy close m2701-C-3100 4", 40), -3000, -1600],
    // 2960 a set becomes 2810 for the call alone.
    ["part of the other leg", trade("buy close m2701-P-2800 3", 15), -450, -450],
  ])("%s moves margin and equity", async (_what, one, margin, equity) => {
    expect(await after(one)).toEqual([471896 + margin, 500000 + equity]);
  });

  test("are refused for a leg of a combination whose rule isn't known", async () => {
    const book = await called(500000);
    const open = book.sets.map((set) => ({ ...set, combination: undefined }));
    for (const sets of [[], open]) {
      const { then, refused } = stripOf({ ...book, sets }, [trade("buy close m2701-C-3100 4", 40)]);
      expect(then).toBeUndefined();
      expect(refused?.zh).toMatch(/^第 1 笔：m2701-C-3100 在组合中/);
      expect(refused?.en).toMatch(/is in a combination/);
    }
  });

  test("follow one another: what was opened can be closed", async () => {
    const open = trade("sell open IO2612-C-5000 3", 12);
    const close = trade("buy close IO2612-C-5000 3", 10);
    expect(await after(open, close)).toEqual([471896, 500000 + 3600 - 3000]);
    expect((await refusal(open, trade("buy close IO2612-C-5000 4", 10)))?.en).toMatch(
      /^Trade 2: 4 lots to close, but only 3 of IO2612-C-5000 are held short/,
    );
  });

  test("leave equity at market value as it is, but for a price away from the booked one", async () => {
    const book = await called(545220, { ratio: "marketValue" });
    const equityAfter = (one: OwnTrade) => Number(stripOf(book, [one]).then?.equity);
    expect(equityAfter(trade("sell open IO2612-C-5000 1", 12))).toBe(500000);
    expect(equityAfter(trade("buy close m2701-P-2900 4", 38.5))).toBe(500000);
    expect(equityAfter(trade("buy close m2701-P-2900 4", 40))).toBe(499940);
    expect(equityAfter(trade("sell close si2701-C-9500 5", 160))).toBe(499800);
  });

  test.each<[what: string, trade: OwnTrade, zh: RegExp, en: RegExp]>([
    [
      "more lots than are held",
      trade("buy close m2701-P-2900 11", 40),
      /要平 11 手，m2701-P-2900 卖仓只有 10 手/,
      /only 10 of m2701-P-2900 are held short/,
    ],
    [
      "a contract that is not held",
      trade("sell close IO2612-C-5000 1", 12),
      /买仓只有 0 手/,
      /only 0 of IO2612-C-5000 are held long/,
    ],
    [
      "an underlying without a price",
      trade("sell open m2705-C-3100 1", 50),
      /缺 m2705 的价格/,
      /price of m2705 is missing/,
    ],
    [
      "an underlying whose rate is not known",
      trade("sell open al2701C20000 1", 50),
      /al2701/,
      /al2701/,
    ],
    ["a code nobody reads", trade("sell open 茅台 1", 50), /不认识的合约/, /is not known/],
    ["an ETF's shares", trade("buy open 510050 1", 3), /ETF 份额/, /is an ETF/],
  ])("are refused for %s, naming it", async (_what, one, zh, en) => {
    const refused = await refusal(one);
    expect(refused?.zh).toMatch(zh);
    expect(refused?.en).toMatch(en);
    expect(refused?.zh).toMatch(/^第 1 笔：/);
  });

  test.each([
    ["contract", { contract: " " }, "The contract is missing"],
    ["lots", { lots: "1.5" }, "lots must be a whole number above zero"],
    ["lots", { lots: "" }, "lots must be a number; it is blank"],
    ["price", { price: "0" }, "price must be above zero"],
    ["price", { price: "abc" }, "price must be a number"],
  ])("are read from what was typed, naming the %s that is wrong", (_name, typed, sentence) => {
    const good = { contract: " m2701-P-2900 ", lots: "2", price: "３８.5" } as const;
    const way = { side: "buy", effect: "close" } as const;
    expect(readTrade({ ...good, ...way })).toEqual({
      trade: { ...way, contract: "m2701-P-2900", lots: 2, price: amount("38.5") },
    });
    expect(readTrade({ ...good, ...way, ...typed })).toMatchObject({
      refused: { en: expect.stringContaining(sentence) },
    });
  });
});

test("a book without holdings takes new trades on prices the user gave", async () => {
  const header = ["合约", "方向", "手数", "结算价", "保证金"];
  const one = await readCells([header, ["m2701-P-2900", "买", 1, 38.5, 0]], "表", {
    day: "2026-11-20",
  });
  const book = bookOf({
    statement: one,
    prices: { IO: amount(4650) },
    equity: amount(100000),
    profile: { ...CTP_PROFILE, surcharge: { kind: "points", points: "0.03" } },
    today: "2026-11-21",
  });
  const { then } = stripOf(book, [trade("sell open IO2612-C-4800 1", 45.2)]);
  expect([then?.margin, then?.equity].map(Number)).toEqual([59270, 104520]);
});

describe("a plan minds the exchange's standard too", () => {
  const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金"];

  /** Rows with what the broker printed, on an exchange rate that is given, or not. */
  const bookOfRows = async (
    rows: readonly (readonly string[])[],
    equity: number,
    exchange?: string,
  ): Promise<Book> =>
    bookOf({
      statement: await readCells([HEADER, ...rows], "table", { day: "2026-11-20" }),
      prices: {},
      equity: amount(equity),
      profile: { ...CTP_PROFILE, products: exchange ? { m: { exchange } } : {} },
      today: "2026-11-20",
    });
  // By 12 % a lot takes 450 + 3582 − 425 = 3607, more than the 3000 printed.
  const PUT = ["m2701-P-2900", "卖", "10", "45", "2985", "30000"];

  test("a breach there alone is cured, though the broker asks for nothing", async () => {
    const book = await bookOfRows([PUT], 34000, "0.12");
    expect([book.standings.status, book.standings.byExchange]).toEqual(["immediate", true]);
    const plan = planned(book);
    // 36,070 − 0.9 × 34,000 = 5470 to gain; a lot gains 3607 − 0.9 × 450.
    expect(shown(plan)).toEqual(["m2701-P-2900 short × 2"]);
    const [step] = plan.steps;
    expect([percent(step?.ratio), percent(step?.exchangeRatio)]).toEqual(["72.51", "87.18"]);
    expect([step?.status, Number(plan.shortfall), plan.proven]).toEqual(["watch", 0, true]);
  });

  test("closing for one goes on until the other is below its line too", async () => {
    // The broker takes much on the call and little on the put, the exchange the other way round.
    const CALL = ["m2701-C-4000", "卖", "2", "38", "2985", "20000"];
    const book = await bookOfRows(
      [["m2701-P-2900", "卖", "10", "45", "2985", "14000"], CALL],
      35000,
      "0.12",
    );
    expect(Number(book.standings.exchange.margin)).toBeGreaterThan(35000);
    const plan = planned(book, { line: amount("0.8") });
    const last = plan.steps.at(-1);
    expect(last?.ratio?.lessThan("0.8")).toBe(true);
    expect(last?.exchangeRatio?.lessThan("0.8")).toBe(true);
    expect(plan.steps.map(({ contract }) => contract)).toEqual(["m2701-P-2900", "m2701-C-4000"]);
    expect([plan.proven, Number(plan.shortfall)]).toEqual([false, 0]);
  });

  test("where the exchange's figures are missing the plan says that it minds the broker's alone", async () => {
    const plan = planned(await bookOfRows([PUT], 31000));
    expect(plan.note?.zh).toContain("只按公司标准");
    expect(percent(plan.steps.at(-1)?.ratio)).toBe("88.38");
    expect(planned(await bookOfRows([PUT], 34000, "0.07")).note).toBeUndefined();
  });

  test("lots that aren't whole are left out and named", async () => {
    const book = await bookOfRows([PUT], 31000);
    const [line] = book.lines;
    if (!line) throw new Error("no line");
    const half = { ...line, position: { ...line.position, quantity: amount("1.5") } };
    const plan = planned({ ...book, lines: [half] });
    expect(plan.steps).toEqual([]);
    expect(plan.leftOut.map(({ why }) => why.zh)).toEqual([
      "m2701-P-2900 有 1.5 手，不是整数，不知道能平几手。核对手数。",
    ]);
  });
});
