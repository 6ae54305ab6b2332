/** What is looked at, worked out without keeping the page from answering: a large book takes its time. */
import type { Book, Plan, Profile, Since, Snapshot } from "../account";
import type { Day } from "../core";
import { InBreaths } from "./breaths";
import { bookFor, closeFirst, sinceFor, snapshotBefore } from "./desk-derived";
import type { Entry } from "./desk-entries";
import type { Assigning, Expiries } from "./desk-expiries";
import type { Marketed, Marketing } from "./desk-market";
import type { Planned, Planning } from "./desk-planning";
import type { Reconciled, Reconciling, ReconcileWish } from "./desk-reconciled";
import type { Typed } from "./desk-state";
import type { ActionsCode, ExpiryCode, MarketCode, ReconcileCode } from "./rooms";
import type { ExpiryUi } from "./views/what-if/expiry";
import type { MarketUi } from "./views/what-if/market";
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

/** Steps done at once: a few hundred rows of a book; of what follows from it, less. */
export const AT_ONCE = { book: 8, more: 4 } as const;

/** Breaths between two counts of rows on the page. */
const BREATHS_SHOWN = 8;

export class Looking {
  private readonly books: InBreaths<[Entry, Typed, Profile, Day], Book>;
  private readonly sinces: InBreaths<[Book, Snapshot | undefined], Since | undefined>;
  private readonly closings: InBreaths<[Book], Plan | undefined>;
  private shown: Pick<Looked, "entry" | "typed" | "book"> | undefined;
  /** Each from the moment the code of its room is here. */
  private planning: Planning | undefined;
  private assigning: Assigning | undefined;
  private marketing: Marketing | undefined;
  private reconciling: Reconciling | undefined;
  private readonly later: (over: boolean) => void;
  private readonly follow: () => void;
  private breaths = 0;

  /** @param follow is told when more is known: `arrived` with the book, not with its count of rows. */
  constructor(follow: (arrived: boolean) => void) {
    this.later = (over) => {
      if (over) follow(false);
    };
    this.follow = () => follow(false);
    const { later } = this;
    this.books = new InBreaths(bookFor, AT_ONCE.book, (over) => {
      this.breaths += 1;
      if (over || this.breaths % BREATHS_SHOWN === 0) follow(over);
    });
    this.sinces = new InBreaths(sinceFor, AT_ONCE.more, later);
    this.closings = new InBreaths(closeFirst, AT_ONCE.more, later);
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

  planned({ Planning }: ActionsCode, book: Book, whatIf: WhatIfUi): Planned {
    this.planning ??= new Planning(this.closings, this.later);
    return this.planning.planned(book, whatIf);
  }

  marketed(
    { Marketing }: MarketCode,
    book: Book,
    ui: MarketUi,
  ): { readonly marketed: Marketed; readonly width: number } {
    this.marketing ??= new Marketing(this.later);
    const marketed = this.marketing.of(book, ui);
    return { marketed, width: this.marketing.width.picture };
  }

  expiries({ Assigning }: ExpiryCode, book: Book, ui: ExpiryUi): Expiries {
    this.assigning ??= new Assigning(this.later);
    return this.assigning.expiries(book, ui, this.shown?.entry);
  }

  reconciled({ Reconciling }: ReconcileCode, wish: ReconcileWish): Reconciled {
    this.reconciling ??= new Reconciling(this.follow);
    return this.reconciling.reconciled(...wish);
  }

  /** Gives up the reconciliation under way, or begins it again. */
  cancelReconciling(): void {
    this.reconciling?.cancel();
  }

  reconcileAgain(): void {
    this.reconciling?.again();
  }

  /** Gives up the book under way. */
  stop(): void {
    this.books.stop();
  }

  /** Nothing is looked at any more. */
  forget(): void {
    this.books.forget();
    this.sinces.forget();
    this.closings.forget();
    this.shown = undefined;
    this.assigning?.forget();
    this.reconciling?.forget();
  }
}
