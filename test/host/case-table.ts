/** The published and hand-worked cases of test/cases, as tables of text. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Papa from "papaparse";

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "cases");

/** The rows of a case file, each field as printed. */
export function caseTable<Column extends string>(file: string): Record<Column, string>[] {
  const { data, errors } = Papa.parse<Record<Column, string>>(
    readFileSync(path.join(folder, file), "utf8"),
    { header: true, skipEmptyLines: true },
  );
  if (errors[0]) throw new Error(`${file}: ${errors[0].message} (row ${errors[0].row})`);
  return data;
}

/** One short contract's case. */
export type MarginCase = Record<
  | "id"
  | "status"
  | "source"
  | "on"
  | "right"
  | "settlement"
  | "underlying"
  | "strike"
  | "unit"
  | "rate"
  | "parameters"
  | "lots"
  | "markup"
  | "margin"
  | "note",
  string
>;

/** The case file of a rule set: ZCE.LEGACY stands in zce-legacy.csv. */
export const marginCases = (exchange: string): MarginCase[] =>
  caseTable(`${exchange.toLowerCase().replace(".", "-")}.csv`);
