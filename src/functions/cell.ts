/**
 * The border to the spreadsheet: cell values in, cell values out.
 * The only file that knows Excel's error names, blanks, dates and the time of day.
 */
import {
  amount,
  dayFromNumber,
  findRules,
  MarginError,
  readDay,
  numberWithin,
  readNumber,
  readRight,
  readSide,
  sentence,
  unknownExchange,
  type Amount,
  type Bound,
  type Day,
  type ErrorCode,
  type NamedRules,
  type Right,
  type Side,
} from "../core";
import { exchanges } from "../exchanges";

/** A function as it is registered under its id. */
export type CellFunction = (...args: unknown[]) => unknown;

const functions = new Map<string, CellFunction>();

/** The functions of this add-in by id, as the spreadsheet calls them. */
export const registered: ReadonlyMap<string, CellFunction> = functions;

const announced = new Set<string>();

/** Tells Excel's runtime what it hasn't been told: it may come after the functions, with office.js. */
export function announce(): void {
  if (typeof CustomFunctions === "undefined") return;
  for (const [id, fn] of functions) {
    if (announced.has(id)) continue;
    announced.add(id);
    CustomFunctions.associate(id, fn);
  }
}

/** Registers a function under its id. The calls are appended to each function file at build time. */
export function associate(id: string, fn: CellFunction): void {
  functions.set(id, fn);
  announce();
}

/** Excel's names of the errors we use; it shows a message only on #VALUE! and #N/A. */
export type CellErrorName = "#VALUE!" | "#N/A" | "#DIV/0!";

/** An error as a cell shows it, for hosts without Excel's own class. */
export class CellError extends Error {
  constructor(
    readonly code: CellErrorName,
    message: string,
  ) {
    super(message);
    this.name = "CellError";
  }
}

const SHOWN_AS: Readonly<Record<ErrorCode, CellErrorName>> = {
  notANumber: "#VALUE!",
  outOfRange: "#VALUE!",
  notADate: "#VALUE!",
  unknownName: "#VALUE!",
  notAllowed: "#VALUE!",
  contradiction: "#VALUE!",
  missing: "#N/A",
  noRule: "#N/A",
  noCalendar: "#N/A",
  afterError: "#N/A",
  noModelFigure: "#N/A",
  beyondEveryLine: "#N/A",
  undefinedRatio: "#DIV/0!",
};

const EXCEL_CODE = {
  "#VALUE!": "invalidValue",
  "#N/A": "notAvailable",
  "#DIV/0!": "divisionByZero",
} as const;

/** An error as the value of a cell: thrown for a whole call, or placed in its own row of a spill. */
export function cellError(error: unknown): Error {
  let name: CellErrorName = "#VALUE!";
  let message: string;
  if (error instanceof MarginError) {
    name = SHOWN_AS[error.code];
    const { zh, en } = sentence(error);
    message = `${zh} · ${en}`;
  } else {
    console.error(error);
    message = "内部错误 E1，请报告 · internal error E1, please report it";
  }
  if (typeof CustomFunctions !== "undefined" && CustomFunctions.Error) {
    const code = CustomFunctions.ErrorCode[EXCEL_CODE[name]];
    return new CustomFunctions.Error(code, message) as unknown as Error;
  }
  return new CellError(name, message);
}

/** What a cell shows. */
export type Cell = string | number | Error;

/** What a function may answer: a figure, a word, or rows of both with errors among them. */
export type Answer = Amount | Cell;

/** The one place where an exact figure becomes a spreadsheet's double. */
export function toCell(value: Answer): Cell {
  if (typeof value === "string" || typeof value === "number" || value instanceof Error) {
    return value;
  }
  const number = value.toNumber();
  // Adding 0 turns a minus zero into a plain one.
  if (Number.isFinite(number)) return number + 0;
  throw new MarginError("outOfRange", {
    argument: "margin",
    value: value.toString(),
    must: "tooLarge",
  });
}

