/** Why the margin is another than at the last import: parts that add up exactly. */
import { amount, drained, Pace, type Amount, type Bilingual, type Day, type Status } from "../core";
import { linesById, NOBODYS } from "./snapshot";
import { marginOfSnapshot, splitOf } from "./split";

export { markOf, NOBODYS, readSnapshots, snapshotOf } from "./snapshot";

/** What is kept of an import: plain JSON, amounts as decimal text. */
export interface Snapshot {
  readonly version: 1;
  /** Told by a one-way mark of the account's number and currency: the number itself is not kept. */
  readonly account: string;
  readonly day: Day | undefined;
  readonly file: string;
  readonly equity: string | undefined;
  readonly margin: string | undefined;
  readonly status: string;
  readonly lines: readonly SnapshotLine[];
  /** The lines were too many to keep, or are no longer kept. */
  readonly totalsOnly?: true;
}

export interface SnapshotLine {
  readonly contract: string;
  readonly side: string;
  readonly lots: string;
  readonly printed?: string | undefined;
  readonly price?: string | undefined;
  readonly underlyingPrice?: string | undefined;
  readonly strike?: string | undefined;
  readonly unit?: string | undefined;
  /** The broker's rate or coefficient and markup the line was worked out with. */
  readonly rate?: string | undefined;
  readonly markup?: string | undefined;
  /** Margined together with others. */
  readonly combined?: true | undefined;
}

export type CauseId =
  | "opened"
  | "closed"
  | "premium"
  | "underlying"
  | "outOfTheMoney"
  | "lift"
  | "cut"
  | "markup"
  | "rate"
  | "adjustment"
  | "relief"
  | "unexplained"
  | "unsplit";

export interface Cause {
  readonly id: CauseId;
  readonly name: Bilingual;
  /** Above zero: more margin. */
  readonly amount: Amount;
  /** The contracts behind it, the largest first. */
  readonly contracts: readonly { readonly contract: string; readonly amount: Amount }[];
}

export interface Since {
  readonly from: Day | undefined;
  readonly to: Day | undefined;
  readonly before: Amount;
  readonly after: Amount;
  /** Zero causes left out; their sum is after − before, to the last digit. */
  readonly causes: readonly Cause[];
  /** A line was crossed between the two. */
  readonly crossed: boolean;
}

/** The causes in the order they are shown. */
export const CAUSES: Readonly<Record<CauseId, Bilingual>> = {
  opened: { zh: "新开仓", en: "opened" },
  closed: { zh: "平仓", en: "closed" },
  premium: { zh: "权利金", en: "premium" },
  underlying: { zh: "标的价", en: "underlying" },
  outOfTheMoney: { zh: "虚值额", en: "out of the money" },
  lift: { zh: "最低保障", en: "minimum" },
  cut: { zh: "封顶", en: "cap" },
  markup: { zh: "上浮", en: "markup" },
  rate: { zh: "保证金率", en: "rate" },
  adjustment: { zh: "合约调整", en: "contract adjustment" },
  relief: { zh: "组合与单边优惠", en: "combination relief" },
  unexplained: { zh: "公司收法或其他变化", en: "broker's terms or other" },
  unsplit: { zh: "未能拆开", en: "not split" },
};

const ZERO = amount("0");
const NO_LINES: ReadonlyMap<string, SnapshotLine> = new Map();
/** What was divided may not end; it is rounded here so that all parts still add up to the last digit. */
const DECIMALS = 8;
/** What a broker's rounding to the fen leaves is no cause of its own. */
const ROUNDING = amount("0.005");

const STATUSES: readonly Status[] = ["normal", "watch", "marginCall", "liquidation", "immediate"];

/** Whether a line was crossed between two snapshots; nobody knows where one is undetermined. */
export function isCrossed(before: Snapshot, after: Snapshot): boolean {
  const known = (status: string): boolean => STATUSES.some((one) => one === status);
  return known(before.status) && known(after.status) && before.status !== after.status;
}

/** Amounts by cause and contract. */
class Ledger {
  private readonly parts = new Map<CauseId, Map<string, Amount>>();

  add(cause: CauseId, contract: string, part: Amount): void {
    const contracts = this.parts.get(cause) ?? new Map<string, Amount>();
    this.parts.set(cause, contracts.set(contract, (contracts.get(contract) ?? ZERO).plus(part)));
  }

  sum(): Amount {
    let sum = ZERO;
    for (const contracts of this.parts.values()) {
      for (const part of contracts.values()) sum = sum.plus(part);
    }
    return sum;
  }

  causes(): Cause[] {
    return (Object.keys(CAUSES) as CauseId[]).flatMap((id) => {
      const contracts = [...(this.parts.get(id) ?? [])]
        .filter(([, part]) => !part.isZero())
        .map(([contract, part]) => ({ contract, amount: part }))
        .sort((a, b) => b.amount.abs().comparedTo(a.amount.abs()));
      const total = contracts.reduce<Amount>((sum, one) => sum.plus(one.amount), ZERO);
      const named = contracts.filter(({ contract }) => contract !== "");
      return total.isZero() ? [] : [{ id, name: CAUSES[id], amount: total, contracts: named }];
    });
  }
}

