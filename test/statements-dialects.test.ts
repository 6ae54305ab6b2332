/** What the samples do not show: combinations, openings, brokers' dialects, shapes made to keep a reader busy. */
import { describe, expect, test } from "@jest/globals";
import { digits } from "../src/core";
import { readCells, readStatement, type Statement } from "../src/statements";
import { caseNamed, fromGbk, toUtf8 } from "./statements/files";

const readText = (text: string): Promise<Statement> => readStatement(toUtf8(text), "a.txt");
const textOf = (name: string): string => fromGbk(caseNamed(name).bytes);
/** The text with something else in it; a replacement that finds nothing would test nothing. */
function replaced(text: string, ...pairs: readonly (readonly [string | RegExp, string])[]): string {
  return pairs.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new Error(`not in the text: ${from}`);
    return after;
  }, text);
}

const codes = ({ problems }: Statement): string[] => problems.map(({ code }) => code);

describe("settlement text dialects", () => {
  test("a statement offset trade by trade has its floating profit beside the balance", async () => {
    const text = replaced(
      textOf("ctp-wide"),
      ["交易结算单(盯市) Settlement Statement(MTM)", "交易核算单(逐笔) Settlement Statement"],
      [/持仓盯市盈亏 MTM P\/L： +0\.00/, "浮动盈亏 Accum. P/L： 500.00"],
      [/客户权益 Client Equity： +99988\.00/, "客户权益 Client Equity： 100488.00"],
      ["96138.00", "96638.00"],
      ["20.50%", "20.40%"],
    );
    const statement = await readText(text);
    expect(codes(statement)).toEqual([]);
    expect(statement.account?.figures.floatingPnl?.toNumber()).toBe(500);
    expect(statement.totals.trust).toBe("checked");
  });

  test("labels and headers in English alone are read", async () => {
    const text = replaced(textOf("ctp-wide"), [/手 续 费 (?=Commission)/, ""]);
    expect((await readText(text)).account?.figures.commission?.toNumber()).toBe(10);
    const headless = replaced(textOf("ctp-standard"), ["|  今结算  |", "|  今 XX   |"]);
    expect((await readText(headless)).positions[0]?.settlement?.toNumber()).toBe(38.5);
  });

  test("a statement without a summary takes its holdings from the openings, averaged", async () => {
    const text = textOf("ctp-standard");
    const until = text.lastIndexOf("持仓汇总 Positions");
    const statement = await readText(text.slice(0, until));
    const copper = statement.positions.find(({ contract }) => contract === "cu2701C90000");
    expect(
      [copper?.quantity, copper?.openPrice, copper?.margin].map((n) => n && digits(n)),
    ).toEqual(["2", "1320", "98800"]);
    expect([statement.positions.length, digits(statement.totals.margin)]).toEqual([10, "471396"]);
    expect(statement.totals.trust).toBe("checked");
  });

  test("a market value printed below zero and pledged money do not upset the account", async () => {
    const text = replaced(
      textOf("ctp-wide"),
      [/(空头期权市值 Market Value\(short\)：) +3850\.00/, "$1 -3850.00"],
      [/质 押 金 Pledge Amount： +0\.00/, "质 押 金 Pledge Amount： 12.00"],
      [/客户权益 Client Equity： +99988\.00/, "客户权益 Client Equity： 100000.00"],
    );
    const statement = await readText(text);
    expect(statement.account?.figures.marketValueShort?.toNumber()).toBe(3850);
    expect(codes(statement)).toEqual([]);
  });
});

