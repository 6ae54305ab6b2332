// What was imported is there again when the pane is opened anew: on the same machine, in the same workbook.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { Desk } from "../src/taskpane/desk";
import type { DeskActs } from "../src/taskpane/desk-acts";
import { MOST_BYTES } from "../src/taskpane/desk-kept-imports";
import { NOTHING_TYPED } from "../src/taskpane/desk-state";
import { readKeptInput, readKeptTyped } from "../src/taskpane/kept-shape";
import type { Store } from "../src/taskpane/machine-store";
import { read, type Input } from "../src/taskpane/reading-input";
import type { Choices } from "../src/taskpane/reading-message";
import { sampleInput } from "../src/taskpane/sample";
import { start } from "../src/taskpane/views/import/start";
import { caseNamed } from "./statements/files";
import { elements, said } from "./taskpane/books";
import { ctpOfAccount } from "./taskpane/ctp.mjs";

const CTP = caseNamed("ctp-standard");

const ctp = (): Input => ({
  kind: "file",
  name: "20261120.txt",
  file: new Blob([new Uint8Array(CTP.bytes)]),
});

/** Another account of the same day. */
const other = (): Input => ({
  kind: "file",
  name: "other.txt",
  file: new Blob([new Uint8Array(ctpOfAccount("90000007"))]),
});

const UNKNOWN = "代号,多空,数,结,价\nIO2612-C-4800,卖,3,45.2,4650\n";

/** A machine whose store can be told to refuse. */
class Machine implements Store {
  readonly held = new Map<string, unknown>();
  refuses = false;
  /** It is full: what is there can still be deleted. */
  full = false;

  private within<T>(what: () => T): Promise<T> {
    return this.refuses ? Promise.reject(new Error("QuotaExceededError")) : Promise.resolve(what());
  }
  read = (name: string) => this.within(() => structuredClone(this.held.get(name)));
  write = (name: string, value: unknown) =>
    this.full
      ? Promise.reject(new Error("QuotaExceededError"))
      : this.within(() => void this.held.set(name, structuredClone(value)));
  remove = (names: readonly string[]) =>
    this.within(() => names.forEach((name) => this.held.delete(name)));
  clear = () => this.within(() => this.held.clear());

  get statements(): number {
    return [...this.held.keys()].filter((name) => /^[\d-]+$/.test(name)).length;
  }
}

type Workbook = Map<string, string>;

interface Opened {
  readonly desk: Desk;
  readonly said: string[];
  take(...inputs: Input[]): Promise<void>;
}

/** Typing rests, files are read, and what is to be kept is kept. */
const rest = () => jest.advanceTimersByTimeAsync(5000);

/** The pane is opened in a workbook, on a machine. */
async function open(workbook: Workbook, machine: Machine, today = "2026-11-20"): Promise<Opened> {
  const said: string[] = [];
  const desk = new Desk({
    language: () => "zh",
    connected: () => true,
    today: () => today,
    show: () => undefined,
    say: (text) => void said.push(text),
    focus: () => undefined,
  });
  Object.assign(desk.memory, {
    keeper: {
      read: (kind: string) => {
        const text = workbook.get(kind);
        return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as unknown));
      },
      write: (kind: string, text: string | (() => string)) =>
        void workbook.set(kind, typeof text === "string" ? text : text()),
    },
  });
  Object.assign(desk.reading, {
    read: (input: Input, choices: Choices) => read(input, { day: today, ...choices }),
  });
  desk.kept.store = machine;
  const recalling = desk.memory.recall().then(() => desk.kept.recall());
  await rest();
  await recalling;
  return {
    desk,
    said,
    take: async (...inputs) => {
      const taking = desk.imports.take(inputs);
      await rest();
      await taking;
      await rest();
    },
  };
}

