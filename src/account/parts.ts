/** Margin added up by exchange or by product; a part that lacks a line has no figure. */
import { amount, type Amount, type Bilingual, type Pace } from "../core";
import type { Line, Part } from "./book";

interface Key {
  readonly code: string;
  readonly name: Bilingual;
}

const OTHER: Key = { code: "other", name: { zh: "其他", en: "Other" } };

const ZERO = amount("0");

/** Undefined for good once a line has no figure. */
const added = (sum: Amount | undefined, one: Amount | undefined): Amount | undefined =>
  sum && one && sum.plus(one);

/** A line's part in adding up. */
const ADDING = 0.1;

export function* partsInSteps(
  lines: readonly Line[],
  keyOf: (line: Line) => Key | undefined,
  pace: Pace,
): Generator<void, readonly Part[]> {
  const groups = new Map<string, Part>();
  for (const line of lines) {
    const { code, name } = keyOf(line) ?? OTHER;
    const sofar = groups.get(code) ?? { key: code, name, broker: ZERO, exchange: ZERO };
    groups.set(code, {
      ...sofar,
      broker: added(sofar.broker, line.printed ?? line.broker.margin),
      exchange: added(sofar.exchange, line.exchangeFigure.margin),
    });
    if (pace.due(ADDING)) yield;
  }
  return [...groups.values()];
}
