/**
 * Statements damaged at random: nothing is thrown, and a total that came out smaller is never called checked.
 * Formats that print no totals can't prove theirs: they are never called checked at all.
 */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { readCells, readStatement, type Statement } from "../src/statements";
import { openSource } from "../src/statements/source";
import { caseNamed } from "./statements/files";

const SEED = 20261120;

type Damage =
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "byte"; readonly at: number; readonly to: number }
  | { readonly kind: "delete" | "duplicate"; readonly at: number }
  | { readonly kind: "swap"; readonly at: number; readonly a: number; readonly b: number }
  | { readonly kind: "swapAll"; readonly a: number; readonly b: number };

/** Evenly anywhere in the file; fc.double would nearly always be its very beginning. */
const place = fc.integer({ min: 0, max: 999_999 }).map((n) => n / 1_000_000);
const digit = fc.integer({ min: 0x30, max: 0x39 });

const damage: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("cut" as const), at: place }),
    fc.record({
      kind: fc.constant("byte" as const),
      at: place,
      to: fc.oneof(digit, fc.integer({ min: 0, max: 255 })),
    }),
    fc.record({ kind: fc.constantFrom("delete" as const, "duplicate" as const), at: place }),
    fc.record({ kind: fc.constant("swap" as const), at: place, a: place, b: place }),
    fc.record({ kind: fc.constant("swapAll" as const), a: place, b: place }),
  ),
  { minLength: 1, maxLength: 3 },
);

const pick = (at: number, length: number): number => Math.floor(at * length);

function swapped<T>(cells: readonly T[], a: number, b: number): T[] {
  const out = [...cells];
  const [i, j] = [pick(a, cells.length), pick(b, cells.length)];
  [out[i], out[j]] = [out[j] as T, out[i] as T];
  return out;
}

