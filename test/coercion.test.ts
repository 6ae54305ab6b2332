import { describe, expect, test } from "@jest/globals";
import {
  ErrorCell,
  fromResult,
  skipped,
  toInvocation,
  type Argument,
  type FunctionMetadata,
} from "../src/workbench/coercion";

const scalars: FunctionMetadata = {
  id: "F",
  name: "F",
  parameters: [{ name: "a" }, { name: "b" }, { name: "c", optional: true }],
};
const table: FunctionMetadata = {
  id: "T",
  name: "T",
  parameters: [{ name: "rows", dimensionality: "matrix" }],
};

const sent = (metadata: FunctionMetadata, given: Argument[], passErrors = false) => {
  const call = toInvocation(metadata, given, passErrors);
  return call instanceof ErrorCell ? call.error : call.args;
};

describe("arguments on their way into a function", () => {
  test("an argument left out, at the end or between two commas, is null", () => {
    expect(sent(scalars, [1, 2])).toEqual([1, 2, null]);
    expect(sent(scalars, [1, skipped, 3])).toEqual([1, null, 3]);
  });

  test("a blank cell is 0, as in Excel for Windows, and not an argument left out", () => {
    expect(sent(scalars, [1, 2, [[null]]])).toEqual([1, 2, 0]);
    expect(sent(scalars, [1, 2, null])).toEqual([1, 2, 0]);
    expect(sent(table, [[[1, null]]])).toEqual([[[1, 0]]]);
  });

  test("a range of one cell is its value; a larger one is refused where one value belongs", () => {
    expect(sent(scalars, [[["x"]], [[true]]])).toEqual(["x", true, null]);
    expect(sent(scalars, [[[1, 2]], 3])).toBe("#VALUE!");
    expect(sent(scalars, [[[1], [2]], 3])).toBe("#VALUE!");
  });

  test("one value where a table belongs is a table of one cell", () => {
    expect(sent(table, [5])).toEqual([[[5]]]);
  });

  test("too few or too many arguments are refused", () => {
    expect(sent(scalars, [1])).toBe("#VALUE!");
    expect(sent(scalars, [1, 2, 3, 4])).toBe("#VALUE!");
  });

  test("an error among the arguments stops the call with that error", () => {
    expect(sent(scalars, [1, new ErrorCell("#N/A")])).toBe("#N/A");
    expect(sent(table, [[[1], [new ErrorCell("#DIV/0!")]]])).toBe("#DIV/0!");
  });

  test("errors reach the functions where the metadata lets them", () => {
    const error = { type: "CustomFunctionError", code: "#DIV/0!" };
    expect(sent(scalars, [1, new ErrorCell("#DIV/0!")], true)).toEqual([1, error, null]);
    expect(sent(table, [[[1], [new ErrorCell("#DIV/0!")]]], true)).toEqual([[[1], [error]]]);
    expect(toInvocation(scalars, [1, 2], true)).toMatchObject({ flags: 4 });
    expect(toInvocation(scalars, [1, 2], false)).toMatchObject({ flags: 0 });
  });
});

describe("results on their way into the sheet", () => {
  const ok = (value: unknown) => fromResult({ id: 1, ok: true, value, errorCode: 0 });
  const failed = (errorCode: number, value: unknown) =>
    fromResult({ id: 1, ok: false, value, errorCode });

  test("values stay what they are, null shows as 0", () => {
    expect(ok(2478.8)).toBe(2478.8);
    expect(ok("追保")).toBe("追保");
    expect(ok(null)).toBe(0);
    expect(
      ok([
        ["a", 1],
        [null, ""],
      ]),
    ).toEqual([
      ["a", 1],
      [0, ""],
    ]);
  });

  test("a refusal becomes the error Excel would show, with its message", () => {
    expect(failed(7, "strike must be above zero")).toEqual(
      new ErrorCell("#VALUE!", "strike must be above zero"),
    );
    expect(failed(1, "no rule")).toEqual(new ErrorCell("#N/A", "no rule"));
  });

  test("Excel shows no message on the other errors", () => {
    expect(failed(5, "equity is zero")).toEqual(new ErrorCell("#DIV/0!"));
  });

  test("an error inside a spilled array is an error cell with its message", () => {
    const cell = { type: "Error", basicValue: "#VALUE!", message: "row 2" };
    expect(ok([["x"], [cell]])).toEqual([["x"], [new ErrorCell("#VALUE!", "row 2")]]);
  });
});
