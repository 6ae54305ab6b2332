/** The lines of a book as combinations may join them, and the sets they are held in already. */
import {
  amount,
  lotsThatJoin,
  MarginError,
  setOfTwo,
  type Amount,
  type Bilingual,
  type Combination,
  type Day,
  type Joining,
  type Pace,
  type Sets,
  type WhyNot,
} from "../core";
import { exchanges } from "../exchanges";
import type { Book, Line } from "./book";
import { optionOf, takesMargin, tried } from "./figure";
import { legOfLine, type LineLeg, type Standard } from "./legs";
import { marginApart } from "./parts";
import { marginBeside } from "./reading";
import type { HeldSet } from "./sets";

/** Sets of two lines with what one of them takes, the broker's markup included. */
export interface LineSets {
  readonly combination: Combination;
  readonly first: LineLeg;
  readonly second: LineLeg;
  readonly sets: number;
  readonly apart: Amount;
  readonly together: Amount;
  readonly saved: Amount;
  /** The set as the statement has it, where these are held. */
  readonly of?: HeldSet;
}

/** Legs that may join each other: one product, one month of futures, one use. */
export interface Group {
  readonly legs: readonly LineLeg[];
  /** One and the markup that all of them are charged with. */
  readonly factor: Amount;
}

/** Where a line stands among those it may join. */
interface Placed {
  readonly leg: LineLeg;
  readonly group: Group;
  readonly lots: number;
}

/** A book laid out for combining. */
export interface Laid {
  readonly standard: Standard;
  /** All lines counted, each alone. */
  readonly margin: Amount;
  readonly groups: readonly Group[];
  readonly held: readonly LineSets[];
  /** Lots outside held sets that may join. */
  readonly free: ReadonlyMap<LineLeg, number>;
  /** Lines in sets whose rule isn't known. */
  readonly locked: ReadonlySet<Line>;
  readonly leftOut: readonly { readonly contract: string; readonly why: Bilingual }[];
  /** Printed for rows that aren't counted; undefined where one of them prints nothing. */
  readonly beside: Amount | undefined;
}

const ZERO = amount("0");

/** A line laid out, in units of work. */
const LAYING = 0.5;

const rulesOf = ({ exchange }: Line) =>
  exchanges.find((rules) => rules.exchange === exchange?.code);

const combines = (line: Line): boolean => (rulesOf(line)?.combinations.length ?? 0) > 0;

/** The broker's standard wherever it is known as far as the exchange's. */
const standardOf = (lines: readonly Line[]): Standard =>
  lines.some(
    (line) => combines(line) && takesMargin(line) && line.broker.gap && line.exchangeFigure.margin,
  )
    ? "exchange"
    : "broker";

/** Speculation, hedging and arbitrage are held apart in futures accounts: 投, 保, 套. */
const useOf = ({ position: { hedge = "" } }: Line): string => hedge.trim().slice(0, 1);

/**
 * What a leg must share with another to join it. Options on futures combine within a month: no factor of a
 * combination across months is known.
 */
function groupOf({ joins, contract, line }: LineLeg): string | undefined {
  const of: Pick<Joining, "rules" | "product" | "month"> | undefined = joins ?? contract;
  if (!of) return undefined;
  const { rules, product, month } = of;
  const apart = rules.underlying === "future" ? [month, useOf(line)] : [];
  return [rules.exchange, product, ...apart].join(" ");
}

/** Why a line of an exchange with combinations joins no other. */
function whyApart(line: Line): Bilingual {
  const { position, price, unit } = line;
  const { contract, side, quantity } = position;
  if (side === "covered") {
    return {
      zh: `${contract} 已备兑，不占保证金，不再组合。`,
      en: `${contract} is covered and takes no margin: it stays as it is.`,
    };
  }
  if (optionOf(position)?.adjusted) {
    return {
      zh: `${contract} 是调整过的合约，不能组合，按单腿计。`,
      en: `${contract} was adjusted: such contracts don't combine, so it counts alone.`,
    };
  }
  if (!quantity.isInteger()) {
    return {
      zh: `${contract} 的手数 ${quantity.toFixed()} 不是整数，不参与组合。核对手数。`,
      en: `${contract} has ${quantity.toFixed()} lots, not a whole number, so it joins no other. Check its lots.`,
    };
  }
  if (!price) {
    return {
      zh: `${contract} 没有价格，不知道能不能组合。补上价格再看。`,
      en: `${contract} has no price, so what it combines to is open. Add its price.`,
    };
  }
  return unit
    ? {
        zh: `${contract} 与其他行对不上（代码、行权价、单位或上浮），不参与组合。核对这一行。`,
        en: `${contract} doesn't fit the other rows by code, strike, unit or markup, so it joins none. Check the row.`,
      }
    : {
        zh: `${contract} 没有合约单位，不参与组合。照合约公告补上单位。`,
        en: `${contract} has no contract unit, so it joins no other. Add the unit from the exchange's notice.`,
      };
}

