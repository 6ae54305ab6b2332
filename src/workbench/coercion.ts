// What Excel does to values on their way into a custom function and out of it. No spreadsheet here:
// plain values in, plain values out.
import type { InvocationResult } from "./host-contract";

/** One parameter, as functions.json declares it. */
export interface ParameterMetadata {
  name: string;
  description?: string;
  type?: string;
  dimensionality?: string;
  optional?: boolean;
}

/** One function, as functions.json declares it. */
export interface FunctionMetadata {
  id: string;
  name: string;
  description?: string;
  helpUrl?: string;
  parameters: ParameterMetadata[];
}

/** functions.json as a whole. */
export interface FunctionsFile {
  functions: FunctionMetadata[];
  /** Error values among the arguments reach the functions instead of stopping the call. */
  allowErrorForDataTypeAny?: boolean;
}

/** An error value: a cell that shows #VALUE!, and the sentence that Excel shows beside it. */
export class ErrorCell {
  constructor(
    readonly error: string,
    readonly message = "",
  ) {}
}

/** The value of one cell; null is a blank one. */
export type CellValue = number | string | boolean | null | ErrorCell;

/** What the formula passes for one parameter: a value, a range's rows, or nothing between two commas. */
export type Argument = CellValue | CellValue[][] | typeof skipped;
export const skipped = Symbol("skipped argument");

/** Tells Microsoft's runtime that errors among the arguments are errors, not objects. */
export const errorsAreArguments = 4;

/** The arguments as Excel for Windows would send them, or the error that stops the call. */
export function toInvocation(
  metadata: FunctionMetadata,
  given: Argument[],
  passErrors: boolean,
): { args: unknown[]; flags: number } | ErrorCell {
  const { parameters } = metadata;
  const required = parameters.filter((parameter) => !parameter.optional).length;
  // Excel refuses such a formula as it is typed.
  if (given.length < required || given.length > parameters.length) return new ErrorCell("#VALUE!");
  const args: unknown[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const argument = index < given.length ? given[index] : skipped;
    const value = toParameter(parameter, argument ?? null, passErrors);
    if (value instanceof ErrorCell) return value;
    args.push(value);
  }
  return { args, flags: passErrors ? errorsAreArguments : 0 };
}

function toParameter(
  { dimensionality }: ParameterMetadata,
  argument: Argument,
  passErrors: boolean,
): unknown {
  if (argument === skipped) return null;
  const rows = Array.isArray(argument) ? argument : [[argument]];
  if (dimensionality === "matrix") return toMatrix(rows, passErrors);
  const [first] = rows;
  // A larger range where one value belongs: Excel refuses it before our function is asked.
  if (rows.length !== 1 || first?.length !== 1) return new ErrorCell("#VALUE!");
  return toValue(first[0] ?? null, passErrors);
}

function toMatrix(rows: CellValue[][], passErrors: boolean): unknown {
  const matrix: unknown[][] = [];
  for (const row of rows) {
    const values = row.map((cell) => toValue(cell, passErrors));
    const error = values.find((value) => value instanceof ErrorCell);
    if (error !== undefined) return error;
    matrix.push(values);
  }
  return matrix;
}

/** A blank cell arrives as 0: that is Excel for Windows; on the web it would be null. */
function toValue(cell: CellValue, passErrors: boolean): unknown {
  if (cell === null) return 0;
  if (!(cell instanceof ErrorCell)) return cell;
  return passErrors ? { type: "CustomFunctionError", code: cell.error } : cell;
}

// The error codes of Microsoft's runtime; whatever else goes wrong in a call is #VALUE! to Excel.
const errorByCode: Record<number, string> = {
  1: "#N/A",
  5: "#DIV/0!",
  6: "#NUM!",
  8: "#NULL!",
  9: "#NAME?",
  10: "#NAME?",
};

/** What the sheet shows for a result; rows when it spills. */
export function fromResult(result: InvocationResult): CellValue | CellValue[][] {
  if (!result.ok) {
    const error = errorByCode[result.errorCode] ?? "#VALUE!";
    return new ErrorCell(error, shownMessage(error, result.value));
  }
  if (!Array.isArray(result.value)) return fromValue(result.value);
  const rows: unknown[] = result.value;
  return rows.map((row) => (Array.isArray(row) ? row.map(fromValue) : [fromValue(row)]));
}

function fromValue(value: unknown): CellValue {
  // A null inside a returned array shows as 0.
  if (value === null || value === undefined) return 0;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  const object = value as { type?: unknown; basicValue?: unknown; message?: unknown };
  const basic = object.basicValue;
  if (object.type === "Error") {
    const error = typeof basic === "string" ? basic : "#VALUE!";
    return new ErrorCell(error, shownMessage(error, object.message));
  }
  return typeof basic === "number" || typeof basic === "string" ? basic : new ErrorCell("#VALUE!");
}

/** Excel shows a message on #VALUE! and #N/A only. */
function shownMessage(error: string, message: unknown): string {
  return typeof message === "string" && (error === "#VALUE!" || error === "#N/A") ? message : "";
}
