/** Causes that take more than one statement's rows: the day before, dated rates, hedging, the account's total; ETF text. */
import { describe, expect, test } from "@jest/globals";
import {
  reconciliation,
  type Reconciliation,
  type ReconciledRow,
  type ReconcileInputs,
} from "../src/account/reconcile";
import { reconciledPapers } from "../src/account/reconcile-papers";
import { DEFAULT_PROFILE, readProfile, type Profile } from "../src/account";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readStatement, type Account, type Statement } from "../src/statements";
import { rowOf, said } from "./host/reconciled-rows";
import { caseNamed, fromGbk, toGbk } from "./statements/files";

const DAY = "2026-11-20";

const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: { m: { exchange: "0.07" }, SR: { exchange: "0.07" } },
};

const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金", "昨结算", "投保"];

type Cells = readonly (string | number)[];

/** A table with the columns that its rows use. */
async function paper(rows: readonly Cells[], day = DAY, name = "表"): Promise<Statement> {
  const used = HEADER.map((_, column) => column).filter((column) =>
    rows.some((row) => (row[column] ?? "") !== ""),
  );
  const cells = rows.map((row) => used.map((column) => String(row[column] ?? "")));
  const header = used.map((column) => HEADER[column]);
  return { ...(await readCells([header, ...cells], name, { day })), day };
}

const reconciled = (statement: Statement, profile = PROFILE): Reconciliation =>
  reconciliation({ statement, profile, prices: {}, today: DAY });

const items = ({ bridge }: Reconciliation): unknown[] =>
  bridge.items.map(({ ids, amount: part }) => [ids.join(" "), digits(part)]);

/** Soybean meal at 2985 whose broker takes 10 %: 2945, 2810 and 2210 a lot. */
const MEAL: readonly Cells[] = [
  ["m2701-P-2900", "卖", 1, 38.5, 2985, 2945],
  ["m2701-C-3100", "卖", 1, 40, 2985, 2810],
];

describe("the statement of the trading day before tells that day's prices", () => {
  // 2970 and 16 then: 10 × 16 + 10 % × 29,700 − half of 1,700; neither price stands in the day's own statement.
  const stale: Cells = ["m2701-P-2800", "卖", 1, 15, 2985, 2280];
  const before: readonly Cells[] = [
    ["m2701-P-2800", "卖", 1, 16, 2970, 2280],
    ["m2701-P-2900", "卖", 1, 40.5, 2970, 3025],
  ];

  async function rowAfter(
    first: string,
    second: string,
    more: object = {},
  ): Promise<ReconciledRow> {
    const statements = [
      await paper([...MEAL, stale], second, "second"),
      await paper(before, first, "first"),
    ];
    const inputs = { statements, prices: {}, profile: PROFILE, today: DAY, ...more };
    const { accounts } = reconciledPapers(inputs);
    const days = accounts.flatMap((one) => one.days);
    const found = days.find(({ day }) => day === second);
    if (!found) throw new Error(second);
    return rowOf(found, "m2701-P-2800");
  }

  test("its settlements and its underlying's price are the previous ones", async () => {
    const row = await rowAfter("2026-11-19", DAY);
    expect(said(row)).toBe("explained previousDay");
    expect(row.text.en).toBe(
      "previous day's prices (option's previous settlement 16, underlying's previous price 2970).",
    );
  });

  test("over a weekend too", async () => {
    expect(said(await rowAfter(DAY, "2026-11-23"))).toBe("explained previousDay");
  });

  test("a statement older than that says nothing of the day before", async () => {
    const row = await rowAfter("2026-11-18", DAY);
    expect(said(row)).toBe("unexplained");
    expect(row.untried.map(({ id }) => id)).toEqual(["previousDay"]);
  });

  test("prices given as the day's previous ones serve as well", async () => {
    const previousPrices = { [DAY]: { m2701: amount("2970"), "m2701-P-2800": amount("16") } };
    const row = await rowAfter("2026-11-18", DAY, { previousPrices });
    expect(said(row)).toBe("explained previousDay");
  });

  test("what two statements of that day print differently counts for none", async () => {
    const other = await paper([["m2701-P-2800", "卖", 1, 16, 2975, 2285]], "2026-11-19", "other");
    const statements = [
      await paper([...MEAL, stale], DAY, "second"),
      await paper(before, "2026-11-19", "first"),
      other,
    ];
    const { accounts } = reconciledPapers({ statements, prices: {}, profile: PROFILE, today: DAY });
    const found = accounts.flatMap(({ days }) => days).find(({ day }) => day === DAY);
    expect(found && said(rowOf(found, "m2701-P-2800"))).toBe("unexplained");
  });
});

