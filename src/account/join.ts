/** Files of one account and day put together: the holdings in one, the money in another. */
import { amount, digits, type Amount, type Bilingual } from "../core";
import {
  changed,
  heldCount,
  holdersOf,
  withoutAccounts,
  type Account,
  type Problem,
  type Statement,
} from "../statements";
import { printedSumOf } from "./reading";

/** A risk degree is printed in per cent with two decimals. */
const HUNDREDTH_OF_A_POINT = amount("0.0001");

const percent = (fraction: Amount): string => `${fraction.times(100).toFixed(2)}%`;

const problemOf = (
  code: Problem["code"],
  file: string,
  notice: boolean,
  text: Bilingual,
): Problem => ({ code, file, notice, text, raw: undefined });

/** The one account that all holdings of a file without money are of. */
function holderOf(statement: Statement): string | undefined {
  if (statement.accounts.length > 0) return undefined;
  const holders = holdersOf(statement);
  const [only] = holders;
  return holders.size === 1 ? only : undefined;
}

/** The account of a file that has money and no holdings. */
const moneyOf = (statement: Statement): Account | undefined =>
  heldCount(statement) === 0 && statement.rows.found === 0 ? statement.account : undefined;

/** The rows' margins must give the risk degree the account prints, or a row is missing. */
function crossCheck(
  holdings: Statement,
  { figures }: Account,
): { readonly problem: Problem } | undefined {
  const { equity, riskDegree } = figures;
  const margin = printedSumOf(holdings);
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
  const file = withoutAccounts(holdings.file);
  return {
    problem: problemOf("riskDegreeDiffers", holdings.file, false, {
      zh: `${file} 的持仓保证金合计 ${digits(margin)}，除以权益 ${digits(equity)} 是 ${ours}，账户印的风险度是 ${printed}：持仓可能不全，合计不完整。核对有没有漏掉的持仓。`,
      en: `The margins in ${file} add up to ${digits(margin)}; divided by the equity of ${digits(equity)} that is ${ours}, but the account prints ${printed}: holdings may be missing, totals are incomplete. Look for holdings left out.`,
    }),
  };
}

function merged(holdings: Statement, money: Statement, account: Account): Statement {
  const failed = crossCheck(holdings, account);
  const problems = [...holdings.problems, ...money.problems];
  if (failed) problems.push(failed.problem);
  const broken = failed ?? [holdings, money].some(({ totals }) => totals.trust === "incomplete");
  return changed(holdings, {
    file: `${holdings.file} + ${money.file}`,
    period: holdings.period ?? money.period,
    account,
    accounts: money.accounts,
    combinations: [...holdings.combinations, ...money.combinations],
    quotes: [...holdings.quotes, ...money.quotes],
    trades: [...holdings.trades, ...money.trades],
    exercises: [...holdings.exercises, ...money.exercises],
    problems,
    totals: { ...holdings.totals, trust: broken ? "incomplete" : holdings.totals.trust },
  });
}

/** What makes two files the same paper: whose, of which day, in which layout, holding which kind of thing. */
function identity(statement: Statement): string {
  const { account, day, format, file, trades, accounts } = statement;
  const whose = account?.id ?? holderOf(statement);
  const parts = [heldCount(statement) > 0, accounts.length > 0, trades.length > 0];
  // Without an account's number only the file's own name tells.
  return [whose ?? `file ${file}`, day, format, ...parts].join("|");
}

/** Everything but where it stands in its file, and what its codes mean. */
const content = ({ account, accounts, positions, combinations, quotes }: Statement): string =>
  JSON.stringify([account, accounts, positions, combinations, quotes], (key, value: unknown) =>
    key === "place" || key === "subject" ? undefined : value,
  );

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
    return apart.map((one) =>
      unlike(
        one,
        apart.filter((other) => other !== one),
      ),
    );
  });
}

/**
 * Puts together what belongs together: a file of holdings with the file of its account's money, of the same day.
 * The same paper given twice is reported and counted once; two that only look the same are kept apart, neither whole.
 */
export function joined(statements: readonly Statement[]): Statement[] {
  const once = withoutDuplicates(statements);
  const used = new Set<Statement>();
  const together = once.map((holdings) => {
    const id = heldCount(holdings) > 0 ? holderOf(holdings) : undefined;
    if (id === undefined || !holdings.day) return holdings;
    const money = once.find(
      (other) =>
        !used.has(other) &&
        moneyOf(other)?.id === id &&
        (moneyOf(other)?.day ?? other.day) === holdings.day,
    );
    const account = money && moneyOf(money);
    if (!money || !account) return holdings;
    used.add(money);
    return merged(holdings, money, account);
  });
  return together.filter((statement) => !used.has(statement));
}
