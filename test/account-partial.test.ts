/** Nothing partial is ever called normal: every row and cell of every sample is taken away, one at a time. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { utils, write } from "@e965/xlsx";
import { bookOf, type Book } from "../src/account/book";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import { amount, digits, type Amount } from "../src/core";
import { readStatement, type Statement } from "../src/statements";
import { openSource } from "../src/statements/source";
import { caseNamed, cases } from "./statements/files";

const TODAY = "2026-11-20";

const PRICES: Readonly<Record<string, Amount>> = Object.fromEntries(
  Object.entries({
    m2701: "2985",
    SR701: "5750",
    cu2701: "86500",
    sc2702: "498.6",
    si2701: "9350",
    IO: "4650",
    "510050": "3.052",
    "510300": "4.721",
    "159919": "4.735",
  }).map(([code, price]) => [code, amount(price)]),
);

const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: {
    m: { exchange: "0.07", broker: "0.1" },
    SR: { exchange: "0.07", broker: "0.1" },
    cu: { exchange: "0.09", broker: "0.12" },
    sc: { exchange: "0.1", broker: "0.13" },
    si: { exchange: "0.09", broker: "0.12" },
    IO: { broker: "0.15" },
  },
};

/** Everything a user could add is there: prices, rates, and an equity that makes any sum look small. */
const bookOfAll = (statement: Statement, profile = PROFILE, prices = PRICES): Book =>
  bookOf({ statement, prices, profile, today: TODAY, equity: amount("10000000") });

/** What a status hangs on: who holds how much of what at which price and margin, and the account's money. */
const told = ({ positions, account }: Statement): string =>
  JSON.stringify([
    positions.map(({ contract, side, quantity, settlement, lastPrice, margin, sharedMargin }) =>
      [contract, side].concat(
        [quantity, settlement, lastPrice, margin, sharedMargin].map((n) => (n ? digits(n) : "")),
      ),
    ),
    [account?.figures.margin, account?.figures.equity].map((n) => (n ? digits(n) : "")),
  ]);

const statuses = ({ standings }: Book): readonly string[] => [
  standings.status,
  standings.broker.status,
  standings.recomputed.status,
  standings.exchange.status,
];

/** One way a file is taken apart: the damaged copies, each with what was taken. */
type Copies = Generator<{ readonly taken: string; readonly bytes: Uint8Array }>;

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

/** Text is handled as bytes, so that nothing but the row or cell changes. */
function* textCopies(bytes: Uint8Array, separator: string): Copies {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  for (const [row, line] of lines.entries()) {
    if (!line.trim()) continue;
    const taken = `row ${row + 1}`;
    yield { taken, bytes: bytesOf(lines.filter((_, i) => i !== row).join("\n")) };
    const cells = line.split(separator);
    if (cells.length < 3) continue;
    for (const [column, cell] of cells.entries()) {
      if (!/\d/.test(cell)) continue;
      const blanked = cells.map((one, i) => (i === column ? "" : one)).join(separator);
      const copy = lines.map((one, i) => (i === row ? blanked : one)).join("\n");
      yield { taken: `${taken}, cell ${column + 1}`, bytes: bytesOf(copy) };
    }
  }
}

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

