/** A set that the statement lists while its legs' terms aren't known: the additions by which it comes to what was charged. */
import type { Amount, Day } from "../core";
import { takesMargin, unworkedFigure } from "./figure";
import { REASONS, type Reason } from "./reconcile-reasons";
import { isComparable, lineOfRow, type Comparable } from "./reconcile-row";
import { chargeBy, termsText, type BrokerTerms } from "./reconcile-terms";
import { marginsOf, sum, sumsTo } from "./reconcile-ways";
import { pricedAs, type HeldSet } from "./sets";

/** A group of sets that have legs in common, and what is printed for all of them. */
export interface ChargedSets {
  readonly sets: readonly HeldSet[];
  /** The legs of each set, in its order. */
  readonly legsOf: (set: HeldSet) => readonly Comparable[];
  readonly rows: readonly Comparable[];
  readonly printed: Amount;
}

/** Whether a row stands on the exchange's standard because nothing tells its terms. */
export const isBare = ({ terms, held }: Comparable): boolean => !terms && takesMargin(held);

function byTerms(row: Comparable, terms: BrokerTerms, on: Day): Comparable | undefined {
  if (!takesMargin(row.held)) return row;
  const charge = chargeBy(terms, row.exchange);
  const figure = charge && unworkedFigure(row.held, charge, on);
  const raised = figure && !figure.gap && row.with({ terms, figure });
  return raised && isComparable(raised) ? raised : undefined;
}

function gives({ sets, legsOf, rows, printed }: ChargedSets, terms: BrokerTerms, on: Day): boolean {
  const raised = new Map<Comparable, Comparable>();
  for (const row of rows) {
    const other = byTerms(row, terms, on);
    if (!other) return false;
    raised.set(row, other);
  }
  const saved: Amount[] = [];
  for (const set of sets) {
    const [one, other] = legsOf(set).map((row) => raised.get(row) ?? row);
    const priced = one && other && pricedAs([lineOfRow(one), lineOfRow(other)], "broker", on);
    if (!priced?.saved) return false;
    saved.push(priced.saved.times(set.sets));
  }
  const margins = marginsOf([...raised.values()]);
  return sumsTo(printed, sum(margins).minus(sum(saved)), [...margins, ...saved]);
}

/** The additions that may be the broker's rule under which the sets' legs and relief come to what was charged. */
export const additionsTo = (
  charged: ChargedSets,
  perhaps: readonly BrokerTerms[],
  on: Day,
): readonly Reason[] =>
  charged.rows.some(({ terms }) => terms)
    ? []
    : perhaps
        .filter((terms) => gives(charged, terms, on))
        .map((terms) => ({
          id: terms.kind,
          name: REASONS[terms.kind],
          detail: termsText(terms),
        }));
