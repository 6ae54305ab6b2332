/**
 * Which holdings were margined together, or look so. Some statements say it; in others a set shows only in what was
 * charged: a leg carries its premium alone, nothing, or less than the exchange takes of one held by itself.
 */
import { amount, type Amount, type Pace } from "../core";
import type { Statement } from "../statements";
import { optionOf, takesMargin, type Holding } from "./figure";

/** A set as the statement or its charges tell of it. */
export interface ToldSet {
  /** "" where only the charges tell of it. */
  readonly id: string;
  readonly strategy: string | undefined;
  /** What each leg may be: a code may stand in a statement long and short. */
  readonly legs: readonly (readonly Holding[])[];
  /** Whether every leg it names is there. */
  readonly whole: boolean;
  readonly sets: Amount;
  readonly from: "statement" | "charges";
  readonly printed: Amount | undefined;
}

/** Holdings on one side of an underlying: one list for all that may be joined with any of them. */
export type Side = readonly Holding[];

/** A holding that was charged as of a set, without its being told with which other. */
export interface Suspect {
  readonly leg: Holding;
  /** All that it may have been margined with. */
  readonly others: readonly Side[];
  /** Told only by its being less than the exchange takes: other prices or another rate can do that too. */
  readonly belowOnly: boolean;
}

export interface Told {
  readonly sets: readonly ToldSet[];
  /** Lots of a holding that were margined together with others, where it is told of the holding itself. */
  readonly lots: ReadonlyMap<Holding, Amount>;
  readonly suspects: readonly Suspect[];
}

/** A holding, what was charged for it, as printed, and what the exchange takes of it alone, where that is known. */
interface Row {
  readonly holding: Holding;
  readonly printed: Amount | undefined;
  readonly alone: Amount | undefined;
}

const ZERO = amount("0");

/** Speculation and hedging are held apart in futures accounts: 投, 保. */
const useOf = ({ position: { hedge = "" } }: Holding): string => hedge.trim().slice(0, 1) || "投";

/** What a leg's premium can have been, to the fen: a broker may charge by the day before's prices. */
function premiumsOf({ position, unit }: Holding): readonly Amount[] {
  const { settlement, previousSettlement, quantity, marketValue } = position;
  const priced = [settlement, previousSettlement].map(
    (price) => price && unit && price.times(unit).times(quantity),
  );
  return [...priced, marketValue].flatMap((premium) => premium?.toDecimalPlaces(2) ?? []);
}

/** A short option charged its premium alone, or nothing: every rule takes more of one held by itself. */
const isLighterLeg = ({ holding, printed }: Row): boolean =>
  holding.kind === "option" &&
  holding.position.side === "short" &&
  Boolean(printed?.isZero() || premiumsOf(holding).some((premium) => printed?.equals(premium)));

/** What rounding can leave of a printed figure. */
const FEN = amount("0.01");

/** Whether less was charged than the exchange takes of the lots outside the sets that are told. */
function isBelow({ holding, printed, alone }: Row, inSets: Amount = ZERO): boolean {
  if (!printed || !alone || !takesMargin(holding)) return false;
  const { quantity } = holding.position;
  const outside = alone.times(quantity.minus(inSets)).dividedBy(quantity);
  return printed.plus(FEN).lessThan(outside);
}

/** Whether a holding gains when the price rises: a set joins one that does with one that doesn't. */
function rises({ position }: Holding): boolean {
  const long = position.side === "long";
  return optionOf(position)?.right === "put" ? !long : long;
}

/** Which way a leg goes; the other way is looked for. */
const ways = (does: boolean): string => (does ? "rising" : "falling");

/** Any month's options; and futures and shares, which go with every month. */
const ANY = "any";
const NONE = "none";

const ofMonth = ({ underlying }: Holding, way: string, month: string): string =>
  [underlying, way, month].join(" ");

function ofStrike({ strike, position }: Holding, way: string): string {
  const { rules, product, right } = optionOf(position) ?? {};
  return [rules?.exchange, product, right, strike?.toFixed(), way].join(" ");
}

/** Where a holding stands for those that look for a partner. */
function keysOf(holding: Holding): readonly string[] {
  const option = optionOf(holding.position);
  const way = `${useOf(holding)} ${ways(rises(holding))}`;
  const keys = [ANY, option?.month ?? NONE].map((month) => ofMonth(holding, way, month));
  return option && holding.strike ? [...keys, ofStrike(holding, way)] : keys;
}

/** Where the partners stand that a leg may have: of another month where its exchange joins such. */
function partnerKeysOf(leg: Holding): readonly string[] {
  const option = optionOf(leg.position);
  const way = `${useOf(leg)} ${ways(!rises(leg))}`;
  if (!option) return [ofMonth(leg, way, ANY)];
  const keys = [option.month, NONE].map((month) => ofMonth(leg, way, month));
  const calendar = option.rules.combinations.some(({ forms }) => forms.some((form) => form.sooner));
  return calendar && leg.strike ? [...keys, ofStrike(leg, way)] : keys;
}

