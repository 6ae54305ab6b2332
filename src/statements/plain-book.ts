/** A statement's holdings in columns: the summary, joined with the openings where there are any. */
import type { Pace } from "../core";
import type { PlainHoldings } from "./plain-holdings";
import type { Position, Statement } from "./statement";

/** The openings of one contract, side, hedge flag and account. */
export interface Groups {
  /** By row of the summary. */
  readonly first: Int32Array;
  readonly isOneDay: Uint8Array;
  /** Whether each opening is its lots' share of the row's margin, as near as parts of it that are rounded can be. */
  readonly isEven: Uint8Array;
}

/** Printed figures are rounded to the cent; sums of them may be a cent off. */
const TOLERANCE = 1;

/** Making a position, in units of work. */
const MAKING = 0.3;

export class PlainBook {
  private readonly made: Position[] = [];
  private isMade = false;
  private readonly madeLots: Position[] = [];

  /** @param groups of the openings, where there are any, by rows of the summary */
  constructor(
    readonly summary: PlainHoldings,
    readonly openings: PlainHoldings | undefined,
    readonly groups: Groups | undefined,
  ) {}

  /** Undefined where summary and openings differ: what to say of it is found row by row. */
  static of(summary: PlainHoldings, openings: PlainHoldings | undefined): PlainBook | undefined {
    if (!openings || openings.length === 0) return new PlainBook(summary, undefined, undefined);
    const groups = joined(summary, openings);
    return groups && new PlainBook(summary, openings, groups);
  }

  get positions(): readonly Position[] {
    if (!this.isMade) for (let i = 0; i < this.length; i++) this.at(i);
    // Filled to its end, once.
    this.isMade = true;
    return this.made;
  }

  get lots(): readonly Position[] {
    const length = this.openings?.length ?? 0;
    for (let i = this.madeLots.length; i < length; i++) this.lot(i);
    return this.madeLots;
  }

  /** Makes all positions, or all openings, a few at a time: who asks for them afterwards waits no more. */
  *inSteps(which: "positions" | "lots", pace: Pace): Generator<void, void> {
    const length = which === "lots" ? (this.openings?.length ?? 0) : this.length;
    for (let i = 0; i < length; i++) {
      if (which === "lots") this.lot(i);
      else this.at(i);
      if (pace.due(MAKING)) yield;
    }
  }

  get length(): number {
    return this.summary.length;
  }

  /** Whose they are. */
  get accounts(): ReadonlySet<string | undefined> {
    const { rows, id } = this.summary;
    const words = new Set<number>();
    let last = -1;
    for (let i = 0; i < rows.length; i++) {
      const word = rows.account[i] as number;
      if (word !== last) words.add((last = word));
    }
    return new Set([...words].map((word) => rows.known.optional(word) ?? id));
  }

  /** What stands under 投/保 in a row. */
  hedge(i: number): string {
    const { rows } = this.summary;
    return rows.known.texts[rows.hedge[i] as number] as string;
  }

  private lot(i: number): Position {
    return (this.madeLots[i] ??= (this.openings as PlainHoldings).at(i));
  }

  at(i: number): Position {
    return (this.made[i] ??= this.make(i));
  }

  private make(i: number): Position {
    const { summary, openings, groups } = this;
    const position = summary.at(i);
    if (!openings || !groups) return position;
    const first = groups.first[i] as number;
    return {
      ...position,
      exchange: openings.exchange(first),
      openDay: groups.isOneDay[i] ? openings.openDay(first) : undefined,
    };
  }
}

/** Hedge flag and account, each pair by a small number of its own. */
class Uses {
  private readonly numbers = new Map<string, number>();

  get count(): number {
    return this.numbers.size;
  }

