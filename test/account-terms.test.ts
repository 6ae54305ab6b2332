// Adjusted contracts: the strike and unit that neither the code nor the statement tells, as the user gives them.
import { describe, expect, test } from "@jest/globals";
import {
  askedTerms,
  bookOf,
  DEFAULT_PROFILE,
  officialOf,
  snapshotOf,
  type Book,
} from "../src/account";
import { liveSheet } from "../src/account/sheet";
import type { TermsByContract } from "../src/account/terms";
import { amount, digits } from "../src/core";
import { readStatement } from "../src/statements";
import { tableOfPaste } from "../src/taskpane/desk-cells";
import { readStrike, readUnit, typedFrom } from "../src/taskpane/views/account/terms";
import { caseNamed } from "./statements/files";

const ADJUSTED = "510300C2612A04000";
const PRICES = { "510050": amount("3.052"), "510300": amount("4.721"), "159919": amount("4.735") };

/** The futures broker's ETF statement, with the terms given for its adjusted contract. */
async function bookWith(terms?: TermsByContract): Promise<Book> {
  const { bytes, file } = caseNamed("etf-option");
  const statement = await readStatement(bytes, file);
  return bookOf({
    statement,
    prices: PRICES,
    profile: DEFAULT_PROFILE,
    today: "2026-11-20",
    terms,
  });
}

const lineOf = (book: Book) => {
  const line = book.lines.find(({ position }) => position.contract === ADJUSTED);
  if (!line) throw new Error(ADJUSTED);
  return line;
};

describe("the strike of 510300C2612A04000, adjusted", () => {
  test("is asked for; its unit is told by the printed market value", async () => {
    const book = await bookWith();
    expect(askedTerms(book)).toEqual([
      {
        contract: ADJUSTED,
        name: expect.objectContaining({ zh: "沪深300ETF" }),
        asks: { strike: true, unit: false },
        open: true,
        refused: undefined,
      },
    ]);
    expect(lineOf(book).exchangeFigure.gap?.what).toBe("terms");
  });

  test("once given, the exchange takes 13,654.09 a lot and the broker the printed 31,404.40", async () => {
    const book = await bookWith({ [ADJUSTED]: { strike: amount("3.948") } });
    const { exchangeFigure, broker, strike, unit, printed } = lineOf(book);
    const perLot = exchangeFigure.margin?.dividedBy(2);
    expect(perLot && digits(perLot.toDecimalPlaces(2))).toBe("13654.09");
    expect(broker.margin && digits(broker.margin.toDecimalPlaces(2))).toBe("31404.4");
    expect(printed && digits(printed)).toBe("31404.4");
    expect([strike, unit].map((term) => term && digits(term))).toEqual(["3.948", "10132"]);
    expect(book.standings.exchange.status).toBe("normal");
    expect(askedTerms(book)).toMatchObject([{ asks: { strike: true }, open: false }]);
  });

  test("is kept with the day's snapshot, and stands in the live sheet as an input", async () => {
    const book = await bookWith({ [ADJUSTED]: { strike: amount("3.948") } });
    expect(snapshotOf(book).lines).toContainEqual(
      expect.objectContaining({ contract: ADJUSTED, strike: "3.948", unit: "10132" }),
    );
    const { cells } = liveSheet(book, { language: "zh", namespace: "", taken: [] });
    const row = cells.find(([code]) => code?.value === ADJUSTED);
    expect(row?.[8]).toMatchObject({ value: 10132, role: "statement" });
    expect(row?.[9]).toMatchObject({ value: 3.948, role: "input" });
  });

  test("a unit that the statement contradicts is refused with a sentence, and nothing of it is used", async () => {
    const given = { strike: amount("3.948"), unit: amount("10000") };
    const book = await bookWith({ [ADJUSTED]: given });
    expect(askedTerms(book)[0]?.refused).toEqual({
      zh: "填的合约单位 10000 与账单的 10132 不同，没有采用。核对 510300C2612A04000，或清空这一格。",
      en: "The contract unit typed, 10000, differs from the statement's 10132 and wasn't taken. Check 510300C2612A04000, or clear the field.",
    });
    expect(lineOf(book).exchangeFigure.gap?.what).toBe("terms");
    expect(book.standings.exchange.status).toBe("undetermined");
  });

  test("another strike than a plain contract's own is refused, and the contract's own counts", async () => {
    const plain = "510050C2612M03100";
    const book = await bookWith({ [plain]: { strike: amount("3.2") } });
    expect(askedTerms(book).find(({ contract }) => contract === plain)?.refused?.zh).toBe(
      "填的行权价 3.2 与账单的 3.1 不同，没有采用。核对 510050C2612M03100，或清空这一格。",
    );
    const line = book.lines.find(({ position }) => position.contract === plain);
    expect(line?.strike && digits(line.strike)).toBe("3.1");
  });
});

