/** What is looked at, worked out without keeping the page from answering: a large book takes its time. */
import type {
  AssignedTonight,
  Book,
  Expiring,
  ExpiryBasis,
  Plan,
  Profile,
  Since,
  Snapshot,
  Strip,
} from "../account";
import type { Bilingual, Day } from "../core";
import { InBreaths } from "./breaths";
import {
  bookFor,
  closeFirst,
  combiningOf,
  planOf,
  sinceFor,
  snapshotBefore,
  stripFor,
  timelineOf,
  tonightOf,
  type Pairing,
} from "./desk-derived";
import type { Entry } from "./desk-entries";
import type { Typed } from "./desk-state";
import type { ExpiryUi } from "./views/what-if/expiry";
import type { WhatIfUi } from "./views/what-if/room";

/** What is worked out for the entry that is looked at. */
export interface Looked {
  readonly entry: Entry;
  readonly typed: Typed;
  readonly book: Book;
  readonly since: Since | undefined;
  readonly closeFirst: Plan | undefined;
}

/** Everything a book follows from. */
export interface Wish {
  readonly entry: Entry;
  readonly typed: Typed;
  readonly profile: Profile;
  readonly today: Day;
}

export interface Planned {
  readonly plan: Plan | { readonly refused: Bilingual } | undefined;
  /** Only where combinations are asked for. */
  readonly combining: Pairing | undefined;
  readonly strip: Strip;
  /** The plan or the pairing is still being searched for. */
  readonly busy: boolean;
}

export interface Expiries {
  readonly timeline: Expiring | undefined;
  readonly tonight: AssignedTonight | undefined;
  /** Not yet what is asked for: what was there before, or nothing. */
  readonly busy: boolean;
}

/** Steps done at once: a few hundred rows of a book; of what follows from it, less. */
const AT_ONCE = { book: 8, more: 4 } as const;

/** Breaths between two counts of rows on the page. */
const BREATHS_SHOWN = 8;

export class Looking {
  private readonly books: InBreaths<[Entry, Typed, Profile, Day], Book>;
  private readonly sinces: InBreaths<[Book, Snapshot | undefined], Since | undefined>;
  private readonly closings: InBreaths<[Book], Plan | undefined>;
  private readonly plans: InBreaths<[Book, WhatIfUi["order"], string], Planned["plan"]>;
  private readonly pairings: InBreaths<[Book], Pairing>;
  private readonly timelines: InBreaths<[Book, ExpiryBasis], Expiring>;
  private readonly tonights: InBreaths<
    [Book, ExpiryBasis, boolean, boolean, ExpiryUi["lots"]],
    AssignedTonight
  >;
  private shown: Pick<Looked, "entry" | "typed" | "book"> | undefined;
  private stripNow:
    | {
        book: Book;
        whatIf: WhatIfUi;
        plan: Planned["plan"];
        combining: Pairing | undefined;
        strip: Strip;
      }
    | undefined;
  private expiriesNow: ({ entry: Entry | undefined } & Omit<Expiries, "busy">) | undefined;
  private breaths = 0;

  /** @param follow is told when more is known: `arrived` with the book, not with its count of rows. */
  constructor(follow: (arrived: boolean) => void) {
    const later = (over: boolean): void => {
      if (over) follow(false);
    };
    this.books = new InBreaths(bookFor, AT_ONCE.book, (over) => {
      this.breaths += 1;
      if (over || this.breaths % BREATHS_SHOWN === 0) follow(over);
    });
    this.sinces = new InBreaths(sinceFor, AT_ONCE.more, later);
    this.closings = new InBreaths(closeFirst, AT_ONCE.more, later);
    this.plans = new InBreaths(planOf, AT_ONCE.more, later);
    this.pairings = new InBreaths(combiningOf, AT_ONCE.more, later);
    this.timelines = new InBreaths(timelineOf, AT_ONCE.more, later);
    this.tonights = new InBreaths(tonightOf, AT_ONCE.more, later);
  }

  /** What was worked out last, which stays until the wish is. */
  at({ entry, typed, profile, today }: Wish, snapshots: readonly Snapshot[]): Looked | undefined {
    const book = this.books.answer(entry, typed, profile, today);
    if (book && this.shown?.book !== book) this.shown = { entry, typed, book };
    const { shown } = this;
    if (!shown) return undefined;
    const {
      book: there,
      entry: { sample },
    } = shown;
    const before = sample ? undefined : snapshotBefore(there, snapshots);
    return {
      ...shown,
      since: this.sinces.answer(there, before),
      closeFirst: this.closings.answer(there),
    };
  }

  /** Whether what is shown is not yet what is wished for. */
  get busy(): boolean {
    return this.books.busy;
  }

  get rows(): number {
    return this.books.rows;
  }

  planned(book: Book, whatIf: WhatIfUi): Planned {
    const { order, slippage } = whatIf;
    if (order === "combine") {
      const combining = this.pairings.answer(book);
      const strip = this.strip(book, whatIf, undefined, combining);
      return { plan: undefined, combining, strip, busy: !combining };
    }
    const isFirst = order === "fewest" && slippage.trim() === "";
    const first = isFirst ? this.closings.answer(book) : undefined;
    const searching = isFirst && this.closings.busy;
    const plan = first ?? (searching ? undefined : this.plans.answer(book, order, slippage));
    return {
      plan,
      combining: undefined,
      strip: this.strip(book, whatIf, plan, undefined),
      busy: searching || (!plan && this.plans.busy),
    };
  }

  expiries(book: Book, { basis, all, netting, lots }: ExpiryUi): Expiries {
    const timeline = this.timelines.answer(book, basis);
    const tonight = this.tonights.answer(book, basis, all, netting, lots);
    const entry = this.shown?.entry;
    const before = this.expiriesNow?.entry === entry ? this.expiriesNow : undefined;
    const now = {
      timeline: timeline ?? before?.timeline,
      tonight: tonight ?? before?.tonight,
    };
    this.expiriesNow = { entry, ...now };
    return { ...now, busy: !timeline || !tonight };
  }

  private strip(
    book: Book,
    whatIf: WhatIfUi,
    plan: Planned["plan"],
    combining: Pairing | undefined,
  ): Strip {
    const { stripNow: now } = this;
    const same =
      now?.book === book &&
      now.whatIf === whatIf &&
      now.plan === plan &&
      now.combining === combining;
    if (same) return now.strip;
    const strip = stripFor(book, whatIf, plan, combining);
    this.stripNow = { book, whatIf, plan, combining, strip };
    return strip;
  }

  /** Gives up the book under way. */
  stop(): void {
    this.books.stop();
  }

  /** Nothing is looked at any more. */
  forget(): void {
    this.stop();
    this.shown = undefined;
    this.expiriesNow = undefined;
  }
}