describe("ETF option statements", () => {
  const withCombination = (legMargins: string, combination: string): string => {
    const text = replaced(
      textOf("etf-option"),
      ["|10|10|0|42485.60|", `|10|0|10|${legMargins}|`],
      ["|24|24|0|107800.05|", `|24|14|10|${legMargins === "0.00" ? "65314.45" : "107800.05"}|`],
    );
    return `${text}
组合持仓
|组合编号|组合策略编码|持仓量|保证金占用|组合成分数量|合约编码一|持仓量一|合约编码二|持仓量二|
|C0001|KS|10|${combination}|2|10011001|10|10011018|10|
|共 1条||10|${combination}|||||||
`;
  };

  test("combinations whose margin stands apart from their legs' are added", async () => {
    const statement = await readText(withCombination("0.00", "42485.60"));
    expect(
      statement.combinations.map(({ id, strategy, legs, margin }) => [
        id,
        strategy,
        legs,
        margin?.toNumber(),
      ]),
    ).toEqual([["C0001", "KS", ["10011001", "10011018"], 42485.6]]);
    expect([codes(statement), digits(statement.totals.margin)]).toEqual([[], "107800.05"]);
    expect(statement.positions[0]?.combinedQuantity?.toNumber()).toBe(10);
  });

  test("combinations whose margin is in their legs' rows already are not added again", async () => {
    const statement = await readText(withCombination("42485.60", "42485.60"));
    expect([codes(statement), digits(statement.totals.margin)]).toEqual([[], "107800.05"]);
  });

  test("the number and the trading code are told by their grammar, whatever their headers", async () => {
    const swapped = textOf("etf-option").replace(/\|(\d{8})\|(\d{6}[CP][\dA-Z]+)\|/g, "|$2|$1|");
    const statement = await readText(swapped);
    expect(statement.positions.map(({ contract, number }) => `${number} ${contract}`)[0]).toBe(
      "10011001 510050C2612M03100",
    );
  });
});

describe("groups of days", () => {
  const HEADER = ["交易所", "开仓日期", "合约", "买卖", "手数", "价格", "占用保证金", "投保"];
  const row = (code: string): string[] => [
    "DCE",
    "20261103",
    code,
    "卖",
    "1",
    "41",
    "2945",
    "投机",
  ];

  test("of a Wenhua workbook's days the last one's holdings count", async () => {
    const cells = [HEADER, ["20261119"], row("m2701-P-2900"), ["20261120"], row("m2701-P-2800")];
    const statement = await readCells(cells, "cells");
    expect([statement.format, statement.day, codes(statement)]).toEqual([
      "wenhua",
      "2026-11-20",
      ["severalDays"],
    ]);
    expect(statement.positions.map(({ contract }) => contract)).toEqual(["m2701-P-2800"]);
  });

  test("a holding above every day's row is counted and named", async () => {
    const cells = [HEADER, row("m2701-P-2900"), ["20261120"], row("m2701-P-2800")];
    const statement = await readCells(cells, "cells");
    expect(statement.positions).toHaveLength(2);
    expect([codes(statement), statement.totals.trust]).toEqual([
      ["severalDays", "missing"],
      "incomplete",
    ]);
  });

  test("of a holddata file's days the last one's holdings count", async () => {
    const text = textOf("holddata");
    const statement = await readText(text.replaceAll("2026-11-20", "2026-11-19") + text);
    expect([statement.day, statement.positions.length]).toEqual(["2026-11-20", 9]);
    expect(codes(statement)).toEqual(["severalDays"]);
  });
});

describe("shapes made to keep a reader busy", () => {
  const MANY = 300_000;
  const head = textOf("ctp-wide");
  test.each([
    ["one line of letters", "a".repeat(MANY)],
    ["blank lines", "\n".repeat(MANY)],
    ["tabs in a cell", `合约,手数\n"${"\t".repeat(MANY)}x",1`],
    ["a label's line that never ends", `${head}\n客户权益：1 ${"a".repeat(MANY)}`],
    ["client numbers without a colon", `${head}\n${"客户号".repeat(MANY / 3)}`],
    ["bars", `${head}\n${"|".repeat(MANY)}`],
    ["quotation marks", `合约,手数\n${'"'.repeat(MANY)}`],
    ["at signs", `2026-11-20@1@${"@".repeat(MANY)}`],
    ["opening brackets", `${"（(".repeat(MANY / 2)},手数\nm2701,1`],
    ["a period of one long word", `Statement,Data,Period,${"a".repeat(MANY)}\nStatement,Data,a,b`],
    ["unclosed cells of a web page", `<table>${"<tr><td>".repeat(MANY / 30)}`],
  ])(
    "%s: it comes to an end",
    async (_, text) => {
      const statement = await readText(text);
      expect(statement.positions.length).toBeLessThan(2);
    },
    10_000,
  );
});
