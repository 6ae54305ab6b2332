/** A statement against the rules: the sample's every row has its reason, and nothing is explained that isn't to the fen. */
import { describe, expect, test } from "@jest/globals";
import { reconciliation, type Reconciliation, type ReconciledRow } from "../src/account/reconcile";
import { reconciledPapers } from "../src/account/reconcile-papers";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readStatement, type Statement } from "../src/statements";
import { rowOf } from "./host/reconciled-rows";
import { CTP_PRICES, ctpStatement } from "./host/books";
import { caseNamed } from "./statements/files";

const DAY = "2026-11-20";

const RATES: Profile["products"] = {
  m: { exchange: "0.07" },
  SR: { exchange: "0.07" },
  cu: { exchange: "0.09" },
  sc: { exchange: "0.1" },
  si: { exchange: "0.09" },
};
const PROFILE: Profile = { ...DEFAULT_PROFILE, products: RATES };

const amounts = (figures: Readonly<Record<string, string>>): Record<string, Amount> =>
  Object.fromEntries(Object.entries(figures).map(([code, figure]) => [code, amount(figure)]));

/** The trading day before the sample's. */
const PREVIOUS = amounts({
  m2701: "2970",
  SR701: "5742",
  cu2701: "86120",
  sc2702: "505.2",
  si2701: "9310",
  IO: "4638",
});
const ETF_PRICES = amounts({ "510050": "3.052", "510300": "4.721", "159919": "4.735" });
const ADJUSTED = { "510300C2612A04000": { strike: amount("3.948"), unit: amount("10132") } };

const read = (name: string): Promise<Statement> => {
  const { bytes, file } = caseNamed(name);
  return readStatement(bytes, file);
};

const reasonsOf = (row: ReconciledRow): string[] => row.reasons.map(({ id }) => id);

const shown = (n: Amount | undefined): string | undefined => n && digits(n);

async function ctp(statement?: Statement, more: object = {}): Promise<Reconciliation> {
  return reconciliation({
    statement: statement ?? (await ctpStatement()),
    profile: PROFILE,
    prices: CTP_PRICES,
    previousPrices: PREVIOUS,
    today: DAY,
    ...more,
  });
}

/** The parts of a bridge add up to what is printed, to the last digit. */
function expectAddsUp({ bridge: { from, items, to } }: Reconciliation): void {
  const sum = items.reduce<Amount>((total, item) => total.plus(item.amount), from);
  expect(digits(sum)).toBe(digits(to));
}

/** One row of the sample changed as it is read. */
async function changed(contract: string, change: (row: string) => string): Promise<Statement> {
  const { bytes, file } = caseNamed("ctp-standard");
  const text = new TextDecoder("gb18030").decode(bytes);
  const lines = text.split("\r\n").map((one) => (one.includes(contract) ? change(one) : one));
  return readStatement(new TextEncoder().encode(lines.join("\r\n")), file);
}

