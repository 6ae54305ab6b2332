/** Files of one account and day put together: the holdings in one, the money in another. */
import { amount, digits, type Amount, type Bilingual } from "../core";
import {
  changed,
  heldCount,
  plainBook,
  masked,
  withoutAccounts,
  type Account,
  type Problem,
  type Statement,
} from "../statements";
import { currencyAmong, currencyCode, sameCurrency } from "./currency";
import { byHolder, holderOf, printsMoney } from "./holders";
import { printedSumFor } from "./reading";

/** A risk degree is printed in per cent with two decimals. */
const HUNDREDTH_OF_A_POINT = amount("0.0001");

const percent = (fraction: Amount): string => `${fraction.times(100).toFixed(2)}%`;

const problemOf = (
  code: Problem["code"],
  file: string,
  notice: boolean,
  text: Bilingual,
): Problem => ({ code, file, notice, text, raw: undefined });

/** The accounts of a file that has money and no holdings. */
const moneyOf = (statement: Statement): readonly Account[] =>
  heldCount(statement) === 0 && statement.rows.found === 0 ? statement.accounts : [];

/** The rows' margins must give the risk degree the account prints, or a row is missing. */
function crossCheck(
  holdings: Statement,
  account: Account,
  isPart: boolean,
): { readonly problem: Problem } | undefined {
  const { equity, riskDegree } = account.figures;
  const margin = printedSumFor(holdings, account);
  if (!margin || !equity?.greaterThan(0) || !riskDegree) return undefined;
  const degrees = [
    margin.dividedBy(equity),
    ...(margin.greaterThan(0) ? [equity.dividedBy(margin)] : []),
  ];
  const meets = degrees.some((degree) =>
    degree.minus(riskDegree).abs().lessThanOrEqualTo(HUNDREDTH_OF_A_POINT),
  );
  if (meets) return undefined;
  const [ours, printed] = [percent(margin.dividedBy(equity)), percent(riskDegree)];
  const name = withoutAccounts(holdings.file);
  // Of a file of several accounts its own part alone.
  const whose = [
    ...(isPart && account.id ? [masked(account.id)] : []),
    ...(holdings.accounts.length > 1 && account.currency ? [account.currency] : []),
  ];
  const file = [name, ...whose].join(" ");
  return {
    problem: problemOf("riskDegreeDiffers", holdings.file, false, {
      zh: `${file} 的持仓保证金合计 ${digits(margin)}，除以权益 ${digits(equity)} 是 ${ours}，账户印的风险度是 ${printed}：持仓可能不全，合计不完整。核对有没有漏掉的持仓。`,
      en: `The margins in ${file} add up to ${digits(margin)}; divided by the equity of ${digits(equity)} that is ${ours}, but the account prints ${printed}: holdings may be missing, totals are incomplete. Look for holdings left out.`,
    }),
  };
}

/** @param accounts the holder's, one a currency */
function merged(holdings: Statement, money: Statement, accounts: readonly Account[]): Statement {
  const [only, ...more] = accounts;
  const whole = changed(holdings, {
    account: more.length === 0 ? only : undefined,
    accounts,
  });
  const isPart = holdings.accounts.length > 0;
  const failed = accounts.flatMap((account) => crossCheck(whole, account, isPart) ?? []);
  const problems = [...holdings.problems, ...money.problems];
  problems.push(...failed.map(({ problem }) => problem));
  const broken =
    failed.length > 0 || [holdings, money].some(({ totals }) => totals.trust === "incomplete");
  return changed(whole, {
    file: `${holdings.file} + ${money.file}`,
    period: holdings.period ?? money.period,
    combinations: [...holdings.combinations, ...money.combinations],
    quotes: [...holdings.quotes, ...money.quotes],
    trades: [...holdings.trades, ...money.trades],
    exercises: [...holdings.exercises, ...money.exercises],
    problems,
    controls: [...holdings.controls, ...money.controls],
    totals: { ...holdings.totals, trust: broken ? "incomplete" : holdings.totals.trust },
  });
}

/** What makes two files the same paper: whose, of which day, in which layout, holding which kind of thing. */
function identity(statement: Statement): string {
  const { account, day, format, file, trades, accounts } = statement;
  const whose = account?.id ?? holderOf(statement);
  const parts = [heldCount(statement) > 0, accounts.some(printsMoney), trades.length > 0];
  // Without an account's number only the file's own name tells.
  return [whose ?? `file ${file}`, day, format, ...parts].join("|");
}

/** Everything but where it stands in its file, and what its codes mean. */
const content = ({ accounts, positions, combinations, quotes }: Statement): string =>
  JSON.stringify(
    [accounts.filter(printsMoney), positions, combinations, quotes],
    (key, value: unknown) => (key === "place" || key === "subject" ? undefined : value),
  );

/** Whether two papers may be of one account; its money in another currency is another account's. */
const mayBeOne = (a: Statement, b: Statement): boolean =>
  sameCurrency(a.account?.currency, b.account?.currency);

const ofDay = ({ day }: Statement): string => (day ? ` ${day} ` : "");

