/** A book's lines and sets as scenarios hold them, on one of the two standards; or what keeps them from it. */
import {
  amount,
  combinationEditionOn,
  likelyExpiryDay,
  type Amount,
  type Bilingual,
  type Day,
  type Pace,
  type PositionHeld,
  type SetHeld,
} from "../core";
import { exchanges } from "../exchanges";
import type { Book, Line } from "./book";
import { optionOf, ruleRate, tried } from "./figure";
import type { Standard } from "./legs";
import { reliefOf, type HeldSet } from "./sets";

/** A line that keeps the whole from being worked out, and why. */
export interface Open {
  readonly contract: string;
  readonly why: Bilingual;
}

export interface HeldHere {
  readonly positions: readonly PositionHeld[];
  readonly sets: readonly SetHeld[];
  readonly lineOf: ReadonlyMap<PositionHeld, Line>;
  /** While there is one, nothing can be told of the whole. */
  readonly open: readonly Open[];
}

/** A line's part in being made ready. */
const READYING = 0.5;

/** Lines whose expiry is only likely: holidays may still move it. */
export const isTentative = (line: Line): boolean =>
  optionOf(line.position)?.expiry?.shifted === false;

/** The last trading day of a line's option, a likely one among them. */
export function likelyDayOf({ position }: Line): Day | undefined {
  const contract = optionOf(position);
  return contract?.expiry && likelyExpiryDay(contract.expiry, contract.rules.calendar);
}

const noPrice = ({ position: { contract } }: Line): Bilingual => ({
  zh: `${contract} 的价格、标的价或合约单位不全，换个行情就算不出它的保证金。补齐再看。`,
  en: `${contract} lacks a price, its underlying's price or its unit, so its margin at other prices is open. Complete it first.`,
});

const inUnknownSet = (contract: string): Bilingual => ({
  zh: `${contract} 在组合中，按哪条规则收没有确定，换个行情收多少算不出。`,
  en: `${contract} is in a set whose rule isn't known, so what it takes at other prices is open.`,
});

/** A line as a scenario holds it; undefined where it lacks a figure. */
function positionOf(line: Line, standard: Standard, on: Day): PositionHeld | undefined {
  const { position, kind, unit, strike, price, underlyingPrice: underlying } = line;
  const { contract: label, side, quantity: lots } = position;
  const figure = standard === "broker" ? line.broker : line.exchangeFigure;
  if (figure.gap) return undefined;
  const { rate, markup } = figure;
  if (kind === "shares") return { kind, label };
  const of = line.underlying ?? label;
  if (kind === "future") {
    if (!unit || !underlying || !rate || side === "covered") return undefined;
    return { kind, label, side, lots, unit, of, underlying, rate, markup };
  }
  const contract = optionOf(position);
  if (!contract) return undefined;
  const { rules, product, right, terms } = contract;
  const own = rate && ruleRate(contract, on)?.equals(rate);
  return {
    kind: "option",
    ...{ label, side, lots, unit, rules, product, right, strike },
    ...{ settlement: price, of, underlying, markup },
    // What the edition has by itself isn't given to it once more.
    rate: own ? undefined : rate,
    expiry: likelyDayOf(line),
    tick: terms?.tick === undefined ? undefined : amount(terms.tick),
  };
}

/** The markup of a set: that of its leg which takes margin. */
const markupOf = ({ legs }: HeldSet, standard: Standard): Amount | undefined => {
  const figures = legs.map((line) => (standard === "broker" ? line.broker : line.exchangeFigure));
  for (const figure of figures) {
    if (!figure.gap && figure.margin.greaterThan(0)) return figure.markup;
  }
  return undefined;
};

function setHeld(
  set: HeldSet,
  standard: Standard,
  on: Day,
  heldOf: ReadonlyMap<Line, PositionHeld>,
): SetHeld | undefined {
  const { combination, legs, sets, saved } = set;
  const [one, other] = legs;
  const [first, second] = [one && heldOf.get(one), other && heldOf.get(other)];
  const rules = exchanges.find(({ exchange }) => exchange === one?.exchange?.code);
  if (!combination || !saved[standard] || !rules || !first || !second) return undefined;
  const edition = tried(() => combinationEditionOn(rules, combination, on));
  if (!("value" in edition)) return undefined;
  return { edition: edition.value, first, second, sets, markup: markupOf(set, standard) };
}

/** Everything a book holds, ready for a scenario book. */
export function* heldInSteps(
  { lines, sets }: Pick<Book, "lines" | "sets">,
  standard: Standard,
  on: Day,
  pace: Pace,
): Generator<void, HeldHere> {
  const open: Open[] = [];
  const held = new Map<Line, PositionHeld>();
  const lineOf = new Map<PositionHeld, Line>();
  for (const line of lines) {
    if (pace.due(READYING)) yield;
    const { contract } = line.position;
    const { gap } = standard === "broker" ? line.broker : line.exchangeFigure;
    const position = positionOf(line, standard, on);
    if (position) {
      held.set(line, position);
      lineOf.set(position, line);
    } else open.push({ contract, why: gap?.why ?? noPrice(line) });
  }
  for (const [line] of reliefOf(lines, sets, standard).open) {
    const { contract } = line.position;
    open.push({ contract, why: inUnknownSet(contract) });
  }
  const together: SetHeld[] = [];
  for (const set of sets) {
    if (pace.due(READYING)) yield;
    const found = setHeld(set, standard, on, held);
    const contract = set.legs.map(({ position }) => position.contract).join(" + ") || set.id;
    if (found) together.push(found);
    else if (!open.some((one) => contract.includes(one.contract))) {
      open.push({ contract, why: inUnknownSet(contract) });
    }
  }
  return { positions: [...held.values()], sets: together, lineOf, open };
}
