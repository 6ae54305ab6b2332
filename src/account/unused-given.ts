/** Of prices and terms given in tables, the lines that no statement takes, and why: else a slip in a code goes unseen. */
import { likelyTradingDayFrom, type Amount, type Day } from "../core";
import { tradingDays } from "../exchanges/trading-days";
import { codesHeld, plainBook, type Statement } from "../statements";
import { PriceList } from "./price";
import type { PriceBasis } from "./profile";
import type { GivenTerms } from "./terms";

/** A line's price; a line without a day is of every statement's. */
export interface PriceLine {
  readonly code: string;
  readonly day: Day | undefined;
  readonly price: Amount | undefined;
}

export interface TermsLine extends GivenTerms {
  readonly code: string;
}

/** Why a line isn't taken: nothing has its code, nothing has it on that day, or something else is printed. */
export type Unused = "code" | "day" | { readonly printed: Amount; readonly term: Term };

type Term = "price" | "strike" | "unit";

const INDEX_OPTION = /^[IHM]O\d/;
const INDEX_FUTURE = /^I[FHM]\d/;

/** What a statement holds and quotes, and what its rows are priced at where it prints that. */
class Paper {
  readonly day: Day | undefined;
  readonly dayBefore: Day | undefined;
  private readonly codes: ReadonlySet<string>;
  private readonly list: PriceList;
  private readonly own = new Map<string, Amount>();
  private readonly hasIndex: boolean;

  constructor(statement: Statement, basis: PriceBasis) {
    this.day = statement.account?.day ?? statement.day;
    this.dayBefore = this.day && likelyTradingDayFrom(this.day, -1, tradingDays);
    const quoted = statement.quotes.map(({ contract }) => contract);
    this.codes = new Set([...quoted, ...codesHeld(statement)]);
    this.hasIndex = [...this.codes].some((code) => INDEX_OPTION.test(code));
    this.list = new PriceList(statement, basis, {});
    // What stands in columns is quoted as well.
    for (const position of plainBook(statement) ? [] : statement.positions) {
      const { subject, contract } = position;
      if (subject?.kind === "option") this.list.note(subject.contract.underlying, position);
      const price = this.list.of(position);
      if (price) this.own.set(contract, price);
    }
  }

  has = (code: string): boolean =>
    this.codes.has(code) || (this.hasIndex && INDEX_FUTURE.test(code));

  printed = (code: string): Amount | undefined =>
    this.own.get(code) ?? this.list.ofUnderlying(code)?.price;
}

/**
 * By line; undefined where it is taken, or says what is printed. Tables are kept for many days: a day that no statement
 * is of is told only where no line of the same code is of one.
 */
export function unusedPrices(
  statements: readonly Statement[],
  basis: PriceBasis,
  lines: readonly PriceLine[],
): readonly (Unused | undefined)[] {
  const papers = statements.map((statement) => new Paper(statement, basis));
  const found = lines.map(({ code, day, price }): Unused | undefined => {
    const theirs = papers.filter((paper) => paper.has(code));
    if (theirs.length === 0) return "code";
    const onDay = theirs.filter((paper) => day === undefined || paper.day === day);
    const isBefore = theirs.some(({ dayBefore }) => day !== undefined && dayBefore === day);
    if (onDay.length === 0) return isBefore ? undefined : "day";
    const printed = onDay.map((paper) => paper.printed(code));
    const isTaken = printed.some((one) => !one || !price || one.equals(price));
    const [other] = printed;
    return isTaken || !other ? undefined : { printed: other, term: "price" };
  });
  const known = new Set(lines.flatMap(({ code }, i) => (found[i] === "day" ? [] : [code])));
  return lines.map(({ code }, i) => (found[i] === "day" && known.has(code) ? undefined : found[i]));
}

/** Strikes and units that codes and statements tell themselves, by contract. */
function termsPrinted(statements: readonly Statement[]): ReadonlyMap<string, GivenTerms> {
  const found = new Map<string, GivenTerms>();
  for (const statement of statements) {
    const book = plainBook(statement);
    for (const { contract, subject } of book?.summary.contracts.all ?? []) {
      const { strike, unit } = subject?.kind === "option" ? subject.contract : {};
      found.set(contract, { strike, unit });
    }
    for (const { contract, strike, multiplier } of book ? [] : statement.positions) {
      found.set(contract, { strike, unit: multiplier });
    }
  }
  return found;
}

export function unusedTerms(
  statements: readonly Statement[],
  lines: readonly TermsLine[],
): readonly (Unused | undefined)[] {
  const known = termsPrinted(statements);
  return lines.map((line) => {
    const printed = known.get(line.code);
    if (!printed) return "code";
    for (const term of ["strike", "unit"] as const) {
      const [typed, told] = [line[term], printed[term]];
      if (typed && told && !typed.equals(told)) return { printed: told, term };
    }
    return undefined;
  });
}
