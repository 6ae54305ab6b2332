/** Rows read and reconciled in whole columns say the same, to the last word, as rows taken one by one. */
import { describe, expect, jest, test } from "@jest/globals";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import { reconciliation, type ReconciledRow, type ReconcileInputs } from "../src/account/reconcile";
import { reconciledPapers, type Papers } from "../src/account/reconcile-papers";
import { reconcileSheet } from "../src/account/reconcile-sheet";
import { amount } from "../src/core";
import { plainBook, readStatement, type PlainBook, type Statement } from "../src/statements";
import { packed, unpacked } from "../src/taskpane/parcel";
import { CTP_PRICES } from "./host/books";
import { planted, PLANTS, type Plant } from "./host/planted";
import { random } from "./host/random";
import { shown } from "./host/shown";
import { caseNamed, cases, fromGbk, toGbk, toUtf8 } from "./statements/files";

const read = (bytes: Uint8Array, rowByRow: boolean): Promise<Statement> =>
  readStatement(bytes, "20261120.txt", { rowByRow });

type Others = Omit<ReconcileInputs, "statement">;

/** Rows that match, as many as are asked for, all or those of one kind. */
const ASKED: readonly [most: number, says?: (row: ReconciledRow) => boolean][] = [
  [0],
  [3],
  [1000, ({ position }) => position.contract.includes("P")],
  [2, ({ reasons }) => reasons.some(({ id }) => id === "long")],
];

/** Reads and reconciles a file in columns and by rows, and holds the two against each other. */
async function bothWays(bytes: Uint8Array, others: Others): Promise<Statement> {
  const [statement, slow] = [await read(bytes, false), await read(bytes, true)];
  expect(plainBook(slow)).toBeUndefined();
  // Before anybody has looked at its rows.
  const found = reconciliation({ ...others, statement });
  expect(shown(statement)).toEqual(shown(slow));
  const inTurn = shown([...found.rowsInTurn()]);
  const alone = reconciliation({ ...others, statement: slow });
  for (const [most, says] of ASKED) {
    expect(shown(found.matching(most, says))).toEqual(shown(alone.matching(most, says)));
  }
  const named = (rows: readonly ReconciledRow[]): unknown =>
    new Set(rows.map(({ held }) => `${held.underlying} ${held.underlyingPrice?.toFixed()}`));
  expect(named(found.perContract())).toEqual(named(alone.rows));
  expect(shown(found)).toEqual(shown(alone));
  expect(inTurn).toEqual(shown(found.rows));
  return statement;
}

const RATES: Profile["products"] = {
  m: { exchange: "0.07" },
  SR: { exchange: "0.07" },
  cu: { exchange: "0.09" },
  sc: { exchange: "0.1" },
  si: { exchange: "0.09" },
};
const OTHERS: Others = {
  profile: { ...DEFAULT_PROFILE, products: RATES },
  prices: CTP_PRICES,
  today: "2026-11-20",
};

test.each(cases)("$name is the same both ways", async ({ bytes }) => {
  await bothWays(bytes, OTHERS);
});