function repeated(statement: Statement, first: Statement): Statement {
  const { day } = statement;
  const [file, kept] = [statement, first].map((one) => withoutAccounts(one.file));
  const problem = problemOf("duplicateRow", statement.file, true, {
    zh: `${file} 与 ${kept} 是同一账户${ofDay(statement)}的同一份账单，只计 ${kept}。`,
    en: `${file} is the same account's paper${day ? ` of ${day}` : ""} as ${kept}; only ${kept} counts.`,
  });
  return changed(first, { problems: [...first.problems, problem] });
}

/** Papers that look alike and hold different things may be parts of one book, or two states of it: neither is whole. */
function unlike(statement: Statement, others: readonly Statement[]): Statement {
  const { day } = statement;
  const file = withoutAccounts(statement.file);
  const named = others.map((other) => withoutAccounts(other.file));
  const problem = problemOf("duplicateRow", statement.file, false, {
    zh: `${file} 与 ${named.join("、")} 是同一账户${ofDay(statement)}的同一种账单，内容却不同：分开显示，各自都可能不全。是一份账单的几部分，就合成一份再导入；有新旧，就只留新的。`,
    en: `${file} is the same kind of paper of the same account${day ? ` and day, ${day},` : ""} as ${named.join(", ")}, but holds other things: they are kept apart and either may be incomplete. Put parts of one paper into one file; of an older and a newer one keep the newer.`,
  });
  return changed(statement, {
    problems: [...statement.problems, problem],
    totals: { ...statement.totals, trust: "incomplete" },
  });
}

function withoutDuplicates(statements: readonly Statement[]): Statement[] {
  const alike = new Map<string, Statement[]>();
  for (const statement of statements) {
    const key = identity(statement);
    const same = alike.get(key);
    if (same) same.push(statement);
    else alike.set(key, [statement]);
  }
  return [...alike.values()].flatMap((papers) => {
    // Only what looks alike is compared in full: a long statement takes a while to compare.
    if (papers.length === 1) return papers;
    const byContent = new Map<string, Statement>();
    for (const statement of papers) {
      const told = content(statement);
      const first = byContent.get(told);
      byContent.set(told, first ? repeated(statement, first) : statement);
    }
    const apart = [...byContent.values()];
    if (apart.length === 1) return apart;
    return apart.map((one) => {
      const others = apart.filter((other) => other !== one && mayBeOne(one, other));
      return others.length > 0 ? unlike(one, others) : one;
    });
  });
}

/** The money of a holder on a day, one account a currency of theirs. */
function moneyFor(
  holdings: Statement,
  id: string,
  others: readonly Statement[],
  used: ReadonlySet<Account>,
): { readonly money: Statement; readonly accounts: readonly Account[] } | undefined {
  const theirs = others.flatMap(moneyOf).filter((one) => one.id === id);
  const known = new Set(theirs.flatMap(({ currency }) => currencyCode(currency) ?? []));
  // Holdings in columns have none of their own.
  const held = plainBook(holdings)
    ? [undefined]
    : holdings.positions.map(({ currency }) => currency);
  const currencies = [...new Set(held.map((one) => currencyAmong(one, known)))];
  for (const money of others) {
    const own = moneyOf(money).filter(
      (one) => one.id === id && !used.has(one) && (one.day ?? money.day) === holdings.day,
    );
    if (own.length === 0) continue;
    const accounts = own.filter(
      ({ currency }, i) =>
        currencies.some((one) => sameCurrency(one, currency)) &&
        !own.slice(0, i).some((before) => sameCurrency(before.currency, currency)),
    );
    if (accounts.length > 0) return { money, accounts };
  }
  return undefined;
}

/** A file of money without the accounts whose holdings it went to; undefined where none is left. */
function withoutUsed(statement: Statement, used: ReadonlySet<Account>): Statement | undefined {
  const { accounts } = statement;
  const left = accounts.filter((one) => !used.has(one));
  if (left.length === accounts.length) return statement;
  const [only, ...more] = left;
  return (
    only && changed(statement, { account: more.length === 0 ? only : undefined, accounts: left })
  );
}

/**
 * Puts together what belongs together: a file of holdings with the file of its account's money, of the same day.
 * Rows of several accounts in one file are kept apart, each with its own account's money.
 * The same paper given twice is reported and counted once; two that only look the same are kept apart, neither whole.
 */
export function joined(statements: readonly Statement[]): Statement[] {
  const once = withoutDuplicates(statements.flatMap(byHolder));
  const used = new Set<Account>();
  const together = once.map((holdings) => {
    const id = heldCount(holdings) > 0 ? holderOf(holdings) : undefined;
    if (id === undefined || !holdings.day) return holdings;
    const found = moneyFor(holdings, id, once, used);
    if (!found) return holdings;
    for (const account of found.accounts) used.add(account);
    return merged(holdings, found.money, found.accounts);
  });
  return together.flatMap((statement) =>
    moneyOf(statement).length > 0 ? (withoutUsed(statement, used) ?? []) : statement,
  );
}
