/**
 * Workbooks to cells of text. Numbers become their 15 significant digits, days become ISO text,
 * ids that are text stay text.
 */
import { dayFromNumber, digits, readNumber } from "../core";
import type { Sheet } from "./source";

/** A workbook that is no workbook to us, and why. */
export class WorkbookError extends Error {
  constructor(readonly reason: "password" | "unreadableWorkbook" | "tooLarge") {
    super(reason);
    this.name = "WorkbookError";
  }
}

/** What a zip may unpack to: statements compress some twentyfold, bombs a thousandfold. */
const MOST_UNPACKED = 400_000_000;

const LONG_ID = /^\d{16,}$/;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    const number = readNumber(value);
    return number ? digits(number) : "";
  }
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return "";
    const iso = value.toISOString();
    return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19).replace("T", " ");
  }
  return String(value);
}

/** Cells handed over by a host: a selection, or a table that is already in the sheet. */
export const cellsOfText = (cells: readonly (readonly unknown[])[]): string[][] =>
  cells.map((row) => row.map(textOf));

/**
 * Reads the zip's own list of its files, so that nothing is unpacked that would not fit.
 * @throws WorkbookError where the list is cut off or promises too much.
 */
function weighZip(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const earliest = Math.max(0, end - 65_535);
  while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < earliest) throw new WorkbookError("unreadableWorkbook");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) {
      throw new WorkbookError("unreadableWorkbook");
    }
    unpacked += view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  if (unpacked > MOST_UNPACKED) throw new WorkbookError("tooLarge");
}

/** A workbook of today (.xlsx). */
export async function readZipWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  weighZip(bytes);
  const { default: readXlsxFile } = await import("read-excel-file/universal");
  try {
    const sheets = await readXlsxFile<number | string>(bytes.slice().buffer, {
      // A number of 16 digits or more is an id that a double would round.
      parseNumber: (digitsOf) => (LONG_ID.test(digitsOf) ? digitsOf : Number(digitsOf)),
    });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: cellsOfText(data) }));
  } catch {
    throw new WorkbookError("unreadableWorkbook");
  }
}

type OldWorkbooks = typeof import("@e965/xlsx");

const isFormatOfDay = (lib: OldWorkbooks, format: unknown): boolean =>
  typeof format === "string" && Boolean(lib.SSF.is_date(format));

/** A cell as it stands: the value for numbers, so that a display format takes no digits away. */
function oldCell(lib: OldWorkbooks, cell: import("@e965/xlsx").CellObject | undefined): string {
  if (!cell) return "";
  if (cell.t === "n" && typeof cell.v === "number" && isFormatOfDay(lib, cell.z)) {
    const day = Math.floor(cell.v);
    if (day >= 61 && day === cell.v && day <= 2_958_465) return dayFromNumber(day - 25_569);
    return cell.w ?? textOf(cell.v);
  }
  return cell.t === "e" ? (cell.w ?? "") : textOf(cell.v);
}

function sheetsOf(lib: OldWorkbooks, book: import("@e965/xlsx").WorkBook): Sheet[] {
  return book.SheetNames.map((name) => {
    // Only the rows that are there: a damaged file may claim a range of millions of cells.
    const rows = (book.Sheets[name]?.["!data"] ?? []) as (
      (import("@e965/xlsx").CellObject | undefined)[] | undefined
    )[];
    return {
      name,
      rows: Array.from(rows, (row) => Array.from(row ?? [], (cell) => oldCell(lib, cell))),
    };
  });
}

/** The record that says a BIFF stream is encrypted stands right behind the first one. */
function isEncryptedBiff(stream: ArrayLike<number>): boolean {
  const length = (stream[2] ?? 0) + 256 * (stream[3] ?? 0);
  return stream[4 + length] === 0x2f && stream[5 + length] === 0;
}

/** A workbook of the old kind (.xls); also tells the encrypted new kind, which hides in the same container. */
export async function readOldWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  const lib = await import("@e965/xlsx");
  try {
    const container = lib.CFB.read(bytes, { type: "array" });
    if (lib.CFB.find(container, "EncryptedPackage")) throw new WorkbookError("password");
    const stream = lib.CFB.find(container, "Workbook") ?? lib.CFB.find(container, "Book");
    if (!stream) throw new WorkbookError("unreadableWorkbook");
    if (isEncryptedBiff(stream.content)) throw new WorkbookError("password");
    return sheetsOf(lib, lib.read(bytes, { type: "array", dense: true, cellNF: true }));
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError("unreadableWorkbook");
  }
}

/** Tables in a web page or in a workbook of 2003 XML, both often named .xls; already decoded. */
export async function readMarkup(text: string): Promise<Sheet[]> {
  const lib = await import("@e965/xlsx");
  try {
    return sheetsOf(lib, lib.read(text, { type: "string", raw: true, dense: true }));
  } catch {
    throw new WorkbookError("unreadableWorkbook");
  }
}
