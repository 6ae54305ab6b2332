import type { Day } from "./day";
import { editionOn } from "./margin";
import { readNumber, type Amount } from "./number";
import { attempt, instrumentsOfRows } from "./row";
import type { Edition, RuleSet } from "./rule";
import { blank, type Table } from "./table";
import { readRight, readSide, type Right } from "./terms";

/** The rows a group takes before it has to be emptied. */
export const MOST_ROWS = 4096;

/** What a margin asks of a row. */
export type Figure = "settlement" | "underlying" | "strike" | "multiplier" | "lots" | "rate";

/** Short options of one edition and right: their places in the table and their figures, in one order. */
export interface Group extends Readonly<Record<Figure, Float64Array>> {
  readonly edition: Edition;
  readonly right: Right;
  /** Whether the rows give a rate. */
  readonly rated: boolean;
  readonly rows: Int32Array;
  count: number;
}

function emptyGroup({ edition, right }: Known, rated: boolean, most: number): Group {
  const figures = (): Float64Array => new Float64Array(most);
  return {
    edition,
    right,
    rated,
    rows: new Int32Array(most),
    settlement: figures(),
    underlying: figures(),
    strike: figures(),
    multiplier: figures(),
    lots: figures(),
    rate: figures(),
    count: 0,
  };
}

/** What is known of an option by its code. */
interface Known {
  readonly edition: Edition;
  readonly right: Right;
  readonly strike: number | undefined;
  readonly unit: number | undefined;
  /** Whether the rule needs a rate. */
  readonly needsRate: boolean;
  /** Whether another unit contradicts the code. */
  readonly sure: boolean;
  /** Where its rows belong that give a rate, and those that don't, once there is one. */
  rated: Group | undefined;
  unrated: Group | undefined;
}

/** Prices far below where a spreadsheet's digits end. */
const MOST = 1e14;

/** A number above zero and not above the most, else NaN: that cell is read the long way. */
const within = (cell: unknown, most: number): number =>
  typeof cell === "number" && cell > 0 && cell <= most ? cell : NaN;

const whole = (cell: unknown): number => (Number.isInteger(cell) ? within(cell, MOST) : NaN);

/** A figure as a double of which nothing is lost, else NaN; undefined for none. */
const double = (figure: Amount | undefined): number | undefined =>
  figure && (readNumber(figure.toNumber())?.equals(figure) ? figure.toNumber() : NaN);

/** Reads what repeats down a column once. */
export function remembered<T>(read: (cell: unknown) => T): (cell: unknown) => T {
  const seen = new Map<unknown, T>();
  return (cell) => {
    const known = seen.get(cell);
    if (known !== undefined || seen.has(cell)) return known as T;
    const value = read(cell);
    seen.set(cell, value);
    return value;
  };
}

/** What codes name, for options with a rule on that day; undefined for all else. */
function knownOptions(exchanges: readonly RuleSet[], on: Day) {
  const instrument = instrumentsOfRows(exchanges, on);
  const read = (exchange: unknown, code: unknown): Known | undefined => {
    const named = instrument({ exchange, contract: code });
    if (named.kind !== "option") return undefined;
    const { rules, product, right, terms, ...contract } = named.contract;
    const [strike, unit] = [double(contract.strike), double(contract.unit)];
    if (Number.isNaN(strike) || Number.isNaN(unit)) return undefined;
    const sure = terms?.certainty === "confirmed";
    const edition = editionOn(rules, on, product);
    const needsRate = edition.needs.includes("rate");
    // Written out in one, so that all of them have one shape, which is faster.
    const [rated, unrated] = [undefined, undefined];
    return { edition, right, strike, unit, needsRate, sure, rated, unrated };
  };
  const at = remembered((exchange) => remembered((code) => attempt(() => read(exchange, code))));
  return (exchange: unknown, code: unknown): Known | undefined => at(exchange)(code);
}

/** The cell at a place; undefined where the table has no such column. */
const cellAt = (cells: readonly unknown[], place: number | undefined): unknown =>
  place === undefined ? undefined : cells[place];

/** Where the cells stand that a margin asks for. */
const placesIn = ({ place }: Table) => ({
  exchange: place("exchange"),
  right: place("right"),
  side: place("side"),
  quantity: place("quantity"),
  settlement: place("settlement"),
  underlying: place("underlying"),
  rate: place("rate"),
  strike: place("strike"),
  unit: place("unit"),
});

/** Where a plain row belongs: a long option needs no price. */
export type Place = Group | "long" | undefined;

/**
 * Reads the rows of a table that are plainly a long or a short option, every figure a number in its cell,
 * and puts the short ones into their groups. Whatever is not plain, and all that is wrong, has no place here.
 */
export function plainRows(
  table: Table,
  exchanges: readonly RuleSet[],
  on: Day,
): { readonly groups: readonly Group[]; readonly put: (row: number) => Place } {
  const known = knownOptions(exchanges, on);
  const places = placesIn(table);
  const [sideOf, rightOf] = [remembered(readSide), remembered(readRight)];

  const most = Math.min(table.cells.length, MOST_ROWS);
  const groups: Group[] = [];
  const groupOf = (option: Known, rated: boolean): Group => {
    const { edition, right } = option;
    const same = (group: Group): boolean =>
      group.edition === edition && group.right === right && group.rated === rated;
    const group = groups.find(same) ?? emptyGroup(option, rated, most);
    if (!groups.includes(group)) groups.push(group);
    return group;
  };

  const put = (row: number): Place => {
    const cells = table.cells[row] ?? [];
    const code = table.contract(cells);
    const option =
      typeof code === "string" ? known(cellAt(cells, places.exchange), code) : undefined;
    if (!option) return undefined;
    const right = cellAt(cells, places.right);
    if (!blank(right) && rightOf(right) !== option.right) return undefined;
    const side = places.side === undefined ? "short" : sideOf(cellAt(cells, places.side));
    const lots = places.quantity === undefined ? 1 : whole(cellAt(cells, places.quantity));
    if (!(lots > 0) || !side || side === "covered") return undefined;
    const givenStrike = cellAt(cells, places.strike);
    const givenUnit = cellAt(cells, places.unit);
    const strike = blank(givenStrike) ? option.strike : within(givenStrike, MOST);
    const unit = blank(givenUnit) ? option.unit : whole(givenUnit);
    if (!strike || !unit) return undefined;
    if (option.strike !== undefined && strike !== option.strike) return undefined;
    if (option.sure && option.unit !== undefined && unit !== option.unit) return undefined;
    if (side === "long") return side;

    const settlement = cellAt(cells, places.settlement);
    const underlying = cellAt(cells, places.underlying);
    if (!(within(settlement, MOST) > 0 && within(underlying, MOST) > 0)) return undefined;
    const rate = cellAt(cells, places.rate);
    const rated = !blank(rate);
    if (rated ? !(within(rate, 1) > 0) : option.needsRate) return undefined;

    const group = rated
      ? (option.rated ??= groupOf(option, true))
      : (option.unrated ??= groupOf(option, false));
    const next = group.count++;
    group.rows[next] = row;
    group.settlement[next] = settlement as number;
    group.underlying[next] = underlying as number;
    group.strike[next] = strike;
    group.multiplier[next] = unit;
    group.lots[next] = lots;
    group.rate[next] = rated ? (rate as number) : 1;
    return group;
  };
  return { groups, put };
}
