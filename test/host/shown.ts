// What two answers are held against each other by.
import { digits, isAmount } from "../../src/core";

/** Figures as digits, what is worked out when asked worked out, and nothing that can't be compared. */
export function shown(value: unknown): unknown {
  if (isAmount(value)) return digits(value);
  if (value instanceof Map) return [...value].map(shown);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  // Rules stand in a position whole, thousands of words each.
  if ("editions" in value) return (value as { exchange?: string }).exchange;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      name === "inputs" || typeof field === "function" ? [] : [[name, shown(field)]],
    ),
  );
}