describe("the sample", () => {
  const { bytes } = caseNamed("ctp-standard");
  const text = fromGbk(bytes);

  test("stands in columns, its openings joined with their summary", async () => {
    const statement = await read(bytes, false);
    expect(plainBook(statement)?.length).toBe(10);
    expect(statement.lots).toHaveLength(11);
  });

  test("crosses to another thread as what it says", async () => {
    const parcel = structuredClone(packed(await read(bytes, false)));
    expect(shown(unpacked(parcel))).toEqual(shown(await read(bytes, true)));
  });

  test.each([
    ["in UTF-8", toUtf8(text)],
    ["in UTF-8 with a mark", toUtf8(`\uFEFF${text}`)],
    ["with ends of lines of one character", toGbk(text.replace(/\r\n/g, "\n"))],
    ["without its openings", toGbk(text.replace(/^ *持仓明细[^]*?(?=^ *持仓汇总)/m, ""))],
    ["without its summary", toGbk(text.replace(/^ *持仓汇总[^]*/m, ""))],
    ["twice in one file", toGbk(text + text)],
    ["cut in a character", bytes.slice(0, bytes.lastIndexOf(0xd6) + 1)],
  ])("is the same both ways %s", async (_, changed) => {
    await bothWays(changed, OTHERS);
  });

  test.each([
    ["a lone price", { ...OTHERS, prices: { m2701: amount("2985") } }],
    ["no rates", { ...OTHERS, profile: DEFAULT_PROFILE }],
    ["a multiple in the profile", withProfile({ surcharge: { kind: "multiple", markup: "0.2" } })],
    ["other prices counted", withProfile({ priceBasis: "previousSettlement" })],
    ["terms typed", { ...OTHERS, terms: { "m2701-P-2900": { unit: amount("10") } } }],
  ] as const)("is the same both ways with %s", async (_, changed) => {
    await bothWays(bytes, changed);
  });

  function withProfile(changed: Partial<Profile>): Others {
    return { ...OTHERS, profile: { ...OTHERS.profile, ...changed } };
  }

  // Each row is changed so that the long way has to read it, or has to say what is wrong with it.
  test.each([
    ["a price of nothing", "40.500|    38.500", "40.500|     0.000"],
    ["no price", "40.500|    38.500", "40.500|          "],
    ["a dash", "      0.000|            10", "          -|            10"],
    [
      "a dash for nothing held",
      "            0|        0.000|            10",
      "            -|        0.000|            10",
    ],
    ["grouped figures", "   29450.00|投机 ", "  29,450.00|投机 "],
    ["half a lot", "|            10|", "|          10.5|"],
    ["another market value", "           3850.00|\r", "           3950.00|\r"],
    ["a market value below zero", "   3850.00|\r", "  -3850.00|\r"],
    ["a figure in two", " 3850.00|\r", " 38 50.00|\r"],
    ["a digit between blanks", "     29450.00|投机 ", "  1  29450.00|投机 "],
    ["a letter for a digit", "   29450.00|投机 ", "   2945O.00|投机 "],
    ["a sign between 9 and A", "   29450.00|投机 ", "   2945:.00|投机 "],
    ["a blank for a decimal", "   29450.00|投机 ", "   29450.0 |投机 "],
    ["two points", "   29450.00|投机 ", "   29.50.00|投机 "],
    ["a tenth of a fen", "   29450.00|投机 ", "  29450.001|投机 "],
    ["five decimals", "    38.500|        0.00", "  38.50000|        0.00"],
    ["more digits than are read at once", "   29450.00|投机 ", "1234567890.00|投机 "],
    ["a cell too many", "|    40.500|    38.500|", "|    40.500|    38.500||"],
    ["full-width digits", "|    40.500|    38.500|", "|    40.500|    ３8.500|"],
    ["capitals", "m2701-P-2900", "M2701-P-2900"],
    ["a code nobody knows", "m2701-P-2900", "zz701-P-2900"],
    ["no code", "  m2701-P-2900  |            0", "                |            0"],
    [
      "both sides held",
      "|            0|        0.000|            10|",
      "|            3|       40.000|            10|",
    ],
    ["neither side held", "|            10|        41.000|", "|             0|        41.000|"],
    ["hedging", "29450.00|投机 ", "29450.00|套保 "],
    ["a blank hedge", "29450.00|投机 ", "29450.00|     "],
    ["a wide blank in a word", "29450.00|投机 ", "29450.00|投　 "],
    ["a charge a fen off", "   29450.00|投机 ", "   29450.01|投机 "],
    ["a charge of nothing", "   29450.00|投机 ", "       0.00|投机 "],
    ["another number of openings", "|     10|", "|      9|"],
    ["another opening day", " 20261103|", " 20261104|"],
    ["no opening day", " 20261103|", "         |"],
    ["no such day", " 20261103|", " 20261143|"],
    ["a day of nine digits", " 20261103|", "020261103|"],
    ["an opening of neither side", "投机        |   卖|     10", "投机        |  ？ |     10"],
    [
      "openings of another account's style",
      "|投机        |   卖|     10|",
      "|套保        |   卖|     10|",
    ],
  ])("with %s is the same both ways", async (_, printed, changed) => {
    expect(text).toContain(printed);
    await bothWays(toGbk(text.replace(printed, changed)), OTHERS);
  });

  test("with openings whose errors cancel is the same both ways, and they are named", async () => {
    const [first, second] = ["| 20261110|", "| 20261120|"].map((day) => {
      const lines = text.split("\r\n");
      return lines.find((one) => one.includes("cu2701C90000") && one.includes(day)) ?? "";
    }) as [string, string];
    const by = (one: string, other: string): Uint8Array => {
      const charged = (line: string, figure: string) => line.replace("49400.00", figure);
      return toGbk(
        text.replace(first, charged(first, one)).replace(second, charged(second, other)),
      );
    };
    const said = async (one: string, other: string): Promise<readonly unknown[]> => {
      const statement = await bothWays(by(one, other), OTHERS);
      expect(plainBook(statement)).toBeDefined();
      const { rows, sentence } = reconciliation({ ...OTHERS, statement });
      const row = rows.find(({ id }) => id.startsWith("cu2701C90000"));
      return [row?.verdict, row?.text.zh, sentence.zh.includes("全部对上")];
    };
    const [matching] = await said("49400.00", "49400.00");
    expect(matching).toBe("matching");
    expect(await said("49500.00", "49300.00")).toEqual([
      "unexplained",
      "逐笔不合：2026-11-10 1390 开的 1 手印 49500.00、按规则 49400.00；2026-11-20 1250 开的 1 手印 49300.00、按规则 49400.00。",
      false,
    ]);
    for (const [one, other] of [
      ["49400.01", "49399.99"],
      ["49400.01", "49400.00"],
    ] as const) {
      expect((await said(one, other))[0]).toBe("unexplained");
    }
  });

  test("with any byte of a row changed is the same both ways", async () => {
    const draw = random(20261120);
    const below = (n: number): number => Math.floor(draw() * n);
    const from = bytes.indexOf(0x7c, bytes.length - 4200);
    for (let i = 0; i < 40; i++) {
      const changed = Uint8Array.from(bytes);
      const letters = [0x20, 0x2d, 0x2e, 0x30, 0x39, 0x3a, 0x7c, 0x0d, 0x80, 0xb0, 0xff];
      changed[from + below(bytes.length - from)] = letters[below(letters.length)] as number;
      expect(shown(await read(changed, false))).toEqual(shown(await read(changed, true)));
    }
  });

  test("with any byte of many rows alike changed is the same both ways", async () => {
    const draw = random(20261121);
    const below = (n: number): number => Math.floor(draw() * n);
    const alone = text.replace(/^ *持仓明细[^]*?(?=^ *持仓汇总)/m, "");
    // Every row again and again, so that its words were met before.
    const row = /^\|.*(?:\d\.\d\d *\|)\r?\n/gm;
    const rows = (alone.slice(alone.indexOf("持仓汇总")).match(row) ?? []).filter(
      (line) => !line.includes("共"),
    );
    expect(rows).toHaveLength(10);
    const last = alone.lastIndexOf(rows.at(-1) as string);
    const long = toGbk(alone.slice(0, last) + rows.join("").repeat(3) + alone.slice(last));
    const letters = [0x20, 0x2c, 0x2d, 0x2e, 0x30, 0x31, 0x39, 0x3a, 0x7c, 0x0d, 0x41, 0xb0, 0xff];
    const [from, width] = [long.indexOf(0x7c, long.length - 4200), 3600];
    let columns = 0;
    for (let i = 0; i < 60; i++) {
      const changed = Uint8Array.from(long);
      // All of them are read as columns until one isn't plain.
      changed[from + below(width)] = letters[below(letters.length)] as number;
      const statement = await read(i === 0 ? long : changed, false);
      const slow = await read(i === 0 ? long : changed, true);
      columns += plainBook(statement)?.length ?? 0;
      expect(shown(statement)).toEqual(shown(slow));
    }
    expect(columns).toBeGreaterThan(400);
  });
});

