/** Whose positions a statement's are, and how far what is printed proves that none is missing. */
import { amount, type Amount } from "../core";
import {
  besideRows,
  contradictsDegree,
  plainBook,
  positionsOfAccount,
  printedMarginInUse,
  type Account,
  type PlainBook,
  type Position,
  type Statement,
} from "../statements";
import { currencyAmong, currencyCode, sameCurrency } from "./currency";

const ZERO = amount("0");
const FEN = amount("0.01");
/** A risk degree is printed with two decimals of a per cent. */
const DEGREE = amount("0.0001");

const near = (a: Amount, b: Amount, tolerance: Amount): boolean =>
  a.minus(b).abs().lessThanOrEqualTo(tolerance);

/** One account's part of a statement. */
export interface Reading {
  readonly account: Account | undefined;
  readonly positions: readonly Position[];
  /** Rows that could not be read: any of them may be this account's. */
  readonly unread: number;
  /** There are problems, so anything may be missing. */
  readonly incomplete: boolean;
  /** What is printed would show a missing row; a table of the user's own is taken as the whole book. */
  readonly proven: boolean;
  /** The holdings in columns, where their reader left some. */
  readonly columns: PlainBook | undefined;
}

/**
 * Margin in use as printed, delivery and exercise margin with it; where only equity, available and frozen money are,
 * what the risk degree confirms of them.
 */
export function marginInUse(account: Account | undefined): Amount | undefined {
  const figures = account?.figures ?? {};
  const { equity, available, frozen, riskDegree } = figures;
  const inAll = printedMarginInUse(figures);
  if (inAll) return inAll;
  if (!equity?.greaterThan(0) || !available || !riskDegree) return undefined;
  const used = equity.minus(available).minus(frozen ?? ZERO);
  if (used.lessThan(0)) return undefined;
  return near(used.dividedBy(equity), riskDegree, DEGREE) ? used : undefined;
}

/**
 * Delivery and exercise margin in use, beside the printed margin or counted in there: no holding's own, so that no rule
 * gives them.
 */
export function marginBeside(
  account: Account | undefined,
  { accounts, totals }: Pick<Statement, "accounts" | "totals">,
): Amount {
  const margin = account?.figures.margin;
  const inAll = margin && marginInUse(account);
  if (!inAll) return ZERO;
  // Of several accounts the rows' sum is nobody's own.
  const within = accounts.length === 1 ? besideRows(account.figures, totals.margin) : undefined;
  // Where no risk degree tells, what stands in the margin isn't added to it again.
  if (within && !account.figures.riskDegree) return within;
  return inAll.minus(margin).plus(within ?? ZERO);
}

/** What each holding was charged, as printed; the one margin of a future's two sides stands on the long one. */
export function printedMargins(positions: readonly Position[]): readonly (Amount | undefined)[] {
  const shared = new Set(
    positions.flatMap(({ sharedMargin, contract }) => (sharedMargin ? [contract] : [])),
  );
  return positions.map(
    ({ margin, sharedMargin, contract }) =>
      margin ?? sharedMargin ?? (shared.has(contract) ? ZERO : undefined),
  );
}

/** The sum of the holdings' printed margins; undefined where one has none. */
export function printedSum(positions: readonly Position[]): Amount | undefined {
  let sum = ZERO;
  for (const printed of printedMargins(positions)) {
    if (!printed) return undefined;
    sum = sum.plus(printed);
  }
  return sum;
}

/** The same of an account's holdings; of those in columns, which all have a margin, none is made for it. */
export function printedSumFor(statement: Statement, account: Account): Amount | undefined {
  const columns = statement.accounts.length <= 1 ? plainBook(statement) : undefined;
  return columns?.summary.sums.margin ?? printedSum(positionsFor(statement, account));
}

function isProven(
  { format, totals }: Statement,
  account: Account | undefined,
  positions: readonly Position[],
): boolean {
  if (account && contradictsDegree(account.figures)) return false;
  if (totals.trust === "checked") return true;
  if (format === "table" && !account) return positions.length > 0;
  const { margin, equity, riskDegree } = account?.figures ?? {};
  const used = marginInUse(account);
  const sum = printedSum(positions);
  if (positions.length > 0) return Boolean(used && sum && near(margin ?? used, sum, FEN));
  // A query of the account alone: any two of the three tell the third.
  if (!used || !equity?.greaterThan(0) || !riskDegree) return false;
  return margin === undefined || near(used.dividedBy(equity), riskDegree, DEGREE);
}

/** Holdings of the account asked for; of a file with several none is taken unasked. */
export function readingOf(statement: Statement, asked: Account | undefined): Reading {
  const { accounts, rows, totals } = statement;
  const account = asked ?? statement.account;
  const columns = accounts.length <= 1 ? plainBook(statement) : undefined;
  // Where the holdings stand in columns they are only made for who looks at them one by one.
  const positions = columns ? undefined : positionsFor(statement, account);
  const holders = new Set(positions?.map(({ account: id }) => id) ?? columns?.accounts);
  holders.delete(undefined);
  const unread = Math.max(0, rows.found - rows.read);
  const incomplete =
    totals.trust === "incomplete" ||
    unread > 0 ||
    holders.size > 1 ||
    (!account && accounts.length > 0);
  const all = (): readonly Position[] => positions ?? statement.positions;
  return {
    account,
    get positions() {
      return all();
    },
    unread,
    incomplete,
    get proven() {
      return !incomplete && isProven(statement, account, all());
    },
    columns,
  };
}

/** An account may stand in a file once a currency, under one number. */
function positionsFor(statement: Statement, account: Account | undefined): readonly Position[] {
  const { accounts, positions } = statement;
  if (accounts.length <= 1) return positions;
  if (!account) return [];
  const theirs = accounts.filter(({ id }) => id === account.id);
  const known = new Set(theirs.flatMap(({ currency }) => currencyCode(currency) ?? []));
  return positionsOfAccount(statement, account).filter(
    ({ currency }) =>
      theirs.length < 2 || sameCurrency(currencyAmong(currency, known), account.currency),
  );
}