describe("every row of the sample has its reason and its exact figures", () => {
  // Exchange and broker per lot, charged in all, ours less the printed: the sample's own parameters.
  test.each([
    ["m2701-P-2900", "2049.5", "2945", "29450", "0", "points"],
    ["SR701C6000", "3395", "5120", "25600", "0", "points"],
    ["cu2701C90000", "36425", "49400", "98800", "0", "points"],
    ["IO2612-C-4800", "45320", "59270", "177810", "0", "points"],
    ["IO2612-P-4300", "27660", "36610", "36610", "0", "points"],
    ["m2701-C-3100", "1914.5", "2810", "11240", "0", "relief"],
    ["m2701-P-2800", "1314.5", "2210", "600", "-8240", "relief"],
    ["sc2702C520", "51510", "66468", "73376", "6908", "previousDay"],
    ["si2701-C-9500", "0", "0", "0", "0", "long"],
    ["m2701", "2089.5", "2985", "17910", "0", "points"],
  ])("%s", async (contract, exchange, broker, charged, difference, reason) => {
    const row = rowOf(await ctp(), contract);
    expect(
      [row.perLot.exchange, row.perLot.broker, row.printed, row.difference].map(shown),
    ).toEqual([exchange, broker, charged, difference]);
    expect(reasonsOf(row)).toEqual([reason]);
    expect(row.verdict).toBe(["points", "long"].includes(reason) ? "matching" : "explained");
  });

  test.each([
    ["510050C2612M03100", "3694.4", "42485.6", "multiple"],
    ["510050P2612M02900", "2318.4", "13330.8", "multiple"],
    ["510300C2612A04000", "13654.08584", "31404.4", "adjusted multiple"],
    ["159919C2612M004800", "5965", "20579.25", "multiple"],
    ["510050C2612M03200", "0", "0", "covered"],
  ])("%s of the ETF option statement", async (contract, exchange, charged, reasons) => {
    const statement = await read("etf-option");
    const found = await ctp(statement, { prices: ETF_PRICES, terms: ADJUSTED });
    const row = rowOf(found, contract);
    expect([row.perLot.exchange, row.printed, row.difference].map(shown)).toEqual([
      exchange,
      charged,
      "0",
    ]);
    expect(reasonsOf(row)).toEqual(reasons.split(" "));
    expect(row.verdict).toBe("matching");
    expectAddsUp(found);
  });

  test("the two styles of adding are told apart, each in one sentence", async () => {
    const points = await ctp();
    expect(points.rule.sentence).toEqual({
      zh: "公司在交易所保证金率上加 3 个百分点。",
      en: "The broker adds 3 points to the exchange's margin rate.",
    });
    expect(points.rule.borneOut.zh).toBe("5 个品种 8 行吻合到分。");
    const multiple = await ctp(await read("etf-option"), { prices: ETF_PRICES, terms: ADJUSTED });
    expect(multiple.rule.sentence.en).toBe("The broker charges 1.15 times the exchange's margin.");
  });

  test("the bridge goes from the rules to the print by cause, and the account's identities hold", async () => {
    const found = await ctp();
    const { from, items, to, complete } = found.bridge;
    expect(from.toFixed(2)).toBe("472728.00");
    expect(items.map(({ ids, rows, amount: part }) => [ids[0], rows, part.toFixed(2)])).toEqual([
      ["relief", 2, "-8240.00"],
      ["previousDay", 1, "6908.00"],
    ]);
    expect([to.toFixed(2), complete]).toEqual(["471396.00", true]);
    expectAddsUp(found);
    expect(found.identities.map(({ id, holds }) => `${id} ${holds}`)).toEqual([
      ...["balance true", "equity true", "marketValueEquity true", "riskDegree true"],
      ...["available true", "rows true"],
      ...["detail rows true", "detail lots true", "detail margin true", "detail marketValue true"],
      ...["summary rows true", "summary longLots true", "summary shortLots true"],
      ...["summary margin true", "summary marketValueLong true", "summary marketValueShort true"],
      ...["tables lots true", "tables margin true"],
    ]);
    expect(found.sentence.zh).toBe("全部对上：7 行吻合，3 行有原因，差额合计 -1332.00。");
  });

  test("other papers of the same day tell the same reasons", async () => {
    for (const name of ["holddata", "cfmmc-daily-xls", "cfmmc-daily-xlsx"]) {
      const found = await ctp(await read(name));
      expect([name, ...reasonsOf(rowOf(found, "sc2702C520"))]).toEqual([name, "previousDay"]);
      expect([name, ...reasonsOf(rowOf(found, "m2701-P-2800"))]).toEqual([name, "relief"]);
      expect([name, found.counts.unexplained]).toEqual([name, 0]);
      expectAddsUp(found);
    }
  });
});

test("a lone row on the exchange's own figure fits, and confirms nothing", async () => {
  const found = await ctp(await read("ctp-wide"));
  expect(found.rows.map(({ verdict, reasons }) => [verdict, reasons[0]?.id])).toEqual([
    ["matching", "exchange"],
  ]);
  expect(found.rule.terms.confirmed).toBe(false);
  expect(found.sentence.en).toBe("All accounted for: 1 row matching, 0 with a cause, 0.00 in all.");
});

