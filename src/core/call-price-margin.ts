/** The margin of one lot or one set over any arithmetic, from what its positions stand at. */
import type { Arithmetic } from "./arithmetic";
import type { Day } from "./day";
import { editionOn, run } from "./margin";
import type { OptionHeld, PositionHeld, SetHeld } from "./scenario";
import type { CombinationEdition, CombinationTerm } from "./strategy";

/** A position alone or two as a set, so many times, markup included. */
export interface Margined {
  readonly first: PositionHeld;
  readonly second?: PositionHeld;
  readonly combination?: CombinationEdition;
  readonly times: number;
}

/** What takes margin of what is held: the sets, and what they leave of shorts and futures. */
export function marginedParts(
  positions: readonly PositionHeld[],
  sets: readonly SetHeld[],
): readonly Margined[] {
  const inSets = new Map<PositionHeld, number>();
  const together = sets.map(({ edition, first, second, sets: count, markup }): Margined => {
    for (const leg of [first, second]) {
      inSets.set(leg, (inSets.get(leg) ?? 0) + count.toNumber());
    }
    const times = count.toNumber() * (1 + (markup?.toNumber() ?? 0));
    return { first, second, combination: edition, times };
  });
  const alone = positions.flatMap((first): Margined[] => {
    if (first.kind === "shares" || (first.kind === "option" && first.side !== "short")) return [];
    const lots = first.lots.toNumber() - (inSets.get(first) ?? 0);
    return lots > 0 ? [{ first, times: lots * (1 + (first.markup?.toNumber() ?? 0)) }] : [];
  });
  return [...together, ...alone];
}

/** What a position stands at, in some arithmetic. */
export interface Stand<N> {
  readonly price: N;
  readonly underlying: N;
}

/** A figure of a position that a book with an answer always has. */
export const known = (figure: { toNumber: () => number } | undefined): number =>
  figure?.toNumber() ?? 0;

function legMargin<N>(
  arithmetic: Arithmetic<N>,
  of: (figure: number) => N,
  position: PositionHeld,
  { price, underlying }: Stand<N>,
  on: Day,
): { readonly margin: N; readonly premium: N } {
  const { times, zero } = arithmetic;
  if (position.kind === "shares") return { margin: zero, premium: zero };
  const unit = of(known(position.unit));
  if (position.kind === "future") {
    const margin = times(times(underlying, unit), of(known(position.rate)));
    return { margin, premium: zero };
  }
  if (position.side !== "short") return { margin: zero, premium: times(price, unit) };
  const { rules, product: code, right, strike, rate } = position;
  const { margin, premium } = run(arithmetic, editionOn(rules, on, code), {
    ...{ right, product: code, rate: rate && of(rate.toNumber()) },
    terms: { settlement: price, underlying, strike: of(known(strike)), multiplier: unit },
  }).working;
  return { margin, premium };
}

/** The margin of one set, or of one lot alone. */
export function oneMargin<N>(
  arithmetic: Arithmetic<N>,
  of: (figure: number) => N,
  { first, second, combination }: Margined,
  standOf: (position: PositionHeld) => Stand<N>,
  on: Day,
): N {
  const one = legMargin(arithmetic, of, first, standOf(first), on);
  if (!second || !combination) return one.margin;
  const other = legMargin(arithmetic, of, second, standOf(second), on);
  const options = [first, second].filter((leg): leg is OptionHeld => leg.kind === "option");
  const [a, b] = options.map(({ strike }) => known(strike));
  const gap = b === undefined ? 0 : Math.abs((a as number) - b) * known(options[0]?.unit);
  const terms: Record<CombinationTerm, N> = {
    firstMargin: one.margin,
    secondMargin: other.margin,
    firstPremium: one.premium,
    secondPremium: other.premium,
    strikeGap: of(gap),
  };
  const parameters: Record<string, N> = {};
  for (const [name, figure] of Object.entries(combination.parameters)) {
    parameters[name] = arithmetic.of(figure as string);
  }
  return combination.margin(arithmetic, terms, parameters);
}
