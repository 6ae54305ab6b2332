/** Several statements at once: accounts apart, one account day by day, and the first day on which something breaks. */
import {
  drained,
  likelyTradingDayFrom,
  partOf,
  type Amount,
  type Bilingual,
  type Day,
} from "../core";
import { tradingDays } from "../exchanges/trading-days";
import {
  holdersOf,
  masked,
  pricesHeld,
  withoutAccounts,
  type Account,
  type Statement,
} from "../statements";
import { joined } from "./join";
import type { Profile } from "./profile";
import {
  reconciliationInSteps,
  type Reconciliation,
  type ReconcileInputs,
  type ReconciledRow,
} from "./reconcile";
import { signed } from "./reconcile-words";
import type { TermsByContract } from "./terms";

type Prices = Readonly<Record<string, Amount>>;

type OtherPrices = NonNullable<ReconcileInputs["otherPrices"]>;

export interface PapersInputs {
  readonly statements: readonly Statement[];
  /** Prices of underlyings by day. */
  readonly prices: Readonly<Record<Day, Prices>>;
  /** Prices of the trading day before, by the day they come before; they go before `prices`. */
  readonly previousPrices?: Readonly<Record<Day, Prices>> | undefined;
  /** Prices that hold where a day has none of its own: one statement with its prices typed. */
  readonly pricesNow?: Prices | undefined;
  /** Other prices an underlying had on a day, by day; and those that hold where a day has none of its own. */
  readonly otherPrices?: Readonly<Record<Day, OtherPrices>> | undefined;
  readonly otherPricesNow?: OtherPrices | undefined;
  readonly terms?: TermsByContract | undefined;
  readonly profile: Profile;
  readonly today: Day;
}

/** A contract that breaks, from the first day on. */
export interface Break {
  readonly contract: string;
  readonly from: Day | undefined;
  readonly days: number;
  readonly difference: Amount | undefined;
}

/** One account in one currency. */
export interface AccountPapers {
  readonly account: Account | undefined;
  /** "90****01 CNY", or the file's name where no account is printed. */
  readonly name: string;
  /** Oldest first. */
  readonly days: readonly Reconciliation[];
  /** The first day with an unexplained row, an unexplained total or a failed identity. */
  readonly firstBreak: Day | undefined;
  readonly breaks: readonly Break[];
  readonly sentence: Bilingual;
}

export interface Papers {
  readonly accounts: readonly AccountPapers[];
  /** Accounts kept apart, a day given twice. */
  readonly notes: readonly Bilingual[];
}

const isBroken = ({ verdict }: ReconciledRow): boolean => verdict === "unexplained";

/** Whether something of a day is left unexplained. */
export const breaksOn = ({ counts, identities, bridge }: Reconciliation): boolean =>
  counts.unexplained > 0 ||
  identities.some(({ holds }) => !holds) ||
  bridge.items.some(
    ({ ids, amount: part }) =>
      (ids.includes("unexplained") || ids.includes("total")) && !part.isZero(),
  );

/** Prices that statements of a day print: markets are the same for all accounts; what differs counts for none. */
function printedOn(statements: readonly Statement[], day: Day): Prices {
  const found = new Map<string, Amount>();
  const unlike = new Set<string>();
  const put = (code: string, price: Amount | undefined): void => {
    if (!price?.greaterThan(0)) return;
    if (found.get(code)?.equals(price) === false) unlike.add(code);
    found.set(code, price);
  };
  for (const statement of statements) {
    if ((statement.account?.day ?? statement.day) !== day) continue;
    for (const { contract, settlement, settlementsDiffer } of statement.quotes) {
      if (settlementsDiffer) unlike.add(contract);
      put(contract, settlement);
    }
    for (const [code, price] of pricesHeld(statement)) put(code, price);
  }
  return Object.fromEntries([...found].filter(([code]) => !unlike.has(code)));
}

/**
 * The prices of the trading day before: what that day's statements print, else as given. An option's own previous
 * settlement stands in its statement, or here.
 */
function pricesBefore(
  { statements, prices, previousPrices = {} }: PapersInputs,
  day: Day | undefined,
): Prices | undefined {
  if (day === undefined) return undefined;
  const before = likelyTradingDayFrom(day, -1, tradingDays);
  return { ...prices[before], ...previousPrices[day], ...printedOn(statements, before) };
}

function breaksOf(days: readonly Reconciliation[]): readonly Break[] {
  const found = new Map<string, Break>();
  for (const { day, breaking } of days) {
    for (const row of breaking.filter(isBroken)) {
      const known = found.get(row.id);
      found.set(row.id, {
        contract: row.position.contract,
        from: known?.from ?? day,
        days: (known?.days ?? 0) + 1,
        difference: known?.difference ?? row.difference,
      });
    }
  }
  return [...found.values()];
}

