/** A code printed at two settlements has no price: what is taken of holdings leaves it out, in columns and row by row. */
import { describe, expect, test } from "@jest/globals";
import { bookOf, type Line } from "../src/account/book";
import { UnderlyingPrices } from "../src/account/expiring-price";
import { DEFAULT_PROFILE } from "../src/account/profile";
import { reconciliation, type Reconciliation } from "../src/account/reconcile";
import { reconciledPapers } from "../src/account/reconcile-papers";
import { snapshotOf } from "../src/account/snapshot";
import { amount, digits, drained, Pace, type Amount } from "../src/core";
import {
  plainBook,
  pricesHeld,
  readPasted,
  readStatement,
  type Statement,
} from "../src/statements";
import { pricesKept, pricesOfRows } from "../src/taskpane/reconcile-inputs";
import { planted, PLANTS, type Plant } from "./host/planted";
import { random } from "./host/random";
import { shown } from "./host/shown";
import { toUtf8 } from "./statements/files";

const read = (text: string, rowByRow: boolean): Promise<Statement> =>
  readStatement(toUtf8(text), "statement.txt", { rowByRow });

const MONDAY = ["日期 Date：20261120", "日期 Date：20261123"] as const;

/** Columns of the summary: 今结算 and the two market values. */
const [SETTLEMENT, VALUES] = [8, [12, 13]] as const;

/** A row of the summary at another settlement, its market value with it. */
function settledAt(row: string, times: number): string {
  const cells = row.split("|");
  const before = Number(cells[SETTLEMENT]);
  const after = Math.round(before * times * 10) / 10;
  cells[SETTLEMENT] = after.toFixed(3);
  for (const at of VALUES) {
    cells[at] = ((Number(cells[at]) / before) * after).toFixed(2);
  }
  return cells.join("|");
}

const isRow = (line: string): boolean => /^\|期[货权]\|/.test(line);

/** Rows again, some at another settlement, in any order. */
function spoiled(text: string, draw: () => number): string {
  const lines = text.split("\r\n");
  const rows = lines.filter(isRow);
  const again = rows.flatMap((row) =>
    Array.from({ length: Math.floor(draw() * 4) }, () =>
      draw() < 0.5 ? row : settledAt(row, draw() < 0.5 ? 1.25 : 0.75),
    ),
  );
  const mixed = [...rows, ...again].sort(() => draw() - 0.5);
  const at = lines.findIndex(isRow);
  const kept = lines.filter((line) => !isRow(line));
  return [...kept.slice(0, at), ...mixed, ...kept.slice(at)].join("\r\n");
}

/** The codes that a text prints at two settlements, told from its cells alone. */
function twicePriced(text: string): ReadonlySet<string> {
  const first = new Map<string, string>();
  const twice = new Set<string>();
  for (const line of text.split("\r\n").filter(isRow)) {
    const [, , code = "", ...cells] = line.split("|");
    const price = cells[SETTLEMENT - 3] ?? "";
    if (first.has(code) && first.get(code) !== price) twice.add(code);
    first.set(code, price);
  }
  return twice;
}

const told = (prices: Readonly<Record<string, Amount>>): unknown =>
  Object.entries(prices)
    .map(([code, price]) => `${code} ${digits(price)}`)
    .sort();

test("both ways leave the same codes out, over random statements that contradict themselves", async () => {
  const draw = random(20261120);
  let [columns, futures, options, left] = [0, 0, 0, 0];
  for (let seed = 1; seed <= 12; seed++) {
    const made = planted(seed, PLANTS[seed % PLANTS.length] as Plant);
    const { prices, previousPrices } = made;
    const profile = { ...DEFAULT_PROFILE, products: made.exchangeRates };
    const given = { prices: seed % 3 ? {} : prices, previousPrices, profile, today: "2026-11-20" };
    const friday = spoiled(made.text, draw);
    const texts = [friday, spoiled(made.text.replace(...MONDAY), draw)];
    const [own, others] = [
      await Promise.all(texts.map((text) => read(text, false))),
      await Promise.all(texts.map((text) => read(text, true))),
    ];
    const [found, slow] = [own, others].map((both) =>
      both.map((statement) => reconciliation({ ...given, statement })),
    ) as [Reconciliation[], Reconciliation[]];
    // Before anybody has looked at its rows.
    const before = found.map((day) => told(pricesOfRows([day])));
    expect(before).toEqual(slow.map((day) => told(pricesOfRows([day]))));
    expect(told(pricesOfRows(found))).toEqual(told(pricesOfRows(slow)));
    expect(shown(own)).toEqual(shown(others));
    expect(shown(found)).toEqual(shown(slow));
    const papers = { profile, today: "2026-11-20", prices: {}, previousPrices: {} };
    expect(shown(reconciledPapers({ ...papers, statements: own }))).toEqual(
      shown(reconciledPapers({ ...papers, statements: others })),
    );
    const twice = twicePriced(friday);
    const [statement] = own as [Statement, Statement];
    for (const { contract, settlement, settlementsDiffer } of statement.quotes) {
      expect([contract, settlementsDiffer === true]).toEqual([contract, twice.has(contract)]);
      expect(settlement === undefined).toBe(twice.has(contract));
    }
    const said = statement.problems.flatMap(({ code, raw }) =>
      code === "twoSettlements" ? [raw] : [],
    );
    expect(new Set(said)).toEqual(twice);
    expect(said).toHaveLength(twice.size);
    const day = pricesOfRows(found.slice(0, 1));
    for (const code of twice) {
      if (/[CP]/.test(code)) options++;
      else {
        futures++;
        // A price typed for the options on it stays.
        if (!given.prices[code]) expect(day[code]).toBeUndefined();
        else if (day[code]) expect(day[code]?.equals(given.prices[code])).toBe(true);
      }
    }
    left += Object.keys(day).length;
    columns += own.filter((one) => plainBook(one)).length;
  }
  expect([columns > 15, futures > 1, options > 15, left > 5]).toEqual([true, true, true, true]);
});