/** Text as brokers' own files have it. */
const othersOf = ({
  prices,
  previousPrices,
  exchangeRates,
}: ReturnType<typeof planted>): Others => ({
  ...{ prices, previousPrices, today: "2026-11-20" },
  profile: { ...DEFAULT_PROFILE, products: exchangeRates },
});

test("statements with an error planted are the same both ways", async () => {
  let columns = 0;
  for (let seed = 1; seed <= PLANTS.length; seed++) {
    const made = planted(seed, PLANTS[(seed - 1) % PLANTS.length] as Plant);
    const statement = await bothWays(toUtf8(made.text), othersOf(made));
    columns += plainBook(statement)?.length ?? 0;
  }
  expect(columns).toBeGreaterThan(100);
});

test("random rows, repeated and spoiled, are the same both ways", async () => {
  let columns = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const draw = random(1000 + seed);
    const below = (n: number): number => Math.floor(draw() * n);
    const made = planted(seed, PLANTS[below(PLANTS.length)] as Plant);
    const lines = made.text.split("\r\n").flatMap((line) => {
      if (!line.startsWith("|") || !/[CP]/.test(line) || !/\d\.\d\d/.test(line)) return [line];
      return Array.from({ length: 1 + below(12) }, () => {
        const spoiled = [
          line,
          line.replace(/投机/, "套保"),
          // One digit of the row is another.
          line.replace(/\d(?=\.\d\d\|)/, String(below(10))),
          line.replace(/\d(?=\.\d{3}\|)/, String(below(10))),
        ];
        return spoiled[below(8)] ?? line;
      });
    });
    const statement = await bothWays(toUtf8(lines.join("\r\n")), othersOf(made));
    columns += plainBook(statement)?.length ?? 0;
  }
  expect(columns).toBeGreaterThan(100);
});

