/** Reconcile: every statement of the account in front against the rules, day by day; only what has changed is done anew. */
import {
  reconciliationInSteps,
  type Book,
  type Profile,
  type Reconciliation,
  type Snapshot,
} from "../account";
import { partOf, type Day } from "../core";
import { heldCount } from "../statements";
import { InBreaths, same } from "./breaths";
import { amountsOf, snapshotBefore, termsOf, withRates } from "./desk-derived";
import type { Entry } from "./desk-entries";
import { AT_ONCE } from "./desk-looking";
import { NOTHING_TYPED, type DeskState } from "./desk-state";
import {
  dayBefore,
  figuresTold,
  papersOf,
  pricesKept,
  pricesOfRows,
  pricesTold,
  WishesTold,
  type Prices,
} from "./reconcile-inputs";

/** One statement of the account, reconciled. */
export interface ReconciledDay {
  readonly entry: Entry;
  readonly found: Reconciliation;
}

export interface Reconciled {
  /** Of the entry in front; undefined until it is there. While busy or cancelled, what was found before. */
  readonly found: Reconciliation | undefined;
  /** The account's statements, the oldest first. */
  readonly days: readonly ReconciledDay[];
  /** What is shown is not yet what is wished for. */
  readonly busy: boolean;
  /** How far it is, once it has taken long enough to be noticed. */
  readonly progress: Progress | undefined;
  /** It was given up, and waits to be begun again. */
  readonly cancelled: boolean;
}

/** Rows of the account's statements, and those of them that are done. */
export interface Progress {
  readonly rows: number;
  readonly all: number;
}

/** Breaths after which long work is noticed, and between two counts of rows on the page. */
const BREATHS_SHOWN = 8;

/** Everything the reconciliations follow from. */
export type ReconcileWish = readonly [
  entries: readonly Entry[],
  entry: Entry,
  book: Book,
  typed: DeskState["typed"],
  profile: Profile,
  snapshots: readonly Snapshot[],
  today: Day,
];

const rowsOf = (papers: readonly Entry[]): number =>
  papers.reduce((sum, { statement }) => sum + heldCount(statement), 0);

interface Done {
  readonly given: readonly unknown[];
  readonly found: Reconciliation;
}

export class Reconciling {
  private readonly days: InBreaths<ReconcileWish, readonly ReconciledDay[]>;
  private done = new Map<string, Done>();
  private now: readonly ReconciledDay[] = [];
  private wish: ReconcileWish | undefined;
  /** Wishes that were given up, by what counts of them. */
  private readonly cancelled = new Set<string>();
  private readonly told = new WishesTold();

  /** @param later is told when it is over, and now and then before. */
  constructor(later: (over: boolean) => void) {
    this.days = new InBreaths(
      (...wish) => this.work(...wish),
      AT_ONCE.more,
      (over) => {
        if (over || this.days.breaths % BREATHS_SHOWN === 0) later(over);
      },
    );
  }

  /** While a wish is worked out, and where it was given up, what was found before of the same account. */
  reconciled(...wish: ReconcileWish): Reconciled {
    this.wish = wish;
    const cancelled = this.cancelled.size > 0 && this.cancelled.has(this.told.text(wish));
    if (cancelled) this.days.stop();
    const answer = cancelled ? undefined : this.days.answer(...wish);
    if (answer) this.now = answer;
    const busy = !answer && !cancelled;
    const [entries, front] = wish;
    const here = new Set(entries.map(({ key }) => key));
    const days = this.now.filter(({ entry }) => here.has(entry.key));
    const found = days.find(({ entry }) => entry.key === front.key)?.found;
    return {
      found,
      days: found ? days : [],
      busy,
      progress: busy ? this.progressOf(wish) : undefined,
      cancelled,
    };
  }

  private progressOf([entries, front]: ReconcileWish): Progress | undefined {
    if (this.days.breaths < BREATHS_SHOWN) return undefined;
    return { rows: this.days.rows, all: rowsOf(papersOf(entries, front)) };
  }

  /** Gives up what is under way: the same isn't begun again unasked, however it comes to be wished for. */
  cancel(): void {
    if (!this.days.busy || !this.wish) return;
    this.cancelled.add(this.told.text(this.wish));
    this.days.stop();
  }

  /** Begins what was given up again. */
  again(): void {
    if (this.wish) this.cancelled.delete(this.told.text(this.wish));
  }

  /** Nothing is looked at any more. */
  forget(): void {
    this.days.forget();
    this.done.clear();
    this.now = [];
    this.wish = undefined;
    this.told.forget();
    this.cancelled.clear();
  }

  private *work(...wish: ReconcileWish): Generator<number, readonly ReconciledDay[]> {
    const [entries, front, book, allTyped, profile, snapshots, today] = wish;
    let rows = 0;
    const kept = snapshotBefore(book, snapshots);
    const days: ReconciledDay[] = [];
    const done = new Map<string, Done>();
    for (const entry of papersOf(entries, front)) {
      const typed = allTyped[entry.key] ?? NOTHING_TYPED;
      const previousPrices = this.before(
        entry,
        days,
        entry.key === front.key ? kept : undefined,
        book,
      );
      Object.assign(previousPrices, amountsOf(typed.previous));
      const { statement, account, key } = entry;
      const { prices, rates, terms } = typed;
      const given = [
        statement,
        account,
        figuresTold(typed, profile),
        pricesTold(previousPrices),
        today,
      ];
      const known = this.done.get(key) ?? done.get(key);
      const found =
        known && same(given, known.given)
          ? known.found
          : yield* partOf(
              reconciliationInSteps({
                statement,
                account,
                prices: amountsOf(prices),
                previousPrices,
                terms: termsOf(terms),
                profile: withRates(profile, rates),
                today,
              }),
              (share) => rows + Math.floor(share * rowsOf([entry])),
            );
      rows += rowsOf([entry]);
      done.set(key, { given, found });
      // A day that is done stays done where the work is given up for a newer wish.
      this.done.set(key, { given, found });
      days.push({ entry, found });
    }
    this.done = done;
    return days;
  }

  /** Prices of the trading day before: of its statement, else of what was kept of it; of no other day. */
  private before(
    entry: Entry,
    days: readonly ReconciledDay[],
    kept: Snapshot | undefined,
    book: Book,
  ): Prices {
    const before = dayBefore(entry);
    if (before === undefined) return {};
    const papers = days.filter(({ entry }) => entry.day === before);
    if (papers.length > 0) return pricesOfRows(papers.map(({ found }) => found));
    return kept?.day === before ? pricesKept(kept, book) : {};
  }
}
