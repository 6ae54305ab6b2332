/** Texts of table cells, each decoded once however often it stands in a file. */
import { readSide, type Side } from "../core";

/** What a cell's text may mean beside itself: "nothing" in some other way, or that its row is none of the table. */
const NOTHING = /^(?:-{1,3}|—+|\/|null|n\/a)$|\s/i;
const NO_ROW = /^共\s*\d+\s*条|客户号/;

/** Bytes of one encoding as text; throws for what isn't of it. */
interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** What settlement text is written in. */
export type Encoding = "utf-8" | "gb18030";

/** Where each text but the blank one stands in the file, in the order of their numbers. */
export interface WordPlaces {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The number of a cell's text: 0 is the blank one. */
export type Word = number;

export class Words {
  readonly texts: string[] = [""];
  /** Rows with it are read the long way: 1 where the cell counts, 2 wherever it stands. */
  readonly odd: number[] = [0];
  /** Some text isn't in the file's encoding. */
  broken = false;
  private readonly starts: number[] = [0];
  private readonly ends: number[] = [0];
  private readonly hashes: number[] = [0];
  private slots = new Int32Array(1024);
  private readonly decoder: Decoder;

  constructor(
    readonly bytes: Uint8Array,
    readonly encoding: Encoding,
  ) {
    this.decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** The same words by the same numbers, read from the same bytes once more. */
  static again(bytes: Uint8Array, encoding: Encoding, { starts, ends }: WordPlaces): Words {
    const words = new Words(bytes, encoding);
    for (let i = 0; i < starts.length; i++) words.at(starts[i] as number, ends[i] as number);
    return words;
  }

  get places(): WordPlaces {
    const [starts, ends] = [this.starts, this.ends].map((all) => Int32Array.from(all.slice(1)));
    return { starts: starts as Int32Array, ends: ends as Int32Array };
  }

  /** The word that stands there. */
  at(start: number, end: number): Word {
    if (start === end) return 0;
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (this.bytes[i] as number)) | 0;
    const { slots, starts, ends, bytes } = this;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const word = slots[slot] as number;
      if (word === 0) return this.put(start, end, hash, slot);
      let known = starts[word] as number;
      if ((ends[word] as number) - known === end - start) {
        let at = start;
        while (at < end && bytes[at] === bytes[known]) {
          at++;
          known++;
        }
        if (at === end) return word;
      }
      slot = (slot + 1) & mask;
    }
  }

  private put(start: number, end: number, hash: number, slot: number): Word {
    let text = "";
    try {
      text = this.decoded(start, end);
    } catch {
      this.broken = true;
    }
    const word = this.texts.push(text) - 1;
    this.odd.push(NO_ROW.test(text) ? 2 : NOTHING.test(text) ? 1 : 0);
    this.starts.push(start);
    this.ends.push(end);
    this.hashes.push(hash);
    this.slots[slot] = word;
    if (word * 2 > this.slots.length) this.grow();
    return word;
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 4);
    const mask = slots.length - 1;
    for (let word = 1; word < this.hashes.length; word++) {
      const hash = this.hashes[word] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = word;
    }
    this.slots = slots;
  }

  private cells = new Int32Array(4096);
  private readonly cellStarts: number[] = [0];
  private readonly cellWidths: number[] = [0];
  private readonly cellWords: Word[] = [0];

  /** The word of a cell of which another one had the same bytes; -1 where none had. */
  cell(view: DataView, start: number, width: number): Word {
    if (width < 4) return -1;
    const { cells, cellStarts, cellWidths, cellWords } = this;
    const mask = cells.length - 1;
    const last = start + width - 4;
    for (let slot = hashOf(view, start, last) & mask; ; slot = (slot + 1) & mask) {
      const cell = cells[slot] as number;
      if (cell === 0) return -1;
      if (cellWidths[cell] !== width) continue;
      const known = cellStarts[cell] as number;
      let differ = view.getInt32(last) ^ view.getInt32(known + width - 4);
      for (let i = 0; i < width - 4; i += 4) {
        differ |= view.getInt32(start + i) ^ view.getInt32(known + i);
      }
      if (differ === 0) return cellWords[cell] as number;
    }
  }

  /** Remembers the word of a cell, padding and all. */
  keep(view: DataView, start: number, width: number, word: Word): void {
    if (width < 4 || this.cell(view, start, width) >= 0) return;
    const cell = this.cellStarts.push(start) - 1;
    this.cellWidths.push(width);
    this.cellWords.push(word);
    if (cell * 2 > this.cells.length) {
      this.cells = new Int32Array(this.cells.length * 4);
      for (let i = 1; i < cell; i++) this.place(view, i);
    }
    this.place(view, cell);
  }

  private place(view: DataView, cell: number): void {
    const { cells } = this;
    const mask = cells.length - 1;
    const start = this.cellStarts[cell] as number;
    let slot = hashOf(view, start, start + (this.cellWidths[cell] as number) - 4) & mask;
    while (cells[slot] !== 0) slot = (slot + 1) & mask;
    cells[slot] = cell;
  }

  /** Bytes of the file as text; throws for what isn't in its encoding. */
  decoded(start: number, end: number): string {
    return this.decoder.decode(this.bytes.subarray(start, end));
  }

  /** The text, or undefined for a blank. */
  optional(word: Word): string | undefined {
    return this.texts[word] || undefined;
  }

  private readonly sides: (Side | undefined)[] = [];

  side(word: Word): Side | undefined {
    return (this.sides[word] ??= readSide(this.texts[word]));
  }
}

/** A number for the bytes from a place to four behind another. */
function hashOf(view: DataView, start: number, last: number): number {
  let hash = view.getInt32(last);
  for (let at = start; at < last; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
