/** What a set takes, and takes off the sum of its legs, over their cells: no stale relief may make a sum too small. */
import {
  amount,
  combinationEditionOn,
  text,
  type Amount,
  type Combination,
  type CombinationTerm,
  type Day,
  type Expression,
  type RuleSet,
} from "../core";
import type { Line } from "./book";
import { optionOf } from "./figure";
import type { SheetCell } from "./sheet";
import { figure, formula, MONEY } from "./sheet-cells";

/** A line's cells on the sheet. */
export interface LegCells {
  readonly lots: string;
  readonly price: string;
  readonly unit: string;
  readonly strike: string;
  /** Of all its lots, on one standard. */
  readonly margin: string;
}

/** A set that a rule prices, over the cells of its legs. */
export interface PricedCells {
  readonly rules: RuleSet;
  readonly combination: Combination;
  readonly on: Day;
  /** In the order of the rule. */
  readonly legs: readonly [first: Line, second: Line];
  readonly cells: readonly [first: LegCells, second: LegCells];
  /** The cell of the number of sets. */
  readonly sets: string;
  /** Tests that the legs have lots enough for all the sets they are in; none where each is in one. */
  readonly enough: readonly string[];
  /** A function's name as this build registers it. */
  readonly name: (id: string) => string;
}

const perLot = ({ margin, lots }: LegCells): string => `${margin}/${lots}`;

/** Sets that the legs still have lots for: none where a cell is blank. */
const heldCells = ({ sets, cells }: PricedCells): string =>
  `MAX(0,MIN(${[sets, ...cells.map(({ lots }) => lots)].map((cell) => `${cell}+0`).join(",")}))`;

const product = (written: string): Expression => ({ text: written, binds: "product" });

/** Legs that take the same must not differ in a double's last digits: the larger premium counts then. */
const rounded = (margin: Expression): Expression => product(`ROUND(${margin.text},8)`);

/** What the rule asks for, for one set; the margin of a leg without the broker's markup. */
function termsOf(
  { cells: [a, b] }: PricedCells,
  markup: string,
): Readonly<Record<CombinationTerm, Expression>> {
  const alone = (leg: LegCells): Expression =>
    product(markup === "0" ? perLot(leg) : `${perLot(leg)}/(1+${markup})`);
  const premium = ({ price, unit }: LegCells): Expression => product(`${price}*${unit}`);
  return {
    firstMargin: alone(a),
    secondMargin: alone(b),
    firstPremium: premium(a),
    secondPremium: premium(b),
    strikeGap: product(`ABS(${a.strike}-${b.strike})*${a.unit}`),
  };
}

/** The spreads of the ETF exchanges, by their function: the long leg's strike, then the short one's. */
function spread({ rules, legs, cells, name }: PricedCells): string | undefined {
  const [one, other] = legs.map(({ position }) => ({
    side: position.side,
    right: optionOf(position)?.right,
  }));
  if (rules.underlying !== "etf" || one?.side !== "long" || other?.side !== "short")
    return undefined;
  if (!one.right || one.right !== other.right) return undefined;
  const right = one.right === "call" ? "C" : "P";
  const [long, short] = cells;
  const given = [`"${right}"`, long.strike, short.strike, short.unit];
  return `${name(`${rules.exchange}.SPREADMARGIN`)}(${given.join(",")})`;
}

/**
 * One set by its rule: our function where one answers over cells, else the rule's own arithmetic. The functions of
 * ETF straddles know the exchange's coefficient only, so a rate typed into the sheet would pass them by.
 */
function oneSet(set: PricedCells, markup: string): string {
  const { rules, combination, on, name } = set;
  const { needs, margin, parameters } = combinationEditionOn(rules, combination, on);
  const terms = termsOf(set, markup);
  const written = (): string => {
    const ofSpread = spread(set);
    if (ofSpread !== undefined) return ofSpread;
    if (rules.exchange !== "DCE") {
      const given = Object.entries(parameters).map(([key, value]) => [key, text.of(value ?? "")]);
      const [firstMargin, secondMargin] = [terms.firstMargin, terms.secondMargin].map(rounded);
      const legs = { ...terms, firstMargin, secondMargin } as typeof terms;
      return margin(text, legs, Object.fromEntries(given) as Record<string, Expression>).text;
    }
    const order = [
      "firstMargin",
      "secondMargin",
      "firstPremium",
      "secondPremium",
      "strikeGap",
    ] as const;
    const cells = order.map((term) => (needs.includes(term) ? terms[term].text : "0"));
    return `${name("DCE.COMBOMARGIN")}(${[`"${combination.name}"`, ...cells].join(",")})`;
  };
  const one = `(${written()})`;
  return markup === "0" ? one : `(1+${markup})*${one}`;
}

/** Cells that the rule goes by beside the margins. */
function asked(set: PricedCells): readonly string[] {
  const { rules, combination, on, cells } = set;
  const [a, b] = cells;
  if (spread(set) !== undefined) return [a.strike, b.strike, b.unit];
  const { needs } = combinationEditionOn(rules, combination, on);
  return [
    ...(needs.includes("firstPremium") ? [a.price, a.unit] : []),
    ...(needs.includes("secondPremium") ? [b.price, b.unit] : []),
    ...(needs.includes("strikeGap") ? [a.strike, b.strike, a.unit] : []),
  ];
}

/**
 * Left open where a cell that the rule goes by is blank, which would be a premium of nothing; and where lots that are
 * of several sets are fewer than these ask for, so that they can't be told apart. A spread can cost more than its
 * legs, which would then be no upper bound: that is an error.
 */
function guarded(set: PricedCells, written: string): SheetCell {
  const cells = asked(set);
  const known = cells.length === 0 ? [] : [`COUNT(${cells.join(",")})=${cells.length}`];
  const tests = [...known, ...set.enough];
  if (tests.length === 0) return formula(`=${written}`, MONEY);
  const all = tests.length === 1 ? tests[0] : `AND(${tests.join(",")})`;
  const open = spread(set) === undefined ? '""' : "NA()";
  return formula(`=IF(${all},${written},${open})`, MONEY);
}

/** What the sets take together. */
export function togetherCell(set: PricedCells, markup: string): SheetCell {
  const held = heldCells(set);
  return guarded(set, `IF(${held}=0,0,${held}*${oneSet(set, markup)})`);
}

/** What the sets take less than their legs alone: below zero, or above where they cost more. */
export function reliefCell(set: PricedCells, markup: string, together?: string): SheetCell {
  const held = heldCells(set);
  const [a, b] = set.cells;
  const all = together ?? `${held}*${oneSet(set, markup)}`;
  return guarded(set, `IF(${held}=0,0,${all}-${held}*(${perLot(a)}+${perLot(b)}))`);
}

const sameLots = ({ position }: Line, cells: LegCells | undefined): string =>
  cells ? `${cells.lots}=${position.quantity.toFixed()}` : "FALSE";

/** A set that no rule here prices, as the statement has it. */
export interface PrintedSet {
  readonly legs: readonly Line[];
  readonly sets: Amount;
  /** Printed less the legs' own figures; undefined where either is not known. */
  readonly relief: Amount | undefined;
}

/**
 * The statement's own relief: it holds while the legs are worth what they were that day, else it is left open and the
 * sum is an upper bound.
 */
export function printedRelief(
  set: PrintedSet,
  legs: readonly LegCells[],
  sets: string,
  others: readonly { readonly line: Line; readonly cells: LegCells }[],
): SheetCell {
  const { relief } = set;
  if (!relief || !relief.lessThan(0)) return figure(relief, MONEY);
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
