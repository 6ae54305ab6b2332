// What the Market part says: the strip on both standards, the lines met, the heat map, gain and loss, and what is
// left open and why; in both languages.
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  crossingsInSteps,
  curveInSteps,
  marketGridInSteps,
  marketOf,
  marketStrip,
  payoffInSteps,
  type Book,
  type Profile,
} from "../src/account";
import { drained } from "../src/core";
import type { Described } from "../src/taskpane/element";
import type { Language } from "../src/taskpane/language";
import { PRICES, readMoves, readSlid, slidText } from "../src/taskpane/market-typed";
import { pathOf, roundTicks, scale, spanFor } from "../src/taskpane/views/chart";
import { shortMoney } from "../src/taskpane/views/chart-payoff";
import {
  marketPart,
  type MarketActs,
  type MarketProps,
  type MarketUi,
} from "../src/taskpane/views/what-if/market";
import { movedBy } from "../src/taskpane/views/what-if/market-heat";
import { slidBy } from "../src/taskpane/views/what-if/market-sliders";
import { UNMOVED } from "../src/taskpane/desk-state";
import { bookWith, elements, PROFILE, said } from "./taskpane/books";

const WITH_OIL: Profile = {
  ...PROFILE,
  products: { ...PROFILE.products, sc2702: { exchange: "0.1", broker: "0.13" } },
};

function propsOf(
  book: Book,
  ui: Partial<MarketUi> = {},
  language: Language = "zh",
  acts: Partial<MarketActs> = {},
): MarketProps {
  const market = marketOf(book);
  const typed = { ...UNMOVED, ...ui };
  const around = {
    ...{ book, ui: typed, width: 278, language, busy: false, acts: acts as MarketActs },
    ...{ notice: undefined, canUndo: false, connected: true, writing: false },
  };
  const nothing = { curve: undefined, crossings: undefined, grid: undefined, payoff: undefined };
  if ("refused" in market) {
    return { ...around, market, assumed: undefined, strip: undefined, ...nothing };
  }
  const assumed = readMoves(market, typed);
  return {
    ...{ ...around, market, assumed, strip: marketStrip(market, assumed) },
    curve: drained(curveInSteps(market, assumed)),
    crossings: drained(crossingsInSteps(market, assumed)),
    grid: drained(marketGridInSteps(market, assumed, false)),
    payoff: drained(payoffInSteps(market, assumed)),
  };
}

const part = (of: string, props: MarketProps): Described => {
  const found = [...elements(marketPart(props))].find(({ attributes }) => attributes["key"] === of);
  if (!found) throw new Error(`there is no ${of}`);
  return found;
};

const withId = (id: string, props: MarketProps): Described => {
  const found = [...elements(marketPart(props))].find(({ attributes }) => attributes["id"] === id);
  if (!found) throw new Error(`there is no #${id}`);
  return found;
};

const pictures = (props: MarketProps): string[] =>
  [...elements(marketPart(props))]
    .filter(({ tag, attributes }) => tag === "svg" && attributes["role"] === "img")
    .map(({ attributes }) => String(attributes["aria-label"]));

