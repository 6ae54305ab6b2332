/** Whose papers they are, and what may be said of them as a whole: accounts apart, and nothing all right that isn't. */
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import type { Reconciliation } from "../src/account/reconcile";
import { reconciledPapers, type Papers } from "../src/account/reconcile-papers";
import { joined } from "../src/account/join";
import { readingOf } from "../src/account/reading";
import { tallied } from "../src/account/reconcile-tally";
import { amount, digits } from "../src/core";
import { readPasted, readStatement, type Statement } from "../src/statements";
import { entriesOf } from "../src/taskpane/desk-entries";
import { papersOf } from "../src/taskpane/reconcile-inputs";
import { RECONCILE_TEXTS } from "../src/taskpane/texts-reconcile";
import { CTP_PRICES } from "./host/books";
import { caseNamed, fromGbk, toGbk } from "./statements/files";

const DAY = "2026-11-20";
const rate = (exchange: string) => ({ exchange });
const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: {
    ...{ m: rate("0.07"), SR: rate("0.07"), cu: rate("0.09"), sc: rate("0.1"), si: rate("0.09") },
  },
};

const PREVIOUS = { sc2702: amount("505.2") };

const textOf = (name: string): string => Buffer.from(caseNamed(name).bytes).toString("utf8");
const holdings = textOf("holddata").trimEnd().split("\n");
const held = (lines: readonly string[], file = "holddata.txt"): Promise<Statement> =>
  readPasted(lines.join("\n"), file);
const money = (lines: readonly string[], file = "cusfund.txt"): Promise<Statement> =>
  readPasted(lines.join("\n"), file);

/** The sample with texts replaced, each of which it must hold. */
function sample(...changes: readonly (readonly [string, string])[]): Promise<Statement> {
  let text = fromGbk(caseNamed("ctp-standard").bytes);
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  return readStatement(toGbk(text), `${changes.map((one) => one.join("")).join("") || "a"}.txt`);
}

const onDay = (day: string) => ["日期 Date：20261120", `日期 Date：${day}`] as const;

const reconciled = (...statements: readonly Statement[]): Papers => {
  const days = statements.flatMap(({ day }) => day ?? []);
  return reconciledPapers({
    statements,
    prices: Object.fromEntries(days.map((day) => [day, CTP_PRICES])),
    previousPrices: Object.fromEntries(days.map((day) => [day, PREVIOUS])),
    profile: PROFILE,
    today: DAY,
  });
};

const contractsOf = ({ rows }: Reconciliation): readonly string[] =>
  rows.map(({ position }) => position.contract);

const failing = ({ identities }: Reconciliation) =>
  identities.flatMap(({ id, holds, printed, expected }) =>
    holds ? [] : [[id, digits(printed), digits(expected)].join(" ")],
  );