interface Row {
  readonly right: "C" | "P";
  readonly strike: number;
  readonly price: number;
  readonly lots: number;
  readonly long?: boolean;
  readonly charged?: number;
}

/** A statement of options on m2701 at 3000 and 10 %, charged by the rule where nothing else is given. */
function optionsOnMeal(rows: readonly Row[]): Uint8Array {
  const line = (...cells: unknown[]): string => `|${cells.join("|")}|`;
  const marginOf = ({ right, strike, price, lots, long, charged }: Row): number => {
    if (long) return 0;
    const out = Math.max(0, right === "C" ? strike - 3000 : 3000 - strike);
    return charged ?? (price * 10 + Math.max(3000 - out * 5, 1500)) * lots;
  };
  const lines = rows.map((row) => {
    const { right, strike, price, lots, long } = row;
    const value = (price * 10 * lots).toFixed(2);
    const [bought, sold] = long ? [lots, 0] : [0, lots];
    const values = long ? [value, "0.00"] : ["0.00", value];
    const contract = `m2701-${right}-${strike}`;
    return line(
      ...["豆粕期权", contract, bought, "10.000", sold, "10.000", "41.000", price.toFixed(3)],
      ...["0.00", marginOf(row).toFixed(2), "投机", ...values],
    );
  });
  const total = rows.reduce((sum, row) => sum + marginOf(row), 0).toFixed(2);
  return toGbk(
    [
      "示例期货有限公司",
      "交易结算单(盯市) Settlement Statement(MTM)",
      "客户号 Client ID：  90000001",
      "日期 Date：20261120",
      "资金状况",
      "客户权益 Client Equity：：  1000000.00",
      `保证金占用 Margin Occupied：${total}`,
      "",
      line(
        ...["品种", "合约", "买持", "买均价", "卖持", "卖均价", "昨结算", "今结算"],
        ...["持仓盯市盈亏", "保证金占用", "投/保", "多头期权市值", "空头期权市值"],
      ),
      ...lines,
      line(`共 ${rows.length}条`, "", "", "", "", "", "", "", "", total, "", "", ""),
      "",
    ].join("\r\n"),
  );
}

const MEAL: Others = {
  profile: { ...DEFAULT_PROFILE, products: { m: { exchange: "0.1" } } },
  prices: { m2701: amount("3000") },
  today: "2026-11-20",
};

/** So many longs, then a strangle whose lighter leg is charged its premium alone, and two shorts more. */
const strangleAfter = (longs: number): Row[] => [
  ...Array.from({ length: longs }, (_, i): Row => {
    return { right: "C", strike: 4000 + 10 * i, price: 0.5, lots: 1, long: true };
  }),
  { right: "C", strike: 3100, price: 60, lots: 3 },
  { right: "P", strike: 2900, price: 40, lots: 3, charged: 1200 },
  { right: "P", strike: 2800, price: 10, lots: 1 },
  { right: "P", strike: 2700, price: 5, lots: 2 },
];

