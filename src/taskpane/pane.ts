/** What the user can do: each action makes the next state, and the page is shown anew from it. */
import type { Draft, Reading } from "./draft";
import { referencesOf } from "./draft-arguments";
import { prefixOf } from "./families";
import { hostLanguage } from "./host";
import type { Catalog, FunctionEntry } from "./catalog";
import {
  keepLanguage,
  keepMoves,
  keepTheme,
  keepWan,
  type LanguageChoice,
  type MoveColours,
  type ThemeChoice,
} from "./preferences";
import { cellCount } from "./reference";
import { fieldsFrom } from "./selection";
import { rooms } from "./rooms";
import { openFunction, type Notice, type OpenFunction, type State } from "./state";
import { TEXTS, type Texts } from "./texts";
import * as workbook from "./workbook";

export type Part = "more" | "working" | "source";

const problemIn = (error: unknown): workbook.WorkbookProblem =>
  error instanceof workbook.WorkbookError ? error.problem : "failed";

/** Cells that are read again without a thought. */
const SMALL = 1000;

export class Pane {
  /** What was typed into functions that are closed again. */
  private readonly kept = new Map<string, OpenFunction>();
  private typing: ReturnType<typeof setTimeout> | undefined;
  private looking: Promise<number> | undefined;

  constructor(
    public state: State,
    private readonly show: (state: State) => void,
  ) {}

  private get texts(): Texts {
    return TEXTS[this.state.language];
  }

  private get catalog(): Catalog {
    return typeof this.state.catalog === "string" ? [] : this.state.catalog;
  }

  entry(id: string): FunctionEntry | undefined {
    return this.catalog.find((entry) => entry.id === id);
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.show(this.state);
  }

  private setOpen(change: Partial<OpenFunction>): void {
    const { open } = this.state;
    if (open) this.set({ open: { ...open, ...change } });
  }

  private notify(notice: Notice): void {
    this.setOpen({ notice });
    this.set({ said: notice.text });
  }

  // The list

  search(query: string): void {
    this.set({ query });
  }

  unfold(prefix: string): void {
    const unfolded = new Set(this.state.unfolded);
    if (!unfolded.delete(prefix)) unfolded.add(prefix);
    this.set({ unfolded });
  }

  open(id: string): void {
    if (this.state.open?.draft.id === id) return this.close();
    this.keep();
    const unfolded = new Set(this.state.unfolded).add(prefixOf(id));
    this.set({ open: this.kept.get(id) ?? openFunction(id), unfolded });
    void this.refresh();
  }

  close(): void {
    this.keep();
    this.set({ open: undefined });
  }

  private keep(): void {
    const { open } = this.state;
    if (open) this.kept.set(open.draft.id, { ...open, hint: undefined, notice: undefined });
  }

  toggle(part: Part): void {
    const { open } = this.state;
    if (open) this.setOpen({ [part]: !open[part] });
  }

  toggleRules(): void {
    this.set({ rules: !this.state.rules });
  }

  // The open function's arguments

  type(name: string, text: string): void {
    const { open } = this.state;
    if (!open) return;
    this.setTyped({ ...open.draft.typed, [name]: text });
  }

  hint(name: string): void {
    if (this.state.open?.hint !== name) this.setOpen({ hint: name });
  }

  example(): void {
    const { open, language } = this.state;
    const example = open && rooms.functions.here?.EXAMPLES[open.draft.id];
    if (!open || !example) return;
    const typed = Object.fromEntries(
      Object.entries(example.typed).map(([name, text]) => [
        name,
        text.replace("{language}", language),
      ]),
    );
    this.setTyped(typed);
    const entry = this.entry(open.draft.id);
    const hidden = entry?.parameters.some(({ name, optional }) => optional && typed[name]);
    if (hidden) this.setOpen({ more: true });
  }

  clear(): void {
    this.setTyped({});
  }

