/**
 * Rows of settlement text that are plainly figures and words, in columns: of a hundred thousand rows hardly one is looked
 * at by itself. Whatever isn't plain, and all that is wrong, is read the long way.
 */
import { OPEN_DAY, SHORT_LOTS } from "./plain-layout";
import type { Scanner, Table } from "./plain-scan";
import { Taking } from "./plain-taking";
import type { Words } from "./plain-words";

/** What is held of the rows, as it passes to another thread. */
export type PlainColumns = Pick<
  PlainRows,
  | ("isShort" | "lots" | "settlement" | "margin" | "value" | "openDay")
  | ("contract" | "hedge" | "account" | "lines" | "starts")
>;

/** The plain rows of one table: holdings of one side each, in columns. */
export class PlainRows {
  length = 0;
  readonly isSummary: boolean;
  isShort: Uint8Array;
  lots: Float64Array;
  /** In ten-thousandths. */
  settlement: Float64Array;
  /** In fen. */
  margin: Float64Array;
  /** The printed market value, in ten-thousandths above zero; NaN where no column has it. */
  value: Float64Array;
  /** 20261120. */
  openDay: Int32Array;
  /** Words. */
  contract: Int32Array;
  hedge: Int32Array;
  account: Int32Array;
  /** The line's number in the file, and where it begins. */
  lines: Int32Array;
  starts: Int32Array;
  readonly hasDay: boolean;
  private readonly taking: Taking;

  constructor(
    readonly table: Table,
    private most: number,
  ) {
    this.isSummary = this.has(SHORT_LOTS);
    this.hasDay = this.has(OPEN_DAY);
    this.isShort = new Uint8Array(most);
    this.lots = new Float64Array(most);
    this.settlement = new Float64Array(most);
    this.margin = new Float64Array(most);
    this.value = new Float64Array(most);
    this.openDay = new Int32Array(this.hasDay ? most : 0);
    this.contract = new Int32Array(most);
    this.hedge = new Int32Array(most);
    this.account = new Int32Array(most);
    this.lines = new Int32Array(most);
    this.starts = new Int32Array(most);
    this.taking = new Taking(this);
  }

  /** Rows that were read in another thread. */
  static again(table: Table, columns: PlainColumns): PlainRows {
    const length = columns.lots.length;
    return Object.assign(new PlainRows(table, 0), columns, { length, most: length });
  }

  /** As long as there are rows. */
  get columns(): PlainColumns {
    const { length } = this;
    const whole = <T extends Float64Array | Int32Array | Uint8Array>(column: T): T =>
      column.length > length ? (column.slice(0, length) as T) : column;
    return {
      isShort: whole(this.isShort),
      lots: whole(this.lots),
      settlement: whole(this.settlement),
      margin: whole(this.margin),
      value: whole(this.value),
      openDay: whole(this.openDay),
      contract: whole(this.contract),
      hedge: whole(this.hedge),
      account: whole(this.account),
      lines: whole(this.lines),
      starts: whole(this.starts),
    };
  }

  has(figure: number): boolean {
    return this.table.layout.includes(figure);
  }

  get known(): Words {
    return this.table.known;
  }

  /** Rows that there still are places for. */
  get room(): number {
    return this.most - this.length;
  }

  grow(): void {
    this.most *= 2;
    const { most } = this;
    const wider = <T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.isShort = wider(this.isShort, new Uint8Array(most));
    this.lots = wider(this.lots, new Float64Array(most));
    this.settlement = wider(this.settlement, new Float64Array(most));
    this.margin = wider(this.margin, new Float64Array(most));
    this.value = wider(this.value, new Float64Array(most));
    if (this.hasDay) this.openDay = wider(this.openDay, new Int32Array(most));
    this.contract = wider(this.contract, new Int32Array(most));
    this.hedge = wider(this.hedge, new Int32Array(most));
    this.account = wider(this.account, new Int32Array(most));
    this.lines = wider(this.lines, new Int32Array(most));
    this.starts = wider(this.starts, new Int32Array(most));
  }

  /** Takes the rows that begin there, as long as they are plain; the place behind the last of them. */
  takeAll(start: number, line: number): number {
    return this.taking.takeAll(start, line);
  }

  /** A row read again, with what no column holds. */
  again(index: number): Scanner {
    return this.taking.again(this.starts[index] as number);
  }
}
