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
import { currencyAmong, currencyCode, onlyCurrency } from "./currency";
import { joined } from "./join";
import type { Profile } from "./profile";
import {
  reconciliationInSteps,
  type Reconciliation,
  type ReconcileInputs,
  type ReconciledRow,
} from "./reconcile";
import { breaksOn, papersSentence } from "./reconcile-tally";
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
  /** On how many days; papers of one day count once. */
  readonly days: number;
  readonly difference: Amount | undefined;
}

/** One account in one currency; 人民币, CNY and RMB are one. */
export interface AccountPapers {
  readonly account: Account | undefined;
  /** As printed. */
  readonly currency: string | undefined;
  /** "90****01 人民币", or the file's name where no account is printed. */
  readonly name: string;
  /** The same, in English with the currency's code. */
  readonly names: Bilingual;
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
  const found = new Map<string, Break & { readonly on: Set<Day | Reconciliation> }>();
  for (const one of days) {
    const { day, breaking } = one;
    for (const row of breaking.filter(isBroken)) {
      const known = found.get(row.id);
      const on = (known?.on ?? new Set()).add(day ?? one);
      found.set(row.id, {
        contract: row.position.contract,
        from: known?.from ?? day,
        days: on.size,
        difference: known?.difference ?? row.difference,
        on,
      });
    }
  }
  return [...found.values()].map(({ contract, from, days, difference }) => {
    return { contract, from, days, difference };
  });
}

/** A paper of an account: as printed, or as its rows name it. */
interface Paper {
  readonly statement: Statement;
  readonly account: Account | undefined;
  readonly id: string | undefined;
  readonly currency: string | undefined;
}

function papersIn(statement: Statement): readonly Paper[] {
  const { accounts } = statement;
  const told = accounts.length > 0 ? accounts : [undefined];
  return told.map((account) => {
    const { id, currency } = account ?? {};
    if (id !== undefined) return { statement, account, id, currency };
    const [holder, ...more] = holdersOf(statement);
    if (holder === undefined || more.length > 0) {
      return { statement, account, id: undefined, currency };
    }
    const printed = currency ?? onlyCurrency(statement.positions.map((row) => row.currency));
    return { statement, account, id: holder, currency: printed };
  });
}

/** Whose rows, by account and currency; a file of several accounts gives one for each. */
function papersOf(statements: readonly Statement[]): readonly (readonly Paper[])[] {
  const papers = statements.flatMap(papersIn);
  const currencies = new Map<string, Set<string>>();
  for (const { id, currency } of papers) {
    const code = currencyCode(currency);
    if (id === undefined || code === undefined) continue;
    currencies.set(id, (currencies.get(id) ?? new Set()).add(code));
  }
  const keyOf = ({ statement, id, currency }: Paper): string => {
    if (id === undefined) return `file ${statement.file}`;
    return `${id} ${currencyAmong(currency, currencies.get(id) ?? new Set()) ?? ""}`;
  };
  const groups = new Map<string, Paper[]>();
  for (const paper of papers) {
    const key = keyOf(paper);
    const group = groups.get(key);
    if (group) group.push(paper);
    else groups.set(key, [paper]);
  }
  return [...groups.values()];
}

const dayOf = (account: Account | undefined, statement: Statement): Day | undefined =>
  statement.accounts.length <= 1
    ? (statement.account?.day ?? statement.day)
    : (account?.day ?? statement.day);

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
  const groups = papersOf(once);
  const all = groups.reduce((sum, papers) => sum + papers.length, 0);
  let before = 0;
  for (const papers of groups) {
    const days: Reconciliation[] = [];
    for (const { statement, account } of papers) {
      const day = dayOf(account, statement);
      const work = reconciliationInSteps({
        statement,
        account,
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
    const account = papers.find((paper) => paper.account)?.account;
    const currency = papers.find((paper) => paper.currency)?.currency;
    const nameWith = (sign: string | undefined): string =>
      first?.id === undefined
        ? withoutAccounts(first?.statement.file ?? "")
        : [masked(first.id), sign].filter(Boolean).join(" ");
    const names = { zh: nameWith(currency), en: nameWith(currencyCode(currency)) };
    const byDay = new Map<Day, number>();
    for (const { day } of days) if (day) byDay.set(day, (byDay.get(day) ?? 0) + 1);
    for (const [day, many] of byDay) {
      if (many < 2) continue;
      notes.push({
        zh: `${names.zh} 的 ${day} 有 ${many} 份账单，分开核对。`,
        en: `There are ${many} statements of ${names.en} for ${day}: each is reconciled by itself.`,
      });
    }
    accounts.push({
      account,
      currency,
      name: names.zh,
      names,
      days,
      firstBreak,
      breaks,
      sentence: papersSentence(days),
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