/** Two rows of a sugar future and an option on it. */
function sugar(long: string, short: string, options: readonly string[] = ["85.000"]): string {
  const line = (...cells: string[]): string => `|${cells.join("|")}|`;
  const none = ["0.00", "0.00"] as const;
  const rows = [
    line("期货", "SR701", "1", long, "0", "0.000", long, long, "0.00", "5000.00", "投机", ...none),
    line(
      "期货",
      "SR701",
      "0",
      "0.000",
      "1",
      short,
      long,
      short,
      "0.00",
      "5000.00",
      "套保",
      ...none,
    ),
    ...options.map((price) => {
      const value = (Number(price) * 10).toFixed(2);
      const [lots, open] = [["0", "0.000", "1"], "90.000"];
      const [margin, values] = [(Number(price) * 10 + 5750).toFixed(2), ["0.00", value]];
      const cells = [...lots, open, "90.000", price, "0.00", margin, "投机", ...values];
      return line("白糖期权", "SR701C5700", ...cells);
    }),
  ];
  return [
    "示例期货有限公司",
    "交易结算单(盯市) Settlement Statement(MTM)",
    "客户号 Client ID：  90000001",
    "日期 Date：20261120",
    "",
    "资金状况",
    "客户权益 Client Equity：：  1000000.00",
    "",
    "持仓汇总 Positions",
    line(
      ...["品种", "合约", "买持", "买均价", "卖持", "卖均价", "昨结算", "今结算", "持仓盯市盈亏"],
      ...["保证金占用", "投/保", "多头期权市值", "空头期权市值"],
    ),
    ...rows,
    line(`共 ${rows.length}条`, ...Array.from({ length: 12 }, () => "")),
    "",
  ].join("\r\n");
}

const GIVEN = {
  profile: { ...DEFAULT_PROFILE, products: { SR: { exchange: "0.1" } } },
  today: "2026-11-20",
};

