import { amount, readRight, run, type Edition, type RuleSet, type Working } from "../../src/core";
import { editionOn, shortMargin, type ShortContract, type ShortMargin } from "../../src/core";
import type { Amount, Arithmetic, Day } from "../../src/core";
import type { MarginCase } from "./case-table";

/** Parameters a case gives instead of the edition's. */
export const parametersOf = (row: MarginCase): [name: string, figure: string][] =>
  row.parameters
    .split(";")
    .filter(Boolean)
    .map((pair) => pair.split("=") as [string, string]);

/** A case's contract with every figure read by `of`. */
export function contractOf<N>(row: MarginCase, of: (digits: string) => N): ShortContract<N> {
  const right = readRight(row.right);
  if (!right) throw new Error(`${row.id}: ${row.right}`);
  const given = parametersOf(row);
  return {
    right,
    terms: {
      settlement: of(row.settlement),
      underlying: of(row.underlying),
      strike: of(row.strike),
      multiplier: of(row.unit),
    },
    rate: row.rate ? of(row.rate) : undefined,
    parameters: Object.fromEntries(given.map(([name, figure]) => [name, of(figure)])),
  };
}

/** The day of a case; a formula no notice dates holds on any. */
export const dayOfCase = (row: MarginCase): Day => row.on || "2015-03-09";

/** The product's own answer to a case. */
export const answerTo = (rules: RuleSet, row: MarginCase): ShortMargin =>
  shortMargin(rules, contractOf<Amount>(row, amount), {
    lots: amount(row.lots || "1"),
    markup: amount(row.markup || "0"),
    on: dayOfCase(row),
  });

/** One contract of a case over any arithmetic. */
export function workingOf<N>(rules: RuleSet, row: MarginCase, over: Arithmetic<N>): Working<N> {
  const edition: Edition = editionOn(rules, dayOfCase(row));
  return run(over, edition, contractOf(row, over.of)).working;
}