describe("rows of several accounts in one file", () => {
  // The leg of a set under another account's number.
  const mixed = holdings.map((line) =>
    line.includes("m2701-P-2800") ? line.replace("@90000001@", "@90000009@") : line,
  );

  test("are kept apart, which is said, and no set is made across them", async () => {
    const { accounts, notes } = reconciled(await held(mixed));
    expect(accounts.map(({ name }) => name)).toEqual(["90****01 CNY", "90****09 CNY"]);
    expect(notes[0]?.zh).toBe("这些文件属于 2 个账户，已分开显示，不合计。");
    const [own, other] = accounts.map(({ days }) => days[0]);
    if (!own || !other) throw new Error("no days");
    expect(contractsOf(own)).not.toContain("m2701-P-2800");
    expect(contractsOf(other)).toEqual(["m2701-P-2800"]);
    expect(other.counts.unexplained).toBe(1);
    for (const { rows } of [own, other]) {
      expect(rows.flatMap(({ reasons }) => reasons.map(({ id }) => id))).not.toContain("relief");
    }
    expect(digits(own.bridge.to.plus(other.bridge.to))).toBe("453486");
  });

  test("each go with their own account's money, from a file of both", async () => {
    const [line = ""] = textOf("cusfund").trimEnd().split("\n");
    const second = ["2026-11-20@90000009@1200@600@0@50.00@1200@1200@1200@1200@0@0@0@0@N@CNY@1200"];
    const lines = [line, `${second.join("")}@0@0@0@0@0`];
    for (const files of [
      [await held(mixed), await money(lines)],
      [await money(lines), await held(mixed)],
    ]) {
      const { accounts } = reconciled(...files);
      expect(
        accounts.map(({ name, days }) => [
          name,
          ...days.map(({ account }) => account?.figures.equity),
        ]),
      ).toEqual([
        ["90****01 CNY", expect.objectContaining({})],
        ["90****09 CNY", expect.objectContaining({})],
      ]);
      expect(accounts.flatMap(({ days }) => days.map(({ bridge }) => digits(bridge.to)))).toEqual([
        ...["471396", "600"],
      ]);
      expect(failing(accounts[1]?.days[0] as Reconciliation)).toEqual([]);
    }
  });

  test("the money of an account without rows stays by itself", async () => {
    const lines = textOf("cusfund").trimEnd().split("\n");
    const other = lines.map((line) => line.replace("@90000001@", "@90000007@"));
    const papers = joined([await held(mixed), await money([...lines, ...other])]);
    expect(papers.map(({ accounts }) => accounts.map(({ id }) => id))).toEqual([
      ...[["90000001"], ["90000009"], ["90000007"]],
    ]);
  });

  test("a row that names nobody may be anybody's: no account is whole", async () => {
    const blank = mixed.map((line, i) => (i === 0 ? line.replace("@90000001@", "@@") : line));
    const papers = joined([await held(blank)]);
    expect(papers.map((one) => [one.positions.length, one.totals.trust])).toEqual([
      [1, "incomplete"],
      [mixed.length - 2, "incomplete"],
      [1, "incomplete"],
    ]);
  });

  test("what is wrong with a row that was read is its own account's; an unread one may be anybody's", async () => {
    const odd = mixed.map((line) => line.replace("m2701-P-2800", "hello"));
    const [own, other] = joined([await held(odd)]);
    expect([own?.totals.trust, other?.totals.trust]).toEqual(["unchecked", "incomplete"]);
    const lost = mixed.map((line) => line.replace("@25600.00@", "@25x00@"));
    expect(
      joined([await held(lost)]).map(({ rows, totals }) => [rows.found - rows.read, totals.trust]),
    ).toEqual([
      [1, "incomplete"],
      [1, "incomplete"],
    ]);
  });

  test("unasked, a mixed file is none's: reading it alone stays incomplete", async () => {
    expect(readingOf(await held(mixed), undefined).incomplete).toBe(true);
  });

  test("in the pane each account is chosen by itself", async () => {
    const statement = await held(mixed);
    const entries = entriesOf([{ id: 1, input: undefined, statement, sample: false }]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(2);
    expect(
      entries.map(({ account, statement: own }) => [account?.id, own.positions.length]),
    ).toEqual([
      ["90000001", mixed.length - 1],
      ["90000009", 1],
    ]);
  });
});

describe("one account is one whatever its papers call the currency", () => {
  test("a settlement text in 人民币 beside holdings and money in CNY", async () => {
    const later = (name: string) =>
      textOf(name).replaceAll("2026-11-20", "2026-11-23").trimEnd().split("\n");
    const papers = [await sample(), await held(later("holddata")), await money(later("cusfund"))];
    const { accounts, notes } = reconciled(...papers);
    expect(accounts.map(({ days }) => days.map(({ day }) => day))).toEqual([
      ["2026-11-20", "2026-11-23"],
    ]);
    expect(notes).toEqual([]);
    const imported = papers.map((statement, id) => ({
      id,
      input: undefined,
      statement,
      sample: false,
    }));
    const entries = entriesOf(imported);
    expect(papersOf(entries, entries[0] as never)).toHaveLength(2);
  });

  test("holdings alone, of which only the rows name the account", async () => {
    const { accounts } = reconciled(await sample(), await held(holdings));
    expect(accounts.map(({ name, days }) => [name, days.length])).toEqual([["90****01 人民币", 2]]);
  });

  test("rows that print none go with the yuan of an account of several, once", async () => {
    const blank = holdings.map((line) => line.replace(/@CNY(?=@[^@]*$)/, "@"));
    const [line = ""] = textOf("cusfund").trimEnd().split("\n");
    const both = [line.replace("@CNY@", "@USD@"), line];
    const files = [await held(blank), await money(both)];
    const positions = files[0]?.positions.map((one) => ({ ...one, currency: undefined }));
    const papers = joined([{ ...files[0], positions } as Statement, files[1] as Statement]);
    expect(papers.map(({ accounts }) => accounts.map(({ currency }) => currency))).toEqual([
      ["CNY"],
      ["USD"],
    ]);
    expect(papers.map(({ positions: rows }) => rows.length)).toEqual([holdings.length, 0]);
    // Beside rows in dollars, too.
    const some = positions?.map((one, i) => (i === 0 ? { ...one, currency: "USD" } : one));
    const [mixed] = joined([{ ...files[0], positions: some } as Statement, files[1] as Statement]);
    if (!mixed) throw new Error("nothing");
    expect(mixed.accounts.map((one) => readingOf(mixed, one).positions.length)).toEqual([
      1,
      holdings.length - 1,
    ]);
    // All rows were read: the problems alone are counted.
    const notes = reconciled(mixed).accounts[0]?.days[0]?.notes.map(({ zh, en }) => [zh, en]);
    expect(notes?.[0]?.[0]).toMatch(/^文件不完整：2 个问题。/);
    expect(notes?.[0]?.[1]).toMatch(/^The file is partial: 2 problems\. /);
    const said = mixed.problems.map(({ text }) => text.zh.split(" 的")[0]);
    expect(said).toEqual(["holddata.txt USD", "holddata.txt CNY"]);
  });

  test("its dollars are another account's, and neither paper is incomplete for the other", async () => {
    const dollars = await sample(
      ["币种：人民币", "币种：美元"],
      ["Currency：CNY", "Currency：USD"],
    );
    const { accounts, notes } = reconciled(dollars, await sample());
    expect(accounts.map(({ name }) => name)).toEqual(["90****01 美元", "90****01 人民币"]);
    expect(notes).toHaveLength(1);
    expect(accounts[1]?.days[0]?.bridge.complete).toBe(true);
  });
});

describe("all is accounted for only where nothing is left", () => {
  const alone = (statement: Statement): Reconciliation =>
    reconciled(statement).accounts[0]?.days[0] as Reconciliation;

  test("an identity that fails is told", async () => {
    const found = alone(await sample(["404021.48", "404022.48"]));
    expect(failing(found)).toEqual(["available 404022.48 404021.48"]);
    expect(found.sentence.zh).toContain("恒等式不成立：可用资金");
    expect(found.sentence.en).toContain("n identity fails: funds available");
  });

  test("an unread row is told", async () => {
    const lost = holdings.map((line) => line.replace("@25600.00@", "@25x00@"));
    const found = alone(await held(lost));
    expect(found.unread).toBe(1);
    expect(found.sentence.zh).toMatch(/^(.*；)?1 行没有读出；/);
    expect(found.sentence.en).toContain("1 row unread");
  });

  test("of a month, too: with rows that can't be checked it isn't all right", async () => {
    const statements = [await sample(onDay("20261119")), await sample()];
    const others = Object.fromEntries(Object.entries(CTP_PRICES).filter(([code]) => code !== "IO"));
    const { accounts } = reconciledPapers({
      statements,
      prices: { "2026-11-19": others, [DAY]: CTP_PRICES },
      previousPrices: { "2026-11-19": PREVIOUS, [DAY]: PREVIOUS },
      profile: PROFILE,
      today: DAY,
    });
    const counts = accounts[0]?.days.map(({ counts: one }) => [one.unexplained, one.notCheckable]);
    expect(counts?.[0]?.[1]).toBe(2);
    expect(accounts[0]?.sentence).toEqual({
      zh: "2 天中 1 天没有核对全（2 行不可核对），其余对上。",
      en: "Of 2 days 1 not checked whole (2 rows that can't be checked), the others are accounted for.",
    });
    const tally = tallied(accounts[0]?.days ?? []);
    expect(RECONCILE_TEXTS.zh.daysSaid(tally, "", tally.why.zh)).toBe(
      "2 天中 1 天没有核对全（2 行不可核对）。",
    );
  });
});

describe("the first break", () => {
  test("is the total's where no row breaks on that day", async () => {
    // The total alone is raised: that of the account, not those beneath the tables.
    const off = await sample(
      onDay("20261119"),
      ["Margin Occupied：           471396.00", "Margin Occupied：           471696.00"],
      ["404021.48", "403721.48"],
      ["53.85%", "53.88%"],
    );
    const row = await sample(
      ["25600.00", "26100.00"],
      ["471396.00", "471896.00"],
      ["404021.48", "403521.48"],
      ["53.85%", "53.90%"],
    );
    const { accounts } = reconciled(off, row);
    expect(accounts[0]?.breaks.map(({ contract, from }) => [contract, from])).toEqual([
      ["SR701C6000", DAY],
    ]);
    expect(accounts[0]?.sentence).toEqual({
      zh: "2 天中 2 天有未解释的差额，最早 2026-11-19：账户合计 +300.00。",
      en: "2 of 2 days have something unexplained, first 2026-11-19: the account's total +300.00.",
    });
  });

  test("of one day alone it has, and not have", async () => {
    const raised = await sample(
      ["25600.00", "26100.00"],
      ["471396.00", "471896.00"],
      ["404021.48", "403521.48"],
      ["53.85%", "53.90%"],
    );
    const { accounts } = reconciled(await sample(onDay("20261119")), raised);
    expect(accounts[0]?.sentence.en).toMatch(/^1 of 2 days has something unexplained, first /);
  });

  test("two papers of one day are papers and not days", async () => {
    const row = await sample(
      ["25600.00", "26100.00"],
      ["471396.00", "471896.00"],
      ["404021.48", "403521.48"],
      ["53.85%", "53.90%"],
    );
    const raised = holdings.map((line) => line.replace("@25600.00@", "@26100.00@"));
    const { accounts, notes } = reconciled(row, await held(raised));
    expect(accounts[0]?.sentence).toEqual({
      zh: "2 份账单中 2 份账单有未解释的差额，最早 2026-11-20：SR701C6000 +500.00。",
      en: "2 of 2 statements have something unexplained, first 2026-11-20: SR701C6000 +500.00.",
    });
    expect(accounts[0]?.breaks.map(({ contract, days }) => [contract, days])).toEqual([
      ["SR701C6000", 1],
    ]);
    expect(notes.map(({ zh }) => zh)).toEqual([
      "90****01 人民币 的 2026-11-20 有 2 份账单，分开核对。",
    ]);
  });
});

describe("printed sums are held against their rows", () => {
  const alone = (statement: Statement): readonly string[] =>
    failing(reconciled(statement).accounts[0]?.days[0] as Reconciliation);
  const lines = fromGbk(caseNamed("ctp-standard").bytes).split("\r\n");
  const changed = (change: (line: string, table: string) => string): Promise<Statement> => {
    let table = "";
    const text = lines.map((line) => {
      if (/^\s*(持仓明细|持仓汇总)/.test(line)) table = line.trim().slice(0, 4);
      return change(line, table);
    });
    return readStatement(toGbk(text.join("\r\n")), "a.txt");
  };
  const isTotal = (line: string): boolean => line.startsWith("|共");

  test.each([
    ["持仓汇总", "471396.00", "471397.00", "summary margin 471397 471396"],
    ["持仓明细", "471396.00", "471397.00", "detail margin 471397 471396"],
    ["持仓汇总", " 4200.00|", " 4201.00|", "summary marketValueLong 4201 4200"],
    ["持仓汇总", " 49420.00|", " 49421.00|", "summary marketValueShort 49421 49420"],
    ["持仓明细", " 53620.00|", " 53621.00|", "detail marketValue 53621 53620"],
    ["持仓明细", " 41|", " 42|", "detail lots 42 41"],
    ["持仓汇总", " 30|", " 31|", "summary shortLots 31 30"],
  ])("%s: %s printed as%s", async (table, from, to, said) => {
    const statement = await changed((line, at) =>
      at === table && isTotal(line) ? line.replace(from, to) : line,
    );
    expect(alone(statement)).toEqual([said]);
  });

  test("openings that don't add up to the summary", async () => {
    const statement = await changed((line, at) =>
      at === "持仓明细"
        ? line.replace("25600.00", "25500.00").replace("471396.00", "471296.00")
        : line,
    );
    expect(alone(statement)).toEqual(["tables margin 471396 471296"]);
    expect(reconciled(statement).accounts[0]?.firstBreak).toBe(DAY);
  });
});
