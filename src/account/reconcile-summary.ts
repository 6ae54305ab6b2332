/** A reconciliation as a whole: the broker's rule and what bears it out, counts, the bridge, the account's identities. */
import { amount, type Amount, type Bilingual, type Pace } from "../core";
import { printedEquity, type Account } from "../statements";
import { currencySign } from "./book";
import { currencyAmong, currencyCode, sameCurrency } from "./currency";
import { takesMargin } from "./figure";
import { marginBeside, marginInUse, type Reading } from "./reading";
import type { Reconciliation, ReconciledRow, ReconcileInputs, Verdict } from "./reconcile";
import { accountIdentities, addAccount, BridgeParts, type Bridge } from "./reconcile-bridge";
import type { Fitting, Placed } from "./reconcile-columns";
import type { RowsOnDemand } from "./reconcile-demand";
import type { ReasonId } from "./reconcile-reasons";
import type { Reliefs } from "./reconcile-relief";
import type { WorkRow } from "./reconcile-row";
import {
  distinct,
  groupOf,
  keyOfProduct,
  productOf,
  type BrokerRule,
  type Product,
} from "./reconcile-rule";
import { namesOf, ruleSentence } from "./reconcile-rule-sentence";
import { additionsText, sentenceOf } from "./reconcile-sentence";
import { sum } from "./reconcile-ways";
import { rowsEn } from "./reconcile-words";

const ZERO = amount("0");

interface Worked {
  readonly rule: BrokerRule;
  readonly rows: readonly WorkRow[];
  readonly reconciled: readonly ReconciledRow[];
  readonly reliefs: Reliefs;
  /** Rows that fit beside these, where they stand in columns; and all of them, as they are made. */
  readonly fitting?: Fitting;
  readonly demand?: RowsOnDemand;
}

const NONE: Fitting = { count: 0, margin: ZERO, told: 0, bare: 0, products: [], places: [] };

/** Reasons under which a row still bears out the broker's terms: something else was taken than they say. */
const BEARS_OUT: ReadonlySet<ReasonId> = new Set<ReasonId>([
  "datedRate",
  "previousDay",
  "otherPrice",
  "openPrice",
  "higherPrice",
  "otherUnderlying",
  "oldTerms",
  "rounding",
  "lots",
]);

function bearsOut({ held, verdict, reasons, difference }: ReconciledRow): boolean {
  if (!takesMargin(held)) return false;
  if (verdict === "matching") return true;
  if (verdict !== "explained") return false;
  // Whichever of them it was, the terms are these.
  if (reasons.length > 0 && reasons.every(({ id }) => BEARS_OUT.has(id))) return true;
  const [only, ...more] = reasons;
  return only?.id === "relief" && more.length === 0 && Boolean(difference?.isZero());
}

/** Each product once, in the order of the statement. */
const inOrder = (placed: readonly Placed[]): readonly Product[] =>
  distinct([...placed].sort((a, b) => a.place - b.place).map(({ product }) => product));

function* ruleInSteps(
  { rule, reconciled, fitting = NONE }: Worked,
  pace: Pace,
): Generator<void, Reconciliation["rule"]> {
  const charged: Placed[] = [];
  const agreeing: Placed[] = [];
  for (const [i, row] of reconciled.entries()) {
    if (!takesMargin(row.held)) continue;
    const placed = { place: fitting.places[i] ?? i, product: productOf(row.held) };
    charged.push(placed);
    if (rule.confirmed && rule.isTold(row.held) && bearsOut(row)) agreeing.push(placed);
    if (pace.due(SUMMING)) yield;
  }
  const fit = rule.confirmed ? fitting.told : 0;
  const told = fitting.products.filter(({ isTold }) => isTold);
  const products = inOrder([...agreeing, ...(fit > 0 ? told : [])]);
  const known = new Set(products.map(keyOfProduct));
  const unconfirmed = inOrder([...charged, ...fitting.products]).filter(
    (product) => !known.has(keyOfProduct(product)),
  );
  const rows = agreeing.length + fit;
  const zh = rows > 0 ? `${products.length} 个品种 ${rows} 行吻合到分` : "没有一行可以确认";
  const en =
    rows > 0
      ? `${rowsEn(rows)} of ${products.length} product${products.length > 1 ? "s" : ""} agree${rows === 1 ? "s" : ""} to the fen`
      : "No row confirms it";
  return {
    sentence: ruleSentence(rule),
    borneOut: {
      zh: `${zh}${unconfirmed.length > 0 ? `；${namesOf(unconfirmed, "zh")}未确认` : ""}。`,
      en: `${en}${unconfirmed.length > 0 ? `; not confirmed: ${namesOf(unconfirmed, "en")}` : ""}.`,
    },
    terms: rule,
    products,
    rows,
    unconfirmed,
  };
}

