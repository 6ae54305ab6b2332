/** What comes of one reading: lists in parts, then the rest of the statement, and what stands in columns. */
import type { BookParcel, RiskFile, Statement } from "../statements";
import { inBreaths } from "./breaths";
import { unpacked } from "./parcel";
import type { Read } from "./reading-input";
import { LISTS, type Answer } from "./reading-message";
import { rooms } from "./rooms";

type Of<Kind> = Extract<Answer, { kind: Kind }>;

export class Arriving {
  private readonly lists: Readonly<Record<string, unknown[]>> = Object.fromEntries(
    [...LISTS, "series"].map((list) => [list, []]),
  );

  take({ list, items }: Of<"part">): void {
    for (const item of items) this.lists[list]?.push(unpacked(item));
  }

  /** Rejects where the code for columns can't be loaded. */
  async whole({ statement: bare, book, head, parameters }: Of<"done">): Promise<Read> {
    const { series = [], ...lists } = this.lists;
    const statement = { ...(unpacked(bare) as Statement), ...lists };
    return {
      statement: book ? await inBook(statement, book) : statement,
      head: head as Read["head"],
      parameters: withSeries(unpacked(parameters), series),
    };
  }
}

async function inBook(statement: Statement, parcel: BookParcel): Promise<Statement> {
  const { inColumns, unpackedBook } = await rooms.columns.arrive();
  return inColumns(statement, await inBreaths(unpackedBook(parcel)));
}

/** A parameter file as it was read, its contracts in their place. */
function withSeries(file: unknown, series: readonly unknown[]): RiskFile | undefined {
  const read = file as RiskFile | undefined;
  return read?.parameters
    ? ({ ...read, parameters: { ...read.parameters, series } } as RiskFile)
    : read;
}
