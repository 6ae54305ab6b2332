/** What combinations save a book, and what they could: now · best, and the sets to take apart and to build between them. */
import {
  amount,
  bestSetsInSteps,
  dayFromNumber,
  drained,
  numberFromDay,
  Pace,
  type Amount,
  type Bilingual,
  type Citation,
  type Combination,
  type Day,
} from "../core";
import type { Book, Line } from "./book";
import {
  dissolvingSoon,
  nettedLots,
  nettingTonight,
  type Dissolving,
  type Tonight,
} from "./combining-ahead";
import { applied, worthwhile } from "./combining-changes";
import { legsInSteps, withMarkup, type Group, type LineSets } from "./combining-legs";
import { highest, inOrderOfCash, setBySet } from "./combining-order";
import { refusal } from "./figure";
import type { LineLeg, Standard } from "./legs";
import { kindOf } from "./prices-kind";
import type { HeldSet } from "./sets";

export type { Dissolving, Tonight } from "./combining-ahead";

/** Sets of two lines to take apart or to build: an order for the counter, or what clearing does by itself. */
export interface SetAct {
  readonly act: "dissolve" | "build";
  readonly combination: Combination;
  readonly first: Line;
  readonly second: Line;
  readonly sets: number;
  /** Of all the act's sets, on the standard of the whole. */
  readonly apart: Amount;
  readonly together: Amount;
  readonly saved: Amount;
  /** The margin of the lines counted after this act. */
  readonly margin: Amount;
  /** Clearing forms the sets of this exchange at settlement: there is no order to give. */
  readonly bySelf: boolean;
}

/** An exchange whose clearing forms the sets at settlement. */
export interface Clearing {
  readonly exchange: Bilingual;
  /** In an order of its own: what it forms may save less than the best. */
  readonly inOwnOrder: boolean;
}

export interface Combining {
  /** The broker's where its terms are known wherever the exchange's are, else the exchange's. */
  readonly standard: Standard;
  /** Every short alone · as held · best, over the lines counted. */
  readonly none: Amount;
  readonly now: Amount;
  readonly best: Amount;
  /** none − now; below zero where sets are held that cost more than their legs. */
  readonly saved: Amount;
  /** now − best. */
  readonly freed: Amount;
  /** The orders so that little cash is needed meanwhile, then what clearing forms. */
  readonly acts: readonly SetAct[];
  /** The most margin above now in between the orders. */
  readonly meanwhile: Amount;
  /** The same where sets are taken apart and built one by one; never more. */
  readonly setBySet: Amount;
  readonly dissolving: readonly Dissolving[];
  /** Held sets that cost more than their legs alone. */
  readonly costlier: readonly HeldSet[];
  /** After all acts; the lots that the exchange nets by itself join no set. Undefined where nothing nets. */
  readonly tonight: Tonight | undefined;
  /** What an exchange that forms the sets itself reaches in its own order; undefined while none's order is known. */
  readonly inOrder:
    | {
        readonly exchange: Bilingual;
        readonly margin: Amount;
        readonly saved: Amount;
        readonly source?: Citation | undefined;
      }
    | undefined;
  /** Exchanges among the acts and the sets after them whose clearing forms the sets itself. */
  readonly byClearing: readonly Clearing[];
  /** Lines that join no other, and why. */
  readonly leftOut: readonly { readonly contract: string; readonly why: Bilingual }[];
  /** Short options that stay alone after all acts. */
  readonly shortsWithoutPartner: number;
  /** Margin printed beside the lines counted; undefined where one that isn't counted prints none. */
  readonly beside: Amount | undefined;
}

export type CombiningAnswer = Combining | { readonly refused: Bilingual };

const ZERO = amount("0");

const NO_LINES = {
  refused: {
    zh: "文件里没有持仓，看不出能组合什么。把持仓文件一起导入。",
    en: "The file holds no positions, so what combines is open. Import the positions with it.",
  },
};

/** The sets that free the most margin, and the way there from what is held. */
export const combiningFor = (book: Book): CombiningAnswer => drained(combiningInSteps(book));

const ACTING = 0.2;

