// A report is filed under the account it is of, whichever came to the front while it was worked out or written.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { SheetPlan } from "../src/account";
import { masked } from "../src/statements";
import type { Entry } from "../src/taskpane/desk-entries";
import type { Input } from "../src/taskpane/reading-input";
import type { Choices } from "../src/taskpane/reading-message";
import { caseNamed } from "./statements/files";
import { ctpOfAccount } from "./taskpane/ctp.mjs";

/** Sheets that were written, as they were planned; what is told while one is being written. */
const plans: SheetPlan[] = [];
let atWriting = (): void => undefined;

const refuse = (): never => {
  throw new Error("no workbook");
};
jest.unstable_mockModule("../src/taskpane/workbook-sheets", () => ({
  sheetNames: () => {
    atWriting();
    return Promise.resolve([]);
  },
  writeSheet: (plan: SheetPlan) => {
    plans.push(plan);
    return Promise.resolve({ sheet: `sheet ${plans.length}` });
  },
  isShown: () => Promise.resolve(true),
  spills: () => true,
  changesBy: refuse,
  updateSheet: refuse,
  removeSheet: () => Promise.resolve(),
  keptRead: () => Promise.resolve(undefined),
  keptWrite: () => Promise.resolve(),
}));

const { Desk } = await import("../src/taskpane/desk");
const { DeskSheets } = await import("../src/taskpane/desk-sheets");
const { read } = await import("../src/taskpane/reading-input");

const OTHERS = "90000077";

const file = (name: string, bytes: Uint8Array): Input => ({
  ...{ kind: "file", name },
  file: new Blob([Uint8Array.from(bytes)]),
});

type Pane = Awaited<ReturnType<typeof open>>;

/** A pane with two accounts of one day; the first is in front. */
async function open() {
  const said: string[] = [];
  const desk = new Desk({
    language: () => "zh",
    connected: () => true,
    today: () => "2026-11-20",
    show: () => undefined,
    say: (text) => void said.push(text),
    focus: () => undefined,
  });
  Object.assign(desk.reading, {
    read: (input: Input, choices: Choices) => read(input, { day: "2026-11-20", ...choices }),
  });
  await desk.imports.take([
    file("one.txt", caseNamed("ctp-standard").bytes),
    file("other.txt", ctpOfAccount(OTHERS)),
  ]);
  const [one, other] = desk.entries as [Entry, Entry];
  desk.choose(one.key);
  const surroundings = {
    namespace: "",
    language: () => "zh" as const,
    chooseLanguage: () => undefined,
    chooseTheme: () => undefined,
    chooseMoves: () => undefined,
    chooseWan: () => undefined,
  };
  const problems: unknown[] = [];
  const sheets = new DeskSheets(desk, surroundings, (_, error) => void problems.push(error));
  return { desk, sheets, one, other, problems, said };
}

/** Whose the last written sheet is, by what stands in it; and whose the pane says it is. */
function ofWhom({ desk, one, other, problems }: Pane): readonly unknown[] {
  expect(problems).toEqual([]);
  const text = JSON.stringify(plans.at(-1)?.cells);
  const inIt = [one, other].filter(({ account }) => text.includes(masked(account?.id ?? "")));
  expect(inIt).toHaveLength(1);
  return [inIt[0]?.key, desk.state.written?.entry];
}

beforeEach(() => {
  const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  Object.defineProperty(globalThis, "document", { value: {}, configurable: true });
  plans.length = 0;
  atWriting = () => undefined;
});

afterEach(() => {
  for (const name of ["localStorage", "document"]) Reflect.deleteProperty(globalThis, name);
});

describe.each(["writeReconcile", "printReconcile"] as const)("%s", (act) => {
  test("files the report of the account in front under it", async () => {
    const pane = await open();
    await pane.sheets[act]();
    expect(ofWhom(pane)).toEqual([pane.one.key, pane.one.key]);
  });

  test("files it under the account that came to the front while it was worked out", async () => {
    const pane = await open();
    const { desk, other, sheets } = pane;
    const own = desk.reconciliation.bind(desk);
    Object.assign(desk, {
      reconciliation: (...given: Parameters<typeof own>) => {
        desk.choose(other.key);
        return own(...given);
      },
    });
    await sheets[act]();
    expect(ofWhom(pane)).toEqual([other.key, other.key]);
  });

  test("files it under the account it is of where another comes while it is written", async () => {
    const pane = await open();
    const { desk, one, other, sheets } = pane;
    atWriting = () => desk.choose(other.key);
    await sheets[act]();
    expect(desk.entry?.key).toBe(other.key);
    expect(ofWhom(pane)).toEqual([one.key, one.key]);
  });

  test("files it under whom it is of, whenever another account comes", async () => {
    const seen = new Set<unknown>();
    for (let turns = 0; turns <= 24; turns++) {
      const pane = await open();
      const working = pane.sheets[act]();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      pane.desk.choose(pane.other.key);
      await working;
      const [inIt, said] = ofWhom(pane);
      expect(said).toBe(inIt);
      seen.add(inIt);
    }
    // Early and late enough.
    expect(seen.size).toBe(2);
  });
});

test("a report that was written is shown again to print only where it is of the account in front", async () => {
  const pane = await open();
  const { desk, sheets, one, other } = pane;
  await sheets.writeReconcile();
  await sheets.printReconcile();
  expect(plans).toHaveLength(1);
  expect(desk.state.written).toMatchObject({ sheet: "sheet 1", entry: one.key });
  desk.choose(other.key);
  await sheets.printReconcile();
  expect(plans).toHaveLength(2);
  expect(ofWhom(pane)).toEqual([other.key, other.key]);
});
