import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { amount, combinationEditionOn, combinedMargin, readOperand } from "../src/core";
import type { CombinationTerm } from "../src/core";
import { text, type Expression } from "../src/core/formula";
import { exchanges } from "../src/exchanges";
import {
  libreOffice,
  libreOfficeMissing,
  recalculate as libreOfficeRecalculates,
} from "./oracle/libreoffice";
import { recalculate as univerRecalculates } from "./oracle/univer";

const COLUMNS: Readonly<Record<CombinationTerm, string>> = {
  firstMargin: "A",
  secondMargin: "B",
  firstPremium: "C",
  secondPremium: "D",
  strikeGap: "E",
};
const TERMS = Object.keys(COLUMNS) as CombinationTerm[];
const COUNT = 200;

/** One set's amounts to the fen; every fourth has legs, premiums or gap that need the same. */
function drawn(seed: number): Record<CombinationTerm, string>[] {
  const money = fc
    .integer({ min: 1, max: 9_999_999 })
    .map((n) => amount(n).dividedBy(100).toFixed());
  const set = fc.record({
    firstMargin: money,
    secondMargin: money,
    firstPremium: money,
    secondPremium: money,
    strikeGap: money,
  });
  // A fixed seed: the second engine sees the same sets on every run.
  return fc.sample(set, { numRuns: COUNT, seed }).map((terms, index) => {
    if (index % 4 !== 0) return terms;
    const equal = { ...terms, secondMargin: terms.firstMargin, strikeGap: terms.firstMargin };
    return index % 8 === 0 ? { ...equal, secondPremium: terms.firstPremium } : equal;
  });
}

interface Sheet {
  readonly name: string;
  readonly formulas: string[];
  readonly figures: string[];
  readonly cells: Record<string, number>;
}

/** Every edition of every combination: its text over cells, and our exact figures. */
const sheets: readonly Sheet[] = exchanges.flatMap((rules, exchange) =>
  rules.combinations.flatMap((combination, place) =>
    combination.editions.map((known) => {
      const edition = combinationEditionOn(rules, combination, known.from);
      const sets = drawn(100 * exchange + place + 1);
      // A factor no source told is the caller's.
      const given = Object.values(edition.parameters).includes(undefined) ? { x: "0.35" } : {};
      const cells: Record<string, number> = {};
      const formulas = sets.map((terms, index) => {
        const line = index + 1;
        for (const term of TERMS) cells[`${COLUMNS[term]}${line}`] = Number(terms[term]);
        const operands = Object.fromEntries(
          TERMS.map((term) => [term, readOperand(`${COLUMNS[term]}${line}`, term)]),
        ) as Record<CombinationTerm, Expression>;
        const parameters = Object.fromEntries(
          Object.entries({ ...edition.parameters, ...given }).map(([name, figure]) => [
            name,
            text.of(figure ?? ""),
          ]),
        );
        return `=${edition.margin(text, operands, parameters).text}`;
      });
      const figures = sets.map((terms) =>
        combinedMargin(
          edition,
          Object.fromEntries(TERMS.map((term) => [term, amount(terms[term])])),
          Object.fromEntries(Object.entries(given).map(([name, figure]) => [name, amount(figure)])),
        ).toFixed(),
      );
      return { name: `${rules.exchange} ${combination.name}`, formulas, figures, cells };
    }),
  ),
);

/** A double keeps 15 significant digits. */
const fifteen = (n: number | string): string => Number(n).toPrecision(15);

test("a combination's rule reads as a plain formula", () => {
  const of = (name: string): string | undefined =>
    sheets.find((sheet) => sheet.name === name)?.formulas[0];
  expect(of("SSE CNSJC")).toBe("=0");
  expect(of("SSE CXSJC")).toBe("=E1");
  expect(of("SSE KS")).toBe("=IF(A1>B1,A1+D1,IF(B1>A1,B1+C1,A1+MAX(C1,D1)))");
  expect(of("DCE BES")).toBe("=MIN(E1,A1)");
  expect(of("DCE OPL")).toBe("=0.2*A1");
  expect(of("DCE CAS")).toBe("=0.35*A1");
  expect(of("ZCE PRT")).toBe("=A1+D1");
});

describe("the rules of combinations as native formulas, recalculated by Univer's engine", () => {
  test.each(sheets.map((sheet) => [sheet.name, sheet] as const))(
    "%s: 200 drawn sets equal ours at 15 digits",
    async (_name, { formulas, cells, figures }) => {
      const results = await univerRecalculates(formulas, cells);
      expect(results.map(fifteen)).toEqual(figures.map(fifteen));
    },
  );
});

describe("the same formulas, recalculated by LibreOffice", () => {
  // Skipped by name where it isn't installed: the run's last lines say so.
  const [run, title] = libreOffice()
    ? [test, "every drawn set of every combination equals ours at 15 digits"]
    : [test.skip, `not run: ${libreOfficeMissing}`];
  run(title, async () => {
    // One sheet for all combinations: LibreOffice takes over a second to start.
    const cells: Record<string, number> = {};
    const formulas = sheets.flatMap((sheet, place) => {
      const below = (line: string): number => Number(line) + place * COUNT;
      for (const [address, value] of Object.entries(sheet.cells)) {
        cells[address.replace(/\d+/, (line) => String(below(line)))] = value;
      }
      return sheet.formulas.map((formula) =>
        formula.replace(/([A-E])(\d+)/g, (_, column: string, line: string) => column + below(line)),
      );
    });
    const results = await libreOfficeRecalculates(formulas, cells);
    expect(results?.map(fifteen)).toEqual(sheets.flatMap(({ figures }) => figures.map(fifteen)));
  });
});
