import type { Draft } from "./draft";
import type { Source } from "./source";
import type { FormatId } from "./statement";

/** What a statement format must provide. */
export interface Format {
  readonly id: FormatId;
  /** Is this yours? Asked of every file; cheap, and never throws. */
  claims(source: Source): boolean;
  /** Reads it, pausing after each row so that long files can show progress and be stopped. */
  read(source: Source, draft: Draft): Generator<void>;
}
