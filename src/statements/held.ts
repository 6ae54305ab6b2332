/** What is asked of a statement's holdings as a whole: of those in columns none is made for it. */
import type { Amount } from "../core";
import { plainBook, type PlainBook } from "./plain-book";
import { ofParts } from "./plain-holdings";
import type { Statement } from "./statement";

/** How many there are. */
export const heldCount = (statement: Statement): number =>
  plainBook(statement)?.length ?? statement.positions.length;

/** Whose they are. */
export const holdersOf = (statement: Statement): ReadonlySet<string | undefined> =>
  plainBook(statement)?.accounts ?? new Set(statement.positions.map(({ account }) => account));

/** The contracts held, and what their options are on; a contract may be told more than once. */
export function* codesHeld(statement: Statement): Generator<string> {
  const book = plainBook(statement);
  for (const { contract, subject } of book?.summary.contracts.all ?? statement.positions) {
    yield contract;
    if (subject?.kind === "option") yield subject.contract.underlying;
  }
}

/** The numbers that exchanges give contracts beside their codes, as printed. */
export function* numbersHeld(
  statement: Statement,
): Generator<readonly [number: string, code: string]> {
  if (plainBook(statement)) return;
  for (const { number, contract } of statement.positions) if (number) yield [number, contract];
}

type CodeAndPrice = readonly [code: string, price: Amount | undefined];

/** What the holdings and their underlyings are priced at; the same may be told more than once. */
export function* pricesHeld(statement: Statement): Generator<CodeAndPrice> {
  const book = plainBook(statement);
  if (book) return yield* pricesInColumns(book);
  for (const { contract, settlement, subject, underlyingPrice } of statement.positions) {
    yield [contract, settlement];
    if (subject?.kind === "option") yield [subject.contract.underlying, underlyingPrice];
  }
}

/** A contract's price again only where its rows differ. */
function* pricesInColumns({ summary }: PlainBook): Generator<CodeAndPrice> {
  const { contract, contracts, rows, length } = summary;
  const told = new Float64Array(contracts.all.length);
  for (let i = 0; i < length; i++) {
    const place = contract[i] as number;
    const parts = rows.settlement[i] as number;
    if (told[place] === parts) continue;
    told[place] = parts;
    yield [contracts.all[place]?.contract ?? "", ofParts(parts)];
  }
}
