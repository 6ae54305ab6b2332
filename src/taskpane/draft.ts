/** A call being put together: what was typed, what it means, and what the function answers. */
import type { Argument, Refusal } from "./argument";
import type { FunctionEntry, Parameter } from "./catalog";
import { argumentsOf } from "./draft-arguments";
import { formulaText } from "./formula-text";
import { call, valueOf, type Functions, type Result, type Values } from "./result";
import { currencyOf, sourceOf } from "./source";
import type { Named } from "./subject";
import { workingOf, type Working } from "./working";
import type { WorkbookProblem } from "./workbook";

/** What a reference read, or why it couldn't be read. */
export type Reading =
  { readonly values: Values } | { readonly problem: WorkbookProblem | "notInExcel" };

export interface Draft {
  readonly id: string;
  /** By parameter name, as typed. */
  readonly typed: Readonly<Record<string, string>>;
  /** By reference. */
  readonly readings: Readonly<Record<string, Reading>>;
}

export interface Field {
  readonly parameter: Parameter;
  readonly argument: Argument;
  readonly refusal: Refusal | undefined;
  readonly reading: Reading | undefined;
}

export interface Evaluation {
  readonly fields: readonly Field[];
  readonly missing: readonly Parameter[];
  /** As it is inserted; undefined while something required is missing or refused. */
  readonly formula: string | undefined;
  readonly result: Result | undefined;
  readonly currency: string | undefined;
  readonly working: Working | undefined;
  readonly source: ReturnType<typeof sourceOf>;
}

/**
 * @param name the function's name in a formula, with its namespace where the add-in has one
 * @param sheet the sheet the formula will stand on, where it is known
 */
export function evaluate(
  functions: Functions,
  entry: FunctionEntry,
  draft: Draft,
  name: string,
  sheet?: string,
): Evaluation {
  const given = argumentsOf(draft, entry);
  const fields = entry.parameters.map((parameter, index): Field => {
    const argument = given[index] as Argument;
    return {
      parameter,
      argument,
      refusal: argument.kind === "refused" ? argument.why : undefined,
      reading: argument.kind === "reference" ? draft.readings[argument.reference.text] : undefined,
    };
  });
  const missing = fields
    .filter(({ parameter, argument }) => !parameter.optional && argument.kind === "blank")
    .map(({ parameter }) => parameter);
  const complete = missing.length === 0 && !fields.some(({ refusal }) => refusal);
  const allRead = fields.every(
    ({ argument, reading }) => argument.kind !== "reference" || (reading && "values" in reading),
  );

  const values: Named = Object.fromEntries(
    fields.map(({ parameter, argument, reading }) => {
      const cells = reading && "values" in reading ? reading.values : undefined;
      return [parameter.name, valueOf(argument, cells, parameter.table) ?? null];
    }),
  );
  const result = complete && allRead ? call(functions, entry.id, Object.values(values)) : undefined;
  return {
    fields,
    missing,
    formula: complete ? formulaText(name, given, sheet) : undefined,
    result,
    currency: currencyOf(entry.id, values),
    working:
      result?.kind === "number" ? workingOf(functions, entry.id, values, result.value) : undefined,
    source: sourceOf(entry.id, values),
  };
}
