/** What has been imported, as the accounts and days one can look at. */
import { joined } from "../account";
import type { Day } from "../core";
import { heldCount, type Account, type Statement } from "../statements";
import type { Input } from "./reading-input";

export interface Imported {
  readonly id: number;
  /** To read it again with other columns; the sample has none. */
  readonly input: Input | undefined;
  readonly statement: Statement;
  readonly sample: boolean;
}

/** One account on one day: what a room shows at a time. */
export interface Entry {
  readonly key: string;
  readonly statement: Statement;
  readonly account: Account | undefined;
  readonly day: Day | undefined;
  readonly sample: boolean;
  readonly from: readonly Imported[];
}

const keyOf = (statement: Statement, account: Account | undefined, sample: boolean): string =>
  [
    sample ? "sample" : "",
    account?.id ?? (account ? "" : statement.file),
    account?.currency ?? "",
    account?.day ?? statement.day ?? "",
    statement.format ?? "",
  ].join("|");

/** The files a joined statement came from: its own, and those of the same account that were joined to it. */
function sourcesOf(statement: Statement, imported: readonly Imported[]): readonly Imported[] {
  const own = imported.filter((one) => one.statement === statement);
  if (own.length > 0) return own;
  const ids = new Set(statement.accounts.map(({ id }) => id));
  return imported.filter(
    (one) =>
      one.statement.day === statement.day &&
      (one.statement.file === statement.file ||
        // Joined, the file of the holdings is named first; it may say nothing of the account.
        statement.file.startsWith(`${one.statement.file} + `) ||
        one.statement.accounts.some(({ id }) => ids.has(id))),
  );
}

function entriesIn(imported: readonly Imported[], sample: boolean): Entry[] {
  const own = imported.filter((one) => one.sample === sample);
  const statements = joined(own.map(({ statement }) => statement));
  return statements.flatMap((statement) => {
    const accounts = statement.accounts.length > 0 ? statement.accounts : [undefined];
    return accounts.map((account): Entry => ({
      key: keyOf(statement, account, sample),
      statement,
      account,
      day: account?.day ?? statement.day,
      sample,
      from: sourcesOf(statement, own),
    }));
  });
}

/** By account, the latest day first; the sample at the end. */
export function entriesOf(imported: readonly Imported[]): readonly Entry[] {
  const real = entriesIn(imported, false).sort(
    (a, b) =>
      (a.account?.id ?? "").localeCompare(b.account?.id ?? "") ||
      (b.day ?? "").localeCompare(a.day ?? ""),
  );
  return [...real, ...entriesIn(imported, true)];
}

export const accountsAmong = (entries: readonly Entry[]): number =>
  new Set(entries.flatMap(({ account, sample }) => (account?.id && !sample ? [account.id] : [])))
    .size;

/** Whether two statements of one layout say the same kind of thing of one account on one day. */
function isAgain(a: Statement, b: Statement): boolean {
  if (a.format !== b.format || a.day !== b.day) return false;
  const bothHold = heldCount(a) > 0 && heldCount(b) > 0;
  const bothCount = a.accounts.length > 0 && b.accounts.length > 0;
  if (!bothHold && !bothCount) return false;
  // A file without an account is only known by its name.
  if (a.accounts.length === 0 || b.accounts.length === 0) return a.file === b.file;
  return a.accounts.some(({ id }) => b.accounts.some((other) => other.id === id));
}

export const alreadyHere = (
  statement: Statement,
  imported: readonly Imported[],
): readonly Imported[] =>
  imported.filter((one) => !one.sample && isAgain(one.statement, statement));
