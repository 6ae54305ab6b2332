/** Neighbouring cells of words, bars and padding included: the words of those met before are found by their bytes. */
import { WORDS } from "./plain-layout";

export class PlainRuns {
  private slots = new Int32Array(1024);
  private starts = new Int32Array(512);
  private known = new Int32Array(512 * WORDS);
  private count = 0;

  /** Words by kind, of cells that count. */
  readonly kinds: readonly number[];

  constructor(
    private readonly view: DataView,
    /** Where they stand in a row, and how many bytes they take: four at least. */
    private readonly at: number,
    readonly width: number,
    kinds: readonly number[],
  ) {
    this.kinds = kinds.filter((kind) => kind < WORDS);
  }

  /** Writes the words that a row has there; false where they were never met. */
  read(row: number, words: Int32Array): boolean {
    const from = this.find(row);
    if (from < 0) return false;
    const { kinds, known } = this;
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[i] as number;
      words[kind] = known[from + kind] as number;
    }
    return true;
  }

  /** Where the words stand that the row has there; below zero where they were never met. */
  find(row: number): number {
    const { view, slots, starts, width } = this;
    const start = row + this.at;
    const last = start + width - 4;
    const mask = slots.length - 1;
    for (let slot = this.hash(start, last) & mask; ; slot = (slot + 1) & mask) {
      const found = (slots[slot] as number) - 1;
      if (found < 0) return -1;
      const known = starts[found] as number;
      let differ = view.getInt32(last, true) ^ view.getInt32(known + width - 4, true);
      for (let i = 0; i < width - 4; i += 4) {
        differ |= view.getInt32(start + i, true) ^ view.getInt32(known + i, true);
      }
      if (differ === 0) return found * WORDS;
    }
  }

  /** By the last sixteen bytes, which hold a contract's code where there is one. */
  private hash(start: number, last: number): number {
    const { view } = this;
    let hash = view.getInt32(last, true);
    const first = Math.max(start, last - 12);
    for (let at = first; at < last; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  /** Remembers a row's words. */
  keep(row: number, words: Int32Array): void {
    if (this.find(row) >= 0) return;
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = row + this.at;
    this.known.set(words, this.count * WORDS);
    this.place(this.count++);
  }

  private place(found: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    const start = this.starts[found] as number;
    let slot = this.hash(start, start + this.width - 4) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = found + 1;
  }

  private grow(): void {
    const wider = (from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(from.length * 4);
      to.set(from);
      return to;
    };
    this.starts = wider(this.starts);
    this.known = wider(this.known);
    this.slots = new Int32Array(this.slots.length * 4);
    for (let i = 0; i < this.count; i++) this.place(i);
  }
}

/** Whether a row has words met before in all of them; writes these. */
export function isKnown(runs: readonly PlainRuns[], row: number, words: Int32Array): boolean {
  for (let i = 0; i < runs.length; i++) {
    if (!(runs[i] as PlainRuns).read(row, words)) return false;
  }
  return true;
}