function sentenceOf(
  days: readonly Reconciliation[],
  firstBreak: Day | undefined,
  breaks: readonly Break[],
): Bilingual {
  const [only, ...more] = days;
  if (only && more.length === 0) return only.sentence;
  const broken = days.filter(breaksOn).length;
  if (broken === 0) {
    return {
      zh: `${days.length} 天全部对上。`,
      en: `All ${days.length} days are accounted for.`,
    };
  }
  const first = breaks[0];
  const which = {
    zh: first?.difference ? `：${first.contract} ${signed(first.difference)}` : "",
    en: first?.difference ? `: ${first.contract} ${signed(first.difference)}` : "",
  };
  return {
    zh: `${days.length} 天中 ${broken} 天有未解释的差额，最早 ${firstBreak ?? "—"}${which.zh}。`,
    en: `${broken} of ${days.length} days have something unexplained, first ${firstBreak ?? "—"}${which.en}.`,
  };
}

/** Whose rows, by account and currency; a file of several accounts gives one for each. */
function papersOf(statements: readonly Statement[]) {
  const groups = new Map<string, { account: Account | undefined; papers: Statement[] }>();
  for (const statement of statements) {
    const accounts = statement.accounts.length > 0 ? statement.accounts : [undefined];
    for (const account of accounts) {
      const held = account?.id === undefined ? holdersOf(statement) : undefined;
      const id = account?.id ?? (held?.size === 1 ? [...held][0] : undefined);
      const key = id === undefined ? `file ${statement.file}` : `${id} ${account?.currency ?? ""}`;
      const group = groups.get(key) ?? { account, papers: [] };
      group.papers.push(statement);
      groups.set(key, group);
    }
  }
  return groups;
}

const dayOf = (account: Account | undefined, statement: Statement): Day | undefined =>
  statement.accounts.length <= 1
    ? (statement.account?.day ?? statement.day)
    : (account?.day ?? statement.day);

/** The account of a paper that a group is about: each paper has its own figures. */
const accountIn = (statement: Statement, account: Account | undefined): Account | undefined =>
  statement.accounts.find(
    ({ id, currency }) => id === account?.id && currency === account?.currency,
  );

/** Statements of one or several accounts and days against the rules. */
export const reconciledPapers = (inputs: PapersInputs): Papers =>
  drained(reconciledPapersInSteps(inputs));

/** Yields the share of it that is done. */
export function* reconciledPapersInSteps(inputs: PapersInputs): Generator<number, Papers> {
  const { prices, pricesNow, otherPrices, otherPricesNow, terms, profile, today } = inputs;
  const once = joined(inputs.statements);
  const notes: Bilingual[] = [];
  for (const { problems } of once) {
    for (const { code, sheet, row, text } of problems) {
      // Files put together say so of themselves; repeated rows within a file have a row.
      if (code === "duplicateRow" && sheet === undefined && row === undefined) notes.push(text);
    }
  }
  const accounts: AccountPapers[] = [];
  const groups = [...papersOf(once).values()];
  const all = groups.reduce((sum, { papers }) => sum + papers.length, 0);
  let before = 0;
  for (const { account, papers } of groups) {
    const days: Reconciliation[] = [];
    for (const statement of papers) {
      const day = dayOf(account, statement);
      const work = reconciliationInSteps({
        statement,
        account: accountIn(statement, account),
        prices: { ...pricesNow, ...(day === undefined ? undefined : prices[day]) },
        previousPrices: pricesBefore(inputs, day),
        otherPrices: { ...otherPricesNow, ...(day === undefined ? undefined : otherPrices?.[day]) },
        terms,
        profile,
        today,
      });
      const done = before;
      days.push(yield* partOf(work, (share) => (done + share) / all));
      before += 1;
    }
    days.sort((a, b) =>
      (a.day ?? "") < (b.day ?? "") ? -1 : (a.day ?? "") > (b.day ?? "") ? 1 : 0,
    );
    const firstBreak = days.find(breaksOn)?.day;
    const breaks = breaksOf(days);
    const [first] = papers;
    const name =
      account?.id === undefined
        ? withoutAccounts(first?.file ?? "")
        : [masked(account.id), account.currency].filter(Boolean).join(" ");
    const twice = days.filter(({ day }, index) => day && days[index - 1]?.day === day);
    for (const { day } of twice) {
      notes.push({
        zh: `${name} 的 ${day} 有两份账单，内容不同，分开核对。`,
        en: `There are two different statements of ${name} for ${day}: each is reconciled by itself.`,
      });
    }
    accounts.push({
      account,
      name,
      days,
      firstBreak,
      breaks,
      sentence: sentenceOf(days, firstBreak, breaks),
    });
  }
  if (accounts.length > 1) {
    notes.unshift({
      zh: `这些文件属于 ${accounts.length} 个账户，已分开显示，不合计。`,
      en: `These files belong to ${accounts.length} accounts: kept apart, not totalled.`,
    });
  }
  return { accounts, notes };
}
