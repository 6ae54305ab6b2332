/** What is held, made ready for shocks: what a price moves, what takes margin, and what equity gains. */
import { MarginError } from "./errors";
import { editionOn } from "./margin";
import { amount, type Amount } from "./number";
import type {
  Outcomes,
  PositionHeld,
  ScenarioBook,
  ScenarioTerms,
  SetHeld,
  Shock,
  UnderlyingHeld,
} from "./scenario";
import { Totals } from "./scenario-figures";
import { gainsOf, groupGains } from "./scenario-gains";
import { groupMargins, grouped, memberMargins, type Leg, type Margined } from "./scenario-margin";
import { modelOf } from "./scenario-model";
import { standings } from "./scenario-prices";

const ONE = amount("1");
/** Scenarios worked out at a time, of which a processor remembers all steps of a formula. */
const MOST = 2048;
/** Prices of a run: fewer scenarios at a time for what is held in very many positions. */
const PRICES = 524_288;
/** From so many on, positions are worked out one by one. */
const LONG = 64;

/** What a position is to margin. @throws missing for a figure its rule needs; noRule */
function legOf(position: PositionHeld, index: number, { on }: ScenarioTerms): Leg {
  if (position.kind === "shares") return { kind: "shares" };
  const { unit, label, rate } = position;
  const lacks = (argument: string) => new MarginError("missing", { argument, detail: label });
  if (!unit) throw lacks("unit");
  if (position.kind === "future") return { kind: "future", index, unit, rate: position.rate };
  const { strike, side, right, rules, product } = position;
  if (!strike) throw lacks("strike");
  if (side === "long") return { kind: "long", index, strike, unit };
  const edition = editionOn(rules, on, product);
  if (edition.needs.includes("rate") && !rate) throw lacks("rate");
  return { kind: "short", index, edition, right, strike, unit, rate };
}

/** What takes margin: what is left of positions alone, and the sets. */
export function marginedOf(
  positions: readonly PositionHeld[],
  sets: readonly SetHeld[],
  terms: ScenarioTerms,
): readonly Margined[] {
  const left = new Map(
    positions.map((position) => [position, position.kind === "shares" ? undefined : position.lots]),
  );
  const place = new Map(positions.map((position, index) => [position, index]));
  const legAt = (position: PositionHeld): Leg =>
    legOf(position, place.get(position) as number, terms);
  const raised = (lots: Amount, markup: Amount | undefined): Amount =>
    markup ? lots.times(markup.plus(ONE)) : lots;

  const together = sets.map(({ edition, first, second, sets: count, markup }): Margined => {
    for (const position of [first, second]) {
      const lots = left.get(position);
      if (position.kind === "shares" || !lots) continue;
      if (lots.lessThan(count)) {
        throw new MarginError("outOfRange", {
          ...{ argument: "sets", value: count, must: "notAboveLots", detail: position.label },
        });
      }
      left.set(position, lots.minus(count));
    }
    return {
      ...{ first: legAt(first), second: legAt(second), combination: edition },
      times: raised(count, markup),
    };
  });
  const alone = positions.flatMap((position): Margined[] => {
    const lots = left.get(position);
    if (position.kind === "shares" || !lots || lots.isZero()) return [];
    if (position.kind === "option" && position.side !== "short") return [];
    return [{ first: legAt(position), times: raised(lots, position.markup) }];
  });
  return [...alone, ...together];
}

/** Options whose price margin or gain asks for. */
function askedFor(
  positions: readonly PositionHeld[],
  margined: readonly Margined[],
  { basis }: ScenarioTerms,
): ReadonlySet<number> {
  const asked = new Set<number>();
  for (const { first, second } of margined) {
    for (const leg of [first, second]) if (leg && "index" in leg) asked.add(leg.index);
  }
  if (basis === "market") {
    positions.forEach(({ kind }, index) => kind === "option" && asked.add(index));
  }
  return asked;
}

function underlyingsOf(positions: readonly PositionHeld[]): readonly UnderlyingHeld[] {
  const found = new Map<string, { prices: Amount[]; positions: number }>();
  for (const position of positions) {
    if (position.kind === "shares" || !position.underlying) continue;
    const { of, underlying } = position;
    const known = found.get(of) ?? { prices: [], positions: 0 };
    found.set(of, known);
    known.positions += 1;
    if (!known.prices.some((price) => price.equals(underlying))) known.prices.push(underlying);
  }
  return [...found].map(([key, known]) => ({ key, ...known }));
}

