/** Sheets the pane writes, and what it keeps in the workbook beside the cells. Speaks to Excel, as workbook.ts does. */
import type { SheetCell, SheetPlan } from "../account";
import { changedCells, extentOf, spreadOver, type Extent } from "./sheet-difference";
import { inExcel, WorkbookError } from "./workbook";

/** Cells that pass in one message: well below what Excel on the web carries. */
const BLOCK = 10_000;

/** Writing a sheet of many rows takes longer than reading a cell. */
const PATIENCE_TO_WRITE = 120;

const supports = (version: string): boolean =>
  Office.context.requirements.isSetSupported("ExcelApi", version);

/** Whether one formula may fill many cells on this host. */
export const spills = (): boolean => supports("1.12");

/** The names of all sheets. */
export const sheetNames = (): Promise<readonly string[]> =>
  inExcel(async (context) => {
    const { worksheets } = context.workbook;
    worksheets.load("items/name");
    await context.sync();
    return worksheets.items.map(({ name }) => name);
  });

/** What a role looks like: inputs blue, formulas black, the statement's values grey. */
const INK: Readonly<Record<NonNullable<SheetCell["role"]>, string>> = {
  title: "#242424",
  header: "#242424",
  label: "#242424",
  input: "#0000ff",
  formula: "#000000",
  statement: "#7f7f7f",
  note: "#5c5c5c",
};
const HEADER_FILL = "#f0f0f0";

/** Text that Excel would take as something else in a cell that isn't one for text. */
const isHazardous = (cell: SheetCell | undefined): boolean =>
  typeof cell?.value === "string" && /^\s*[=+\-@]/.test(cell.value);

/**
 * Writes a planned sheet and shows it. Either all of it is there afterwards, or the sheet is gone again;
 * colours and page layout are left out where the host has none.
 */
export async function writeSheet(plan: SheetPlan): Promise<{ sheet: string }> {
  const id = await inExcel(async (context) => {
    const sheet = context.workbook.worksheets.add(plan.name);
    sheet.load("id");
    await context.sync();
    return sheet.id;
  });
  try {
    await inExcel((context) => writeCells(context, plan), PATIENCE_TO_WRITE);
    await remember(id);
  } catch (error) {
    await inExcel((context) => deleteSheet(context, plan.name)).catch(() => undefined);
    throw error;
  }
  await decorate(plan, DECORATIONS);
  await showSheet(plan);
  return { sheet: plan.name };
}

/** Each by itself: one that the host refuses takes no other with it. */
async function decorate(plan: SheetPlan, decorations: typeof DECORATIONS): Promise<void> {
  for (const apply of decorations) {
    await inExcel(async (context) => {
      apply(context.workbook.worksheets.getItem(plan.name), plan);
      await context.sync();
    }, PATIENCE_TO_WRITE).catch(() => undefined);
  }
}

const showSheet = ({ name, firstInput }: SheetPlan): Promise<void> =>
  inExcel(async (context) => {
    const sheet = context.workbook.worksheets.getItem(name);
    sheet.activate();
    sheet.getRange(firstInput).select();
    await context.sync();
  }).catch(() => undefined);

/** Brings a sheet that is there to the front; false where there is none of that name. */
export const isShown = (name: string): Promise<boolean> =>
  inExcel(async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(name);
    sheet.load("id");
    await context.sync();
    if (sheet.isNullObject) return false;
    sheet.activate();
    await context.sync();
    return true;
  }).catch(() => false);

/**
 * How many cells of a sheet we wrote would change if the plan were written over it.
 * @throws noSuchRange where there is no such sheet, or it isn't ours
 */
export async function changesBy(plan: SheetPlan, before: Extent): Promise<number> {
  const ours = await written();
  const { rows, columns } = extentOf(spreadOver(plan, before));
  const step = Math.max(1, Math.floor(BLOCK / Math.max(1, columns)));
  return inExcel(async (context) => {
    const sheet = await ourSheet(context, plan.name, ours);
    let count = 0;
    for (let top = 0; top < rows; top += step) {
      const block = sheet.getRangeByIndexes(top, 0, Math.min(step, rows - top), columns);
      block.load("formulas");
      await context.sync();
      count += changedCells(plan, top, block.formulas as unknown[][]);
    }
    return count;
  }, PATIENCE_TO_WRITE);
}

