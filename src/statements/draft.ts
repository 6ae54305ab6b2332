/** A statement while it is being read. */
import { amount, digits, type Amount, type Bilingual, type Day, type Right } from "../core";
import type { GuessedTable } from "./columns";
import type { ControlName } from "./control";
import { inColumns, type PlainBook } from "./plain-book";
import { problem, type Facts, type Problem, type ProblemCode } from "./problems";
import type {
  Account,
  Combination,
  Control,
  Exercise,
  FormatId,
  Place,
  Position,
  Quote,
  Statement,
  Totals,
  Trade,
} from "./statement";
import { Codes, type Reading, type Subject } from "./subject";

const ZERO = amount("0");

/** Printed figures are rounded to the cent; sums of them may be a cent off. */
const TOLERANCE = amount("0.01");

export const close = (a: Amount, b: Amount, tolerance = TOLERANCE): boolean =>
  a.minus(b).abs().lessThanOrEqualTo(tolerance);

export const sum = (amounts: readonly (Amount | undefined)[]): Amount =>
  amounts.reduce<Amount>((total, one) => (one ? total.plus(one) : total), ZERO);

/** The printed margins of positions, those of both sides together included. */
export const marginOf = (positions: readonly Position[]): Amount =>
  sum(positions.map(({ margin, sharedMargin }) => margin ?? sharedMargin));

/** The most problems kept of one kind; a damaged file of 100,000 rows needs no 100,000 sentences. */
const MOST_OF_A_KIND = 200;

/** A position with the right, strike and unit its code tells, where the statement prints none. */
function withTermsOfCode(position: Position): Position {
  const { subject, right, strike, multiplier } = position;
  if (subject?.kind === "option") {
    const { contract } = subject;
    return {
      ...position,
      right: right ?? contract.right,
      strike: strike ?? contract.strike,
      multiplier: multiplier ?? contract.unit,
    };
  }
  if (subject?.kind === "otherOption") {
    return { ...position, right: right ?? subject.right, strike: strike ?? subject.strike };
  }
  const unit = subject?.kind === "future" ? subject.product?.unit : undefined;
  return unit && !multiplier ? { ...position, multiplier: amount(unit) } : position;
}

export class Draft {
  period: Statement["period"];
  from: Day | undefined;
  day: Day | undefined;
  readonly accounts: Account[] = [];
  readonly positions: Position[] = [];
  readonly lots: Position[] = [];
  readonly combinations: Combination[] = [];
  /** Margin of combinations that isn't in their legs' rows. */
  combinationMargin = ZERO;
  readonly trades: Trade[] = [];
  readonly exercises: Exercise[] = [];
  readonly problems: Problem[] = [];
  readonly printedSums: Control[] = [];
  /** Whose rows are being read, in a file with a part an account. */
  whose: string | undefined;
  /** Rows of positions met, and rows that became positions. */
  found = 0;
  read = 0;
  table: GuessedTable | undefined;
  /** The holdings where they stand in columns; then neither positions nor lots hold any. */
  book: PlainBook | undefined;

  private readonly quotes = new Map<string, Quote>();
  private readonly counts = new Map<ProblemCode, number>();
  private ownCodes: Codes | undefined;
  private controls = 0;
  private uncontrolled = false;
  /** Where the file stops, and which problem says so. */
  private cut: { readonly place: Place; readonly at: number } | undefined;

  constructor(
    readonly file: string,
    /** The day in the file's name, which counts where the file itself has none. */
    private readonly namedDay: Day | undefined,
    /** The day to read codes by where neither has one. */
    private readonly callersDay: Day | undefined,
  ) {}