describe("a table of dated rates", () => {
  const dated = (steps: readonly object[]): Profile => {
    const read = readProfile({ products: { m: { exchange: "0.07", dated: steps } } });
    if ("refused" in read) throw new Error(read.refused.en);
    return read.profile;
  };
  const HOLIDAY = { from: "2026-11-18", to: "2026-11-27", exchange: "0.12" };
  /** 15 %: the step's 12 and the broker's 3. */
  const raised: readonly Cells[] = [
    ["m2701-P-2900", "卖", 1, 38.5, 2985, 4437.5],
    ["m2701-C-3100", "卖", 1, 40, 2985, 4302.5],
  ];

  test("a step in force is the exchange's rate, and the row says so", async () => {
    const found = reconciled(await paper(raised), dated([HOLIDAY]));
    expect(found.rule.sentence.en).toBe("The broker adds 3 points to the exchange's margin rate.");
    expect(found.rows.map(said)).toEqual([
      "matching points datedRate",
      "matching points datedRate",
    ]);
    expect(found.rows[0]?.text.zh).toBe(
      "吻合：公司加点（在交易所保证金率上加 3 个百分点），节假日或临近交割的保证金率（12%，2026-11-18 至 2026-11-27）。",
    );
    expect(items(found)).toEqual([]);
  });

  test("a row still at the ordinary rate is named by it, not by a guess", async () => {
    const late: Cells = ["m2701-P-2800", "卖", 1, 15, 2985, 2210];
    const row = rowOf(reconciled(await paper([...raised, late]), dated([HOLIDAY])), "m2701-P-2800");
    expect(said(row)).toBe("explained datedRate");
    expect(row.text.en).toBe("the rate of a holiday or near delivery (the ordinary 7%).");
  });

  test("a step that begins later and was charged already is named with its day", async () => {
    const step = { from: "2026-11-23", exchange: "0.12" };
    const early: Cells = ["m2701-P-2800", "卖", 1, 15, 2985, 3702.5];
    const row = rowOf(reconciled(await paper([...MEAL, early]), dated([step])), "m2701-P-2800");
    expect(said(row)).toBe("explained datedRate");
    expect(row.text.zh).toBe("节假日或临近交割的保证金率（12%，2026-11-23 起）。");
  });

  test("without the table it stays another rate", async () => {
    const early: Cells = ["m2701-P-2800", "卖", 1, 15, 2985, 3702.5];
    const row = rowOf(reconciled(await paper([...MEAL, early])), "m2701-P-2800");
    expect(said(row)).toBe("explained otherRate");
  });

  test("of two steps in force the one begun last counts; a contract's own goes before its product's", async () => {
    const near = { from: "2026-11-20", exchange: "0.12" };
    const both = reconciled(
      await paper(raised),
      dated([near, { from: "2026-11-01", exchange: "0.09" }]),
    );
    expect(both.counts.matching).toBe(2);
    const read = readProfile({
      products: {
        m: { exchange: "0.07", dated: [{ from: "2026-11-01", exchange: "0.09" }] },
        m2701: { dated: [near] },
      },
    });
    if ("refused" in read) throw new Error(read.refused.en);
    expect(reconciled(await paper(raised), read.profile).counts.matching).toBe(2);
  });

  test.each([
    [{ from: "2026-13-01", exchange: "0.12" }, 'dated[0].from is "2026-13-01"'],
    [{ from: "2026-11-20", to: "2026-11-19", exchange: "0.1" }, 'dated[0].to is "2026-11-19"'],
    [{ from: "2026-11-20" }, "dated[0].exchange is blank; it must have a rate"],
    [{ from: "2026-11-20", exchange: "2" }, 'dated[0].exchange is "2"'],
    [{ from: "2026-11-20", exchange: "0.1", until: "x" }, 'dated[0].until is "x"'],
  ])("%j is refused with its value", (step, part) => {
    const read = readProfile({ products: { m: { dated: [step] } } });
    expect("refused" in read && read.refused.en).toContain(part);
  });
});

