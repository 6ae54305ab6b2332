/** From what the rules give to what is printed, cause by cause: the items add up to the last digit. */
import { amount, type Amount, type Bilingual } from "../core";
import { identitiesOf, FIGURES, type Account, type Control, type Position } from "../statements";
import { marginInUse } from "./reading";
import { REASONS, type ReasonId } from "./reconcile-reasons";

export interface BridgeItem {
  /** Several where each of them alone explains its rows. */
  readonly ids: readonly ReasonId[];
  readonly name: Bilingual;
  readonly rows: number;
  /** Of them, those that print no margin. */
  readonly unprinted: number;
  readonly amount: Amount;
}

/** What none of its rows prints nobody knows: it is no zero. */
export const isUnknown = ({ rows, unprinted, amount: sum }: BridgeItem): boolean =>
  unprinted > 0 && unprinted === rows && sum.isZero();

/** from + the items' amounts = to. */
export interface Bridge {
  /** By the rules, over the rows that could be checked; sets and larger sides not yet taken off. */
  readonly from: Amount;
  /** False where a row could not be checked, or the file is incomplete. */
  readonly complete: boolean;
  readonly items: readonly BridgeItem[];
  /** As printed: the account's margin in use, else the sum of its rows. */
  readonly to: Amount;
  readonly toFrom: "account" | "rows";
  /** Rows that print no margin, where `to` would be their sum: it is then no total. */
  readonly unprinted: number;
}

export interface AccountIdentity {
  readonly id: string;
  readonly name: Bilingual;
  readonly text: Bilingual;
  readonly of: "money" | "fraction" | "number";
  readonly printed: Amount;
  readonly expected: Amount;
  readonly holds: boolean;
}

const ZERO = amount("0");

/** What is added up on the way, by the causes of each part. */
export class BridgeParts {
  private readonly parts = new Map<
    string,
    { ids: readonly ReasonId[]; rows: number; unprinted: number; sum: Amount }
  >();

  /** @param part undefined where a row prints no margin */
  add(ids: readonly ReasonId[], part: Amount | undefined, rows = 1): void {
    const sorted = [...new Set(ids)].sort();
    const key = sorted.join(" ");
    const known = this.parts.get(key) ?? { ids: sorted, rows: 0, unprinted: 0, sum: ZERO };
    this.parts.set(key, {
      ids: sorted,
      rows: known.rows + rows,
      unprinted: known.unprinted + (part ? 0 : rows),
      sum: part ? known.sum.plus(part) : known.sum,
    });
  }

  get sum(): Amount {
    return [...this.parts.values()].reduce<Amount>((total, { sum }) => total.plus(sum), ZERO);
  }

  /** The unexplained last, the others by size. */
  get items(): readonly BridgeItem[] {
    const last: readonly ReasonId[] = ["notCheckable", "total", "unexplained"];
    const place = ({ ids: [id] }: BridgeItem): number => (id ? last.indexOf(id) : -1);
    return [...this.parts.values()]
      .map(({ ids, rows, unprinted, sum }) => ({
        ids,
        rows,
        unprinted,
        amount: sum,
        name: {
          zh: ids.map((id) => REASONS[id].zh).join(" 或 "),
          en: ids.map((id) => REASONS[id].en).join(" or "),
        },
      }))
      .sort((a, b) => place(a) - place(b) || b.amount.abs().comparedTo(a.amount.abs()));
  }
}

/** A future's margin by the rules. */
export interface SideMargin {
  readonly position: Position;
  /** Its product, hedging apart. */
  readonly group: string;
  readonly margin: Amount;
}

/** What the larger side alone would leave out: of each contract, or of each product. */
function smallerSides(futures: readonly SideMargin[], keyOf: (one: SideMargin) => string): Amount {
  const sides = new Map<string, { long: Amount; short: Amount }>();
  for (const one of futures) {
    const both = sides.get(keyOf(one)) ?? { long: ZERO, short: ZERO };
    const side = one.position.side === "long" ? "long" : "short";
    sides.set(keyOf(one), { ...both, [side]: both[side].plus(one.margin) });
  }
  return [...sides.values()].reduce<Amount>(
    (sum, { long, short }) => sum.plus(long.lessThan(short) ? long : short),
    ZERO,
  );
}