test.each([59, 60, 61, 62, 200])(
  "%i longs of the month keep no short from being found as what a row was margined with",
  async (longs) => {
    const statement = await bothWays(optionsOnMeal(strangleAfter(longs)), MEAL);
    expect(plainBook(statement)).toBeDefined();
    const { rows } = reconciliation({ ...MEAL, statement });
    const put = rows.find(({ id }) => id === "m2701-P-2900 short");
    expect(put?.reasons.map(({ id }) => id)).toEqual(["relief"]);
  },
);

test.each([
  [50, false],
  [60, true],
  [90, true],
])(
  "of a row beside %i others that stays unexplained it is said whether some were left: %s",
  async (shorts, some) => {
    const others = Array.from({ length: shorts }, (_, i): Row => {
      return { right: "C", strike: 3000 + 10 * i, price: 30, lots: 1 };
    });
    const odd: Row = { right: "P", strike: 2900, price: 40, lots: 3, charged: 1234.56 };
    const statement = await bothWays(optionsOnMeal([...others, odd]), MEAL);
    const { rows } = reconciliation({ ...MEAL, statement });
    const row = rows.find(({ id }) => id === "m2701-P-2900 short");
    expect(row?.verdict).toBe("unexplained");
    expect(row?.untried.some(({ id }) => id === "relief")).toBe(some);
  },
);

test.each([
  [7, true],
  [9, true],
  [59, true],
  [60, false],
])(
  "%i legs that were charged their premium alone stand before the rows that tell the rule: found is %s",
  async (legs, isFound) => {
    const calls = Array.from({ length: legs }, (_, i): Row => {
      const price = 40 - i / 2;
      return { right: "C", strike: 3100 + 50 * i, price, lots: 4, charged: price * 40 };
    });
    const puts = Array.from({ length: 9 }, (_, i): Row => {
      return { right: "P", strike: 2950 - 20 * i, price: 42 - i, lots: 4 };
    });
    const others = {
      ...MEAL,
      profile: { ...DEFAULT_PROFILE, products: { m: { exchange: "0.07" } } },
    };
    const statement = await bothWays(optionsOnMeal([...calls, ...puts]), others);
    expect(plainBook(statement)).toBeDefined();
    const { rule, rows } = reconciliation({ ...others, statement });
    expect(rule.terms.confirmed).toBe(isFound);
    const text = "公司在交易所保证金率上加 3 个百分点。";
    expect(rule.sentence.zh === text).toBe(isFound);
    if (legs !== 9) return;
    expect(rows.filter(({ verdict }) => verdict === "matching")).toHaveLength(9);
    // One cause with its partners, the first three of them named.
    expect(rows.at(8)?.text.zh).toMatch(
      /^组合优惠（9 种搭配都正好：(卖出宽跨式 [^；]+；){3}另有 6 种），无法只凭账单区分。$/,
    );
  },
);

test("a product whose style is left open is the same both ways", async () => {
  const [head, foot] = fromGbk(optionsOnMeal([])).split("|共 ") as [string, string];
  const rows = [
    ["豆粕", "m2701", 6, "2985.000", 0, "0.000", "2985.000", "2985.000", "0.00", "15044.40"],
    ["豆粕", "m2705", 3, "2911.000", 0, "0.000", "2911.000", "2911.000", "0.00", "7335.72"],
  ].map((cells) => `|${[...cells, "投机", "0.00", "0.00"].join("|")}|\r\n`);
  const text = `${head}${rows.join("")}|共 ${foot.replace(/^0/, "2")}`.replaceAll(
    "|0.00||",
    "|22380.12||",
  );
  const others = {
    ...MEAL,
    profile: { ...DEFAULT_PROFILE, products: { m: { exchange: "0.07" } } },
  };
  const statement = await bothWays(toGbk(text.replace("：0.00", "：22380.12")), others);
  expect(plainBook(statement)).toBeDefined();
  const { rule, counts } = reconciliation({ ...others, statement });
  expect([rule.terms.open.length, counts.explained]).toEqual([1, 2]);
});

