/** A statement's holdings in columns: the summary, joined with the openings where there are any. */
import type { PlainHoldings } from "./plain-holdings";
import type { Position, Statement } from "./statement";

/** The openings of one contract, side, hedge flag and account. */
interface Groups {
  /** By row of the summary. */
  readonly first: Int32Array;
  readonly isOneDay: Uint8Array;
}

/** Printed figures are rounded to the cent; sums of them may be a cent off. */
const TOLERANCE = 1;

export class PlainBook {
  private readonly made: Position[] = [];
  private madeLots: readonly Position[] | undefined;

  private constructor(
    readonly summary: PlainHoldings,
    private readonly openings: PlainHoldings | undefined,
    private readonly groups: Groups | undefined,
  ) {}

  /** Undefined where summary and openings differ: what to say of it is found row by row. */
  static of(summary: PlainHoldings, openings: PlainHoldings | undefined): PlainBook | undefined {
    if (!openings || openings.length === 0) return new PlainBook(summary, undefined, undefined);
    const groups = joined(summary, openings);
    return groups && new PlainBook(summary, openings, groups);
  }

  get positions(): readonly Position[] {
    const { made, summary } = this;
    // Filled to its end, once.
    for (let i = 0; i < summary.length; i++) this.at(i);
    return made;
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

  get lots(): readonly Position[] {
    const { openings } = this;
    return (this.madeLots ??= Array.from({ length: openings?.length ?? 0 }, (_, i) =>
      (openings as PlainHoldings).at(i),
    ));
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
  const lots = summary.rows.lots.slice(0, summary.length);
  const margin = summary.rows.margin.slice(0, summary.length);
  const { openDay } = openings.rows;
  for (let i = 0; i < openings.length; i++) {
    const row = (rowOf[keyOf(openings, i, theirs[i] as number)] as number) - 1;
    if (row < 0) return undefined;
    lots[row] = (lots[row] as number) - (openings.rows.lots[i] as number);
    margin[row] = (margin[row] as number) - (openings.rows.margin[i] as number);
    const before = first[row] as number;
    if (before < 0) first[row] = i;
    else if (openDay[i] !== openDay[before]) isOneDay[row] = 0;
  }
  for (let i = 0; i < summary.length; i++) {
    if ((first[i] as number) < 0 || lots[i] !== 0) return undefined;
    if (Math.abs(margin[i] as number) > TOLERANCE) return undefined;
  }
  return { first, isOneDay };
}

const books = new WeakMap<Statement, PlainBook>();

/** Remembers the columns that a statement's holdings are made from. */
export function remember(statement: Statement, book: PlainBook): Statement {
  books.set(statement, book);
  return statement;
}

/** The columns behind a statement, where its reader left some. */
export const plainBook = (statement: Statement): PlainBook | undefined => books.get(statement);