/** The same for a book of any length, pausing between stretches. */
export function* combiningInSteps(
  book: Book,
  pace: Pace = new Pace(),
): Generator<void, CombiningAnswer> {
  if (book.lines.length === 0 && !book.standings.broker.margin?.isZero()) return NO_LINES;
  const { today } = book.inputs;
  const on = book.day ?? today;
  const laid = yield* legsInSteps(book, on, pace);
  if ("refused" in laid) return laid;
  const { standard, groups, held, leftOut, margin: none, beside } = laid;
  const netted = nettedLots(laid, held);
  // After the day's settlement, and by an older statement, no set is proposed that will not stand on the next day.
  const over = on < today || kindOf(book.inputs.statement) === "settled";
  const buildOn = over ? dayFromNumber(numberFromDay(on < today ? today : on) + 1) : on;
  const best: LineSets[] = [];
  for (const group of groups) {
    const found = yield* bestOf(group, netted, buildOn, pace);
    if ("refused" in found) return found;
    best.push(...found.sets);
  }
  const { changes, rounds } = yield* worthwhile(held, best, pace);
  const orders = yield* inOrderOfCash(
    changes.filter(({ set }) => !bySelf(set)),
    laid.free,
    pace,
  );
  const meanwhile = highest(orders);
  const oneByOne = meanwhile.isZero()
    ? meanwhile
    : yield* setBySet(
        rounds.filter(({ each }) => !each.some(({ set }) => bySelf(set))),
        pace,
      );
  const byThemselves = changes
    .filter(({ set }) => bySelf(set))
    .sort((a, b) => Math.sign(a.lots) - Math.sign(b.lots));
  const ordered = [...orders, ...byThemselves];
  const now = none.minus(savedBy(held));
  const acts: SetAct[] = [];
  let margin = now;
  for (const { set, lots } of ordered) {
    margin = margin.minus(set.saved.times(lots));
    acts.push(actOf(set, lots, margin));
    if (pace.due(ACTING)) yield;
  }
  const built = ordered.flatMap(({ set, lots }) => (lots > 0 ? [{ ...set, sets: lots }] : []));
  const after = applied(held, changes);
  const tonight = nettingTonight(laid, after, margin);
  const settled = new Set(after.flatMap(({ first, second }) => [first.line, second.line]));
  for (const { line, lots } of tonight?.netted ?? []) {
    if (line.position.quantity.equals(lots)) settled.add(line);
  }
  return {
    ...{ standard, none, now, best: margin, acts, leftOut, beside, tonight, meanwhile },
    saved: none.minus(now),
    freed: now.minus(margin),
    setBySet: oneByOne.lessThan(meanwhile) ? oneByOne : meanwhile,
    dissolving: dissolvingSoon(held, built, { on, today }),
    costlier: held.flatMap(({ of, saved }) => (of && saved.lessThan(0) ? [of] : [])),
    inOrder: undefined,
    byClearing: clearingOf([...after, ...byThemselves.map(({ set }) => set)]),
    shortsWithoutPartner: book.lines.filter((line) => isAlone(line, settled)).length,
  };
}

/** The best sets of a group, of lots that aren't netted tonight; or why there are none. */
function* bestOf(
  { legs, factor }: Group,
  netted: ReadonlyMap<LineLeg, number>,
  on: Day,
  pace: Pace,
): Generator<void, { readonly sets: readonly LineSets[] } | { readonly refused: Bilingual }> {
  const legOf = new Map(
    legs.map((leg) => [
      { ...leg, lots: leg.lots.minus(leg.joins ? (netted.get(leg) ?? 0) : 0) },
      leg,
    ]),
  );
  try {
    const { sets } = yield* bestSetsInSteps([...legOf.keys()], on, pace);
    return {
      sets: sets.map((set) => {
        const [first, second] = [set.first, set.second].map(
          (leg) => legOf.get(leg as LineLeg) ?? (leg as LineLeg),
        ) as [LineLeg, LineLeg];
        return withMarkup({ ...set, first, second }, factor);
      }),
    };
  } catch (error) {
    return refusal(error);
  }
}

/** Whether clearing forms a set by itself. */
const bySelf = ({ first: { joins } }: LineSets): boolean =>
  joins?.rules.formedAtClearing !== undefined;

function clearingOf(sets: readonly LineSets[]): readonly Clearing[] {
  const found = new Set(
    sets.flatMap((set) => (bySelf(set) && set.first.joins ? [set.first.joins.rules] : [])),
  );
  return [...found].map(({ name, clearingOrder }) => ({
    exchange: name,
    inOwnOrder: clearingOrder !== undefined,
  }));
}

function actOf(set: LineSets, lots: number, margin: Amount): SetAct {
  const { combination, first, second, apart, together, saved } = set;
  const sets = Math.abs(lots);
  return {
    act: lots > 0 ? "build" : "dissolve",
    ...{ combination, first: first.line, second: second.line, sets },
    ...{ apart: apart.times(sets), together: together.times(sets), saved: saved.times(sets) },
    margin,
    bySelf: bySelf(set),
  };
}

/** Whether a short stays alone: neither in a set nor netted away. */
const isAlone = (line: Line, settled: ReadonlySet<Line>): boolean =>
  line.kind === "option" && line.position.side === "short" && !line.combined && !settled.has(line);

const savedBy = (sets: readonly LineSets[]): Amount =>
  sets.reduce((sum, { saved, sets: count }) => sum.plus(saved.times(count)), ZERO);
