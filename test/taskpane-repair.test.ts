import { expect, test } from "@jest/globals";
import { brokenCells, repaired } from "../src/taskpane/our-formulas";

const IDS = ["SSE.CALLMARGIN", "ZCE.MARGIN", "RISKRATIO"];

test.each([
  ["=SSE.CALLMARGIN(1, 2, 3)", true],
  ["=sse.callmargin (1,2,3)*2", true],
  ["=ROUND(RISKRATIO(A1,B1),4)", true],
  ["=OSM.ZCE.MARGIN(A1)", true],
  ["=_xldudf_SSE_CALLMARGIN(1,2,3)", true],
  ["=_xldudf_OSM_SSE_CALLMARGIN(1,2,3)", true],
  ["=MYRISKRATIO(A1)", false],
  ["=RISKRATIOS(A1)", false],
  ["=RISKRATIO", false],
  ['="RISKRATIO(A1)"', false],
  ["='RISKRATIO('!A1", false],
  ["=SUM(A1)", false],
  ["RISKRATIO(A1)", false],
  ["SSE.CALLMARGIN", false],
  [2478.8, false],
  ["", false],
])("%j calls one of our functions: %s", (formula, ours) => {
  expect(brokenCells([[formula]], [["#NAME?"]], IDS).ours).toBe(ours ? 1 : 0);
});

test("only cells that show #NAME? count as broken", () => {
  const formulas = [["=RISKRATIO(A1,B1)", "=RISKRATIO(A2,B2)", "=FOREIGN(A1)"]];
  const values = [["#NAME?", 0.5, "#NAME?"]];
  expect(brokenCells(formulas, values, IDS)).toEqual({ ours: 2, broken: 1 });
});

test("each formula is rewritten with itself, in its own cell", () => {
  const formulas = [
    ["text", "=RISKRATIO(A1,B1)"],
    ["=SUM(A1)", '=IF(A1="_xldudf_",SSE.CALLMARGIN(1,2,3),0)'],
  ];
  expect(repaired(formulas, IDS)).toEqual([
    { row: 0, column: 1, formula: formulas[0]?.[1] },
    { row: 1, column: 1, formula: formulas[1]?.[1] },
  ]);
});

test.each([
  ["=_xldudf_OSM_SSE_CALLMARGIN(B2,1,2)", "=OSM.SSE.CALLMARGIN(B2,1,2)"],
  ["=_xldudf_SSE_CALLMARGIN(B2,1,2)", "=OSM.SSE.CALLMARGIN(B2,1,2)"],
  [
    "=_xldudf_osm_RISKRATIO(1,2)+_xldudf_OSM_ZCE_MARGIN (1)",
    "=OSM.RISKRATIO(1,2)+OSM.ZCE.MARGIN (1)",
  ],
  ["=OSM.SSE.CALLMARGIN(B2,1,2)", "=OSM.SSE.CALLMARGIN(B2,1,2)"],
  ["=_xldudf_OTHER_RISKRATIO(1,2)", "=_xldudf_OTHER_RISKRATIO(1,2)"],
])("in a build with the namespace OSM, %s becomes %s", (stored, typed) => {
  expect(repaired([[stored]], IDS, "OSM")[0]?.formula).toBe(typed);
});

test("a build without a namespace leaves another's name alone", () => {
  const stored = "=_xldudf_OSM_SSE_CALLMARGIN(B2,1,2)";
  expect(repaired([[stored]], IDS)[0]?.formula).toBe(stored);
});

test("the name Excel stores for a function it doesn't know becomes the one users type", () => {
  expect(repaired([["=_xldudf_SSE_CALLMARGIN(B2,2.339,2.4)+1"]], IDS)[0]?.formula).toBe(
    "=SSE.CALLMARGIN(B2,2.339,2.4)+1",
  );
});