describe("the market of the sample", () => {
  let book: Book;

  beforeAll(async () => {
    book = await bookWith({ figures: { equity: "500000" }, profile: WITH_OIL });
  });

  test("shows now, then and the change, what it starts from, and that it is an estimate", () => {
    const told = said([part("strip", propsOf(book, { price: "+2", volatility: "+10" }))]);
    expect(told).toContain("94.28%109.43%+15.15");
    expect(told).toContain("471,396.00551,087.36+79,691.36");
    expect(told).toContain("交易所标准 69.25% → 84.64%");
    expect(told).toContain("起点为账单所列；按规则重算为 92.90%");
    expect(told).toContain("模型估计");
    expect(told).toContain("sc2702C520 的到期日遇休市可能顺延");
    const en = said([part("strip", propsOf(book, { price: "+2" }, "en"))]);
    expect(en).toContain("Exchange's standard 69.25% →");
    expect(en).toContain("Model estimate");
  });

  test("tells the nearest line either way, of what is assumed, above the picture and in it", () => {
    const props = propsOf(book, { price: "+2", volatility: "+10", days: "3" });
    const curve = part("curve", props);
    const sentence = said(
      [...elements([curve])].filter(({ attributes }) => attributes["key"] === "sentence"),
    );
    expect(sentence).toMatch(
      /^涨 [\d.]+% 触平仓线；跌 [\d.]+% 退出追保（波动率升 10%、3 天后时）$/,
    );
    expect(pictures(props)[0]).toBe(sentence);
    expect(said([part("curve", propsOf(book, {}, "en"))])).toMatch(
      /Up [\d.]+% reaches the liquidation line; down [\d.]+% leaves margin call/,
    );
  });

  test("of one underlying says the price too, and a span without a line is said to have none", () => {
    const props = propsOf(book, { of: "IO" });
    expect(said([part("curve", props)])).toMatch(
      /涨 [\d.]+%（4,[\d.]+）触|涨 [\d.]+%（4,[\d.]+） 触/,
    );
    expect(said([part("alone", props)])).toBe("只动 IO，其他标的不变。");
    expect(said([part("curve", propsOf(book, { of: "si2701" }))])).toContain("±20% 之内一直是追保");
  });

  test("has a table behind each picture, with the lines met among its rows", () => {
    const props = propsOf(book);
    const rows = [...elements([part("curve", props)])].filter(({ tag }) => tag === "tr");
    // 17 moves and two lines met, under a header.
    expect(rows).toHaveLength(20);
    const moves = rows.slice(1).map(({ children }) => said(children.slice(0, 1)));
    expect(moves[0]).toBe("+20.0%");
    expect(moves).toContain("0.0%");
    expect(moves.at(-1)).toBe("\u221220.0%");
    expect(said(rows)).toContain("94.28%追保");
    const gains = [...elements([part("payoff", props)])].filter(({ tag }) => tag === "tr");
    expect(gains).toHaveLength(18);
  });

  test("has a heat map whose cells say price, volatility, ratio and status, today's framed", () => {
    const props = propsOf(book, { price: "+3", volatility: "+25" });
    const cells = [...elements([part("heat", props)])].filter(({ tag }) => tag === "button");
    expect(cells).toHaveLength(25);
    const labels = cells.map(({ attributes }) => attributes["aria-label"]);
    expect(labels[0]).toMatch(/^价格涨 6%，波动率降 20%：风险度 [\d.]+%，即时处置$/);
    const now = cells.filter(({ attributes }) => attributes["aria-current"] === "true");
    expect(now.map(({ attributes }) => attributes["aria-label"])).toEqual([
      "价格不变，波动率不变：风险度 94.3%，追保",
    ]);
    // One of them is reached by Tab.
    expect(cells.filter(({ attributes }) => attributes["tabindex"] === 0)).toEqual(now);
    expect(cells.map(({ attributes }) => String(attributes["class"])).join()).toContain("is-then");
  });

  test("reads sliders out with the ratio and the status they lead to", () => {
    const text = (ui: Partial<MarketUi>, id: string, language: Language = "zh") =>
      withId(id, propsOf(book, ui, language)).attributes["aria-valuetext"];
    expect(text({ price: "+2" }, "slider-price")).toMatch(/^价格涨 2%，风险度 [\d.]+%，平仓$/);
    expect(text({ volatility: "\u221210" }, "slider-volatility")).toMatch(/^波动率降 10%，/);
    expect(text({ days: "3" }, "slider-days", "en")).toMatch(/^3 days ahead, ratio [\d.]+%, /);
  });

  test("refuses what is no move, says why, and goes on as if it weren't there", () => {
    const props = propsOf(book, { price: "25", days: "22" });
    expect(said([part("price", props)])).toContain("“25”不是 −20.0% 到 +20.0% 的数");
    expect(said([part("days", props)])).toContain("“22”不是 0 到 21 的整数");
    expect(withId("move-price", props).attributes["aria-invalid"]).toBe("true");
    expect(props.strip?.strip.then).toEqual(props.strip?.strip.now);
  });
});

