/** What the rooms and Settings let a user do, carried out on the desk and in the workbook. */
import { DEFAULT_PROFILE, officialOf, profileText, readProfile, type Profile } from "../account";
import { MarginError, sentence } from "../core";
import type { Desk } from "./desk";
import { sayAssumed } from "./desk-assumed";
import { cellsOfPaste, pricesIn, tableOfPaste, tradesIn } from "./desk-cells";
import { hongKongActs } from "./desk-hong-kong-acts";
import { DeskSheets } from "./desk-sheets";
import { DeskStale } from "./desk-stale";
import { NOTHING_TYPED, UNMOVED, type Part, type Typed } from "./desk-state";
import type { Language } from "./language";
import type { LanguageChoice, MoveColours, ThemeChoice } from "./preferences";
import { changeProfile } from "./profile-fields";
import { NotLoaded } from "./late";
import { rooms } from "./rooms";
import { TEXTS } from "./texts";
import type { FrameTexts } from "./texts-frame";
import type { HongKongActs } from "./views/account/hong-kong";
import type { AccountActs } from "./views/account/room";
import { NO_TERMS, typedFrom } from "./views/account/terms";
import { pressed } from "./views/row-keys";
import type { SettingsActs } from "./views/settings/page";
import type { ReconcileActs } from "./views/reconcile/room";
import type { ExpiryActs } from "./views/what-if/expiry";
import type { MarketActs } from "./views/what-if/market";
import type { WhatIfActs } from "./views/what-if/room";
import * as workbook from "./workbook";

/** What of the pane around them the acts reach. */
export interface Surroundings {
  readonly namespace: string;
  readonly language: () => Language;
  chooseLanguage(choice: LanguageChoice): void;
  chooseTheme(choice: ThemeChoice): void;
  chooseMoves(choice: MoveColours): void;
  chooseWan(on: boolean): void;
}

/** Says that Excel didn't do a step, and why. */
export type SayProblem = (step: keyof FrameTexts["steps"], error: unknown) => void;

/** What a field does to a profile; a text it refuses does nothing. */
const withField =
  (path: string, text: string) =>
  (profile: Profile): Profile => {
    const changed = changeProfile(profile, path, text);
    return "profile" in changed ? changed.profile : profile;
  };

/** Whether a field is one of rates for some days. */
const isOfSteps = (path: string): boolean => path.startsWith("dated.");
const isOfNewStep = (path: string): boolean => path.startsWith("dated.new.");