/**
 * Writes a plan over a sheet we wrote; what was written there before and is no longer needed becomes blank.
 * Where it breaks off, old and new may stand side by side.
 * @throws noSuchRange where there is no such sheet, or it isn't ours
 */
export async function updateSheet(plan: SheetPlan, before: Extent): Promise<void> {
  const ours = await written();
  const whole = spreadOver(plan, before);
  await inExcel(async (context) => {
    await ourSheet(context, plan.name, ours);
    await writeCells(context, whole);
  }, PATIENCE_TO_WRITE);
  await decorate(whole, [plainLooks, forgetColours, ...Object.keys(plan.names).map(forgetName)]);
  await decorate(plan, DECORATIONS);
  await showSheet(plan);
}

/** Before new looks come, the old ones go: rows may stand elsewhere now. */
function plainLooks(sheet: Excel.Worksheet, plan: SheetPlan): void {
  const { rows, columns } = extentOf(plan);
  const { format } = sheet.getRangeByIndexes(0, 0, rows, columns);
  format.font.color = INK.formula;
  format.font.bold = false;
  format.horizontalAlignment = "General";
  format.fill.clear();
}

function forgetColours(sheet: Excel.Worksheet, plan: SheetPlan): void {
  const { rows, columns } = extentOf(plan);
  sheet.getRangeByIndexes(0, 0, rows, columns).conditionalFormats.clearAll();
}

/** Names move with inserted rows; the plan's cells don't. */
const forgetName =
  (name: string) =>
  (sheet: Excel.Worksheet): void =>
    sheet.names.getItem(name).delete();

/** Formats first, so that text arrives in cells for text; then everything else, in blocks of whole rows. */
async function writeCells(context: Excel.RequestContext, plan: SheetPlan): Promise<void> {
  const sheet = context.workbook.worksheets.getItem(plan.name);
  const width = plan.cells[0]?.length ?? 0;
  const step = Math.max(1, Math.floor(BLOCK / Math.max(1, width)));
  for (let top = 0; top < plan.cells.length; top += step) {
    const rows = plan.cells.slice(top, top + step);
    const block = sheet.getRangeByIndexes(top, 0, rows.length, width);
    block.numberFormat = rows.map((row) => row.map((cell) => cell?.format ?? "General"));
    await context.sync();
    block.formulas = rows.map((row) => row.map((cell) => cell?.formula ?? cell?.value ?? ""));
    await context.sync();
    await checkText(context, sheet, rows, top);
  }
}

/** Nothing of an imported file may become a formula: such text is read back. */
async function checkText(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  rows: SheetPlan["cells"],
  top: number,
): Promise<void> {
  const written = rows.flatMap((row, r) =>
    row.flatMap((cell, c) => {
      if (!isHazardous(cell)) return [];
      const range = sheet.getCell(top + r, c);
      range.load("values");
      return [{ range, value: cell?.value }];
    }),
  );
  if (written.length === 0) return;
  await context.sync();
  const changed = written.find(
    ({ range, value }) => (range.values as unknown[][])[0]?.[0] !== value,
  );
  if (changed) throw new WorkbookError("failed", `text became a formula: ${String(changed.value)}`);
}

/** What makes the sheet readable; each on its own, so that one a host lacks takes no other with it. */
const DECORATIONS: readonly ((sheet: Excel.Worksheet, plan: SheetPlan) => void)[] = [
  colourRoles,
  align,
  indent,
  setWidths,
  breakLines,
  (sheet, { frozenRows }) => sheet.freezePanes.freezeRows(frozenRows),
  addNames,
  colourStatus,
  layOutPage,
];