describe("speculation and hedging may have terms of their own", () => {
  test("a product's hedged rows are told apart from the others", async () => {
    const found = reconciled(
      await paper([
        ...[...MEAL, ["m2701-P-2800", "卖", 1, 15, 2985, 2210]].map((row) => [...row, "", "投机"]),
        // 8 %: one point on the exchange's rate.
        ["m2701-P-2950", "卖", 1, 50, 2985, 2713, "", "套保"],
        ["m2701-C-3000", "卖", 1, 60, 2985, 2913, "", "套保"],
      ]),
    );
    expect(found.counts).toEqual({ matching: 5, explained: 0, unexplained: 0, notCheckable: 0 });
    expect(found.rule.sentence.zh).toBe(
      "公司在交易所保证金率上加 3 个百分点，豆粕（套保）除外：豆粕（套保）在交易所保证金率上加 1 个百分点。",
    );
  });
});

describe("what stands in the account's total alone", () => {
  const total = (statement: Statement, figures: Account["figures"]): Statement => {
    const account: Account = {
      ...{ id: "90000001", name: undefined, broker: undefined, currency: "CNY", day: DAY },
      figures,
    };
    return { ...statement, account, accounts: [account] };
  };
  /** Both sides of meal, each charged: 8955 and 5970 for 2701, 2985 for the other month. */
  const futures: readonly Cells[] = [
    ...MEAL,
    ["m2701", "买", 3, 2985, "", 8955],
    ["m2701", "卖", 2, 2985, "", 5970],
  ];

  test("the larger side of a future alone", async () => {
    const found = reconciled(total(await paper(futures), { margin: amount("14710") }));
    expect(found.rows.map(said)).toEqual(Array.from({ length: 4 }, () => "matching points"));
    expect(items(found)).toEqual([["largerSide", "-5970"]]);
    expect([found.bridge.from, found.bridge.to].map(digits)).toEqual(["20680", "14710"]);
  });

  test("the larger side over a product's months", async () => {
    const months: readonly Cells[] = [...futures.slice(0, 3), ["m2705", "卖", 1, 2900, "", 2900]];
    const found = reconciled(total(await paper(months), { margin: amount("14710") }));
    expect(items(found)).toEqual([["largerSide", "-2900"]]);
  });

  test("a fen beside the larger side is no larger side", async () => {
    const found = reconciled(total(await paper(futures), { margin: amount("14710.01") }));
    expect(items(found)).toEqual([["total", "-5969.99"]]);
    expect(found.identities.filter(({ holds }) => !holds).map(({ id }) => id)).toEqual(["rows"]);
  });

  test.each([
    ["delivery margin counted in", { margin: "6155", deliveryMargin: "400" }, "400"],
    ["exercise margin counted in", { margin: "6055", exerciseMargin: "300" }, "300"],
    ["both counted in", { margin: "6455", deliveryMargin: "400", exerciseMargin: "300" }, "700"],
  ])("%s", async (_, printed, part) => {
    const figures = Object.fromEntries(
      Object.entries(printed).map(([name, figure]) => [name, amount(figure)]),
    );
    const found = reconciled(total(await paper(MEAL), figures));
    expect(items(found)[0]).toEqual(["beside", part]);
    expect(found.bridge.items.every(({ ids }) => ids.join() === "beside")).toBe(true);
    expect(found.counts.matching).toBe(2);
  });

  test("delivery margin beside the rows' sum is in use, and no row's", async () => {
    const figures = {
      margin: amount("5755"),
      deliveryMargin: amount("400"),
      equity: amount("10000"),
      riskDegree: amount("0.6155"),
    };
    const found = reconciled(total(await paper(MEAL), figures));
    expect(items(found)).toEqual([["beside", "400"]]);
    expect(digits(found.bridge.to)).toBe("6155");
    expect(found.ratios.byRules && digits(found.ratios.byRules)).toBe("0.6155");
  });
});

describe("what a cause leaves", () => {
  const nearest = async (printed: number): Promise<string> => {
    const cells: readonly Cells[] = [...MEAL, ["m2701-P-2800", "卖", 1, 15, 2985, printed, 16]];
    return rowOf(reconciled(await paper(cells)), "m2701-P-2800").text.zh;
  };

  test("is told where it is less than the difference", async () => {
    expect(await nearest(2219.99)).toBe(
      "未解释 +9.99：试过 2 种原因，最接近“别的期权价格”，仍差 -0.01。",
    );
  });

  test("is no nearness where it is more", async () => {
    expect(await nearest(2210.01)).toBe("未解释 +0.01：试过 2 种原因，没有一种更接近。");
  });
});