describe("what isn't explained is said so, with what came nearest", () => {
  test("500 more on sugar is unexplained, with its rate and the nearest cause", async () => {
    const statement = await changed("SR701C6000", (row) => row.replace("25600.00", "26100.00"));
    const found = await ctp(statement);
    const row = rowOf(found, "SR701C6000");
    expect(row.verdict).toBe("unexplained");
    expect(row.impliedRate?.toFixed(5)).toBe("0.10174");
    expect(row.text).toEqual({
      zh: "未解释 +500.00：试过 5 种原因，最接近“开仓价”，仍差 +75.00。",
      en: "+500.00 unexplained: 5 causes tried; nearest “opening price” leaves +75.00.",
    });
    expect(found.rule.borneOut.zh).toBe("4 个品种 7 行吻合到分；白糖未确认。");
    expect(found.bridge.items.at(-1)?.ids).toEqual(["unexplained"]);
    expectAddsUp(found);
  });

  test("without the underlying's previous price that cause is open, not refuted", async () => {
    const found = await ctp(undefined, { previousPrices: {} });
    const row = rowOf(found, "sc2702C520");
    expect(row.verdict).toBe("unexplained");
    expect(row.untried.map(({ id, lacks }) => [id, lacks.en])).toEqual([
      ["previousDay", "the previous day's price of sc2702 is missing"],
    ]);
  });

  test("a missing underlying price leaves its rows unchecked and the total open", async () => {
    const { sc2702, ...prices } = CTP_PRICES;
    expect(sc2702).toBeDefined();
    const found = await ctp(undefined, { prices });
    const row = rowOf(found, "sc2702C520");
    expect([row.verdict, row.ours, row.text.en.includes("sc2702")]).toEqual([
      "notCheckable",
      undefined,
      true,
    ]);
    expect([found.bridge.complete, found.ratios.byRules]).toEqual([false, undefined]);
    expect(found.counts.notCheckable).toBe(1);
    expectAddsUp(found);
  });

  test("without the exchanges' rates a product is told by two contracts or not at all", async () => {
    const found = await ctp(undefined, { profile: DEFAULT_PROFILE });
    const verdicts = ["m2701-P-2900", "SR701C6000", "IO2612-C-4800"].map((contract) => {
      const { verdict, reasons } = rowOf(found, contract);
      return [verdict, ...reasons.map(({ id }) => id)].join(" ");
    });
    expect(verdicts).toEqual(["matching rate", "notCheckable", "matching points"]);
    expect(rowOf(found, "SR701C6000").impliedRate?.toFixed()).toBe("0.1");
    expectAddsUp(found);
  });
});

const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金", "昨结算", "开仓价", "最新价"];

type Cells = readonly (string | number)[];

/** A table of the user's own; prices may be left out at the end. */
async function table(rows: readonly Cells[], more: object = {}): Promise<Reconciliation> {
  const cells = rows.map((row) => HEADER.map((_, column) => String(row[column] ?? "")));
  const statement = await readCells([HEADER, ...cells], "表", { day: DAY });
  return reconciliation({ statement, profile: PROFILE, prices: {}, today: DAY, ...more });
}

/** Soybean meal at 2985 whose broker takes 10 %: 2945 and 2810 a lot. */
const MEAL: readonly Cells[] = [
  ["m2701-P-2900", "卖", 1, 38.5, 2985, 2945, 40.5, 41],
  ["m2701-C-3100", "卖", 1, 40, 2985, 2810, 38, 44.5],
];

