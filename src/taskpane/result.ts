/** A function's answer for the pane, from the same call a cell makes. */
import type { Argument } from "./argument";

export type Cell = string | number | boolean;

/** An error as a cell shows it; the message is in both languages. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Result =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "rows"; readonly rows: readonly (readonly (Cell | Failure)[])[] }
  | { readonly kind: "failure"; readonly failure: Failure };

/** The functions by id, as the spreadsheet calls them. */
export type Functions = ReadonlyMap<string, (...args: unknown[]) => unknown>;

/** The values of a range, row by row. */
export type Values = readonly (readonly unknown[])[];

export const isFailure = (cell: Cell | Failure): cell is Failure => typeof cell === "object";

/** Both the runtime's errors and ours carry Excel's name of the error and a message. */
function failureOf(error: unknown): Failure {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === "string" && code.startsWith("#") ? code : "#VALUE!",
    message: typeof message === "string" ? message : String(error),
  };
}

const cellOf = (value: unknown): Cell | Failure =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : failureOf(value);

function resultOf(value: unknown): Result {
  if (typeof value === "number") return { kind: "number", value };
  if (typeof value === "string") return { kind: "text", value };
  if (!Array.isArray(value)) return { kind: "failure", failure: failureOf(value) };
  return { kind: "rows", rows: (value as unknown[][]).map((row) => row.map(cellOf)) };
}

export function call(functions: Functions, id: string, values: readonly unknown[]): Result {
  const fn = functions.get(id);
  if (!fn) return { kind: "failure", failure: { code: "#NAME?", message: id } };
  try {
    return resultOf(fn(...values));
  } catch (error) {
    return { kind: "failure", failure: failureOf(error) };
  }
}

/** What Excel passes for an argument; a blank cell arrives as nothing, a range as its rows. */
export function valueOf(argument: Argument, cells: Values | undefined, table: boolean): unknown {
  switch (argument.kind) {
    case "number":
    case "text":
      return argument.value;
    case "blank":
    case "refused":
      return null;
    case "reference": {
      const single = cells?.length === 1 && cells[0]?.length === 1;
      if (table || !single) return cells?.map((row) => [...row]);
      const value = cells[0]?.[0];
      return value === "" ? null : value;
    }
  }
}
