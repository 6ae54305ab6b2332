/** Rows of a reconciliation in columns, each made when somebody looks at it. */
import type { PlainBook } from "../statements";
import type { Matching, ReconciledRow } from "./reconcile";

export class RowsOnDemand {
  private readonly made: Map<number, ReconciledRow>;
  private readonly judged: ReadonlySet<number>;
  private firsts: Float64Array | undefined;

  constructor(
    private readonly book: PlainBook,
    /** Those that were judged already, by their place; all others match. */
    judged: ReadonlyMap<number, ReconciledRow>,
    private readonly make: (place: number) => ReconciledRow,
  ) {
    this.judged = new Set(judged.keys());
    this.made = new Map(judged);
  }

  private at(place: number): ReconciledRow {
    const known = this.made.get(place);
    if (known) return known;
    const row = this.make(place);
    this.made.set(place, row);
    return row;
  }

  all(): readonly ReconciledRow[] {
    return Array.from({ length: this.book.length }, (_, place) => this.at(place));
  }

  /** The same in turn; what is made for it isn't kept. */
  *inTurn(): Generator<ReconciledRow> {
    const { made, make, book } = this;
    for (let place = 0; place < book.length; place++) yield made.get(place) ?? make(place);
  }

  /** Rows of which the same is said but for their figures: the first of them, by row. */
  private alike(): Float64Array {
    if (this.firsts) return this.firsts;
    const { contract, rows, length } = this.book.summary;
    const words = rows.known.texts.length;
    const first = new Map<number, number>();
    this.firsts = Float64Array.from({ length }, (_, i) => {
      const side = (contract[i] as number) * 2 + (rows.isShort[i] as number);
      const key = (side * words + (rows.hedge[i] as number)) * words + (rows.account[i] as number);
      const known = first.get(key);
      if (known === undefined) first.set(key, i);
      return known ?? i;
    });
    return this.firsts;
  }

  /** Of rows that match and are alike, one is asked for all. */
  matching(most: number, says: (row: ReconciledRow) => boolean): Matching {
    const { judged } = this;
    const alike = this.alike();
    const answers = new Map<number, boolean>();
    const rows: ReconciledRow[] = [];
    let count = 0;
    for (let place = 0; place < alike.length; place++) {
      let answer: boolean | undefined;
      if (judged.has(place)) {
        const row = this.at(place);
        answer = row.verdict === "matching" && says(row);
      } else {
        const first = alike[place] as number;
        answer = answers.get(first);
        if (answer === undefined) answers.set(first, (answer = says(this.at(place))));
      }
      if (!answer) continue;
      count++;
      if (rows.length < most) rows.push(this.at(place));
    }
    return { rows, count };
  }

  /** Of rows that are alike the first. */
  perContract(): readonly ReconciledRow[] {
    return [...new Set(this.alike())].map((place) => this.at(place));
  }
}