describe("a style is told by two contracts, never by one", () => {
  test("one row alone fits points and is not confirmed", async () => {
    const found = await table(MEAL.slice(0, 1));
    expect(found.rule.terms.confirmed).toBe(false);
    expect(found.rule.sentence.zh).toBe(
      "公司可能在交易所保证金率上加 3 个百分点：只有一个合约正好，未确认。",
    );
    const [row] = found.rows;
    expect([row?.verdict, row && reasonsOf(row)]).toEqual(["explained", ["points"]]);
    expect(found.rule.borneOut.zh).toBe("没有一行可以确认；豆粕未确认。");
    expectAddsUp(found);
  });

  test("a future alone fits either style: both are listed", async () => {
    // 7 % of 29,850 made 8.4 %: 1.4 points, or a fifth more.
    const found = await table([["m2701", "买", 1, 2985, "", 2507.4]]);
    expect(found.rule.terms.confirmed).toBe(false);
    const [row] = found.rows;
    expect(row && reasonsOf(row).sort()).toEqual(["multiple", "points"]);
    expect(row?.text.zh).toMatch(/^两种原因都能精确解释/);
  });

  // 1.2 times of 7 % and of 9 %: to points it is 1.4 and 1.8.
  const FUTURES: readonly Cells[] = [
    ["m2701", "买", 6, 2985, "", 15044.4],
    ["m2705", "买", 3, 2911, "", 7335.72],
    ["cu2701", "卖", 2, 86500, "", 93420],
    ["cu2702", "卖", 1, 86310, "", 46607.4],
  ];

  test("futures of two rates tell a multiple as well as points", async () => {
    const found = await table(FUTURES);
    expect(found.rule.sentence.zh).toBe("公司按交易所保证金的 1.2 倍收。");
    expect(found.counts.matching).toBe(4);
  });

  test("futures of one rate fit either style: neither is asserted, both are listed", async () => {
    const found = await table(FUTURES.slice(0, 2));
    const { main, confirmed } = found.rule.terms;
    expect([main, confirmed]).toEqual([undefined, false]);
    expect(found.rule.sentence).toEqual({
      zh: "公司可能按交易所保证金的 1.2 倍收，也可能在交易所保证金率上加 1.4 个百分点：得出的合约一样多，看不出是哪一种。",
      en: "Perhaps the broker charges 1.2 times the exchange's margin, or adds 1.4 points to the exchange's margin rate: as many contracts go by each, so the statement can't tell which.",
    });
    expect(found.rows.map((row) => [row.verdict, ...reasonsOf(row)])).toEqual([
      ["explained", "multiple", "points"],
      ["explained", "multiple", "points"],
    ]);
    expect(found.sentence.zh).toBe("文件不完整；2 行有原因；其中 2 行的加收看不出是哪一种。");
    expectAddsUp(found);
  });

  // 2 points on 10 %, or 1.2 times: crude oil at 12 %, beside soybean meal's 3 points.
  const CRUDE: readonly Cells[] = [
    ["sc2702", "买", 3, 498.6, "", 179496],
    ["sc2703", "买", 1, 499, "", 59880],
  ];

  test("an exception that fits either style is left open beside the rule", async () => {
    const found = await table([...MEAL, ...CRUDE]);
    expect(found.rule.sentence).toEqual({
      zh: "公司的收法只能按品种看：豆粕在交易所保证金率上加 3 个百分点；原油可能按交易所保证金的 1.2 倍收，也可能在交易所保证金率上加 2 个百分点，看不出是哪一种。",
      en: "The broker's terms can be told product by product only: on Soybean Meal it adds 3 points to the exchange's margin rate; on Crude Oil it charges 1.2 times the exchange's margin, or adds 2 points to the exchange's margin rate, which can't be told apart.",
    });
    expect(found.rule.borneOut.zh).toBe("1 个品种 2 行吻合到分；原油未确认。");
    expect(found.counts).toEqual({ matching: 2, explained: 2, unexplained: 0, notCheckable: 0 });
    expectAddsUp(found);
  });

  test("what a product leaves open its options decide, or the profile", async () => {
    // 43 points of premium, and 12 % of 498.6 less half of 21.4 out of the money: 92,132 for a lot.
    const option: Cells = ["sc2702C520", "卖", 1, 43, 498.6, 92132];
    const decided = await table([...MEAL, ...CRUDE, option]);
    expect(decided.rule.sentence.zh).toBe(
      "公司在交易所保证金率上加 2 个百分点，豆粕除外：豆粕在交易所保证金率上加 3 个百分点。",
    );
    const surcharge = { kind: "multiple", markup: "0.2" } as const;
    const known = await table([...MEAL, ...CRUDE], { profile: { ...PROFILE, surcharge } });
    expect(known.counts.matching).toBe(4);
    expect(known.rule.terms.open.map(({ products }) => products[0]?.code)).toEqual(["sc"]);
    expect(known.rule.sentence.zh).toContain("看不出是哪一种；原油按公司参数核对。");
  });

  test("what goes by the profile, as nothing else tells it, is said to", async () => {
    const copper: Cells = ["cu2701C90000", "卖", 2, 1250, 86500, 90150];
    const surcharge = { kind: "points", points: "0.02" } as const;
    const alone = await table([copper], { profile: { ...PROFILE, surcharge } });
    expect(alone.counts.matching).toBe(1);
    expect(alone.rule.sentence).toEqual({
      zh: "公司可能在交易所保证金率上加 2 个百分点：只有一个合约正好，未确认；铜按公司参数核对。",
      en: "Perhaps the broker adds 2 points to the exchange's margin rate: only one contract fits, which confirms nothing; rows of Copper are checked by the broker profile.",
    });
    expect(alone.rule.borneOut.zh).toBe("没有一行可以确认；铜未确认。");
    // Where the account tells a rule, an addition of the profile counts for nothing; a product's own rate does.
    const beside = await table([...MEAL, copper], { profile: { ...PROFILE, surcharge } });
    expect(beside.rule.terms.byProfile).toEqual([]);
    const products = { ...PROFILE.products, cu: { ...PROFILE.products["cu"], broker: "0.11" } };
    const own = await table([...MEAL, copper], { profile: { ...PROFILE, products } });
    expect(own.counts.matching).toBe(3);
    expect(own.rule.sentence.zh).toBe("公司在交易所保证金率上加 3 个百分点；铜按公司参数核对。");
  });

  test("what is charged otherwise in a product that is left open has its cause all the same", async () => {
    const rows: Cells[] = [
      ...CRUDE,
      // The larger side alone.
      ["sc2704", "买", 3, 500, "", 180000],
      ["sc2704", "卖", 2, 500, "", 0],
      // The day before it settled at 495.
      ["sc2705", "买", 1, 501, "", 59400, 495],
    ];
    const previousPrices = amounts({ sc2705: "495" });
    const found = await table([...MEAL, ...rows], { previousPrices });
    expect(found.counts.unexplained).toBe(0);
    expect(found.rows.slice(4).map((row) => reasonsOf(row)[0])).toEqual([
      "largerSide",
      "largerSide",
      "previousDay",
    ]);
    expectAddsUp(found);
  });

  // Sugar at 7 %: 3,395 and 3,790 a lot by the exchange.
  const sugar = (call: number, put: number): readonly Cells[] => [
    ["SR701C6000", "卖", 5, 62, 5750, call],
    ["SR701P5600", "卖", 7, 51.5, 5750, put],
  ];

  test.each([
    ["1.2 times", sugar(20370, 31836), "白糖按交易所保证金的 1.2 倍收"],
    ["the exchange's own", sugar(16975, 26530), "白糖按交易所标准，不加收"],
  ])(
    "two products of two contracts each both go by their own: %s is no tie",
    async (_, rows, text) => {
      const found = await table([...MEAL, ...rows]);
      expect(found.rule.sentence.zh).toBe(
        `公司的收法只能按品种看：豆粕在交易所保证金率上加 3 个百分点；${text}。`,
      );
      expect(found.rule.borneOut.zh).toBe("2 个品种 4 行吻合到分。");
      expect(found.counts.matching).toBe(4);
    },
  );

  test("two products on terms of their own make no rule for a third, which is on the exchange's figure", async () => {
    const copper: Cells = ["cu2701C90000", "卖", 2, 1250, 86500, 72850, 1188];
    const rows = [...MEAL, ...sugar(20370, 31836), copper];
    const found = await table(rows);
    expect(found.rule.sentence).toEqual({
      zh: "公司的收法只能按品种看：豆粕在交易所保证金率上加 3 个百分点；白糖按交易所保证金的 1.2 倍收。",
      en: "The broker's terms can be told product by product only: on Soybean Meal it adds 3 points to the exchange's margin rate; on White Sugar it charges 1.2 times the exchange's margin.",
    });
    expect(found.rule.borneOut.zh).toBe("2 个品种 4 行吻合到分；铜未确认。");
    expect(found.sentence.zh).toBe(
      "文件不完整；5 行吻合；其中 1 行只对上交易所标准，这个品种的收法未确认。",
    );
    // The same through the day before's prices, 69,988 for two.
    const before = await table([...rows.slice(0, -1), [...copper.slice(0, 5), 69988, 1188]], {
      previousPrices: amounts({ cu2701: "86120" }),
    });
    expect(before.rows.at(-1)?.reasons.map(({ id }) => id)).toEqual(["previousDay"]);
    expect(before.rule.borneOut.zh).toBe("2 个品种 4 行吻合到分；铜未确认。");
    expect(before.sentence.zh).toContain("1 行只对上交易所标准");
  });

  test("two contracts of a product at one addition and two at another are a tie, whichever come first", async () => {
    // 10 % as the others, and 12 %: 597 a lot more.
    const more: readonly Cells[] = [
      ["m2701-P-2800", "卖", 1, 15, 2985, 2807],
      ["m2701-C-3200", "卖", 1, 15, 2985, 2657],
    ];
    for (const rows of [
      [...MEAL, ...more],
      [...more, ...MEAL],
    ]) {
      const found = await table(rows);
      const { main, confirmed, open } = found.rule.terms;
      expect([main, confirmed]).toEqual([undefined, false]);
      expect(open.map(({ alternatives }) => alternatives.length)).toEqual([2]);
      expect(found.rule.sentence.zh).toMatch(
        /^公司可能在交易所保证金率上加 [35] 个百分点，也可能在交易所保证金率上加 [35] 个百分点：/,
      );
      expect(found.counts).toEqual({ matching: 0, explained: 4, unexplained: 0, notCheckable: 0 });
      expectAddsUp(found);
    }
  });

  test("options of two exchanges on an ETF of one name are told apart by its code", async () => {
    const found = await ctp(await read("etf-option"), {
      profile: DEFAULT_PROFILE,
      prices: amounts({ "159919": "4.735" }),
    });
    expect(found.rule.borneOut.zh).toContain("沪深300ETF（510300）");
    expect(found.rule.unconfirmed.map(({ code }) => code)).toContain("510300");
  });

  test("rows that each fit an addition of their own don't make a day that is all accounted for", async () => {
    // 4.1 points on soybean meal, 5.3 on sugar.
    const found = await table([
      ["m2701-C-3100", "卖", 4, 40, 2985, 12553.4],
      ["SR701C6000", "卖", 5, 62, 5750, 32212.5],
    ]);
    expect(found.counts.explained).toBe(2);
    expect(found.sentence).toEqual({
      zh: "文件不完整；2 行有原因；其中 2 行各按自己的加收才正好，公司的收法未确认。",
      en: "The file is partial; 2 with a cause; 2 rows fit only additions of their own, and the broker's rule isn't confirmed.",
    });
  });

  test("a product's own rate is no rule of the broker's, where the exchange's isn't known", async () => {
    const bare = { profile: DEFAULT_PROFILE };
    const meal = await table(MEAL, bare);
    expect(meal.rule.sentence).toEqual({
      zh: "豆粕按 10% 的保证金率收，交易所的率不知道，看不出加收。",
      en: "The broker charges a margin rate of 10% on Soybean Meal, where the exchange's rate isn't known and what is added can't be told.",
    });
    const IO: readonly Cells[] = [
      ["IO2612-C-4800", "卖", 1, 45.2, 4650, 59270],
      ["IO2612-P-4300", "卖", 1, 18.6, 4650, 36610],
    ];
    const both = await table([...MEAL, ...IO], bare);
    expect(both.rule.sentence.zh).toBe(
      "公司在交易所保证金率上加 3 个百分点；豆粕按 10% 的保证金率收，交易所的率不知道，看不出加收。",
    );
  });

  test("both sides of one future are one contract: an odd rate isn't named by them", async () => {
    const found = await table([
      ...MEAL,
      ["si2701", "买", 6, 9350, "", 34613.7],
      ["si2701", "卖", 5, 9350, "", 28844.75],
    ]);
    expect(found.rows.slice(2).map(({ verdict }) => verdict)).toEqual([
      "unexplained",
      "unexplained",
    ]);
  });

  test("a product with terms of its own is named as an exception", async () => {
    const rows: Cells[] = [
      ...MEAL,
      ["m2701-P-2800", "卖", 1, 15, 2985, 2210],
      // The index's coefficient of 12 %, a fifth more on the whole.
      ["IO2612-C-4800", "卖", 1, 45.2, 4650, 54384],
      ["IO2612-P-4300", "卖", 1, 18.6, 4650, 33192],
    ];
    const found = await table(rows);
    expect(found.rule.sentence.en).toBe(
      "The broker adds 3 points to the exchange's margin rate on all products but CSI 300 Index Options: on CSI 300 Index Options it charges 1.2 times the exchange's margin.",
    );
    expect(found.counts).toEqual({ matching: 5, explained: 0, unexplained: 0, notCheckable: 0 });
  });
});

