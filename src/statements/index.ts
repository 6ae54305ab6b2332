/** The door: bytes, cells or pasted text → a statement. Nothing here throws for what a file holds. */
import type { Day } from "../core";
import { readDay } from "../core";
import { cfmmc } from "./cfmmc";
import { isEnough, type Mapping } from "./columns";
import { ctp, readPlain } from "./ctp";
import { Draft } from "./draft";
import { etfOption } from "./etf-option";
import type { Format } from "./format";
import { futu } from "./futu";
import { ibkr } from "./ibkr";
import { machineText } from "./machine-text";
import { securities } from "./securities";
import { changed } from "./plain-book";
import { plainText } from "./plain-text";
import { ofSheets, openSource, openText, type Source } from "./source";
import { FORMATS, type FormatId, type Statement } from "./statement";
import { readTable, tableOf } from "./table";
import { wenhua } from "./wenhua";
import { cellsOfText, WorkbookError } from "./workbook";

export { identitiesOf, type Identity } from "./account-check";
export { codesHeld, heldCount, holdersOf, numbersHeld, pricesHeld } from "./held";
export * from "./mask";
export * from "./statement";
export { besideRows, contradictsDegree, printedEquity, printedMarginInUse } from "./margin-in-use";
export { placeSaid, type Problem, type ProblemCode } from "./problems";
export type { OtherFuture, OtherOption, Security, Subject } from "./subject";
export { changed, inColumns, plainBook, type PlainBook } from "./plain-book";
export { packedBook, unpackedBook, type BookParcel } from "./plain-parcel";
export type { PlainContract } from "./plain-holdings";
export type { RiskFile } from "./risk-draft";
export { isRiskFile } from "./risk-head";
// What the page needs to show a table's first rows; its bundle takes no reader along.
export { decode } from "./decode";
export { ofSheets, openSource, openText, type Source } from "./source";
export { cellsOfText } from "./workbook";
export {
  columnNamed,
  fingerprint,
  TABLE_COLUMNS,
  type Guess,
  type GuessedTable,
  type Mapping,
  type TableColumn,
} from "./columns";

/** Told by their lines; asked first, because splitting such a text into cells tells nothing. */
const ofLines: readonly Format[] = [ctp, etfOption, machineText];

/** Told by their cells. A plain table is tried when nobody knows the file. */
const ofCells: readonly Format[] = [cfmmc, securities, wenhua, ibkr, futu];

/** The formats that say a file is theirs, or the one the user chose. */
function claiming(source: Source, chosen: FormatId | undefined): Format[] {
  if (chosen) return [...ofLines, ...ofCells].filter(({ id }) => id === chosen);
  const lines = ofLines.filter((format) => format.claims(source));
  return lines.length > 0 ? lines : ofCells.filter((format) => format.claims(source));
}

const MEGABYTE = 1_000_000;
const MOST_BYTES = 20 * MEGABYTE;

