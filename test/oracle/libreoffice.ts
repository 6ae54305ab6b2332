// The second independent oracle: LibreOffice Calc, where it is installed. A flat OpenDocument file
// goes in, a CSV with full-precision numbers comes out (about 1.5 s a call, however many formulas).
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { sheetOf, type PlacedCell } from "./sheet";

/** The sentence to print where this oracle had to be left out. */
export const libreOfficeMissing =
  "LibreOffice is not installed (no soffice on the PATH): its recalculation of the native formulas was skipped.";

/** Where soffice is, or undefined. */
export function libreOffice(): string | undefined {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const folders = [
    ...onPath,
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:\\Program Files\\LibreOffice\\program",
  ];
  const names = process.platform === "win32" ? ["soffice.com", "soffice.exe"] : ["soffice"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

// "msoxl:" says that the formula is written as Excel writes it: A1 addresses, commas.
function cellXml({ content }: PlacedCell): string {
  return typeof content === "number"
    ? `<table:table-cell office:value-type="float" office:value="${content}"/>`
    : `<table:table-cell table:formula="msoxl:${escapeXml(content)}"/>`;
}

function flatDocument(cells: PlacedCell[], rowCount: number, columnCount: number): string {
  const at = new Map(cells.map((cell) => [`${cell.row},${cell.column}`, cell]));
  let rows = "";
  for (let row = 0; row < rowCount; row++) {
    rows += "<table:table-row>";
    for (let column = 0; column < columnCount; column++) {
      const cell = at.get(`${row},${column}`);
      rows += cell ? cellXml(cell) : "<table:table-cell/>";
    }
    rows += "</table:table-row>";
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:msoxl="http://schemas.microsoft.com/office/excel/formula" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="Sheet1">${rows}</table:table></office:spreadsheet></office:body></office:document>`;
}

// Comma, double quote, UTF-8, from line 1; the eighth token: the stored number, not the shown one.
const csvWithStoredNumbers = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false";

/**
 * Recalculates formulas over the given cells, all on one sheet; answers in the formulas' order, or
 * undefined where LibreOffice is not installed.
 * @throws when a formula's result is not a number
 */
export async function recalculate(
  formulas: string[],
  cells: Record<string, number>,
): Promise<number[] | undefined> {
  const soffice = libreOffice();
  if (soffice === undefined) return undefined;
  const sheet = sheetOf(formulas, cells);
  const folder = await mkdtemp(join(tmpdir(), "oracle-"));
  try {
    await writeFile(
      join(folder, "sheet.fods"),
      flatDocument(sheet.cells, sheet.rowCount, sheet.columnCount),
    );
    // A profile of its own: the one of a LibreOffice that is open on this desktop is locked.
    const profile = pathToFileURL(join(folder, "profile")).href;
    await promisify(execFile)(
      soffice,
      [
        "--headless",
        `-env:UserInstallation=${profile}`,
        "--convert-to",
        csvWithStoredNumbers,
        "--outdir",
        folder,
        join(folder, "sheet.fods"),
      ],
      { timeout: 60_000 },
    );
    const lines = (await readFile(join(folder, "sheet.csv"), "utf8")).split(/\r?\n/);
    return formulas.map((formula, index) => {
      const text = lines[index]?.split(",")[sheet.resultColumn] ?? "";
      if (!/^-?[0-9.]+(E[+-]?[0-9]+)?$/.test(text)) throw new Error(`${formula} gave "${text}"`);
      return Number(text);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