function workbook(sheets: readonly Sheet[]): Uint8Array {
  const book = utils.book_new();
  for (const { name, rows } of sheets) {
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  }
  return new Uint8Array(write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
}

async function* workbookCopies(
  bytes: Uint8Array,
  file: string,
  cells: boolean,
): AsyncGenerator<{
  readonly taken: string;
  readonly bytes: Uint8Array;
}> {
  const source = await openSource(bytes, file);
  const sheets: Sheet[] = source.sheets.map(({ name, rows }) => ({ name: name ?? "Sheet1", rows }));
  yield { taken: "nothing", bytes: workbook(sheets) };
  for (const [index, sheet] of sheets.entries()) {
    const replaced = (rows: Sheet["rows"]): Uint8Array =>
      workbook(sheets.map((one, i) => (i === index ? { ...one, rows } : one)));
    for (const [row, line] of sheet.rows.entries()) {
      if (line.every((cell) => !cell.trim())) continue;
      const taken = `${sheet.name} row ${row + 1}`;
      yield { taken, bytes: replaced(sheet.rows.filter((_, i) => i !== row)) };
      for (const [column, cell] of cells && index === 0 ? line.entries() : []) {
        if (!/\d/.test(cell)) continue;
        const blanked = line.map((one, i) => (i === column ? "" : one));
        const copy = sheet.rows.map((one, i) => (i === row ? blanked : one));
        yield { taken: `${taken}, cell ${column + 1}`, bytes: replaced(copy) };
      }
    }
  }
}

/** Copies that changed what a status hangs on and still have a normal one. */
async function calledNormal(
  name: string,
  copies:
    | Iterable<{ taken: string; bytes: Uint8Array }>
    | AsyncIterable<{ taken: string; bytes: Uint8Array }>,
  file: string,
): Promise<{ readonly wrong: readonly string[]; readonly changed: number }> {
  const whole = told(await readStatement(caseNamed(name).bytes, caseNamed(name).file));
  const wrong: string[] = [];
  let changed = 0;
  for await (const { taken, bytes } of copies) {
    const statement = await readStatement(bytes, file);
    if (taken === "nothing") expect(told(statement)).toBe(whole);
    if (told(statement) === whole) continue;
    changed += 1;
    const found = statuses(bookOfAll(statement));
    if (found.includes("normal")) wrong.push(`${taken}: ${found.join(" ")}`);
  }
  return { wrong, changed };
}

const MINUTES = 240_000;

// The library for old workbooks grumbles about unknown records.
beforeAll(() => {
  jest.spyOn(console, "error").mockImplementation(() => {});
});
afterAll(() => {
  jest.restoreAllMocks();
});

describe("a row or a cell less is never normal", () => {
  test.each([
    ["ctp-standard", "|"],
    ["ctp-wide", "|"],
    ["ctp-monthly", "|"],
    ["etf-option", "|"],
    ["holddata", "@"],
    ["cusfund", "@"],
    ["securities-csv", ","],
    ["securities-tsv", "\t"],
    ["securities-html", "</td>"],
    ["ibkr", ","],
    ["futu", ","],
  ])(
    "%s",
    async (name, separator) => {
      const { bytes, file } = caseNamed(name);
      const { wrong, changed } = await calledNormal(name, textCopies(bytes, separator), file);
      expect(wrong).toEqual([]);
      expect(changed).toBeGreaterThan(2);
    },
    MINUTES,
  );

  test.each([
    ["cfmmc-daily-xlsx", true],
    ["cfmmc-daily-xls", false],
    ["cfmmc-monthly-xls", false],
    ["securities-account", true],
    ["wenhua", true],
  ])(
    "%s",
    async (name, cells) => {
      const { bytes, file } = caseNamed(name);
      const copies = workbookCopies(bytes, file, cells);
      const { wrong, changed } = await calledNormal(name, copies, file.replace(/\.xls$/, ".xlsx"));
      expect(wrong).toEqual([]);
      expect(changed).toBeGreaterThan(0);
    },
    MINUTES,
  );
});

describe("a price or a rate less leaves the exchange's standard open", () => {
  test.each(cases.map(({ name }) => name))("%s", async (name) => {
    const { bytes, file } = caseNamed(name);
    const statement = await readStatement(bytes, file);
    const whole = bookOfAll(statement);
    for (const { code, priceFrom, needsPrice } of whole.underlyings) {
      expect(needsPrice).toBe(false);
      if (priceFrom !== "user") continue;
      const { [code]: gone, ...prices } = PRICES;
      expect(gone).toBeDefined();
      const less = bookOfAll(statement, PROFILE, prices);
      const needs = less.underlyings.find((one) => one.code === code)?.needsPrice;
      if (needs) expect([code, less.standings.exchange.status]).toEqual([code, "undetermined"]);
      else expect(less.standings).toEqual(whole.standings);
    }
    for (const product of Object.keys(PROFILE.products)) {
      const { [product]: gone, ...products } = PROFILE.products;
      expect(gone).toBeDefined();
      const less = bookOfAll(statement, { ...PROFILE, products });
      if (!less.underlyings.some(({ needsRate }) => needsRate)) continue;
      expect([product, less.standings.exchange.status]).toEqual([product, "undetermined"]);
    }
  });
});

test("which samples are normal when whole, and which can't prove it alone", async () => {
  const found = await Promise.all(
    cases.map(async ({ name, bytes, file }) => {
      const { standings } = bookOfAll(await readStatement(bytes, file));
      return `${name} ${standings.status} ${standings.exchange.status}`;
    }),
  );
  expect(found).toEqual([
    "cfmmc-daily-xls normal normal",
    "cfmmc-daily-xlsx normal normal",
    "cfmmc-monthly-xls undetermined undetermined",
    "ctp-monthly normal normal",
    "ctp-standard normal normal",
    "ctp-wide normal normal",
    "cusfund normal undetermined",
    "etf-option normal undetermined",
    "futu undetermined undetermined",
    "holddata undetermined undetermined",
    "ibkr undetermined undetermined",
    "securities-account normal undetermined",
    "securities-csv undetermined undetermined",
    "securities-html undetermined undetermined",
    "securities-trades-history undetermined undetermined",
    "securities-trades-today undetermined undetermined",
    "securities-tsv undetermined undetermined",
    "wenhua undetermined undetermined",
  ]);
});
