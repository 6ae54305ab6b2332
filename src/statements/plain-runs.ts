/** Neighbouring cells of words, bars and padding included: the words of those met before are found by their bytes. */
import { WORDS } from "./plain-layout";

/** Those there is room for at first: a file may have thousands of tables of a row each. */
const ENTRIES = 32;
/** Slots for each of them. */
const SPREAD = 4;
const FOUR = 4;

export class PlainRuns {
  private slots = new Int32Array(SPREAD * ENTRIES);
  private hashes = new Int32Array(ENTRIES);
  private known = new Int32Array(ENTRIES * WORDS);
  /** The bytes of those met, four at a time, the last four once more where their number isn't even. */
  private readonly fours: number;
  private texts: Int32Array<ArrayBuffer>;
  private count = 0;
  /** The one found last; below zero before the first. */
  private met = -1;

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
    this.fours = Math.ceil(width / FOUR);
    this.texts = new Int32Array(ENTRIES * this.fours);
  }

  /**
   * Of rows one behind the other, so many bytes each, the words by kind, each kind's in a column of its own; of how many
   * rows, up to the first with words that were never met.
   */
  read(start: number, width: number, rows: number, words: readonly Int32Array[]): number {
    const { kinds, known } = this;
    for (let i = 0, row = start; i < rows; i++, row += width) {
      const from = this.find(row);
      if (from < 0) return i;
      for (let j = 0; j < kinds.length; j++) {
        const kind = kinds[j] as number;
        (words[kind] as Int32Array)[i] = known[from + kind] as number;
      }
    }
    return rows;
  }

  /** Where the words stand that the row has there; below zero where they were never met. */
  find(row: number): number {
    const { slots, width, met } = this;
    const start = row + this.at;
    const last = start + width - FOUR;
    // Often it is the row above once more.
    if (met >= 0 && this.isThere(met, start, last)) return met * WORDS;
    const mask = slots.length - 1;
    for (let slot = this.hash(start, last) & mask; ; slot = (slot + 1) & mask) {
      const found = (slots[slot] as number) - 1;
      if (found < 0) return -1;
      if (!this.isThere(found, start, last)) continue;
      this.met = found;
      return found * WORDS;
    }
  }

  private isThere(entry: number, start: number, last: number): boolean {
    const { view, texts, fours } = this;
    let text = entry * fours;
    if (view.getInt32(last, true) !== texts[text + fours - 1]) return false;
    let differ = 0;
    for (let at = start; at < last; at += FOUR) {
      differ |= view.getInt32(at, true) ^ (texts[text++] as number);
    }
    return differ === 0;
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
    if (this.count === this.hashes.length) this.grow();
    const { view, texts, width, fours, count } = this;
    const start = row + this.at;
    const last = start + width - FOUR;
    for (let i = 0; i < fours - 1; i++) {
      texts[count * fours + i] = view.getInt32(start + i * FOUR, true);
    }
    texts[count * fours + fours - 1] = view.getInt32(last, true);
    this.known.set(words, count * WORDS);
    this.hashes[count] = this.hash(start, last);
    this.place(this.count++);
  }

  private place(entry: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = (this.hashes[entry] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = entry + 1;
  }

  private grow(): void {
    const wider = (from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(from.length * 4);
      to.set(from);
      return to;
    };
    this.known = wider(this.known);
    this.hashes = wider(this.hashes);
    this.texts = wider(this.texts);
    this.slots = new Int32Array(SPREAD * this.hashes.length);
    for (let i = 0; i < this.count; i++) this.place(i);
  }
}
