/** Cells that were imported from the sheet and may have changed there since. */
import { heldCount } from "../statements";
import type { Desk } from "./desk";
import type { Imported } from "./desk-entries";
import { MOST_POSITIONS } from "./desk-imports";
import type { Input } from "./reading-input";
import * as workbook from "./workbook";

type Cells = Extract<Input, { kind: "cells" }>;

/** Read again whenever the user comes back to the pane: it must not be felt. */
const MOST_CELLS = 20_000;

const isOfCells = (one: Imported): one is Imported & { readonly input: Cells } =>
  one.input?.kind === "cells";

const sameCells = (a: Cells["cells"], b: Cells["cells"]): boolean =>
  a.length === b.length &&
  a.every((row, r) => {
    const other = b[r] ?? [];
    return row.length === other.length && row.every((cell, c) => cell === other[c]);
  });

export class DeskStale {
  private looking = false;

  constructor(private readonly desk: Desk) {}

  private get ofCells(): readonly (Imported & { readonly input: Cells })[] {
    return this.desk.entry?.from.filter(isOfCells) ?? [];
  }

  /** Looks whether the cells behind the account in front are still what was read. */
  async look(): Promise<void> {
    const { desk } = this;
    const { room, reading } = desk.state;
    if (this.looking || !desk.around.connected() || room === "functions" || reading) return;
    this.looking = true;
    try {
      for (const { id, input } of this.ofCells) {
        const { values } = await workbook.cellsAt(input.chosen, MOST_CELLS);
        this.mark(id, !sameCells(values, input.cells));
      }
    } catch {
      // Too many cells, no such sheet, or Excel is busy: nothing is known, so nothing is said.
    } finally {
      this.looking = false;
    }
  }

  private mark(id: number, isStale: boolean): void {
    const { stale } = this.desk.state;
    if (stale.has(id) === isStale) return;
    const next = new Set(stale);
    if (isStale) next.add(id);
    else next.delete(id);
    this.desk.set({ stale: next });
  }

  /** Imports the same cells again in place; what was typed for the account stays. */
  async reread(problem: (error: unknown) => void): Promise<void> {
    const { desk } = this;
    try {
      for (const one of this.ofCells) {
        if (!desk.state.stale.has(one.id)) continue;
        const { values, address } = await workbook.cellsAt(one.input.chosen);
        const taken = await this.readAgain(one, { ...one.input, cells: values, address });
        if (taken) this.mark(one.id, false);
      }
    } catch (error) {
      problem(error);
    }
  }

  /**
   * Reads cells of the sheet again: they take the place of what they held before, and what was typed stays.
   * False where they are no table any more that can be taken unasked.
   */
  private readAgain(one: Imported, input: Input): Promise<boolean> {
    return this.desk.reading.turns.take(() => this.readOver(one, input));
  }

  private async readOver(one: Imported, input: Input): Promise<boolean> {
    const { imports } = this.desk;
    const { table } = one.statement;
    let read = await this.desk.reading.read(input, {});
    const known = table && read?.statement.table?.fingerprint === table.fingerprint;
    if (known) read = await this.desk.reading.read(input, { mapping: table.mapping });
    if (!read) return false;
    const { statement } = read;
    const { format, accounts } = statement;
    const rows = heldCount(statement);
    const unsure = format === "table" && !known && !imports.isKnown(read);
    const held = rows + accounts.length;
    if (format === undefined || unsure || held === 0 || rows > MOST_POSITIONS) {
      void imports.accept(input, read, {});
      return false;
    }
    const before = this.desk.entry?.key;
    const { imported, typed } = this.desk.state;
    this.desk.state = {
      ...this.desk.state,
      imported: imported.map((old) => (old === one ? { ...one, input, statement } : old)),
    };
    const after = this.desk.entries.find(({ from }) => from.some(({ id }) => id === one.id))?.key;
    const moved = before && after && typed[before] ? { ...typed, [after]: typed[before] } : typed;
    this.desk.tradesFor = after;
    this.desk.set({ chosen: after, typed: moved, notice: undefined });
    this.desk.memory.keepSnapshot();
    this.desk.speech.speak(statement);
    this.desk.around.focus("source-button");
    return true;
  }
}
