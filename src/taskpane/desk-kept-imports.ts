/**
 * What was imported, kept on this machine for when the pane is opened again. The workbook carries a mark
 * and nothing else of it: whoever is sent the workbook is sent no statement.
 */
import type { Day } from "../core";
import type { Desk } from "./desk";
import type { Imported } from "./desk-entries";
import type { ParameterFile } from "./desk-parameters";
import type { DeskState } from "./desk-state";
import { keptInput, readKeptInput, readKeptTyped, type KeptInput } from "./kept-shape";
import type { Input } from "./reading-input";
import { machineStore, type Store } from "./machine-store";
import { keepImports, recalledImports } from "./preferences";
import { Turns } from "./turns";

/** Bytes kept of one workbook's files together, and workbooks of which anything is kept. */
export const MOST_BYTES = 20_000_000;
const MOST_WORKBOOKS = 12;
const MEGABYTE = 1_000_000;

/** Typing and importing are over before anything is kept. */
const REST = 800;

/** The marks of workbooks, the one that was written to last at the end. */
const MARKS = "marks";
const typedName = (mark: string): string => `${mark} typed`;

const isMark = (value: unknown): value is string =>
  typeof value === "string" && /^\d+(-\d+){3}$/.test(value);

const newMark = (): string => [...crypto.getRandomValues(new Uint32Array(4))].join("-");

const sizeOf = ({ input }: KeptInput): number => {
  if (input.kind === "file") return input.file.size;
  return input.kind === "text" ? input.text.length : JSON.stringify(input.cells).length;
};

type Kept = Pick<DeskState, "imported" | "parameters" | "typed">;

export class DeskKeptImports {
  store: Store = machineStore;
  private mark: string | undefined;
  /** Nothing is kept for a workbook that takes no mark: it could never be brought back. */
  private takesMark = true;
  /** What was chosen here, even where the machine can't keep that choice. */
  private chosen: boolean | undefined;
  /** What is kept by now; undefined until it is known what was kept before. */
  private last: Kept | undefined;
  /** What the store holds for this workbook. */
  private held: ReadonlySet<Input> = new Set();
  /** What was deleted on the machine while it is still in the pane: it isn't kept again. */
  private deleted = new WeakSet<Input>();
  private saidTooLarge = new WeakSet<Input>();
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is written after what was asked for later, such as deleting all. */
  private readonly turns = new Turns();

  constructor(private readonly desk: Desk) {}

  get isOn(): boolean {
    return this.chosen ?? recalledImports();
  }

  /** Once Excel is reached: brings back what was imported here before. */
  async recall(): Promise<void> {
    if (this.last || !this.desk.around.connected()) return;
    const mark = await this.desk.memory.keeper.read("mark");
    if (isMark(mark)) this.mark = mark;
    if (this.isOn && this.mark !== undefined) await this.bringBack(this.mark);
    const { imported, parameters, typed } = this.desk.state;
    // What was imported or typed before Excel answered is still to be kept.
    this.last ??= { imported: this.back, parameters: this.backParameters, typed };
    if (imported.length > 0 || parameters.length > 0) this.follow();
  }

  /** When a file was imported: one without a day goes by it. */
  private readonly days = new WeakMap<Input, Day>();
  private back: Kept["imported"] = [];
  private backParameters: Kept["parameters"] = [];

  private async bringBack(mark: string): Promise<void> {
    const { desk } = this;
    let files: unknown;
    let typed: unknown;
    try {
      [files, typed] = await Promise.all([this.store.read(mark), this.store.read(typedName(mark))]);
    } catch {
      return desk.notify({ kind: "problem", text: desk.texts.importsUnread });
    }
    const inputs = Array.isArray(files) ? files.flatMap((one) => readKeptInput(one) ?? []) : [];
    if (inputs.length === 0) return;
    for (const { input, choices } of inputs) if (choices.day) this.days.set(input, choices.day);
    this.held = new Set(inputs.map(({ input }) => input));
    await desk.imports.bringBack(inputs, readKeptTyped(typed));
    this.back = desk.state.imported;
    this.backParameters = desk.state.parameters;
  }

  /** After each change: what is new is kept once it rests. */
  follow(): void {
    const { last } = this;
    if (!last || !this.isOn || !this.takesMark || !this.desk.around.connected()) return;
    const { imported, parameters, typed } = this.desk.state;
    const same =
      last.imported === imported && last.parameters === parameters && last.typed === typed;
    if (same) return;
    // The workbook is marked at once: it may be closed soon.
    if (imported.some(({ input, sample }) => input && !sample)) this.marked();
    clearTimeout(this.resting);
    // What is removed goes at once: were the pane closed before, it would come back.
    const rest = imported.length < last.imported.length ? 0 : REST;
    this.resting = setTimeout(() => void this.turns.take(() => this.keep()), rest);
  }

  private async keep(): Promise<void> {
    const { desk, last } = this;
    // Another pane may have switched it off meanwhile.
    if (!this.isOn || !this.takesMark) return;
    const { imported, parameters, typed } = desk.state;
    this.last = { imported, parameters, typed };
    const heldBefore = this.held.size > 0;
    try {
      if (last?.imported !== imported || last.parameters !== parameters) {
        await this.keepFiles(imported, parameters);
      }
      if (this.mark !== undefined) await this.keepTyped(this.mark, typed);
    } catch {
      // What was kept before would come back as if it were what was imported last.
      const isGone = await this.forgetThis();
      const { importsNotKept, importsStillKept } = desk.texts;
      const text = isGone || !heldBefore ? importsNotKept : importsStillKept;
      desk.notify({ kind: "problem", text });
    }
  }

