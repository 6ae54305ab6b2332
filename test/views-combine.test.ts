// What the Actions part says of combinations: the acts, the cash meanwhile, what to mind, and what there
// is beside the best pairing; in both languages.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { combiningFor, type Book, type Combining, type HeldSet } from "../src/account";
import { stripFor, type Pairing } from "../src/taskpane/desk-planning";
import { amount } from "../src/core";
import { combiningText } from "../src/taskpane/instructions";
import type { Language } from "../src/taskpane/language";
import { combineSteps, withBest } from "../src/taskpane/views/what-if/combine";
import type { WhatIfActs, WhatIfProps, WhatIfUi } from "../src/taskpane/views/what-if/room";
import { elements, said } from "./taskpane/books";
import { bookOfTable, FIFTH, SPREAD } from "./taskpane/spread";

const UI: WhatIfUi = { order: "combine", trades: [], slippage: "" };

const propsOf = (
  book: Book,
  combining: Pairing | undefined,
  language: Language = "zh",
): WhatIfProps => ({
  book,
  plan: undefined,
  combining,
  planning: combining === undefined,
  strip: stripFor(book, UI, undefined, combining),
  ui: UI,
  acts: {} as WhatIfActs,
  language,
  notice: undefined,
  canUndo: false,
  connected: true,
  writing: false,
});

const combiningOf = (book: Book): Combining => {
  const found = combiningFor(book);
  if ("refused" in found) throw new Error(found.refused.en);
  return found;
};

const told = (book: Book, combining: Pairing | undefined, language: Language = "zh"): string =>
  said(combineSteps(propsOf(book, combining, language)));