describe("an index option charged at its index future's price", () => {
  // 12 % of IO: the put, in the money, takes 37,240 and 12 % of 465,000, or of 465,520: 62.40 more.
  const put: Cells = ["IO2612-P-5000", "卖", 1, 372.4, "", 93040 + 62.4];
  const call: Cells = ["IO2612-C-4600", "卖", 1, 100, "", 65800];

  test.each([
    ["held or quoted in the statement", {}, [["IF2612", "买", 1, 4655.2, "", ""]]],
    ["given", { IF2612: amount("4655.2") }, []],
    ["given in small letters", { if2612: amount("4655.2") }, []],
  ] as const)("%s", async (_, more, rows) => {
    const statement = await paper([put, call, ...rows]);
    const prices = { IO: amount("4650"), ...more };
    const found = reconciliation({ statement, profile: PROFILE, prices, today: DAY });
    expect(rowOf(found, "IO2612-P-5000").text.zh).toMatch(
      /^别的标的价（期权 372.4、(IF|if)2612 4655.2）。$/,
    );
  });
});

test("a future whose unit no exchange's list here tells is checked with the unit given", async () => {
  const statement = await paper([["IF2612", "买", 2, 4655.2, "", 418968]]);
  const asked = rowOf(reconciled(statement), "IF2612");
  expect(said(asked)).toBe("notCheckable");
  expect(asked.text.zh).toContain("命令行用 --terms 的表（一行 IF2612,,单位）");
  const terms = { IF2612: { unit: amount(300) } };
  const profile = { ...PROFILE, products: { IF: { exchange: "0.12" } } };
  // 4655.2 × 300 × 15 % for two lots.
  const found = reconciliation({ statement, profile, prices: {}, terms, today: DAY });
  expect(said(rowOf(found, "IF2612"))).toBe("explained points multiple");
});

test("a set whose margin stands beside its legs' rows is explained as a whole", async () => {
  const plain = await paper([
    ...[
      ["m2701-P-2900", "卖", 1, 38.5, 2985, 2945],
      ["m2701-C-3000", "卖", 1, 60, 2985, 3510],
    ],
    ...[
      ["m2701-C-3100", "卖", 1, 40, 2985, 0],
      ["m2701-P-2800", "卖", 1, 15, 2985, 0],
    ],
  ]);
  // The strangle: 2810 for the call, and the put's premium of 150.
  const margin = amount("2960");
  const set = {
    ...{ place: {}, id: "1", strategy: undefined, quantity: amount(1), margin },
    legs: ["m2701-C-3100", "m2701-P-2800"],
  };
  const found = reconciled({
    ...plain,
    combinations: [set],
    totals: { ...plain.totals, margin: plain.totals.margin.plus(margin) },
  });
  expect(found.rows.map(said)).toEqual([
    ...["matching points", "matching points", "explained relief", "explained relief"],
  ]);
  // 11,475 alone; the legs print nothing of their 5,020, the set 2,960.
  const { from, to } = found.bridge;
  expect([from, to].map(digits)).toEqual(["11475", "9415"]);
  expect(found.bridge.items.every(({ ids }) => ids.join() === "relief")).toBe(true);
  const sum = found.bridge.items.reduce<Amount>((total, one) => total.plus(one.amount), from);
  expect(digits(sum)).toBe("9415");
});

test("a paper that prints neither deposits nor fees fails no balance", async () => {
  const read = (name: string): Promise<Statement> => {
    const { bytes, file } = caseNamed(name);
    return readStatement(bytes, file);
  };
  const statements = [await read("holddata"), await read("cusfund")];
  const { accounts } = reconciledPapers({ statements, prices: {}, profile: PROFILE, today: DAY });
  expect(accounts).toHaveLength(1);
  // The holdings lack the future, so that the rows fall short of the account.
  expect(accounts[0]?.days[0]?.identities.map(({ id, holds }) => [id, holds])).toEqual([
    ["rows", false],
  ]);
});

