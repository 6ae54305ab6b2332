/** Parameter files of clearing houses, beside whatever account is here. */
import type { RiskFile } from "../statements";
import type { Desk } from "./desk";
import { lacksProducts, productsWanted, withFile } from "./desk-parameters";
import type { Input } from "./reading-input";

export class DeskParameterFiles {
  constructor(private readonly desk: Desk) {}

  get products(): readonly string[] {
    return productsWanted(this.desk.state.imported.map(({ statement }) => statement));
  }

  /** A clearing house's parameters stay beside whatever account is here or comes. */
  take(input: Input, file: RiskFile): void {
    const [first] = file.problems;
    if (!file.parameters) {
      const details = file.problems.map(({ text }) => `${text.zh}\n${text.en}`).join("\n");
      const text = first?.text ?? { zh: input.name, en: input.name };
      this.desk.imports.addFailure({ file: input.name, text, details, table: undefined });
      return;
    }
    const parameters = withFile(this.desk.state.parameters, {
      input,
      file,
      products: this.products,
    });
    const { page } = this.desk.state;
    // The file is said first; where the account stands by it, once that rests.
    this.desk.typing();
    this.desk.set({ parameters, page: page === "import" && this.desk.wanted ? undefined : page });
    const { house, on, series } = file.parameters;
    const texts = this.desk.importTexts;
    const said = [
      texts.parametersRead(input.name, house, on, series.length),
      ...file.problems.slice(0, 1).map(({ text }) => text[this.desk.around.language()]),
      ...(this.desk.wanted ? [] : [texts.parametersWait]),
    ];
    const done = file.parameters.complete && series.length > 0;
    this.desk.notify({ kind: done ? "done" : "problem", text: said.join(" ") });
    this.desk.refocus();
  }

  /** Reads parameter files again whose products aren't all that are wanted by now. */
  refresh(): void {
    for (const one of this.desk.state.parameters) {
      if (!lacksProducts(one, this.products)) continue;
      void this.desk.reading.turns.take(async () => {
        const { products } = this;
        if (!this.desk.state.parameters.includes(one) || !lacksProducts(one, products)) return;
        const file = (await this.desk.reading.read(one.input, {}))?.parameters;
        if (!file?.parameters) return;
        const parameters = withFile(this.desk.state.parameters, {
          input: one.input,
          file,
          products,
        });
        this.desk.typing();
        this.desk.set({ parameters });
      });
    }
  }
}
