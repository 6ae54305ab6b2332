import { describe, expect, test } from "@jest/globals";
import { figuresIn, sentenceIn, termIn } from "../src/taskpane/bilingual";
import type { Child } from "../src/taskpane/element";
import { columnKind, exactText, figureKind, figureText } from "../src/taskpane/numbers";
import { TEXTS } from "../src/taskpane/texts";
import { rowsView } from "../src/taskpane/views/rows";

describe("figures", () => {
  test.each([
    [2478.8, "2,478.80"],
    [0, "0.00"],
    [-610, "\u2212610.00"],
    [1234567.005, "1,234,567.01"],
    [999.995, "1,000.00"],
    [0.1 + 0.2, "0.30"],
    [123456789012345, "123,456,789,012,345.00"],
  ])("the amount %d is printed %s", (value, printed) => {
    expect(figureText(value, "amount")).toBe(printed);
  });

  test("all digits are given where the printed figure has fewer", () => {
    expect(exactText(2478.8, "amount")).toBeUndefined();
    expect(exactText(11027.505, "amount")).toBe("11,027.505");
    expect(exactText(-0.125, "amount")).toBe("\u22120.125");
  });

  test("money to add is rounded up to the fen, so that it is enough", () => {
    expect(figureText(169.861, "topUp")).toBe("169.87");
    expect(figureText(169.86, "topUp")).toBe("169.86");
  });

  test("rounding a ratio never crosses a line", () => {
    expect(figureText(0.9438, "ratio")).toBe("94.38%");
    expect(figureText(0.9, "ratio")).toBe("90.00%");
    expect(figureText(0.89996, "ratio")).toBe("89.996%");
    expect(figureText(0.8999999, "ratio")).toBe("89.99999%");
    expect(figureText(1.2193, "ratio")).toBe("121.93%");
  });

  test("a price keeps its digits", () => {
    expect(figureText(0.0001, figureKind("SSE.LIMITDOWN"))).toBe("0.0001");
    expect(figureText(12345.5, figureKind("OPTION.BREAKEVEN"))).toBe("12,345.5");
    expect(figureKind("RISKRATIO")).toBe("ratio");
    expect(figureKind("ANY.NEWMARGIN")).toBe("amount");
  });
});

describe("a column of a table of money", () => {
  test.each([
    ["风险度 ratio after", "ratio"],
    ["仍需追加 money still to add", "topUp"],
    ["平仓手数 lots to close", "price"],
    ["平仓价 close price", "price"],
    ["释放保证金 margin released", "amount"],
    ["变化前 before", "amount"],
  ])("headed %j holds %s", (header, kind) => {
    expect(columnKind(header, "amount")).toBe(kind);
  });

  test("keeps what its whole table is", () => {
    expect(columnKind("风险度 ratio after", "plain")).toBe("plain");
  });
});

describe("texts in both languages", () => {
  test("a message is shown in the page's", () => {
    const message = "行权价格须大于 0，现为 -3 · strike must be above zero; it is -3";
    expect(sentenceIn("zh", message)).toBe("行权价格须大于 0，现为 -3");
    expect(sentenceIn("en", message)).toBe("strike must be above zero; it is -3");
  });

  test("a value that holds the separator stays whole in both halves", () => {
    const message = '行权价格须是数字，现为“a · b” · strike must be a number; it is "a · b"';
    expect(sentenceIn("zh", message)).toBe("行权价格须是数字，现为“a · b”");
    expect(sentenceIn("en", message)).toBe('strike must be a number; it is "a · b"');
  });

  test("a message in one language is shown as it is", () => {
    expect(sentenceIn("zh", "internal error")).toBe("internal error");
  });

  test.each([
    ["权利金 premium", "权利金", "premium"],
    ["其中：最低保障 of which minimum", "其中：最低保障", "of which minimum"],
    ["SSE 上海证券交易所 Shanghai Stock Exchange", "SSE 上海证券交易所", "Shanghai Stock Exchange"],
    ["未知 unknown（凭记忆 from memory）", "未知（凭记忆）", "unknown (from memory)"],
    ["待核：来源较弱 not verified: weak source (2022-09-01)", undefined, undefined],
    ["仍需追加 money still to add", "仍需追加", "money still to add"],
    [
      "合计，回不到风险线 total, the line is out of reach",
      "合计，回不到风险线",
      "total, the line is out of reach",
    ],
    ["沪深300股指期权", undefined, undefined],
    ["ZCE.LEGACY", undefined, undefined],
    ["2026-12-18", undefined, undefined],
  ])("the term %j is taken apart only where nothing is lost", (text, zh = text, en = text) => {
    expect([termIn("zh", text), termIn("en", text)]).toEqual([zh, en]);
  });

  test("figures keep one of their two names, and their value", () => {
    const text = "比例 ratio 0.12; 最低比例 minimumRatio 0.07（自填 given）";
    expect(figuresIn("zh", text)).toBe("比例 0.12; 最低比例 0.07（自填）");
    expect(figuresIn("en", text)).toBe("ratio 0.12; minimumRatio 0.07（given）");
  });
});

describe("a spilled answer", () => {
  const tagged = (child: Child, tag: string): readonly Child[] =>
    typeof child === "object"
      ? [
          ...(child.tag === tag ? [child] : []),
          ...child.children.flatMap((inner) => tagged(inner, tag)),
        ]
      : [];
  const shown = (rows: readonly (readonly (string | number)[])[]) => {
    const [table] = rowsView(rows, "price", "en", TEXTS.en);
    return ["th", "tr"].map((tag) => tagged(table, tag).length);
  };

  test("has its first row as a heading, but for rows of figures throughout", () => {
    expect(shown([["手数 lots"], [2], [1]])).toEqual([1, 3]);
    expect(shown([[10220, 1.908, 0.4892]])).toEqual([0, 1]);
    expect(
      shown([
        [2, ""],
        ["", 1],
      ]),
    ).toEqual([0, 2]);
  });
});
