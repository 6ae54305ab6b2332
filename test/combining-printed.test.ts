// Combining held against what is printed: relief that is in it already isn't freed once more.
import { describe, expect, test } from "@jest/globals";
import {
  bookOf,
  combiningFor,
  combiningSheet,
  onHeadline,
  stripOf,
  stripOfCombining,
  type Book,
  type Combining,
  type Profile,
} from "../src/account";
import { amount, type Amount } from "../src/core";
import { readCells, readStatement } from "../src/statements";
import { combineSteps } from "../src/taskpane/views/what-if/combine";
import type { WhatIfProps } from "../src/taskpane/views/what-if/room";
import { CTP_PROFILE } from "./host/books";
import { said } from "./taskpane/books";

const DAY = "2026-11-20";
const RATES: Profile["products"] = { m: { exchange: "0.1" }, SR: { exchange: "0.1" } };

/** Rows with a printed margin, at a broker that charges what the exchange does. */
async function book(rows: readonly (readonly string[])[], equity: string): Promise<Book> {
  const header = ["合约", "方向", "手数", "结算价", "标的价", "保证金"];
  return bookOf({
    statement: await readCells([header, ...rows.map((row) => [...row])], "表", { day: DAY }),
    prices: {},
    equity: amount(equity),
    profile: { ...CTP_PROFILE, products: RATES, surcharge: { kind: "multiple", markup: "0" } },
    today: DAY,
  });
}

/** The short alone takes 300 + 3100 by the rules; with the long the strikes' 1000. */
const spread = (printed: string): readonly (readonly string[])[] => [
  ["m2701-C-3200", "买", "1", "10", "3100", "0"],
  ["m2701-C-3100", "卖", "1", "30", "3100", printed],
];
const ALONE = [
  ["SR701C6000", "卖", "1", "100", "6000", "7000"],
  ["SR705C6000", "卖", "1", "100", "6000", "7000"],
];

function combined(of: Book): Combining {
  const found = combiningFor(of);
  if ("refused" in found) throw new Error(found.refused.en);
  return found;
}

const number = (n: Amount | undefined): number => Number(n);

const view = (of: Book, language: "zh" | "en" = "zh"): string =>
  said(combineSteps({ book: of, combining: combined(of), language } as WhatIfProps));

describe("relief that is printed already", () => {
  test("isn't freed a second time where its set is told by the charge", async () => {
    const of = await book([...spread("1000"), ...ALONE], "16000");
    const combining = combined(of);
    expect([combining.now, combining.best].map(number)).toEqual([15000, 15000]);
    expect(combining.acts).toEqual([]);
    const { now, then } = stripOfCombining(of, combining);
    expect([number(now.margin), number(then?.margin)]).toEqual([15000, 15000]);
    expect(then?.status).toBe(now.status);
    expect(then?.status).not.toBe("normal");
    expect(view(of)).not.toContain("12,600");
  });

  // A short option charged 2,000 below the rules and nothing held against it: what for isn't told.
  const LESS = [
    ...spread("3400"),
    ["SR701C6000", "卖", "1", "100", "6000", "5000"],
    ALONE[1] ?? [],
  ];

  test("in part leaves the rest to be freed, down to the best and no further", async () => {
    const of = await book(LESS, "20000");
    const combining = combined(of);
    expect([combining.now, combining.best].map(number)).toEqual([17400, 15000]);
    const { now, then } = stripOfCombining(of, combining);
    expect([number(now.margin), number(then?.margin)]).toEqual([15400, 15000]);
    const text = view(of);
    expect(text).toContain(
      "账单保证金比按规则算的少 2,000.00，可能已含优惠：按账单最多再省 400.00。",
    );
    expect(text).toContain("之后保证金 15,000.00");
    expect(text).not.toContain("13,000");
    expect(view(of, "en")).toContain("2,000.00 below the rules");
    const { cells } = combiningSheet(of, combining, { language: "zh", taken: [] });
    expect(cells[8]?.slice(0, 2).map((cell) => cell?.value)).toEqual(["按账单释放", 400]);
  });

  test("a margin above the rules keeps what it is above them", async () => {
    const of = await book([...spread("4000"), ...ALONE], "20000");
    const { then } = stripOfCombining(of, combined(of));
    expect(number(then?.margin)).toBe(15600);
    expect(view(of)).not.toContain("可能已含优惠");
  });

  test("all of it printed, nothing is refused: there is nothing more to free", async () => {
    const of = await book(spread("1000"), "2000");
    const { then, refused } = stripOfCombining(of, combined(of));
    expect([number(then?.margin), refused]).toEqual([1000, undefined]);
  });

  test("below the best it is refused with both figures, and no margin is shown", async () => {
    const of = await book(spread("900"), "2000");
    const { then, refused } = stripOfCombining(of, combined(of));
    expect(then).toBeUndefined();
    expect(refused?.en).toContain("900.00 is below the least by the rules, 1000.00");
  });

  test("there the view says that the sets may be built already", async () => {
    const low = ALONE.map((row) => [...row.slice(0, 5), "4000"]);
    const of = await book([...spread("3400"), ...low], "16000");
    expect(stripOfCombining(of, combined(of)).refused?.en).toContain("is below the least");
    expect(view(of)).toContain("已低于按规则最省的 15,000.00，这些组合可能已经构建");
    expect(view(of, "en")).toContain("may be built");
  });

  test("after own trades the best isn't below what the rules take either", async () => {
    const of = await book([...spread("1000"), ...ALONE], "16000");
    const close = { contract: "SR705C6000", side: "buy", effect: "close", lots: 1 } as const;
    const { then, best } = stripOf(of, [{ ...close, price: amount(100) }]);
    expect([number(then?.margin), number(best?.margin)]).toEqual([8000, 8000]);
  });

  test("on the way no margin is below the best, and what is dissolved adds to the printed", () => {
    const way = onHeadline(amount(15), { now: amount(17), best: amount(12), beside: amount(1) });
    if (way === "open" || "tooLow" in way) throw new Error("no way");
    expect([20, 17, 15, 13, 12].map((margin) => number(way.at(amount(margin))))).toEqual([
      18, 15, 15, 14, 13,
    ]);
    expect([way.freed, way.below, way.least].map(number)).toEqual([2, 3, 13]);
  });

  test("rows whose margin is neither known nor printed leave it open", () => {
    const some = { now: amount(17), best: amount(12), beside: undefined };
    expect(onHeadline(amount(15), some)).toBe("open");
  });
});

