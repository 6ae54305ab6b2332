/** A set that the statement lists while its legs' terms aren't known: the additions by which it comes to what was charged. */
import type { Amount, Day } from "../core";
import { takesMargin, unworkedFigure } from "./figure";
import { REASONS, type Reason } from "./reconcile-reasons";
import { isComparable, lineOfRow, type Comparable } from "./reconcile-row";
import { partsOf, type SetOfRows } from "./reconcile-set-parts";
import { chargeBy, termsText, type BrokerTerms } from "./reconcile-terms";
import { pricedAs } from "./sets";

/** A group of sets that have legs in common, and what is printed for all of them. */
export interface ChargedSets {
  readonly sets: readonly SetOfRows[];
  readonly rows: readonly Comparable[];
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

function gives({ sets, rows }: ChargedSets, terms: BrokerTerms, on: Day): boolean {
  const raised = new Map<Comparable, Comparable>();
  for (const row of rows) {
    const other = byTerms(row, terms, on);
    if (!other) return false;
    raised.set(row, other);
  }
  const saving: SetOfRows[] = [];
  for (const member of sets) {
    const [one, other] = member.legs.map((row) => raised.get(row) ?? row);
    const priced = one && other && pricedAs([lineOfRow(one), lineOfRow(other)], "broker", on);
    if (!priced?.saved) return false;
    saving.push({ ...member, saved: priced.saved.times(member.lots) });
  }
  const marginOf = (row: Comparable): Amount => (raised.get(row) ?? row).figure.margin;
  return partsOf({ rows, sets: saving, marginOf }).fit !== undefined;
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
