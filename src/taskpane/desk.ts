/** Imports and what is looked at: each action makes the next state, and the page is shown anew from it. */
import {
  DEFAULT_PROFILE,
  readProfile,
  readSnapshots,
  type Book,
  type Plan,
  type Since,
  type Strip,
} from "../account";
import type { Bilingual, Day } from "../core";
import type { FormatId, Mapping, Statement } from "../statements";
import { closeFirst, bookFor, planOf, sinceFor, stripFor, withSnapshot } from "./desk-derived";
import { alreadyHere, entriesOf, type Entry, type Imported } from "./desk-entries";
import { Keeper } from "./desk-kept";
import { assigned, guessedByReader, guessUnder, isPlain } from "./desk-mapping";
import { NOTHING_TYPED, type DeskState, type Failure, type Page, type Typed } from "./desk-state";
import type { Language } from "./language";
import { keepRoom, recalledRoom, type Room } from "./preferences";
import { readInput } from "./reading";
import type { Input, Read } from "./reading-input";
import type { Choices } from "./reading-message";
import { SAMPLE_MARKET, sampleInput } from "./sample";
import type { Notice } from "./state";
import { FRAME_TEXTS, type FrameTexts } from "./texts-frame";
import { IMPORT_TEXTS, type ImportTexts } from "./texts-import";
import { spokenAccount } from "./views/account/room";

/** What the desk needs of the pane around it. */
export interface Around {
  readonly language: () => Language;
  readonly connected: () => boolean;
  readonly today: () => Day;
  readonly show: () => void;
  /** Politely, through the live region. */
  readonly say: (text: string) => void;
  /** Once the page has been shown. */
  readonly focus: (id: string) => void;
}

/** What is worked out for the entry that is looked at. */
export interface Looked {
  readonly entry: Entry;
  readonly typed: Typed;
  readonly book: Book;
  readonly since: Since | undefined;
  readonly closeFirst: Plan | undefined;
}

/** Rows of positions the pane works out; a file may hold any number of fills beside them. */
const MOST_POSITIONS = 5000;

/** Nothing is said of a reading that is over before anyone wonders. */
const UNNOTICED = 300;

export class Desk {
  state: DeskState = {
    room: recalledRoom(),
    page: undefined,
    imported: [],
    chosen: undefined,
    menu: false,
    reading: undefined,
    questions: [],
    failures: [],
    mapping: undefined,
    dragging: false,
    pasted: "",
    formats: false,
    typed: {},
    profile: DEFAULT_PROFILE,
    profileTyped: {},
    profileRefused: {},
    snapshots: [],
    account: {
      openLines: new Set(),
      sort: "margin",
      sinceOpen: false,
      partsBy: "exchange",
      partsOpen: false,
    },
    whatIf: { order: "fewest", trades: [], slippage: "" },
    notice: undefined,
    written: undefined,
    alert: "",
  };
  readonly keeper: Keeper;
  private remembered: Record<string, Mapping> = {};
  private cancelling: AbortController | undefined;
  private previewing: AbortController | undefined;
  private counted = 0;
  private openedFrom: string | undefined;

  constructor(readonly around: Around) {
    this.keeper = new Keeper(around.connected, (kind) => {
      if (kind === "profile") this.notify({ kind: "problem", text: this.texts.notKept });
    });
  }

  get texts(): FrameTexts {
    return FRAME_TEXTS[this.around.language()];
  }

  private get importTexts(): ImportTexts {
    return IMPORT_TEXTS[this.around.language()];
  }

  set(change: Partial<DeskState>): void {
    this.state = { ...this.state, ...change };
    this.around.show();
  }

  notify(notice: Notice | undefined): void {
    this.set({ notice });
    if (notice) this.around.say(notice.text);
  }

  // What is looked at

  private entriesNow: { of: readonly Imported[]; entries: readonly Entry[] } = {
    of: [],
    entries: [],
  };

  get entries(): readonly Entry[] {
    const { imported } = this.state;
    if (this.entriesNow.of !== imported) {
      this.entriesNow = { of: imported, entries: entriesOf(imported) };
    }
    return this.entriesNow.entries;
  }

  get entry(): Entry | undefined {
    return this.entries.find(({ key }) => key === this.state.chosen) ?? this.entries[0];
  }

  private lookedNow: (Looked & { on: readonly unknown[] }) | undefined;

