/** Naming the columns of a table by hand. */
import type { Desk } from "./desk";
import type { Entry } from "./desk-entries";
import { assigned, guessedByReader, guessUnder } from "./desk-mapping";
import type { Question } from "./desk-state";
import { readInput } from "./reading";
import type { Input, Read } from "./reading-input";

export class DeskColumns {
  private previewing: AbortController | undefined;

  constructor(private readonly desk: Desk) {}

  /** As the user wishes: before any other question, but after the columns that are being named. */
  openMapping(input: Input, read: Read): void {
    const { questions, mapping, failures } = this.desk.state;
    const front = mapping ? 1 : 0;
    this.desk.state = {
      ...this.desk.state,
      questions: [
        ...questions.slice(0, front),
        { kind: "mapping", input, read },
        ...questions.slice(front),
      ],
      failures: failures.filter(({ table }) => table?.input !== input),
    };
    this.desk.set({});
    this.desk.imports.askNext();
  }

  openColumns({ input, read }: Extract<Question, { kind: "mapping" }>): void {
    const { table } = read.statement;
    const { mapping, found } = table
      ? { mapping: table.mapping, found: guessedByReader(read) }
      : guessUnder(read.head, 1);
    this.desk.set({
      page: "mapping",
      menu: false,
      mapping: { input, read, mapping, found, remember: true, more: false, preview: undefined },
    });
    this.desk.around.focus("page-title");
    void this.preview();
  }

  /** The columns stay unnamed: what was read with other ones is as it was, else the file isn't taken. */
  leaveMapping(): void {
    const [front, ...questions] = this.desk.state.questions;
    this.previewing?.abort();
    this.desk.set({ page: undefined, mapping: undefined, questions });
    const isHere = this.desk.state.imported.some(({ input }) => input === front?.input);
    if (front && !isHere) this.desk.imports.sayLeftOut(front.input);
  }

  /** Opens the columns of a table that is already here. */
  async remap(entry: Entry): Promise<void> {
    const input = entry.from.at(-1)?.input;
    if (!input) return;
    this.desk.openedFrom = "source-button";
    const read = await this.desk.reading.turns.take(() => this.desk.reading.read(input, {}));
    if (read) this.openMapping(input, read);
  }

  mapColumn(column: Parameters<typeof assigned>[1], index: number | undefined): void {
    const { mapping } = this.desk.state;
    if (!mapping) return;
    this.desk.set({
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
    const { mapping } = this.desk.state;
    if (!mapping) return;
    const { table } = mapping.read.statement;
    const guess =
      table?.mapping.headerRow === headerRow
        ? { mapping: table.mapping, found: guessedByReader(mapping.read) }
        : guessUnder(mapping.read.head, headerRow);
    this.desk.set({ mapping: { ...mapping, ...guess, preview: undefined } });
    void this.preview();
  }

  mapMore(): void {
    const { mapping } = this.desk.state;
    if (mapping) this.desk.set({ mapping: { ...mapping, more: !mapping.more } });
  }

  mapRemember(remember: boolean): void {
    const { mapping } = this.desk.state;
    if (mapping) this.desk.set({ mapping: { ...mapping, remember } });
  }

  /** How many rows would be read with these columns; the latest wish counts. */
  private async preview(): Promise<void> {
    this.previewing?.abort();
    const previewing = new AbortController();
    this.previewing = previewing;
    const { mapping } = this.desk.state;
    if (!mapping) return;
    try {
      const { statement } = await readInput(
        mapping.input,
        { day: this.desk.around.today(), mapping: mapping.mapping },
        { signal: previewing.signal, onRows: () => undefined },
      );
      const now = this.desk.state.mapping;
      if (previewing.signal.aborted || !now) return;
      this.desk.set({ mapping: { ...now, preview: statement.rows } });
    } catch {
      // Another choice was made meanwhile.
    }
  }

  async importMapped(): Promise<void> {
    const { mapping: page } = this.desk.state;
    if (!page) return;
    this.previewing?.abort();
    const { input, mapping, remember, read } = page;
    const fingerprint = read.statement.table?.fingerprint;
    if (remember && fingerprint) this.desk.memory.keepMapping(fingerprint, mapping);
    const questions = this.desk.state.questions.slice(1);
    this.desk.set({ questions, page: undefined, mapping: undefined });
    this.desk.imports.askNext();
    await this.desk.imports.takeOne(input, { mapping });
  }
}
