/** What Expiry follows from: the options as they expire, and what assignment tonight would ask for. */
import {
  assignedTonightInSteps,
  expiringInSteps,
  type AssignedTonight,
  type Book,
  type Expiring,
  type ExpiryBasis,
} from "../account";
import { readNumber } from "../core";
import { InBreaths } from "./breaths";
import type { Entry } from "./desk-entries";
import { AT_ONCE } from "./desk-looking";
import type { ExpiryUi } from "./views/what-if/expiry";

export interface Expiries {
  readonly timeline: Expiring | undefined;
  readonly tonight: AssignedTonight | undefined;
  /** Not yet what is asked for: what was there before, or nothing. */
  readonly busy: boolean;
}

/** The options of a book, nearest expiry first. */
export function* timelineOf(book: Book, basis: ExpiryBasis): Generator<void, Expiring> {
  return yield* expiringInSteps(book, basis);
}

/** Shorts taken for assigned on the book's day. */
export function* tonightOf(
  book: Book,
  basis: ExpiryBasis,
  all: boolean,
  netting: boolean,
  typed: ExpiryUi["lots"],
): Generator<void, AssignedTonight> {
  const lots = Object.fromEntries(
    Object.entries(typed).flatMap(([id, text]) => {
      const read = readNumber(text);
      return read ? [[id, read]] : [];
    }),
  );
  return yield* assignedTonightInSteps(book, { basis, all, netting, lots });
}

export class Assigning {
  private readonly timelines: InBreaths<[Book, ExpiryBasis], Expiring>;
  private readonly tonights: InBreaths<
    [Book, ExpiryBasis, boolean, boolean, ExpiryUi["lots"]],
    AssignedTonight
  >;
  private now: ({ entry: Entry | undefined } & Omit<Expiries, "busy">) | undefined;

  constructor(later: (over: boolean) => void) {
    this.timelines = new InBreaths(timelineOf, AT_ONCE.more, later);
    this.tonights = new InBreaths(tonightOf, AT_ONCE.more, later);
  }

  /** @param entry whose figures may stay until the new ones are there */
  expiries(
    book: Book,
    { basis, all, netting, lots }: ExpiryUi,
    entry: Entry | undefined,
  ): Expiries {
    const timeline = this.timelines.answer(book, basis);
    const tonight = this.tonights.answer(book, basis, all, netting, lots);
    const before = this.now?.entry === entry ? this.now : undefined;
    const now = {
      timeline: timeline ?? before?.timeline,
      tonight: tonight ?? before?.tonight,
    };
    this.now = { entry, ...now };
    return { ...now, busy: !timeline || !tonight };
  }

  /** Nothing is looked at any more. */
  forget(): void {
    this.now = undefined;
  }
}