test("a row on the exchange's figure whose product tells no terms is the same both ways", async () => {
  const rows: readonly Row[] = [
    { right: "P", strike: 2900, price: 40, lots: 5, charged: 14800 },
    { right: "C", strike: 3100, price: 35, lots: 5, charged: 13800 },
    { right: "C", strike: 6000, price: 62, lots: 5, charged: 20370 },
    { right: "C", strike: 5900, price: 80, lots: 5, charged: 24450 },
    { right: "C", strike: 9000, price: 1250, lots: 2, charged: 72850 },
  ];
  const text = fromGbk(optionsOnMeal(rows))
    .replace(/豆粕期权\|m2701-C-(6000|5900)/g, "白糖期权|SR701C$1")
    .replace("豆粕期权|m2701-C-9000", "铜期权|cu2701C90000")
    // Five tons a lot.
    .replace("|25000.00|", "|12500.00|");
  const others = { ...OTHERS, prices: { ...CTP_PRICES, m2701: amount("2985") } };
  const statement = await bothWays(toGbk(text), others);
  expect(plainBook(statement)).toBeDefined();
  const found = reconciliation({ ...others, statement });
  expect(found.rule.borneOut.zh).toBe("2 个品种 4 行吻合到分；铜未确认。");
  expect(found.sentence.zh).toContain("1 行只对上交易所标准");
});

/** Options in columns of one width, so that hundreds of rows on end are printed alike. */
function alike(sides: readonly ("long" | "short")[], contracts = 3): string[] {
  const right = (figure: string | number, width: number): string => String(figure).padStart(width);
  return sides.map((side, i) => {
    const [lots, price] = [1 + (i % 7), 30 + (i % 5) / 2];
    const value = (price * 10 * lots).toFixed(2);
    const isLong = side === "long";
    const cells = [
      ...["豆粕期权", right(`m2701-C-${3000 + 50 * (i % contracts)}`, 14)],
      ...[right(isLong ? lots : 0, 6), right(isLong ? "31.000" : "0.000", 9)],
      ...[right(isLong ? 0 : lots, 6), right(isLong ? "0.000" : "31.000", 9)],
      ...[right("41.000", 9), right(price.toFixed(3), 9), right("0.00", 8)],
      ...[right(isLong ? "0.00" : (12000 * lots + i).toFixed(2), 12), "投机"],
      ...[right(isLong ? value : "0.00", 12), right(isLong ? "0.00" : value, 12)],
    ];
    return `|${cells.join("|")}|`;
  });
}

describe("rows printed alike, many on end,", () => {
  const printed = (lines: readonly string[], end: string): Uint8Array => {
    const text = fromGbk(optionsOnMeal([]));
    return toGbk(text.slice(0, text.indexOf("|共")) + lines.join("\r\n") + end);
  };
  const same = async (bytes: Uint8Array): Promise<number> => {
    const statement = await read(bytes, false);
    expect(shown(statement)).toEqual(shown(await read(bytes, true)));
    return plainBook(statement)?.length ?? 0;
  };
  const shorts = Array.from({ length: 150 }, () => "short" as const);

  test.each([
    ["all short", shorts],
    ["sides in turn", shorts.map((side, i) => (i % 2 ? "long" : side))],
    ["a long one here and there", shorts.map((side, i) => (i % 37 === 36 ? "long" : side))],
    ["longs behind shorts", shorts.map((side, i) => (i < 70 ? side : "long"))],
    ["one", shorts.slice(0, 1)],
  ] as const)("%s, are the same both ways", async (_, sides) => {
    expect(await same(printed(alike(sides), "\r\n"))).toBe(sides.length);
    expect(await same(printed(alike(sides), ""))).toBe(sides.length);
  });

  const LETTERS = [0x2d, 0x09, 0x2e, 0x30, 0x39, 0x3a, 0x7c, 0x0a, 0x41, 0xb0, 0xff];

  test("of fifty contracts are the same both ways", async () => {
    expect(await same(printed(alike(shorts, 50), "\r\n"))).toBe(shorts.length);
  });

  test("with any byte changed are the same both ways", async () => {
    const draw = random(20261122);
    const below = (n: number): number => Math.floor(draw() * n);
    const bytes = printed(alike(shorts.map((side, i) => (i % 41 === 40 ? "long" : side))), "\r\n");
    const from = printed([], "").length;
    let columns = 0;
    for (let i = 0; i < 20; i++) {
      const changed = Uint8Array.from(bytes);
      changed[from + below(bytes.length - from)] = LETTERS[below(LETTERS.length)] as number;
      columns += await same(changed);
    }
    expect(columns).toBeGreaterThan(150);
  });

  test("with blanks or something else at any place of one are the same both ways", async () => {
    const lines = alike(shorts.slice(0, 10));
    const bytes = printed(lines, "\r\n");
    const at = printed(lines.slice(0, 8), "\r\n").length;
    for (let i = at; bytes[i] !== 0x0d; i++) {
      const other = LETTERS[i % LETTERS.length] as number;
      for (const letters of [[0x20], [0x20, 0x20], [0x3a], [other]]) {
        const changed = Uint8Array.from(bytes);
        changed.set(letters, i);
        await same(changed);
      }
    }
  });
});

