/** Page and worker of two builds: what one says in a form the other doesn't know is never taken for an empty book. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { exchanges } from "../src/exchanges";
import { packedBook, plainBook, readStatement, type PlainBook } from "../src/statements";
import { RULES_HELD, rulesHeld } from "../src/taskpane/parcel";
import { answering } from "../src/taskpane/reading-answer";
import {
  COLUMNS,
  FORMS,
  LISTS,
  ROWS,
  type Answer,
  type Ask,
  type Taken,
} from "../src/taskpane/reading-message";
import type { Input } from "../src/taskpane/reading-input";
import { shown } from "./host/shown";
import { caseNamed } from "./statements/files";

const { bytes, file: name } = caseNamed("ctp-standard");
const INPUT: Input = { kind: "file", name, file: new Blob([Uint8Array.from(bytes)]) };
const CHOICES = { day: "2026-11-20" };

type Post = (answer: Answer, transfer: readonly Transferable[]) => void;
type Hear = (data: Ask | Taken) => void;

/** Everything the worker says to a page that asks so. */
function saidTo(takes: Ask["takes"]): Promise<readonly Answer[]> {
  return new Promise((resolve) => {
    const said: Answer[] = [];
    const hear = answering((answer) => {
      said.push(structuredClone(answer));
      if (answer.kind === "part") setImmediate(() => hear({ taken: 1 }));
      if (answer.kind === "done" || answer.kind === "failed") resolve(said);
    });
    hear({ id: 1, input: INPUT, choices: CHOICES, takes });
  });
}

describe("a worker", () => {
  test.each([
    ["names no form: it is of a build before there were any", undefined],
    ["takes rows alone", [ROWS]],
    ["takes forms of another build", ["columns 9 of another build", "rows 9 of another build"]],
  ])("sends rows where a page %s", async (_, takes) => {
    const said = await saidTo(takes);
    const items = said.flatMap((one) =>
      one.kind === "part" && one.list === "positions" ? one.items : [],
    );
    expect(items).toHaveLength(10);
    expect(said.at(-1)).toMatchObject({ kind: "done", book: undefined });
    expect(new Set(said.map(({ form }) => form))).toEqual(new Set([ROWS]));
  });

  test("sends columns to a page that takes them, and says so in all it says", async () => {
    const said = await saidTo(FORMS);
    expect(said.some((one) => one.kind === "part" && one.list === "positions")).toBe(false);
    const last = said.at(-1);
    expect(last?.kind === "done" && last.book).toBeTruthy();
    expect(new Set(said.map(({ form }) => form))).toEqual(new Set([COLUMNS]));
  });
});

/** A worker of some build: what it answers the n-th time it is asked. */
type Build = (ask: Ask, say: Post) => void;