/** A covered call takes nothing by itself: there is nothing to relieve. */
const mayBeLeg = ({ position }: Holding): boolean => position.side !== "covered";

/** Holdings by what they may be joined with. */
class Sides {
  private readonly sides = new Map<string, Holding[]>();

  add(holding: Holding): void {
    if (holding.kind === "other" || holding.underlying === undefined || !mayBeLeg(holding)) return;
    for (const key of keysOf(holding)) {
      const side = this.sides.get(key);
      if (side) side.push(holding);
      else this.sides.set(key, [holding]);
    }
  }

  /**
   * All that a leg may have been margined with: of the same underlying and month, futures and shares too; and of
   * another month where the strike is the same.
   */
  against(leg: Holding): readonly Side[] {
    return partnerKeysOf(leg).flatMap((key) => {
      const side = this.sides.get(key);
      return side ? [side] : [];
    });
  }
}

/** Both sides of one future are margined on the larger. */
function bothSides(holdings: readonly Holding[]): readonly Holding[] {
  const futures = holdings.filter(({ kind }) => kind === "future");
  const sides = new Map<string, Set<string>>();
  for (const { position } of futures) {
    const held = sides.get(position.contract) ?? new Set();
    sides.set(position.contract, held.add(position.side));
  }
  return futures.filter(({ position }) => (sides.get(position.contract)?.size ?? 0) > 1);
}

/** What a code or number of a set's leg means: the holdings in sets, where the statement says which are. */
class Named {
  private readonly byCode = new Map<string, Holding[]>();

  add(holding: Holding): void {
    const { contract, number } = holding.position;
    for (const code of new Set([contract, number ?? contract])) {
      const alike = this.byCode.get(code);
      if (alike) alike.push(holding);
      else this.byCode.set(code, [holding]);
    }
  }

  of(code: string): readonly Holding[] {
    const all = this.byCode.get(code) ?? [];
    const inSets = all.filter(({ position }) => position.combinedQuantity?.greaterThan(0));
    return inSets.length > 0 ? inSets : all;
  }
}

function listedSets({ combinations }: Statement, named: Named): readonly ToldSet[] {
  return combinations.flatMap(({ id, strategy, quantity, margin, legs: codes }) => {
    const legs = codes.flatMap((code) => {
      const found = named.of(code);
      return found.length > 0 ? [found] : [];
    });
    // A set of another account in the same file, or the shares locked for a covered call.
    if (legs.flat().filter(mayBeLeg).length === 0) return [];
    const whole = legs.length === codes.length;
    return [
      { id, strategy, legs, whole, sets: quantity, from: "statement" as const, printed: margin },
    ];
  });
}

const larger = (a: Amount, b: Amount): Amount => (a.greaterThan(b) ? a : b);

/** Lots in sets as the statement prints them: by the holding's own row, and by the sets that name it. */
function printedLots({ position }: Holding, named: Amount | undefined): Amount {
  const { combinedQuantity = ZERO, quantity } = position;
  const lots = larger(combinedQuantity, named ?? ZERO);
  return lots.greaterThan(quantity) ? quantity : lots;
}

/** A row's part in looking for sets. */
const LOOK = 0.2;

export function* toldInSteps(
  statement: Statement,
  rows: readonly Row[],
  pace: Pace,
): Generator<void, Told> {
  const sides = new Sides();
  const named = new Named();
  for (const { holding } of rows) {
    sides.add(holding);
    named.add(holding);
    if (pace.due(LOOK)) yield;
  }
  const sets = listedSets(statement, named);
  const listed = new Map<Holding, Amount>();
  for (const { legs, sets: count } of sets) {
    for (const leg of new Set(legs.flat())) listed.set(leg, (listed.get(leg) ?? ZERO).plus(count));
    if (pace.due(LOOK)) yield;
  }
  const lots = new Map<Holding, Amount>();
  for (const { holding } of rows) {
    if (pace.due(LOOK)) yield;
    const inSets = printedLots(holding, listed.get(holding));
    if (mayBeLeg(holding) && inSets.greaterThan(0)) lots.set(holding, inSets);
  }
  for (const holding of bothSides(rows.map((row) => row.holding))) {
    lots.set(holding, holding.position.quantity);
  }
  const suspects: Suspect[] = [];
  for (const row of rows) {
    if (pace.due(LOOK)) yield;
    const { holding: leg } = row;
    const inSets = lots.get(leg);
    if (inSets?.equals(leg.position.quantity) || !mayBeLeg(leg)) continue;
    const lighter = isLighterLeg(row);
    if (!lighter && !isBelow(row, inSets)) continue;
    const others = sides.against(leg);
    if (lighter || others.length > 0) suspects.push({ leg, others, belowOnly: !lighter });
  }
  return { sets, lots, suspects };
}