describe("papers of several days", () => {
  const strikesOf = (length: number): Row[] =>
    Array.from({ length }, (_, i): Row => {
      return { right: i % 2 ? "C" : "P", strike: 1000 + i, price: 20 + (i % 9), lots: 1 + (i % 4) };
    });
  // Charged by the day before's prices, and by nothing; and a contract that has two prices on one day.
  const nextOf = (strikes: readonly Row[]): Row[] => [
    ...strikes.map((row, i) => (i === 7 ? { ...row, price: 30, charged: 1600 } : row)),
    { right: "C", strike: 9000, price: 20, lots: 1, charged: 1234.56 },
    { right: "C", strike: 9000, price: 21, lots: 2 },
  ];
  const onMonday = (bytes: Uint8Array): Uint8Array =>
    toGbk(fromGbk(bytes).replace("日期 Date：20261120", "日期 Date：20261123"));
  const papersOf = (statements: readonly Statement[]): Papers =>
    reconciledPapers({
      ...{ statements, profile: MEAL.profile, today: MEAL.today },
      prices: { "2026-11-20": MEAL.prices, "2026-11-23": MEAL.prices },
    });
  const bothDays = async (rows: number, rowByRow: boolean): Promise<Statement[]> => {
    const [strikes, next] = [strikesOf(rows), nextOf(strikesOf(rows))];
    return [
      await read(optionsOnMeal([...strikes, ...next.slice(-2)]), rowByRow),
      await read(onMonday(optionsOnMeal(next)), rowByRow),
    ];
  };

  test("are the same both ways, with the prices of the day before", async () => {
    const [columns, slow] = [await bothDays(60, false), await bothDays(60, true)];
    expect(shown(papersOf(columns))).toEqual(shown(papersOf(slow)));
  });

  test("are told, and laid out as a sheet, without their rows being made", async () => {
    const statements = await bothDays(2500, false);
    const made = statements.map((one) => jest.spyOn(plainBook(one) as PlainBook, "at"));
    const [account] = papersOf(statements).accounts;
    const sheets = account?.days.map((day) =>
      reconcileSheet(day, { language: "en", namespace: "", taken: [] }),
    );
    expect(account?.days.map(({ counts }) => counts.matching)).toEqual([2501, 2500]);
    expect(sheets?.map(({ cells }) => cells.length < 50)).toEqual([true, true]);
    // A few are asked what the broker's rule is, and a few tried beside those that break.
    for (const { mock } of made) expect(mock.calls.length).toBeLessThan(700);
  });
});

test("a header again and again takes no more memory than the rows there are", async () => {
  const header = "|品种|合约|买持|买均价|卖持|卖均价|昨结算|今结算|持仓盯市盈亏|保证金占用|投/保|";
  const head = [
    "示例期货有限公司",
    "交易结算单(盯市) Settlement Statement(MTM)",
    "日期 Date：20261120",
  ];
  const lines = [...head, ...Array.from({ length: 3000 }, () => `${header}\r\n||`), ""];
  const bytes = toGbk(lines.join("\r\n"));
  const before = process.memoryUsage().arrayBuffers;
  await read(bytes, false);
  // Of the file's own 200 KB a few times as much; all the rest of the file for each table would be gigabytes.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30e6);
});
