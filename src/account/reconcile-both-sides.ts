/**
 * A future held on both sides, whose paper prints one margin for the two: they are compared as one row of all their
 * lots, and what is printed is shared out among them only as the rule tells.
 */
import { amount, digits, type Amount, type Bilingual, type Day } from "../core";
import { marginBy } from "./figure";
import type { Held } from "./holding";
import { byRule, tells } from "./reconcile-bare";
import { isComparable, WorkRow, type Comparable } from "./reconcile-row";
import type { BrokerRule, ChargedRow } from "./reconcile-rule";
import { REASONS, type Reason } from "./reconcile-reasons";
import { chargeBy, termsText, toFen, type BrokerTerms } from "./reconcile-terms";
import { SAME } from "./reconcile-words";

const ZERO = amount("0");

/** Two rows under one printed margin, by their places among the rows. */
export interface PrintedTogether {
  readonly long: number;
  readonly short: number;
  /** Both as one row of all their lots. */
  readonly whole: WorkRow;
  /** The heavier side alone. */
  readonly larger: Held;
}

/** The same by the broker's rule: what each of the two rows knows of both. */
export interface BothSides {
  readonly whole: Comparable;
  /** The heavier side alone. */
  readonly larger: Held;
  /** Each side by itself. */
  readonly sides: readonly Held[];
  /** Printed less what the rule gives for the two rows. */
  readonly difference: Amount;
  readonly text: Bilingual;
}

/** All lots at one price: no opening price is that of both sides. */
const withLots = (held: Held, quantity: Amount): Held => ({
  ...held,
  position: { ...held.position, quantity, openPrice: undefined },
});

/** The pairs among rows: a long side that holds a shared margin, and the next short one of its contract and use. */
export function printedTogetherIn(rows: readonly WorkRow[]): readonly PrintedTogether[] {
  const waiting = new Map<string, number>();
  const found: PrintedTogether[] = [];
  for (const [short, { held }] of rows.entries()) {
    const { contract, hedge, account, side, margin, sharedMargin } = held.position;
    if (held.kind !== "future") continue;
    const key = [contract, hedge, account].join(" ");
    if (sharedMargin) waiting.set(key, short);
    const long = waiting.get(key);
    if (side !== "short" || margin || long === undefined) continue;
    waiting.delete(key);
    const one = rows[long] as WorkRow;
    const [many, few] = [one.held.position.quantity, held.position.quantity];
    const { printed, exchange, on, why } = one;
    const whole = new WorkRow(withLots(one.held, many.plus(few)), printed, exchange, on, { why });
    const larger = withLots(one.held, many.greaterThan(few) ? many : few);
    found.push({ long, short, whole, larger });
  }
  return found;
}

/** What all rows tell of the broker's rule; a pair as one. */
export function chargedRows(
  rows: readonly WorkRow[],
  pairs: readonly PrintedTogether[],
): readonly ChargedRow[] {
  if (pairs.length === 0) return rows.flatMap(tells);
  const wholes = new Map(pairs.map((pair) => [pair.long, pair]));
  const shorts = new Set(pairs.map(({ short }) => short));
  return rows.flatMap((row, place) => {
    const pair = wholes.get(place);
    if (pair) return tells(pair.whole).map((told) => ({ ...told, larger: pair.larger }));
    return shorts.has(place) ? [] : tells(row);
  });
}

/** What is printed for both, shared out: as the rule gives it, on the larger side alone, or by what each would take. */
function shares(printed: Amount, long: Comparable, short: Comparable): readonly [Amount, Amount] {
  const [one, other] = [long.ours, short.ours];
  const inAll = one.plus(other);
  if (printed.equals(inAll)) return [one, other];
  if (printed.equals(one) && !one.lessThan(other)) return [printed, ZERO];
  if (printed.equals(other) && one.lessThan(other)) return [ZERO, printed];
  const part = inAll.isZero() ? printed : toFen(printed.times(one).dividedBy(inAll));
  return [part, printed.minus(part)];
}

/** Puts what is printed for a pair on its two rows. */
export function shareOut(
  rows: WorkRow[],
  pairs: readonly PrintedTogether[],
  rule: BrokerRule,
  on: Day,
): void {
  for (const pair of pairs) {
    const [long, short] = [rows[pair.long], rows[pair.short]];
    const whole = byRule(pair.whole, rule, on);
    if (!long || !short || !isComparable(long) || !isComparable(short) || !isComparable(whole))
      continue;
    const { printed } = whole;
    const [many, few] = [long, short].map(({ held }) => digits(held.position.quantity));
    const both: BothSides = {
      whole,
      larger: pair.larger,
      sides: [long.held, short.held],
      difference: printed.minus(long.ours).minus(short.ours),
      text: {
        zh: `账单把买 ${many} 手、卖 ${few} 手合印一个保证金 ${printed.toFixed(2)}，这里按规则分到两边。`,
        en: `The statement prints one margin of ${printed.toFixed(2)} for ${many} long and ${few} short; it is shared out here by the rule.`,
      },
    };
    const [one, other] = shares(printed, long, short);
    rows[pair.long] = long.sharing(one, both);
    rows[pair.short] = short.sharing(other, both);
  }
}

/** Some terms on the larger side alone. */
export function onLarger(terms: BrokerTerms): Pick<Reason, "id" | "name" | "detail"> {
  if (terms.kind === "exchange") {
    return { id: "largerSide", name: REASONS.largerSide, detail: SAME };
  }
  const { zh, en } = termsText(terms);
  const detail = { zh: `${zh}，只收较大的一边`, en: `${en}, on the larger side only` };
  return { id: terms.kind, name: REASONS[terms.kind], detail };
}

/** Which of some terms give what is printed for both: on all lots, on the two rows, or on the larger side alone. */
export function readingsOf(
  { whole, larger, sides }: BothSides,
  among: readonly BrokerTerms[],
  on: Day,
): readonly Reason[] {
  const { printed, exchange, held } = whole;
  return among.flatMap((terms) => {
    const charge = chargeBy(terms, exchange);
    const inAll = (rows: readonly Held[]): boolean => {
      const margins = rows.flatMap((row) => (charge && marginBy(row, charge, on)) ?? []);
      const sum = margins.reduce<Amount>((total, one) => total.plus(toFen(one)), ZERO);
      return margins.length === rows.length && sum.equals(printed);
    };
    const { kind } = terms;
    const detail = kind === "exchange" ? SAME : termsText(terms);
    const found: Reason[] = [];
    if (inAll(sides) || inAll([held])) found.push({ id: kind, name: REASONS[kind], detail });
    if (inAll([larger])) found.push(onLarger(terms));
    return found;
  });
}