export interface ReadOptions {
  /** The user's choice where two formats claim a file, or `table` to map columns by hand. */
  readonly format?: FormatId | undefined;
  /** The day of a file that has none, for the years its codes leave open. */
  readonly day?: Day | undefined;
  /** Columns set by hand, for a plain table. */
  readonly mapping?: Mapping | undefined;
  /** Mappings made before, by the header's fingerprint. */
  readonly remembered?: Readonly<Record<string, Mapping>> | undefined;
  /** Takes every row by itself, where plain ones would be taken in columns: the answer is the same, and takes longer. */
  readonly rowByRow?: boolean | undefined;
  /** Aborting it rejects the promise with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the rows read so far. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/** Rows between two breaths: reading stops this often to let a page answer and a user cancel. */
const BREATH = 2000;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function drive(reading: Generator<void>, { signal, onProgress }: ReadOptions): Promise<void> {
  let rows = 0;
  while (!reading.next().done) {
    rows += 1;
    if (rows % BREATH !== 0) continue;
    onProgress?.(rows);
    await pause();
    signal?.throwIfAborted();
  }
}

/** The only place a file's name counts: the day of a file that holds none. */
function dayOfName(file: string): Day | undefined {
  const [digits] = /20\d\d[-_.]?\d\d[-_.]?\d\d/.exec(file) ?? [];
  return digits ? readDay(digits.replace(/[-_.]/g, "")) : undefined;
}

/**
 * Reads a broker's statement of whatever format.
 *
 * Rows that can't be read become problems and leave the totals marked incomplete; so does a file that is no statement,
 * has a password or was cut. Only cancelling rejects.
 */
export async function readStatement(
  bytes: Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<Statement> {
  const draft = new Draft(fileName, dayOfName(fileName), options.day);
  options.signal?.throwIfAborted();
  if (bytes.length === 0) return refused(draft, "empty");
  if (bytes.length > MOST_BYTES) return tooLarge(draft, bytes.length);
  const plain = await readInColumns(bytes, fileName, options);
  if (plain) return plain;
  let source: Source;
  try {
    source = await openSource(bytes, fileName);
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    return error.reason === "tooLarge"
      ? tooLarge(draft, bytes.length)
      : refused(draft, error.reason);
  }
  return readSource(source, draft, options);
}

/** Long settlement text by its bytes; undefined where it is read the long way. */
async function readInColumns(
  bytes: Uint8Array,
  file: string,
  options: ReadOptions,
): Promise<Statement | undefined> {
  const { format = ctp.id, mapping, rowByRow } = options;
  if (format !== ctp.id || mapping || rowByRow) return undefined;
  const text = plainText(bytes, file);
  if (!text) return undefined;
  const claims = options.format ? [ctp] : ofLines.filter((one) => one.claims(text.source));
  if (claims.length !== 1 || claims[0] !== ctp) return undefined;
  const draft = new Draft(file, dayOfName(file), options.day);
  const reading = readPlain(text, draft);
  if (!reading) return undefined;
  await drive(reading, options);
  return draft.finish(ctp.id, text.source);
}

/** Reads cells a host hands over: a selection, or a table that is already in the sheet. */
export function readCells(
  cells: readonly (readonly unknown[])[],
  name: string,
  options: ReadOptions = {},
): Promise<Statement> {
  const sheet = { name: undefined, rows: cellsOfText(cells) };
  return readSource(ofSheets(name, [sheet]), new Draft(name, undefined, options.day), options);
}

/** Reads text from the clipboard: a statement's text, or cells separated by tabs. */
export async function readPasted(
  text: string,
  name: string,
  options: ReadOptions = {},
): Promise<Statement> {
  const decoded = { text, encoding: "utf-8" as const, cut: false, broken: false };
  const draft = new Draft(name, undefined, options.day);
  if (text.trim() === "") return refused(draft, "empty");
  try {
    return await readSource(await openText(decoded, name), draft, options);
  } catch (error) {
    if (error instanceof WorkbookError) return refused(draft, error.reason);
    throw error;
  }
}

function refused(
  draft: Draft,
  code: "empty" | "password" | "unreadableWorkbook" | "encoding" | "notAStatement" | "tooLarge",
): Statement {
  draft.note(code, {}, {});
  return draft.finish(undefined, { encoding: undefined });
}

/** Of a file that is no statement at all, and isn't meant to be one. */
export const noStatement = (file: string): Statement =>
  new Draft(file, undefined, undefined).finish(undefined, { encoding: undefined });

function tooLarge(draft: Draft, bytes: number): Statement {
  const facts = { size: Math.ceil(bytes / MEGABYTE), limit: MOST_BYTES / MEGABYTE };
  draft.note("tooLarge", {}, facts);
  return draft.finish(undefined, { encoding: undefined });
}

function noteDamage(draft: Draft, source: Source): void {
  for (const row of source.broken) draft.note("brokenCharacters", { row }, {});
  if (source.cut) draft.noteCut({ row: source.lines.length });
}

async function readSource(source: Source, draft: Draft, options: ReadOptions): Promise<Statement> {
  const { format: chosen, mapping } = options;
  const wantsTable = chosen === "table" || mapping !== undefined;
  const claims = wantsTable ? [] : claiming(source, chosen);
  if (claims.length > 1) {
    const names = (language: "zh" | "en", or: string): string =>
      claims.map(({ id }) => FORMATS[id][language]).join(or);
    const choices = { zh: names("zh", "，也像 "), en: names("en", " or ") };
    draft.note("twoFormats", {}, { choices });
    return changed(draft.finish(undefined, source), { choices: claims.map(({ id }) => id) });
  }
  const [format] = claims;
  if (format) {
    await drive(format.read(source, draft), options);
    if (ofCells.includes(format)) noteOpenQuotes(draft, source);
    noteDamage(draft, source);
    return draft.finish(format.id, source);
  }
  return readAsTable(source, draft, options);
}

function noteOpenQuotes(draft: Draft, source: Source): void {
  for (const row of source.openQuotes) draft.note("openQuote", { row }, {});
}

async function readAsTable(source: Source, draft: Draft, options: ReadOptions): Promise<Statement> {
  const table = tableOf(source, options.mapping, options.remembered ?? {});
  draft.table = table?.guessed;
  if (!table || !isEnough(table.guessed.mapping)) {
    // Characters nobody can read are the likelier reason than a table of another kind.
    return refused(draft, source.broken.length > 0 ? "encoding" : "notAStatement");
  }
  await drive(readTable(draft, table.sheet, table.guessed.mapping), options);
  noteOpenQuotes(draft, source);
  noteDamage(draft, source);
  return draft.finish("table", source);
}
