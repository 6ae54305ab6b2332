// What the pane asks of Excel when it writes a sheet, with a recorder in Excel's place: in which order,
// in how large blocks, and what becomes of a sheet that could not be written.
import { afterEach, expect, test } from "@jest/globals";
import type { SheetPlan } from "../src/account";
import { keptRead, keptWrite, removeSheet, writeSheet } from "../src/taskpane/workbook-sheets";

interface Host {
  /** What was asked, in order: "numberFormat 0 5×3". */
  readonly said: string[];
  readonly sheets: string[];
  /** Requests that fail, by how they begin. */
  readonly fails?: readonly string[];
  /** The newest set of the API this host has. */
  readonly version?: number;
  /** Text cells read back as something else. */
  readonly evaluates?: boolean;
}

function open(host: Host): void {
  const pending: Error[] = [];
  const ask = (what: string): void => {
    host.said.push(what);
    if (host.fails?.some((start) => what.startsWith(start))) pending.push(new Error(what));
  };
  const written = new Map<string, unknown>();
  const formatOf = (of: string) => ({
    font: { set color(_: string) {}, set bold(_: boolean) {} },
    fill: { set color(_: string) {} },
    set columnWidth(_: number) {
      ask("width");
    },
    set horizontalAlignment(value: string) {
      ask(`${value} ${of}`);
    },
    set indentLevel(level: number) {
      ask(`indent ${level} ${of}`);
    },
    set wrapText(is: boolean) {
      ask(`wrap ${is} ${of}`);
    },
    set verticalAlignment(value: string) {
      ask(`${value} ${of}`);
    },
    autofitRows: () => ask(`fit ${of}`),
  });
  const range = (top: number, left: number, rows: number, columns: number) => ({
    format: formatOf(`${top} ${left} ${rows}×${columns}`),
    load: () => undefined,
    select: () => ask("select"),
    set numberFormat(_: unknown) {
      ask(`format ${top} ${rows}×${columns}`);
    },
    set formulas(cells: unknown[][]) {
      ask(`cells ${top} ${rows}×${columns}`);
      cells.forEach((row, r) =>
        row.forEach((cell, c) => written.set(`${top + r} ${left + c}`, cell)),
      );
    },
    get values() {
      return [[host.evaluates ? 2 : written.get(`${top} ${left}`)]];
    },
    conditionalFormats: {
      add: () => {
        ask("colour");
        return { custom: { rule: {}, format: { fill: {}, font: {} } } };
      },
    },
  });
  const sheet = (name: string) => ({
    id: `id of ${name}`,
    name,
    isNullObject: !host.sheets.includes(name),
    load: () => undefined,
    activate: () => ask("activate"),
    delete: () => {
      ask(`delete ${name}`);
      host.sheets.splice(host.sheets.indexOf(name), 1);
    },
    getRangeByIndexes: range,
    getCell: (row: number, column: number) => range(row, column, 1, 1),
    getRange: () => range(0, 0, 1, 1),
    freezePanes: { freezeRows: (rows: number) => ask(`freeze ${rows}`) },
    names: { add: (name: string, reference: string) => ask(`name ${name} ${reference}`) },
    pageLayout: {
      setPrintArea: (area: string) => ask(`print ${area}`),
      setPrintTitleRows: (rows: string) => ask(`titles ${rows}`),
    },
  });
  const context = {
    sync: () => {
      const [error] = pending.splice(0);
      return error ? Promise.reject(error) : Promise.resolve();
    },
    workbook: {
      worksheets: {
        add: (name: string) => {
          ask(`add ${name}`);
          host.sheets.push(name);
          return sheet(name);
        },
        getItem: sheet,
        getItemOrNullObject: sheet,
      },
    },
  };
  Object.assign(globalThis, {
    Excel: {
      run: (batch: (on: typeof context) => unknown) => batch(context),
      ConditionalFormatType: { custom: "Custom" },
      PageOrientation: { landscape: "Landscape" },
    },
    Office: {
      context: {
        requirements: {
          isSetSupported: (_: string, version: string) =>
            Number(version.split(".")[1]) <= (host.version ?? 4),
        },
      },
    },
  });
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "Excel");
  Reflect.deleteProperty(globalThis, "Office");
});

