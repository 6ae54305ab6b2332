/** What is given to be read, and reading it: the same in the worker and in the page. */
import {
  cellsOfText,
  decode,
  isRiskFile,
  noStatement,
  ofSheets,
  openSource,
  openText,
  readCells,
  readPasted,
  readStatement,
  type ReadOptions,
  type RiskFile,
  type Source,
  type Statement,
} from "../statements";

export type Input =
  | { readonly kind: "file"; readonly name: string; readonly file: Blob }
  | { readonly kind: "text"; readonly name: string; readonly text: string }
  | {
      readonly kind: "cells";
      readonly name: string;
      readonly cells: readonly (readonly unknown[])[];
      /** Where they stand in the workbook: "Sheet1!A1:F20". */
      readonly address: string;
      /** What was selected there: one cell stands for the table around it. */
      readonly chosen: string;
    };

/** A statement, and the first rows of a table whose columns may have to be named by hand. */
export interface Read {
  readonly statement: Statement;
  readonly head: readonly (readonly string[])[];
  /** What a clearing house's parameter file holds; its statement is empty then. */
  readonly parameters?: RiskFile | undefined;
}

/** Rows and columns of a table shown for naming its columns. */
const HEAD_ROWS = 60;
const HEAD_COLUMNS = 60;

async function sourceOf(input: Input): Promise<Source> {
  if (input.kind === "file") {
    return openSource(new Uint8Array(await input.file.arrayBuffer()), input.name);
  }
  if (input.kind === "text") {
    return openText(decode(new TextEncoder().encode(input.text)), input.name);
  }
  return ofSheets(input.name, [{ name: undefined, rows: cellsOfText(input.cells) }]);
}

async function headOf(input: Input, { table }: Statement): Promise<Read["head"]> {
  const { sheets } = await sourceOf(input);
  const sheet = sheets.find(({ name }) => table && name === table.sheet) ?? sheets[0];
  return (sheet?.rows ?? []).slice(0, HEAD_ROWS).map((cells) => cells.slice(0, HEAD_COLUMNS));
}

async function statementOf(input: Input, options: ReadOptions): Promise<Statement> {
  if (input.kind === "cells") return readCells(input.cells, input.name, options);
  if (input.kind === "text") return readPasted(input.text, input.name, options);
  return readStatement(new Uint8Array(await input.file.arrayBuffer()), input.name, options);
}

/** Bytes of a file read at once; the next come when these are done with. */
const PIECE = 262_144;

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += PIECE) {
    yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
  }
}

/** A clearing house's parameter file, however long, in pieces; undefined for any other input. */
async function parametersOf(input: Input, options: InputOptions): Promise<Read | undefined> {
  if (input.kind !== "file") return undefined;
  const head = new Uint8Array(await input.file.slice(0, 4096).arrayBuffer());
  if (!isRiskFile(head)) return undefined;
  const { readRiskFile } = await import(/* webpackChunkName: "risk" */ "../statements/risk-file");
  const parameters = await readRiskFile(piecesOf(input.file), input.name, options);
  return { statement: noStatement(input.name), head: [], parameters };
}

/** What a reading may be given; `products` are those wanted of a parameter file. */
export type InputOptions = ReadOptions & { readonly products?: readonly string[] | undefined };

export async function read(input: Input, options: InputOptions): Promise<Read> {
  const parameters = await parametersOf(input, options);
  if (parameters) return parameters;
  const statement = await statementOf(input, options);
  const isTable = statement.table !== undefined && statement.choices.length === 0;
  return { statement, head: isTable ? await headOf(input, statement) : [] };
}
