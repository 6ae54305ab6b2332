/** What underlyings and options stand at in the scenarios of a run. */
import { padded } from "./blocks";
import { amount, type Amount } from "./number";
import type { PositionHeld, Shock } from "./scenario";
import { doublesOf, figuresOf, type Figures } from "./scenario-figures";
import type { Standing } from "./scenario-margin";
import { pricesIn, type Model, type Run } from "./scenario-model";

const ONE = amount("1");

/** What an underlying stands at, and as doubles for the model. */
type Spots = Figures & { readonly doubles: Float64Array };

/** An underlying at the price that some positions say it stands at now. */
interface Underlying {
  readonly of: string;
  readonly now: Amount;
}

function spotsOf({ of, now }: Underlying, shocks: readonly Shock[]): Spots {
  // Neighbours in a grid share a move.
  let [last, spot]: [Amount | undefined, Amount] = [undefined, now];
  const spots = shocks.map(({ move, prices }) => {
    const named = prices?.get(of);
    if (named) return named;
    if (move !== last) [last, spot] = [move, move ? now.times(move.plus(ONE)) : now];
    return spot;
  });
  const figures = figuresOf(spots);
  return { ...figures, doubles: doublesOf(figures, spots.length) };
}

/** Every position's place among the underlyings, each with its price listed once. */
function underlyingsIn(positions: readonly PositionHeld[]) {
  const underlyings: Underlying[] = [];
  const known = new Map<string, number>();
  const placeOf = positions.map((position) => {
    if (position.kind === "shares" || !position.underlying) return undefined;
    const { of, underlying: now } = position;
    const key = `${of} ${now.toString()}`;
    const place = known.get(key) ?? underlyings.push({ of, now }) - 1;
    known.set(key, place);
    return place;
  });
  return { underlyings, placeOf };
}

function runOf(shocks: readonly Shock[]): Run {
  const run = {
    volatilities: new Float64Array(shocks.length),
    inverses: new Float64Array(shocks.length),
    days: new Float64Array(shocks.length),
  };
  const known = new Map<Amount, number>();
  shocks.forEach(({ volatility, days = 0 }, i) => {
    const more = (volatility && (known.get(volatility) ?? volatility.toNumber())) ?? 0;
    if (volatility) known.set(volatility, more);
    run.volatilities[i] = 1 + more;
    run.inverses[i] = 1 / (1 + more);
    run.days[i] = days;
  });
  return run;
}

/**
 * What positions stand at: options where they have a model, all else always. A price is worked out when it is
 * first asked for; what a run gives holds until the next one.
 */
export function standings(
  positions: readonly PositionHeld[],
  models: readonly (Model | undefined)[],
): (shocks: readonly Shock[]) => Standing {
  const { underlyings: listed, placeOf } = underlyingsIn(positions);
  // Each run writes over the last one's prices.
  let wholes = new Float64Array(0);
  return (shocks) => {
    const run = runOf(shocks);
    const scenarios = shocks.length;
    const spots = listed.map((underlying) => spotsOf(underlying, shocks));
    const underlying = (index: number): Spots | undefined => spots[placeOf[index] ?? -1];
    const stretch = padded(scenarios);
    const size = positions.length * stretch;
    if (wholes.length < size) wholes = new Float64Array(size);
    const prices: (Figures | undefined)[] = models.map(() => undefined);
    const price = (index: number): Figures | undefined => {
      const [model, spot] = [models[index], underlying(index)];
      if (!model || !spot) return undefined;
      return (prices[index] ??= pricesIn(model, spot.doubles, run, wholes, index * stretch));
    };
    return { scenarios, price, underlying };
  };
}
