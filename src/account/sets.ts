/** Lines margined together, and what the exchange's rule takes off for it on either standard. */
import {
  amount,
  combinationNamed,
  setOrNone,
  type Amount,
  type Combination,
  type Day,
  type Pace,
  type RuleSet,
} from "../core";
import type { Line } from "./book";
import { tried, type Holding } from "./figure";
import { legOfLine, type LineLeg, type Standard } from "./legs";
import type { ToldSet } from "./told";

/** Lines margined together as one set, as far as it is told. */
export interface HeldSet {
  /** As printed; "" where only the charges tell of it. */
  readonly id: string;
  /** As printed. */
  readonly strategy: string | undefined;
  /** Where a rule prices it, in the order of its rule; else those of which it is told which line they are. */
  readonly legs: readonly Line[];
  readonly sets: Amount;
  readonly from: "statement" | "charges";
  /** The rule that prices it; undefined where none does. */
  readonly combination: Combination | undefined;
  /** The margin printed for it. */
  readonly printed: Amount | undefined;
  /** What it takes off its legs' margin by the rule, for all its sets; below zero where it costs more. */
  readonly saved: { readonly broker: Amount | undefined; readonly exchange: Amount | undefined };
}

/** What the sets of a book take off the sum of its lines on one standard. */
export interface Relief {
  readonly saved: Amount;
  /** Lots in sets that no rule prices: what they take is open. */
  readonly open: ReadonlyMap<Line, Amount>;
}

const ZERO = amount("0");

/** One set of two lines by its rule. */
export interface Priced {
  readonly combination: Combination;
  readonly first: LineLeg;
  readonly second: LineLeg;
  /** Without any markup. */
  readonly plain: Amount;
  /** With the markup of its legs; undefined where these differ. */
  readonly saved: Amount | undefined;
}

/** What both legs are charged above the exchange's figure; a leg that takes nothing goes with any. */
export function markupOf(first: LineLeg, second: LineLeg): Amount | undefined {
  const [one, other] = [first, second].filter(({ alone }) => alone.greaterThan(0));
  if (!one) return ZERO;
  return !other || one.markup.equals(other.markup) ? one.markup : undefined;
}

export function pricedAs(
  [one, other]: readonly [Line, Line],
  standard: Standard,
  on: Day,
): Priced | undefined {
  const [a, b] = [legOfLine(one, standard), legOfLine(other, standard)];
  return a && b && pricedTogether(a, b, on);
}

/** The same of two lines as legs. */
export function pricedTogether(a: LineLeg, b: LineLeg, on: Day): Priced | undefined {
  const found = tried(() => setOrNone(a, b, on));
  if (!("value" in found) || typeof found.value === "string") return undefined;
  const { combination, saved } = found.value;
  const [first, second] = found.value.first === a ? [a, b] : [b, a];
  const markup = markupOf(a, b);
  const raised = markup && saved.times(markup.plus(1));
  return { combination, first, second, plain: saved, saved: raised };
}

/** Whether some rule may join two lines: also where the rule or a line lacks a figure, or its day is over. */
export function mayJoin(one: Line, other: Line, on: Day): boolean {
  const standards = ["broker", "exchange"] as const;
  for (const standard of standards) {
    const [a, b] = [legOfLine(one, standard), legOfLine(other, standard)];
    if (!a?.joins || !b?.joins) continue;
    if (a.joins.rules.combinations.length === 0) return true;
    const found = tried(() => setOrNone(a, b, on));
    return !("value" in found && found.value === "setForm");
  }
  return true;
}

/** The combination that a printed strategy names, by its code or its title; undefined where it names none of ours. */
function named({ combinations }: RuleSet, strategy: string): Combination | undefined {
  const code = combinationNamed({ combinations } as RuleSet, strategy);
  if (code) return code;
  // 宽跨式空头 holds 跨式空头: the longer title counts.
  return [...combinations]
    .sort((a, b) => b.title.zh.length - a.title.zh.length)
    .find(({ title }) => strategy.includes(title.zh));
}

/** Whether the printed strategy is this one, or says nothing that is known here. */
function agrees({ combination, first }: Priced, { strategy }: ToldSet): boolean {
  const rules = first.joins?.rules;
  const said = rules && strategy !== undefined && named(rules, strategy);
  return !said || said === combination;
}

/** A told set on both standards, and its two lines. */
interface Found {
  readonly broker: Priced | undefined;
  readonly exchange: Priced | undefined;
  /** By the rule: of the exchange's standard, else the broker's. */
  readonly by: Priced;
}

/** A code stands in a statement long and short, and apart for hedging: more rows than these name no line. */
const MOST_ALIKE = 8;