/** Text is damaged as bytes, each standing for one character, so that two-byte characters break too. */
function damagedBytes(
  bytes: Uint8Array,
  separator: string,
  damages: readonly Damage[],
): Uint8Array {
  let text = Buffer.from(bytes).toString("latin1");
  for (const one of damages) {
    const lines = text.split("\n");
    const line = "at" in one ? pick(one.at, lines.length) : 0;
    switch (one.kind) {
      case "cut":
        text = text.slice(0, pick(one.at, text.length));
        break;
      case "byte": {
        const at = pick(one.at, text.length);
        text = text.slice(0, at) + String.fromCharCode(one.to) + text.slice(at + 1);
        break;
      }
      case "delete":
        text = lines.filter((_, i) => i !== line).join("\n");
        break;
      case "duplicate":
        text = lines.flatMap((each, i) => (i === line ? [each, each] : [each])).join("\n");
        break;
      case "swap":
        lines[line] = swapped((lines[line] ?? "").split(separator), one.a, one.b).join(separator);
        text = lines.join("\n");
        break;
      case "swapAll":
        text = lines
          .map((each) => swapped(each.split(separator), one.a, one.b).join(separator))
          .join("\n");
        break;
    }
  }
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** The same for cells: a byte becomes a letter of one cell. */
function damagedCells(
  cells: readonly (readonly string[])[],
  damages: readonly Damage[],
): string[][] {
  let rows = cells.map((row) => [...row]);
  for (const one of damages) {
    const at = "at" in one ? pick(one.at, rows.length) : 0;
    switch (one.kind) {
      case "cut":
        rows = rows.slice(0, at);
        break;
      case "byte": {
        const filled = rows.flatMap((row, i) =>
          row.flatMap((cell, j) => (cell ? [[i, j] as const] : [])),
        );
        const [i, j] = filled[pick(one.at, filled.length)] ?? [0, 0];
        const cell = rows[i]?.[j] ?? "";
        const inside = pick((one.at * 997) % 1, cell.length);
        const row = rows[i];
        if (row)
          row[j] = cell.slice(0, inside) + String.fromCharCode(one.to) + cell.slice(inside + 1);
        break;
      }
      case "delete":
        rows = rows.filter((_, i) => i !== at);
        break;
      case "duplicate":
        rows = rows.flatMap((row, i) => (i === at ? [row, [...row]] : [row]));
        break;
      case "swap":
        rows[at] = swapped(rows[at] ?? [], one.a, one.b);
        break;
      case "swapAll":
        rows = rows.map((row) => swapped(row, one.a, one.b));
        break;
    }
  }
  return rows;
}

/** What a reader would take for smaller: less margin, fewer lots, or more money to carry them. */
function isSmaller(now: Statement, was: Statement): boolean {
  const figure = (statement: Statement, name: "margin" | "equity" | "available") =>
    statement.account?.figures[name];
  const less = (name: "margin", sign: 1 | -1) => {
    const [a, b] = [figure(now, name), figure(was, name)];
    return Boolean(b && (!a || a.minus(b).times(sign).lessThan(0)));
  };
  const more = (name: "equity" | "available") => {
    const [a, b] = [figure(now, name), figure(was, name)];
    return Boolean(a && b && a.greaterThan(b));
  };
  return (
    now.totals.margin.lessThan(was.totals.margin) ||
    now.totals.shortLots.lessThan(was.totals.shortLots) ||
    less("margin", 1) ||
    more("equity") ||
    more("available")
  );
}

interface Family {
  readonly name: string;
  readonly read: (damages: readonly Damage[]) => Promise<Statement>;
}

const text = (name: string, separator: string): Family => {
  const { bytes, file } = caseNamed(name);
  return {
    name,
    read: (damages) => readStatement(damagedBytes(bytes, separator, damages), file),
  };
};

const cells = (name: string, rows: readonly (readonly string[])[]): Family => ({
  name,
  read: (damages) => readCells(damagedCells(rows, damages), name, { day: "2026-11-20" }),
});

const PLAIN = [
  ["合约代码", "买卖", "总持仓", "开仓均价", "结算价", "保证金"],
  ["m2701-P-2900", "卖", "10", "41", "38.5", "29450"],
  ["SR701C6000", "卖", "5", "70.5", "62", "25600"],
  ["si2701-C-9500", "买", "5", "155", "168", "0"],
  ["合计", "", "20", "", "", "55050"],
];

/** A sentence that was not filled in. */
const HOLE = /\{\w+\}|undefined|NaN/;

const run = async (family: Family, numRuns: number): Promise<void> => {
  const whole = await family.read([]);
  expect(whole.format).toBeDefined();
  expect(whole.problems.filter(({ notice }) => !notice)).toEqual([]);
  let smaller = 0;
  await fc.assert(
    fc.asyncProperty(damage, async (damages) => {
      const statement = await family.read(damages);
      const unsaid = statement.problems.filter(
        ({ text: { zh, en } }) => !zh || !en || HOLE.test(zh + en),
      );
      if (unsaid.length > 0) expect(unsaid).toEqual([]);
      if (!isSmaller(statement, whole)) return;
      smaller += 1;
      // An expect() that holds takes as long as the reading.
      if (statement.totals.trust === "checked") expect(statement.totals.trust).not.toBe("checked");
    }),
    { numRuns, seed: SEED },
  );
  // Otherwise the property would hold of anything.
  expect(smaller).toBeGreaterThan(0);
};

/** The main sheet of a workbook, as its cells were once opened. */
async function sheetOf(name: string, sheet: string): Promise<string[][]> {
  const { bytes, file } = caseNamed(name);
  const { sheets } = await openSource(bytes, file);
  return (sheets.find((one) => one.name === sheet)?.rows ?? []).map((row) => [...row]);
}

const GENEROUS = 120_000;

describe("settlement text: 10,000 damaged statements never pass for whole", () => {
  test.each([
    ["ctp-standard", "|", 1500],
    ["ctp-wide", "|", 4500],
    ["etf-option", "|", 4000],
  ])("%s", (name, separator, numRuns) => run(text(name, separator), numRuns), GENEROUS);
});

describe("securities brokers' tables: 10,000 damaged ones never pass for whole", () => {
  test.each([
    ["securities-csv", ",", 5000],
    ["securities-tsv", "\t", 4000],
    ["securities-html", "</td>", 1000],
  ])("%s", (name, separator, numRuns) => run(text(name, separator), numRuns), GENEROUS);
});

describe("machine text: 10,000 damaged files never pass for whole", () => {
  test.each([
    ["holddata", "@", 6000],
    ["cusfund", "@", 4000],
  ])("%s", (name, separator, numRuns) => run(text(name, separator), numRuns), GENEROUS);
});

describe("statements from abroad: 10,000 damaged ones never pass for whole", () => {
  test.each([
    ["ibkr", ",", 5000],
    ["futu", ",", 5000],
  ])("%s", (name, separator, numRuns) => run(text(name, separator), numRuns), GENEROUS);
});

describe("workbooks: 10,000 with damaged cells never pass for whole", () => {
  test.each([
    ["cfmmc-daily-xlsx", "客户交易结算日报", 1500],
    ["wenhua", "期末持仓", 8500],
  ])(
    "%s",
    async (name, sheet, numRuns) => run(cells(name, await sheetOf(name, sheet)), numRuns),
    GENEROUS,
  );
});

test(
  "plain tables: 10,000 damaged ones never pass for whole",
  () => run(cells("plain table", PLAIN), 10_000),
  GENEROUS,
);

describe("workbooks damaged as files", () => {
  // The library for old workbooks grumbles about unknown records.
  beforeEach(() => {
    jest.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const damagedFile = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("cut" as const), at: place }),
      fc.record({
        kind: fc.constant("byte" as const),
        at: place,
        to: fc.integer({ min: 0, max: 255 }),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  );
  test.each(["cfmmc-daily-xls", "cfmmc-daily-xlsx", "securities-account", "wenhua"])(
    "%s never passes for whole, 250 times",
    async (name) => {
      const { bytes, file } = caseNamed(name);
      const whole = await readStatement(bytes, file);
      await fc.assert(
        fc.asyncProperty(damagedFile, async (damages) => {
          const statement = await readStatement(damagedBytes(bytes, "|", damages), file);
          if (isSmaller(statement, whole)) expect(statement.totals.trust).not.toBe("checked");
        }),
        { numRuns: 250, seed: SEED },
      );
    },
    GENEROUS,
  );
});
