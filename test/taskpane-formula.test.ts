import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readArgument, type Argument } from "../src/taskpane/argument";
import { formulaText } from "../src/taskpane/formula-text";
import { cellsInLine, holds, readReference, type Reference } from "../src/taskpane/reference";
import { fieldsFrom } from "../src/taskpane/selection";
import { catalog, entryOf } from "./taskpane/built";

const scalar = { name: "settlement", table: false };
const table = { name: "positions", table: true };
const argument = (typed: string): Argument => readArgument(typed, "SSE.CALLMARGIN", scalar);
const inFormula = (typed: string): string => formulaText("F", [argument(typed)]);

const reference = (text: string): Reference => {
  const read = readReference(text);
  if (!read) throw new Error(`${text} is not read as a reference`);
  return read;
};

describe("what is typed for an argument", () => {
  test.each([
    ["0.0282", "=F(0.0282)"],
    [" 2,478.80 ", "=F(2478.8)"],
    ["０．１２", "=F(0.12)"],
    ["7%", "=F(0.07)"],
    ["-3", "=F(-3)"],
    ["−3", "=F(-3)"],
    ["1e-7", "=F(1E-7)"],
    ["=2.4", "=F(2.4)"],
    ["b2", "=F(B2)"],
    ["=B2", "=F(B2)"],
    ["$B$2:c5", "=F($B$2:C5)"],
    ["Sheet1!b2", "=F(Sheet1!B2)"],
    ["保证金!B2", "=F(保证金!B2)"],
    ["'My sheet'!B2", "=F('My sheet'!B2)"],
    ["'it''s'!B2", "=F('it''s'!B2)"],
    ["2026-11-20", '=F("2026-11-20")'],
    ["m2701-C-3100", '=F("m2701-C-3100")'],
    ['"B2"', '=F("B2")'],
    ["'B2", '=F("B2")'],
    ['say "hi"', '=F("say ""hi""")'],
    ["", "=F()"],
  ])("%j goes in as %s", (typed, formula) => {
    expect(inFormula(typed)).toBe(formula);
  });

  test.each([
    ["B2*2"],
    ["SUM(A1:A9)"],
    ['"),WEBSERVICE("http://example.invalid/"'],
    ['x")&CALL("kernel32"'],
    ["+A1"],
    ["@A1"],
    ["{1,2}"],
    ["[Book1]Sheet1!A1"],
    ["'a'b'!A1"],
    ["A1:B2:C3"],
    ["A1,B2"],
    ["2.4)"],
  ])("%j is nothing but text", (typed) => {
    expect(argument(typed).kind).toBe("text");
    expect(inFormula(typed)).toBe(`=F("${typed.replace(/"/g, '""')}")`.replace("(\"'", '("'));
  });

  test.each([["=B2*2"], ["=SUM(A1)"], ["=1+1"], ['="a"&"b"'], ["=abc"], ["==B2"]])(
    "%j is a calculation and refused",
    (typed) => {
      expect(argument(typed)).toEqual({ kind: "refused", why: "expression" });
    },
  );

  test.each([["C"], ["认购"], ["short"], ["ZCE.LEGACY"], ["大商所"]])(
    "the word %s is a text where words belong",
    (typed) => {
      for (const name of ["right", "side", "exchange", "contract", "language"]) {
        const read = readArgument(typed, "MARGIN.WORKING", { name, table: false });
        expect(formulaText("F", [read])).toBe(`=F("${typed}")`);
      }
    },
  );

  test.each([
    ["myName"],
    ["价格"],
    ["_x.1"],
    ["Sheet1!myName"],
    ["'my sheet'!rate"],
    ["XFE1"],
    ["A1!B2"],
  ])("%s, which Excel would take for a name, is refused where a figure belongs", (typed) => {
    expect(argument(typed)).toEqual({ kind: "refused", why: "name" });
  });

  test("a text too long for a formula is refused", () => {
    expect(argument("x ".repeat(127)).kind).toBe("text");
    expect(argument(`x ${"x".repeat(254)}`)).toEqual({ kind: "refused", why: "tooLong" });
  });

  test("a table has to be a range", () => {
    expect(readArgument("A1:F20", "MARGIN.TABLE", table).kind).toBe("reference");
    expect(readArgument("A:F", "MARGIN.TABLE", table).kind).toBe("reference");
    for (const typed of ["{1,2}", "hello", "3"]) {
      expect(readArgument(typed, "MARGIN.TABLE", table)).toEqual({
        kind: "refused",
        why: "needsRange",
      });
    }
  });

  test("MARGIN.FORMULA takes its references as text", () => {
    const read = readArgument("A2", "MARGIN.FORMULA", scalar);
    expect(formulaText("MARGIN.FORMULA", [read])).toBe('=MARGIN.FORMULA("A2")');
  });

  // One argument, by a reader of its own: a number, a quoted text with doubled quotes, or a reference.
  const ONE_ARGUMENT =
    /^=F\((?:-?\d+(?:\.\d+)?(?:E[+-]?\d+)?|"(?:[^"]|"")*"|(?:(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+))?\)$/u;

  test("whatever is typed, the formula holds one literal or one reference", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('"', '""', "'", "!", "=", "(", ")", ",", "&", "A1", "SUM", "#", ":", "$"),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        expect(inFormula(parts.join(""))).toMatch(ONE_ARGUMENT);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("the formula's text", () => {
  const number = (value: number): Argument => ({ kind: "number", value });
  const blank: Argument = { kind: "blank" };

  test("drops what is left out at the end and keeps the commas in the middle", () => {
    const given = [number(0.0282), number(2.339), number(2.4), blank, number(3), blank, blank];
    expect(formulaText("SSE.CALLMARGIN", given)).toBe("=SSE.CALLMARGIN(0.0282, 2.339, 2.4,, 3)");
  });

  test("names no sheet but a foreign one", () => {
    const given = ["Sheet1!E6", "'Sheet1'!$D$6:D9", "Other!B6", "B7"].map(argument);
    expect(formulaText("F", given, "sheet1")).toBe("=F(E6, $D$6:D9, Other!B6, B7)");
    expect(formulaText("F", given, "a b")).toBe("=F(Sheet1!E6, 'Sheet1'!$D$6:D9, Other!B6, B7)");
    expect(formulaText("F", given.slice(0, 1))).toBe("=F(Sheet1!E6)");
    expect(formulaText("F", [argument("'it''s'!B2")], "it's")).toBe("=F(B2)");
  });

  test("writes numbers in the 15 digits Excel keeps", () => {
    expect(formulaText("F", [number(0.1 + 0.2)])).toBe("=F(0.3)");
    expect(formulaText("F", [number(1e21)])).toBe("=F(1E+21)");
  });
});

describe("references", () => {
  test("that hold the cell of the formula are found", () => {
    const cell = reference("Sheet1!B7");
    expect(holds(reference("B7"), cell)).toBe(true);
    expect(holds(reference("A1:C9"), cell)).toBe(true);
    expect(holds(reference("sheet1!B:B"), cell)).toBe(true);
    expect(holds(reference("'Sheet1'!7:7"), cell)).toBe(true);
    expect(holds(reference("Sheet2!A1:C9"), cell)).toBe(false);
    expect(holds(reference("B8"), cell)).toBe(false);
  });

  test("in a line come apart into cells", () => {
    expect(cellsInLine(reference("Sheet1!Y2:AB2"))).toEqual([
      "Sheet1!Y2",
      "Sheet1!Z2",
      "Sheet1!AA2",
      "Sheet1!AB2",
    ]);
    expect(cellsInLine(reference("'a b'!B2:B3"))).toEqual(["'a b'!B2", "'a b'!B3"]);
    expect(cellsInLine(reference("B2:C3"))).toBeUndefined();
  });
});

describe("a selection", () => {
  const sse = entryOf("SSE.CALLMARGIN");

  test("of one cell fills one field", () => {
    expect(fieldsFrom("Sheet1!B2", sse, "underlying")).toEqual({
      typed: { underlying: "Sheet1!B2" },
    });
  });

  test("of a row fills the required fields that follow, and no optional one", () => {
    expect(fieldsFrom("Sheet1!B2:D2", sse, "settlement")).toEqual({
      typed: { settlement: "Sheet1!B2", underlying: "Sheet1!C2", strike: "Sheet1!D2" },
    });
    expect(fieldsFrom("Sheet1!B2:E2", sse, "settlement")).toEqual({ cells: 4 });
    expect(fieldsFrom("Sheet1!B2:C2", sse, "lots")).toEqual({ cells: 2 });
  });

  test("of a block is for a table only", () => {
    expect(fieldsFrom("Sheet1!A1:F20", sse, "settlement")).toEqual({ cells: 120 });
    expect(fieldsFrom("Sheet1!A1:F20", entryOf("MARGIN.TABLE"), "positions")).toEqual({
      typed: { positions: "Sheet1!A1:F20" },
    });
  });

  test("goes into MARGIN.FORMULA without its sheet, as the rule is for the sheet it will stand on", () => {
    const typed = { settlement: "A2", underlying: "B2", strike: "C2", unit: "D2" };
    expect(fieldsFrom("Sheet1!A2:D2", entryOf("MARGIN.FORMULA"), "settlement")).toEqual({ typed });
  });
});

test("no function has a parameter that the pane would lay out twice", () => {
  for (const { id, parameters } of catalog) {
    const names = parameters.map(({ name }) => name);
    expect([id, new Set(names).size]).toEqual([id, names.length]);
  }
});