/** @throws outOfRange, as ScenarioBook.outcomes does */
function checkShock(
  { move, prices, volatility, days = 0 }: Shock,
  daysLeft: number | undefined,
  seen: Set<Amount>,
): void {
  const refuse = (argument: string, value: unknown, must: "shock" | "aboveZero"): never => {
    throw new MarginError("outOfRange", { argument, value, must });
  };
  if (move && !seen.has(move) && !move.greaterThan(-1)) refuse("priceShock", move, "shock");
  if (volatility && !seen.has(volatility) && !volatility.greaterThan(-1)) {
    refuse("volShock", volatility, "shock");
  }
  if (move) seen.add(move);
  if (volatility) seen.add(volatility);
  for (const price of prices?.values() ?? []) {
    if (!price.greaterThan(0)) refuse("underlying", price, "aboveZero");
  }
  if (Number.isInteger(days) && days >= 0 && (daysLeft === undefined || days <= daysLeft)) return;
  throw new MarginError("outOfRange", {
    ...{ argument: "days", value: days, must: "beforeExpiry" },
    ...(daysLeft !== undefined && { detail: `≤ ${daysLeft}` }),
  });
}

/**
 * A book of positions and sets, ready to be shocked.
 * @throws outOfRange where sets take more lots of a position than it has; missing or noRule where a margin
 * lacks a figure that no price brings.
 */
export function scenarioBook(
  positions: readonly PositionHeld[],
  sets: readonly SetHeld[],
  terms: ScenarioTerms,
): ScenarioBook {
  const refused = new Map<PositionHeld, MarginError>();
  const models = positions.map((position) => {
    if (position.kind !== "option") return undefined;
    try {
      return modelOf(position, terms.on);
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      refused.set(position, error);
      return undefined;
    }
  });
  const margined = marginedOf(positions, sets, terms);
  const groups = grouped(margined);
  const asked = askedFor(positions, margined, terms);
  const blocking = positions.filter((position, index) => asked.has(index) && refused.has(position));
  const daysLeft = [...asked].reduce<number | undefined>((least, index) => {
    const left = models[index]?.daysLeft;
    return left === undefined ? least : Math.min(left, least ?? left);
  }, undefined);
  const gainful = gainsOf(positions, terms);

  const standing = standings(positions, models);

  const outcomes = (shocks: readonly Shock[]): Outcomes => {
    const [first] = blocking;
    if (first) throw refused.get(first) as MarginError;
    const seen = new Set<Amount>();
    for (const shock of shocks) checkShock(shock, daysLeft, seen);
    const count = shocks.length;
    const [margins, gains] = [new Float64Array(count), new Float64Array(count)];
    // Runs of one length keep their columns.
    const most = Math.min(MOST, Math.max(1, Math.floor(PRICES / positions.length)));
    const step = Math.ceil(count / Math.max(1, Math.ceil(count / most)));
    const runs: { margin: Totals; gain: Totals }[] = [];
    for (let start = 0; start < count; start += step) {
      const run = shocks.slice(start, start + step);
      const [margin, gain] = [new Totals(run.length), new Totals(run.length)];
      const stand = standing(run);
      for (const group of groups) {
        if (step >= LONG) memberMargins(group, stand, (column) => margin.add(column, 1));
        else margin.add(groupMargins(group, stand), group.members.length);
      }
      for (const gainers of gainful) gain.add(groupGains(gainers, stand), gainers.length);
      margin.write(margins, start);
      gain.write(gains, start);
      runs.push({ margin, gain });
    }
    return {
      ...{ count, margins, gains },
      at(index) {
        const { margin, gain } = runs[Math.floor(index / step)] as (typeof runs)[number];
        return { margin: margin.at(index % step), gain: gain.at(index % step) };
      },
    };
  };

  return {
    ...{ positions, sets, terms, underlyings: underlyingsOf(positions) },
    ...{ daysLeft, refused, blocking, outcomes },
    prices(shock) {
      const { price, underlying } = standing([shock]);
      return positions.flatMap((position, index) => {
        if (position.kind === "shares") return [];
        const spot = underlying(index)?.at(0);
        const own = position.kind === "future" ? spot : price(index)?.at(0);
        return [{ position, price: own, underlying: spot }];
      });
    },
  };
}
