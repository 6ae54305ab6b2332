import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { caseTable } from "./host/case-table";
import { customFunctionsHost, type FunctionsMetadata } from "./host/custom-functions-host";

const dist = path.resolve("dist");
const metadata = JSON.parse(
  readFileSync(path.join(dist, "functions.json"), "utf8"),
) as FunctionsMetadata;
const host = customFunctionsHost(path.join(dist, "functions.js"), metadata, "2026-11-20T04:00:00Z");

type Column = "id" | "source" | "function" | "arguments" | "row" | "column" | "expected";

// The whole way a cell goes: the built bundle under Microsoft's runtime, compared as the printed digits.
test.each(caseTable<Column>("functions.csv").map((row) => [row.id, row.function, row] as const))(
  "%s: %s gives the published figure",
  async (_id, id, row) => {
    const outcome = await host.invoke(id, JSON.parse(row.arguments) as unknown[]);
    if (!outcome.ok) throw new Error(outcome.message);
    const { value } = outcome;
    const cell = Array.isArray(value)
      ? (value as unknown[][])[Number(row.row)]?.[Number(row.column)]
      : value;
    expect(String(cell)).toBe(row.expected);
  },
);