  /** Worked out anew only where something it follows from has changed. */
  get looked(): Looked | undefined {
    const { entry, state } = this;
    if (!entry) return undefined;
    const typed = state.typed[entry.key] ?? NOTHING_TYPED;
    const on = [entry, typed, state.profile, state.snapshots];
    if (this.lookedNow && on.every((one, at) => one === this.lookedNow?.on[at])) {
      return this.lookedNow;
    }
    const before = this.lookedNow;
    const sameBook = before && on.slice(0, 3).every((one, at) => one === before.on[at]);
    const book = sameBook ? before.book : bookFor(entry, typed, state.profile, this.around.today());
    this.lookedNow = {
      on,
      entry,
      typed,
      book,
      since: entry.sample ? undefined : sinceFor(book, state.snapshots),
      closeFirst: sameBook ? before.closeFirst : closeFirst(book),
    };
    return this.lookedNow;
  }

  private planNow:
    { on: readonly unknown[]; plan: ReturnType<typeof planOf>; strip: Strip } | undefined;

  planned(book: Book): { plan: ReturnType<typeof planOf>; strip: Strip } {
    const on = [book, this.state.whatIf];
    if (!this.planNow || !on.every((one, at) => one === this.planNow?.on[at])) {
      const { whatIf } = this.state;
      const plan = planOf(book, whatIf.order, whatIf.slippage);
      this.planNow = { on, plan, strip: stripFor(book, whatIf, plan) };
    }
    return this.planNow;
  }

  choose(key: string): void {
    this.set({ chosen: key, menu: false, notice: undefined });
    this.around.focus("source-button");
  }

  enter(room: Room): void {
    keepRoom(room);
    this.set({ room, page: undefined, menu: false, notice: undefined });
  }

  toggleMenu(menu = !this.state.menu): void {
    if (menu !== this.state.menu) this.set({ menu });
  }

  // Pages over the rooms

  openPage(page: Page): void {
    this.openedFrom = document.activeElement?.id;
    this.set({ page, menu: false, notice: undefined });
    this.around.focus(page === "settings" ? "settings-heading" : "page-title");
  }

  closePage(): void {
    if (!this.state.page) return;
    this.previewing?.abort();
    this.set({ page: undefined, mapping: undefined, profileTyped: {}, profileRefused: {} });
    this.around.focus(this.openedFrom || "source-button");
  }

  // What outlasts the pane

  async recall(): Promise<void> {
    const [profile, snapshots, mappings] = await Promise.all([
      this.keeper.read("profile"),
      this.keeper.read("snapshots"),
      this.keeper.read("mappings"),
    ]);
    const read = profile === undefined ? undefined : readProfile(profile);
    if (mappings && typeof mappings === "object") {
      this.remembered = { ...(mappings as Record<string, Mapping>), ...this.remembered };
    }
    this.set({
      ...(read && "profile" in read ? { profile: read.profile } : {}),
      snapshots: snapshots === undefined ? this.state.snapshots : readSnapshots(snapshots),
    });
  }

  /** The state of a real account is kept, with what is known of its prices by now. */
  keepSnapshot(): void {
    const looked = this.looked;
    if (!looked || looked.entry.sample) return;
    const snapshots = withSnapshot(this.state.snapshots, looked.book);
    this.set({ snapshots });
    this.keeper.write("snapshots", JSON.stringify(snapshots));
  }

  // Importing

  async take(inputs: readonly Input[], choices: Choices = {}): Promise<void> {
    this.set({ dragging: false, notice: undefined, failures: [] });
    for (const input of inputs) await this.takeOne(input, choices);
  }

  private async takeOne(input: Input, choices: Choices): Promise<void> {
    const read = await this.read(input, choices);
    if (read) this.accept(input, read, choices);
  }

  /** Undefined where it was cancelled or broke off, which is said. */
  private async read(input: Input, choices: Choices): Promise<Read | undefined> {
    this.cancelling?.abort();
    const cancelling = new AbortController();
    this.cancelling = cancelling;
    const { name: file } = input;
    this.set({ reading: { file, rows: 0, shown: false } });
    const patience = setTimeout(() => {
      const { reading } = this.state;
      if (reading) this.set({ reading: { ...reading, shown: true } });
    }, UNNOTICED);
    try {
      return await readInput(
        input,
        { day: this.around.today(), remembered: this.remembered, ...choices },
        {
          signal: cancelling.signal,
          onRows: (rows) => {
            const { reading } = this.state;
            if (reading?.shown) this.set({ reading: { ...reading, rows } });
            else this.state = { ...this.state, reading: { file, rows, shown: false } };
          },
        },
      );
    } catch {
      const texts = this.importTexts;
      const said = cancelling.signal.aborted ? texts.cancelled(file) : texts.broken(file);
      this.notify({ kind: "problem", text: said });
      return undefined;
    } finally {
      clearTimeout(patience);
      this.set({ reading: undefined });
    }
  }