interface Bridged {
  readonly bridge: Bridge;
  /** Rows in another currency than the account's, which are in no sum. */
  readonly foreign: readonly ReconciledRow[];
  readonly rowsSum: Amount;
  readonly totalExplained: boolean;
}

/** A row's part in summing up. */
const SUMMING = 0.05;

/** What the sums are in: the account's currency, else yuan where a row prints them, else the first that is printed. */
function currencyOf(
  account: Account | undefined,
  reconciled: readonly ReconciledRow[],
): string | undefined {
  const printed = new Set(
    reconciled.flatMap(({ held }) => currencyCode(held.position.currency) ?? []),
  );
  return currencyAmong(account?.currency, printed);
}

function* bridgeInSteps(
  { account, incomplete }: Reading,
  { rows, reconciled, reliefs, fitting = NONE }: Worked,
  pace: Pace,
): Generator<void, Bridged> {
  const parts = new BridgeParts();
  let from = fitting.margin;
  let charged = fitting.margin;
  let unprinted = 0;
  const currency = currencyOf(account, reconciled);
  const foreign: ReconciledRow[] = [];
  // A told set that is off its rule is one with its legs: what the rule takes off isn't left open.
  const inSets = new Set(
    reliefs.together.flatMap(({ id, additions, rows: legs }) =>
      id === "unexplained" || additions ? legs.map(({ held }) => held) : [],
    ),
  );
  for (const row of reconciled) {
    const { held, verdict, printed, ours, difference, reasons } = row;
    if (pace.due(SUMMING)) yield;
    if (!sameCurrency(held.position.currency, currency)) {
      foreign.push(row);
      continue;
    }
    charged = charged.plus(printed ?? ZERO);
    if (!printed) unprinted += 1;
    if (verdict === "notCheckable") {
      parts.add(["notCheckable"], printed);
      continue;
    }
    from = from.plus(ours ?? ZERO);
    if (verdict === "matching") continue;
    const ids = verdict === "explained" ? reasons.map(({ id }) => id) : (["unexplained"] as const);
    // What should have been taken off is shown apart below: the rows themselves are as by the rule.
    if (ids[0] !== "reliefMissing" && !inSets.has(held)) {
      // Where the exchange's figure isn't known nothing of it stands in what the rules give.
      parts.add(ids, difference ?? printed ?? ZERO);
    }
  }
  let apart = ZERO;
  for (const set of reliefs.together) {
    apart = apart.plus(set.apart);
    if (set.id === "reliefMissing" || set.id === "unexplained" || set.additions) {
      const differences = sum(set.rows.map(({ difference }) => difference)).plus(set.apart);
      if (!set.missing.isZero()) parts.add(["relief"], set.missing.negated(), 0);
      const ids = set.additions?.map(({ id }) => id) ?? [set.id];
      parts.add(ids, set.missing.plus(differences), set.rows.length);
    } else if (!set.apart.isZero()) parts.add([set.id], set.apart, 0);
  }
  // Of a set with a leg that can't be checked, what is printed for it can't be either.
  const open = reliefs.apart.minus(apart);
  if (!open.isZero()) parts.add(["notCheckable"], open, 0);
  const rowsSum = charged.plus(reliefs.apart);
  const futures = rows.flatMap(({ held, figure }) =>
    held.kind === "future" && figure?.margin
      ? [{ position: held.position, group: groupOf(held), margin: figure.margin }]
      : [],
  );
  const inUse = marginInUse(account);
  // Money without holdings: there is nothing to hold its margin against.
  const isMoney = rows.length + fitting.count === 0 && !incomplete && inUse?.isZero() === false;
  if (isMoney) parts.add(["notCheckable"], inUse, 0);
  const { to, toFrom } = isMoney
    ? { to: inUse, toFrom: "account" as const }
    : addAccount(parts, account, rowsSum, futures);
  const { items } = parts;
  const isWhole =
    !incomplete && !isMoney && reconciled.every(({ verdict }) => verdict !== "notCheckable");
  return {
    bridge: {
      ...{ from, complete: isWhole, items, to, toFrom },
      unprinted: toFrom === "rows" ? unprinted : 0,
    },
    foreign,
    rowsSum,
    totalExplained: !items.some(({ ids }) => ids.includes("total")),
  };
}

