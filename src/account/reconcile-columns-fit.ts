/** Which short options of a long statement the broker's rule gives to the fen, slot by slot in whole columns. */
import { amount, chargedInFen, columnLength, type Day, type ShortList } from "../core";
import type { PlainBook } from "../statements";
import { optionOf, tried } from "./figure";
import type { BrokerRule } from "./reconcile-rule";
import type { Slot, Slots } from "./reconcile-slots";
import { chargeBy } from "./reconcile-terms";

/** The rows of all slots, one slot behind the other, and what one of them is worked out in. */
type Sorted = Pick<ShortList, "settlement" | "strike" | "lots" | "charged" | "over"> & {
  readonly places: Int32Array;
  readonly fits: Uint8Array;
};

/** Marks the rows that the rule gives to the fen. */
export function markFitting(
  book: PlainBook,
  { all, of }: Slots,
  rule: BrokerRule,
  on: Day,
  isFitting: Uint8Array,
): void {
  const starts: number[] = [];
  let [length, most] = [0, 0];
  for (const { count } of all) {
    starts.push(length);
    length += columnLength(count);
    most = Math.max(most, count);
  }
  const sorted: Sorted = {
    settlement: new Float64Array(length),
    strike: new Float64Array(length),
    lots: new Float64Array(length),
    charged: new Float64Array(length),
    places: new Int32Array(length),
    over: new Float64Array(columnLength(most)),
    fits: new Uint8Array(most),
  };
  sort(book, of, starts, sorted);
  for (const [at, slot] of all.entries()) {
    const start = starts[at] as number;
    if (!fitSlot(slot, start, rule, on, sorted)) continue;
    const { places, fits } = sorted;
    for (let i = 0; i < slot.count; i++) if (fits[i]) isFitting[places[start + i] as number] = 1;
  }
}

/** Rows in the order of their slots. */
function sort(book: PlainBook, slot: Int32Array, starts: readonly number[], sorted: Sorted): void {
  const { contract, contracts, rows } = book.summary;
  const strikes = Float64Array.from(contracts.strikes);
  const { settlement, strike, lots, charged, places } = sorted;
  const next = Int32Array.from(starts);
  for (let i = 0; i < slot.length; i++) {
    const at = slot[i] as number;
    if (at < 0) continue;
    const to = next[at] as number;
    next[at] = to + 1;
    places[to] = i;
    settlement[to] = rows.settlement[i] as number;
    strike[to] = strikes[contract[i] as number] as number;
    lots[to] = rows.lots[i] as number;
    charged[to] = rows.margin[i] as number;
  }
}

/** Whether the rule can be asked for a slot; then it is told of each of its rows whether it fits. */
function fitSlot(slot: Slot, start: number, rule: BrokerRule, on: Day, sorted: Sorted): boolean {
  const { kind, right, unit, count } = slot;
  const { held, exchange, why } = kind.sample;
  const option = optionOf(held.position);
  const terms = rule.termsOf(held);
  const charge = (terms && chargeBy(terms, exchange)) ?? exchange;
  const { underlyingPrice } = held;
  if (why || charge.gap || !option || !underlyingPrice) return false;
  // What the style of its terms leaves open is told row by row.
  if (rule.openOf(held).length > 0) return false;
  const own = (column: Float64Array): Float64Array =>
    column.subarray(start, start + columnLength(count));
  const { settlement, strike, lots, charged, over, fits } = sorted;
  const list: ShortList = {
    rules: option.rules,
    product: option.product,
    right,
    underlying: underlyingPrice,
    rate: charge.given,
    markup: charge.markup,
    unit: amount(unit),
    height: count,
    settlement: own(settlement),
    strike: own(strike),
    lots: own(lots),
    charged: own(charged),
    over,
  };
  fits.fill(0);
  return "value" in tried(() => chargedInFen(list, on, fits));
}
