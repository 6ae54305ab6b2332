/** The live sheets of what is looked at: writing them, rewriting them, taking them back. */
import type { Reconciliation, SheetPlan } from "../account";
import { inBreaths } from "./breaths";
import type { Desk, Looked } from "./desk";
import type { SayProblem, Surroundings } from "./desk-acts";
import type { Entry } from "./desk-entries";
import type { OwnSheet, Written } from "./desk-state";
import type { Language } from "./language";
import { NotLoaded } from "./late";
import { rooms } from "./rooms";
import { extentOf } from "./sheet-difference";
import { FRAME_TEXTS } from "./texts-frame";
import { WorkbookError } from "./workbook";
import {
  changesBy,
  isShown,
  removeSheet,
  sheetNames,
  spills,
  updateSheet,
  writeSheet,
} from "./workbook-sheets";

/** A figure a little above the one in a cell, with as many decimals. */
function nearby(value: number): string {
  const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return (value * 1.03).toFixed(decimals);
}

function firstInput({ cells, firstInput: at }: SheetPlan): string | undefined {
  const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(at) ?? [];
  const column = [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
  const value = cells[Number(row) - 1]?.[column - 1]?.value;
  return typeof value === "number" ? nearby(value) : undefined;
}

/** The sheet is gone, has another name, or was never ours. */
const isGone = (error: unknown): boolean =>
  error instanceof WorkbookError && error.problem === "noSuchRange";

export class DeskSheets {
  /** Sheets written for the sample, which go with it. */
  private sampleSheets: string[] = [];
  /** The report last written of a reconciliation. */
  private readonly reports = new WeakMap<Reconciliation, string>();

  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
    private readonly problem: SayProblem,
  ) {}

  private async plan({ book }: Looked, taken: readonly string[]): Promise<SheetPlan> {
    const { liveSheetInSteps } = await rooms.sheets.arrive();
    const language = this.surroundings.language();
    const { namespace } = this.surroundings;
    return inBreaths(liveSheetInSteps(book, { language, namespace, taken, spills: spills() }));
  }

  private async over(looked: Looked, { sheet }: OwnSheet): Promise<SheetPlan> {
    return { ...(await this.plan(looked, [])), name: sheet };
  }

  private keep(key: string, sheet: OwnSheet | undefined): void {
    const sheets = { ...this.desk.state.sheets };
    if (sheet) sheets[key] = sheet;
    else delete sheets[key];
    this.desk.set({ sheets });
  }

  /** One at a time: a second press while Excel works asks for nothing more. What is typed is in it. */
  private async once(work: () => Promise<void>): Promise<void> {
    const { desk } = this;
    if (desk.state.writing) return;
    desk.rested();
    desk.set({ writing: true });
    try {
      await desk.calculation.settled();
      await work();
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      this.problem("write", error);
    } finally {
      desk.set({ writing: false });
    }
  }

  /** Writes a sheet; where there is one of this account and day already, asks which is meant. */
  write(): Promise<void> {
    return this.once(async () => {
      const { looked, state } = this.desk;
      if (!looked) return;
      const known = state.sheets[looked.entry.key];
      if (!known) return this.writeNew(looked);
      try {
        this.offer(known, await changesBy(await this.over(looked, known), known));
      } catch (error) {
        if (!isGone(error)) return this.problem("write", error);
        this.keep(looked.entry.key, undefined);
        await this.writeNew(looked);
      }
    });
  }

  another(): Promise<void> {
    return this.once(async () => {
      const { looked } = this.desk;
      if (looked) await this.writeNew(looked);
    });
  }

  private offer({ sheet }: OwnSheet, cells: number): void {
    const { texts } = this.desk;
    const text = cells === 0 ? texts.upToDate(sheet) : texts.updateAsked(sheet, cells);
    this.desk.notify({ kind: "done", text, update: { cells } });
  }

  /** Writes a new sheet; says which cell to change where it is the sample's. */
  private async writeNew(looked: Looked): Promise<void> {
    const { desk } = this;
    const { entry, book } = looked;
    const { MOST_SHEET_ROWS } = await rooms.sheets.arrive();
    if (book.lines.length > MOST_SHEET_ROWS) {
      const text = desk.texts.sheetTooLong(book.lines.length, MOST_SHEET_ROWS);
      return desk.notify({ kind: "problem", text });
    }
    try {
      const plan = await this.plan(looked, await sheetNames());
      const { sheet } = await writeSheet(plan);
      if (entry.sample) this.sampleSheets.push(sheet);
      this.keep(entry.key, { sheet, ...extentOf(plan) });
      const other = entry.sample ? firstInput(plan) : undefined;
      const said = (language: Language): string =>
        [
          FRAME_TEXTS[language].written(sheet, plan.liveRows),
          other === undefined ? "" : FRAME_TEXTS[language].tryIt(plan.firstInput, other),
        ]
          .filter(Boolean)
          .join(language === "zh" ? "" : " ");
      const text = { zh: said("zh"), en: said("en") };
      this.sayWritten({ sheet, entry: entry.key, of: "account", text });
    } catch (error) {
      this.problem("write", error);
    }
  }

  private sayWritten(written: Written): void {
    const { desk } = this;
    desk.set({ written, notice: undefined });
    desk.around.say(written.text[this.surroundings.language()]);
  }

  /** Writes the sets to dissolve and to build as a sheet of their own, a new one each time. */
  writeCombining(): Promise<void> {
    return this.once(async () => {
      const { looked } = this.desk;
      if (!looked) return;
      const { book, entry } = looked;
      const { combiningOf, combiningSheet } = await rooms.actions.arrive();
      const combining = await inBreaths(combiningOf(book));
      if ("refused" in combining || combining.acts.length === 0) return;
      const language = this.surroundings.language();
      try {
        const plan = combiningSheet(book, combining, { language, taken: await sheetNames() });
        const { sheet } = await writeSheet(plan);
        if (entry.sample) this.sampleSheets.push(sheet);
        const acts = combining.acts.length;
        const text = {
          zh: FRAME_TEXTS.zh.writtenActs(sheet, acts),
          en: FRAME_TEXTS.en.writtenActs(sheet, acts),
        };
        this.sayWritten({ sheet, entry: entry.key, of: "combining", text });
      } catch (error) {
        this.problem("write", error);
      }
    });
  }

  /** Writes the timeline of expiries as a sheet of its own, a new one each time. */
  writeExpiry(): Promise<void> {
    return this.once(async () => {
      const { desk } = this;
      const { looked } = desk;
      if (!looked) return;
      const { book, entry } = looked;
      const { timelineOf, expirySheetInSteps, EXPIRY_TEXTS, MOST_SHEET_ROWS } =
        await rooms.expiry.arrive();
      const timeline = await inBreaths(timelineOf(book, desk.state.expiry.basis));
      const rows = timeline.lines.length;
      const language = this.surroundings.language();
      if (rows > MOST_SHEET_ROWS) {
        const text = EXPIRY_TEXTS[language].tooLong(rows, MOST_SHEET_ROWS);
        return desk.notify({ kind: "problem", text });
      }
      try {
        const asked = { language, taken: await sheetNames() };
        const plan = await inBreaths(expirySheetInSteps(timeline, asked));
        const { sheet } = await writeSheet(plan);
        if (entry.sample) this.sampleSheets.push(sheet);
        const text = {
          zh: EXPIRY_TEXTS.zh.written(sheet, rows),
          en: EXPIRY_TEXTS.en.written(sheet, rows),
        };
        this.sayWritten({ sheet, entry: entry.key, of: "expiry", text });
      } catch (error) {
        this.problem("write", error);
      }
    });
  }

  /** Writes what Market shows as a sheet of its own, a new one each time. */
  writeMarket(): Promise<void> {
    return this.once(async () => {
      const { desk } = this;
      const { looked } = desk;
      if (!looked) return;
      const { book, entry } = looked;
      const code = await rooms.market.arrive();
      const { market, grid, assumed } = desk.marketed(code, book).marketed;
      if (!market || "refused" in market || !grid || !assumed) return;
      const language = this.surroundings.language();
      const { namespace } = this.surroundings;
      const { marketSheetInSteps, MARKET_TEXTS } = code;
      try {
        const asked = { language, namespace, taken: await sheetNames() };
        const plan = await inBreaths(marketSheetInSteps(market, { grid, assumed }, asked));
        const { sheet } = await writeSheet(plan);
        if (entry.sample) this.sampleSheets.push(sheet);
        const text = { zh: MARKET_TEXTS.zh.written(sheet), en: MARKET_TEXTS.en.written(sheet) };
        this.sayWritten({ sheet, entry: entry.key, of: "market", text });
      } catch (error) {
        this.problem("write", error);
      }
    });
  }

  /** Writes the reconciliation of the day as a sheet of its own, a new one each time. */
  writeReconcile(): Promise<void> {
    return this.once(async () => {
      const report = await this.report();
      if (report) this.sayWritten(report);
    });
  }

  /** Shows the report to print: the one written last if it says what is found now, else a new one. */
  printReconcile(): Promise<void> {
    return this.once(async () => {
      const code = await rooms.reconcile.arrive();
      const { RECONCILE_TEXTS } = code;
      const now = await this.desk.reconciliation(code);
      const last = this.desk.state.written;
      const isHere = now && last?.of === "reconcile" && this.reports.get(now.found) === last.sheet;
      const report = isHere && (await isShown(last.sheet)) ? last : await this.report();
      if (!report) return;
      const { sheet } = report;
      const said = (language: Language): string => RECONCILE_TEXTS[language].toPrint(sheet);
      this.sayWritten({ ...report, text: { zh: said("zh"), en: said("en") } });
    });
  }

  private async report(): Promise<Written | undefined> {
    const { desk } = this;
    const code = await rooms.reconcile.arrive();
    const { RECONCILE_TEXTS, reconcileSheet, MOST_SHEET_ROWS } = code;
    // Another account may have come to the front meanwhile: then it is that one's.
    const now = await desk.reconciliation(code);
    if (!now) return undefined;
    const { entry, found } = now;
    const { language: languageOf, namespace } = this.surroundings;
    const language = languageOf();
    const breaking = found.breaking.length;
    if (breaking > MOST_SHEET_ROWS) {
      const text = RECONCILE_TEXTS[language].tooLong(breaking, MOST_SHEET_ROWS);
      desk.notify({ kind: "problem", text });
      return undefined;
    }
    try {
      const plan = reconcileSheet(found, { language, namespace, taken: await sheetNames() });
      const { sheet } = await writeSheet(plan);
      this.reports.set(found, sheet);
      if (entry.sample) this.sampleSheets.push(sheet);
      const text = {
        zh: RECONCILE_TEXTS.zh.written(sheet, plan.liveRows),
        en: RECONCILE_TEXTS.en.written(sheet, plan.liveRows),
      };
      return { sheet, entry: entry.key, of: "reconcile", text };
    } catch (error) {
      this.problem("write", error);
      return undefined;
    }
  }

  /** Rewrites the sheet, but only what was said to change: what has changed since is said anew. */
  update(said: number): Promise<void> {
    return this.once(() => this.rewrite(said));
  }

  private async rewrite(said: number): Promise<void> {
    const { desk } = this;
    const { looked, state } = desk;
    const known = looked && state.sheets[looked.entry.key];
    if (!known) return;
    const plan = await this.over(looked, known);
    try {
      const cells = await changesBy(plan, known);
      if (cells !== said) return this.offer(known, cells);
    } catch (error) {
      return this.problem("update", error);
    }
    try {
      await updateSheet(plan, known);
      this.keep(looked.entry.key, { sheet: known.sheet, ...extentOf(plan) });
      desk.set({ written: undefined });
      desk.notify({ kind: "done", text: desk.texts.updated(known.sheet, said) });
    } catch {
      desk.notify({ kind: "problem", text: desk.texts.updateBroken(known.sheet) });
    }
  }

  undo(): Promise<void> {
    return this.once(() => this.takeBack());
  }

  private async takeBack(): Promise<void> {
    const { desk } = this;
    const { written } = desk.state;
    if (!written) return;
    try {
      await removeSheet(written.sheet);
      this.sampleSheets = this.sampleSheets.filter((name) => name !== written.sheet);
      if (written.of === "account") this.keep(written.entry, undefined);
      desk.set({ written: undefined });
      desk.notify({ kind: "done", text: desk.texts.undone(written.sheet) });
    } catch (error) {
      this.problem("undo", error);
    }
  }

  /** Takes the sample's sheets away; one the user has deleted or renamed is theirs. */
  async clearSample({ key }: Entry): Promise<void> {
    const sheets = this.sampleSheets;
    this.sampleSheets = [];
    this.keep(key, undefined);
    for (const sheet of sheets) await removeSheet(sheet);
  }
}
