/** A long statement is the same, to the last word, once it has crossed from the thread that reads to the page. */
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import {
  holdsHongKong,
  hongKongProducts,
  joined,
  kindOf,
  reconcileSheet,
  withoutHongKong,
} from "../src/account";
import { DEFAULT_PROFILE } from "../src/account/profile";
import { reconciliation } from "../src/account/reconcile";
import { amount, drained, Pace } from "../src/core";
import {
  packedBook,
  plainBook,
  readStatement,
  heldCount,
  unpackedBook,
  type PlainBook,
  type Statement,
} from "../src/statements";
import { PlainHoldings } from "../src/statements/plain-holdings";
import { entriesOf } from "../src/taskpane/desk-entries";
import { answering } from "../src/taskpane/reading-answer";
import { Arriving } from "../src/taskpane/reading-arriving";
import { FORMS, type Answer, type Choices } from "../src/taskpane/reading-message";
import { given, longStatement } from "../tools/bench-reconcile.mjs";
import { CTP_PRICES } from "./host/books";
import { planted } from "./host/planted";
import { random } from "./host/random";
import { shown } from "./host/shown";
import { caseNamed, cases, fromGbk, toGbk, toUtf8 } from "./statements/files";

const { profile, prices, today } = {
  profile: {
    ...DEFAULT_PROFILE,
    products: { m: { exchange: "0.07" }, SR: { exchange: "0.07" }, ...given.rates },
  },
  prices: {
    ...CTP_PRICES,
    ...Object.fromEntries(Object.entries(given.prices).map(([code, text]) => [code, amount(text)])),
  },
  today: "2026-11-20",
};
const reconciled = (statement: Statement): unknown =>
  shown(reconciliation({ statement, profile, prices, today }));

const CALLERS: Choices = { day: "2026-11-20" };

/** Read as in the worker, and put together as on the page; messages pass as they do between threads. */
function crossed(
  bytes: Uint8Array,
  name: string,
  choices: Choices = CALLERS,
): Promise<{ readonly statement: Statement; readonly messages: readonly Answer[] }> {
  return new Promise((resolve, reject) => {
    const arriving = new Arriving();
    const messages: Answer[] = [];
    const hear = answering((answer, transfer) => {
      const data = structuredClone(answer, { transfer: [...transfer] });
      messages.push(data);
      if (data.kind === "failed") reject(new Error(data.why));
      else if (data.kind === "part") {
        arriving.take(data);
        setImmediate(() => hear({ taken: 1 }));
      } else if (data.kind === "done") {
        arriving.whole(data).then(({ statement }) => resolve({ statement, messages }), reject);
      }
    });
    const file = new Blob([Uint8Array.from(bytes)]);
    hear({ id: 1, input: { kind: "file", name, file }, choices, takes: FORMS });
  });
}

/** Holds what crossed against what was read here; how many rows stood in columns. */
async function asBefore(bytes: Uint8Array, name: string, choices = CALLERS): Promise<number> {
  const here = await readStatement(bytes, name, choices);
  const made = jest.spyOn(PlainHoldings.prototype, "at");
  const { statement } = await crossed(bytes, name, choices);
  expect(made).not.toHaveBeenCalled();
  made.mockRestore();
  const [book, own] = [plainBook(statement), plainBook(here)];
  expect(book?.length).toBe(own?.length);
  // Before anybody has looked at its rows.
  expect(reconciled(statement)).toEqual(reconciled(here));
  expect(shown(book?.summary.sums)).toEqual(shown(own?.summary.sums));
  expect(shown(statement)).toEqual(shown(here));
  return book?.length ?? 0;
}

afterEach(() => {
  jest.restoreAllMocks();
});

const sample = caseNamed("ctp-standard");
const text = fromGbk(sample.bytes);
const without = (from: RegExp): string => text.replace(from, "");

test.each(cases)("$name crosses as it is", async ({ bytes, file }) => {
  await asBefore(bytes, file);
});

test.each([
  ["in UTF-8", toUtf8(text)],
  ["in UTF-8 with a mark", toUtf8(`\uFEFF${text}`)],
  ["with ends of lines of one character", toGbk(text.replace(/\r\n/g, "\n"))],
  ["without its openings", toGbk(without(/^ *持仓明细[^]*?(?=^ *持仓汇总)/m))],
  ["without an account's number", toGbk(without(/^.*客户号.*$/gm))],
])("the sample crosses in columns %s", async (_, bytes) => {
  expect(await asBefore(bytes, "statement.txt")).toBe(10);
});

test.each([
  ["its own day", text, "statement.txt", "2036-11-20"],
  ["the day in its name", without(/^.*日期.*$/gm), "20261120.txt", "2036-11-20"],
  ["the reader's day", without(/^.*日期.*$/gm), "statement.txt", "2026-11-20"],
])("a year that codes leave open is told by %s on both sides", async (_, changed, name, day) => {
  const { statement } = await crossed(toGbk(changed), name, { day });
  expect(plainBook(statement)?.summary.contracts.codes.on).toBe("2026-11-20");
  const months = statement.positions.flatMap(({ contract, subject }) =>
    contract.startsWith("SR") && subject?.kind === "option" ? [subject.contract.month] : [],
  );
  expect(new Set(months)).toEqual(new Set(["2027-01"]));
  await asBefore(toGbk(changed), name, { day });
});