/** Runs a function's body; whatever it throws becomes an error with its sentence. */
export function answer<T extends Answer>(
  body: () => T,
): T extends string ? string : T extends Amount | number ? number : never {
  try {
    return toCell(body()) as ReturnType<typeof answer<T>>;
  } catch (error) {
    throw cellError(error);
  }
}

/** The same for a function whose answer spills, and is cells already. */
export function spillCells(body: () => Cell[][]): Cell[][] {
  try {
    return body();
  } catch (error) {
    throw cellError(error);
  }
}

/** The same for a function whose answer spills. */
export const spill = (body: () => readonly (readonly Answer[])[]): Cell[][] =>
  spillCells(() => body().map((row) => row.map(toCell)));

/** An error cell reaches us as an object; its name is what a message can show. */
const errorName = (cell: unknown): string | undefined =>
  typeof cell === "object" && cell !== null && "code" in cell ? String(cell.code) : undefined;

const isObject = (cell: unknown): boolean => typeof cell === "object" && cell !== null;

/** A one-cell range is its cell; a larger one is refused where a single value belongs. */
function single(value: unknown, argument: string): unknown {
  if (!Array.isArray(value)) return errorName(value) ?? value;
  const [row] = value as unknown[];
  if (value.length === 1 && Array.isArray(row) && row.length === 1)
    return errorName(row[0]) ?? row[0];
  throw new MarginError("outOfRange", { argument, value, must: "aRange" });
}

/** Excel passes null for an argument left out. */
const omitted = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

/**
 * A number within a bound.
 * @throws notANumber for text, blanks, truth values, NaN and ∞; outOfRange for ranges and what lies outside.
 */
export const number = (value: unknown, argument: string, must?: Bound): Amount =>
  numberWithin(single(value, argument), argument, must);

/** A number that may be left out. */
export const optional = (value: unknown, argument: string, must?: Bound): Amount | undefined =>
  omitted(single(value, argument)) ? undefined : number(value, argument, must);

/** A number with a default. */
export const orElse = (value: unknown, argument: string, must: Bound, otherwise: string): Amount =>
  optional(value, argument, must) ?? amount(otherwise);

/** A number for a model, which reckons in doubles and gives estimates. */
export const double = (value: unknown, argument: string, must: Bound): number =>
  number(value, argument, must).toNumber();

export const doubleOr = (value: unknown, argument: string, must: Bound, other: number): number =>
  optional(value, argument, must)?.toNumber() ?? other;

/** A price or strike: a blank cell, which reaches us as 0, is never one. */
export const priceOf = (value: unknown, argument: string): Amount =>
  number(value, argument, "aboveZero");

export const lotsOf = (value: unknown, argument = "lots"): Amount =>
  orElse(value, argument, "wholeAboveZero", "1");

export const markupOf = (value: unknown): Amount => orElse(value, "markup", "markup", "0");

/**
 * A number whose cell is often blank in a column of formulas. Some hosts pass a blank cell as 0,
 * so 0 is left out too: the same sheet answers alike everywhere.
 */
export function unlessBlank(value: unknown, argument: string, must: Bound): Amount | undefined {
  const cell = single(value, argument);
  return readNumber(cell)?.isZero() ? undefined : optional(cell, argument, must);
}

/** A rate that may be left out. */
export const optionalRate = (value: unknown, argument = "rate"): Amount | undefined =>
  unlessBlank(value, argument, "fraction");

/** A rate that must be there. @throws missing where it is blank or 0 */
export function rateOf(value: unknown, argument = "rate"): Amount {
  const rate = optionalRate(value, argument);
  if (rate) return rate;
  throw new MarginError("missing", { argument });
}

export function rightOf(value: unknown): Right {
  const cell = single(value, "right");
  const right = readRight(cell);
  if (right) return right;
  throw new MarginError("unknownName", { argument: "right", value: cell });
}

