/** Where things stand on the live sheet, and what its parts ask of the book together. */
import { amount, type Amount, type Bilingual } from "../core";
import type { Book, Line, Underlying } from "./book";
import { optionOf } from "./figure";
import { readingOf, type Reading } from "./reading";
import { SHEET_TEXTS, type SheetTexts } from "./sheet-texts";
import { setsByLine, sheetSets, type SheetSet } from "./sheet-sets";
import { answeredAsTable, hasLocked, markupOf } from "./sheet-terms";
import { foundBy, type Found } from "./sheet-underlyings";
import { askedTerms, type AskedTerms } from "./terms";

/** Whether two lines may be legs of one set: futures and shares go with every month, one strike with other months. */
function mayGoTogether(one: Line, other: Line): boolean {
  const [a, b] = [optionOf(one.position), optionOf(other.position)];
  if (one.underlying === other.underlying && (!a || !b || a.month === b.month)) return true;
  const alike = a && b && a.product === b.product && a.right === b.right;
  return Boolean(alike && one.strike && other.strike?.equals(one.strike));
}

interface Options {
  readonly language: "zh" | "en";
  readonly namespace: string;
  /** One formula a column instead of one a row, where one can answer every row. */
  readonly spilled: boolean;
}

/** Columns of the positions by what stands in them. */
export interface Columns {
  readonly exchangeRate: string;
  readonly brokerRate: string;
  readonly unit: string;
  readonly strike: string;
}

/** The order an auditor reads in. */
const ROW_BY_ROW: Columns = { exchangeRate: "G", brokerRate: "H", unit: "I", strike: "J" };

/** A table has one rate: the exchange's stands last, so that the broker's table ends before it. */
const AS_TABLE: Columns = { brokerRate: "G", unit: "H", strike: "I", exchangeRate: "J" };

/** Columns A to P, and the locked shares. */
const WIDTHS = [20, 19, 19, 13, 17, 17, 14, 12, 10, 11, 18, 16, 16, 14, 14, 40];

const LOCKED_WIDTH = 12;

/** Underlyings start under their header in row 12. */
const FIRST_UNDERLYING = 13;

export class Layout {
  readonly texts: SheetTexts;
  readonly language: "zh" | "en";
  readonly spilled: boolean;
  readonly columns: Columns;
  readonly sets: readonly SheetSet[];
  readonly reading: Reading;
  /** Contracts whose strike or unit is the user's to give. */
  readonly asked: ReadonlyMap<string, AskedTerms>;
  /** The broker's addition to the exchange's figure that cell F7 holds. */
  readonly markup: Amount;
  /** Whether some covered call has its locked shares in column Q. */
  readonly locked: boolean;
  private readonly byLine: ReadonlyMap<Line, readonly SheetSet[]>;
  private readonly lineAt: ReadonlyMap<Line, number>;
  private readonly foundOf = new Map<Underlying, Found>();
  private readonly rowOf: ReadonlyMap<string, number>;
  private readonly namespace: string;

  constructor(
    readonly book: Book,
    { language, namespace, spilled }: Options,
  ) {
    this.texts = SHEET_TEXTS[language];
    this.language = language;
    this.namespace = namespace;
    this.markup = markupOf(book);
    this.spilled = spilled && answeredAsTable(book, this.markup);
    this.columns = this.spilled ? AS_TABLE : ROW_BY_ROW;
    this.rowOf = new Map(book.underlyings.map(({ code }, i) => [code, FIRST_UNDERLYING + i]));
    this.reading = readingOf(book.inputs.statement, book.account);
    this.sets = sheetSets(book, this.texts, (words) => this.say(words));
    this.byLine = setsByLine(this.sets);
    this.lineAt = new Map(book.lines.map((line, index) => [line, index]));
    this.asked = new Map(askedTerms(book).map((one) => [one.contract, one]));
    this.locked = book.lines.some(hasLocked);
  }

  /** What of the statement could not be read stands for itself in one more row. */
  get unread(): boolean {
    return this.reading.incomplete;
  }

  get widths(): readonly number[] {
    return this.locked ? [...WIDTHS, LOCKED_WIDTH] : WIDTHS;
  }

  /** A function's name as this build registers it. */
  name(id: string): string {
    return this.namespace === "" ? id : `${this.namespace}.${id}`;
  }

  say({ zh, en }: Bilingual): string {
    return this.language === "zh" ? zh : en;
  }

  get underlyings(): { readonly first: number; readonly last: number } {
    const { length } = this.book.underlyings;
    return { first: FIRST_UNDERLYING, last: FIRST_UNDERLYING + Math.max(0, length - 1) };
  }

  underlyingRow(code: string | undefined): number | undefined {
    return code === undefined ? undefined : this.rowOf.get(code);
  }

  underlyingOf(line: Line): Underlying | undefined {
    const row = this.underlyingRow(line.underlying);
    return row === undefined ? undefined : this.book.underlyings[row - FIRST_UNDERLYING];
  }

  /** What lookups of an underlying find. */
  found(underlying: Underlying): Found {
    const found = this.foundOf.get(underlying) ?? foundBy(underlying, this);
    this.foundOf.set(underlying, found);
    return found;
  }

  setsWith(line: Line): readonly SheetSet[] {
    return this.byLine.get(line) ?? [];
  }

  /** The other lines that were charged as of a set and may be of one with this line. */
  partnersOf(line: Line): readonly Line[] {
    return this.book.lines.filter(
      (other) => other !== line && other.combined && mayGoTogether(line, other),
    );
  }

  rowOfLine(line: Line): number {
    const index = this.lineAt.get(line);
    if (index === undefined) throw new Error(`${line.id} is no line of the book`);
    return this.first + index;
  }

  /** The header of the positions, two rows under the underlyings. */
  get header(): number {
    return FIRST_UNDERLYING + this.book.underlyings.length + 2;
  }

  get first(): number {
    return this.header + 1;
  }

  get last(): number {
    const rows = this.book.lines.length + (this.unread ? 1 : 0);
    return this.header + Math.max(1, rows);
  }

  /** A column's cells over all positions: "L22:L31". */
  over(column: string): string {
    return `${column}${this.first}:${column}${this.last}`;
  }

  get firstSet(): number {
    return FIRST_UNDERLYING;
  }

  /** A column's cells over all sets: "X13:X14". */
  overSets(from: string, to = from): string {
    return `${from}${this.firstSet}:${to}${this.firstSet + this.sets.length - 1}`;
  }

  /** A missing price, else the price that most of the margin hangs on, else the equity. */
  firstInput(): string {
    const { lines, underlyings } = this.book;
    const missing = underlyings.find(({ price, needsPrice }) => needsPrice && !price);
    let largest: Line | undefined;
    for (const line of lines) {
      if (!this.underlyingOf(line)?.price || line.broker.gap) continue;
      if (!largest || marginOf(line).greaterThan(marginOf(largest))) largest = line;
    }
    const row = this.underlyingRow(missing?.code ?? largest?.underlying);
    return row === undefined ? "B3" : `B${row}`;
  }
}

const marginOf = ({ broker, printed }: Line): Amount => broker.margin ?? printed ?? amount(0);
