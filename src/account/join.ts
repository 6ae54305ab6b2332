/** Files of one account and day put together: the holdings in one, the money in another. */
import { amount, digits, type Amount, type Bilingual } from "../core";
import type { Account, Problem, Statement } from "../statements";
import { printedSum } from "./reading";

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
function holderOf({ accounts, positions }: Statement): string | undefined {
  if (accounts.length > 0) return undefined;
  const holders = new Set(positions.map(({ account }) => account));
  const [only] = holders;
  return holders.size === 1 ? only : undefined;
}

/** The account of a file that has money and no holdings. */
const moneyOf = ({ account, positions, rows }: Statement): Account | undefined =>
  positions.length === 0 && rows.found === 0 ? account : undefined;

/** The rows' margins must give the risk degree the account prints, or a row is missing. */
function crossCheck(
  holdings: Statement,
  { figures }: Account,
): { readonly problem: Problem } | undefined {
  const { equity, riskDegree } = figures;
  const margin = printedSum(holdings.positions);
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
  const { file } = holdings;
  return {
    problem: problemOf("riskDegreeDiffers", file, false, {
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
  return {
    ...holdings,
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
  };
}

/** What makes two files the same paper: whose, of which day, in which layout, holding which kind of thing. */
function identity(statement: Statement): string {
  const { account, day, format, file, positions, trades, accounts } = statement;
  const whose = account?.id ?? holderOf(statement);
  const parts = [positions.length > 0, accounts.length > 0, trades.length > 0];
  // Without an account's number only the file's own name tells.
  return [whose ?? `file ${file}`, day, format, ...parts].join("|");
}

function withoutDuplicates(statements: readonly Statement[]): Statement[] {
  const kept = new Map<string, Statement>();
  for (const statement of statements) {
    const key = identity(statement);
    const first = kept.get(key);
    if (!first) {
      kept.set(key, statement);
      continue;
    }
    const { file, day } = statement;
    const problem = problemOf("duplicateRow", file, true, {
      zh: `${file} 与 ${first.file} 是同一账户${day ? ` ${day} ` : ""}的同一种账单，只计 ${first.file}。要用这一份，先移除那一份。`,
      en: `${file} is the same account's paper${day ? ` of ${day}` : ""} as ${first.file}; only ${first.file} counts. To use this one, remove that one first.`,
    });
    kept.set(key, { ...first, problems: [...first.problems, problem] });
  }
  return [...kept.values()];
}

/**
 * Puts together what belongs together: a file of holdings with the file of its account's money, of the same day.
 * The same paper given twice is reported and counted once; everything else stays as it is.
 */
export function joined(statements: readonly Statement[]): Statement[] {
  const once = withoutDuplicates(statements);
  const used = new Set<Statement>();
  const together = once.map((holdings) => {
    const id = holdings.positions.length > 0 ? holderOf(holdings) : undefined;
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
