/** Reads files in their turn, one at a time; what is read can be cancelled. */
import type { Desk } from "./desk";
import { UNNOTICED } from "./late";
import { OtherBuild, readInput } from "./reading";
import type { Input, Read } from "./reading-input";
import type { Choices } from "./reading-message";
import { IMPORT_TEXTS } from "./texts-import";
import { Turns } from "./turns";

export class DeskReading {
  readonly turns = new Turns();
  private cancelling: AbortController | undefined;

  constructor(private readonly desk: Desk) {}

  /** How many files wait behind the one that is read. */
  get waiting(): number {
    return this.turns.waiting;
  }

  /** In its turn. Undefined where it was cancelled or broke off, which is said. */
  async read(input: Input, choices: Choices): Promise<Read | undefined> {
    const cancelling = new AbortController();
    this.cancelling = cancelling;
    const { name: file } = input;
    this.desk.set({ reading: { file, rows: 0, shown: false } });
    const patience = setTimeout(() => {
      const { reading } = this.desk.state;
      if (reading) this.desk.set({ reading: { ...reading, shown: true } });
    }, UNNOTICED);
    let said: string | undefined;
    try {
      return await readInput(
        input,
        {
          day: this.desk.around.today(),
          remembered: this.desk.memory.mappings,
          products: this.desk.parameters.products,
          ...choices,
        },
        {
          signal: cancelling.signal,
          onRows: (rows) => {
            const { reading } = this.desk.state;
            if (reading?.shown) this.desk.set({ reading: { ...reading, rows } });
            else this.desk.state = { ...this.desk.state, reading: { file, rows, shown: false } };
          },
        },
      );
    } catch (error) {
      const texts = this.desk.importTexts;
      said = cancelling.signal.aborted ? texts.cancelled(file) : undefined;
      if (said === undefined) this.breakOff(file, error instanceof OtherBuild);
      return undefined;
    } finally {
      clearTimeout(patience);
      this.cancelling = undefined;
      this.desk.set({ reading: undefined });
      if (said !== undefined) this.desk.notify({ kind: "problem", text: said });
      if (cancelling.signal.aborted) this.desk.refocus();
    }
  }

  /** A file nobody could read to its end stays listed: a notice gives way to the next one. */
  private breakOff(file: string, isOtherBuild: boolean): void {
    const { zh, en } = IMPORT_TEXTS;
    const said = isOtherBuild ? "otherBuild" : "broken";
    this.desk.imports.addFailure({
      file,
      text: { zh: zh[said](file), en: en[said](file) },
      details: "",
      table: undefined,
    });
  }

  cancel(): void {
    this.cancelling?.abort(new DOMException("cancelled", "AbortError"));
  }
}
