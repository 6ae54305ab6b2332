/** The door to parameter files of clearing houses: bytes as they come → parameters. Nothing here throws for what a file holds. */
import { MOST_UNPACKED, PiecesError, textsOf, type Pieces } from "./risk-bytes";
import { RiskDraft, type RiskFile } from "./risk-draft";
import { HEAD, kindOfText } from "./risk-head";
import { RpfReader } from "./risk-rpf";
import { SpnReader } from "./risk-spn";

export type { RiskFile } from "./risk-draft";

export interface RiskReadOptions {
  /** The products wanted, by code: "HSI", "MHI". All of the file where left out. */
  readonly products?: readonly string[] | undefined;
  /** Aborting it rejects the promise with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the contracts read so far. */
  readonly onProgress?: ((contracts: number) => void) | undefined;
}

/** Letters read at once: then the page may answer, and a user cancel. */
const BREATH = 131_072;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

interface Reader {
  write(text: string): void;
  finish(): void;
}

/**
 * Reads one file, zipped or not, in pieces.
 *
 * Only the products asked for are kept, so that a file of any length takes little room. What can't be read becomes a
 * problem with its row; the parameters are then marked incomplete. Only cancelling rejects.
 */
export async function readRiskFile(
  pieces: Pieces,
  fileName: string,
  { products, signal, onProgress }: RiskReadOptions = {},
): Promise<RiskFile> {
  const draft = new RiskDraft(fileName, products && new Set(products));
  let head = "";
  let reader: Reader | undefined;
  let format: "xml" | "columns" | undefined;
  let chosen: string | undefined;
  const others = new Set<string>();
  let since = 0;
  const begin = (): void => {
    format = kindOfText(head);
    reader = format === "xml" ? new SpnReader(draft) : format && new RpfReader(draft);
    reader?.write(head);
  };
  const take = async (name: string, text: string): Promise<void> => {
    if (chosen !== undefined && chosen !== name) {
      // The first file of a zip may be a note: it is left for the next.
      if (reader) {
        others.add(name);
        return;
      }
      head = "";
    }
    chosen = name;
    for (let at = 0; at < text.length; at += BREATH) {
      const part = text.slice(at, at + BREATH);
      if (reader) reader.write(part);
      else {
        head += part;
        if (head.length >= HEAD) begin();
      }
      since += part.length;
      if (since < BREATH) continue;
      since = 0;
      onProgress?.(draft.series.length);
      await pause();
      signal?.throwIfAborted();
    }
  };
  signal?.throwIfAborted();
  try {
    for await (const { name, text } of textsOf(pieces, fileName)) await take(name, text);
  } catch (error) {
    if (!(error instanceof PiecesError)) throw error;
    if (error.reason === "tooLarge") {
      const limit = MOST_UNPACKED / 1_000_000;
      draft.note("tooLarge", {}, { size: `>${limit}`, limit });
    } else draft.note("unreadableZip", {}, {});
  }
  if (!reader) begin();
  reader?.finish();
  for (const raw of others) draft.note("moreThanOneFile", {}, { raw });
  if (!format) {
    if (draft.problems.length === 0) draft.note("notParameters", {}, {});
    return { file: fileName, format, parameters: undefined, problems: draft.problems };
  }
  return draft.finish(format);
}