  private async keepFiles(
    imported: readonly Imported[],
    parameters: readonly ParameterFile[],
  ): Promise<void> {
    const { desk } = this;
    const kept = this.withinRoom(
      [
        ...parameters.map(({ input }) => ({ input, choices: {} })),
        ...imported.flatMap(({ input, statement, sample }) => {
          if (!input || sample) return [];
          const { format, table } = statement;
          const day = this.days.get(input) ?? desk.around.today();
          this.days.set(input, day);
          const choices = { day, format, ...(table ? { mapping: table.mapping } : {}) };
          return [{ input, choices }];
        }),
      ].filter(({ input }) => !this.deleted.has(input)),
    );
    const mark = kept.length > 0 ? this.marked() : this.mark;
    if (mark === undefined) return;
    if (kept.length === 0) await this.forget([mark]);
    else {
      await this.store.write(mark, await Promise.all(kept.map(keptInput)));
      await this.keepMarks(mark);
    }
    this.held = new Set(kept.map(({ input }) => input));
  }

  /** The newest first; a file for which there is no room is said once. */
  private withinRoom(files: readonly KeptInput[]): readonly KeptInput[] {
    let bytes = 0;
    const tooLarge: KeptInput[] = [];
    const kept = [...files].reverse().filter((one) => {
      const size = sizeOf(one);
      const fits = bytes + size <= MOST_BYTES;
      if (fits) bytes += size;
      else tooLarge.push(one);
      return fits;
    });
    for (const one of tooLarge) {
      if (this.saidTooLarge.has(one.input)) continue;
      this.saidTooLarge.add(one.input);
      const { texts } = this.desk;
      const size = (sizeOf(one) / MEGABYTE).toFixed(1);
      const text = texts.importTooLarge(one.input.name, size, MOST_BYTES / MEGABYTE);
      this.desk.notify({ kind: "problem", text });
    }
    return kept.reverse();
  }

  /** A mark of its own for the workbook, which tells nothing; none where the workbook takes none. */
  private marked(): string | undefined {
    if (this.mark !== undefined || !this.takesMark) return this.mark;
    // Known before it is written: what says that it can't be leads here again.
    this.mark = newMark();
    this.desk.memory.keeper.write("mark", JSON.stringify(this.mark));
    return this.mark;
  }

  /** The workbook could not be marked: what was kept for it goes, and that is said. */
  unmarkable(): void {
    if (!this.takesMark) return;
    this.takesMark = false;
    clearTimeout(this.resting);
    void this.turns.take(() => this.forgetThis());
    this.desk.notify({ kind: "problem", text: this.desk.texts.importsNotKept });
  }

  /** What was typed for statements that are kept, and for no others. */
  private async keepTyped(mark: string, typed: Kept["typed"]): Promise<void> {
    const isHeld = ({ input }: Imported): boolean => input !== undefined && this.held.has(input);
    const held = this.desk.entries.filter(({ from }) => from.some(isHeld));
    if (held.length === 0) return;
    const keys = new Set(held.map(({ key }) => key));
    const own = Object.entries(typed).filter(([key]) => keys.has(key));
    await this.store.write(typedName(mark), Object.fromEntries(own));
  }

  /** Of many workbooks the one that was written to longest ago is forgotten. */
  private async keepMarks(mark: string): Promise<void> {
    const before = await this.store.read(MARKS);
    const others = Array.isArray(before) ? before.filter((one) => one !== mark) : [];
    const marks = [...others.map(String), mark];
    await this.forget(marks.slice(0, -MOST_WORKBOOKS));
    await this.store.write(MARKS, marks.slice(-MOST_WORKBOOKS));
  }

  private forget(marks: readonly string[]): Promise<void> {
    return this.store.remove(marks.flatMap((mark) => [mark, typedName(mark)]));
  }

  /** Of this workbook; whether that is certain. */
  private async forgetThis(): Promise<boolean> {
    this.held = new Set();
    try {
      if (this.mark !== undefined) await this.forget([this.mark]);
      return true;
    } catch {
      return false;
    }
  }

  /** Whether imports are kept from now on; what is here stays here. */
  async choose(on: boolean): Promise<void> {
    keepImports(on);
    this.chosen = on;
    this.desk.set({});
    if (!on) {
      const { importsCleared, offNotKept } = this.desk.texts;
      return this.clear(recalledImports() ? offNotKept : importsCleared);
    }
    this.deleted = new WeakSet();
    if (this.last) this.last = { ...this.last, imported: [] };
    this.follow();
  }

  /** Of every workbook on this machine. */
  async clear(done = this.desk.texts.importsCleared): Promise<void> {
    const { desk } = this;
    clearTimeout(this.resting);
    const { imported, parameters, typed } = desk.state;
    for (const { input } of [...imported, ...parameters]) if (input) this.deleted.add(input);
    for (const input of this.held) this.deleted.add(input);
    if (this.last) this.last = { imported, parameters, typed };
    this.held = new Set();
    try {
      await this.turns.take(() => this.store.clear());
      this.held = new Set();
      desk.notify({ kind: "done", text: done });
    } catch {
      desk.notify({ kind: "problem", text: desk.texts.importsNotCleared });
    }
  }
}