describe("causes that a settlement text can't show", () => {
  const ETF: readonly Cells[] = [
    ["510050C2612M03100", "卖", 10, 0.0512, 3.052, 42485.6],
    ["510050P2612M02900", "卖", 5, 0.0176, 3.052, 13330.8],
  ];
  const found = async (row: Cells, more: object = {}): Promise<ReconciledRow | undefined> =>
    (await table([...ETF, row], { terms: ADJUSTED, ...more })).rows[2];

  test("an adjusted contract charged on its old strike and unit", async () => {
    // (0.7811 + 12 % × 4.721) × 10,000 × 1.15 × 2: as if the unit were still 10,000.
    const row = await found(["510300C2612A04000", "卖", 2, 0.7811, 4.721, 30995.26]);
    expect([row?.verdict, row && reasonsOf(row)]).toEqual(["explained", ["oldTerms"]]);
  });

  test("a covered call charged as a short one", async () => {
    const row = await found(["510050C2612M03200", "备兑", 4, 0.0221, 3.052, 11055.64]);
    expect([row?.verdict, row && reasonsOf(row)]).toEqual(["explained", ["asShort"]]);
  });

  test("a short call that took nothing beside its shares", async () => {
    const header = HEADER.slice(0, 6);
    const statement = await readCells(
      [
        header,
        ...ETF.map((row) => row.map(String)),
        ["510050C2612M03200", "卖", "4", "0.0221", "3.052", "0"],
        ["510050", "买", "40000", "3.052", "3.052", "0"],
      ],
      "表",
      { day: DAY },
    );
    const { rows } = reconciliation({ statement, profile: PROFILE, prices: {}, today: DAY });
    expect(reasonsOf(rows[2] as ReconciledRow)).toEqual(["covered"]);
  });

  test("the higher of last and previous settlement", async () => {
    // 45 × 10 + 2560 where the settlement is 38.5.
    const { rows } = await table([
      ...MEAL,
      ["m2701-P-2850", "卖", 1, 20, 2985, 2760, 21, "", 45],
      ["m2701-P-2900", "卖", 2, 38.5, 2985, 5890],
    ]);
    expect([rows[2]?.verdict, rows[2] && reasonsOf(rows[2])]).toEqual([
      "explained",
      ["otherPrice", "higherPrice"],
    ]);
  });

  test("another price that the index had on the day", async () => {
    const io: readonly Cells[] = [
      ["IO2612-C-4800", "卖", 1, 45.2, "", 59270],
      ["IO2612-P-4300", "卖", 1, 18.6, "", 36610],
      // 15 % of the settlement 4652.6 instead of the close 4650.
      ["IO2612-C-4700", "卖", 1, 80, "", 73049],
    ];
    const prices = amounts({ IO: "4650" });
    const { rows } = await table(io, { prices, otherPrices: { IO: [amount("4652.6")] } });
    expect([rows[2]?.verdict, rows[2] && reasonsOf(rows[2])]).toEqual([
      "explained",
      ["otherUnderlying"],
    ]);
    const without = await table(io, { prices });
    expect(without.rows[2]?.verdict).toBe("unexplained");
  });

  test("sets that the statement lists and that nothing was taken off", async () => {
    const header = HEADER.slice(0, 6);
    const cells = [...MEAL, ["m2701-P-2800", "卖", 1, 15, 2985, 2210]].map((row) =>
      row.slice(0, 6).map(String),
    );
    const plain = await readCells([header, ...cells], "表", { day: DAY });
    const set = {
      ...{ place: {}, id: "1", strategy: undefined, quantity: amount(1), margin: undefined },
      legs: ["m2701-C-3100", "m2701-P-2800"],
    };
    const statement: Statement = { ...plain, combinations: [set] };
    const found = reconciliation({ statement, profile: PROFILE, prices: {}, today: DAY });
    expect(found.rows.map(({ verdict, reasons }) => [verdict, reasons[0]?.id])).toEqual([
      ["matching", "points"],
      ["explained", "reliefMissing"],
      ["explained", "reliefMissing"],
    ]);
    // The strangle would carry the put's premium of 150 alone: 2060 less.
    expect(
      found.bridge.items.map(({ ids, amount: part }) => [ids[0], part.toFixed(2)]).sort(),
    ).toEqual([
      ["relief", "-2060.00"],
      ["reliefMissing", "2060.00"],
    ]);
    expectAddsUp(found);
  });
});