describe("the exchange's own table, pasted", () => {
  const HEADER = "合约代码\t原合约单位\t新合约单位\t原行权价格\t新行权价格";
  const line = (code: string, unit: string, strike: string): string =>
    [code, "10,000", unit, "4.000", strike].join("\t");
  const table = (...lines: string[]): string[][] => tableOfPaste([HEADER, ...lines].join("\r\n"));

  test("fills in what is asked for, and the account has its figure", async () => {
    const book = await bookWith();
    const official = officialOf(
      book,
      table(
        line("510300C2612M04000", "10,132", "3.948"),
        line("510300P2612M04000", "10,132", "3.948"),
      ),
    );
    expect(official.map(({ contract }) => contract)).toEqual([ADJUSTED]);
    const typed = typedFrom(book, official);
    expect(typed).toEqual({ [ADJUSTED]: { strike: "3.948", unit: "", computed: undefined } });
    const filled = await bookWith({ [ADJUSTED]: { strike: readStrike("3.948") } });
    expect(filled.standings.exchange.status).toBe("normal");
    expect(typedFrom(filled, official)).toEqual(typed);
  });

  test("has the rule's strike beside the exchange's where they differ", async () => {
    const book = await bookWith();
    const typed = typedFrom(book, officialOf(book, table(line(ADJUSTED, "10,132", "3.95"))));
    expect(typed[ADJUSTED]).toEqual({ strike: "3.95", unit: "", computed: "3.948" });
  });

  test("that contradicts the statement's unit is put where the contradiction is said", async () => {
    const book = await bookWith();
    const typed = typedFrom(book, officialOf(book, table(line(ADJUSTED, "10,140", "3.945"))));
    expect(typed[ADJUSTED]).toMatchObject({ strike: "3.945", unit: "10140" });
  });

  test("without a contract of the account gives nothing", async () => {
    const other = table(line("510050C2612M03100", "10,132", "3.059"));
    expect(officialOf(await bookWith(), other)).toEqual([]);
  });

  test("is read however its cells are kept apart", () => {
    const cells = [
      ["code", "old unit"],
      ["510300C2612M04000", "10000"],
    ];
    for (const apart of ["\t", ",", "，", ";"]) {
      expect(tableOfPaste(cells.map((row) => row.join(apart)).join("\n"))).toEqual(cells);
    }
    expect(tableOfPaste("原合约单位 新合约单位\n10,000   10,132")).toEqual([
      ["原合约单位", "新合约单位"],
      ["10,000", "10,132"],
    ]);
  });
});

test.each([
  ["3.948", "3.948", undefined],
  ["10132", "10132", "10132"],
  ["0", undefined, undefined],
  ["-1", undefined, undefined],
  ["5%", undefined, undefined],
  ["", undefined, undefined],
  ["abc", undefined, undefined],
])("“%s” is the strike %s and the unit %s", (text, strike, unit) => {
  expect([readStrike(text), readUnit(text)].map((term) => term && digits(term))).toEqual([
    strike,
    unit,
  ]);
});
