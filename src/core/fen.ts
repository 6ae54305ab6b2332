/** What many short options were charged, held against what they take rounded to the fen: a long statement. */
import { padded, power } from "./blocks";
import { column, type Column } from "./columns";
import type { Day } from "./day";
import { editionOn } from "./margin";
import { marginColumns } from "./margins";
import { amount, type Amount } from "./number";
import type { RuleSet } from "./rule";
import type { Right } from "./terms";

/** Short options on one underlying, charged alike: a figure for each in every list. */
export interface ShortList {
  readonly rules: RuleSet;
  readonly product: string | undefined;
  readonly right: Right;
  readonly underlying: Amount;
  /** Given to the rule; undefined for the rule's own. */
  readonly rate: Amount | undefined;
  readonly markup: Amount;
  readonly unit: Amount;
  readonly height: number;
  /** In ten-thousandths, whole; these and the others as long as columns are. */
  readonly settlement: Float64Array;
  readonly strike: Float64Array;
  /** Whole. */
  readonly lots: Float64Array;
  /** In fen, whole. */
  readonly charged: Float64Array;
  /** Memory for what they take. */
  readonly over: Float64Array;
}

const TEN_THOUSANDTHS = 4;

/** A column of numbers that are whole, or undefined. */
function ofWholes(wholes: Float64Array, height: number, scale: number): Column | undefined {
  let most = 0;
  for (let i = 0; i < height; i++) {
    const n = wholes[i] as number;
    if (n !== Math.floor(n)) return undefined;
    if (n > most) most = n;
  }
  const apart = (row: number): Amount => amount(wholes[row] as number).dividedBy(power(scale));
  return { wholes, scale, most, apart };
}

/** How long a column of so many rows is. */
export const columnLength = padded;

/**
 * Whether each was charged to the fen what it takes, written as 1; false also where whole numbers can't tell: that one
 * is worked out in decimals.
 * @throws noRule, or missing where the rule needs a term that isn't there.
 */
export function chargedInFen(list: ShortList, on: Day, fits: Uint8Array): void {
  const { rules, product, right, underlying, rate, markup, unit, height, charged, over } = list;
  const settlement = ofWholes(list.settlement, height, TEN_THOUSANDTHS);
  const lots = ofWholes(list.lots, height, 0);
  if (!settlement || !lots) return;
  const strike = ofWholes(list.strike, height, 0) ?? column(list.strike.subarray(0, height));
  const terms = { settlement, underlying, strike, multiplier: unit };
  const edition = editionOn(rules, on, product);
  const contracts = { edition, contract: { right, terms, rate }, lots, markup, height };
  const { total } = marginColumns(contracts, ["total"], () => over);
  const [up, down] = [power(Math.max(2 - total.scale, 0)), power(Math.max(total.scale - 2, 0))];
  for (let i = 0; i < height; i++) {
    const n = (total.wholes[i] as number) * up;
    const printed = (charged[i] as number) * down;
    const rest = n - printed;
    // Half-up: from half a fen below what was charged to less than half a fen above.
    const isExact = n >= 0 && n <= Number.MAX_SAFE_INTEGER && printed <= Number.MAX_SAFE_INTEGER;
    fits[i] = isExact && rest * 2 >= -down && rest * 2 < down ? 1 : 0;
  }
}
