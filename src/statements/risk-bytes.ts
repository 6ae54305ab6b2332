/** A parameter file's bytes, as they come, into the texts of the files it holds: itself, or those of a zip. */
import { Unzip, UnzipInflate } from "fflate";

/** A file in pieces; reading the next one may wait. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface TextPiece {
  /** Which of a zip's files it is of. */
  readonly name: string;
  readonly text: string;
}

/** A zip that can't be unpacked, or would unpack to too much. */
export class PiecesError extends Error {
  constructor(readonly reason: "unreadableZip" | "tooLarge") {
    super(reason);
    this.name = "PiecesError";
  }
}

/** What a file may unpack to: the largest houses publish some 400 MB. */
export const MOST_UNPACKED = 800_000_000;

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/** Pieces of this length: what one unpacks to is read before the page is asked whether to go on. */
const PACKED_AT_ONCE = 32_768;

export async function* textsOf(pieces: Pieces, file: string): AsyncGenerator<TextPiece> {
  let zip: Zip | undefined;
  let begun = false;
  // Codes and figures are plain letters and digits; names in any other encoding are never shown.
  const decoder = new TextDecoder("utf-8");
  for await (const piece of pieces) {
    if (piece.length === 0) continue;
    if (!begun && isZip(piece)) zip = new Zip();
    begun = true;
    if (!zip) {
      yield { name: file, text: decoder.decode(piece, { stream: true }) };
      continue;
    }
    for (let at = 0; at < piece.length; at += PACKED_AT_ONCE) {
      yield* zip.push(piece.subarray(at, at + PACKED_AT_ONCE), false);
    }
  }
  if (zip) yield* zip.push(new Uint8Array(0), true);
  else yield { name: file, text: decoder.decode() };
}

class Zip {
  private readonly unzip = new Unzip();
  private readonly names = new Set<string>();
  private waiting: TextPiece[] = [];
  private unpacked = 0;
  private open = 0;
  private failed = false;

  constructor() {
    this.unzip.register(UnzipInflate);
    this.unzip.onfile = (entry) => {
      if (entry.name.endsWith("/")) return;
      const decoder = new TextDecoder("utf-8");
      this.names.add(entry.name);
      this.open += 1;
      entry.ondata = (error, bytes, last) => {
        if (error) {
          this.failed = true;
          return;
        }
        this.unpacked += bytes.length;
        if (last) this.open -= 1;
        this.waiting.push({ name: entry.name, text: decoder.decode(bytes, { stream: !last }) });
      };
      entry.start();
    };
  }

  *push(bytes: Uint8Array, last: boolean): Generator<TextPiece> {
    try {
      this.unzip.push(bytes, last);
    } catch {
      this.failed = true;
    }
    const { waiting } = this;
    this.waiting = [];
    yield* waiting;
    if (this.unpacked > MOST_UNPACKED) throw new PiecesError("tooLarge");
    if (this.failed || (last && (this.open > 0 || this.names.size === 0))) {
      throw new PiecesError("unreadableZip");
    }
  }
}
