import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  customFunctionsHost,
  errorCell,
  type CustomFunctionsHost,
} from "./host/custom-functions-host";

/** How results and errors travel through Microsoft's runtime, with functions made for the purpose. */
describe("Microsoft's custom-functions runtime", () => {
  const functions = `
    const { Error: CellError, ErrorCode, associate } = CustomFunctions;
    associate("ECHO", (value) => value);
    associate("COUNT", (...args) => args.length);
    associate("KIND", (value) => value instanceof CellError ? "error " + value.code : typeof value);
    associate("PLAIN", () => { throw new Error("lost"); });
    associate("REJECT", () => Promise.reject(new Error("lost")));
    associate("VALUE", () => { throw new CellError(ErrorCode.invalidValue, "price is 0"); });
    associate("MISSING", () => { throw new CellError(ErrorCode.notAvailable, "no rule"); });
    associate("RATIO", () => { throw new CellError(ErrorCode.divisionByZero, "not shown"); });
    associate("SPILL", () => [[1, "a"], [new CellError(ErrorCode.notAvailable, "row 2"), null]]);
    associate("NOTHING", () => NaN);
    associate("DAY", () => new Date(Date.now()).toISOString().slice(0, 10));
  `;
  const ids = [...functions.matchAll(/associate\("(\w+)"/g)].map(([, id]) => id ?? "");
  const dir = mkdtempSync(path.join(os.tmpdir(), "functions-"));
  const file = path.join(dir, "functions.js");
  const host = (allowErrors: boolean): CustomFunctionsHost => {
    writeFileSync(file, `{${functions}}`);
    const parameters = [{ name: "one" }, { name: "two" }];
    const metadata = { functions: [...ids, "ABSENT"].map((id) => ({ id, parameters })) };
    return customFunctionsHost(
      file,
      allowErrors ? { ...metadata, allowErrorForDataTypeAny: true } : metadata,
      "2026-11-20T04:00:00Z",
    );
  };
  const excel = host(true);
  afterAll(() => rmSync(dir, { recursive: true }));

  test.each<[what: string, id: string, args: unknown[], outcome: unknown]>([
    ["a value comes back as it is", "ECHO", [2478.8], { ok: true, value: 2478.8 }],
    ["arguments left out are null", "ECHO", [], { ok: true, value: null }],
    ["one argument more than described arrives", "COUNT", [1], { ok: true, value: 3 }],
    ["a thrown Error loses its message", "PLAIN", [], { ok: false, errorCode: "#VALUE!" }],
    ["so does a rejection", "REJECT", [], { ok: false, errorCode: "#VALUE!" }],
    [
      "a thrown #VALUE! keeps its message",
      "VALUE",
      [],
      { ok: false, errorCode: "#VALUE!", message: "price is 0" },
    ],
    ["so does #N/A", "MISSING", [], { ok: false, errorCode: "#N/A", message: "no rule" }],
    ["#DIV/0! shows none", "RATIO", [], { ok: false, errorCode: "#DIV/0!" }],
    [
      "an error inside a spill keeps its message",
      "SPILL",
      [],
      {
        ok: true,
        value: [
          [1, "a"],
          [{ errorCode: "#N/A", message: "row 2" }, null],
        ],
      },
    ],
    ["NaN is an error", "NOTHING", [], { ok: false, errorCode: "#VALUE!", message: "NaN" }],
    [
      "an error cell arrives as an error where the metadata allows it",
      "KIND",
      [errorCell("#REF!")],
      { ok: true, value: "error #REF!" },
    ],
    ["the day is the test's, not the clock's", "DAY", [], { ok: true, value: "2026-11-20" }],
  ])("%s", async (_what, id, args, outcome) => {
    expect(await excel.invoke(id, args)).toEqual(outcome);
  });

  test("a function that was never associated is an error", async () => {
    expect(await excel.invoke("ABSENT", [])).toMatchObject({ ok: false });
  });

  test("where the metadata doesn't allow errors, an error cell is no CustomFunctions.Error", async () => {
    const outcome = await host(false).invoke("KIND", [errorCell("#REF!")]);
    expect(outcome).toEqual({ ok: true, value: "object" });
  });
});