describe("a page", () => {
  const opened: MessagePort[] = [];
  let asks: { readonly by: "worker" | "page"; readonly ask: Ask }[] = [];

  /** Puts a worker and the page's own reader there, each of some build; undefined for this one. */
  function put(worker: Build | undefined, own: Build | undefined): void {
    const hearingOf = (build: Build | undefined, by: "worker" | "page", say: Post): Hear => {
      const hear: Hear = build
        ? (data) => ("taken" in data ? undefined : build(data, say))
        : answering(say);
      return (data) => {
        if (!("taken" in data)) asks.push({ by, ask: data });
        hear(data);
      };
    };
    class Thread extends EventTarget {
      private ended = false;
      private readonly hear = hearingOf(worker, "worker", (said, transfer) => {
        const data = structuredClone(said, { transfer: [...transfer] });
        if (!this.ended) this.dispatchEvent(new MessageEvent("message", { data }));
      });
      postMessage(data: Ask | Taken): void {
        setImmediate(() => this.hear(data));
      }
      terminate(): void {
        this.ended = true;
      }
    }
    const readHere = (port: MessagePort): void => {
      opened.push(port);
      const hear = hearingOf(own, "page", (said, transfer) =>
        port.postMessage(said, [...transfer]),
      );
      port.onmessage = ({ data }: MessageEvent<Ask | Taken>) => hear(data);
    };
    const script = { onload: (): void => undefined };
    Object.assign(globalThis, {
      Worker: Thread,
      window: { optionSellerMarginReadHere: readHere },
      document: {
        createElement: () => script,
        head: { append: () => setImmediate(() => script.onload()) },
      },
    });
  }

  /** A page opened anew: which worker it has is remembered by its code. */
  async function readOnPage(): Promise<{ readonly says: unknown; readonly columns: boolean }> {
    jest.resetModules();
    const { readInput } = await import("../src/taskpane/reading");
    const { plainBook } = await import("../src/statements");
    const { shown } = await import("./host/shown");
    const following = { signal: new AbortController().signal, onRows: () => undefined };
    const { statement } = await readInput(INPUT, CHOICES, following);
    return { columns: plainBook(statement) !== undefined, says: shown(statement) };
  }

  const EMPTY = { statement: {}, head: [], parameters: undefined };
  const saysInNoForm: Build = ({ id }, say) => say({ id, kind: "done", ...EMPTY }, []);
  const saysInAnother: Build = ({ id }, say) =>
    say({ id, form: "columns 9 of another build", kind: "done", ...EMPTY }, []);
  const sendsOtherParts: Build = ({ id }, say) =>
    say({ id, form: "rows 9 of another build", kind: "part", list: "positions", items: [1] }, []);
  /** As builds did that sent columns before there were forms. */
  const sendsColumnsUnsaid: Build = ({ id }, say) => {
    void readStatement(Uint8Array.from(bytes), name, CHOICES).then((statement) => {
      const { parcel, transfer } = packedBook(plainBook(statement) as PlainBook);
      say({ id, kind: "done", ...EMPTY, book: parcel }, transfer);
    });
  };

  beforeEach(() => {
    asks = [];
  });

  afterEach(() => {
    for (const port of opened.splice(0)) port.close();
    for (const one of ["Worker", "window", "document"]) Reflect.deleteProperty(globalThis, one);
  });

  const whole = async (): Promise<unknown> =>
    shown(await readStatement(bytes, name, { ...CHOICES, rowByRow: true }));

  test("says which forms it takes, and takes its own worker's columns", async () => {
    put(undefined, undefined);
    const { says, columns } = await readOnPage();
    expect(asks.map(({ by, ask }) => [by, ask.takes])).toEqual([["worker", FORMS]]);
    expect(columns).toBe(true);
    expect(says).toEqual(await whole());
  });

  test.each([
    ["names none", saysInNoForm],
    ["sends columns and names none", sendsColumnsUnsaid],
    ["names one of another build", saysInAnother],
    ["sends parts in one of another build", sendsOtherParts],
  ])("reads the file itself where the worker's answer %s", async (_, worker) => {
    put(worker, undefined);
    const { says } = await readOnPage();
    expect(asks.map(({ by }) => by)).toEqual(["worker", "page"]);
    expect(says).toEqual(await whole());
    expect((says as { positions: unknown[] }).positions).toHaveLength(10);
  });

  test.each([
    ["names none", saysInNoForm],
    ["names one of another build", saysInAnother],
    ["sends parts in one of another build", sendsOtherParts],
  ])("says so where its own reader's answer %s too", async (_, own) => {
    put(saysInAnother, own);
    const failed = await readOnPage().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(asks.map(({ by }) => by)).toEqual(["worker", "page"]);
    expect((failed as Error).constructor.name).toBe("OtherBuild");
  });
});

describe("a form", () => {
  test("tells which rules a side holds, whose places pass instead of them", () => {
    expect(FORMS).toEqual([`rows 1 ${RULES_HELD}`, `columns 2 ${RULES_HELD}`]);
    const one = exchanges.find(({ editions }) => editions.length > 1);
    const fewer = exchanges.map((rules) =>
      rules === one ? { ...rules, editions: rules.editions.slice(1) } : rules,
    );
    expect(rulesHeld(exchanges)).toBe(RULES_HELD);
    expect(rulesHeld(fewer)).not.toBe(RULES_HELD);
  });

  // Whoever changes these changes the number in the form's name, and then this list.
  test("is of what passes: a statement's fields, its lists, and the columns", async () => {
    const statement = await readStatement(bytes, name, CHOICES);
    const [position] = statement.positions;
    const { parcel } = packedBook(plainBook(statement) as PlainBook);
    const fieldsOf = (one: unknown): string => Object.keys(one as object).join(" ");
    expect({
      lists: LISTS.join(" "),
      statement: fieldsOf(statement),
      position: fieldsOf(position),
      subject: fieldsOf(position?.subject),
      quote: fieldsOf(statement.quotes[0]),
      parcel: fieldsOf(parcel),
      table: fieldsOf(parcel.summary),
      columns: fieldsOf(parcel.summary.columns),
      layout: [...parcel.summary.layout].join(" "),
      openings: [...(parcel.openings?.layout ?? [])].join(" "),
    }).toEqual({
      lists: "positions lots quotes trades exercises",
      statement:
        "file format choices encoding period from day account accounts positions lots combinations quotes trades exercises problems controls rows totals table",
      position:
        "place account contract subject side quantity openPrice previousSettlement settlement margin hedge marketValue right strike multiplier exchange openDay",
      subject: "kind contract",
      quote: "contract day settlement previousSettlement",
      parcel: "bytes encoding words on id summary openings groups",
      table: "layout columns",
      columns: "isShort lots settlement margin value openDay contract hedge account lines starts",
      layout: "15 10 0 7 1 8 4 2 15 3 11 5 6",
      openings: "13 15 10 9 11 14 0 7 4 2 15 15 3 5",
    });
  });
});