  cancelReading(): void {
    this.cancelling?.abort(new DOMException("cancelled", "AbortError"));
  }

  private accept(input: Input, read: Read, choices: Choices): void {
    const { statement } = read;
    if (statement.choices.length > 0) {
      this.ask({ kind: "formats", input, choices: statement.choices });
    } else if (statement.format === undefined) this.fail(input, read);
    else if (statement.format === "table" && !choices.mapping && !this.isKnown(read)) {
      this.openMapping(input, read);
    } else if (statement.positions.length === 0 && statement.accounts.length === 0) {
      const text = (language: Language): string =>
        IMPORT_TEXTS[language].nothingHeld(statement.file, statement.trades.length);
      this.fail(input, read, { zh: text("zh"), en: text("en") });
    } else if (statement.positions.length > MOST_POSITIONS) {
      const text = (language: Language): string =>
        IMPORT_TEXTS[language].tooMany(statement.file, statement.positions.length, MOST_POSITIONS);
      this.fail(input, read, { zh: text("zh"), en: text("en") });
    } else if (alreadyHere(statement, this.state.imported).length > 0) {
      this.ask({ kind: "again", input, read });
    } else this.add(input, statement);
  }

  private isKnown(read: Read): boolean {
    const { table } = read.statement;
    return isPlain(read) || (table !== undefined && table.fingerprint in this.remembered);
  }

  private ask(question: DeskState["questions"][number]): void {
    this.set({ questions: [...this.state.questions, question] });
  }

  private fail(input: Input, read: Read, text?: Bilingual): void {
    const { statement, head } = read;
    const [first] = statement.problems;
    const said = text ?? first?.text;
    if (!said) return;
    const failure: Failure = {
      id: ++this.counted,
      file: statement.file,
      text: said,
      details: statement.problems.map((one) => `${one.text.zh}\n${one.text.en}`).join("\n"),
      table: head.length > 0 ? { input, read } : undefined,
    };
    this.set({ failures: [...this.state.failures, failure] });
    this.around.say(said[this.around.language()]);
    this.around.focus(`failure-${failure.id}`);
  }

  dismiss(id: number): void {
    this.set({ failures: this.state.failures.filter((failure) => failure.id !== id) });
  }

  /** The user's answer to the question in front; undefined keeps everything as it is. */
  async answer(choice: FormatId | "replace" | undefined): Promise<void> {
    const [question, ...questions] = this.state.questions;
    if (!question) return;
    this.set({ questions });
    if (question.kind === "formats") {
      if (choice && choice !== "replace") await this.takeOne(question.input, { format: choice });
      return;
    }
    const { input, read } = question;
    if (choice !== "replace") return this.show(read.statement);
    const old = new Set(alreadyHere(read.statement, this.state.imported));
    this.state = {
      ...this.state,
      imported: this.state.imported.filter((one) => !old.has(one)),
    };
    this.add(input, read.statement);
  }

  private add(input: Input | undefined, statement: Statement, sample = false): void {
    const one: Imported = { id: ++this.counted, input, statement, sample };
    const imported = [...this.state.imported.filter((old) => !(sample && old.sample)), one];
    this.state = { ...this.state, imported };
    this.show(statement);
    this.keepSnapshot();
    this.speak(statement);
  }

  /** Brings a statement into the Account room, its first account in front. */
  private show(statement: Statement): void {
    const entry =
      this.entries.find((one) => one.statement === statement) ??
      this.entries.find(({ from }) => from.some((one) => one.statement === statement)) ??
      this.entries.find(
        ({ account, day }) =>
          day === statement.day && statement.accounts.some(({ id }) => id === account?.id),
      );
    const account = { ...this.state.account, openLines: new Set<string>() };
    this.state = { ...this.state, page: undefined, mapping: undefined, pasted: "", account };
    if (this.state.room === "functions") this.state = { ...this.state, room: "account" };
    this.set({ chosen: entry?.key ?? this.state.chosen });
    const crossed = this.looked?.since?.crossed ?? false;
    this.set({ account: { ...account, sinceOpen: crossed } });
    this.around.focus("status-heading");
  }

