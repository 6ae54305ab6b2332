/** What is imported: each file that was read is taken, asked about, or listed with why it wasn't. */
import type { Bilingual } from "../core";
import { heldCount, type FormatId, type Statement } from "../statements";
import type { Desk } from "./desk";
import { crossedSince } from "./desk-derived";
import { alreadyHere, entriesOf, type Entry, type Imported } from "./desk-entries";
import { isIdle } from "./desk-focus";
import { isPlain, looksLikeTable } from "./desk-mapping";
import { withFile } from "./desk-parameters";
import {
  isKeptOpen,
  isMapping,
  NOTHING_OPEN,
  type DeskState,
  type Failure,
  type Question,
} from "./desk-state";
import type { KeptInput } from "./kept-shape";
import type { Language } from "./language";
import type { Input, Read } from "./reading-input";
import type { Choices } from "./reading-message";
import { SAMPLE_MARKET, sampleInput } from "./sample";
import { IMPORT_TEXTS } from "./texts-import";
import { shownDay } from "./views/frame/source-bar";

/** Rows of positions the pane works out; a file may hold any number of fills beside them. */
export const MOST_POSITIONS = 100_000;

export class DeskImports {
  private counted = 0;

  constructor(private readonly desk: Desk) {}

  async take(inputs: readonly Input[], choices: Choices = {}): Promise<void> {
    const { page, failures, questions } = this.desk.state;
    if (isKeptOpen(page)) this.desk.closePage();
    // What could not be taken a moment ago is still to be read.
    const under = this.desk.reading.turns.busy || questions.length > 0;
    this.desk.set({ dragging: false, notice: undefined, failures: under ? failures : [] });
    await Promise.all(inputs.map((input) => this.takeOne(input, choices)));
  }

  takeOne(input: Input, choices: Choices): Promise<void> {
    return this.desk.reading.turns.take(async () => {
      const read = await this.desk.reading.read(input, choices);
      if (read) await this.accept(input, read, choices);
    });
  }

  async accept(input: Input, read: Read, choices: Choices): Promise<void> {
    const { statement } = read;
    if (read.parameters) this.desk.parameters.take(input, read.parameters);
    else if (statement.choices.length > 0) {
      this.ask({ kind: "formats", input, choices: statement.choices });
    } else if (statement.format === undefined) this.fail(input, read);
    else if (statement.format === "table" && !choices.mapping && !this.isKnown(read)) {
      this.ask({ kind: "mapping", input, read });
    } else if (heldCount(statement) === 0 && statement.accounts.length === 0) {
      const text = (language: Language): string =>
        IMPORT_TEXTS[language].nothingHeld(statement.file, statement.trades.length);
      this.fail(input, read, { zh: text("zh"), en: text("en") });
    } else if (heldCount(statement) > MOST_POSITIONS) {
      const text = (language: Language): string =>
        IMPORT_TEXTS[language].tooMany(statement.file, heldCount(statement), MOST_POSITIONS);
      this.fail(input, read, { zh: text("zh"), en: text("en") });
    } else if (alreadyHere(statement, this.others(input)).length > 0) {
      this.ask({ kind: "again", input, read });
    } else await this.add(input, statement);
  }

  isKnown(read: Read): boolean {
    const { table } = read.statement;
    return isPlain(read) || (table !== undefined && table.fingerprint in this.desk.memory.mappings);
  }

  /** What was read of other files, or of other cells. */
  private others(input: Input | undefined): readonly Imported[] {
    return this.desk.state.imported.filter((one) => input === undefined || one.input !== input);
  }

  private ask(question: Question): void {
    this.desk.set({ questions: [...this.desk.state.questions, question] });
    this.askNext();
  }

  /** Columns are named on a page; it opens once no other page is open. Other questions show by themselves. */
  askNext(): void {
    const { questions, mapping, page } = this.desk.state;
    const [front] = questions;
    if (isMapping(front) && !mapping && !isKeptOpen(page)) this.desk.columns.openColumns(front);
  }

  sayLeftOut({ name }: Input): void {
    this.desk.notify({ kind: "problem", text: this.desk.importTexts.leftOut(name) });
  }

  private fail(input: Input, read: Read, text?: Bilingual): void {
    const { statement, head } = read;
    const [first] = statement.problems;
    const isTable = looksLikeTable(head);
    const noTable = first?.code === "notAStatement" && !isTable;
    const said = text ?? (noTable ? this.notATable(statement) : first?.text);
    if (!said) return;
    this.addFailure({
      file: statement.file,
      text: said,
      details: statement.problems.map((one) => `${one.text.zh}\n${one.text.en}`).join("\n"),
      table: isTable ? { input, read } : undefined,
    });
  }

  private notATable({ file }: Statement): Bilingual {
    return { zh: IMPORT_TEXTS.zh.notATable(file), en: IMPORT_TEXTS.en.notATable(file) };
  }

  addFailure(given: Omit<Failure, "id">): void {
    const failure: Failure = { ...given, id: ++this.counted };
    this.desk.set({ failures: [...this.desk.state.failures, failure] });
    this.desk.around.say(failure.text[this.desk.around.language()]);
    this.desk.around.focus(`failure-${failure.id}`);
  }

  dismiss(id: number): void {
    this.desk.set({ failures: this.desk.state.failures.filter((failure) => failure.id !== id) });
  }

