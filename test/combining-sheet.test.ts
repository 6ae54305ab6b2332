// The sheet of sets to dissolve and to build: its formulas come to what the pairing says, and no text of
// a file becomes a formula.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { combiningFor, combiningSheet, type Book, type Combining } from "../src/account";
import { amount, type Amount } from "../src/core";
import type { SheetPlan } from "../src/account";
import { bookOfTable } from "./taskpane/spread";
import { HOSTILE } from "./host/books";

const columnIndex = (letters: string): number => letters.charCodeAt(0) - "A".charCodeAt(0);

/** What a cell shows: of its formula, sums of ranges and differences of cells, all this sheet has. */
function shown({ cells }: SheetPlan, address: string): Amount {
  const [, column = "", row = ""] = /^\$?([A-Z])\$?(\d+)$/.exec(address) ?? [];
  const cell = cells[Number(row) - 1]?.[columnIndex(column)];
  const plan = { cells } as SheetPlan;
  if (cell?.formula === undefined) return amount(String(cell?.value ?? 0));
  let sum = amount("0");
  let rest = cell.formula.slice(1);
  while (rest !== "") {
    const [whole = "", sign = "+", range, one] =
      /^([+-]?)(?:SUM\(([^)]+)\)|(\$?[A-Z]\$?\d+))/.exec(rest) ?? [];
    if (whole === "") throw new Error(`${cell.formula} holds something else`);
    rest = rest.slice(whole.length);
    const value = range === undefined ? shown(plan, one ?? "") : overRange(plan, range);
    sum = sign === "-" ? sum.minus(value) : sum.plus(value);
  }
  return sum;
}

function overRange(plan: SheetPlan, range: string): Amount {
  const [, column = "", from = "", to = ""] = /^([A-Z])\$?(\d+):[A-Z]\$?(\d+)$/.exec(range) ?? [];
  let sum = amount("0");
  for (let row = Number(from); row <= Number(to); row++) {
    sum = sum.plus(shown(plan, `${column}${row}`));
  }
  return sum;
}

const combiningOf = (book: Book): Combining => {
  const found = combiningFor(book);
  if ("refused" in found) throw new Error(found.refused.en);
  return found;
};

describe("the sheet of a pairing", () => {
  let book: Book;
  let combining: Combining;
  let plan: SheetPlan;

  beforeAll(async () => {
    book = await bookOfTable();
    combining = combiningOf(book);
    plan = combiningSheet(book, combining, { language: "zh", taken: ["组合 11-20"] });
  });

  test("is named after its day, with a number where there is one already", () => {
    expect(plan.name).toBe("组合 11-20 (2)");
    const en = combiningSheet(book, combining, { language: "en", taken: [] });
    expect(en.name).toBe("Combinations 11-20");
    expect(plan.cells[0]?.[0]?.value).toBe("组合 2026-11-20");
    expect(plan.cells[1]?.[0]?.value).toBe("来源 持仓.csv · 普通表格");
  });

  test("its formulas come to the margins of the pairing, act by act", () => {
    expect(combining.acts.length).toBeGreaterThan(1);
    expect(shown(plan, "B5")).toEqual(combining.now);
    expect(shown(plan, "B6")).toEqual(combining.best);
    expect(shown(plan, "B7")).toEqual(combining.freed);
    combining.acts.forEach(({ saved, margin }, index) => {
      expect(shown(plan, `J${11 + index}`)).toEqual(saved);
      expect(shown(plan, `L${11 + index}`)).toEqual(margin);
    });
    const total = 11 + combining.acts.length;
    expect(shown(plan, `K${total}`)).toEqual(combining.freed.negated());
  });

  test("without any act there is no sum over nothing", () => {
    const none: Combining = { ...combining, acts: [], best: combining.now, freed: amount("0") };
    const empty = combiningSheet(book, none, { language: "zh", taken: [] });
    expect(empty.cells).toHaveLength(10);
    expect(shown(empty, "B6")).toEqual(combining.now);
    const formulas = empty.cells.flat().flatMap((cell) => cell?.formula ?? []);
    expect(formulas.join()).not.toContain("SUM");
  });

  test("every row is as wide as the first, and every column has a width", () => {
    expect(new Set(plan.cells.map((row) => row.length))).toEqual(new Set([plan.widths.length]));
    expect(plan.printArea).toBe(`A1:L${plan.cells.length}`);
  });

  test("a text that begins as a formula stays text", () => {
    const [act] = combining.acts;
    if (!act) throw new Error("there is no act");
    for (const contract of HOSTILE) {
      const first = { ...act.first, position: { ...act.first.position, contract } };
      const hostile = { ...combining, acts: [{ ...act, first }] };
      const { cells } = combiningSheet(book, hostile, { language: "en", taken: [] });
      const cell = cells[10]?.[4];
      expect([cell?.formula, cell?.format]).toEqual([undefined, "@"]);
      expect(cell?.value).toContain(contract);
    }
  });
});
