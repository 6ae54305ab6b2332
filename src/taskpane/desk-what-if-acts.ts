/** What the rooms of What if let a user do: actions, market moves, expiry. */
import type { Desk } from "./desk";
import type { SayProblem, Surroundings } from "./desk-acts";
import { sayAssumed } from "./desk-assumed";
import { tradesIn } from "./desk-cells";
import { copied } from "./desk-copy";
import type { DeskSheets } from "./desk-sheets";
import { UNMOVED } from "./desk-state";
import { rooms } from "./rooms";
import { pressed } from "./views/row-keys";
import type { ExpiryActs } from "./views/what-if/expiry";
import type { MarketActs } from "./views/what-if/market";
import type { WhatIfActs } from "./views/what-if/room";
import * as workbook from "./workbook";

const NEW_TRADE = { contract: "", side: "buy", effect: "close", lots: "", price: "" } as const;

export class DeskWhatIf {
  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
    private readonly sheets: DeskSheets,
    private readonly problem: SayProblem,
    private readonly typePrice: (underlying: string, text: string) => void,
  ) {}

  private setWhatIf(change: Partial<Desk["state"]["whatIf"]>): void {
    this.desk.set({ whatIf: { ...this.desk.state.whatIf, ...change }, notice: undefined });
  }

  readonly actions: WhatIfActs = {
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
      void copied(desk, code.ordersText(book, desk.planned(code, book), whatIf, language));
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
    toAccount: () => this.actions.toAccount(),
    toReconcile: () => this.actions.toReconcile(),
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
      this.typePrice(underlying, text);
    },
    openLine: (id, alsoOthers) => {
      const { expiry } = this.desk.state;
      const openLines = pressed(expiry.openLines, id, alsoOthers);
      this.desk.set({ expiry: { ...expiry, openLines } });
    },
    write: () => void this.sheets.writeExpiry(),
    undo: () => void this.sheets.undo(),
    toAccount: () => this.actions.toAccount(),
  };
}
