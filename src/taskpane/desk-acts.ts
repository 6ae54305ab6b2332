/** What the rooms and Settings let a user do, carried out on the desk and in the workbook. */
import { liveSheet, profileText, readProfile, DEFAULT_PROFILE, type SheetPlan } from "../account";
import type { Profile } from "../account";
import type { Desk } from "./desk";
import { cellsOfPaste, pricesIn, tradesIn } from "./desk-cells";
import { NOTHING_TYPED, type Typed } from "./desk-state";
import { instructionsText } from "./instructions";
import type { Language } from "./language";
import type { LanguageChoice, ThemeChoice } from "./preferences";
import { changeProfile } from "./profile-fields";
import { TEXTS } from "./texts";
import type { AccountActs } from "./views/account/room";
import type { SettingsActs } from "./views/settings/page";
import type { WhatIfActs } from "./views/what-if/room";
import * as workbook from "./workbook";
import { removeSheet, sheetNames, writeSheet } from "./workbook-sheets";

/** What of the pane around them the acts reach. */
export interface Surroundings {
  readonly namespace: string;
  readonly language: () => Language;
  chooseLanguage(choice: LanguageChoice): void;
  chooseTheme(choice: ThemeChoice): void;
}

const NEW_TRADE = { contract: "", side: "buy", effect: "close", lots: "", price: "" } as const;

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

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export class DeskActs {
  /** Sheets written for the sample, which go with it. */
  private sampleSheets: string[] = [];

  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
  ) {}

  private problem(error: unknown): void {
    const problem = error instanceof workbook.WorkbookError ? error.problem : "failed";
    this.desk.notify({
      kind: "problem",
      text: TEXTS[this.surroundings.language()].problem[problem],
    });
  }

  private type(change: (typed: Typed) => Partial<Typed>): void {
    const { desk } = this;
    const { entry, state } = desk;
    if (!entry) return;
    const typed = state.typed[entry.key] ?? NOTHING_TYPED;
    desk.set({
      typed: { ...state.typed, [entry.key]: { ...typed, ...change(typed) } },
      notice: undefined,
    });
    desk.keepSnapshot();
  }

  private takePrices(cells: readonly (readonly unknown[])[]): void {
    const { desk } = this;
    const found = pricesIn(cells, desk.looked?.book.underlyings ?? []);
    const count = Object.keys(found).length;
    if (count === 0) return desk.notify({ kind: "problem", text: desk.texts.noPrices });
    this.type(({ prices }) => ({ prices: { ...prices, ...found } }));
    desk.notify({ kind: "done", text: desk.texts.pricesTaken(count) });
  }

  private setAccount(change: Partial<Desk["state"]["account"]>): void {
    this.desk.set({ account: { ...this.desk.state.account, ...change } });
  }

  readonly account: AccountActs = {
    openLine: (id, alsoOthers) => {
      const { openLines } = this.desk.state.account;
      const next = new Set(alsoOthers ? openLines : []);
      if (openLines.has(id)) next.delete(id);
      else next.add(id);
      this.setAccount({ openLines: next });
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
      const changed = changeProfile(desk.state.profile, `products.${underlying}.exchange`, text);
      if ("profile" in changed) this.keepProfile(changed.profile);
    },
    typeEquity: (equity) => this.type(() => ({ equity })),
    pricesFromSelection: () =>
      void workbook.selectedCells().then(
        ({ values }) => this.takePrices(values),
        (error: unknown) => this.problem(error),
      ),
    pastePrices: (text) => this.takePrices(cellsOfPaste(text)),
    writeSheet: () => void this.write(),
    undo: () => void this.undo(),
    reduceRisk: () => {
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
      this.problem(error);
    }
  }

  /** Writes the live sheet; says which cell to change where it is the sample's. */
  async write(): Promise<void> {
    const { desk } = this;
    const { looked } = desk;
    if (!looked) return;
    const { entry, book } = looked;
    try {
      const language = this.surroundings.language();
      const taken = await sheetNames();
      const { namespace } = this.surroundings;
      const plan = liveSheet(book, { language, namespace, taken });
      const { sheet } = await writeSheet(plan);
      if (entry.sample) this.sampleSheets.push(sheet);
      desk.set({ written: { sheet, entry: entry.key } });
      const other = entry.sample ? firstInput(plan) : undefined;
      const said = [
        desk.texts.written(sheet, plan.liveRows),
        other === undefined ? "" : desk.texts.tryIt(plan.firstInput, other),
      ];
      desk.notify({ kind: "done", text: said.filter(Boolean).join(language === "zh" ? "" : " ") });
    } catch (error) {
      this.problem(error);
    }
  }

  private async undo(): Promise<void> {
    const { desk } = this;
    const { written } = desk.state;
    if (!written) return;
    try {
      await removeSheet(written.sheet);
      this.sampleSheets = this.sampleSheets.filter((name) => name !== written.sheet);
      desk.set({ written: undefined });
      desk.notify({ kind: "done", text: desk.texts.undone(written.sheet) });
    } catch (error) {
      this.problem(error);
    }
  }

  async trySample(): Promise<void> {
    const { desk } = this;
    if (!(await desk.takeSample())) return;
    if (desk.around.connected()) await this.write();
  }

  async clearSample(): Promise<void> {
    const { desk } = this;
    const sample = desk.entries.find((entry) => entry.sample);
    if (!sample) return;
    const typed = { ...desk.state.typed };
    delete typed[sample.key];
    desk.remove(sample);
    desk.set({ typed, written: undefined });
    const sheets = this.sampleSheets;
    this.sampleSheets = [];
    try {
      for (const sheet of sheets) await removeSheet(sheet);
      desk.notify({ kind: "done", text: desk.texts.sampleCleared });
    } catch (error) {
      this.problem(error);
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
        (error: unknown) => this.problem(error),
      ),
    copyInstructions: () => {
      const { desk } = this;
      const { looked } = desk;
      if (!looked) return;
      const { book } = looked;
      const { plan } = desk.planned(book);
      const steps = plan && "steps" in plan ? plan : undefined;
      const language = this.surroundings.language();
      void this.copy(instructionsText(book, steps, desk.state.whatIf, language));
    },
    toAccount: () => {
      this.desk.enter("account");
      this.desk.around.focus("tab-account");
    },
  };

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

  private keepProfile(profile: Profile): void {
    this.desk.set({ profile });
    this.desk.keeper.write("profile", profileText(profile));
    this.desk.keepSnapshot();
  }

  private change(path: string, text: string): void {
    const { desk } = this;
    const refused = { ...desk.state.profileRefused };
    const changed = changeProfile(desk.state.profile, path, text);
    if ("refused" in changed) {
      refused[path] = changed.refused[this.surroundings.language()];
      return desk.set({ profileRefused: refused });
    }
    delete refused[path];
    desk.set({ profileRefused: refused });
    this.keepProfile(changed.profile);
  }

  readonly settings: SettingsActs = {
    back: () => this.desk.closePage(),
    type: (path, text) => {
      const { profileTyped } = this.desk.state;
      this.desk.set({ profileTyped: { ...profileTyped, [path]: text }, notice: undefined });
      this.change(path, text);
    },
    choose: (path, value) => this.change(path, value),
    exportJson: () =>
      download("option-seller-margin-profile.json", profileText(this.desk.state.profile)),
    importJson: (file) => void this.importJson(file),
    clearSnapshots: () => {
      const { desk } = this;
      desk.set({ snapshots: [] });
      desk.keeper.write("snapshots", "[]");
      desk.notify({ kind: "done", text: desk.texts.snapshotsCleared });
    },
    reset: () => {
      const { desk } = this;
      desk.set({ profileTyped: {}, profileRefused: {} });
      this.keepProfile(DEFAULT_PROFILE);
      desk.notify({ kind: "done", text: desk.texts.settingsReset });
    },
    language: (choice) => this.surroundings.chooseLanguage(choice),
    theme: (choice) => this.surroundings.chooseTheme(choice),
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
      const { address, values } = await workbook.selectedCells();
      const short = address.replace(/^.*!/, "").replace(/\$/g, "");
      await desk.take([{ kind: "cells", name: short, cells: values, address }]);
    } catch (error) {
      this.problem(error);
    }
  }
}
