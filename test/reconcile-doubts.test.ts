/** What a statement leaves open is said, and nothing is added up that can't be. */
import { expect, test } from "@jest/globals";
import { reconcileSheet } from "../src/account";
import { reconciliation, type Reconciliation, type ReconciledRow } from "../src/account/reconcile";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readStatement } from "../src/statements";
import { CTP_PRICES } from "./host/books";
import { caseNamed } from "./statements/files";

const DAY = "2026-11-20";
const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金", "币种"];
const PRODUCTS: Profile["products"] = {
  m: { exchange: "0.07" },
  SR: { exchange: "0.07" },
  cu: { exchange: "0.09" },
  sc: { exchange: "0.1" },
};

type Cells = readonly (string | number)[];

/** Soybean meal at 2985 and sugar at 5750, at 10 % where the exchanges take 7. */
const MEAL: readonly Cells[] = [
  ["m2701-P-2900", "卖", 1, 38.5, 2985, 2945],
  ["m2701-C-3100", "卖", 1, 40, 2985, 2810],
];
const SUGAR: readonly Cells[] = [
  ["SR701C6000", "卖", 5, 62, 5750, 25600],
  ["SR701P5600", "卖", 7, 51.5, 5750, 38605],
];

async function table(
  rows: readonly Cells[],
  {
    products = PRODUCTS,
    ...more
  }: { products?: Profile["products"]; prices?: Readonly<Record<string, Amount>> } = {},
): Promise<Reconciliation> {
  const cells = rows.map((row) => HEADER.map((_, column) => String(row[column] ?? "")));
  const statement = await readCells([HEADER, ...cells], "表", { day: DAY });
  const profile = { ...DEFAULT_PROFILE, products };
  return reconciliation({ statement, profile, prices: {}, today: DAY, ...more });
}

const reasonsOf = ({ reasons }: ReconciledRow): string[] => reasons.map(({ id }) => id);

test("what the account's rule gives on another day's rate is no rule of its product's own: both are told", async () => {
  // 9 % on the day, 7 % before and after: 10 % is 1 point more, or the account's 3 on the ordinary rate.
  const dated = [{ from: "2026-11-18", to: "2026-11-25", exchange: "0.09" }];
  const products = { ...PRODUCTS, m: { exchange: "0.07", dated } };
  const copper: Cells = ["cu2701C90000", "卖", 2, 1250, 86500, 98800];
  const found = await table([...MEAL, ...SUGAR, copper], { products });
  expect(found.rule.sentence.zh).toBe("公司在交易所保证金率上加 3 个百分点。");
  expect(found.rule.unconfirmed.map(({ code }) => code)).toEqual(["m"]);
  for (const row of found.rows.slice(0, 2)) {
    expect([row.verdict, ...reasonsOf(row)]).toEqual(["explained", "points", "datedRate"]);
    expect(row.text.zh).toContain("平日的 7%");
  }
  expect(found.sentence.zh).toContain("其中 2 行的加收看不出是哪一种");
  // One that is charged by the rule on the day's own rate fits it.
  const plain = await table([...MEAL, ...SUGAR, copper, ["m2703", "买", 1, 2900, "", 3480]], {
    products,
  });
  expect(plain.rows.at(-1)?.verdict).toBe("matching");
  // A rate of the product's own in the profile is asked first: then what the rows tell is an exception.
  const own = { ...products, m: { ...products.m, broker: "0.11" } };
  const exception = await table([...MEAL, ...SUGAR, copper], { products: own });
  expect(exception.rule.sentence.zh).toContain("豆粕在交易所保证金率上加 1 个百分点");
  expect(exception.counts.matching).toBe(5);
});

test("terms of one product are no rule of an account whose other products each tell others", async () => {
  const others: readonly Cells[] = [
    // 1.3 times, 5 points more, 1.5 times.
    ["cu2701C90000", "卖", 2, 1250, 86500, 94705],
    ["SR701C6000", "卖", 5, 62, 5750, 31350],
    ["sc2702C520", "卖", 1, 43, 498.6, 123240],
  ];
  const found = await table([...MEAL, ...others]);
  expect(found.rule.terms.isOfAll).toBe(false);
  expect(found.rule.sentence.zh).toBe(
    "公司的收法只能按品种看：豆粕在交易所保证金率上加 3 个百分点。",
  );
  // Rates that are told where the exchange's isn't known say nothing of what is added.
  const bare = await table([
    ...MEAL,
    ["y2701", "买", 1, 8000, "", 8000],
    ["p2701", "买", 1, 9000, "", 10800],
  ]);
  expect(bare.rule.sentence.zh).toBe("公司在交易所保证金率上加 3 个百分点。");
  // Beside a second product that goes by it, one that doesn't is an exception.
  const most = await table([...MEAL, ...SUGAR, ...others.slice(0, 1)]);
  expect(most.rule.terms.isOfAll).toBe(true);
});

test("a price that was given is tried where the statement prints another", async () => {
  const future: Cells = ["m2701", "买", 1, 2990, "", 2990];
  const [put, call] = MEAL.map((row) => row.map((cell, at) => (at === 4 ? "" : cell)));
  const found = await table([...SUGAR, future, put as Cells, call as Cells], {
    prices: { m2701: amount("2985") },
  });
  const options = found.rows.slice(3);
  expect(options.map(reasonsOf)).toEqual([["otherUnderlying"], ["otherUnderlying"]]);
  expect(options[0]?.text.zh).toContain("另给的标的价 2985");
});

test("a row in another currency is in no sum, and is said to be in none", async () => {
  const [put, call] = MEAL as readonly [Cells, Cells];
  const found = await table([
    [...put, "人民币"],
    [...call, "USD"],
    ...SUGAR.map((row) => [...row, "CNY"]),
  ]);
  expect(found.counts).toEqual({ matching: 3, explained: 0, unexplained: 0, notCheckable: 1 });
  expect(digits(found.bridge.to)).toBe("67150");
  expect(digits(found.bridge.from)).toBe("67150");
  expect(found.notes).toContainEqual({
    zh: "1 行的币种是 USD，共印 2810.00，不加进任何合计。",
    en: "1 row in USD, 2810.00 printed in all: added to no sum.",
  });
});

test("where no row prints a margin none is said of them, nor what the rules give where none can be checked", async () => {
  const { bytes, file } = caseNamed("futu");
  const statement = await readStatement(bytes, file);
  const found = reconciliation({ statement, profile: DEFAULT_PROFILE, prices: {}, today: DAY });
  expect(found.notes.map(({ zh }) => zh)).toContain(
    "1 行的币种是 USD，没有印保证金，不加进任何合计。",
  );
  const sheet = reconcileSheet(found, { language: "zh", namespace: "", taken: [] });
  const from = sheet.cells.find(([name]) => name?.value === "按公司规则逐行重算");
  expect(from?.[9]?.value).toBe("—");
});

test("a risk degree is told by the figures it was worked out from", async () => {
  const { bytes, file } = caseNamed("ctp-standard");
  const text = new TextDecoder("gb18030").decode(bytes).replace("53.85%", "56.78%");
  const statement = await readStatement(new TextEncoder().encode(text), file);
  const profile = { ...DEFAULT_PROFILE, products: PRODUCTS };
  const found = reconciliation({ statement, profile, prices: CTP_PRICES, today: DAY });
  const degree = found.identities.find(({ id }) => id === "riskDegree");
  expect([degree?.holds, degree?.text.zh]).toEqual([true, "保证金占用 ÷ 市值权益"]);
  expect(degree?.expected.toFixed(4)).toBe("0.5678");
});