const plan = (rows = 2, columns = 3): SheetPlan => ({
  name: "Bob's 1",
  cells: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ value: "=1+1", format: "@", role: "label" as const })),
  ),
  widths: [10],
  frozenRows: 9,
  colours: [{ range: "B5:B6", formula: "=B$5>1", fill: "#ffffff", ink: "#000000" }],
  names: { margin_broker: "B4" },
  printArea: "A1:C2",
  firstInput: "B3",
  liveRows: 1,
});

test("formats go ahead of what they are for, and the sheet is shown last", async () => {
  const host: Host = { said: [], sheets: [], version: 9 };
  open(host);
  expect(await writeSheet(plan())).toEqual({ sheet: "Bob's 1" });
  expect(host.said).toEqual([
    "add Bob's 1",
    "format 0 2×3",
    "cells 0 2×3",
    "width",
    "freeze 9",
    "name margin_broker ='Bob''s 1'!$B$4",
    "colour",
    "print A1:C2",
    "activate",
    "select",
  ]);
});

test("long texts break in their columns before the rows are fitted, and the header stands on each page", async () => {
  const host: Host = { said: [], sheets: [], version: 9 };
  open(host);
  const cell = { value: "a", format: "@", role: "note" as const };
  const rows = [
    [cell, cell, undefined],
    [cell, { ...cell, align: "indent" as const, wraps: true as const }, undefined],
    [cell, { ...cell, align: "indent" as const, wraps: true as const }, cell],
  ];
  await writeSheet({ ...plan(), cells: rows, headerRow: 2 });
  const looks = host.said.filter((what) =>
    /^(Left|indent|wrap|Top|fit|width|titles|print)/.test(what),
  );
  expect(looks).toEqual([
    ...["Left 1 1 2×1", "indent 1 1 1 2×1", "width"],
    ...["wrap true 1 1 2×1", "Top 1 0 2×3", "fit 1 0 2×3"],
    ...["print A1:C2", "titles $2:$2"],
  ]);
});

test("no more than 10,000 cells pass in one message", async () => {
  const host: Host = { said: [], sheets: [] };
  open(host);
  await writeSheet(plan(9000, 3));
  expect(host.said.filter((what) => what.startsWith("cells"))).toEqual([
    "cells 0 3333×3",
    "cells 3333 3333×3",
    "cells 6666 2334×3",
  ]);
});

test("a host without colours and page layout gets the sheet without them", async () => {
  const host: Host = { said: [], sheets: [], version: 4 };
  open(host);
  await writeSheet(plan());
  expect(host.said).not.toContain("colour");
  expect(host.said).not.toContain("print A1:C2");
  expect(host.said).toContain("activate");
});

test("a host that refuses one kind of looks still gets the others", async () => {
  const host: Host = { said: [], sheets: [], version: 9, fails: ["colour", "freeze", "width"] };
  open(host);
  expect(await writeSheet(plan())).toEqual({ sheet: "Bob's 1" });
  expect(host.said).toContain("print A1:C2");
  expect(host.said).toContain("select");
});

test("a sheet that could not be written is deleted, and the reason told", async () => {
  const host: Host = { said: [], sheets: [], fails: ["cells"] };
  open(host);
  await expect(writeSheet(plan())).rejects.toMatchObject({ problem: "failed" });
  expect(host.sheets).toEqual([]);
});

test("were a text to become a formula after all, the sheet would not stay", async () => {
  const host: Host = { said: [], sheets: [], evaluates: true };
  open(host);
  await expect(writeSheet(plan())).rejects.toMatchObject({ problem: "failed" });
  expect(host.sheets).toEqual([]);
});

test("only a sheet of ours is taken away", async () => {
  const host: Host = { said: [], sheets: ["theirs"] };
  open(host);
  await writeSheet(plan());
  await expect(removeSheet("theirs")).rejects.toMatchObject({ problem: "noSuchRange" });
  await expect(removeSheet("nowhere")).rejects.toMatchObject({ problem: "noSuchRange" });
  await removeSheet("Bob's 1");
  expect(host.sheets).toEqual(["theirs"]);
});

test("a host that keeps nothing in the workbook says so when writing, and has nothing when read", async () => {
  open({ said: [], sheets: [], version: 4 });
  await expect(keptWrite("profile", "{}")).rejects.toMatchObject({ problem: "failed" });
  expect(await keptRead("profile")).toBeUndefined();
});