const inUnknownSet = ({ position: { contract } }: Line): Bilingual => ({
  zh: `${contract} 在组合中，按哪条规则收没有确定：它的保证金照原样计，不参与配对。`,
  en: `${contract} is in a set whose rule isn't known: its margin counts as it stands, and it joins no other.`,
});

/** A leg that joins no other: it counts, and can be netted. */
function apart({ joins: _, ...leg }: LineLeg): LineLeg {
  return leg;
}

/** Legs with one markup join each other; longs take no margin and so have none of their own. */
function alike(members: readonly LineLeg[]): Group {
  const taking = members.filter(({ alone }) => alone.greaterThan(0));
  const markup = taking[0]?.markup ?? ZERO;
  const odd = new Set(taking.filter((leg) => !leg.markup.equals(markup)));
  return {
    legs: members.map((leg) => (odd.has(leg) ? apart(leg) : leg)),
    factor: markup.plus(1),
  };
}

/** What one set takes on the standard of the whole. */
export const withMarkup = ({ combination, sets, ...set }: Sets, factor: Amount): LineSets => ({
  combination,
  first: set.first as LineLeg,
  second: set.second as LineLeg,
  sets,
  apart: set.apart.times(factor),
  together: set.together.times(factor),
  saved: set.saved.times(factor),
});

/** A set that the book holds, where its rule prices it on the day. */
function heldOf(of: HeldSet, placed: ReadonlyMap<Line, Placed>, on: Day): LineSets | undefined {
  const { combination, legs, id, sets } = of;
  const [one, other] = legs.map((line) => placed.get(line));
  if (!combination || legs.length !== 2 || !sets.isInteger()) return undefined;
  if (!one || !other || one.group !== other.group) return undefined;
  const refuse = (detail: WhyNot): Error =>
    new MarginError("notAllowed", { argument: "combination", detail });
  const set = tried(() => setOfTwo(one.leg, other.leg, on, id, refuse));
  if (!("value" in set) || set.value.combination.name !== combination.name) return undefined;
  return { ...withMarkup({ ...set.value, sets: sets.toNumber() }, one.group.factor), of };
}

/** The held sets that are wholly known, and the lines of all others. */
function settled(
  { sets, lines }: Book,
  placed: ReadonlyMap<Line, Placed>,
  on: Day,
): { readonly held: readonly LineSets[]; readonly locked: ReadonlySet<Line> } {
  const priced = sets.map((of) => ({ of, set: heldOf(of, placed, on) }));
  const locked = new Set<Line>();
  for (;;) {
    const before = locked.size;
    const known = new Map<Line, number>();
    const held: LineSets[] = [];
    for (const { of, set } of priced) {
      const fits = of.legs.every(
        (line) =>
          set &&
          !locked.has(line) &&
          (placed.get(line)?.lots ?? 0) >= (known.get(line) ?? 0) + set.sets,
      );
      if (!set || !fits) {
        of.legs.forEach((line) => locked.add(line));
        continue;
      }
      held.push(set);
      of.legs.forEach((line) => known.set(line, (known.get(line) ?? 0) + set.sets));
    }
    for (const line of lines) {
      const { combined, position } = line;
      const inSets = known.get(line) ?? 0;
      const more = position.combinedQuantity?.greaterThan(inSets);
      if ((combined && inSets === 0) || more) locked.add(line);
    }
    if (locked.size === before) return { held, locked };
  }
}