describe("several statements", () => {
  const month = async (): Promise<Statement[]> => {
    const first = await ctpStatement();
    const second = await changed("SR701C6000", (row) => row.replace("25600.00", "26100.00"));
    const on = (statement: Statement, day: string): Statement => {
      const account = statement.account && { ...statement.account, day };
      return { ...statement, file: day, day, account, accounts: account ? [account] : [] };
    };
    return [on(second, "2026-11-24"), on(first, DAY), on(second, "2026-11-23")];
  };
  const prices = {
    "2026-11-19": PREVIOUS,
    [DAY]: CTP_PRICES,
    "2026-11-23": CTP_PRICES,
    "2026-11-24": CTP_PRICES,
  };

  test("go day by day, and the first day of a break is told", async () => {
    const { accounts, notes } = reconciledPapers({
      ...{ statements: await month(), prices, profile: PROFILE, today: DAY },
    });
    expect(accounts).toHaveLength(1);
    const [one] = accounts;
    expect(one?.days.map(({ day }) => day)).toEqual([DAY, "2026-11-23", "2026-11-24"]);
    expect(one?.firstBreak).toBe("2026-11-23");
    expect(one?.breaks.map(({ contract, from, days }) => [contract, from, days])).toEqual([
      ["SR701C6000", "2026-11-23", 2],
      // The day before has the same prices then: the old ones are nobody's.
      ["sc2702C520", "2026-11-23", 2],
    ]);
    expect(notes).toEqual([]);
  });

  test("of two accounts are kept apart, and the same paper twice is counted once", async () => {
    const first = await ctpStatement();
    const other = await read("etf-option");
    const { accounts, notes } = reconciledPapers({
      statements: [first, other, { ...first, file: "again.txt" }],
      prices: { "2026-11-19": PREVIOUS, [DAY]: { ...CTP_PRICES, ...ETF_PRICES } },
      ...{ profile: PROFILE, terms: ADJUSTED, today: DAY },
    });
    expect(accounts.map(({ name, days }) => [name, days.length])).toEqual([
      ["90****01 人民币", 1],
      ["99****01 人民币", 1],
    ]);
    expect(notes.map(({ en }) => en.slice(0, 30))).toEqual([
      "These files belong to 2 accoun",
      expect.stringContaining("again.txt"),
    ]);
  });

  test("a partial file and a foreign currency are said", async () => {
    const { bytes, file } = caseNamed("ctp-standard");
    const cut = await readStatement(bytes.slice(0, Math.floor(bytes.length * 0.93)), file);
    const partial = await ctp(cut);
    expect(partial.bridge.complete).toBe(false);
    expect(partial.notes[0]?.en).toMatch(/^The file is partial/);
    const plain = await ctpStatement();
    const dollars = plain.positions.map((position) =>
      position.contract === "SR701C6000" ? { ...position, currency: "USD" } : position,
    );
    const found = await ctp({ ...plain, positions: dollars });
    const row = rowOf(found, "SR701C6000");
    expect([row.verdict, row.text.en]).toEqual([
      "notCheckable",
      "Its currency is USD; the rules here are in yuan, so this row isn't checked.",
    ]);
  });
});
