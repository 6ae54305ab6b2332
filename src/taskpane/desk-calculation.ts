/** While a large book is worked out: what waits for its figures, and the way back to what there was. */
import { profileText } from "../account";
import { heldCount } from "../statements";
import type { Desk } from "./desk";
import type { DeskState } from "./desk-state";
import { UNNOTICED } from "./late";

export class DeskCalculation {
  private noticing: ReturnType<typeof setTimeout> | undefined;
  private noticed = false;
  /** A snapshot is kept as soon as the figures are there. */
  snapshotDue = false;
  /** What is done once the figures are there; nothing of it where the calculation is cancelled. */
  private arrivals: (() => void)[] = [];
  private settling: (() => void)[] = [];
  /** What the figures that are shown follow from. */
  private before: Pick<DeskState, "imported" | "chosen" | "typed" | "profile">;

  constructor(private readonly desk: Desk) {
    this.before = desk.state;
  }

  /** The calculation under way, once it has taken long enough to be noticed. */
  get underWay(): { file: string; rows: number; all: number } | undefined {
    if (!this.noticed || !this.desk.wanted || !this.desk.looking.busy) return undefined;
    const { statement } = this.desk.wanted;
    return { file: statement.file, rows: this.desk.looking.rows, all: heldCount(statement) };
  }

  follow(): void {
    if (this.desk.looking.busy) {
      this.noticing ??= setTimeout(() => {
        this.noticed = true;
        this.desk.around.show();
      }, UNNOTICED);
      return;
    }
    clearTimeout(this.noticing);
    this.noticing = undefined;
    this.noticed = false;
    if (!this.desk.isTyping) {
      const { imported, chosen, typed, profile } = this.desk.state;
      this.before = { imported, chosen, typed, profile };
    }
    const { arrivals, settling, snapshotDue } = this;
    [this.arrivals, this.settling, this.snapshotDue] = [[], [], false];
    if (arrivals.length > 0 || snapshotDue) {
      this.desk.atOnce(() => {
        for (const act of arrivals) act();
        if (snapshotDue) this.desk.memory.keepSnapshot();
      });
    }
    for (const act of settling) act();
  }

  onceThere(act: () => void): void {
    if (this.desk.looking.busy) this.arrivals.push(act);
    else act();
  }

  /** Resolves when the figures shown are those that were wished for, or the wish was given up. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.desk.looking.busy) this.settling.push(resolve);
      else resolve();
    });
  }

  /** Back to what the shown figures follow from: the account, what was typed, the broker's terms. */
  cancel(): void {
    if (!this.desk.looking.busy) return;
    this.desk.looking.stop();
    this.arrivals = [];
    this.snapshotDue = false;
    const { before } = this;
    if (before.profile !== this.desk.state.profile) {
      this.desk.memory.keeper.write("profile", profileText(before.profile));
    }
    this.desk.set({ ...before, profileTyped: {}, profileRefused: {} });
    this.desk.notify({ kind: "problem", text: this.desk.importTexts.calculationCancelled });
    this.desk.around.focus(this.desk.wanted ? "source-button" : "choose-files");
  }
}