describe("the ETF option statement as a futures broker prints it", () => {
  const prices: Record<string, Amount> = {
    "510050": amount("3.052"),
    "510300": amount("4.721"),
    "159919": amount("4.735"),
  };
  const terms = { "510300C2612A04000": { strike: amount("3.948"), unit: amount("10132") } };

  /** The sample with texts replaced, each of which it must hold. */
  async function etf(...changes: readonly (readonly [string, string])[]): Promise<Reconciliation> {
    const { bytes, file } = caseNamed("etf-option");
    let text = fromGbk(bytes);
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replaceAll(from, to);
    }
    const statement = await readStatement(toGbk(text), file);
    return reconciliation({ statement, profile: DEFAULT_PROFILE, prices, terms, today: DAY });
  }

  test("a covered call that was charged as a short one", async () => {
    const found = await etf(
      ["|4|4|0|0.00|0.0221|", "|4|4|0|11055.64|0.0221|"],
      ["107800.05", "118855.69"],
      ["17.97%", "19.81%"],
      ["492199.95", "481144.31"],
    );
    const row = rowOf(found, "510050C2612M03200");
    expect(said(row)).toBe("explained asShort");
    expect(items(found)).toEqual([["asShort", "11055.64"]]);
    expect(found.bridge.complete).toBe(true);
  });

  test("an adjusted contract still charged on its old unit", async () => {
    const found = await etf(["31404.40", "30995.26"], ["107800.05", "107390.91"]);
    const row = rowOf(found, "510300C2612A04000");
    expect(said(row)).toBe("explained oldTerms");
    // Its strike of before gives the same figure on that unit: the floor doesn't ask for it.
    expect(row.text.en).toBe(
      "strike or unit before the adjustment (strike 3.948, unit 10000; or strike 4, unit 10000).",
    );
    expect(items(found)).toEqual([["oldTerms", "-409.14"]]);
  });

  /** 5 straddles printed apart: the put's 13,330.80 and half of the call's 42,485.60 less the relief of 12,318.80. */
  async function straddles(
    margin: string,
    combined: number,
    more: Partial<Pick<ReconcileInputs, "prices" | "terms">> = {},
  ): Promise<Reconciliation> {
    const { bytes, file } = caseNamed("etf-option");
    const plain = await readStatement(bytes, file);
    const statement: Statement = {
      ...plain,
      positions: plain.positions.map((one) => {
        const printed = LEGS[one.contract];
        if (printed === undefined) return one;
        return { ...one, margin: amount(printed), combinedQuantity: amount(combined) };
      }),
      combinations: [
        {
          ...{ place: {}, id: "1", strategy: "宽跨式空头", quantity: amount(5) },
          legs: Object.keys(LEGS),
          margin: amount(margin),
        },
      ],
    };
    const profile = DEFAULT_PROFILE;
    return reconciliation({ statement, profile, prices, terms, today: DAY, ...more });
  }

  const LEGS: Readonly<Record<string, string>> = {
    "510050C2612M03100": "21242.80",
    "510050P2612M02900": "0",
  };

  test("a told set whose lots the rows contradict has no causes of one leg either", async () => {
    const found = await straddles("22254.80", 4);
    expect(Object.keys(LEGS).map((contract) => said(rowOf(found, contract)))).toEqual([
      "unexplained",
      "unexplained",
    ]);
    expect(rowOf(found, "510050P2612M02900").text.en).toBe(
      "-12318.80 unexplained: the set listed (1 510050C2612M03100 + 510050P2612M02900 × 5) prints 43497.60 with its legs; its relief can't be worked out here, the legs alone take 55816.40.",
    );
  });

  test("a told set a fen off its rule is one finding, and its legs have no causes of their own", async () => {
    const found = await straddles("22254.81", 5);
    const rows = Object.keys(LEGS).map((contract) => rowOf(found, contract));
    expect(rows.map(said)).toEqual(["unexplained", "unexplained"]);
    expect(rows.map(({ text }) => text.zh)).toEqual(
      rows.map(
        () =>
          "未解释 +0.01：账单列的组合（宽跨式空头 1 510050C2612M03100 + 510050P2612M02900 × 5）连同各腿共印 43497.61，按规则 43497.60。",
      ),
    );
    // The account's total is still that of the plain sample.
    expect(items(found)).toEqual([
      ["relief", "-12318.8"],
      ["total", "12318.79"],
      ["unexplained", "0.01"],
    ]);
  });

  test("a told set with a leg that can't be checked is no difference: its margin can't be either", async () => {
    const others = Object.entries(prices).filter(([code]) => code !== "510050");
    const found = await straddles("22254.80", 5, { prices: Object.fromEntries(others) });
    const rows = Object.keys(LEGS).map((contract) => rowOf(found, contract));
    expect(rows.map(said)).toEqual(["notCheckable", "notCheckable"]);
    expect(found.bridge.items.flatMap(({ ids }) => ids)).not.toContain("unexplained");
    expect(items(found)[0]).toEqual(["notCheckable", "43497.6"]);
    expect(found.sentence.zh).not.toContain("未解释");
  });

  test("while the rule isn't confirmed a told set is tried by what may be the rule", async () => {
    const found = await straddles("22254.80", 5, { terms: undefined });
    expect(found.rule.terms.confirmed).toBe(false);
    const rows = Object.keys(LEGS).map((contract) => rowOf(found, contract));
    expect(rows.map(said)).toEqual(["explained multiple", "explained multiple"]);
    expect(rows[0]?.text).toEqual({
      zh: "公司按倍数上浮（按交易所保证金的 1.15 倍收；组合优惠 宽跨式空头 1 510050C2612M03100 + 510050P2612M02900 × 5）。",
      en: "multiple of the exchange's margin (charges 1.15 times the exchange's margin; combination relief short strangle 1 510050C2612M03100 + 510050P2612M02900 × 5).",
    });
    // 43,497.60 are 1.15 times 37,824.00: what the exchange takes of the legs less 10,712.00.
    expect(items(found)).toContainEqual(["relief", "-10712"]);
    expect(found.counts.unexplained).toBe(0);
    const { from, items: all, to } = found.bridge;
    expect(all.reduce((sum, one) => sum.plus(one.amount), from).equals(to)).toBe(true);
    expect(found.additions?.zh).toContain("加收");
  });

  test("a fen beside that it is held against the exchange's standard, which is said", async () => {
    const found = await straddles("22254.81", 5, { terms: undefined });
    const row = rowOf(found, "510050P2612M02900");
    expect(said(row)).toBe("unexplained");
    expect(row.text).toEqual({
      zh: "未解释 +5673.61：账单列的组合（宽跨式空头 1 510050C2612M03100 + 510050P2612M02900 × 5）连同各腿共印 43497.61，按交易所标准 37824.00。",
      en: "+5673.61 unexplained: the set listed (short strangle 1 510050C2612M03100 + 510050P2612M02900 × 5) prints 43497.61 with its legs, the exchange's standard gives 37824.00.",
    });
  });

  test("without the adjusted contract's terms its row is left open, and so is the sum", async () => {
    const { bytes, file } = caseNamed("etf-option");
    const statement = await readStatement(bytes, file);
    const found = reconciliation({ statement, profile: DEFAULT_PROFILE, prices, today: DAY });
    expect(said(rowOf(found, "510300C2612A04000"))).toBe("notCheckable");
    expect([found.bridge.complete, found.ratios.byRules]).toEqual([false, undefined]);
  });

  test("one fen on one row is that row's and no other's", async () => {
    const found = await etf(["42485.60", "42485.61"], ["107800.05", "107800.06"]);
    expect(found.counts).toEqual({ matching: 4, explained: 0, unexplained: 1, notCheckable: 0 });
    expect(items(found)).toEqual([["unexplained", "0.01"]]);
  });
});

test("of a strangle whose legs take the same it counts, to the last digit, that neither is larger", async () => {
  // 5 × (115.5 + 268.22) and 5 × (42.5 + 341.22): 1,918.6 a lot, which six lots and 26 don't divide into alike in doubles.
  const statement = await paper([
    ...MEAL,
    ["TA701P4350", "卖", 26, 42.5, 4702, 49883.6],
    ["TA701C5200", "卖", 6, 115.5, 4702, 3465],
  ]);
  const products = { ...PROFILE.products, TA: { exchange: "0.08" } };
  const call = rowOf(reconciled(statement, { ...PROFILE, products }), "TA701C5200");
  // 1,918.6 once and the larger premium, 577.5, are 1,341.1 a set less than both alone.
  expect(said(call)).toBe("explained relief");
});