/** What a line counts for: by the rules, but in an unknown set as it stands. */
function marginOf(line: Line, standard: Standard, asPrinted: boolean): Amount | undefined {
  if (standard === "exchange") return line.exchangeFigure.margin;
  return (asPrinted ? line.printed : undefined) ?? line.broker.margin;
}

/** What is printed for unknown sets beside their legs, and legs in sets for which it stands nowhere. */
function setsPrinted(
  { sets, inputs }: Book,
  locked: ReadonlySet<Line>,
  standard: Standard,
): { readonly margin: Amount; readonly nowhere: ReadonlySet<Line> } {
  const nowhere = new Set<Line>();
  let margin = ZERO;
  for (const set of standard === "broker" ? sets : []) {
    if (!set.legs.some((line) => locked.has(line))) continue;
    const apart = marginApart(set, inputs.statement);
    margin = margin.plus(apart ?? ZERO);
    if (apart || set.printed || set.from === "charges") continue;
    for (const line of set.legs) if (line.printed?.isZero()) nowhere.add(line);
  }
  return { margin, nowhere };
}

/** Lays a book out; refused where nothing that takes margin can be counted. */
export function* legsInSteps(
  book: Book,
  on: Day,
  pace: Pace,
): Generator<void, Laid | { readonly refused: Bilingual }> {
  const standard = standardOf(book.lines);
  const together = new Map<string, LineLeg[]>();
  for (const line of book.lines) {
    if (pace.due(LAYING)) yield;
    const leg = legOfLine(line, standard);
    const key = leg && groupOf(leg);
    if (!leg || key === undefined) continue;
    const members = together.get(key);
    if (members) members.push(leg);
    else together.set(key, [leg]);
  }
  const placed = new Map<Line, Placed>();
  for (const members of together.values()) {
    const group = alike(members);
    const lots = lotsThatJoin(group.legs);
    group.legs.forEach((leg, index) => {
      placed.set(leg.line, { leg, group, lots: lots[index] ?? 0 });
    });
    if (pace.due(members.length * LAYING)) yield;
  }
  const { held, locked } = settled(book, placed, on);
  const leftOut: { contract: string; why: Bilingual }[] = [];
  const inSets = setsPrinted(book, locked, standard);
  let { margin } = inSets;
  let beside: Amount | undefined = marginBeside(book.account, book.inputs.statement);
  let counted = false;
  let refused: Bilingual | undefined;
  for (const line of book.lines) {
    if (pace.due(LAYING)) yield;
    const figure = marginOf(line, standard, locked.has(line) && !inSets.nowhere.has(line));
    const takes = takesMargin(line) || (line.kind === "other" && line.position.side === "short");
    margin = margin.plus(figure ?? ZERO);
    counted ||= takes && figure !== undefined;
    const why = whyLeftOut(line, {
      ...{ standard, figure },
      inSet: locked.has(line),
      joins: placed.get(line)?.leg.joins !== undefined,
    });
    if (!why) continue;
    if (takes && !figure) {
      refused ??= why;
      beside = line.printed && beside?.plus(line.printed);
    }
    leftOut.push({ contract: line.position.contract, why });
  }
  if (!counted && refused) return { refused };
  const free = new Map([...placed.values()].map(({ leg, lots }) => [leg, lots]));
  for (const { first, second, sets } of held) {
    for (const leg of [first, second]) free.set(leg, (free.get(leg) ?? 0) - sets);
  }
  const groups = [...new Set([...placed.values()].map(({ group }) => group))].map(
    ({ legs, factor }) => ({
      legs: legs.map((leg) => (locked.has(leg.line) ? apart(leg) : leg)),
      factor,
    }),
  );
  return { standard, margin, groups, held, free, locked, leftOut, beside };
}

/** Why a line joins no other; undefined also where its exchange combines nothing. */
function whyLeftOut(
  line: Line,
  {
    standard,
    figure,
    inSet,
    joins,
  }: {
    readonly standard: Standard;
    readonly figure: Amount | undefined;
    /** In a set whose rule isn't known. */
    readonly inSet: boolean;
    readonly joins: boolean;
  },
): Bilingual | undefined {
  const { gap } = standard === "broker" ? line.broker : line.exchangeFigure;
  if (inSet && (figure || !gap)) return inUnknownSet(line);
  if (gap) return gap.why;
  return joins || !combines(line) ? undefined : whyApart(line);
}
