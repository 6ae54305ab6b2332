/** What is looked at, and the parts that change it: each action makes the next state, and the page is shown anew from it. */
import type { Book, HongKongBook, Reconciliation } from "../account";
import type { Day } from "../core";
import { heldCount } from "../statements";
import { DeskCalculation } from "./desk-calculation";
import { DeskColumns } from "./desk-columns";
import { entriesOf, type Entry, type Imported } from "./desk-entries";
import type { Expiries } from "./desk-expiries";
import { isIdle, LANDINGS } from "./desk-focus";
import { DeskImports } from "./desk-imports";
import { DeskKeptImports } from "./desk-kept-imports";
import { Looking, type Looked } from "./desk-looking";
import type { Marketed } from "./desk-market";
import { DeskMemory } from "./desk-memory";
import { DeskParameterFiles } from "./desk-parameter-files";
import type { Planned } from "./desk-planning";
import { DeskReading } from "./desk-reading";
import type { Reconciled } from "./desk-reconciled";
import { DeskSpeech } from "./desk-speech";
import { stateAtStart } from "./desk-start";
import { NOTHING_TYPED, type DeskState, type Page, type Typed } from "./desk-state";
import type { Language } from "./language";
import { keepRoom, type Room } from "./preferences";
import type { ActionsCode, ExpiryCode, HongKongCode, MarketCode, ReconcileCode } from "./rooms";
import type { Notice } from "./state";
import { FRAME_TEXTS, type FrameTexts } from "./texts-frame";
import { IMPORT_TEXTS, type ImportTexts } from "./texts-import";
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

const CANCEL_RECONCILING = "cancel-reconcile";

/** Rows from which on the figures wait until the typing rests. */
const MANY_POSITIONS = 100;
const TYPING = 150;

/** Between two looks at work that isn't done. */
const WAITING = 50;

export class Desk {
  state: DeskState = stateAtStart();
  /** The parts of the desk, each with what it does to the state. */
  readonly calculation = new DeskCalculation(this);
  readonly columns = new DeskColumns(this);
  readonly imports = new DeskImports(this);
  readonly kept = new DeskKeptImports(this);
  readonly memory: DeskMemory;
  readonly parameters = new DeskParameterFiles(this);
  readonly reading = new DeskReading(this);
  readonly speech = new DeskSpeech(this);
  /** Where the focus goes back to from a page. */
  openedFrom: string | undefined;

  constructor(readonly around: Around) {
    this.memory = new DeskMemory(this);
  }

  get texts(): FrameTexts {
    return FRAME_TEXTS[this.around.language()];
  }

  get importTexts(): ImportTexts {
    return IMPORT_TEXTS[this.around.language()];
  }

  set(change: Partial<DeskState>): void {
    this.state = { ...this.state, ...change };
    this.keepTrades();
    if (this.together) return;
    this.around.show();
    this.calculation.follow();
    this.speech.sayDue();
    this.kept.follow();
  }

  private together = false;

  /** Several changes, shown once. */
  atOnce(change: () => void): void {
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
  tradesFor: string | undefined;

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
  get wanted(): Entry | undefined {
    return this.entries.find(({ key }) => key === this.state.chosen) ?? this.entries[0];
  }

  /** The entry whose figures are shown; until there are any, the chosen one. */
  get entry(): Entry | undefined {
    return this.looked?.entry ?? this.wanted;
  }

  readonly looking = new Looking((arrived) => {
    if (!arrived) {
      const cancel = document.activeElement?.id === CANCEL_RECONCILING;
      this.around.show();
      // Whoever waited at the button goes to what was waited for.
      if (cancel && !document.getElementById(CANCEL_RECONCILING)) this.around.focus("rule-heading");
      return this.speech.sayDue();
    }
    this.calculation.snapshotDue = true;
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
    const many = heldCount(statement) > MANY_POSITIONS;
    return (many && this.untouched) || this.state;
  }

  typedFor({ key }: Entry): Typed {
    return this.state.typed[key] ?? NOTHING_TYPED;
  }

  // While something is typed

  private resting: ReturnType<typeof setTimeout> | undefined;
  get isTyping(): boolean {
    return this.resting !== undefined;
  }

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
    this.memory.keepSnapshot();
    this.speech.speakChange();
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

  /** The same once it is worked out whole, and whose it is; undefined where it was given up, whatever was found before. */
  async reconciliation(
    code: ReconcileCode,
  ): Promise<{ readonly entry: Entry; readonly found: Reconciliation } | undefined> {
    for (;;) {
      const { looked } = this;
      const now = looked && this.reconciled(code, looked);
      if (!now || now.cancelled) return undefined;
      if (!now.busy) return now.found && { entry: looked.entry, found: now.found };
      await new Promise((resolve) => setTimeout(resolve, WAITING));
    }
  }

  choose(key: string): void {
    this.rested();
    this.set({ chosen: key, menu: false, notice: undefined });
    this.around.focus("source-button");
    this.speech.speakFront();
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
    if (this.state.page === "mapping") this.columns.leaveMapping();
    this.set({ page: undefined, profileTyped: {}, profileRefused: {} });
    this.around.focus(this.openedFrom || "source-button");
    this.refocus();
    this.imports.askNext();
  }

  /** Where the focus is nowhere, it goes to what there is now. */
  refocus(): void {
    for (const id of LANDINGS) if (isIdle()) this.around.focus(id);
  }
}