  note(code: ProblemCode, place: Place, facts: Facts): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count <= MOST_OF_A_KIND) this.problems.push(problem(code, this.file, place, facts));
  }

  /** The file stops there; said once, of the last place noticed, with the rows that were read in the end. */
  noteCut(place: Place): void {
    const { cut, problems } = this;
    if (!cut) this.note("truncated", place, { read: this.read });
    this.cut = { place, at: cut?.at ?? problems.length - 1 };
  }

  private sayCut(): void {
    if (!this.cut) return;
    const { place, at } = this.cut;
    this.problems[at] = problem("truncated", this.file, place, { read: this.read });
  }

  /** The statement's own day is known: codes are read by it from here on. */
  readOn(day: Day | undefined): void {
    if (!day || day === this.day) return;
    this.day = day;
    this.ownCodes = undefined;
  }

  /** Codes as they are read from here on. */
  get codes(): Codes {
    return (this.ownCodes ??= new Codes(this.day ?? this.namedDay ?? this.callersDay));
  }

  /** What a code names, by itself. */
  reading(code: string, exchange?: string | undefined): Reading {
    return this.codes.read(code, exchange);
  }

  /** What a code names; not knowing it is a problem, but the row with its printed figures counts. */
  contract(
    code: string,
    place: Place,
    exchange?: string | undefined,
  ): { contract: string; subject: Subject | undefined } {
    const reading = this.reading(code, exchange);
    if ("subject" in reading) return reading;
    if (reading.needsDay) this.note("noDay", place, { raw: code });
    else this.note("unknownContract", place, { raw: code, why: reading.refused });
    return { contract: code, subject: undefined };
  }

  /** The code of a fill: what it says of year and strike isn't needed, so neither is a day. */
  traded(code: string, place: Place, exchange?: string | undefined): string {
    const reading = this.reading(code, exchange);
    if ("subject" in reading) return reading.contract;
    if (!reading.needsDay) {
      this.note("unknownContract", place, { raw: code, why: reading.refused });
    }
    return code;
  }

  /** Strike and right printed beside a code must be the code's. */
  agreeWithCode(
    subject: Subject | undefined,
    printed: { strike?: Amount | undefined; right?: Right | undefined },
    place: (column: "strike" | "right") => Place,
  ): void {
    if (subject?.kind !== "option") return;
    const { strike, right } = subject.contract;
    if (strike && printed.strike && !strike.equals(printed.strike)) {
      const facts = { raw: digits(printed.strike), expected: digits(strike) };
      this.note("contradiction", place("strike"), facts);
    }
    if (printed.right && printed.right !== right) {
      this.note("contradiction", place("right"), { raw: printed.right, expected: right });
    }
  }

  /** What a row prints of a contract's prices; which of two settlements is right nobody can tell. */
  quote(quote: Quote, place: Place): void {
    const { contract, settlement } = quote;
    const known = this.quotes.get(contract);
    const before = known?.settlement;
    if (known?.settlementsDiffer) {
      this.quotes.set(contract, { ...known, ...quote, settlement: undefined });
    } else if (before && settlement && !before.equals(settlement)) {
      const facts = { raw: contract, printed: digits(settlement), expected: digits(before) };
      this.note("twoSettlements", place, facts);
      const differing = { settlement: undefined, settlementsDiffer: true } as const;
      this.quotes.set(contract, { ...known, ...quote, ...differing });
    } else {
      this.quotes.set(contract, { ...known, ...quote, settlement: settlement ?? before });
    }
  }

  /** A printed sum is kept with what its rows add up to. */
  keep(named: ControlName, rows: Amount, printed: Amount, holds: boolean): void {
    const again = this.printedSums.filter(({ id }) => id.split("#")[0] === named.id).length;
    const id = again === 0 ? named.id : `${named.id}#${again + 1}`;
    this.printedSums.push({ ...named, id, account: this.whose, printed, rows, holds });
  }

  /**
   * Rows added up against the figure the statement prints for them; without one the sum stays unproved. Under a name
   * it is kept.
   */
  control(
    column: string | Bilingual,
    rows: Amount,
    printed: Amount | undefined,
    place: Place,
    kept?: ControlName,
  ): void {
    if (!printed) {
      this.uncontrolled = true;
      return;
    }
    this.controls += 1;
    const holds = close(rows, printed);
    if (kept) this.keep(kept, rows, printed, holds);
    if (holds) return;
    const name = typeof column === "string" ? column : column.zh;
    this.note(
      "totalDiffers",
      { ...place, column: name },
      {
        column,
        rows: digits(rows),
        printed: digits(printed),
        difference: digits(printed.minus(rows)),
      },
    );
  }

  /** Something that would prove the totals isn't in the file. */
  leaveUnproved(): void {
    this.uncontrolled = true;
  }

  private trust(): Totals["trust"] {
    if (this.problems.some(({ notice }) => !notice)) return "incomplete";
    return this.controls > 0 && !this.uncontrolled ? "checked" : "unchecked";
  }

  /** A holder is never charged: one who is was a seller before something was damaged. */
  private checkLongs(): void {
    for (const { side, subject, margin, place, contract } of this.positions) {
      if (side !== "long" || subject?.kind !== "option" || !margin?.greaterThan(0)) continue;
      this.note("longCharged", place, { raw: contract, printed: digits(margin) });
    }
  }

  finish(format: FormatId | undefined, source: { encoding: string | undefined }): Statement {
    const { accounts, positions, book } = this;
    this.checkLongs();
    this.sayCut();
    if (new Set(accounts.map(({ id }) => id)).size > 1) {
      this.note("twoAccounts", {}, { count: new Set(accounts.map(({ id }) => id)).size });
    }
    const lotsOf = (long: boolean): Amount =>
      sum(positions.map(({ side, quantity }) => ((side === "long") === long ? quantity : ZERO)));
    const sums = book?.summary.sums;
    const made: Statement = {
      file: this.file,
      format,
      choices: [],
      encoding: source.encoding,
      period: this.period,
      from: this.from,
      day: this.day ?? this.namedDay,
      account: accounts.length === 1 ? accounts[0] : undefined,
      accounts,
      positions: positions.map(withTermsOfCode),
      lots: this.lots.map(withTermsOfCode),
      combinations: this.combinations,
      quotes: [...this.quotes.values()],
      trades: this.trades,
      exercises: this.exercises,
      problems: this.problems,
      controls: this.printedSums,
      rows: { found: this.found, read: this.read },
      totals: {
        margin: this.combinationMargin.plus(sums?.margin ?? marginOf(positions)),
        shortLots: sums?.short ?? lotsOf(false),
        longLots: sums?.long ?? lotsOf(true),
        trust: this.trust(),
      },
      table: this.table,
    };
    return book ? inColumns(made, book) : made;
  }
}