describe("the best pairing", () => {
  let book: Book;
  let combining: Combining;

  beforeAll(async () => {
    book = await bookOfTable();
    combining = combiningOf(book);
  });

  test("each act names strategy, legs, sets, what it saves and the margin after it", () => {
    const text = told(book, combining);
    // 4,428 a short call of 1.2 times the exchange's: two of them need nothing in a spread.
    expect(text).toContain("组合 已省 0.00还可省 11,904.00");
    expect(text).toContain("构建 认购牛市价差 CNSJC × 2 组");
    expect(text).toContain("买 510050C2612M02900卖 510050C2612M03000");
    expect(text).toContain("省 8,856.00之后保证金 12,396.00");
    expect(text).toContain("需先拆 0 组期间多占用现金 0.00");
    expect(told(book, combining, "en")).toContain("Build call bull spread CNSJC × 2 sets");
  });

  test("the ratio after the last act is the one that the strip leads to", () => {
    const { strip } = propsOf(book, combining);
    const ratios = [...elements(combineSteps(propsOf(book, combining)))]
      .filter(({ attributes }) => attributes["class"] === "step-ratio")
      .map(({ children }) => said(children));
    expect(ratios).toHaveLength(combining.acts.length);
    expect(ratios.at(-1)).toBe(`→ ${strip.then?.ratio?.times(100).toFixed(2)}%`);
    expect(strip.then?.margin).toEqual(strip.now.margin?.minus(combining.freed));
  });

  test("what is dissolved is taken again, and comes with the cash needed meanwhile", () => {
    const [act] = combining.acts;
    if (!act) throw new Error("there is no act");
    const undone: Combining = {
      ...combining,
      acts: [{ ...act, act: "dissolve" }, act],
      meanwhile: amount("8856"),
    };
    expect(told(book, undone)).toContain("拆分 认购牛市价差 CNSJC × 2 组");
    expect(told(book, undone)).toContain("多占 8,856.00");
    expect(told(book, undone)).toContain("需先拆 2 组期间多占用现金 8,856.00");
    expect(told(book, undone, "en")).toContain("2 sets to dissolve first");
    expect(told(book, undone, "en")).toContain("8,856.00 more cash needed meanwhile");
    expect(combiningText(undone.acts, "zh")).toBe(
      [
        "拆分组合\tCNSJC 认购牛市价差\t买 510050C2612M02900\t卖 510050C2612M03000\t2 组",
        "构建组合\tCNSJC 认购牛市价差\t买 510050C2612M02900\t卖 510050C2612M03000\t2 组",
      ].join("\n"),
    );
    expect(combiningText([act], "en")).toBe(
      "build\tCNSJC call bull spread\tlong 510050C2612M02900\tshort 510050C2612M03000\t2 sets",
    );
  });

  test("sets that the exchange takes apart soon, and sets that cost more than their legs, are told", () => {
    const [act] = combining.acts;
    if (!act) throw new Error("there is no act");
    const { combination, first, second } = act;
    const set: HeldSet = {
      ...{ id: "7", strategy: "KS", legs: [first, second], sets: amount("1"), combination },
      ...{ from: "statement", printed: undefined },
      saved: { broker: amount("-120"), exchange: amount("-100") },
    };
    const soon: Combining = {
      ...combining,
      dissolving: [
        {
          ...{ day: "2026-11-24", combination, first, second, sets: 1 },
          ...{ rises: amount("4428"), held: true, passed: false },
        },
        {
          ...{ day: "2026-12-21", combination, first, second, sets: 2 },
          ...{ rises: amount("8856"), held: false, passed: false },
        },
      ],
      costlier: [set, { ...set, combination: undefined }],
    };
    const zh = told(book, soon);
    expect(zh).toContain("卖 510050C2612M0300011-24 周二 收市后自动拆解，之后保证金 +4,428.00。");
    expect(zh).toContain("× 2 组（要构建的）");
    expect(zh).toContain("组合比分开多收 120.00，拆开更省。");
    expect(zh).toContain("KS × 1 组");
    const en = told(book, soon, "en");
    expect(en).toContain(
      "Dissolved automatically after Tue 24 Nov; margin then rises by 4,428.00.",
    );
    expect(en).toContain("The set costs 120.00 more than its legs apart; dissolve it.");
  });

  test("what nets tonight and an exchange's own order stand beside the best, as the account's margin", () => {
    const [act] = combining.acts;
    if (!act) throw new Error("there is no act");
    const beside: Combining = {
      ...combining,
      tonight: {
        netted: [{ line: act.first, lots: 2 }],
        margin: combining.now.minus(1000),
        released: amount("1000"),
      },
      inOrder: {
        exchange: { zh: "大商所", en: "DCE" },
        margin: combining.best.plus(500),
        saved: amount("11404"),
      },
    };
    const zh = told(book, beside);
    expect(zh).toContain("今晚对冲后保证金 20,252.00释放 1,000.00风险度 33.75%");
    expect(zh).toContain("买 510050C2612M02900 2 手");
    expect(zh).toContain("按大商所自己的顺序保证金 9,848.00省 11,404.00");
    expect(zh).toContain("比最省的配法多占 500.00。");
    expect(told(book, beside, "en")).toContain("In the order of DCE itself");
  });

  test("lines left out are counted and named", () => {
    const left: Combining = {
      ...combining,
      leftOut: [{ contract: "510050C2612A04000", why: { zh: "调整过。", en: "adjusted." } }],
    };
    expect(told(book, left)).toContain("没有列入 1 行510050C2612A04000 调整过。");
  });
});

test("until the pairing is there, that is said; what refuses it is said as it is", async () => {
  const book = await bookOfTable();
  expect(told(book, undefined)).toBe("正在配对…");
  expect(told(book, { refused: { zh: "缺价。", en: "No price." } }, "en")).toBe("No price.");
});

test("a short without a partner is told as such, and nothing is to be done", async () => {
  const [header = [], , call = []] = SPREAD;
  const book = await bookOfTable([header, call]);
  const combining = combiningOf(book);
  expect(combining.acts).toEqual([]);
  expect(told(book, combining)).toContain("没有能省保证金的组合：1 条空头腿怎么配都不省。");
  expect(told(book, combining, "en")).toContain(
    "No combination saves margin: nothing the only short leg could join saves any.",
  );
  expect(
    combineSteps(propsOf(book, combining)).some((child) => said([child]).includes("需先拆")),
  ).toBe(false);
});

test("rows left out are kept apart from what is said of the others", async () => {
  const [header = [], , call = []] = SPREAD;
  const book = await bookOfTable([header, call]);
  const leftOut = [{ contract: "510050C2612A04000", why: { zh: "调整过。", en: "adjusted." } }];
  const combining: Combining = { ...combiningOf(book), leftOut };
  expect(told(book, combining)).toContain("已计的行里，没有能省保证金的组合");
  expect(told(book, combining, "en")).toContain("Among the rows counted: No combination saves");
});