beforeEach(() => {
  jest.useFakeTimers();
  const held = new Map([["option-seller-margin.imports", "on"]]);
  const storage = {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, text: string) => void held.set(name, text),
    removeItem: (name: string) => void held.delete(name),
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
});

afterEach(() => {
  // The clock stays a fake one: what is still under way sets no timer that would keep the process from ending.
  jest.clearAllTimers();
  Reflect.deleteProperty(globalThis, "localStorage");
});

test("an account is there again with its day and what was typed for it, and that is said", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const before = await open(workbook, machine);
  await before.take(ctp());
  const { entry } = before.desk;
  if (!entry) throw new Error("nothing was imported");
  const typed = { ...NOTHING_TYPED, prices: { IO: "4650" } };
  before.desk.set({ typed: { [entry.key]: typed } });
  await rest();

  const { desk, said } = await open(workbook, machine, "2026-11-27");
  expect(desk.entry).toMatchObject({ key: entry.key, day: "2026-11-20", sample: false });
  expect(desk.entry?.statement.positions).toEqual(entry.statement.positions);
  expect(desk.looked?.book.standings.status).toBe(before.desk.looked?.book.standings.status);
  expect(desk.typedFor(entry)).toEqual(typed);
  expect(desk.state.notice?.text).toBe(
    "这是上次在这个工作簿里导入的账户（11-20），从这台电脑取回。不想存，在公司参数里关掉。",
  );
  expect(said.at(-1)).toMatch(/^90\*\*\*\*01 11-20 结算，正常 53\.85%/);
});

test("the workbook carries a mark that tells nothing; in another workbook nothing comes back", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  await (await open(workbook, machine)).take(ctp());
  expect([...workbook.keys()].sort()).toEqual(["mark", "snapshots"]);
  expect(workbook.get("mark")).toMatch(/^"\d+(-\d+){3}"$/);
  expect(machine.statements).toBe(1);
  const other = await open(new Map<string, string>(), machine);
  expect(other.desk.entry).toBeUndefined();
  expect(other.desk.state.notice).toBeUndefined();
});

test("what is removed is gone the next time, from the machine too, and at once", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const { desk, take } = await open(workbook, machine);
  await take(ctp());
  if (desk.entry) desk.imports.remove(desk.entry);
  await jest.advanceTimersByTimeAsync(10);
  expect(machine.statements).toBe(0);
  expect((await open(workbook, machine)).desk.entry).toBeUndefined();
});

test("a table comes back under the columns it was read by, and by the day it was imported on", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const before = await open(workbook, machine);
  await before.take({ kind: "text", name: "粘贴", text: UNKNOWN });
  const [failure] = before.desk.state.failures;
  if (!failure?.table) throw new Error("the columns aren't asked for");
  before.desk.columns.openMapping(failure.table.input, failure.table.read);
  const columns = ["contract", "side", "quantity", "settlement", "underlyingPrice"] as const;
  columns.forEach((column, index) => before.desk.columns.mapColumn(column, index));
  const taking = before.desk.columns.importMapped();
  await rest();
  await taking;
  await rest();
  const positions = before.desk.entry?.statement.positions;
  expect(positions).toHaveLength(1);

  workbook.delete("mappings");
  const { desk } = await open(workbook, machine, "2028-01-05");
  expect(desk.state.questions).toEqual([]);
  expect(desk.entry?.statement.positions).toEqual(positions);
  expect(desk.entry?.key).toBe(before.desk.entry?.key);
});

test("a store that refuses is said, and the account stays in the pane", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const { desk, take, said } = await open(workbook, machine);
  machine.refuses = true;
  await take(ctp());
  expect(said).toContain("导入的账户没能存在这台电脑上：下次打开窗格要重新导入。");
  expect(desk.entry?.day).toBe("2026-11-20");
});

