/** What the Reconcile room lets a user do. */
import type { Desk } from "./desk";
import type { Surroundings } from "./desk-acts";
import { copied } from "./desk-copy";
import type { DeskSheets } from "./desk-sheets";
import { typeOn } from "./desk-typed";
import { rooms } from "./rooms";
import type { ReconcileActs } from "./views/reconcile/room";
import { pressed } from "./views/row-keys";

export class DeskReconcile {
  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
    private readonly sheets: DeskSheets,
  ) {}

  /** By the present inputs, with what is typed at the moment; what was found before is neither copied nor used. */
  private found() {
    this.desk.rested();
    const { looked } = this.desk;
    const code = rooms.reconcile.here;
    const now = code && looked && this.desk.reconciled(code, looked);
    return now?.found && !now.busy && !now.cancelled ? { code, found: now.found } : {};
  }

  private set(change: Partial<Desk["state"]["reconcile"]>): void {
    this.desk.set({ reconcile: { ...this.desk.state.reconcile, ...change } });
  }

  readonly acts: ReconcileActs = {
    openRow: (id, alsoOthers) => {
      const { openRows } = this.desk.state.reconcile;
      this.set({ openRows: pressed(openRows, id, alsoOthers) });
    },
    search: (query) => this.set({ query }),
    toggleMatching: () => this.set({ matchingOpen: !this.desk.state.reconcile.matchingOpen }),
    toggleIdentities: () => this.set({ identitiesOpen: !this.desk.state.reconcile.identitiesOpen }),
    day: (key) => {
      const id = document.activeElement?.id;
      this.desk.choose(key);
      if (id) this.desk.around.focus(id);
    },
    typePrevious: (underlying, text) =>
      typeOn(this.desk, ({ previous }) => ({ previous: { ...previous, [underlying]: text } })),
    useRule: () => this.useRule(),
    copyRow: (id) => {
      const { code, found } = this.found();
      const row = found?.breaking.find((one) => one.id === id);
      if (!code || !row) return;
      this.set({ noticeAt: id });
      void copied(this.desk, code.questionText(found, row, this.surroundings.language()));
    },
    write: () => {
      this.set({ noticeAt: undefined });
      void this.sheets.writeReconcile();
    },
    print: () => {
      this.set({ noticeAt: undefined });
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
    this.set({ noticeAt: code.AT_RULE });
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
}
