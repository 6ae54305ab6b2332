/** Imports and what is looked at: each action makes the next state, and the page is shown anew from it. */
import {
  DEFAULT_PROFILE,
  isHongKong,
  readProfile,
  profileText,
  readSnapshots,
  type Book,
  type HongKongBook,
  type Profile,
  type Reconciliation,
  type Standing,
} from "../account";
import type { Bilingual, Day } from "../core";
import type { FormatId, Mapping, RiskFile, Statement } from "../statements";
import { crossedSince, withSnapshot } from "./desk-derived";
import { alreadyHere, entriesOf, type Entry, type Imported } from "./desk-entries";
import { Keeper } from "./desk-kept";
import type { Expiries } from "./desk-expiries";
import { Looking, type Looked } from "./desk-looking";
import type { Marketed } from "./desk-market";
import { lacksProducts, productsWanted, withFile } from "./desk-parameters";
import type { Planned } from "./desk-planning";
import type { Reconciled } from "./desk-reconciled";
import { assigned, guessedByReader, guessUnder, isPlain, looksLikeTable } from "./desk-mapping";
import {
  NOTHING_ASSUMED,
  NOTHING_OPEN,
  NOTHING_TYPED,
  UNMOVED,
  type DeskState,
  type Failure,
  type Page,
  type Question,
  type Typed,
} from "./desk-state";
import type { Language } from "./language";
import { keepRoom, recalledRoom, type Room } from "./preferences";
import { readInput } from "./reading";
import type { Input, Read } from "./reading-input";
import type { Choices } from "./reading-message";
import {
  rooms,
  type ActionsCode,
  type ExpiryCode,
  type HongKongCode,
  type MarketCode,
  type ReconcileCode,
} from "./rooms";
import { SAMPLE_MARKET, sampleInput } from "./sample";
import type { Notice } from "./state";
import { FRAME_TEXTS, type FrameTexts } from "./texts-frame";
import { IMPORT_TEXTS, type ImportTexts } from "./texts-import";
import { Turns } from "./turns";
import { spokenAccount } from "./views/account/room";
import { holdsAnything } from "./views/account/status-card";
import { described } from "./views/frame/source-bar";
import type { WhatIfUi } from "./views/what-if/room";

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

export type { Looked } from "./desk-looking";

/** Rows of positions the pane works out; a file may hold any number of fills beside them. */
const MOST_POSITIONS = 100_000;

/** Whether the focus is nowhere, or on the button of what is over. */
function isIdle(): boolean {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || activeElement.id === "cancel-calculation";
}

/** Where the focus goes when what had it is gone: the first of these that is there. */
const LANDINGS = ["choose-files", "page-title", "status-heading", "source-button"] as const;

const CANCEL_RECONCILING = "cancel-reconcile";

const isMapping = (
  question: Question | undefined,
): question is Extract<Question, { kind: "mapping" }> => question?.kind === "mapping";

/** Pages that are read or typed into; nobody is taken away from them. */
const isKeptOpen = (page: Page | undefined): boolean => page === "settings" || page === "problems";

/** Rows from which on the figures wait until the typing rests. */
const MANY_POSITIONS = 100;
const TYPING = 150;

/** Between two looks at work that isn't done. */
const WAITING = 50;

/** Nothing is said of a reading that is over before anyone wonders. */
const UNNOTICED = 300;