export function sideOf(value: unknown): Side {
  const cell = single(value, "side");
  const side = readSide(cell);
  if (side) return side;
  throw new MarginError("unknownName", { argument: "side", value: cell });
}

/** An exchange's rules, and the product where its name says one ("CFFEX.MO"). */
export function rulesOf(value: unknown): NamedRules {
  const cell = single(value, "exchange");
  const rules = findRules(cell, exchanges);
  if (rules) return rules;
  throw unknownExchange("exchange", cell, exchanges);
}

/**
 * A value that holds after a change: the one before where it is left out,
 * or where its blank cell reaches us as 0.
 */
export function orBefore(
  after: unknown,
  before: unknown,
  argument: string,
): { readonly cell: unknown; readonly argument: string } {
  const name = `${argument}After`;
  const cell = single(after, name);
  return omitted(cell) || cell === 0 ? { cell: before, argument } : { cell, argument: name };
}

const TRUTH: Readonly<Record<string, boolean>> = {
  true: true,
  是: true,
  1: true,
  false: false,
  否: false,
  0: false,
};

/** A truth value; left out, or a blank cell's 0, is false. @throws unknownName */
export function truthOf(value: unknown, argument: string): boolean {
  const cell = single(value, argument);
  if (omitted(cell) || cell === 0) return false;
  const word = typeof cell === "string" ? cell.normalize("NFKC").trim().toLowerCase() : cell;
  if (typeof word !== "object" && Object.hasOwn(TRUTH, String(word))) {
    return TRUTH[String(word)] as boolean;
  }
  throw new MarginError("unknownName", { argument, value: cell });
}

/** A text or number as it stands in its cell. */
export const wordOf = (value: unknown, argument: string): unknown => single(value, argument);

const SHANGHAI_AHEAD = 8 / 24;
/** Excel counts days from 1899-12-30; its serials before March 1900 are a day off and no day of ours. */
const dayFromExcel = (serial: number): Day | undefined =>
  serial >= 61 && serial < 2958466 ? dayFromNumber(Math.floor(serial) - 25569) : undefined;

const today = (): Day => dayFromNumber(Math.floor(Date.now() / 86_400_000 + SHANGHAI_AHEAD));

/** The day whose rules apply: an Excel date, ISO text or 20261120; left out (or a blank's 0), today in Shanghai. */
export function dayOf(value: unknown): Day {
  const cell = single(value, "on");
  if (omitted(cell) || cell === 0) return today();
  const day = dayOfCell(cell);
  if (day) return day;
  throw new MarginError("notADate", { argument: "on", value: cell });
}

/** A cell's date: an Excel date, ISO text or 20261120. */
export function dayOfCell(cell: unknown): Day | undefined {
  const read = readNumber(cell);
  const eightDigits = read?.isInteger() && read.greaterThanOrEqualTo(19000101);
  return typeof cell === "string" || eightDigits
    ? readDay(String(cell).normalize("NFKC").trim())
    : read && dayFromExcel(read.toNumber());
}

/** Near 100,000 rows Excel on the web reaches the 5 MB it carries in one request. */
const MOST_ROWS = 100_000;

/**
 * A table's cells; an error cell becomes its name, so that a message can show it.
 * @throws outOfRange for more rows than one call carries, the header not counted.
 */
export function cellsOf(value: unknown, argument: string): unknown[][] {
  const rows = Array.isArray(value) ? (value as unknown[]) : [[value]];
  if (rows.length > MOST_ROWS + 1) {
    throw new MarginError("outOfRange", { argument, value: rows.length - 1, must: "tooManyRows" });
  }
  // A large table is read where it stands, and copied only if a cell has to change.
  const plain = rows.every((row) => Array.isArray(row) && !row.some(isObject));
  if (plain) return rows as unknown[][];
  return rows.map((row) =>
    (Array.isArray(row) ? (row as unknown[]) : [row]).map((cell) => errorName(cell) ?? cell),
  );
}