describe("a market that can't be told", () => {
  test("is undetermined, with the row and what to do; nothing is written of it", async () => {
    const props = propsOf(await bookWith());
    const told = said(marketPart(props));
    expect(told).toContain("未定");
    expect(told).toContain("不知道公司对 sc2702 收多少");
    expect(told).not.toMatch(/\d%/);
    expect(withId("write-market", props).attributes["disabled"]).toBe(true);
    const both = propsOf(await bookWith({ without: ["IO", "SR701"], profile: WITH_OIL }), {}, "en");
    expect(said(marketPart(both))).toContain("rows left open");
  });

  test("keeps gain and loss open where only these lack a price", async () => {
    const book = await bookWith({ without: ["si2701"], profile: WITH_OIL });
    const told = said([part("payoff", propsOf(book))]);
    expect(told).toContain("si2701-C-9500");
    expect(said([part("curve", propsOf(book))])).toContain("多少价会触线");
  });
});

describe("keys", () => {
  test("Page Up and Page Down go five steps and stop at the ends; 0 goes back", () => {
    expect(slidBy("PageUp", 1, PRICES)).toBe(3.5);
    expect(slidBy("PageDown", -19, PRICES)).toBe(-20);
    expect(slidBy("0", 12, PRICES)).toBe(0);
    expect(slidBy("ArrowRight", 12, PRICES)).toBeUndefined();
  });

  test("arrows, Home and End move within the heat map", () => {
    expect(movedBy("ArrowUp", [0, 2], [5, 5])).toEqual([0, 2]);
    expect(movedBy("ArrowDown", [0, 2], [5, 5])).toEqual([1, 2]);
    expect(movedBy("End", [3, 0], [7, 7])).toEqual([3, 6]);
    expect(movedBy("Home", [3, 4], [7, 7])).toEqual([3, 0]);
    expect(movedBy("Enter", [3, 4], [7, 7])).toBeUndefined();
  });
});

describe("what is typed", () => {
  test("is read with any sign and with or without a percent", () => {
    for (const text of ["−2.5", "-2.5%", "－2.5", " -2.5 "]) {
      expect(readSlid("price", text, PRICES)?.toNumber()).toBe(-2.5);
    }
    expect(readSlid("price", "+0.66", PRICES)?.toNumber()).toBe(0.66);
    expect(readSlid("price", "", PRICES)?.toNumber()).toBe(0);
    for (const text of ["x", "1e9", "20.01", "--1"]) {
      expect(readSlid("price", text, PRICES)).toBeUndefined();
    }
    expect(readSlid("days", "1.5", { least: 0, most: 9, step: 1 })).toBeUndefined();
  });

  test("shows a slider's place with its sign", () => {
    expect([2.5, 0, -0.5].map((n) => slidText("price", n))).toEqual(["+2.5", "0.0", "\u22120.5"]);
    expect([100, -50].map((n) => slidText("volatility", n))).toEqual(["+100", "\u221250"]);
    expect(slidText("days", 3)).toBe("3");
  });
});

describe("pictures", () => {
  const [across, up] = [scale(0, 4, 0, 40), scale(0, 10, 100, 0)];

  test("cut a line where it leaves them, also towards what is beyond all bounds", () => {
    expect(pathOf([0, 1, 2], [0, 5, 10], across, up)).toBe("M0 100L10 50L20 0");
    expect(pathOf([0, 2, 4], [0, 20, 0], across, up)).toBe("M0 100L10 0M30 0L40 100");
    expect(pathOf([0, 1, 2], [5, Infinity, 5], across, up)).toBe("M0 50L0 0M20 0L20 50");
  });

  test("take the least span that holds what must be seen, and round figures on their axes", () => {
    expect([spanFor([0.01]), spanFor([0.06]), spanFor([-0.15])]).toEqual([0.05, 0.1, 0.2]);
    expect(roundTicks(-130, 45, 4)).toEqual([-100, -50, 0]);
    expect([0, 8060, -50000, 1234567, 2e9].map(shortMoney)).toEqual([
      "0",
      "8.06k",
      "\u221250k",
      "1.23M",
      "2B",
    ]);
  });
});
