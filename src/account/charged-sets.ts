/**
 * Sets that only the charges tell. One is taken for a fact where a leg has one possible partner and the rule gives
 * what the two were charged, to the fen; else the leg's set is open, and all it may be with.
 */
import { amount, type Amount, type Day, type Pace } from "../core";
import type { Line } from "./book";
import type { Holding } from "./figure";
import { mayJoin, pricedAs, type Priced } from "./sets";
import type { Side, Suspect, Told, ToldSet } from "./told";

type LineOf = (holding: Holding) => Line | undefined;

/** What is in sets: those that are told and those that the charges prove. */
export type InSets = Pick<Told, "sets" | "lots">;

const ZERO = amount("0");
/** What rounding can leave of a printed figure. */
const FEN = amount("0.01");

/** A set takes a lot of either leg; how many shares it takes is left open. */
function joinedLots({ kind, position: { quantity } }: Holding, lots: Amount): Amount {
  return kind === "shares" || lots.greaterThan(quantity) ? quantity : lots;
}

/** Lots in sets, with those of suspects whose set is open and with all that may be in it. */
export function markedLots(
  { lots }: Pick<Told, "lots">,
  open: readonly Suspect[],
): ReadonlyMap<Holding, Amount> {
  const marked = new Map(lots);
  const wanted = new Map<Side, Amount>();
  for (const { leg, others } of open) {
    marked.set(leg, leg.position.quantity);
    for (const side of others) {
      wanted.set(side, (wanted.get(side) ?? ZERO).plus(leg.position.quantity));
    }
  }
  for (const [side, more] of wanted) {
    for (const other of side) {
      marked.set(other, joinedLots(other, (marked.get(other) ?? ZERO).plus(more)));
    }
  }
  return marked;
}

/** A suspect with the only partner it can have by the rules. */
interface Pair {
  readonly suspect: Suspect;
  readonly partner: Holding;
}

/** More possible partners than these are not tried: which it was would not be certain. */
const MOST_TRIED = 60;
/** A pair's part in trying. */
const TRYING = 0.5;

/** What a suspect can have been margined with by the rules. */
interface Partners {
  /** The only holding that a rule may join with it. */
  readonly only: Holding | undefined;
  /** The most that sets can take off it on the exchange's standard; undefined where that isn't known. */
  readonly relief: Amount | undefined;
}

const UNKNOWN: Partners = { only: undefined, relief: undefined };

function* partnersOf(
  { leg, others }: Suspect,
  lineOf: LineOf,
  on: Day,
  pace: Pace,
): Generator<void, Partners> {
  const line = lineOf(leg);
  if (!line || others.reduce((sum, { length }) => sum + length, 0) > MOST_TRIED) return UNKNOWN;
  const found: Holding[] = [];
  let inAll: Amount | undefined = ZERO;
  let most = ZERO;
  for (const other of new Set(others.flat())) {
    if (pace.due(TRYING)) yield;
    const partner = lineOf(other);
    if (partner && !mayJoin(line, partner, on)) continue;
    found.push(other);
    const relief = partner && mostTaken(line, partner, on);
    inAll = relief && inAll?.plus(relief.times(setsOf(leg, other)));
    if (relief?.greaterThan(most)) most = relief;
  }
  const whole = most.times(leg.position.quantity);
  const relief = inAll?.lessThan(whole) ? inAll : inAll && whole;
  return { only: found.length === 1 ? found[0] : undefined, relief };
}

/**
 * The most that one set can take off a leg's own charge on the exchange's standard. Beside a short option or a future
 * a short option carries its premium at least.
 */
function mostTaken(leg: Line, partner: Line, on: Day): Amount | undefined {
  const priced = pricedAs([leg, partner], "exchange", on);
  if (!priced) return undefined;
  const { margin, premium } =
    (priced.first.line === leg ? priced.first : priced.second).joins ?? {};
  if (!margin || !premium) return undefined;
  const least = partner.kind === "option" && partner.position.side === "long" ? ZERO : premium;
  const most = margin.minus(least);
  const taken = priced.plain.lessThan(most) ? priced.plain : most;
  return taken.isNegative() ? ZERO : taken;
}

/** Whether no set by the rules explains what a leg was charged: no broker takes less than the exchange. */
function isUnexplained({ printed, exchangeFigure }: Line, { relief }: Partners): boolean {
  const { margin } = exchangeFigure;
  if (!printed || !margin || !relief) return false;
  return printed.plus(FEN).lessThan(margin.minus(relief));
}

/** What a line was charged; a long option nothing where nothing is printed. */
const chargedFor = ({ printed, kind, position }: Line): Amount | undefined =>
  printed ?? (kind === "option" && position.side === "long" ? ZERO : undefined);

const isNear = (a: Amount, b: Amount): boolean => a.minus(b).abs().lessThanOrEqualTo(FEN);

/** The lighter leg of two short options carries what is charged less. */
function lighterIs({ first, second }: Priced, lighter: (line: Line) => boolean): boolean {
  const [one, other] = [first.joins?.margin, second.joins?.margin];
  if (!one || !other || first.side !== "short" || second.side !== "short") return true;
  if (first.line.kind !== "option" || second.line.kind !== "option") return true;
  return one.equals(other) || lighter((one.lessThan(other) ? first : second).line);
}