const NEW_TRADE = { contract: "", side: "buy", effect: "close", lots: "", price: "" } as const;

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export class DeskActs {
  private readonly sheets: DeskSheets;
  private readonly stale: DeskStale;
  readonly hongKong: HongKongActs;

  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
  ) {
    this.sheets = new DeskSheets(desk, surroundings, this.problem);
    this.stale = new DeskStale(desk);
    this.hongKong = hongKongActs(desk);
  }

  /** Says which step Excel didn't do: the notice may come when the user has gone on to another. */
  private readonly problem: SayProblem = (step, error) => {
    const { texts } = this.desk;
    const problem = error instanceof workbook.WorkbookError ? error.problem : "failed";
    const why =
      error instanceof NotLoaded
        ? texts.notLoaded
        : TEXTS[this.surroundings.language()].problem[problem];
    this.desk.notify({ kind: "problem", text: texts.failedStep(texts.steps[step], why) });
  };

  private type(change: (typed: Typed) => Partial<Typed>): void {
    const { desk } = this;
    const { entry, state } = desk;
    if (!entry) return;
    const typed = state.typed[entry.key] ?? NOTHING_TYPED;
    desk.typing();
    desk.set({
      typed: { ...state.typed, [entry.key]: { ...typed, ...change(typed) } },
      notice: undefined,
      written: undefined,
    });
  }

  private takePrices(cells: readonly (readonly unknown[])[]): void {
    const { desk } = this;
    const found = pricesIn(cells, desk.looked?.book.underlyings ?? []);
    const count = Object.keys(found).length;
    if (count === 0)
      return desk.notify({ kind: "problem", at: "prices", text: desk.texts.noPrices });
    this.type(({ prices }) => ({ prices: { ...prices, ...found } }));
    desk.notify({ kind: "done", at: "prices", text: desk.texts.pricesTaken(count) });
  }

  private takeTerms(cells: readonly (readonly unknown[])[]): void {
    const { desk } = this;
    const { texts, looked } = desk;
    const say = (text: string, kind: "done" | "problem" = "problem"): void =>
      desk.notify({ kind, at: "terms", text });
    if (!looked) return;
    try {
      const official = officialOf(looked.book, cells);
      if (official.length === 0) return say(texts.noTerms);
      const found = typedFrom(looked.book, official);
      const count = Object.keys(found).length;
      if (count === 0) return say(texts.termsAgree, "done");
      this.type(({ terms }) => ({ terms: { ...terms, ...found } }));
      say(texts.termsTaken(count), "done");
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      say(texts.wrongTable(sentence(error)[this.surroundings.language()]));
    }
  }

  private setAccount(change: Partial<Desk["state"]["account"]>): void {
    this.desk.set({ account: { ...this.desk.state.account, ...change } });
  }

  readonly account: AccountActs = {
    openLine: (id, alsoOthers) => {
      const { openLines } = this.desk.state.account;
      this.setAccount({ openLines: pressed(openLines, id, alsoOthers) });
    },
    sort: (sort) => this.setAccount({ sort }),
    toggleSince: () => this.setAccount({ sinceOpen: !this.desk.state.account.sinceOpen }),
    toggleParts: () => this.setAccount({ partsOpen: !this.desk.state.account.partsOpen }),
    partsBy: (partsBy) => this.setAccount({ partsBy }),
    typePrice: (underlying, text) =>
      this.type(({ prices }) => ({ prices: { ...prices, [underlying]: text } })),
    typeRate: (underlying, text) => {
      const { desk } = this;
      this.type(({ rates }) => ({ rates: { ...rates, [underlying]: text } }));
      // An exchange's rate is the same for the next statement; the sample leaves nothing behind.
      if (desk.entry?.sample) return;
      const path = `products.${underlying}.exchange`;
      const changed = changeProfile(desk.state.profile, path, text);
      if ("profile" in changed) desk.memory.changeProfile(path, withField(path, text));
    },
    typeEquity: (equity) => this.type(() => ({ equity })),
    typeTerm: (contract, term, text) =>
      this.type(({ terms }) => ({
        terms: {
          ...terms,
          [contract]: { ...NO_TERMS, ...terms[contract], [term]: text, computed: undefined },
        },
      })),
    pasteTerms: (text) => this.takeTerms(tableOfPaste(text)),
    pricesFromSelection: () =>
      void workbook.selectedCells().then(
        ({ values }) => this.takePrices(values),
        (error: unknown) => this.problem("selection", error),
      ),
    pastePrices: (text) => this.takePrices(cellsOfPaste(text)),
    writeSheet: () => void this.sheets.write(),
    updateSheet: (cells) => void this.sheets.update(cells),
    writeAnother: () => void this.sheets.another(),
    undo: () => void this.sheets.undo(),
    reduceRisk: () => {
      this.desk.set({ part: "actions" });
      this.desk.enter("whatIf");
      this.desk.around.focus("tab-whatIf");
    },
    showProblems: () => this.desk.openPage("problems"),
    openSettings: () => this.desk.openPage("settings"),
    insertFormula: (line) => void this.insert(line),
  };

  private async insert(formula: string): Promise<void> {
    const { desk } = this;
    try {
      const target = await workbook.target();
      await workbook.insert(target, formula);
      desk.notify({ kind: "done", text: desk.texts.inserted(target.address) });
    } catch (error) {
      this.problem("insert", error);
    }
  }

  private trying = false;

  async trySample(): Promise<void> {
    const { desk } = this;
    if (this.trying) return;
    this.trying = true;
    try {
      if ((await desk.imports.takeSample()) && desk.around.connected()) await this.sheets.write();
    } finally {
      this.trying = false;
    }
  }

  async clearSample(): Promise<void> {
    const { desk } = this;
    const sample = desk.entries.find((entry) => entry.sample);
    if (!sample) return;
    const typed = { ...desk.state.typed };
    delete typed[sample.key];
    desk.imports.remove(sample);
    desk.set({ typed, written: undefined });
    try {
      await this.sheets.clearSample(sample);
      desk.notify({ kind: "done", text: desk.texts.sampleCleared });
    } catch (error) {
      this.problem("clearSample", error);
    }
    desk.around.focus("choose-files");
  }

  // What if

  private setWhatIf(change: Partial<Desk["state"]["whatIf"]>): void {
    this.desk.set({ whatIf: { ...this.desk.state.whatIf, ...change }, notice: undefined });
  }

  readonly whatIf: WhatIfActs = {
    order: (order) => {
      const { trades } = this.desk.state.whatIf;
      const start = order === "own" && trades.length === 0 ? { trades: [NEW_TRADE] } : {};
      this.setWhatIf({ order, ...start });
      sayAssumed(this.desk, "actions");
    },
    slippage: (slippage) => this.setWhatIf({ slippage }),
    addTrade: () => {
      const { trades } = this.desk.state.whatIf;
      this.setWhatIf({ trades: [...trades, NEW_TRADE] });
    },
    changeTrade: (index, change) =>
      this.setWhatIf({
        trades: this.desk.state.whatIf.trades.map((trade, at) =>
          at === index ? { ...trade, ...change } : trade,
        ),
      }),
    removeTrade: (index) =>
      this.setWhatIf({ trades: this.desk.state.whatIf.trades.filter((_, at) => at !== index) }),
    tradesFromSelection: () =>
      void workbook.selectedCells().then(
        ({ values }) => {
          const { desk } = this;
          const trades = tradesIn(values);
          if (trades.length === 0) {
            return desk.notify({ kind: "problem", text: desk.texts.noTrades });
          }
          this.setWhatIf({ trades });
          desk.notify({ kind: "done", text: desk.texts.tradesTaken(trades.length) });
        },
        (error: unknown) => this.problem("selection", error),
      ),
    copyInstructions: () => {
      const { desk } = this;
      const { looked } = desk;
      if (!looked) return;
      const { book } = looked;
      const code = rooms.actions.here;
      if (!code) return;
      const { whatIf } = desk.state;
      const language = this.surroundings.language();
      void this.copy(code.ordersText(book, desk.planned(code, book), whatIf, language));
    },
    writeCombining: () => void this.sheets.writeCombining(),
    undo: () => void this.sheets.undo(),
    toAccount: () => {
      this.desk.enter("account");
      this.desk.around.focus("tab-account");
    },
    toReconcile: () => {
      this.desk.enter("reconcile");
      this.desk.around.focus("tab-reconcile");
    },
  };

  part(part: Part): void {
    if (part === this.desk.state.part) return;
    this.desk.set({ part, notice: undefined });
  }

  private setMarket(change: Partial<Desk["state"]["market"]>): void {
    const { desk } = this;
    const before = this.marketStatus;
    desk.set({ market: { ...desk.state.market, ...change }, notice: undefined });
    // Not each figure on the way, but that the account would stand elsewhere.
    const now = this.marketStatus;
    if (before !== undefined && now !== undefined && before !== now) sayAssumed(desk, "market");
  }

  private get marketStatus() {
    const { desk } = this;
    const code = rooms.market.here;
    if (!code || !desk.looked) return undefined;
    return desk.marketed(code, desk.looked.book).marketed.strip?.strip.then?.status;
  }

  readonly market: MarketActs = {
    slide: (slid, text) => this.setMarket({ [slid]: text }),
    of: (of) => {
      this.setMarket({ of });
      sayAssumed(this.desk, "market");
    },
    cell: (cell) => this.setMarket({ cell }),
    assume: (cell, move, volatility) => {
      const code = rooms.market.here;
      if (!code) return;
      const percent = (share: typeof move): number => share.times(100).toNumber();
      this.setMarket({
        cell,
        price: code.slidText("price", percent(move)),
        volatility: code.slidText("volatility", percent(volatility)),
      });
    },
    reset: () => {
      const { of, cell } = this.desk.state.market;
      this.setMarket({ ...UNMOVED, of, cell });
      this.desk.around.focus("slider-price");
    },
    write: () => void this.sheets.writeMarket(),
    undo: () => void this.sheets.undo(),
    toAccount: () => this.whatIf.toAccount(),
    toReconcile: () => this.whatIf.toReconcile(),
  };

  private setExpiry(change: Partial<Desk["state"]["expiry"]>): void {
    this.desk.set({ expiry: { ...this.desk.state.expiry, ...change }, notice: undefined });
  }

  private switchExpiry(change: Partial<Desk["state"]["expiry"]>): void {
    this.setExpiry(change);
    sayAssumed(this.desk, "expiry");
  }

  readonly expiry: ExpiryActs = {
    basis: (basis) => this.switchExpiry({ basis }),
    all: (all) => this.switchExpiry({ all }),
    netting: (netting) => this.switchExpiry({ netting }),
    lots: (id, text) => {
      const { expiry } = this.desk.state;
      this.setExpiry({ lots: { ...expiry.lots, [id]: text } });
    },
    price: (underlying, text) => {
      const { expiry } = this.desk.state;
      this.setExpiry({ asked: new Set([...expiry.asked, underlying]) });
      this.account.typePrice(underlying, text);
    },
    openLine: (id, alsoOthers) => {
      const { expiry } = this.desk.state;
      const openLines = pressed(expiry.openLines, id, alsoOthers);
      this.desk.set({ expiry: { ...expiry, openLines } });
    },
    write: () => void this.sheets.writeExpiry(),
    undo: () => void this.sheets.undo(),
    toAccount: () => this.whatIf.toAccount(),
  };

  // Reconcile

  /** By the present inputs, with what is typed at the moment; what was found before is neither copied nor used. */
  private found() {
    this.desk.rested();
    const { looked } = this.desk;
    const code = rooms.reconcile.here;
    const now = code && looked && this.desk.reconciled(code, looked);
    return now?.found && !now.busy && !now.cancelled ? { code, found: now.found } : {};
  }

  private setReconcile(change: Partial<Desk["state"]["reconcile"]>): void {
    this.desk.set({ reconcile: { ...this.desk.state.reconcile, ...change } });
  }

  readonly reconcile: ReconcileActs = {
    openRow: (id, alsoOthers) => {
      const { openRows } = this.desk.state.reconcile;
      this.setReconcile({ openRows: pressed(openRows, id, alsoOthers) });
    },
    search: (query) => this.setReconcile({ query }),
    toggleMatching: () =>
      this.setReconcile({ matchingOpen: !this.desk.state.reconcile.matchingOpen }),
    toggleIdentities: () =>
      this.setReconcile({ identitiesOpen: !this.desk.state.reconcile.identitiesOpen }),
    day: (key) => {
      const id = document.activeElement?.id;
      this.desk.choose(key);
      if (id) this.desk.around.focus(id);
    },
    typePrevious: (underlying, text) =>
      this.type(({ previous }) => ({ previous: { ...previous, [underlying]: text } })),
    useRule: () => this.useRule(),
    copyRow: (id) => {
      const { code, found } = this.found();
      const row = found?.breaking.find((one) => one.id === id);
      if (!code || !row) return;
      this.setReconcile({ noticeAt: id });
      void this.copy(code.questionText(found, row, this.surroundings.language()));
    },
    write: () => {
      this.setReconcile({ noticeAt: undefined });
      void this.sheets.writeReconcile();
    },
    print: () => {
      this.setReconcile({ noticeAt: undefined });
      void this.sheets.printReconcile();
    },
    undo: () => void this.sheets.undo(),
    cancel: () => this.desk.cancelReconciling(),
    again: () => this.desk.reconcileAgain(),
  };

  /** The rule that was found becomes the profile's; what it can't say of single products is told. */
  private useRule(): void {
    const { desk } = this;
    const { code, found } = this.found();
    if (!code || !found || !code.profileBy(found, desk.state.profile)) return;
    this.setReconcile({ noticeAt: code.AT_RULE });
    desk.typing();
    desk.memory.changeProfile("surcharge", (profile) => code.profileBy(found, profile) ?? profile);
    const language = this.surroundings.language();
    const texts = code.RECONCILE_TEXTS[language];
    const { sentence, terms } = found.rule;
    const left = terms.others.flatMap(({ terms: { kind }, products }) =>
      kind === "rate" ? [] : products.map(({ name }) => name[language]),
    );
    const separator = language === "zh" ? "、" : ", ";
    const said = [
      texts.usedNow(sentence[language]),
      ...(left.length > 0 ? [texts.exceptions(left.join(separator))] : []),
    ];
    desk.notify({ kind: "done", text: said.join(language === "zh" ? "" : " ") });
    // The button is gone with what it did.
    desk.around.focus("rule-heading");
  }

  async copy(text: string): Promise<void> {
    const { desk } = this;
    try {
      await navigator.clipboard.writeText(text);
      desk.notify({ kind: "done", text: desk.texts.copied });
    } catch {
      desk.notify({ kind: "problem", text: desk.texts.notCopied });
    }
  }

  // Settings

  /** Whole, as it was imported or is by default. */
  private keepProfile(profile: Profile): void {
    this.desk.typing();
    this.desk.memory.changeProfile("", () => profile);
  }

  /** Whether the profile takes it; undefined, or the sentence why not. */
  private refusal(path: string, text: string): string | undefined {
    const { profile, profileRefused } = this.desk.state;
    // A new step is asked about when it is added.
    if (isOfNewStep(path)) return profileRefused[path];
    const changed = isOfSteps(path)
      ? rooms.settings.here?.changeDated(profile, path, text)
      : changeProfile(profile, path, text);
    return changed && "refused" in changed
      ? changed.refused[this.surroundings.language()]
      : undefined;
  }

  /** A field that is taken may make room for another that wasn't: a line for the one above it. */
  private change(path: string, text: string): void {
    const { desk } = this;
    desk.typing();
    const waiting = new Map([...this.refusedTexts(), [path, text]]);
    if (this.refusal(path, text) === undefined) {
      for (let taken: string | undefined = path; taken !== undefined;) {
        this.take(taken, waiting.get(taken) ?? "");
        waiting.delete(taken);
        taken = [...waiting].find(([at, typed]) => this.refusal(at, typed) === undefined)?.[0];
      }
    }
    this.refuse(waiting);
  }

  /** Rates for some days are seen to by the code of the page. */
  private take(path: string, text: string): void {
    if (isOfSteps(path)) rooms.settings.here?.takeStep(this.desk, path, text);
    else this.desk.memory.changeProfile(path, withField(path, text));
  }

  /** What stands in the fields that were refused. */
  private refusedTexts(): readonly (readonly [string, string])[] {
    const { profileRefused, profileTyped } = this.desk.state;
    return Object.keys(profileRefused).map((path) => [path, profileTyped[path] ?? ""] as const);
  }

  private refuse(waiting: ReadonlyMap<string, string>): void {
    const profileRefused = Object.fromEntries(
      [...waiting].flatMap(([path, text]) => {
        const why = this.refusal(path, text);
        return why === undefined ? [] : [[path, why]];
      }),
    );
    this.desk.set({ profileRefused });
  }

  /** In the language that was chosen. */
  refuseAnew(): void {
    this.refuse(new Map(this.refusedTexts()));
  }

  readonly settings: SettingsActs = {
    back: () => this.desk.closePage(),
    type: (path, text) => {
      const { profileTyped } = this.desk.state;
      this.desk.set({ profileTyped: { ...profileTyped, [path]: text }, notice: undefined });
      // A new step is taken whole, when it is added.
      if (isOfNewStep(path)) rooms.settings.here?.typeNewStep(this.desk, path);
      else this.change(path, text);
    },
    addStep: () => rooms.settings.here?.addStep(this.desk, this.surroundings.language()),
    removeStep: (code, index) =>
      rooms.settings.here?.removeStep(this.desk, this.surroundings.language(), code, index),
    choose: (path, value) => {
      this.desk.speech.saySwitch();
      this.change(path, value);
    },
    exportJson: () =>
      download("option-seller-margin-profile.json", profileText(this.desk.state.profile)),
    importJson: (file) => void this.importJson(file),
    clearSnapshots: () => {
      const { desk } = this;
      desk.set({ snapshots: [] });
      desk.memory.keeper.write("snapshots", "[]");
      desk.notify({ kind: "done", text: desk.texts.snapshotsCleared });
    },
    keepImports: (on) => void this.desk.kept.choose(on),
    clearImports: () => void this.desk.kept.clear(),
    reset: () => {
      const { desk } = this;
      desk.set({ profileTyped: {}, profileRefused: {} });
      this.keepProfile(DEFAULT_PROFILE);
      desk.notify({ kind: "done", text: desk.texts.settingsReset });
    },
    language: (choice) => this.surroundings.chooseLanguage(choice),
    theme: (choice) => this.surroundings.chooseTheme(choice),
    moves: (choice) => this.surroundings.chooseMoves(choice),
    wan: (on) => this.surroundings.chooseWan(on),
  };

  private async importJson(file: File): Promise<void> {
    const { desk } = this;
    let json: unknown;
    try {
      json = JSON.parse(await file.text());
    } catch {
      return desk.notify({ kind: "problem", text: desk.texts.settingsNotJson(file.name) });
    }
    const read = readProfile(json);
    if ("refused" in read) {
      return desk.notify({ kind: "problem", text: read.refused[this.surroundings.language()] });
    }
    desk.set({ profileTyped: {}, profileRefused: {} });
    this.keepProfile(read.profile);
    desk.notify({ kind: "done", text: desk.texts.settingsRead });
  }

  // Importing what stands in the sheet

  async takeSelection(): Promise<void> {
    const { desk } = this;
    try {
      const { chosen, address, values } = await workbook.selectedCells();
      const short = address.replace(/^.*!/, "").replace(/\$/g, "");
      await desk.imports.take([{ kind: "cells", name: short, cells: values, address, chosen }]);
    } catch (error) {
      this.problem("selection", error);
    }
  }

  /** The user comes back to the pane: the cells that were imported may have changed. */
  lookAtSheet(): void {
    void this.stale.look();
  }

  reread(): void {
    void this.stale.reread((error) => this.problem("reread", error));
  }
}