  /** The user's answer to the question in front; undefined keeps everything as it is. */
  async answer(choice: FormatId | "replace" | undefined): Promise<void> {
    const [question, ...questions] = this.desk.state.questions;
    if (!question || isMapping(question)) return;
    this.desk.set({ questions });
    this.askNext();
    if (question.kind === "formats") {
      if (choice && choice !== "replace") await this.takeOne(question.input, { format: choice });
      else this.sayLeftOut(question.input);
      return;
    }
    const { input, read } = question;
    if (choice !== "replace") return this.show(read.statement);
    await this.desk.reading.turns.take(async () => {
      const old = new Set(alreadyHere(read.statement, this.desk.state.imported));
      this.desk.state = {
        ...this.desk.state,
        imported: this.desk.state.imported.filter((one) => !old.has(one)),
      };
      await this.add(input, read.statement);
    });
  }

  private async add(input: Input | undefined, statement: Statement, sample = false): Promise<void> {
    const one: Imported = { id: ++this.counted, input, statement, sample };
    // What was read of this very input before gives way to it.
    const imported = [...this.others(input).filter((old) => !(sample && old.sample)), one];
    this.desk.state = { ...this.desk.state, imported };
    this.show(statement);
    this.desk.parameters.refresh();
    this.desk.atOnce(() => {
      this.desk.memory.keepSnapshot();
      this.desk.speech.speak(statement);
    });
    await this.desk.calculation.settled();
  }

  /** What was imported before, without a question, and without leaving the room: nobody asked for it just now. */
  async bringBack(inputs: readonly KeptInput[], typed: DeskState["typed"]): Promise<void> {
    const { desk } = this;
    const back: Imported[] = [];
    let { parameters } = desk.state;
    for (const { input, choices } of inputs) {
      const read = await desk.reading.turns.take(() => desk.reading.read(input, choices));
      if (!read) continue;
      const { statement, parameters: file } = read;
      const { products } = desk.parameters;
      if (file?.parameters) parameters = withFile(parameters, { input, file, products });
      else if (statement.format) back.push({ id: ++this.counted, input, statement, sample: false });
    }
    const { imported } = desk.state;
    const earlier = back.filter(({ statement }) => alreadyHere(statement, imported).length === 0);
    desk.state = { ...desk.state, typed: { ...typed, ...desk.state.typed } };
    desk.set({ imported: [...earlier, ...imported], parameters });
    desk.parameters.refresh();
    desk.memory.keepSnapshot();
    const { wanted } = desk;
    const here = back.length + parameters.length;
    if (here < inputs.length) desk.notify({ kind: "problem", text: desk.texts.importsUnread });
    else if (wanted && imported.length === 0) {
      const day = wanted.day ? shownDay(wanted.day, desk.around.today()) : desk.texts.noDay;
      desk.set({ notice: { kind: "done", text: desk.texts.broughtBack(day) } });
      desk.speech.speakFront();
    }
  }

  /** Brings a statement into the Account room, its first account in front. */
  private show(statement: Statement): void {
    const entry =
      this.desk.entries.find((one) => one.statement === statement) ??
      this.desk.entries.find(({ from }) => from.some((one) => one.statement === statement)) ??
      this.desk.entries.find(
        ({ account, day }) =>
          day === statement.day && statement.accounts.some(({ id }) => id === account?.id),
      );
    const account = { ...this.desk.state.account, openLines: new Set<string>() };
    const { page, mapping } = this.desk.state;
    const stays = mapping !== undefined || isKeptOpen(page);
    const reconcile = NOTHING_OPEN;
    this.desk.state = {
      ...this.desk.state,
      page: stays ? page : undefined,
      pasted: "",
      account,
      reconcile,
    };
    if (this.desk.state.room === "functions")
      this.desk.state = { ...this.desk.state, room: "account" };
    this.desk.set({ chosen: entry?.key ?? this.desk.state.chosen });
    const late = this.desk.looking.busy;
    this.desk.calculation.onceThere(() => {
      const { looked } = this.desk;
      if (!looked || looked.entry.key !== entry?.key) return;
      const sinceOpen =
        !looked.entry.sample && crossedSince(looked.book, this.desk.state.snapshots);
      this.desk.set({ account: { ...this.desk.state.account, sinceOpen } });
      // Who has gone on to something else meanwhile is not called back.
      if (!late || isIdle()) this.desk.around.focus("status-heading");
    });
  }

  /** Takes one statement out again; files stay where they are. */
  remove(entry: Entry): void {
    const gone = new Set(entry.from.map(({ id }) => id));
    this.desk.set({
      imported: this.desk.state.imported.filter(({ id }) => !gone.has(id)),
      chosen: undefined,
      menu: false,
      notice: undefined,
    });
    this.desk.speech.speakFront();
  }

  takeSample(): Promise<boolean> {
    return this.desk.reading.turns.take(() => this.readSample());
  }

  private async readSample(): Promise<boolean> {
    try {
      const input = await sampleInput();
      const read = await this.desk.reading.read(input, {});
      if (!read || read.statement.format === undefined) return false;
      const { statement } = read;
      const [sample] = entriesOf([{ id: 0, input: undefined, statement, sample: true }]);
      if (!sample) return false;
      const typed = { ...this.desk.state.typed, [sample.key]: SAMPLE_MARKET };
      this.desk.state = { ...this.desk.state, typed };
      await this.add(undefined, statement, true);
      return true;
    } catch {
      this.desk.notify({ kind: "problem", text: this.desk.texts.sampleMissing });
      return false;
    }
  }
}
