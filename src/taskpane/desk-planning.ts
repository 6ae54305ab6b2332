/** What the actions of What if follow from: a plan, a pairing or own trades, and where they lead. */
import {
  combiningInSteps,
  stripOf,
  stripOfCombining,
  type Book,
  type Combining,
  type Plan,
  type Strip,
} from "../account";
import { Pace, type Bilingual } from "../core";
import { InBreaths } from "./breaths";
import { planOf } from "./desk-derived";
import { AT_ONCE } from "./desk-looking";
import { countedTrades } from "./own-trade";
import type { WhatIfUi } from "./views/what-if/room";

/** A pairing, or why there is none. */
export type Pairing = Combining | { readonly refused: Bilingual };

export interface Planned {
  readonly plan: Plan | { readonly refused: Bilingual } | undefined;
  /** Only where combinations are asked for. */
  readonly combining: Pairing | undefined;
  readonly strip: Strip;
  /** The plan or the pairing is still being searched for. */
  readonly busy: boolean;
}

/** The pairing that takes the least margin, and the way there from the sets that are held. */
export function* combiningOf(book: Book): Generator<void, Pairing> {
  return yield* combiningInSteps(book, new Pace());
}

/** Own trades, the best pairing, or the steps of a plan as the trades they are. */
export function stripFor(
  book: Book,
  ui: WhatIfUi,
  plan: Plan | { refused: Bilingual } | undefined,
  pairing?: Pairing,
): Strip {
  if (ui.order === "combine") {
    const found = pairing && "acts" in pairing;
    return found ? stripOfCombining(book, pairing) : { ...stripOf(book, []), then: undefined };
  }
  if (ui.order === "own") {
    const trades = countedTrades(ui.trades);
    const strip = stripOf(book, trades);
    // Nothing that is counted leads nowhere: what is now isn't what would be.
    return trades.length > 0 ? strip : { ...strip, then: undefined };
  }
  const strip = stripOf(book, []);
  const last = plan && "steps" in plan ? plan.steps.at(-1) : undefined;
  if (!last) return { ...strip, then: undefined };
  const { margin, equity, ratio, status } = last;
  return { now: strip.now, then: { margin, equity, ratio, status } };
}

export class Planning {
  private readonly plans: InBreaths<[Book, WhatIfUi["order"], string], Planned["plan"]>;
  private readonly pairings: InBreaths<[Book], Pairing>;
  private stripNow:
    | {
        book: Book;
        whatIf: WhatIfUi;
        plan: Planned["plan"];
        combining: Pairing | undefined;
        strip: Strip;
      }
    | undefined;

  /** @param closings the fewest lots to close, which the Account room asks for too */
  constructor(
    private readonly closings: InBreaths<[Book], Plan | undefined>,
    later: (over: boolean) => void,
  ) {
    this.plans = new InBreaths(planOf, AT_ONCE.more, later);
    this.pairings = new InBreaths(combiningOf, AT_ONCE.more, later);
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
}