test("a workbook that can't be marked is said once, and leaves nothing on the machine", async () => {
  for (const soon of [true, false]) {
    const machine = new Machine();
    const { desk, take, said } = await open(new Map<string, string>(), machine);
    const { keeper } = desk.memory;
    const write = (kind: string): void => {
      if (kind !== "mark") return;
      if (soon) desk.kept.unmarkable();
      else setTimeout(() => desk.kept.unmarkable(), 2000);
    };
    Object.assign(desk.memory, { keeper: { ...keeper, write } });
    await take(ctp());
    await take(other());
    expect(said.filter((text) => text === desk.texts.importsNotKept)).toHaveLength(1);
    expect(desk.entries).toHaveLength(2);
    expect([...machine.held.keys()].filter((name) => name !== "marks")).toEqual([]);
  }
});

test("a workbook whose mark is none of ours is given one", async () => {
  const [workbook, machine] = [new Map([["mark", '"marks"']]), new Machine()];
  await (await open(workbook, machine)).take(ctp());
  expect(workbook.get("mark")).toMatch(/^"\d+(-\d+){3}"$/);
  expect(machine.statements).toBe(1);
});

test("where the new import can't be kept, an older one doesn't come back as the last", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const { take, said } = await open(workbook, machine);
  await take(ctp());
  machine.full = true;
  await take(other());
  expect(said).toContain("导入的账户没能存在这台电脑上：下次打开窗格要重新导入。");
  expect((await open(workbook, machine)).desk.entries).toEqual([]);
});

test("a removed statement that may still be on the machine is said, not that it wasn't kept", async () => {
  const machine = new Machine();
  const { desk, take, said } = await open(new Map<string, string>(), machine);
  await take(ctp());
  machine.refuses = true;
  if (desk.entry) desk.imports.remove(desk.entry);
  await rest();
  expect(said).toContain(desk.texts.importsStillKept);
  expect(said).not.toContain(desk.texts.importsNotKept);
});

test("a workbook that is only opened is written to no more", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const { take } = await open(workbook, machine);
  await take(ctp());
  await take(other());
  // The blank at the end is lost when a text is written anew.
  for (const [kind, text] of workbook) workbook.set(kind, `${text} `);
  const asItWas = new Map(workbook);
  expect((await open(workbook, machine)).desk.entries).toHaveLength(2);
  expect(workbook).toEqual(asItWas);
});

test("a store that can't be read is said, and what it holds is not written over", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  await (await open(workbook, machine)).take(ctp());
  machine.refuses = true;
  const { desk } = await open(workbook, machine);
  expect(desk.state.notice).toMatchObject({ kind: "problem" });
  machine.refuses = false;
  await rest();
  expect((await open(workbook, machine)).desk.entry?.day).toBe("2026-11-20");
});

test("a file too large to be kept is named with its size; the others are kept", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const { take, said } = await open(workbook, machine);
  const header = "合约,方向,手数,结算价,标的价,保证金\n";
  const long = header + "IO2612-C-4800,卖,3,45.2,4650,177810\n" + " ".repeat(MOST_BYTES);
  await take({ kind: "text", name: "长.csv", text: long });
  await take(ctp());
  await take(other());
  const tooLarge = /^长\.csv 有 20\.0 MB，一个工作簿在这台电脑上最多存 20 MB，没有存/;
  expect(said.filter((text) => tooLarge.test(text))).toHaveLength(1);
  const { desk } = await open(workbook, machine);
  expect(desk.entries.map(({ statement }) => statement.file).sort()).toEqual([
    "20261120.txt",
    "other.txt",
  ]);
});

test("switched off, nothing is kept, and what was kept of any workbook is deleted", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  await (await open(workbook, machine)).take(ctp());
  const { desk, take } = await open(new Map<string, string>(), machine);
  await desk.kept.choose(false);
  expect(machine.held.size).toBe(0);
  expect(desk.state.notice?.text).toBe(
    "这台电脑上存的账户已删除；窗格里的还在，关掉窗格就没有了。",
  );
  await take(ctp());
  expect(machine.held.size).toBe(0);
  await desk.kept.choose(true);
  await rest();
  expect(machine.statements).toBe(1);
});