  private speak(statement: Statement): void {
    const book = this.looked?.book;
    if (!book) return;
    const spoken = spokenAccount(book, statement.rows.read, this.around.language());
    const { status } = book.standings;
    const urgent = status === "liquidation" || status === "immediate";
    if (urgent) this.set({ alert: spoken });
    else {
      this.set({ alert: "" });
      this.around.say(spoken);
    }
  }

  /** Takes one statement out again; files stay where they are. */
  remove(entry: Entry): void {
    const gone = new Set(entry.from.map(({ id }) => id));
    this.set({
      imported: this.state.imported.filter(({ id }) => !gone.has(id)),
      chosen: undefined,
      menu: false,
      notice: undefined,
    });
  }

  async takeSample(): Promise<boolean> {
    try {
      const input = await sampleInput();
      const read = await this.read(input, {});
      if (!read || read.statement.format === undefined) return false;
      const { statement } = read;
      const [sample] = entriesOf([{ id: 0, input: undefined, statement, sample: true }]);
      if (!sample) return false;
      const typed = { ...this.state.typed, [sample.key]: SAMPLE_MARKET };
      this.state = { ...this.state, typed };
      this.add(undefined, statement, true);
      return true;
    } catch {
      this.notify({ kind: "problem", text: this.texts.sampleMissing });
      return false;
    }
  }

  // Naming columns by hand

  openMapping(input: Input, read: Read): void {
    const { table } = read.statement;
    const { mapping, found } = table
      ? { mapping: table.mapping, found: guessedByReader(read) }
      : guessUnder(read.head, 1);
    this.set({
      page: "mapping",
      failures: [],
      mapping: { input, read, mapping, found, remember: true, more: false, preview: undefined },
    });
    this.around.focus("page-title");
    void this.preview();
  }

  /** Opens the columns of a table that is already here. */
  async remap(entry: Entry): Promise<void> {
    const input = entry.from.at(-1)?.input;
    if (!input) return;
    this.openedFrom = "source-button";
    const read = await this.read(input, {});
    if (read) this.openMapping(input, read);
  }

  mapColumn(column: Parameters<typeof assigned>[1], index: number | undefined): void {
    const { mapping } = this.state;
    if (!mapping) return;
    this.set({
      mapping: {
        ...mapping,
        mapping: assigned(mapping.mapping, column, index),
        found: { ...mapping.found, [column]: "byHand" },
        preview: undefined,
      },
    });
    void this.preview();
  }

  mapHeader(headerRow: number): void {
    const { mapping } = this.state;
    if (!mapping) return;
    const { table } = mapping.read.statement;
    const guess =
      table?.mapping.headerRow === headerRow
        ? { mapping: table.mapping, found: guessedByReader(mapping.read) }
        : guessUnder(mapping.read.head, headerRow);
    this.set({ mapping: { ...mapping, ...guess, preview: undefined } });
    void this.preview();
  }

  mapMore(): void {
    const { mapping } = this.state;
    if (mapping) this.set({ mapping: { ...mapping, more: !mapping.more } });
  }

  mapRemember(remember: boolean): void {
    const { mapping } = this.state;
    if (mapping) this.set({ mapping: { ...mapping, remember } });
  }

  /** How many rows would be read with these columns; the latest wish counts. */
  private async preview(): Promise<void> {
    this.previewing?.abort();
    const previewing = new AbortController();
    this.previewing = previewing;
    const { mapping } = this.state;
    if (!mapping) return;
    try {
      const { statement } = await readInput(
        mapping.input,
        { day: this.around.today(), mapping: mapping.mapping },
        { signal: previewing.signal, onRows: () => undefined },
      );
      const now = this.state.mapping;
      if (previewing.signal.aborted || !now) return;
      this.set({ mapping: { ...now, preview: statement.rows } });
    } catch {
      // Another choice was made meanwhile.
    }
  }

  async importMapped(): Promise<void> {
    const { mapping: page } = this.state;
    if (!page) return;
    this.previewing?.abort();
    const { input, mapping, remember, read } = page;
    const fingerprint = read.statement.table?.fingerprint;
    if (remember && fingerprint) {
      this.remembered = { ...this.remembered, [fingerprint]: mapping };
      this.keeper.write("mappings", JSON.stringify(this.remembered));
    }
    // What was read of this very input before gives way to it.
    const imported = this.state.imported.filter((one) => one.input !== input);
    this.set({ imported, page: undefined, mapping: undefined });
    await this.takeOne(input, { mapping });
  }
}