function foundOf(
  set: ToldSet,
  lineOf: (holding: Holding) => Line | undefined,
  on: Day,
): Found | undefined {
  const [firsts, seconds, ...more] = set.legs;
  if (!firsts || !seconds || more.length > 0 || !set.whole) return undefined;
  if (!set.sets.isInteger() || !set.sets.greaterThan(0)) return undefined;
  if (firsts.length > MOST_ALIKE || seconds.length > MOST_ALIKE) return undefined;
  const found = new Map<string, Found>();
  for (const one of firsts) {
    for (const other of seconds) {
      const [a, b] = [lineOf(one), lineOf(other)];
      if (!a || !b || a === b) continue;
      const broker = pricedAs([a, b], "broker", on);
      const exchange = pricedAs([a, b], "exchange", on);
      const by = exchange ?? broker;
      if (!by || !agrees(by, set)) continue;
      // One code for both legs finds the pair twice.
      found.set(`${by.first.line.id} ${by.second.line.id}`, { broker, exchange, by });
    }
  }
  const [only, ...others] = found.values();
  return others.length === 0 ? only : undefined;
}

/** Lots that can be in sets: as its row prints, else all. Shares count by the lot; how many are free is not told. */
const lotsInSets = ({ kind, position }: Line): Amount =>
  kind === "shares" ? ZERO : (position.combinedQuantity ?? position.quantity);

const added = (lots: Map<Line, Amount>, line: Line, more: Amount): unknown =>
  lots.set(line, (lots.get(line) ?? ZERO).plus(more));

const legsOf = ({ first, second }: Priced): readonly Line[] => [first.line, second.line];

/** A set's part in pricing. */
const PRICING = 1;

/** The sets of a book with the rules that price them. Sets of more lots than a line has are priced by none. */
export function* heldSetsInSteps(
  { sets }: { readonly sets: readonly ToldSet[] },
  lineOf: (holding: Holding) => Line | undefined,
  on: Day,
  pace: Pace,
): Generator<void, readonly HeldSet[]> {
  const all: { readonly set: ToldSet; readonly found: Found | undefined }[] = [];
  const wanted = new Map<Line, Amount>();
  for (const set of sets) {
    const found = foundOf(set, lineOf, on);
    all.push({ set, found });
    const named = set.legs.flat().flatMap((holding) => lineOf(holding) ?? []);
    for (const line of new Set(found ? legsOf(found.by) : named)) added(wanted, line, set.sets);
    if (pace.due(PRICING)) yield;
  }
  const tooMany = (line: Line): boolean => wanted.get(line)?.greaterThan(lotsInSets(line)) ?? false;
  return all.map(({ set, found }) => {
    const { id, strategy, from, printed } = set;
    const common = { id, strategy, sets: set.sets, from, printed };
    const legs = found && legsOf(found.by);
    if (!legs || legs.some(tooMany)) {
      return {
        ...common,
        legs: set.legs.flatMap(([first, ...more]) =>
          first && more.length === 0 ? (lineOf(first) ?? []) : [],
        ),
        combination: undefined,
        saved: { broker: undefined, exchange: undefined },
      };
    }
    return {
      ...common,
      legs,
      combination: found.by.combination,
      saved: {
        broker: found.broker?.saved?.times(set.sets),
        exchange: found.exchange?.saved?.times(set.sets),
      },
    };
  });
}

/** What the priced sets save on a standard, and what is in sets beyond them. */
export function reliefOf(
  lines: readonly Line[],
  sets: readonly HeldSet[],
  standard: Standard,
): Relief {
  const priced = new Map<Line, Amount>();
  let saved = ZERO;
  for (const set of sets) {
    const own = set.saved[standard];
    if (!own) continue;
    saved = saved.plus(own);
    for (const line of set.legs) added(priced, line, set.sets);
  }
  const open = new Map<Line, Amount>();
  for (const line of lines) {
    const rest = line.inSets?.minus(priced.get(line) ?? ZERO);
    if (rest?.greaterThan(0)) open.set(line, rest);
  }
  return { saved, open };
}

/** What so many lots of a line take by themselves on a standard. */
export function shareOf(line: Line, lots: Amount, standard: Standard): Amount | undefined {
  const { margin } = standard === "broker" ? line.broker : line.exchangeFigure;
  return margin?.times(lots).dividedBy(line.position.quantity);
}

/** What a set's legs take alone on a standard. */
export function apartOf({ legs, sets }: HeldSet, standard: Standard): Amount | undefined {
  let apart = ZERO;
  for (const line of legs) {
    const share = shareOf(line, sets, standard);
    if (!share) return undefined;
    apart = apart.plus(share);
  }
  return apart;
}

/** What a set takes on a standard by its rule. */
export function togetherOf(set: HeldSet, standard: Standard): Amount | undefined {
  const saved = set.saved[standard];
  return saved && apartOf(set, standard)?.minus(saved);
}
