/** What a file is made of before anyone asks whose statement it is: lines of text, or sheets of cells. */
import Papa from "papaparse";
import { decode, UNREADABLE, type Decoded } from "./decode";
import { readMarkup, readOldWorkbook, readZipWorkbook } from "./workbook";

/** Cells of text; `rows[0]` is the file's row 1. */
export interface Sheet {
  /** Undefined for a text file, which has no sheets. */
  readonly name: string | undefined;
  readonly rows: readonly (readonly string[])[];
}

export interface Source {
  readonly file: string;
  readonly encoding: string | undefined;
  /** The lines of a text file; none for a workbook. */
  readonly lines: readonly string[];
  /** The text's beginning, for telling formats apart; a long statement repeats itself. */
  readonly head: string;
  /** The sheets of a workbook, or a text file split into cells when first asked for. */
  readonly sheets: readonly Sheet[];
  /** The file ends inside a character. */
  readonly cut: boolean;
  /** Rows with characters that can't be read. */
  readonly broken: readonly number[];
  /** Rows from which quotation marks no longer pair up. */
  readonly openQuotes: readonly number[];
}

const startsWith = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

/**
 * Opens a file by what it is, never by its name: real workbooks, web pages and tab-separated text
 * all come as ".xls".
 * @throws WorkbookError for a workbook that can't be opened.
 */
export async function openSource(bytes: Uint8Array, file: string): Promise<Source> {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    return ofSheets(file, await readOldWorkbook(bytes));
  }
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    return ofSheets(file, await readZipWorkbook(bytes));
  }
  return openText(decode(bytes), file);
}

export const ofSheets = (file: string, sheets: readonly Sheet[]): Source => ({
  file,
  encoding: undefined,
  lines: [],
  head: "",
  sheets,
  cut: false,
  broken: [],
  openQuotes: [],
});

export const LONGEST_HEAD = 200_000;

/** Rows with characters that nobody could read, the first few. */
function brokenRows(lines: readonly string[]): number[] {
  return lines.flatMap((line, i) => (line.includes(UNREADABLE) ? [i + 1] : [])).slice(0, 50);
}

export const MARKUP = /^\s*<(?:!doctype|html|head|body|meta|style|table|\?xml|\?mso|workbook)/i;

export async function openText(decoded: Decoded, file: string): Promise<Source> {
  const text = decoded.text.replace(/^\uFEFF/, "");
  const common = { file, encoding: decoded.encoding, cut: decoded.cut };
  if (MARKUP.test(text)) {
    const sheets = await readMarkup(text);
    return { ...ofSheets(file, sheets), ...common, broken: decoded.broken ? [1] : [] };
  }
  const lines = text.split(/\r\n|\n|\r/);
  let cells: { sheet: Sheet; openQuotes: number[] } | undefined;
  const split = () => (cells ??= splitText(text, lines));
  return {
    ...common,
    lines,
    head: text.slice(0, LONGEST_HEAD),
    broken: decoded.broken ? brokenRows(lines) : [],
    get sheets() {
      return [split().sheet];
    },
    get openQuotes() {
      return split().openQuotes;
    },
  };
}

/** The separator that most of the first lines have most of. */
function separatorOf(lines: readonly string[]): string {
  const head = lines.filter((line) => line.trim() !== "").slice(0, 30);
  const scored = ["\t", ",", ";", "|"].map((mark) => ({
    mark,
    lines: head.filter((line) => line.includes(mark)).length,
  }));
  const best = scored.reduce((a, b) => (b.lines > a.lines ? b : a));
  return best.lines > 0 ? best.mark : ",";
}

function splitText(text: string, lines: readonly string[]): { sheet: Sheet; openQuotes: number[] } {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: separatorOf(lines) });
  return {
    sheet: { name: undefined, rows: data.map((row) => row.map(unwrapped)) },
    openQuotes: errors.flatMap(({ type, row }) => (type === "Quotes" ? [(row ?? 0) + 1] : [])),
  };
}

/** Exports guard long numbers from spreadsheets as `="0000123"`, with a tab around or an apostrophe in front. */
const unwrapped = (cell: string): string =>
  /^\s*="(.*)"\s*$/.exec(cell)?.[1] ??
  cell
    .replace(/^\t+/, "")
    .trimEnd()
    .replace(/^'(?=\d)/, "");
