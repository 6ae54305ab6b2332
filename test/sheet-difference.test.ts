// What rewriting a sheet of ours would change, counted before anything is written.
import { expect, test } from "@jest/globals";
import { liveSheet } from "../src/account/sheet";
import { changedCells, differs, extentOf, spreadOver } from "../src/taskpane/sheet-difference";
import { bookOfRows, ctpBook } from "./host/books";

const ZH = { language: "zh", namespace: "", taken: [] } as const;

test.each([
  [{ formula: "=SUM(L22:L31)" }, "=sum( L22:L31 )", false],
  [{ formula: "=SUM(L22:L31)" }, 5, true],
  [{ value: 0.1 }, 0.1 + Number.EPSILON / 4, false],
  [{ value: 4650 }, 4651, true],
  [{ value: "510050" }, 510050, true],
  [{ value: "卖" }, "卖", false],
  [undefined, "", false],
  [undefined, "mine", true],
  [{ value: 38.5 }, "", true],
])("planned %j, there %j: %s", (planned, there, changed) => {
  expect(differs(planned, there)).toBe(changed);
});

test("a sheet as it was written has no change, and one edit is one", async () => {
  const plan = liveSheet(await ctpBook(), ZH);
  const there = plan.cells.map((row) => row.map((cell) => cell?.formula ?? cell?.value ?? ""));
  expect(changedCells(plan, 0, there)).toBe(0);
  (there[2] as unknown[])[1] = 500_000;
  expect(changedCells(plan, 0, there)).toBe(1);
});

test("what one formula fills below itself is no change, whatever the host says stands there", async () => {
  const plan = liveSheet(await bookOfRows(300), ZH);
  const { spilled } = plan;
  if (!spilled) throw new Error("300 rows are not answered at once");
  const there = plan.cells.map((row, r) =>
    row.map((cell, c) =>
      r > spilled.top && r <= spilled.bottom && spilled.columns.includes(c)
        ? 1234.5
        : (cell?.formula ?? cell?.value ?? ""),
    ),
  );
  expect(changedCells(plan, 0, there)).toBe(0);
});

test("a smaller plan blanks what the larger one before it had written", async () => {
  const large = liveSheet(await bookOfRows(20), ZH);
  const small = liveSheet(await bookOfRows(5), ZH);
  const over = spreadOver(small, extentOf(large));
  expect(extentOf(over)).toEqual(extentOf(large));
  expect(over.cells.slice(small.cells.length).flat().filter(Boolean)).toEqual([]);
  const there = large.cells.map((row) => row.map((cell) => cell?.formula ?? cell?.value ?? ""));
  const below = there
    .slice(small.cells.length)
    .flat()
    .filter((cell) => cell !== "");
  expect(changedCells(over, 0, there)).toBeGreaterThanOrEqual(below.length);
});
