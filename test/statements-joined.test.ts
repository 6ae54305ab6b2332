/** What is put together with a long statement, or said of it, leaves its holdings in columns: they are made for nobody. */
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { joined, withoutHongKong } from "../src/account";
import { DEFAULT_PROFILE } from "../src/account/profile";
import { reconciliation } from "../src/account/reconcile";
import { reconciledPapers } from "../src/account/reconcile-papers";
import { amount } from "../src/core";
import {
  changed,
  plainBook,
  readPasted,
  readStatement,
  type PlainBook,
  type Statement,
} from "../src/statements";
import { PlainHoldings } from "../src/statements/plain-holdings";
import { given, longStatement } from "../tools/bench-reconcile.mjs";
import { random } from "./host/random";
import { shown } from "./host/shown";
import { caseNamed, fromGbk, toGbk } from "./statements/files";

const ROWS = 400;
const GIVEN = {
  profile: { ...DEFAULT_PROFILE, products: given.rates },
  prices: Object.fromEntries(
    Object.entries(given.prices).map(([code, text]) => [code, amount(text)]),
  ),
  today: "2026-11-20",
};

/** The same without what it says of the account's money. */
const withoutMoney = (bytes: Uint8Array): Uint8Array =>
  toGbk(fromGbk(bytes).replace(/^资金状况[^]*?^\r\n/m, ""));

const LONG = withoutMoney(longStatement(random(20261120), ROWS));
const OPENED = withoutMoney(longStatement(random(20261121), ROWS, { withOpenings: true }));

const read = (bytes: Uint8Array, rowByRow: boolean): Promise<Statement> =>
  readStatement(bytes, "long.txt", { rowByRow });

/** Money of the same account and day; its risk degree is that of its margin, or another. */
async function moneyFor(holdings: Statement, degree = "50.00"): Promise<Statement> {
  const { bytes, file } = caseNamed("cusfund");
  const text = Buffer.from(bytes).toString("utf8");
  const money = await readPasted(text, file);
  const { account } = money;
  if (!account) throw new Error("no account");
  const { margin } = holdings.totals;
  const figures = { equity: margin.times(2), riskDegree: amount(degree).dividedBy(100) };
  const own = { ...account, figures };
  return changed(money, { account: own, accounts: [own] });
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each([
  ["a summary", LONG],
  ["openings and their summary", OPENED],
])("hundreds of rows without money, %s,", (_, bytes) => {
  test.each([
    ["fits", "50.00", false],
    ["says that a row is missing", "51.00", true],
  ])(
    "are joined with money that %s as rows would be, and none is made",
    async (_, degree, differs) => {
      const [columns, rows] = [await read(bytes, false), await read(bytes, true)];
      const money = await moneyFor(rows, degree);
      const made = jest.spyOn(PlainHoldings.prototype, "at");
      const [one, ...others] = joined([columns, money]);
      expect([one?.accounts.length, others.length]).toEqual([1, 0]);
      expect(plainBook(one as Statement)).toBe(plainBook(columns));
      expect(plainBook(columns)).toBeDefined();
      expect(withoutHongKong(one as Statement)).toBe(one);
      expect(made).not.toHaveBeenCalled();
      const found = reconciliation({ ...GIVEN, statement: one as Statement });
      // Those that tell of the broker's rule are asked.
      expect(made.mock.calls.length).toBeLessThan(250);
      expect(found.counts.matching).toBe(plainBook(columns)?.length);
      const [slow] = joined([rows, money]);
      const said = one?.problems.some(({ code }) => code === "riskDegreeDiffers");
      expect(said).toBe(differs);
      expect(plainBook(slow as Statement)).toBeUndefined();
      expect(shown(found)).toEqual(
        shown(reconciliation({ ...GIVEN, statement: slow as Statement })),
      );
      expect(shown(one)).toEqual(shown(slow));
    },
  );

  test("are reconciled among the papers of their account as rows are", async () => {
    const [columns, rows] = [await read(bytes, false), await read(bytes, true)];
    const money = await moneyFor(rows);
    const papersOf = (statement: Statement): unknown =>
      shown(
        reconciledPapers({
          ...{ statements: [money, statement], profile: GIVEN.profile, today: GIVEN.today },
          prices: { "2026-11-20": GIVEN.prices },
        }),
      );
    expect(papersOf(columns)).toEqual(papersOf(rows));
  });
});

test("the same paper twice, and two that are unlike, stay in columns and say what rows would", async () => {
  const other = withoutMoney(longStatement(random(7), 40));
  for (const papers of [
    [LONG, LONG],
    [LONG, other],
  ]) {
    const [columns, rows] = await Promise.all(
      [false, true].map((rowByRow) => Promise.all(papers.map((bytes) => read(bytes, rowByRow)))),
    );
    const [ours, theirs] = [joined(columns as Statement[]), joined(rows as Statement[])];
    expect(ours.map((one) => plainBook(one) !== undefined)).toEqual(ours.map(() => true));
    expect(ours.every(({ problems }) => problems.length > 0)).toBe(true);
    expect(shown(ours)).toEqual(shown(theirs));
  }
});

describe("a statement with something else in it", () => {
  test("is the same but for that, and stays in columns", async () => {
    const statement = await read(LONG, false);
    const made = jest.spyOn(PlainHoldings.prototype, "at");
    const other = changed(statement, { file: "other.txt", trades: [] });
    expect(made).not.toHaveBeenCalled();
    expect(plainBook(other)).toBe(plainBook(statement));
    expect([other.file, statement.file]).toEqual(["other.txt", "long.txt"]);
    expect(Object.keys(other)).toEqual(Object.keys(statement));
    expect(shown(other)).toEqual(shown({ ...(await read(LONG, true)), file: "other.txt" }));
    expect(other.positions).toBe(statement.positions);
  });

  test("and again something else, too", async () => {
    const statement = await read(LONG, false);
    const other = changed(changed(statement, { file: "a" }), { day: "2026-11-23" });
    expect([other.file, other.day]).toEqual(["a", "2026-11-23"]);
    expect(plainBook(other)).toBe(plainBook(statement));
  });

  test.each(["positions", "lots"] as const)(
    "has no columns where it is the %s that are changed",
    async (which) => {
      const statement = await read(OPENED, false);
      const { [which]: held } = statement;
      const other = changed(statement, { [which]: held.slice(1) });
      expect(plainBook(other)).toBeUndefined();
      expect(other[which]).toHaveLength(held.length - 1);
      const rest = which === "lots" ? "positions" : "lots";
      expect(shown(other[rest])).toEqual(shown(statement[rest]));
      expect(plainBook(statement)).toBeInstanceOf(Object);
    },
  );

  test("stays without columns where it had none", async () => {
    const statement = await read(LONG, true);
    const other = changed(statement, { file: "other.txt" });
    expect(plainBook(other)).toBeUndefined();
    expect(shown(other)).toEqual(shown({ ...statement, file: "other.txt" }));
  });
});

test("what columns were charged in all is what their rows were", async () => {
  const statement = await read(LONG, false);
  const { summary } = plainBook(statement) as PlainBook;
  const { totals } = await read(LONG, true);
  expect(shown(summary.sums.margin)).toBe(shown(totals.margin));
});