test("nothing is kept where nobody asked for it", async () => {
  localStorage.removeItem("option-seller-margin.imports");
  const machine = new Machine();
  const { desk, take } = await open(new Map<string, string>(), machine);
  expect(desk.kept.isOn).toBe(false);
  await take(ctp());
  expect(machine.held.size).toBe(0);
});

test("switched off where the browser keeps no choice, nothing is kept, and that is said", async () => {
  const storage = {
    getItem: () => "on",
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  const machine = new Machine();
  const { desk, take } = await open(new Map<string, string>(), machine);
  await desk.kept.choose(false);
  expect(desk.kept.isOn).toBe(false);
  expect(desk.state.notice?.text).toBe(desk.texts.offNotKept);
  await take(ctp());
  expect(machine.held.size).toBe(0);
});

test("what was deleted on the machine is not kept again with what is imported or typed later", async () => {
  const [workbook, machine] = [new Map<string, string>(), new Machine()];
  const { desk, take } = await open(workbook, machine);
  await take(ctp());
  const { entry } = desk;
  if (!entry) throw new Error("nothing was imported");
  await desk.kept.clear();
  desk.set({ typed: { [entry.key]: { ...NOTHING_TYPED, equity: "500000" } } });
  await rest();
  expect(machine.held.size).toBe(0);
  await take(other());
  const { desk: again } = await open(workbook, machine);
  expect(again.entries.map(({ account }) => account?.id)).toEqual(["90000007"]);
  expect(again.state.typed).toEqual({});
});

test("what is deleted while it is being kept is deleted", async () => {
  const machine = new Machine();
  const { desk, take } = await open(new Map<string, string>(), machine);
  await take(ctp());
  const write: Store["write"] = async (name, value) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    machine.held.set(name, value);
  };
  Object.assign(machine, { write });
  const taking = desk.imports.take([other()]);
  await jest.advanceTimersByTimeAsync(1200);
  await taking;
  const clearing = desk.kept.clear();
  await rest();
  await clearing;
  expect(machine.held.size).toBe(0);
});

test("before anything is imported it is said whether it will be kept, and where that is changed", async () => {
  const { desk } = await open(new Map<string, string>(), new Machine());
  const texts = desk.importTexts;
  const page = (): ReturnType<typeof start> => start(desk, {} as DeskActs, true, "zh", texts);
  expect(said(page())).toContain(texts.promiseKept);
  await desk.kept.choose(false);
  expect(said(page())).toContain(texts.promiseNotKept);
  expect(said(page())).not.toContain(texts.promiseKept);
  expect([...elements(page())].map(({ attributes }) => attributes["id"])).toContain(
    "keeping-in-settings",
  );
});

test("the sample leaves nothing on the machine", async () => {
  const machine = new Machine();
  const { desk } = await open(new Map<string, string>(), machine);
  const bytes = new Uint8Array(CTP.bytes);
  Object.assign(globalThis, { fetch: () => Promise.resolve(new Response(bytes)) });
  expect((await sampleInput()).kind).toBe("file");
  const trying = desk.imports.takeSample();
  await rest();
  expect(await trying).toBe(true);
  await rest();
  expect(desk.entry?.sample).toBe(true);
  expect(machine.held.size).toBe(0);
});

test("of whatever the store holds, only what is an input or text is taken", () => {
  fc.assert(
    fc.property(fc.anything(), (held) => {
      const input = readKeptInput(held);
      expect(input === undefined || typeof input.input.name === "string").toBe(true);
      for (const typed of Object.values(readKeptTyped(held))) {
        expect(Object.keys(typed)).toEqual(
          expect.arrayContaining(["prices", "rates", "equity", "terms", "previous"]),
        );
      }
    }),
    { seed: 20261120, numRuns: 300 },
  );
});