/** One range for cells of the same role below each other. */
function colourRoles(sheet: Excel.Worksheet, { cells }: SheetPlan): void {
  for (const { value: role, top, left, height } of runs(cells, (cell) => cell.role)) {
    const { format } = sheet.getRangeByIndexes(top, left, height, 1);
    format.font.color = INK[role];
    if (role === "header" || role === "title") format.font.bold = true;
    if (role === "header") format.fill.color = HEADER_FILL;
  }
}

function align(sheet: Excel.Worksheet, { cells }: SheetPlan): void {
  for (const { value, top, left, height } of runs(cells, (cell) => cell.align)) {
    const { format } = sheet.getRangeByIndexes(top, left, height, 1);
    format.horizontalAlignment = ALIGNED[value];
  }
}

function indent(sheet: Excel.Worksheet, { cells }: SheetPlan): void {
  const indented = runs(cells, ({ align }) => (align === "indent" ? align : undefined));
  for (const { top, left, height } of indented) {
    sheet.getRangeByIndexes(top, left, height, 1).format.indentLevel = 1;
  }
}

const ALIGNED = { center: "Center", right: "Right", indent: "Left" } as const;

interface Run<T> {
  readonly value: T;
  readonly top: number;
  readonly left: number;
  readonly height: number;
}

/** Runs of cells alike down each column. */
function runs<T extends string>(
  cells: SheetPlan["cells"],
  of: (cell: SheetCell) => T | undefined,
): Run<T>[] {
  const found: Run<T>[] = [];
  const at = (row: number, column: number): T | undefined => {
    const cell = cells[row]?.[column];
    return cell && of(cell);
  };
  const width = cells[0]?.length ?? 0;
  for (let left = 0; left < width; left++) {
    let top = 0;
    while (top < cells.length) {
      const value = at(top, left);
      let end = top + 1;
      while (end < cells.length && at(end, left) === value) end++;
      if (value) found.push({ value, top, left, height: end - top });
      top = end;
    }
  }
  return found;
}

/** Excel measures columns in points; a digit is 7 pixels wide, with 5 beside it. */
function setWidths(sheet: Excel.Worksheet, { widths }: SheetPlan): void {
  widths.forEach((characters, column) => {
    sheet.getRangeByIndexes(0, column, 1, 1).format.columnWidth = (characters * 7 + 5) * 0.75;
  });
}

/** Long texts break into lines; their rows grow, and what else is in them stands at the top. */
function breakLines(sheet: Excel.Worksheet, { cells }: SheetPlan): void {
  const width = cells[0]?.length ?? 0;
  const broken = runs(cells, (cell) => (cell.wraps ? "wraps" : undefined));
  for (const { top, left, height } of broken) {
    sheet.getRangeByIndexes(top, left, height, 1).format.wrapText = true;
  }
  for (const { top, height } of broken) {
    const { format } = sheet.getRangeByIndexes(top, 0, height, width);
    format.verticalAlignment = "Top";
    format.autofitRows();
  }
}

/** Names belong to the sheet: a second sheet has its own, and they go when it goes. */
function addNames(sheet: Excel.Worksheet, { name: title, names }: SheetPlan): void {
  const quoted = `'${title.replace(/'/g, "''")}'`;
  for (const [name, address] of Object.entries(names)) {
    const cell = address.replace(/([A-Z]+)(\d+)/, "$$$1$$$2");
    sheet.names.add(name, `=${quoted}!${cell}`);
  }
}

function colourStatus(sheet: Excel.Worksheet, { colours }: SheetPlan): void {
  if (!supports("1.6")) return;
  for (const { range, formula, fill, ink } of colours) {
    const { custom } = sheet
      .getRange(range)
      .conditionalFormats.add(Excel.ConditionalFormatType.custom);
    custom.rule.formula = formula;
    custom.format.fill.color = fill;
    custom.format.font.color = ink;
    custom.format.font.bold = true;
  }
}

function layOutPage(sheet: Excel.Worksheet, { printArea, headerRow }: SheetPlan): void {
  if (!supports("1.9")) return;
  sheet.pageLayout.orientation = Excel.PageOrientation.landscape;
  sheet.pageLayout.zoom = { horizontalFitToPages: 1 };
  sheet.pageLayout.setPrintArea(printArea);
  if (headerRow !== undefined) sheet.pageLayout.setPrintTitleRows(`$${headerRow}:$${headerRow}`);
}