test("statements with an error planted cross as they are", async () => {
  for (const plant of ["oneFen", "lots", "twoCauses"] as const) {
    const rows = await asBefore(toUtf8(planted(7, plant).text), "statement.txt");
    expect(rows).toBeGreaterThan(5);
  }
});

const ROWS = 450;

describe.each([
  ["a summary", false],
  ["openings and their summary", true],
])("hundreds of rows, %s", (_, withOpenings) => {
  const bytes = longStatement(random(20261120), ROWS, { withOpenings });

  test("cross as they are, and nothing of them is copied or made", async () => {
    const { statement, messages } = await crossed(bytes, "long.txt");
    const parts = messages.flatMap((one) => (one.kind === "part" ? [one.list] : []));
    expect(new Set(parts)).toEqual(new Set(["quotes"]));
    expect((plainBook(statement) as unknown as { made: unknown[] }).made).toEqual([]);
    expect(await asBefore(bytes, "long.txt")).toBe(withOpenings ? heldCount(statement) : ROWS);
    expect(statement.lots).toHaveLength(withOpenings ? ROWS : 0);
  });

  test("are looked at, counted and joined without one being made", async () => {
    const made = jest.spyOn(PlainHoldings.prototype, "at");
    const { statement } = await crossed(bytes, "long.txt");
    const imported = { id: 1, input: undefined, statement, sample: false };
    const [entry] = entriesOf([imported]);
    expect(entry?.statement).toBe(statement);
    expect(joined([statement])).toEqual([statement]);
    expect(withoutHongKong(statement)).toBe(statement);
    expect([holdsHongKong(statement), hongKongProducts(statement)]).toEqual([false, []]);
    expect([heldCount(statement) > 100, kindOf(statement)]).toEqual([true, "settled"]);
    expect(made).not.toHaveBeenCalled();
  });

  test("made a few at a time are those made at once", async () => {
    const [{ statement }, once] = await Promise.all([
      crossed(bytes, "long.txt"),
      readStatement(bytes, "long.txt"),
    ]);
    const book = plainBook(statement) as PlainBook;
    for (const which of ["positions", "lots"] as const) {
      const expected = shown(once[which]);
      const made = jest.spyOn(PlainHoldings.prototype, "at");
      let before = 0;
      for (const work = book.inSteps(which, new Pace()); !work.next().done;) {
        const { length } = made.mock.calls;
        expect(length - before).toBeLessThan(400);
        before = length;
      }
      expect(made).toHaveBeenCalledTimes(once[which].length);
      expect(shown(statement[which])).toEqual(expected);
      expect(made).toHaveBeenCalledTimes(once[which].length);
      made.mockRestore();
    }
  });
});

test("the memory goes along, and what else it held stays where it was", async () => {
  const around = new Uint8Array(sample.bytes.length + 20);
  around.set(sample.bytes, 10);
  const statement = await readStatement(around.subarray(10, -10), sample.file, CALLERS);
  const { parcel, transfer } = packedBook(plainBook(statement) as PlainBook);
  const there = structuredClone(parcel, { transfer: [...transfer] });
  const left = [parcel.bytes, ...Object.values(parcel.summary.columns)];
  expect(left.map(({ byteLength }) => byteLength)).toEqual(left.map(() => 0));
  expect(around).toHaveLength(sample.bytes.length + 20);
  const { positions } = drained(unpackedBook(there));
  const again = await readStatement(sample.bytes, sample.file, CALLERS);
  expect(shown(positions)).toEqual(shown(again.positions));
});

test("asked row by row, the reader hands over rows", async () => {
  const { statement, messages } = await crossed(sample.bytes, sample.file, {
    ...CALLERS,
    rowByRow: true,
  });
  expect(messages.some((one) => one.kind === "done" && one.book)).toBe(false);
  expect(plainBook(statement)).toBeUndefined();
  const here = await readStatement(sample.bytes, sample.file, CALLERS);
  expect(shown(statement)).toEqual(shown(here));
});

test("a page of thousands of rows that fit makes only those it lists, and its report none", async () => {
  const bytes = longStatement(random(20261120), 2100);
  const given = { profile, prices, today } as const;
  const { statement } = await crossed(bytes, "long.txt");
  const made = jest.spyOn(PlainHoldings.prototype, "at");
  const found = reconciliation({ ...given, statement });
  expect([found.length, found.breaking.length, found.counts.matching]).toEqual([2100, 0, 2100]);
  const options = { language: "zh", namespace: "", taken: [] } as const;
  const sheet = reconcileSheet(found, options);
  const before = made.mock.calls.length;
  expect(before).toBeLessThan(300);
  expect(found.matching(200).rows).toHaveLength(200);
  // Those listed, and one of each contract.
  expect(made.mock.calls.length - before).toBeLessThan(1000);
  made.mockRestore();
  const slow = await readStatement(bytes, "long.txt", { ...CALLERS, rowByRow: true });
  const alone = reconciliation({ ...given, statement: slow });
  expect(shown(sheet)).toEqual(shown(reconcileSheet(alone, options)));
  expect(shown(found.matched)).toEqual(shown(alone.matched));
});