  private setTyped(typed: Draft["typed"]): void {
    const { open } = this.state;
    if (!open) return;
    this.setOpen({ draft: { ...open.draft, typed }, notice: undefined });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.readCells(SMALL), 150);
  }

  /** Fills a field, or that and the next ones, with the address of what is selected. */
  async pick(name: string): Promise<void> {
    const { open } = this.state;
    const entry = open && this.entry(open.draft.id);
    if (!entry) return;
    try {
      const filled = fieldsFrom(await workbook.selection(), entry, name);
      if ("cells" in filled) {
        const text = this.texts.selectionSize(filled.cells);
        return this.notify({ kind: "problem", text });
      }
      this.setTyped({ ...this.state.open?.draft.typed, ...filled.typed });
      this.hint(name);
      const count = Object.keys(filled.typed).length;
      if (count > 1) this.notify({ kind: "done", text: this.texts.filled(count) });
      await this.readTarget();
    } catch (error) {
      this.notify({ kind: "problem", text: this.texts.problem[problemIn(error)] });
    }
  }

  // Excel

  /** Reads again what may have changed in the sheet: the active cell, the referenced cells. */
  async refresh(): Promise<void> {
    if (this.state.connection !== "connected") return this.readCells();
    await Promise.all([this.reread(), this.lookOver()]);
  }

  /** The same without what takes long: neither the whole sheet nor large ranges. */
  async reread(): Promise<void> {
    await Promise.all([this.readTarget(), this.readCells(SMALL)]);
  }

  private async readTarget(): Promise<void> {
    if (this.state.connection !== "connected") return;
    try {
      const target = await workbook.target();
      const before = this.state.target;
      const same = before?.address === target.address && before.empty === target.empty;
      if (!same) this.set({ target });
    } catch (error) {
      // No cell is active (a chart is selected): there is nowhere to insert.
      if (problemIn(error) !== "noAnswer") this.set({ target: undefined });
    }
  }

  private async readCells(most = Infinity): Promise<void> {
    const draft = this.state.open?.draft;
    const entry = draft && this.entry(draft.id);
    if (!draft || !entry) return;
    const references = referencesOf(draft, entry).filter(
      (reference) => cellCount(reference) <= most || !draft.readings[reference.text],
    );
    const readings = await Promise.all(
      references.map(async ({ text }) => [text, await this.reading(text)] as const),
    );
    const now = this.state.open?.draft;
    if (readings.length === 0 || now?.id !== draft.id) return;
    this.setOpen({
      draft: { ...now, readings: { ...now.readings, ...Object.fromEntries(readings) } },
    });
  }

  private async reading(reference: string): Promise<Reading> {
    if (this.state.connection !== "connected") return { problem: "notInExcel" };
    try {
      return { values: await workbook.read(reference) };
    } catch (error) {
      return { problem: problemIn(error) };
    }
  }

  async insert(formula: string): Promise<void> {
    const { target } = this.state;
    if (!target) return;
    try {
      await workbook.insert(target, formula);
      this.notify({ kind: "done", text: this.texts.inserted(target.address) });
      await this.readTarget();
      await this.lookOver();
    } catch (error) {
      this.notify({ kind: "problem", text: this.texts.problem[problemIn(error)] });
    }
  }

  async copy(formula: string, selectText: () => void): Promise<void> {
    try {
      await navigator.clipboard.writeText(formula);
      this.notify({ kind: "done", text: this.texts.copied });
    } catch {
      // Some hosts keep the clipboard from add-ins; the user's own Ctrl+C still works.
      selectText();
      this.notify({ kind: "done", text: this.texts.copySelected });
    }
  }

  /** Looks for cells of ours that show #NAME?; one look at a time. */
  private async lookOver(): Promise<number> {
    if (this.state.connection !== "connected") return 0;
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async look(): Promise<number> {
    try {
      const { broken, partly } = await workbook.scan(this.catalog.map(({ id }) => id));
      const { health } = this.state;
      const same = broken === health.broken && partly === health.partly;
      if (!same) this.set({ health: { ...health, broken, partly } });
      return broken;
    } catch {
      return this.state.health.broken;
    }
  }

  async repair(): Promise<void> {
    const { texts } = this;
    this.set({ health: { ...this.state.health, repairing: true, report: undefined } });
    let report: string;
    try {
      const ids = this.catalog.map(({ id }) => id);
      const { rewritten, refused } = await workbook.repair(ids, this.state.namespace);
      const broken = rewritten > 0 ? await this.lookOverLater() : 0;
      report = [
        rewritten > 0 || refused.length === 0 ? texts.repaired(rewritten) : "",
        broken > 0 ? texts.stillBroken(broken) : "",
        ...refused.map(({ sheet, problem, detail }) =>
          texts.refusedSheet(
            sheet,
            problem === "failed" && detail ? detail : texts.problem[problem],
          ),
        ),
      ]
        .filter(Boolean)
        .join(" ");
    } catch (error) {
      report = texts.problem[problemIn(error)];
    }
    this.set({ health: { ...this.state.health, repairing: false, report }, said: report });
  }

  /** Excel calculates after it has taken the formulas. */
  private async lookOverLater(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return this.lookOver();
  }

  // Language, theme and how figures are shown

  toggleMenu(open = !this.state.menu): void {
    if (open !== this.state.menu) this.set({ menu: open });
  }

  chooseLanguage(languageChoice: LanguageChoice): void {
    keepLanguage(languageChoice);
    this.set({ languageChoice });
    this.followLanguage();
  }

  /** The chosen language, else the host's. Sentences already said were said in the other one. */
  followLanguage(): void {
    const { languageChoice, health } = this.state;
    const language = languageChoice === "auto" ? hostLanguage() : languageChoice;
    if (language === this.state.language) return;
    this.set({ language, said: "", health: { ...health, report: undefined } });
    this.setOpen({ notice: undefined });
  }

  chooseTheme(themeChoice: ThemeChoice): void {
    keepTheme(themeChoice);
    this.set({ themeChoice });
  }

  chooseMoves(moves: MoveColours): void {
    keepMoves(moves);
    this.set({ moves });
  }

  chooseWan(wan: boolean): void {
    keepWan(wan);
    this.set({ wan });
  }
}