async function deleteSheet(context: Excel.RequestContext, name: string): Promise<void> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  sheet.load("id");
  await context.sync();
  if (sheet.isNullObject) return;
  sheet.delete();
  await context.sync();
}

/** Sheets written while the pane is open, for hosts that keep nothing in the workbook. */
const writtenNow = new Set<string>();

/** The ids of the sheets we wrote: a sheet keeps its id under another name. */
async function written(): Promise<ReadonlySet<string>> {
  const kept = await keptText("sheets").catch(() => undefined);
  const ids: unknown = kept === undefined ? [] : JSON.parse(kept);
  return new Set([...writtenNow, ...(Array.isArray(ids) ? ids.map(String) : [])]);
}

async function remember(id: string): Promise<void> {
  writtenNow.add(id);
  const ids = [...(await written())];
  await keepText("sheets", JSON.stringify(ids)).catch(() => undefined);
}

async function ourSheet(
  context: Excel.RequestContext,
  name: string,
  ours: ReadonlySet<string>,
): Promise<Excel.Worksheet> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  sheet.load("id");
  await context.sync();
  if (sheet.isNullObject || !ours.has(sheet.id)) throw new WorkbookError("noSuchRange", name);
  return sheet;
}

/**
 * Takes away a sheet, but only one we wrote.
 * @throws noSuchRange where there is no such sheet, or it isn't ours
 */
export async function removeSheet(name: string): Promise<void> {
  const ours = await written();
  await inExcel(async (context) => {
    const sheet = await ourSheet(context, name, ours);
    sheet.delete();
    await context.sync();
    writtenNow.delete(sheet.id);
  });
}

/** What the workbook keeps for the pane; its mark stands for what this machine keeps for it. */
export type Kept = "profile" | "snapshots" | "mappings" | "mark";

/** The text kept under a kind; undefined where nothing is, or the host keeps nothing. */
export const keptRead = (kind: Kept): Promise<string | undefined> =>
  supports("1.5") ? keptText(kind) : Promise.resolve(undefined);

/** Keeps a text in the workbook instead of what was kept under the kind before. */
export const keptWrite = (kind: Kept, text: string): Promise<void> => keepText(kind, text);

const namespaceOf = (kind: string): string => `urn:option-seller-margin:${kind}:1`;

/** The parts of a kind; there is one, but two panes may have written at once. */
async function partsOf(
  context: Excel.RequestContext,
  kind: string,
): Promise<readonly Excel.CustomXmlPart[]> {
  if (!supports("1.5"))
    throw new WorkbookError("failed", "no custom XML parts before ExcelApi 1.5");
  const parts = context.workbook.customXmlParts.getByNamespace(namespaceOf(kind));
  parts.load("items/id");
  await context.sync();
  return parts.items;
}

const keptText = (kind: string): Promise<string | undefined> =>
  inExcel(async (context) => {
    const last = (await partsOf(context, kind)).at(-1);
    if (!last) return undefined;
    const xml = last.getXml();
    await context.sync();
    const read = new DOMParser().parseFromString(xml.value, "application/xml");
    const { documentElement } = read;
    if (documentElement.namespaceURI !== namespaceOf(kind)) return undefined;
    return documentElement.textContent ?? undefined;
  });

const keepText = (kind: string, text: string): Promise<void> =>
  inExcel(async (context) => {
    const before = await partsOf(context, kind);
    context.workbook.customXmlParts.add(xmlOf(kind, text));
    // The new one first: were this to fail, the old one still stands.
    await context.sync();
    for (const part of before) part.delete();
    await context.sync();
  });

/** A text as an element's content; of what JSON may hold, XML has no place for two characters. */
function xmlOf(kind: string, text: string): string {
  const content = text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r/g, "&#13;")
    .replace(/[\uFFFE\uFFFF]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`);
  return `<${kind} xmlns="${namespaceOf(kind)}">${content}</${kind}>`;
}
