/** What own trades or a plan would do: now · then. */
import type { Amount, Bilingual } from "../core";
import type { Book } from "./book";
import { ratioOf, standingIn, startOf, type Plan } from "./plan";
import type { Standing } from "./standing";
import { heldLotsOf, keyOf, traded, type HeldLots, type OwnTrade, type Running } from "./trade";

/** Before → after, the one component of every what-if. */
export interface Strip {
  readonly now: StripSide;
  readonly then: StripSide | undefined;
  /** Why there is no `then`. */
  readonly refused?: Bilingual | undefined;
}

export interface StripSide {
  readonly margin: Amount | undefined;
  readonly equity: Amount | undefined;
  readonly ratio: Amount | undefined;
  readonly status: Standing;
}

const nowOf = ({ standings }: Book): StripSide => ({
  margin: standings.broker.margin,
  equity: standings.denominator,
  ratio: standings.broker.ratio,
  status: standings.broker.status,
});

const thenOf = (book: Book, margin: Amount, money: Amount): StripSide => ({
  margin,
  equity: money,
  ratio: ratioOf(margin, money),
  status: standingIn(book, margin, money),
});

/**
 * Now and after trades done one after another, on the broker's standard.
 * A short opened adds its margin and the premium it receives; a long opened costs its premium; closing frees
 * a lot's share of its line's margin, at the trade's price. A future moves the margin only. No relief is assumed.
 */
export function stripOf(book: Book, trades: readonly OwnTrade[]): Strip {
  const now = nowOf(book);
  const start = startOf(book);
  if ("refused" in start) return { now, then: undefined, refused: start.refused };
  const held = new Map<string, readonly HeldLots[]>();
  for (const { contract } of trades) {
    for (const direction of ["long", "short"] as const) {
      held.set(keyOf(contract, direction), heldLotsOf(book, contract, direction));
    }
  }
  let running: Running = { ...start, held };
  for (const [index, trade] of trades.entries()) {
    const after = traded(book, running, trade);
    if ("refused" in after) {
      const { zh, en } = after.refused;
      const number = trade.number ?? index + 1;
      const refused = { zh: `第 ${number} 笔：${zh}`, en: `Trade ${number}: ${en}` };
      return { now, then: undefined, refused };
    }
    running = after;
  }
  return { now, then: thenOf(book, running.margin, running.money) };
}

/** Now and after all steps of a plan. */
export function stripOfPlan(book: Book, { steps }: Plan): Strip {
  const now = nowOf(book);
  const last = steps.at(-1);
  if (!last) return { now, then: now };
  const { margin, equity, ratio, status } = last;
  return { now, then: { margin, equity, ratio, status } };
}
