/** What the rooms and Settings let a user do, carried out on the desk and in the workbook. */
import { officialOf } from "../account";
import { MarginError, sentence } from "../core";
import type { Desk } from "./desk";
import { cellsOfPaste, pricesIn, tableOfPaste } from "./desk-cells";
import { copied } from "./desk-copy";
import { hongKongActs } from "./desk-hong-kong-acts";
import { DeskReconcile } from "./desk-reconcile-acts";
import { DeskSettings } from "./desk-settings-acts";
import { DeskSheets } from "./desk-sheets";
import { DeskStale } from "./desk-stale";
import type { Part } from "./desk-state";
import { typeOn } from "./desk-typed";
import { DeskWhatIf } from "./desk-what-if-acts";
import type { Language } from "./language";
import { NotLoaded } from "./late";
import type { LanguageChoice, MoveColours, ThemeChoice } from "./preferences";
import { changeProfile, withField } from "./profile-fields";
import { TEXTS } from "./texts";
import type { FrameTexts } from "./texts-frame";
import type { HongKongActs } from "./views/account/hong-kong";
import type { AccountActs } from "./views/account/room";
import { NO_TERMS, typedFrom } from "./views/account/terms";
import type { ReconcileActs } from "./views/reconcile/room";
import { pressed } from "./views/row-keys";
import type { SettingsActs } from "./views/settings/page";
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

export class DeskActs {
  private readonly sheets: DeskSheets;
  private readonly stale: DeskStale;
  private readonly settingsDesk: DeskSettings;
  readonly hongKong: HongKongActs;
  readonly whatIf: WhatIfActs;
  readonly market: MarketActs;
  readonly expiry: ExpiryActs;
  readonly reconcile: ReconcileActs;
  readonly settings: SettingsActs;

  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
  ) {
    this.sheets = new DeskSheets(desk, surroundings, this.problem);
    this.stale = new DeskStale(desk);
    this.settingsDesk = new DeskSettings(desk, surroundings);
    const whatIf = new DeskWhatIf(desk, surroundings, this.sheets, this.problem, (code, text) =>
      this.account.typePrice(code, text),
    );
    this.hongKong = hongKongActs(desk);
    this.whatIf = whatIf.actions;
    this.market = whatIf.market;
    this.expiry = whatIf.expiry;
    this.reconcile = new DeskReconcile(desk, surroundings, this.sheets).acts;
    this.settings = this.settingsDesk.acts;
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

  private takePrices(cells: readonly (readonly unknown[])[]): void {
    const { desk } = this;
    const found = pricesIn(cells, desk.looked?.book.underlyings ?? []);
    const count = Object.keys(found).length;
    if (count === 0)
      return desk.notify({ kind: "problem", at: "prices", text: desk.texts.noPrices });
    typeOn(this.desk, ({ prices }) => ({ prices: { ...prices, ...found } }));
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
      typeOn(this.desk, ({ terms }) => ({ terms: { ...terms, ...found } }));
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
      typeOn(this.desk, ({ prices }) => ({ prices: { ...prices, [underlying]: text } })),
    typeRate: (underlying, text) => {
      const { desk } = this;
      typeOn(this.desk, ({ rates }) => ({ rates: { ...rates, [underlying]: text } }));
      // An exchange's rate is the same for the next statement; the sample leaves nothing behind.
      if (desk.entry?.sample) return;
      const path = `products.${underlying}.exchange`;
      const changed = changeProfile(desk.state.profile, path, text);
      if ("profile" in changed) desk.memory.changeProfile(path, withField(path, text));
    },
    typeEquity: (equity) => typeOn(this.desk, () => ({ equity })),
    typeTerm: (contract, term, text) =>
      typeOn(this.desk, ({ terms }) => ({
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

  /** In the language that was chosen. */
  refuseAnew(): void {
    this.settingsDesk.refuseAnew();
  }

  part(part: Part): void {
    if (part === this.desk.state.part) return;
    this.desk.set({ part, notice: undefined });
  }

  copy(text: string): Promise<void> {
    return copied(this.desk, text);
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