function notesOf(
  { account, incomplete, unread }: Reading,
  inputs: ReconcileInputs,
  foreign: readonly ReconciledRow[],
): readonly Bilingual[] {
  const { statement } = inputs;
  const notes: Bilingual[] = [];
  for (const code of new Set(foreign.map(({ held }) => currencyCode(held.position.currency)))) {
    const those = foreign.filter(({ held }) => currencyCode(held.position.currency) === code);
    const printed = those.flatMap((row) => row.printed ?? []);
    const all = sum(printed).toFixed(2);
    const [zh, en] =
      printed.length === 0
        ? ["没有印保证金", "no margin printed"]
        : printed.length === those.length
          ? [`共印 ${all}`, `${all} printed in all`]
          : [`${printed.length} 行共印 ${all}`, `${all} printed for ${printed.length} of them`];
    notes.push({
      zh: `${those.length} 行的币种是 ${code}，${zh}，不加进任何合计。`,
      en: `${rowsEn(those.length)} in ${code}, ${en}: added to no sum.`,
    });
  }
  if (incomplete) {
    const problems = statement.problems.filter(({ notice }) => !notice).length;
    const [lost, rows] = [`${unread} 行没有读出，`, `${rowsEn(unread)} unread, `];
    const many = problems === 1 ? "problem" : "problems";
    notes.push({
      zh: `文件不完整：${unread > 0 ? lost : ""}${problems} 个问题。核对的只是读出的行，合计不作定论。`,
      en: `The file is partial: ${unread > 0 ? rows : ""}${problems} ${many}. Only rows that were read are checked, totals are left open.`,
    });
  }
  if (!account && statement.accounts.length > 1) {
    notes.push({
      zh: `文件里有 ${statement.accounts.length} 个账户，先选一个再核对。`,
      en: `The file holds ${statement.accounts.length} accounts: choose one to reconcile.`,
    });
  }
  return notes;
}

/** What rows that match come to; those that fit beside them take what they were charged. */
function matchedOf(rows: readonly ReconciledRow[], { margin }: Fitting): Reconciliation["matched"] {
  const figures = (of: (row: ReconciledRow) => Amount | undefined): Amount =>
    sum(rows.map((row) => of(row) ?? ZERO));
  return {
    printed: figures(({ printed }) => printed).plus(margin),
    ours: figures(({ ours }) => ours).plus(margin),
    difference: figures(({ difference }) => difference),
  };
}

/** Everything about a reconciliation beyond its rows. */
export function* summedInSteps(
  inputs: ReconcileInputs,
  reading: Reading,
  worked: Worked,
  pace: Pace,
): Generator<void, Reconciliation> {
  const { account } = reading;
  const { demand, fitting = NONE, reconciled } = worked;
  const counts: Record<Verdict, number> = {
    matching: fitting.count,
    explained: 0,
    unexplained: 0,
    notCheckable: 0,
  };
  for (const { verdict } of worked.reconciled) counts[verdict] += 1;
  const { bridge, foreign, rowsSum, totalExplained } = yield* bridgeInSteps(reading, worked, pace);
  const hasRows =
    fitting.count > 0 || worked.reconciled.some(({ printed }) => printed !== undefined);
  const identities = accountIdentities(
    account,
    hasRows ? { sum: rowsSum, explained: totalExplained } : undefined,
    inputs.statement.controls,
  );
  const { unread, incomplete } = reading;
  const equity = printedEquity(account?.figures ?? {});
  const relief = sum(
    bridge.items.flatMap(({ ids, amount: part }) =>
      ids.every((id) => id === "relief" || id === "largerSide") ? [part] : [],
    ),
  );
  const additions = additionsText(
    worked.rule,
    reconciled,
    worked.rule.confirmed ? fitting.bare : 0,
  );
  const byRules = bridge.from.plus(relief).plus(marginBeside(account, inputs.statement));
  const ratio = (margin: Amount): Amount | undefined =>
    equity?.greaterThan(0) ? margin.dividedBy(equity) : undefined;
  let rows = demand ? undefined : reconciled;
  const matching = (): readonly ReconciledRow[] =>
    reconciled.filter(({ verdict }) => verdict === "matching");
  let matched: Reconciliation["matched"] | undefined;
  return {
    inputs,
    account,
    currency: currencySign(account?.currency ?? worked.reconciled[0]?.position.currency),
    day: account?.day ?? inputs.statement.day,
    rule: yield* ruleInSteps(worked, pace),
    counts,
    sentence: sentenceOf({
      counts,
      bridge,
      identities,
      unread,
      incomplete,
      additions,
    }),
    additions,
    bridge,
    /** Made when somebody looks. */
    get rows() {
      return (rows ??= demand?.all() ?? []);
    },
    rowsInTurn: () => rows ?? demand?.inTurn() ?? [],
    length: Object.values(counts).reduce((total, count) => total + count, 0),
    breaking: reconciled.filter(({ verdict }) => verdict !== "matching"),
    get matched() {
      return (matched ??= matchedOf(matching(), fitting));
    },
    matching(most, says = () => true) {
      if (demand) return demand.matching(most, says);
      const all = matching().filter(says);
      return { rows: all.slice(0, most), count: all.length };
    },
    perContract: () => demand?.perContract() ?? reconciled,
    identities,
    unread,
    ratios: {
      printed: account?.figures.riskDegree,
      ofPrinted: bridge.unprinted > 0 ? undefined : ratio(bridge.to),
      byRules: bridge.complete ? ratio(byRules) : undefined,
    },
    notes: notesOf(reading, inputs, foreign),
  };
}