describe.each([
  ["in columns", false],
  ["row by row", true],
])("a future long at one settlement and short at another, %s,", (_, rowByRow) => {
  test("is said to be so, where it is met", async () => {
    const statement = await read(sugar("5750.000", "5751.000"), rowByRow);
    expect(plainBook(statement) === undefined).toBe(rowByRow);
    const said = statement.problems.filter(({ code }) => code === "twoSettlements");
    expect(said.map(({ row, text }) => [row, text])).toEqual([
      [
        12,
        {
          zh: "第 12 行 SR701 的结算价是 5751，前面的行却是 5750：各行按自己印的价算，别处要用 SR701 的价格时哪个都不取，以填入的为准。",
          en: "Row 12: the settlement of SR701 is 5751, but 5750 in a row before: each row counts by its own; where its price is needed elsewhere neither is taken, but the one you enter.",
        },
      ],
    ]);
    expect(statement.totals.trust).toBe("incomplete");
  });

  test("keeps its rows, and leaves the option on it without a price", async () => {
    const statement = await read(sugar("5750.000", "5751.000"), rowByRow);
    const found = reconciliation({ ...GIVEN, statement, prices: {} });
    expect(found.rows.map(({ id, held }) => [id, held.underlyingPrice?.toFixed()])).toEqual([
      ["SR701 long", "5750"],
      ["SR701 short", "5751"],
      ["SR701C5700 short", undefined],
    ]);
    const [, , option] = found.rows;
    expect(option?.verdict).toBe("notCheckable");
    expect(option?.text.zh).toContain("缺 SR701 的价格");
    expect(told(pricesOfRows([found]))).toEqual([]);
  });

  test("takes the price that is entered, for the day after too", async () => {
    const statement = await read(sugar("5750.000", "5751.000"), rowByRow);
    const found = reconciliation({ ...GIVEN, statement, prices: { SR701: amount("5752") } });
    expect(found.rows[2]?.held.underlyingPrice?.toFixed()).toBe("5752");
    expect(found.rows[2]?.verdict).not.toBe("notCheckable");
    expect(told(pricesOfRows([found]))).toEqual(["SR701 5752"]);
  });

  test("is priced where both rows agree", async () => {
    const statement = await read(sugar("5750.000", "5750.000"), rowByRow);
    expect(statement.problems.some(({ code }) => code === "twoSettlements")).toBe(false);
    const found = reconciliation({ ...GIVEN, statement, prices: {} });
    expect(found.rows[2]?.held.underlyingPrice?.toFixed()).toBe("5750");
    expect(told(pricesOfRows([found]))).toEqual(["SR701 5750"]);
  });

  test("leaves other days' papers without its price", async () => {
    const statements = [
      await read(sugar("5750.000", "5751.000", []), rowByRow),
      await read(sugar("5760.000", "5760.000").replace(...MONDAY), rowByRow),
    ];
    const papers = reconciledPapers({ ...GIVEN, statements, prices: {} });
    const [, monday] = papers.accounts[0]?.days ?? [];
    expect(monday?.inputs.previousPrices).toEqual({});
  });
});

test("a third row at the first price, and one more at the second, say nothing more", async () => {
  const text = sugar("5750.000", "5751.000", ["85.000", "85.500", "85.000", "85.500"]);
  for (const rowByRow of [false, true]) {
    const { problems, quotes } = await read(text, rowByRow);
    const said = problems.filter(({ code }) => code === "twoSettlements");
    expect(said.map(({ raw, row }) => [raw, row])).toEqual([
      ["SR701", 12],
      ["SR701C5700", 14],
    ]);
    expect(quotes.map(({ settlementsDiffer }) => settlementsDiffer)).toEqual([true, true]);
  }
});

describe("a table whose future stands at two settlements", () => {
  const table = (second: string): Promise<Statement> =>
    readPasted(
      `合约,方向,手数,结算价\nSR701,买,1,5750\nSR701C5700,卖,1,85\nSR701,卖,1,${second}`,
      "table",
      { day: "2026-11-20" },
    );
  const bookFrom = (statement: Statement): ReturnType<typeof bookOf> =>
    bookOf({ ...GIVEN, statement, prices: {}, equity: undefined });

  test("has a book that asks for its price", async () => {
    const { underlyings, lines } = bookFrom(await table("5751"));
    expect(underlyings.map(({ code, price, needsPrice }) => [code, price, needsPrice])).toEqual([
      ["SR701", undefined, true],
    ]);
    const option = lines.find(({ kind }) => kind === "option");
    expect(option?.underlyingPrice).toBeUndefined();
    const agreed = bookFrom(await table("5750")).underlyings;
    expect(agreed.map(({ price, needsPrice }) => [price?.toFixed(), needsPrice])).toEqual([
      ["5750", false],
    ]);
  });

  test("leaves open how far an option on it is in the money", async () => {
    const moneyOf = async (second: string): Promise<unknown> => {
      const book = bookFrom(await table(second));
      const prices = drained(UnderlyingPrices.inSteps(book, "settlement", new Pace()));
      const option = book.lines.find(({ kind }) => kind === "option") as Line;
      const price = prices.of(option);
      return price.unknown ? price.unknown.zh : price.value.toFixed();
    };
    expect(await moneyOf("5750")).toBe("5750");
    expect(await moneyOf("5751")).toContain("缺 SR701 的结算价");
  });

  test("leaves what is kept of it without that price", async () => {
    const [differing, agreed] = [bookFrom(await table("5751")), bookFrom(await table("5750"))];
    expect(told(pricesKept(snapshotOf(differing), agreed))).toEqual([]);
    expect(told(pricesKept(snapshotOf(agreed), agreed))).toEqual(["SR701 5750"]);
  });

  test("tells the day after nothing of it", async () => {
    const statement = await table("5751");
    expect([...pricesHeld(statement)].map(([code]) => code)).toContain("SR701");
    const found = reconciliation({ ...GIVEN, statement, prices: {} });
    expect(told(pricesOfRows([found]))).toEqual([]);
  });
});
