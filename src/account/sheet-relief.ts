/** What a set takes off the sum of its legs, as a formula over their cells: no stale relief may make a sum too small. */
import { amount, type Amount } from "../core";
import type { Line } from "./book";
import { optionOf } from "./figure";
import { figure, formula, MONEY } from "./sheet-cells";
import type { SheetCell } from "./sheet";
import type { HeldSet } from "./sheet-sets";

type Pair = readonly [Line, Line];

/** A short call and a short put of one product and month: a straddle or strangle. */
export function isStrangle(legs: readonly Line[]): legs is Pair {
  const [a, b] = legs.map(({ position }) => ({ ...optionOf(position), side: position.side }));
  if (!a || !b || legs.length !== 2 || legs[0]?.underlying !== legs[1]?.underlying) return false;
  const short = a.side === "short" && b.side === "short";
  return short && a.right !== b.right && a.month === b.month;
}

/** A lot's own margin on the broker's standard and its premium. */
function perLot({ broker, position, price, unit }: Line) {
  const { margin } = broker;
  if (!margin || !price || !unit) return undefined;
  return { margin: margin.dividedBy(position.quantity), premium: price.times(unit) };
}

/**
 * The exchanges' rule for a strangle, as relief: the dearer leg is charged whole and the other its premium alone.
 * Undefined where a leg lacks something.
 */
export function strangleRelief(pair: Pair, sets: Amount): Amount | undefined {
  const [a, b] = pair.map(perLot);
  if (!a || !b) return undefined;
  const lighter = a.margin.lessThan(b.margin) ? a : b;
  const isTie = a.margin.equals(b.margin);
  // Legs of equal margin: the larger premium counts, as in the exchanges' rule.
  const charged = isTie && a.premium.greaterThan(b.premium) ? a.premium : lighter.premium;
  return charged.minus(lighter.margin).times(sets);
}

/** Whether the rule gives what the statement's day took less, to the fen. */
const byRule = ({ legs, sets, relief }: HeldSet): boolean =>
  isStrangle(legs) && Boolean(relief && strangleRelief(legs, sets)?.minus(relief).abs().lt("0.01"));

/** A line's cells on the sheet. */
export interface LegCells {
  readonly lots: string;
  readonly price: string;
  readonly unit: string;
  readonly margin: string;
}

function byCells([a, b]: readonly [LegCells, LegCells], sets: string): string {
  const lot = ({ margin, lots }: LegCells): string => `${margin}/${lots}`;
  const premium = ({ price, unit }: LegCells): string => `${price}*${unit}`;
  const both = `${premium(a)},${premium(b)}`;
  const lighter = `IF(${lot(a)}=${lot(b)},MAX(${both}),IF(${lot(a)}<${lot(b)},${both}))`;
  const held = `MIN(${sets},${a.lots},${b.lots})`;
  return `=IF(${held}=0,0,-${held}*(MIN(${lot(a)},${lot(b)})-${lighter}))`;
}

const sameLots = ({ position }: Line, cells: LegCells | undefined): string =>
  cells ? `${cells.lots}=${position.quantity.toFixed()}` : "FALSE";

/**
 * The relief's cell. By the rule of strangles it moves with the prices; any other is the statement's own and holds
 * while the legs are worth what they were that day, else it is left open and the sum is an upper bound.
 */
export function reliefCell(
  set: HeldSet,
  legs: readonly LegCells[],
  sets: string,
  moves: boolean,
  others: readonly { readonly line: Line; readonly cells: LegCells }[],
): SheetCell | undefined {
  const { relief } = set;
  if (!relief || !relief.lessThan(0)) return figure(relief, MONEY);
  const [first, second] = legs;
  if (moves && byRule(set) && first && second)
    return formula(byCells([first, second], sets), MONEY);
  let own = amount("0");
  for (const { broker } of set.legs) {
    if (!broker.margin) return figure(undefined, MONEY);
    own = own.plus(broker.margin);
  }
  const now = legs.map(({ margin }) => margin).join("+");
  // A long leg takes nothing whatever its lots, and a leg may be charged less for one that stands elsewhere.
  const held = [
    ...set.legs.map((line, index) => sameLots(line, legs[index])),
    ...others.map(({ line, cells }) => sameLots(line, cells)),
    `${sets}=${set.sets.toFixed()}`,
  ];
  const same = `AND(${held.join(",")},ABS(${now}-${own.toFixed()})<0.005)`;
  return formula(`=IF(${same},${relief.toFixed()},"")`, MONEY);
}