export class Desk {
  state: DeskState = {
    room: recalledRoom(),
    page: undefined,
    imported: [],
    parameters: [],
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
    commodity: undefined,
    hongKongOpen: undefined,
    part: "market",
    market: UNMOVED,
    whatIf: { order: "fewest", trades: [], slippage: "" },
    expiry: NOTHING_ASSUMED,
    reconcile: NOTHING_OPEN,
    notice: undefined,
    written: undefined,
    sheets: {},
    stale: new Set(),
    writing: false,
    alert: "",
  };
  readonly keeper: Keeper;
  private remembered: Record<string, Mapping> = {};
  private readonly turns = new Turns();
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
    this.keepTrades();
    if (this.together) return;
    this.around.show();
    this.follow();
  }

  private together = false;

  /** Several changes, shown once. */
  private atOnce(change: () => void): void {
    if (this.together) return change();
    this.together = true;
    try {
      change();
    } finally {
      this.together = false;
    }
    this.set({});
  }

  // Own trades belong to the account they were thought of for.
  private readonly tradesOf = new Map<string, WhatIfUi["trades"]>();
  private tradesFor: string | undefined;

  private keepTrades(): void {
    const key = this.wanted?.key;
    if (key === this.tradesFor) return;
    const { whatIf } = this.state;
    if (this.tradesFor !== undefined) this.tradesOf.set(this.tradesFor, whatIf.trades);
    this.tradesFor = key;
    const trades = this.tradesOf.get(key ?? "") ?? [];
    this.state = { ...this.state, whatIf: { ...whatIf, trades } };
  }

  notify(notice: Notice | undefined): void {
    this.set({ notice });
    if (notice) this.around.say(notice.text);
  }

  // What is looked at

  private readonly entriesIn = new WeakMap<readonly Imported[], readonly Entry[]>();

  get entries(): readonly Entry[] {
    const { imported } = this.state;
    const entries = this.entriesIn.get(imported) ?? entriesOf(imported);
    this.entriesIn.set(imported, entries);
    return entries;
  }

  /** The entry that was chosen; what is shown may still be another. */
  private get wanted(): Entry | undefined {
    return this.entries.find(({ key }) => key === this.state.chosen) ?? this.entries[0];
  }

  /** The entry whose figures are shown; until there are any, the chosen one. */
  get entry(): Entry | undefined {
    return this.looked?.entry ?? this.wanted;
  }

  private readonly looking = new Looking((arrived) => {
    if (!arrived) {
      const cancel = document.activeElement?.id === CANCEL_RECONCILING;
      this.around.show();
      // Whoever waited at the button goes to what was waited for.
      if (cancel && !document.getElementById(CANCEL_RECONCILING)) this.around.focus("rule-heading");
      return;
    }
    this.snapshotDue = true;
    this.set({});
  });

  /** What was worked out last: while a large book takes its time, what was there before. */
  get looked(): Looked | undefined {
    const { wanted: entry, state } = this;
    if (!entry) {
      this.looking.forget();
      return undefined;
    }
    const given = this.givenFor(entry);
    const typed = given.typed[entry.key] ?? NOTHING_TYPED;
    const wish = { entry, typed, profile: given.profile, today: this.around.today() };
    const looked = this.looking.at(wish, state.snapshots);
    if (!looked || looked.entry === entry) return looked;
    const still = this.entries.find(({ key }) => key === looked.entry.key);
    return still && { ...looked, entry: still };
  }

  /** What figures go by: what was typed, but of many rows not before the typing rests. */
  private givenFor({ statement }: Entry): Pick<DeskState, "typed" | "profile"> {
    const many = statement.positions.length > MANY_POSITIONS;
    return (many && this.untouched) || this.state;
  }

  typedFor({ key }: Entry): Typed {
    return this.state.typed[key] ?? NOTHING_TYPED;
  }

  // While something is typed

  private resting: ReturnType<typeof setTimeout> | undefined;
  /** What many rows still go by, until the typing rests. */
  private untouched: Pick<DeskState, "typed" | "profile"> | undefined;

  /** Said before something that figures follow from is typed. */
  typing(): void {
    clearTimeout(this.resting);
    const { typed, profile } = this.state;
    this.untouched ??= { typed, profile };
    this.resting = setTimeout(() => this.rested(), TYPING);
  }

  /** Takes what was typed: because the typing rests, or because something is done with the figures. */
  rested(): void {
    if (this.resting === undefined) return;
    clearTimeout(this.resting);
    this.resting = undefined;
    this.untouched = undefined;
    this.set({});
    this.keepSnapshot();
    this.speakChange();
  }

  /** Without what is typed at the moment only where that takes long, which it never does here. */
  hongKong({ hongKongFor }: HongKongCode, entry: Entry): HongKongBook | undefined {
    const { profile, parameters } = this.state;
    return hongKongFor(entry, this.typedFor(entry), profile, parameters, this.around.today());
  }

  planned(code: ActionsCode, book: Book): Planned {
    return this.looking.planned(code, book, this.state.whatIf);
  }

  marketed(code: MarketCode, book: Book): { readonly marketed: Marketed; readonly width: number } {
    return this.looking.marketed(code, book, this.state.market);
  }

  expiries(code: ExpiryCode, book: Book): Expiries {
    return this.looking.expiries(code, book, this.state.expiry);
  }

  /** The account in front against its statements. */
  reconciled(code: ReconcileCode, { entry, book }: Looked): Reconciled {
    const { typed, profile } = this.givenFor(entry);
    const { snapshots } = this.state;
    const today = this.around.today();
    return this.looking.reconciled(code, [
      this.entries,
      entry,
      book,
      typed,
      profile,
      snapshots,
      today,
    ]);
  }

  cancelReconciling(): void {
    this.looking.cancelReconciling();
    this.around.show();
    this.around.focus("reconcile-again");
  }

  reconcileAgain(): void {
    this.looking.reconcileAgain();
    this.around.show();
    this.around.focus("tab-reconcile");
  }

  /** The same once it is worked out whole; undefined where it was given up. */
  async reconciliation(code: ReconcileCode): Promise<Reconciliation | undefined> {
    for (;;) {
      const { looked } = this;
      const now = looked && this.reconciled(code, looked);
      if (!now?.busy) return now?.found;
      await new Promise((resolve) => setTimeout(resolve, WAITING));
    }
  }

  // While a large book is worked out

  private noticing: ReturnType<typeof setTimeout> | undefined;
  private noticed = false;
  private snapshotDue = false;
  /** What is done once the figures are there; nothing of it where the calculation is cancelled. */
  private arrivals: (() => void)[] = [];
  private settling: (() => void)[] = [];
  /** What the figures that are shown follow from. */
  private before: Pick<DeskState, "imported" | "chosen" | "typed" | "profile"> = this.state;

  /** The calculation under way, once it has taken long enough to be noticed. */
  get calculation(): { file: string; rows: number; all: number } | undefined {
    if (!this.noticed || !this.wanted || !this.looking.busy) return undefined;
    const { file, positions } = this.wanted.statement;
    return { file, rows: this.looking.rows, all: positions.length };
  }

  private follow(): void {
    if (this.looking.busy) {
      this.noticing ??= setTimeout(() => {
        this.noticed = true;
        this.around.show();
      }, UNNOTICED);
      return;
    }
    clearTimeout(this.noticing);
    this.noticing = undefined;
    this.noticed = false;
    if (this.resting === undefined) {
      const { imported, chosen, typed, profile } = this.state;
      this.before = { imported, chosen, typed, profile };
    }
    const { arrivals, settling, snapshotDue } = this;
    [this.arrivals, this.settling, this.snapshotDue] = [[], [], false];
    if (arrivals.length > 0 || snapshotDue) {
      this.atOnce(() => {
        for (const act of arrivals) act();
        if (snapshotDue) this.keepSnapshot();
      });
    }
    for (const act of settling) act();
  }

  private onceThere(act: () => void): void {
    if (this.looking.busy) this.arrivals.push(act);
    else act();
  }

  /** Resolves when the figures shown are those that were wished for, or the wish was given up. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.looking.busy) this.settling.push(resolve);
      else resolve();
    });
  }

  /** Back to what the shown figures follow from: the account, what was typed, the broker's terms. */
  cancelCalculation(): void {
    if (!this.looking.busy) return;
    this.looking.stop();
    this.arrivals = [];
    this.snapshotDue = false;
    const { before } = this;
    if (before.profile !== this.state.profile) {
      this.keeper.write("profile", profileText(before.profile));
    }
    this.set({ ...before, profileTyped: {}, profileRefused: {} });
    this.notify({ kind: "problem", text: this.importTexts.calculationCancelled });
    this.around.focus(this.wanted ? "source-button" : "choose-files");
  }

  choose(key: string): void {
    this.rested();
    this.set({ chosen: key, menu: false, notice: undefined });
    this.around.focus("source-button");
    this.speakFront();
  }

  enter(room: Room): void {
    this.rested();
    keepRoom(room);
    this.set({ room, page: undefined, menu: false, notice: undefined });
  }

  toggleMenu(menu = !this.state.menu): void {
    if (menu !== this.state.menu) this.set({ menu });
  }

  // Pages over the rooms

  openPage(page: Page): void {
    this.rested();
    this.openedFrom = document.activeElement?.id;
    this.set({ page, menu: false, notice: undefined });
    this.around.focus(page === "settings" ? "settings-heading" : "page-title");
  }

  closePage(): void {
    if (!this.state.page) return;
    this.rested();
    if (this.state.page === "mapping") this.leaveMapping();
    this.set({ page: undefined, profileTyped: {}, profileRefused: {} });
    this.around.focus(this.openedFrom || "source-button");
    this.refocus();
    this.askNext();
  }

  /** Where the focus is nowhere, it goes to what there is now. */
  private refocus(): void {
    for (const id of LANDINGS) if (isIdle()) this.around.focus(id);
  }

  // What outlasts the pane

  async recall(): Promise<void> {
    const [profile, snapshots, mappings] = await Promise.all([
      this.keeper.read("profile"),
      this.keeper.read("snapshots"),
      this.keeper.read("mappings"),
    ]);
    const read = profile === undefined ? undefined : readProfile(profile);
    const kept = read && "profile" in read ? read.profile : undefined;
    if (mappings && typeof mappings === "object") {
      this.remembered = { ...(mappings as Record<string, Mapping>), ...this.remembered };
    }
    this.set({
      profile: this.withTyped(kept),
      snapshots: snapshots === undefined ? this.state.snapshots : readSnapshots(snapshots),
    });
    if (!this.around.connected()) return;
    this.keepTyped(kept);
    this.keepSnapshot();
    this.speakChange();
  }

  // Excel may answer late: until then the profile is changed without knowing what the workbook keeps.
  private readonly typedProfile = new Map<string, (profile: Profile) => Profile>();
  private recalled = false;

  /** Changes the profile; `path` names the field, and is "" for the whole of it. */
  changeProfile(path: string, change: (profile: Profile) => Profile): void {
    if (!this.recalled) {
      if (path === "") this.typedProfile.clear();
      this.typedProfile.delete(path);
      this.typedProfile.set(path, change);
    }
    this.set({ profile: change(this.state.profile) });
    this.keeper.write("profile", profileText(this.state.profile));
    this.keepSnapshot();
  }

  /** What the workbook keeps, with what was typed here over it. */
  private withTyped(kept: Profile | undefined): Profile {
    if (!kept || this.recalled) return kept ?? this.state.profile;
    return [...this.typedProfile.values()].reduce((profile, change) => change(profile), kept);
  }

  /** What was typed before Excel answered is kept now; where it replaces something, that is said. */
  private keepTyped(kept: Profile | undefined): void {
    if (!this.recalled && this.typedProfile.size > 0) {
      const text = profileText(this.state.profile);
      this.keeper.write("profile", text);
      if (kept && profileText(kept) !== text) {
        this.notify({ kind: "done", text: this.texts.typedWins });
      }
    }
    this.recalled = true;
    this.typedProfile.clear();
  }

  /** The state of a real account is kept, with what is known of its prices by now. */
  keepSnapshot(): void {
    const looked = this.looked;
    if (this.resting !== undefined) return;
    this.snapshotDue = this.looking.busy;
    if (this.snapshotDue) return;
    if (!looked || looked.entry.sample) return;
    const snapshots = withSnapshot(this.state.snapshots, looked.book);
    this.set({ snapshots });
    this.keeper.write("snapshots", () => JSON.stringify(snapshots));
  }

  // Importing

  /** How many files wait behind the one that is read. */
  get waiting(): number {
    return this.turns.waiting;
  }

  async take(inputs: readonly Input[], choices: Choices = {}): Promise<void> {
    const { page, failures, questions } = this.state;
    if (isKeptOpen(page)) this.closePage();
    // What could not be taken a moment ago is still to be read.
    const under = this.turns.busy || questions.length > 0;
    this.set({ dragging: false, notice: undefined, failures: under ? failures : [] });
    await Promise.all(inputs.map((input) => this.takeOne(input, choices)));
  }

  private takeOne(input: Input, choices: Choices): Promise<void> {
    return this.turns.take(async () => {
      const read = await this.read(input, choices);
      if (read) await this.accept(input, read, choices);
    });
  }

  /** In its turn. Undefined where it was cancelled or broke off, which is said. */
  private async read(input: Input, choices: Choices): Promise<Read | undefined> {
    const cancelling = new AbortController();
    this.cancelling = cancelling;
    const { name: file } = input;
    this.set({ reading: { file, rows: 0, shown: false } });
    const patience = setTimeout(() => {
      const { reading } = this.state;
      if (reading) this.set({ reading: { ...reading, shown: true } });
    }, UNNOTICED);
    let said: string | undefined;
    try {
      return await readInput(
        input,
        {
          day: this.around.today(),
          remembered: this.remembered,
          products: this.products,
          ...choices,
        },
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
      said = cancelling.signal.aborted ? texts.cancelled(file) : undefined;
      if (said === undefined) this.breakOff(file);
      return undefined;
    } finally {
      clearTimeout(patience);
      this.cancelling = undefined;
      this.set({ reading: undefined });
      if (said !== undefined) this.notify({ kind: "problem", text: said });
      if (cancelling.signal.aborted) this.refocus();
    }
  }

  /** A file nobody could read to its end stays listed: a notice gives way to the next one. */
  private breakOff(file: string): void {
    this.addFailure({
      file,
      text: { zh: IMPORT_TEXTS.zh.broken(file), en: IMPORT_TEXTS.en.broken(file) },
      details: "",
      table: undefined,
    });
  }

  cancelReading(): void {
    this.cancelling?.abort(new DOMException("cancelled", "AbortError"));
  }

  private async accept(input: Input, read: Read, choices: Choices): Promise<void> {
    const { statement } = read;
    if (read.parameters) this.takeParameters(input, read.parameters);
    else if (statement.choices.length > 0) {
      this.ask({ kind: "formats", input, choices: statement.choices });
    } else if (statement.format === undefined) this.fail(input, read);
    else if (statement.format === "table" && !choices.mapping && !this.isKnown(read)) {
      this.ask({ kind: "mapping", input, read });
    } else if (statement.positions.length === 0 && statement.accounts.length === 0) {
      const text = (language: Language): string =>
        IMPORT_TEXTS[language].nothingHeld(statement.file, statement.trades.length);
      this.fail(input, read, { zh: text("zh"), en: text("en") });
    } else if (statement.positions.length > MOST_POSITIONS) {
      const text = (language: Language): string =>
        IMPORT_TEXTS[language].tooMany(statement.file, statement.positions.length, MOST_POSITIONS);
      this.fail(input, read, { zh: text("zh"), en: text("en") });
    } else if (alreadyHere(statement, this.others(input)).length > 0) {
      this.ask({ kind: "again", input, read });
    } else await this.add(input, statement);
  }

  private get products(): readonly string[] {
    return productsWanted(this.state.imported.map(({ statement }) => statement));
  }

  /** A clearing house's parameters stay beside whatever account is here or comes. */
  private takeParameters(input: Input, file: RiskFile): void {
    const [first] = file.problems;
    if (!file.parameters) {
      const details = file.problems.map(({ text }) => `${text.zh}\n${text.en}`).join("\n");
      const text = first?.text ?? { zh: input.name, en: input.name };
      this.addFailure({ file: input.name, text, details, table: undefined });
      return;
    }
    const parameters = withFile(this.state.parameters, { input, file, products: this.products });
    const { page } = this.state;
    // The file is said first; where the account stands by it, once that rests.
    this.typing();
    this.set({ parameters, page: page === "import" && this.wanted ? undefined : page });
    const { house, on, series } = file.parameters;
    const texts = this.importTexts;
    const said = [
      texts.parametersRead(input.name, house, on, series.length),
      ...file.problems.slice(0, 1).map(({ text }) => text[this.around.language()]),
      ...(this.wanted ? [] : [texts.parametersWait]),
    ];
    const done = file.parameters.complete && series.length > 0;
    this.notify({ kind: done ? "done" : "problem", text: said.join(" ") });
    this.refocus();
  }

  /** Reads parameter files again whose products aren't all that are wanted by now. */
  private refreshParameters(): void {
    for (const one of this.state.parameters) {
      if (!lacksProducts(one, this.products)) continue;
      void this.turns.take(async () => {
        const { products } = this;
        if (!this.state.parameters.includes(one) || !lacksProducts(one, products)) return;
        const file = (await this.read(one.input, {}))?.parameters;
        if (!file?.parameters) return;
        const parameters = withFile(this.state.parameters, { input: one.input, file, products });
        this.typing();
        this.set({ parameters });
      });
    }
  }

  private isKnown(read: Read): boolean {
    const { table } = read.statement;
    return isPlain(read) || (table !== undefined && table.fingerprint in this.remembered);
  }

  /** What was read of other files, or of other cells. */
  private others(input: Input | undefined): readonly Imported[] {
    return this.state.imported.filter((one) => input === undefined || one.input !== input);
  }

  private ask(question: Question): void {
    this.set({ questions: [...this.state.questions, question] });
    this.askNext();
  }

  /** Columns are named on a page; it opens once no other page is open. Other questions show by themselves. */
  private askNext(): void {
    const { questions, mapping, page } = this.state;
    const [front] = questions;
    if (isMapping(front) && !mapping && !isKeptOpen(page)) this.openColumns(front);
  }

  private sayLeftOut({ name }: Input): void {
    this.notify({ kind: "problem", text: this.importTexts.leftOut(name) });
  }

  private fail(input: Input, read: Read, text?: Bilingual): void {
    const { statement, head } = read;
    const [first] = statement.problems;
    const isTable = looksLikeTable(head);
    const noTable = first?.code === "notAStatement" && !isTable;
    const said = text ?? (noTable ? this.notATable(statement) : first?.text);
    if (!said) return;
    this.addFailure({
      file: statement.file,
      text: said,
      details: statement.problems.map((one) => `${one.text.zh}\n${one.text.en}`).join("\n"),
      table: isTable ? { input, read } : undefined,
    });
  }

  private notATable({ file }: Statement): Bilingual {
    return { zh: IMPORT_TEXTS.zh.notATable(file), en: IMPORT_TEXTS.en.notATable(file) };
  }

  private addFailure(given: Omit<Failure, "id">): void {
    const failure: Failure = { ...given, id: ++this.counted };
    this.set({ failures: [...this.state.failures, failure] });
    this.around.say(failure.text[this.around.language()]);
    this.around.focus(`failure-${failure.id}`);
  }

  dismiss(id: number): void {
    this.set({ failures: this.state.failures.filter((failure) => failure.id !== id) });
  }

  /** The user's answer to the question in front; undefined keeps everything as it is. */
  async answer(choice: FormatId | "replace" | undefined): Promise<void> {
    const [question, ...questions] = this.state.questions;
    if (!question || isMapping(question)) return;
    this.set({ questions });
    this.askNext();
    if (question.kind === "formats") {
      if (choice && choice !== "replace") await this.takeOne(question.input, { format: choice });
      else this.sayLeftOut(question.input);
      return;
    }
    const { input, read } = question;
    if (choice !== "replace") return this.show(read.statement);
    await this.turns.take(async () => {
      const old = new Set(alreadyHere(read.statement, this.state.imported));
      this.state = {
        ...this.state,
        imported: this.state.imported.filter((one) => !old.has(one)),
      };
      await this.add(input, read.statement);
    });
  }

  private async add(input: Input | undefined, statement: Statement, sample = false): Promise<void> {
    const one: Imported = { id: ++this.counted, input, statement, sample };
    // What was read of this very input before gives way to it.
    const imported = [...this.others(input).filter((old) => !(sample && old.sample)), one];
    this.state = { ...this.state, imported };
    this.show(statement);
    this.refreshParameters();
    this.atOnce(() => {
      this.keepSnapshot();
      this.speak(statement);
    });
    await this.settled();
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
    const { page, mapping } = this.state;
    const stays = mapping !== undefined || isKeptOpen(page);
    const reconcile = NOTHING_OPEN;
    this.state = {
      ...this.state,
      page: stays ? page : undefined,
      pasted: "",
      account,
      reconcile,
    };
    if (this.state.room === "functions") this.state = { ...this.state, room: "account" };
    this.set({ chosen: entry?.key ?? this.state.chosen });
    const late = this.looking.busy;
    this.onceThere(() => {
      const { looked } = this;
      if (!looked || looked.entry.key !== entry?.key) return;
      const sinceOpen = !looked.entry.sample && crossedSince(looked.book, this.state.snapshots);
      this.set({ account: { ...this.state.account, sinceOpen } });
      // Who has gone on to something else meanwhile is not called back.
      if (!late || isIdle()) this.around.focus("status-heading");
    });
  }

  // What is said of where the account stands

  /** What was said last of a status. */
  private spoken:
    | { readonly key: string; readonly status: Standing; readonly hongKong: Standing | undefined }
    | undefined;

  private speak(statement: Statement): void {
    this.onceThere(() => {
      const own = this.looked?.entry.from.some((one) => one.statement === statement);
      if (own) this.sayStanding(statement.rows.read);
    });
  }

  /** Another account is in front, or none. */
  private speakFront(): void {
    this.onceThere(() => {
      if (this.looked) this.sayStanding(this.nameOf(this.looked.entry));
      else {
        this.spoken = undefined;
        this.set({ alert: "" });
        this.around.say("");
      }
    });
  }

  /** Another status is said; a figure that changed within it isn't. */
  private speakChange(): void {
    this.onceThere(() => {
      const { looked, spoken } = this;
      if (!looked || !spoken) return;
      const { entry, book } = looked;
      const isNew = spoken.key !== entry.key || spoken.status !== book.standings.status;
      const code = rooms.hongKong.loaded;
      const ours = code && this.hongKong(code, entry);
      if (isNew) this.sayStanding();
      else if (code && ours && spoken.hongKong !== ours.status) {
        this.spoken = { ...spoken, hongKong: ours.status };
        this.around.say(code.spokenHongKong(ours, this.around.language()));
      }
    });
  }

  private nameOf(entry: Entry): string {
    const language = this.around.language();
    const { who, what } = described(entry, this, language, this.texts);
    return [who, what[0]].join(" ");
  }

  /** @param of the rows just imported, or whose account it is */
  private sayStanding(of?: number | string): void {
    const { looked } = this;
    if (!looked) return;
    const { key, statement } = looked.entry;
    this.spoken = { key, status: looked.book.standings.status, hongKong: undefined };
    if (!statement.positions.some(isHongKong)) return this.sayWith(of, undefined);
    void rooms.hongKong.arrive().then(
      (code) => {
        if (this.looked?.entry.key === key) this.sayWith(of, code);
      },
      () => {
        if (this.looked?.entry.key === key) this.sayWith(of, undefined);
      },
    );
  }

  /** Says where both parts of an account stand, the Hong Kong one after the other or alone. */
  private sayWith(of: number | string | undefined, code: HongKongCode | undefined): void {
    const { looked } = this;
    if (!looked) return;
    const { book, entry } = looked;
    const { status } = book.standings;
    const language = this.around.language();
    const ours = code && this.hongKong(code, entry);
    this.spoken = { key: entry.key, status, hongKong: ours?.status };
    const there = ours ? code.spokenHongKong(ours, language) : "";
    const only = !holdsAnything(book) && entry.statement.positions.some(isHongKong);
    const name = typeof of === "string" ? `${of} ` : "";
    const said = only
      ? there && name + there
      : [spokenAccount(book, of, language), there]
          .filter(Boolean)
          .join(language === "zh" ? "" : " ");
    const urgent = !only && (status === "liquidation" || status === "immediate");
    this.set({ alert: urgent ? said : "" });
    this.around.say(urgent ? "" : said);
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
    this.speakFront();
  }

  takeSample(): Promise<boolean> {
    return this.turns.take(() => this.readSample());
  }

  private async readSample(): Promise<boolean> {
    try {
      const input = await sampleInput();
      const read = await this.read(input, {});
      if (!read || read.statement.format === undefined) return false;
      const { statement } = read;
      const [sample] = entriesOf([{ id: 0, input: undefined, statement, sample: true }]);
      if (!sample) return false;
      const typed = { ...this.state.typed, [sample.key]: SAMPLE_MARKET };
      this.state = { ...this.state, typed };
      await this.add(undefined, statement, true);
      return true;
    } catch {
      this.notify({ kind: "problem", text: this.texts.sampleMissing });
      return false;
    }
  }

  /**
   * Reads cells of the sheet again: they take the place of what they held before, and what was typed stays.
   * False where they are no table any more that can be taken unasked.
   */
  readAgain(one: Imported, input: Input): Promise<boolean> {
    return this.turns.take(() => this.readOver(one, input));
  }

  private async readOver(one: Imported, input: Input): Promise<boolean> {
    const { table } = one.statement;
    let read = await this.read(input, {});
    const known = table && read?.statement.table?.fingerprint === table.fingerprint;
    if (known) read = await this.read(input, { mapping: table.mapping });
    if (!read) return false;
    const { statement } = read;
    const { format, positions, accounts } = statement;
    const unsure = format === "table" && !known && !this.isKnown(read);
    const held = positions.length + accounts.length;
    if (format === undefined || unsure || held === 0 || positions.length > MOST_POSITIONS) {
      this.accept(input, read, {});
      return false;
    }
    const before = this.entry?.key;
    const { imported, typed } = this.state;
    this.state = {
      ...this.state,
      imported: imported.map((old) => (old === one ? { ...one, input, statement } : old)),
    };
    const after = this.entries.find(({ from }) => from.some(({ id }) => id === one.id))?.key;
    const moved = before && after && typed[before] ? { ...typed, [after]: typed[before] } : typed;
    this.tradesFor = after;
    this.set({ chosen: after, typed: moved, notice: undefined });
    this.keepSnapshot();
    this.speak(statement);
    this.around.focus("source-button");
    return true;
  }

  // Naming columns by hand

  /** As the user wishes: before any other question, but after the columns that are being named. */
  openMapping(input: Input, read: Read): void {
    const { questions, mapping, failures } = this.state;
    const front = mapping ? 1 : 0;
    this.state = {
      ...this.state,
      questions: [
        ...questions.slice(0, front),
        { kind: "mapping", input, read },
        ...questions.slice(front),
      ],
      failures: failures.filter(({ table }) => table?.input !== input),
    };
    this.set({});
    this.askNext();
  }

  private openColumns({ input, read }: Extract<Question, { kind: "mapping" }>): void {
    const { table } = read.statement;
    const { mapping, found } = table
      ? { mapping: table.mapping, found: guessedByReader(read) }
      : guessUnder(read.head, 1);
    this.set({
      page: "mapping",
      menu: false,
      mapping: { input, read, mapping, found, remember: true, more: false, preview: undefined },
    });
    this.around.focus("page-title");
    void this.preview();
  }

  /** The columns stay unnamed: what was read with other ones is as it was, else the file isn't taken. */
  private leaveMapping(): void {
    const [front, ...questions] = this.state.questions;
    this.previewing?.abort();
    this.set({ page: undefined, mapping: undefined, questions });
    const isHere = this.state.imported.some(({ input }) => input === front?.input);
    if (front && !isHere) this.sayLeftOut(front.input);
  }

  /** Opens the columns of a table that is already here. */
  async remap(entry: Entry): Promise<void> {
    const input = entry.from.at(-1)?.input;
    if (!input) return;
    this.openedFrom = "source-button";
    const read = await this.turns.take(() => this.read(input, {}));
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
    const questions = this.state.questions.slice(1);
    this.set({ questions, page: undefined, mapping: undefined });
    this.askNext();
    await this.takeOne(input, { mapping });
  }
}
