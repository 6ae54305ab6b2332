/** Margin added up by exchange or by product, less the relief of its sets; a part that lacks a line has no figure. */
import { amount, type Amount, type Bilingual, type Pace } from "../core";
import type { Statement } from "../statements";
import type { Line, Part } from "./book";
import type { HeldSet } from "./sets";

interface Key {
  readonly code: string;
  readonly name: Bilingual;
}

const OTHER: Key = { code: "other", name: { zh: "其他", en: "Other" } };

const ZERO = amount("0");

/** Undefined for good once a line has no figure. */
const added = (sum: Amount | undefined, one: Amount | undefined): Amount | undefined =>
  sum && one && sum.plus(one);

/** Relief that isn't known leaves the sum the most it can be. */
const less = (sum: Amount | undefined, saved: Amount | undefined): Amount | undefined =>
  saved ? sum?.minus(saved) : sum;

const takesNothing = ({ printed, broker }: Line): boolean =>
  (printed ?? broker.margin)?.isZero() ?? false;

/**
 * The margin printed for a set beside its legs; undefined where their rows hold it, or none is printed. Statements
 * differ: the account's margin tells, and without it legs that print nothing.
 */
export function marginApart(
  { legs, printed, from }: HeldSet,
  { totals, positions, account }: Statement,
): Amount | undefined {
  if (from === "charges" || !printed) return undefined;
  const ofRows = positions.reduce((sum, { margin }) => sum.plus(margin ?? ZERO), ZERO);
  const hasOwn = (line: Line): boolean => line.printed !== undefined || takesNothing(line);
  if (totals.margin.greaterThan(ofRows)) return legs.every(hasOwn) ? printed : undefined;
  const inRows = account?.figures.margin?.equals(ofRows);
  return !inRows && legs.every(takesNothing) ? printed : undefined;
}

/** A line's part in adding up. */
const ADDING = 0.1;

export function* partsInSteps(
  {
    lines,
    sets,
    statement,
  }: {
    readonly lines: readonly Line[];
    readonly sets: readonly HeldSet[];
    readonly statement: Statement;
  },
  keyOf: (line: Line) => Key | undefined,
  pace: Pace,
): Generator<void, readonly Part[]> {
  const groups = new Map<string, Part>();
  for (const line of lines) {
    const { code, name } = keyOf(line) ?? OTHER;
    const sofar = groups.get(code);
    groups.set(code, {
      key: code,
      name: sofar?.name ?? name,
      broker: added(sofar ? sofar.broker : ZERO, line.printed ?? line.broker.margin),
      exchange: added(sofar ? sofar.exchange : ZERO, line.exchangeFigure.margin),
    });
    if (pace.due(ADDING)) yield;
  }
  for (const set of sets) {
    const { legs, saved } = set;
    const { code } = (legs[0] && keyOf(legs[0])) ?? OTHER;
    const sofar = groups.get(code);
    if (!sofar) continue;
    // What was charged has the relief in it already.
    const charged = legs.some(({ printed }) => printed);
    groups.set(code, {
      ...sofar,
      broker: charged
        ? sofar.broker?.plus(marginApart(set, statement) ?? ZERO)
        : less(sofar.broker, saved.broker),
      exchange: less(sofar.exchange, saved.exchange),
    });
    if (pace.due(ADDING)) yield;
  }
  return [...groups.values()];
}
