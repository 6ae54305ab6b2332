/** Rows that name the accounts they belong to, in a file that tells nothing else of them: each account's own part. */
import { amount, type Amount, type Bilingual } from "../core";
import {
  holdersOf,
  withoutAccounts,
  type Account,
  type Position,
  type Problem,
  type Statement,
} from "../statements";
import { onlyCurrency } from "./currency";

const ZERO = amount("0");

/** Whether a statement prints an account's money; one that only its rows name has none. */
export const printsMoney = ({ figures }: Account): boolean => Object.keys(figures).length > 0;

/** The one account that all holdings of a file without money are of. */
export function holderOf(statement: Statement): string | undefined {
  if (statement.accounts.some(printsMoney)) return undefined;
  const holders = holdersOf(statement);
  const [only] = holders;
  return holders.size === 1 ? only : undefined;
}

const sum = (amounts: readonly (Amount | undefined)[]): Amount =>
  amounts.reduce<Amount>((total, one) => (one ? total.plus(one) : total), ZERO);

function totalsOf(positions: readonly Position[]): Omit<Statement["totals"], "trust"> {
  const lots = (isLong: boolean): Amount =>
    sum(positions.map(({ side, quantity }) => ((side === "long") === isLong ? quantity : ZERO)));
  return {
    margin: sum(positions.map(({ margin, sharedMargin }) => margin ?? sharedMargin)),
    shortLots: lots(false),
    longLots: lots(true),
  };
}

const placeOf = ({ sheet, row }: Position["place"]): string => `${sheet ?? ""} ${row ?? ""}`;

/** Rows that name nobody may be anybody's. */
function unnamed(file: string, count: number): Problem {
  const name = withoutAccounts(file);
  const text: Bilingual = {
    zh: `${name} 有几个账户，其中 ${count} 行没有写账户：可能是任何一个账户的，另列，各账户都可能不全。`,
    en: `${name} holds several accounts, and ${count} of its rows name none: they may be anybody's, stand apart, and any account may be incomplete.`,
  };
  return { code: "missing", file, notice: false, text, raw: undefined };
}

/** A file of one account, or of none, is left as it is. */
export function byHolder(statement: Statement): readonly Statement[] {
  const holders = statement.accounts.length > 0 ? [] : [...holdersOf(statement)];
  if (holders.length < 2) return [statement];
  const { file, day, positions, rows, totals } = statement;
  const whose = new Map(positions.map(({ place, account }) => [placeOf(place), account]));
  const nobodys = positions.filter(({ account }) => account === undefined).length;
  const unread = Math.max(0, rows.found - rows.read);
  return holders.map((id): Statement => {
    const isOwn = ({ account }: { readonly account: string | undefined }) => account === id;
    const own = positions.filter(isOwn);
    // A row that could not be read may be anybody's; what is said of a row that was is its account's alone.
    const problems = statement.problems.filter((problem) => {
      const place = placeOf(problem);
      return !whose.has(place) || whose.get(place) === id;
    });
    if (nobodys > 0) problems.push(unnamed(file, nobodys));
    const account: Account | undefined =
      id === undefined
        ? undefined
        : {
            ...{ id, name: undefined, broker: undefined, day, figures: {} },
            currency: onlyCurrency(own.map(({ currency }) => currency)),
          };
    const isBroken = unread > 0 || problems.some(({ notice }) => !notice);
    return {
      ...statement,
      account,
      accounts: account ? [account] : [],
      positions: own,
      lots: statement.lots.filter(isOwn),
      trades: statement.trades.filter(isOwn),
      exercises: statement.exercises.filter(isOwn),
      problems,
      // Sums over all of them are nobody's.
      controls: [],
      rows: { found: own.length + unread, read: own.length },
      totals: {
        ...totalsOf(own),
        trust: isBroken ? "incomplete" : totals.trust === "checked" ? "checked" : "unchecked",
      },
    };
  });
}