/** A part of a margin by lots. */
const shareOf = (margin: Amount, lots: Amount, ofLots: Amount): Amount =>
  lots.equals(ofLots) ? margin : margin.times(lots).dividedBy(ofLots).toDecimalPlaces(DECIMALS);

/** One end of the comparison. */
interface End {
  readonly line: SnapshotLine;
  readonly day: Day | undefined;
  readonly margin: Amount;
  readonly lots: Amount;
}

function endOf(line: SnapshotLine | undefined, day: Day | undefined): End | undefined {
  const margin = line && marginOfSnapshot(line, day)?.toDecimalPlaces(DECIMALS);
  return margin && { line, day, margin, lots: amount(line.lots) };
}

/** Lots held on both days: the rule run again step by step, and what the rule does not explain. */
function explainHeld(ledger: Ledger, before: End, after: End): void {
  const lots = before.lots.lessThan(after.lots) ? before.lots : after.lots;
  const { contract } = after.line;
  const from = shareOf(before.margin, lots, before.lots);
  const to = shareOf(after.margin, lots, after.lots);
  const change = to.minus(from);
  if (after.lots.greaterThan(lots)) ledger.add("opened", contract, after.margin.minus(to));
  if (before.lots.greaterThan(lots)) ledger.add("closed", contract, from.minus(before.margin));
  const split = splitOf(before, after, lots);
  if (!split) {
    ledger.add("unsplit", contract, change);
    return;
  }
  const parts = split.map(({ id, amount: part }) => ({
    id,
    part: part.toDecimalPlaces(DECIMALS),
  }));
  const rest = parts.reduce<Amount>((left, { part }) => left.minus(part), change);
  const [largest] = [...parts].sort((a, b) => b.part.abs().comparedTo(a.part.abs()));
  const isRounding = rest.abs().lessThanOrEqualTo(ROUNDING) && largest && !largest.part.isZero();
  for (const { id, part } of parts) ledger.add(id, contract, part);
  const combined = before.line.combined ?? after.line.combined;
  ledger.add(isRounding ? largest.id : combined ? "relief" : "unexplained", contract, rest);
}

/**
 * Explains a margin by the one before: opened and closed lots, then for lots held on both days what the rule's own
 * terms changed by; what is left is relief for combinations or the larger side where something was margined so, else
 * the broker's own doing or what no line shows.
 * Where a snapshot keeps totals only, the whole change stays unsplit.
 * Undefined where an end has no margin or the two are of different accounts.
 */
export const sinceLast = (before: Snapshot, after: Snapshot): Since | undefined =>
  drained(sinceInSteps(before, after));

/** Two runs of the rule and a split, in units of work. */
const EXPLAINING = 3;

export function* sinceInSteps(
  before: Snapshot,
  after: Snapshot,
): Generator<void, Since | undefined> {
  if (before.account !== after.account || before.account === NOBODYS) return undefined;
  if (before.margin === undefined || after.margin === undefined) return undefined;
  const from = amount(before.margin).toDecimalPlaces(DECIMALS);
  const to = amount(after.margin).toDecimalPlaces(DECIMALS);
  const ledger = new Ledger();
  const pace = new Pace();
  let allKnown = !before.totalsOnly && !after.totalsOnly;
  const [earlier, later] = allKnown ? [linesById(before), linesById(after)] : [NO_LINES, NO_LINES];
  for (const id of new Set([...earlier.keys(), ...later.keys()])) {
    if (pace.due(EXPLAINING)) yield;
    const [old, now] = [earlier.get(id), later.get(id)];
    const [left, right] = [endOf(old, before.day), endOf(now, after.day)];
    // A line without a margin can't be compared: it stays in what is not split.
    if ((old && !left) || (now && !right)) allKnown = false;
    else if (left && right) explainHeld(ledger, left, right);
    else if (right) ledger.add("opened", right.line.contract, right.margin);
    else if (left) ledger.add("closed", left.line.contract, left.margin.negated());
  }
  const rest = to.minus(from).minus(ledger.sum());
  const together = [before, after].some(({ lines }) => lines.some(({ combined }) => combined));
  if (!rest.isZero()) {
    ledger.add(allKnown ? (together ? "relief" : "unexplained") : "unsplit", "", rest);
  }
  return {
    from: before.day,
    to: after.day,
    before: from,
    after: to,
    causes: ledger.causes(),
    crossed: isCrossed(before, after),
  };
}

/** The margin of one lot where a line first appears in an account's snapshots, oldest first; by line. */
export function openingsOf(
  snapshots: readonly Snapshot[],
  account: string,
): Readonly<Record<string, Amount>> {
  const openings = new Map<string, Amount>();
  for (const snapshot of snapshots) {
    if (snapshot.account !== account) continue;
    const lines = linesById(snapshot);
    for (const id of openings.keys()) if (!lines.has(id)) openings.delete(id);
    for (const [id, line] of lines) {
      const margin = openings.has(id) ? undefined : marginOfSnapshot(line, snapshot.day);
      if (margin) openings.set(id, margin.dividedBy(line.lots));
    }
  }
  return Object.fromEntries(openings);
}
