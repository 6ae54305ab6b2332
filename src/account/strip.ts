/** What own trades or a plan would do: now · then. */
import type { Amount, Bilingual } from "../core";
import { bookAfter } from "./after-trades";
import type { Book } from "./book";
import { combiningFor, type Combining } from "./combining";
import { onHeadline } from "./combining-headline";
import { ratioOf, standingIn, startOf, type Plan } from "./plan";
import type { Standing } from "./standing";
import {
  heldLotsOf,
  keyOf,
  setsKnown,
  traded,
  type HeldLots,
  type OwnTrade,
  type Running,
} from "./trade";

/** Before → after, the one component of every what-if. */
export interface Strip {
  readonly now: StripSide;
  readonly then: StripSide | undefined;
  /** After own trades, with the best combinations of what is then held. */
  readonly best?: StripSide | undefined;
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
 * a lot's share of its line's margin, at the trade's price. A future moves the margin only. Lots outside sets go
 * first; a set that loses a leg is taken apart, and its other leg margined alone. What is opened joins no set: `best`
 * says what the best ones would save.
 */
export function stripOf(book: Book, trades: readonly OwnTrade[]): Strip {
  const now = nowOf(book);
  const start = startOf(book);
  if ("refused" in start) return { now, then: undefined, refused: start.refused };
  const sets = setsKnown(book);
  const held = new Map<string, readonly HeldLots[]>();
  for (const { contract } of trades) {
    for (const direction of ["long", "short"] as const) {
      held.set(keyOf(contract, direction), heldLotsOf(book, contract, direction, sets));
    }
  }
  let running: Running = { ...start, held, sets };
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
  const then = thenOf(book, running.margin, running.money);
  return { now, then, best: trades.length > 0 ? bestAfter(book, running) : undefined };
}

/** In a longer book the best combinations take too long to be worked out at every key typed. */
const MOST_LINES = 200;

function bestAfter(book: Book, running: Running): StripSide | undefined {
  if (book.lines.length > MOST_LINES) return undefined;
  const after = bookAfter(book, running);
  if (after.lines.length === 0) return thenOf(book, running.margin, running.money);
  const combining = combiningFor(after);
  if ("refused" in combining || combining.standard !== "broker") return undefined;
  const headline = onHeadline(running.margin, combining);
  if (headline === "open" || "tooLow" in headline) return undefined;
  const alone = thenOf(book, running.margin, running.money);
  return combinedSide(book, combining, alone, headline.freed);
}

/**
 * What combinations free of a side. What clearing forms by itself is not ordered, may follow an order of the exchange's
 * own, and was not formed where rows were charged alone: a side that comes to normal by it is not proven so.
 */
function combinedSide(
  book: Book,
  { acts }: Combining,
  { margin, equity, status: before }: StripSide,
  freed: Amount,
): StripSide | undefined {
  if (!margin || !equity) return undefined;
  const side = thenOf(book, margin.minus(freed), equity);
  const open = acts.some(({ act, bySelf }) => bySelf && act === "build");
  const unproven = open && side.status === "normal" && before !== "normal";
  return unproven ? { ...side, status: "undetermined" } : side;
}

/** Now and with the best combinations of what is held; equity stays as it is. */
export function stripOfCombining(book: Book, combining: Combining): Strip {
  const now = nowOf(book);
  const start = startOf(book);
  if ("refused" in start) return { now, then: undefined, refused: start.refused };
  const { standard } = combining;
  if (standard === "exchange") {
    return {
      now,
      then: undefined,
      refused: {
        zh: "不知道公司收多少，组合释放的保证金只按交易所标准算得出。在公司参数里填上浮方式或公司保证金率，才有公司标准的风险度。",
        en: "What the broker charges isn't known, so what combinations free is on the exchange's standard only. Enter the surcharge or rates in the broker profile for a ratio on the broker's.",
      },
    };
  }
  const headline = onHeadline(start.margin, combining);
  if (headline === "open") {
    return {
      now,
      then: undefined,
      refused: {
        zh: "有行不知道公司收多少，账单也没印它的保证金：账单的保证金里是否已有优惠看不出，还能释放多少不确定。先补齐这些行的价格或保证金率。",
        en: "What the broker takes for some row is neither known nor printed, so whether the printed margin has relief in it already, and what more is freed, is open. Complete the prices or rates of these rows first.",
      },
    };
  }
  if ("tooLow" in headline) {
    const [printed, least] = [start.margin, headline.tooLow].map((one) => one.toFixed(2));
    return {
      now,
      then: undefined,
      refused: {
        zh: `账单的保证金 ${printed} 比按规则最省的 ${least} 还少：公司可能已另给优惠，还能释放多少不确定。核对公司参数。`,
        en: `The statement's margin of ${printed} is below the least by the rules, ${least}: the broker may grant relief already, so what more is freed is open. Check the broker profile.`,
      },
    };
  }
  const alone = { ...thenOf(book, start.margin, start.money), status: now.status };
  return { now, then: combinedSide(book, combining, alone, headline.freed) };
}

/** Now and after all steps of a plan. */
export function stripOfPlan(book: Book, { steps }: Plan): Strip {
  const now = nowOf(book);
  const last = steps.at(-1);
  if (!last) return { now, then: now };
  const { margin, equity, ratio, status } = last;
  return { now, then: { margin, equity, ratio, status } };
}
