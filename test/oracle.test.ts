import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { amount, editionOn, marginFormula, readOperand, readRight, shortMargin } from "../src/core";
import { exchanges } from "../src/exchanges";
import { dayOfCase, parametersOf } from "./host/cases";
import { marginCases, type MarginCase } from "./host/case-table";
import {
  libreOffice,
  libreOfficeMissing,
  recalculate as libreOfficeRecalculates,
} from "./oracle/libreoffice";
import { recalculate as univerRecalculates } from "./oracle/univer";

/** One contract in a sheet: its formula over cells, the cells, and our exact figure. */
interface Sheet {
  readonly name: string;
  readonly formulas: string[];
  readonly cells: Record<string, number>;
  readonly figures: string[];
}

const COLUMNS = { settlement: "A", underlying: "B", strike: "C", unit: "D", rate: "E" } as const;

/** A contract of an exchange. */
interface Placed {
  readonly exchange: string;
  readonly row: MarginCase;
}

const placed = (exchange: string, rows: readonly MarginCase[]): Placed[] =>
  rows.map((row) => ({ exchange, row }));

/** The rule's native text for each contract, over references to its own row of cells. */
function sheetOf(name: string, contracts: readonly Placed[]): Sheet {
  const sheet: Sheet = { name, formulas: [], cells: {}, figures: [] };
  contracts.forEach(({ exchange, row }, index) => {
    const rules = exchanges.find((candidate) => candidate.exchange === exchange);
    if (!rules) throw new Error(exchange);
    const line = index + 1;
    const right = readRight(row.right);
    if (!right) throw new Error(row.id);
    const on = dayOfCase(row);
    const ref = (column: keyof typeof COLUMNS) => readOperand(`${COLUMNS[column]}${line}`, column);
    for (const column of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
      if (row[column]) sheet.cells[`${COLUMNS[column]}${line}`] = Number(row[column]);
    }
    const given = parametersOf(row);
    const contract = {
      right,
      rate: row.rate ? ref("rate") : undefined,
      parameters: Object.fromEntries(
        given.map(([name, figure]) => [name, readOperand(figure, name)]),
      ),
      terms: {
        settlement: ref("settlement"),
        underlying: ref("underlying"),
        strike: ref("strike"),
        multiplier: ref("unit"),
      },
    };
    sheet.formulas.push(`=${marginFormula(rules, contract, on)}`);
    const terms = {
      settlement: amount(row.settlement),
      underlying: amount(row.underlying),
      strike: amount(row.strike),
      multiplier: amount(row.unit),
    };
    const figure = shortMargin(
      rules,
      {
        right,
        terms,
        rate: row.rate ? amount(row.rate) : undefined,
        parameters: Object.fromEntries(given.map(([name, figure]) => [name, amount(figure)])),
      },
      { lots: amount(1), markup: amount(0), on },
    );
    sheet.figures.push(figure.total.toFixed());
  });
  return sheet;
}

/** Random contracts of an exchange, as case rows. */
function drawn(exchange: string, count: number): MarginCase[] {
  const rules = exchanges.find((candidate) => candidate.exchange === exchange);
  if (!rules) throw new Error(exchange);
  const needsRate = !editionOn(rules, "2026-11-20").rate;
  const figure = (most: number, decimals: number) =>
    fc.integer({ min: 1, max: most }).map((n) =>
      amount(n)
        .dividedBy(10 ** decimals)
        .toFixed(),
    );
  const row = fc.record({
    right: fc.constantFrom("C", "P"),
    settlement: figure(9999, 4),
    underlying: figure(99999, 4),
    strike: figure(9999, 3),
    unit: figure(30000, 0),
    // Multiples of 1.2 %, so that an ETF's floor at seven twelfths ends: the engine keeps 12 digits of a division.
    rate: fc.integer({ min: 1, max: 25 }).map((n) => amount("0.012").times(n).toFixed()),
  });
  // A fixed seed: the second engine sees the same contracts on every run.
  return fc.sample(row, { numRuns: count, seed: 20261120 }).map((fields, index) => ({
    ...fields,
    rate: needsRate || index % 2 ? fields.rate : "",
    id: `drawn ${index}`,
    status: "worked",
    source: "drawn",
    on: "2026-11-20",
    parameters: "",
    lots: "",
    markup: "",
    margin: "",
    note: "",
  }));
}

/** A double keeps 15 significant digits; the spreadsheet computes in doubles, we do not. */
const fifteen = (n: number | string): string => Number(n).toPrecision(15);

/**
 * The engines subtract doubles: where large terms cancel, the last of 15 digits can be the doubles'
 * own error. A drawn row may therefore differ by two units in the 15th digit of its largest term.
 */
function expectAgreement(sheet: Sheet, results: readonly number[]): void {
  expect(results).toHaveLength(sheet.figures.length);
  sheet.figures.forEach((figure, index) => {
    const result = results[index] as number;
    const largest = Math.max(...termsOf(sheet, index), Math.abs(Number(figure)));
    const unit = 10 ** (Math.floor(Math.log10(largest)) - 14);
    expect(Math.abs(result - Number(figure))).toBeLessThanOrEqual(2 * unit);
  });
}

/** The sizes that meet in a row's formula: premium, underlying and strike, each × unit. */
function termsOf({ cells }: Sheet, index: number): number[] {
  const line = index + 1;
  const unit = cells[`D${line}`] as number;
  return ["A", "B", "C"].map((column) => (cells[`${column}${line}`] as number) * unit);
}

const cases = exchanges.map(({ exchange }) => placed(exchange, marginCases(exchange)));
const published = exchanges.map(({ exchange }, index) => sheetOf(exchange, cases[index] ?? []));
const random = exchanges.map(({ exchange }) =>
  sheetOf(exchange, placed(exchange, drawn(exchange, 200))),
);

describe("the rules as native spreadsheet formulas, recalculated by Univer's engine", () => {
  test.each(published.map((sheet) => [sheet.name, sheet] as const))(
    "%s: every case equals ours at 15 digits",
    async (_name, sheet) => {
      const results = await univerRecalculates(sheet.formulas, sheet.cells);
      expect(results.map(fifteen)).toEqual(sheet.figures.map(fifteen));
    },
  );

  test.each(random.map((sheet) => [sheet.name, sheet] as const))(
    "%s: 200 drawn contracts agree",
    async (_name, sheet) => {
      expectAgreement(sheet, await univerRecalculates(sheet.formulas, sheet.cells));
    },
  );
});

describe("the same formulas, recalculated by LibreOffice", () => {
  // Skipped by name where it isn't installed: the run's last lines say so.
  const [run, title] = libreOffice()
    ? [test, "every case equals ours at 15 digits"]
    : [test.skip, `not run: ${libreOfficeMissing}`];
  run(title, async () => {
    // One sheet for all exchanges: LibreOffice takes over a second to start.
    const sheet = sheetOf("all exchanges", cases.flat());
    const results = await libreOfficeRecalculates(sheet.formulas, sheet.cells);
    expect(results?.map(fifteen)).toEqual(sheet.figures.map(fifteen));
  });
});