/** A straddle of ten, its margin on its own row, beside a short put; the account adds both up. */
const statement = (strategy: string, [set, other, all]: readonly string[]): string => {
  const rule = "-".repeat(100);
  const row = (code: string, contract: string, short: string, single: string, margin = "0.00") =>
    `|20261120|SSE|510050|${code}|${contract}|否|0|0|0|10|${single}|${short}|${margin}|0.0500|0.00|5000.00|`;
  return `                                  交易结算单 Settlement Statement
客户号 Client ID：  99000001        客户名称 Client Name：测试客户
日期 Date：20261120

   资金状况   资金账号：99000001  币种：人民币  Account Summary AccountID：99000001 Currency：CNY
${rule}
期初结存 Balance b/f：                 200000.00  权利仓市值 Long Market Value：              0.00
期末结存 Balance c/f：                 200000.00  维持保证金 SMargin：                ${String(all)}

持仓汇总 Positions
${rule}
|交易日期|交易所|标的证券|合约编码|合约代码|备兑|权利仓数量|未组合权利仓数量|组合权利仓数量|义务仓数量|未组合义务仓数量|组合义务仓数量|保证金占用|今结算|权利仓市值|义务仓市值|
${rule}
${row("10011030", "510050C2612M03000", "10", "0")}
${row("10011031", "510050P2612M03000", "10", "0")}
${row("10011028", "510050P2612M02900", "0", "10", other)}
${rule}

组合持仓
${rule}
|组合编号|组合策略编码|持仓量|保证金占用|组合成分数量|合约编码一|持仓量一|合约编码二|持仓量二|
${rule}
|1|${strategy}|10|${String(set)}|2|10011030|10|10011031|10|
${rule}
`;
};

describe("a set whose margin is printed on its own row, with legs of 0.00", () => {
  const bookWith = async (strategy: string): Promise<Book> => {
    const text = statement(strategy, ["55200.00", "46800.00", "102000.00"]);
    return bookOf({
      statement: await readStatement(new TextEncoder().encode(text), "20261120.txt"),
      prices: { "510050": amount(3) },
      profile: { ...CTP_PROFILE, surcharge: { kind: "multiple", markup: "0.2" } },
      today: DAY,
    });
  };

  test("the exchanges' and products' shares add up to the account's margin", async () => {
    const { byExchange, byProduct, standings } = await bookWith("KS");
    expect(number(standings.broker.margin)).toBe(102000);
    expect(byExchange.map(({ broker }) => number(broker))).toEqual([102000]);
    expect(byProduct.map(({ broker }) => number(broker))).toEqual([102000]);
  });

  test("counts as it is printed where no rule prices it", async () => {
    const of = await bookWith("KKS");
    expect(of.sets.map(({ combination }) => combination)).toEqual([undefined]);
    const { none, now } = combined(of);
    // The put at 2.9 takes 0.05 + 0.12 × 3 − 0.1 = 0.31, so 3,100 and 3,720 at the broker.
    expect([none, now].map(number)).toEqual([55200 + 37200, 55200 + 37200]);
  });
});