/**
 * Whether the rule gives what two lines were charged, on the broker's standard where that is known. A broker that
 * charges a multiple of the exchange's margin may charge the premium that the lighter leg adds as it is.
 */
function isCharged(
  [one, other]: readonly [Line, Line],
  on: Day,
  lighter: (line: Line) => boolean,
): boolean {
  const known = one.broker.margin && other.broker.margin;
  const standard = known ? "broker" : "exchange";
  const priced = pricedAs([one, other], standard, on);
  const [a, b] = [one, other].map((line) => (known ? line.broker : line.exchangeFigure).margin);
  const charges = [chargedFor(one), chargedFor(other)] as const;
  if (!priced?.saved || !a || !b || !charges[0] || !charges[1]) return false;
  if (!lighterIs(priced, lighter)) return false;
  const charged = charges[0].plus(charges[1]);
  const sets = setsOf(one, other);
  if (isNear(charged, a.plus(b).minus(priced.saved.times(sets)))) return true;
  const { first, second, plain } = priced;
  const [heavier, light] = first.alone.greaterThan(second.alone)
    ? [first, second]
    : [second, first];
  if (!heavier.lots.equals(sets) || !light.lots.equals(sets)) return false;
  const added = light.alone.minus(plain.times(sets));
  return (
    !added.isNegative() && isNear(charged, heavier.alone.times(heavier.markup.plus(1)).plus(added))
  );
}

function setsOf(one: Pick<Line, "position">, other: Pick<Line, "position">): Amount {
  const [a, b] = [one.position.quantity, other.position.quantity];
  return a.lessThan(b) ? a : b;
}

/** The sets of a book, with those that the charges prove, and the lots in sets, with what stays open. */
export function* chargedSetsInSteps(
  told: Told,
  lineOf: LineOf,
  on: Day,
  pace: Pace,
): Generator<void, InSets> {
  const tried: { readonly suspect: Suspect; readonly only: Holding | undefined }[] = [];
  for (const suspect of told.suspects) {
    const line = lineOf(suspect.leg);
    const partners = yield* partnersOf(suspect, lineOf, on, pace);
    const apart = suspect.belowOnly && !told.lots.has(suspect.leg);
    if (apart && line && isUnexplained(line, partners)) continue;
    tried.push({ suspect, only: partners.only });
  }
  const suspects = new Set(tried.map(({ suspect: { leg } }) => leg));
  const lines = new Set([...suspects].map(lineOf));
  const proven = new Map<Suspect, Pair>();
  for (const { suspect, only: partner } of tried) {
    const { leg } = suspect;
    const [one, other] = [lineOf(leg), partner && lineOf(partner)];
    if (!partner || !one || !other || told.lots.has(leg) || told.lots.has(partner)) continue;
    if (other.kind === "shares") continue;
    if (isCharged([one, other], on, (line) => lines.has(line))) {
      proven.set(suspect, { suspect, partner });
    }
    if (pace.due(TRYING)) yield;
  }
  const all = tried.map(({ suspect }) => suspect);
  yield* withoutShared(proven, all, pace);
  const lots = new Map(told.lots);
  const sets: ToldSet[] = [...told.sets];
  const done = new Set<Holding>();
  for (const { suspect, partner } of proven.values()) {
    const { leg } = suspect;
    // Two suspects may prove each other.
    if (done.has(leg) && done.has(partner) && suspects.has(partner)) continue;
    const count = setsOf(leg, partner);
    for (const one of [leg, partner]) {
      done.add(one);
      lots.set(one, (lots.get(one) ?? ZERO).plus(count));
    }
    const [one, other] = [lineOf(leg), lineOf(partner)];
    const charges = [one && chargedFor(one), other && chargedFor(other)] as const;
    sets.push({
      ...{ id: "", strategy: undefined, from: "charges", whole: true },
      legs: [[leg], [partner]],
      sets: count,
      printed: charges[0] && charges[1] && charges[0].plus(charges[1]),
    });
  }
  const open = all.filter((suspect) => !proven.has(suspect));
  return { sets, lots: markedLots({ lots }, open) };
}

/** Takes out what shares a leg with an open set, or asks for more lots of it than there are. */
function* withoutShared(
  proven: Map<Suspect, Pair>,
  suspects: readonly Suspect[],
  pace: Pace,
): Generator<void, void> {
  const byLeg = new Map(suspects.map((suspect) => [suspect.leg, suspect]));
  for (;;) {
    const before = proven.size;
    const open = suspects.filter((suspect) => !proven.has(suspect));
    const marked = markedLots({ lots: new Map() }, open);
    const wanted = new Map<Holding, Amount>();
    for (const { suspect, partner } of proven.values()) {
      const mutual = proven.get(byLeg.get(partner) ?? suspect)?.partner === suspect.leg;
      const count = setsOf(suspect.leg, partner);
      if (!mutual) wanted.set(partner, (wanted.get(partner) ?? ZERO).plus(count));
    }
    for (const { suspect, partner } of [...proven.values()]) {
      const over = wanted.get(partner)?.greaterThan(partner.position.quantity);
      const other = byLeg.get(partner);
      const twice = other && proven.get(other)?.partner !== suspect.leg;
      if (over || twice || marked.has(partner) || marked.has(suspect.leg)) proven.delete(suspect);
    }
    if (pace.due((suspects.length + proven.size) * TRYING)) yield;
    if (proven.size === before) return;
  }
}