  /** One number a row. */
  of(holdings: PlainHoldings): Uint16Array {
    const { length, rows, id } = holdings;
    const column = new Uint16Array(length);
    const { hedge: hedges, account: accounts, known } = rows;
    const { texts } = known;
    let [hedge, account, number] = [-1, -1, -1];
    for (let i = 0; i < length; i++) {
      if (hedges[i] !== hedge || accounts[i] !== account) {
        hedge = hedges[i] as number;
        account = accounts[i] as number;
        const key = `${texts[hedge]} ${texts[account] || id}`;
        number = this.numbers.get(key) ?? this.numbers.size;
        this.numbers.set(key, number);
      }
      column[i] = number;
    }
    return column;
  }
}

/** Keys that a table of them may have. */
const MOST_KEYS = 4_000_000;

/** Finds each summary's openings; undefined where the two don't tell the same. */
function joined(summary: PlainHoldings, openings: PlainHoldings): Groups | undefined {
  const uses = new Uses();
  const [ours, theirs] = [uses.of(summary), uses.of(openings)];
  const keys = summary.contracts.all.length * uses.count * 2;
  if (keys > MOST_KEYS) return undefined;
  const { count } = uses;
  const keyOf = ({ contract, rows }: PlainHoldings, i: number, use: number): number =>
    ((contract[i] as number) * count + use) * 2 + (rows.isShort[i] as number);
  /** One more than the row of the summary. */
  const rowOf = new Int32Array(keys);
  for (let i = 0; i < summary.length; i++) {
    const key = keyOf(summary, i, ours[i] as number);
    if (rowOf[key] !== 0) return undefined;
    rowOf[key] = i + 1;
  }
  const first = new Int32Array(summary.length).fill(-1);
  const isOneDay = new Uint8Array(summary.length).fill(1);
  const isEven = new Uint8Array(summary.length).fill(1);
  const lots = summary.rows.lots.slice(0, summary.length);
  const margin = summary.rows.margin.slice(0, summary.length);
  const { openDay } = openings.rows;
  for (let i = 0; i < openings.length; i++) {
    const row = (rowOf[keyOf(openings, i, theirs[i] as number)] as number) - 1;
    if (row < 0) return undefined;
    const [own, part] = [openings.rows.margin[i] as number, openings.rows.lots[i] as number];
    const whole = summary.rows.margin[row] as number;
    const inAll = summary.rows.lots[row] as number;
    lots[row] = (lots[row] as number) - part;
    margin[row] = (margin[row] as number) - own;
    // In fen: the row's figure is half a fen off the exact one at most, and so many lots' part of that.
    const off = Math.abs(own * inAll - whole * part);
    const isExact = whole * inAll <= Number.MAX_SAFE_INTEGER;
    if (!isExact || !(2 * off + part < 2 * inAll)) isEven[row] = 0;
    const before = first[row] as number;
    if (before < 0) first[row] = i;
    else if (openDay[i] !== openDay[before]) isOneDay[row] = 0;
  }
  for (let i = 0; i < summary.length; i++) {
    if ((first[i] as number) < 0 || lots[i] !== 0) return undefined;
    if (Math.abs(margin[i] as number) > TOLERANCE) return undefined;
    if (margin[i] !== 0) isEven[i] = 0;
  }
  return { first, isOneDay, isEven };
}

const books = new WeakMap<Statement, PlainBook>();

/** A statement whose holdings are made from their columns when somebody looks. */
export function inColumns(made: Statement, book: PlainBook): Statement {
  const statement: Statement = {
    ...made,
    get positions() {
      return book.positions;
    },
    get lots() {
      return book.lots;
    },
  };
  books.set(statement, book);
  return statement;
}

/** A statement with something else in it; its holdings stay in columns unless it is they that are changed. */
export function changed(statement: Statement, changes: Partial<Statement>): Statement {
  const book = books.get(statement);
  if (!book || "positions" in changes || "lots" in changes) return { ...statement, ...changes };
  // A spread would look at the holdings, and so make them.
  const fields = {
    ...Object.getOwnPropertyDescriptors(statement),
    ...Object.getOwnPropertyDescriptors(changes),
  };
  const other = Object.defineProperties({}, fields) as Statement;
  books.set(other, book);
  return other;
}

/** The columns behind a statement, where its reader left some. */
export const plainBook = (statement: Statement): PlainBook | undefined => books.get(statement);