test("a short whose only set would cost more isn't said to lack a partner", async () => {
  const [header = [], , call = []] = SPREAD;
  // Strikes 0.5 apart: 5,000 for a call that takes 3,690 alone.
  const far = ["510050C2612M03500", "买", "4", "0.0010", "2.95"];
  const book = await bookOfTable([header, call, far]);
  expect(told(book, combiningOf(book))).toContain("1 条空头腿怎么配都不省");
});

test("the cash needed meanwhile: less of it set by set, and said where it isn't there", async () => {
  const book = await bookOfTable();
  const [act] = combiningOf(book).acts;
  if (!act) throw new Error("there is no act");
  const combining: Combining = {
    ...combiningOf(book),
    acts: [{ ...act, act: "dissolve" }, act],
    meanwhile: amount("50000"),
    setBySet: amount("40000"),
  };
  expect(told(book, combining)).toContain("逐组拆、逐组建只多占 40,000.00");
  // 60,000 less 21,252 in use.
  expect(told(book, combining)).toContain("可用资金 38,748.00，还差 1,252.00");
  expect(told(book, combining, "en")).toContain("38,748.00 is available, 1,252.00 too little");
  const enough = { ...combining, setBySet: amount("38748") };
  expect(told(book, enough)).not.toContain("还差");
});

test("what clearing forms is told as such, with its margin after the last of it alone", async () => {
  const rows = [
    SPREAD[0] ?? [],
    ["SR701C6000", "卖", "2", "100", "6000"],
    ["SR701P6000", "卖", "2", "90", "6000"],
    ["m2701-C-3000", "买", "1", "60", "3000"],
    ["m2701-C-3050", "卖", "1", "40", "3000"],
  ];
  const products = { SR: { exchange: "0.1" }, m: { exchange: "0.1" } };
  const book = await bookOfTable(rows, { profile: { ...FIFTH, products } });
  const combining = combiningOf(book);
  expect(combining.acts).toHaveLength(2);
  const zh = told(book, combining);
  expect(zh).toContain("结算时自动组合 卖出跨式 STD × 2 组");
  expect(zh.split("之后保证金")).toHaveLength(2);
  expect(zh).not.toContain("需先拆");
  expect(zh).toContain("郑州商品交易所在结算时自动识别组合，不用下指令；盘中各腿单独收。");
  expect(zh).toContain("大连商品交易所在结算时按自己的优先级自动组合");
  expect(zh).toContain("MARGIN.PORTFOLIO");
  const en = told(book, combining, "en");
  expect(en).toContain("Formed at clearing: short straddle STD × 2 sets");
  expect(en).toContain("what it forms may save less than this");
});

test("a statement of an earlier day is named, and a set that may be apart by now", async () => {
  const now = await bookOfTable();
  const day = "2026-11-20";
  const book = { ...now, day, inputs: { ...now.inputs, today: "2026-12-22" } };
  const [act] = combiningOf(now).acts;
  if (!act) throw new Error("there is no act");
  const { combination, first, second } = act;
  const soon = { combination, first, second, sets: 1, rises: amount("4428"), held: true };
  const combining: Combining = {
    ...combiningOf(now),
    dissolving: [{ ...soon, day: "2026-12-21", passed: true }],
  };
  expect(told(book, combining)).toContain("按 11-20 周五 结算的持仓。");
  expect(told(book, combining)).toContain("可能已拆开，保证金 +4,428.00。");
  expect(told(book, combining, "en")).toContain("Positions as settled on Fri 20 Nov.");
  expect(told(book, combining, "en")).toContain("it may be apart already");
  expect(told(now, combiningOf(now))).not.toContain("结算的持仓");
});

test("own trades say where the best combinations would then lead", async () => {
  const book = await bookOfTable();
  const trades: WhatIfUi["trades"] = [
    { contract: "510050C2612M03000", side: "buy", effect: "close", lots: "1", price: "0.066" },
  ];
  const strip = stripFor(book, { ...UI, order: "own", trades }, undefined);
  expect(said([withBest(strip.best, book, "zh")])).toMatch(/^若按最优组合保证金 [\d,.]+风险度 /);
  expect(withBest(undefined, book, "en")).toBeUndefined();
});