/** Adds what lies between the rows' sum and the account's margin in use; the account's printed total. */
export function addAccount(
  parts: BridgeParts,
  account: Account | undefined,
  rowsSum: Amount,
  futures: readonly SideMargin[],
): { readonly to: Amount; readonly toFrom: Bridge["toFrom"] } {
  const {
    margin,
    riskDegree,
    deliveryMargin = ZERO,
    exerciseMargin = ZERO,
  } = account?.figures ?? {};
  const printed = marginInUse(account);
  if (!printed) return { to: rowsSum, toFrom: "rows" };
  const ofRows = margin ?? printed;
  const gap = ofRows.minus(rowsSum);
  const beside = [deliveryMargin.plus(exerciseMargin), deliveryMargin, exerciseMargin].some(
    (one) => !one.isZero() && one.equals(gap),
  );
  const larger = [
    smallerSides(futures, ({ position, group }) => `${position.contract} ${group}`),
    smallerSides(futures, ({ group }) => group),
  ].some((one) => !one.isZero() && one.negated().equals(gap));
  // The rows tell that it is counted in already where no risk degree tells anything.
  const inUse = beside && riskDegree === undefined ? ofRows : printed;
  if (!gap.isZero()) parts.add([beside ? "beside" : larger ? "largerSide" : "total"], gap, 0);
  const more = inUse.minus(ofRows);
  if (!more.isZero()) parts.add(["beside"], more, 0);
  return { to: inUse, toFrom: "account" };
}

const FORMULAS: Readonly<Record<string, Bilingual>> = {
  balance: {
    zh: "期初 + 出入金 + 盈亏 + 权利金收支 − 费用",
    en: "brought forward + deposits + profit + premium − fees",
  },
  equity: {
    zh: "期初 + 出入金 + 盈亏 + 权利金收支 − 费用",
    en: "brought forward + deposits + profit + premium − fees",
  },
  marketValueEquity: {
    zh: "客户权益 + 多头期权市值 − 空头期权市值",
    en: "equity + long options − short options",
  },
  ofEquity: { zh: "保证金占用 ÷ 客户权益", en: "margin in use ÷ equity" },
  equityOver: { zh: "客户权益 ÷ 保证金占用", en: "equity ÷ margin in use" },
  ofMarketValue: { zh: "保证金占用 ÷ 市值权益", en: "margin in use ÷ market-value equity" },
  available: { zh: "客户权益 − 保证金占用", en: "equity − margin in use" },
};

/** What may be less than its formula says so. */
const NAMES: Readonly<Record<string, Bilingual>> = {
  available: { zh: "可用资金（至多）", en: "funds available (at most)" },
};

/** What the statement's own figures owe each other, the rows' sum against the account's margin, and printed sums. */
export function accountIdentities(
  account: Account | undefined,
  rows: { readonly sum: Amount; readonly explained: boolean } | undefined,
  controls: readonly Control[],
): readonly AccountIdentity[] {
  const figures = account?.figures ?? {};
  const { netDeposit, commission } = figures;
  // A paper that prints no deposits or fees owes no balance.
  const balances = netDeposit !== undefined && commission !== undefined;
  const owed = identitiesOf(figures).filter(
    ({ figure }) => balances || (figure !== "balance" && figure !== "equity"),
  );
  const own = owed.map(({ figure, printed, expected, holds, by = figure }) => ({
    id: figure,
    name: NAMES[figure] ?? FIGURES[figure],
    text: FORMULAS[by] ?? FIGURES[figure],
    of: figure === "riskDegree" ? ("fraction" as const) : ("money" as const),
    printed,
    expected,
    holds,
  }));
  const sums = controls
    .filter((one) => one.account === undefined || one.account === account?.id)
    .map(({ id, name, text, of, printed, rows: expected, holds }): AccountIdentity => {
      return { id, name, text, of, printed, expected, holds };
    });
  const inUse = figures.margin ?? marginInUse(account);
  if (!inUse || !rows) return [...own, ...sums];
  return [
    ...own,
    {
      id: "rows",
      name: FIGURES.margin,
      text: { zh: "各行保证金之和", en: "the sum of the rows' margins" },
      of: "money",
      printed: inUse,
      expected: rows.sum,
      holds: rows.explained,
    },
    ...sums,
  ];
}
