/** What is kept of an import, as plain JSON, and read back without trusting it. */
import { digits, readDay, readNumber, type Amount } from "../core";
import type { Book, Figure, Line } from "./book";
import type { Snapshot, SnapshotLine } from "./since";

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const WORD = 64;
const MARK_BITS = 24;

/**
 * A mark of an account's number: the same for the same number, and too short to find the number by.
 * 64-bit FNV-1a, folded to 24 bits, which many numbers share.
 */
export function markOf(id: string): string {
  let hash = OFFSET;
  for (const letter of id) {
    const code = BigInt(letter.codePointAt(0) ?? 0);
    hash = BigInt.asUintN(WORD, (hash ^ code) * PRIME);
  }
  let folded = 0n;
  for (let rest = hash; rest > 0n; rest >>= BigInt(MARK_BITS)) folded ^= rest;
  return BigInt.asUintN(MARK_BITS, folded)
    .toString(16)
    .padStart(MARK_BITS / 4, "0");
}

/** The mark of a book that names no account: whose it is isn't known, so that it is compared with none. */
export const NOBODYS = "";

/** An account may stand in a file once a currency, under one number; the mainland's goes without saying. */
function accountMark({ account, lines, currency }: Book): string {
  const id = account?.id ?? lines[0]?.position.account;
  if (id === undefined || id === "") return NOBODYS;
  return markOf(currency === "¥" ? id : `${id} ${currency}`);
}

const text = (n: Amount | undefined): string | undefined => n && digits(n);

function chargeOf(figure: Figure): Pick<SnapshotLine, "rate" | "markup"> {
  return figure.gap ? {} : { rate: text(figure.rate), markup: text(figure.markup) };
}

const lineOf = ({
  position,
  printed,
  price,
  underlyingPrice,
  strike,
  unit,
  broker,
  combined,
}: Line): SnapshotLine => ({
  contract: position.contract,
  side: position.side,
  lots: digits(position.quantity),
  printed: text(printed),
  price: text(price),
  underlyingPrice: text(underlyingPrice),
  strike: text(strike),
  unit: text(unit),
  ...chargeOf(broker),
  ...(combined ? { combined } : {}),
});

/** A book of more lines keeps its totals: a workbook is no place for them. */
export const MOST_KEPT = 2000;

export function snapshotOf(book: Book): Snapshot {
  const { lines, standings, inputs, day } = book;
  return {
    version: 1,
    account: accountMark(book),
    day,
    file: inputs.statement.file,
    equity: text(standings.equity),
    margin: text(standings.broker.margin),
    status: standings.status,
    ...(lines.length > MOST_KEPT ? { lines: [], totalsOnly: true } : { lines: lines.map(lineOf) }),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isFigure = (value: unknown): value is string =>
  typeof value === "string" && readNumber(value) !== undefined;

const isOptionalFigure = (value: unknown): boolean =>
  value === undefined || value === null || isFigure(value);

const FIGURES = [
  "printed",
  "price",
  "underlyingPrice",
  "strike",
  "unit",
  "rate",
  "markup",
] as const satisfies readonly (keyof SnapshotLine)[];

const optional = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

function readLine(value: unknown): SnapshotLine | undefined {
  if (!isRecord(value)) return undefined;
  const { contract, side, lots } = value;
  if (typeof contract !== "string" || typeof side !== "string" || !isFigure(lots)) return undefined;
  if (!readNumber(lots)?.greaterThan(0)) return undefined;
  if (!FIGURES.every((name) => isOptionalFigure(value[name]))) return undefined;
  const figures = Object.fromEntries(FIGURES.map((name) => [name, optional(value[name])]));
  const combined = value["combined"] === true ? { combined: true as const } : {};
  return { contract, side, lots, ...figures, ...combined };
}

function readSnapshot(value: unknown): Snapshot | undefined {
  if (!isRecord(value) || value["version"] !== 1 || !Array.isArray(value["lines"]))
    return undefined;
  const { account, file, status, equity, margin, day } = value;
  if (typeof account !== "string" || typeof file !== "string" || typeof status !== "string") {
    return undefined;
  }
  if (!isOptionalFigure(equity) || !isOptionalFigure(margin)) return undefined;
  const known = day === undefined || day === null ? "" : typeof day === "string" && readDay(day);
  const lines = value["lines"].map(readLine);
  if (known === undefined || known === false || !lines.every((line) => line !== undefined)) {
    return undefined;
  }
  return {
    version: 1,
    account,
    day: known || undefined,
    file,
    equity: optional(equity),
    margin: optional(margin),
    status,
    lines: lines as SnapshotLine[],
    ...(value["totalsOnly"] === true ? { totalsOnly: true } : {}),
  };
}

/** Snapshots from parsed JSON, in their order; what is no snapshot of ours is left out. */
export const readSnapshots = (json: unknown): Snapshot[] =>
  Array.isArray(json) ? json.flatMap((one) => readSnapshot(one) ?? []) : [];

/** Lines with the ids a book gives them: the same contract and side may stand there twice. */
export function linesById({ lines }: Snapshot): ReadonlyMap<string, SnapshotLine> {
  const byId = new Map<string, SnapshotLine>();
  const counts = new Map<string, number>();
  for (const line of lines) {
    const name = `${line.contract} ${line.side}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    byId.set(count === 1 ? name : `${name} ${count}`, line);
  }
  return byId;
}
