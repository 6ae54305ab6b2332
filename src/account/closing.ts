/** Lots to close so that an account comes below a line on every standard it is measured by. */
import { amount, liquidationInSteps, type Amount, type ClosingOrder, type Pace } from "../core";
import type { Candidate } from "./plan";
import { moneyToAdd } from "./standing";

/** One standard: the margin it takes, the line to come below, and what closing all of a line's lots frees. */
export interface Measure {
  readonly margin: Amount;
  readonly line: Amount;
  readonly frees: (candidate: Candidate) => Amount;
}

interface After {
  /** In the order of the measures. */
  readonly margins: readonly Amount[];
  readonly money: Amount;
}

interface Closing {
  readonly steps: readonly {
    readonly item: Candidate;
    readonly lots: number;
    readonly after: After;
  }[];
  readonly shortfall: Amount;
  readonly proven: boolean;
  readonly unhelpful: readonly Candidate[];
}

interface Aim {
  readonly measures: readonly Measure[];
  readonly money: Amount;
  readonly order: ClosingOrder;
}

const ZERO = amount("0");

const part = (whole: Amount, lots: number, { lots: all }: Candidate): Amount =>
  whole.times(lots).dividedBy(all);

const afterStep = (
  measures: readonly Measure[],
  { margins, money }: After,
  item: Candidate,
  lots: number,
): After => ({
  margins: measures.map(({ frees }, index) =>
    (margins[index] ?? ZERO).minus(part(frees(item), lots, item)),
  ),
  money: money.minus(part(item.loss ?? item.cost, lots, item)),
});

/** What is still open of a candidate, as one standard sees it. */
function openPart(of: Candidate, closed: number, { frees }: Measure) {
  const lots = of.lots - closed;
  if (lots === 0) return [];
  const left = (whole: Amount): Amount => (closed === 0 ? whole : part(whole, lots, of));
  const loss = of.loss && left(of.loss);
  return [{ ...of, of, lots, margin: left(frees(of)), cost: left(of.cost), loss }];
}

/** What must be added where closing alone doesn't lead below every line. */
function shortfallOf(measures: readonly Measure[], { margins, money }: After): Amount {
  return measures.reduce((most, measure, index) => {
    const margin = margins[index] ?? ZERO;
    if (over(measure, margin, money).lessThan(0)) return most;
    const needed = moneyToAdd(margin, money, measure.line);
    return needed.greaterThan(most) ? needed : most;
  }, ZERO);
}

/** Margin above what the line allows; at the line it still counts as reached. */
const over = ({ line }: Measure, margin: Amount | undefined, money: Amount): Amount =>
  (margin ?? ZERO).minus(line.times(money));

/** The measures by how far they are from their line, the farthest first. */
const farthest = (measures: readonly Measure[], { margins, money }: After): readonly number[] =>
  measures
    .map((measure, index) => ({ index, beyond: over(measure, margins[index], money) }))
    .sort((a, b) => b.beyond.comparedTo(a.beyond))
    .map(({ index }) => index);

/**
 * Closes on the standard that asks for more, and where that doesn't bring the other below its line, on with what is
 * left for that one: such a plan is not proven the best.
 */
export function* closingFor(
  candidates: readonly Candidate[],
  { measures, money, order }: Aim,
  pace: Pace,
): Generator<void, Closing> {
  let after: After = { margins: measures.map(({ margin }) => margin), money };
  const steps: Closing["steps"][number][] = [];
  const closed = new Map<Candidate, number>();
  let proven = true;
  let unhelpful: readonly Candidate[] = [];
  for (const [round, index] of farthest(measures, after).entries()) {
    const measure = measures[index] as Measure;
    const margin = after.margins[index] ?? ZERO;
    if (round > 0 && over(measure, margin, after.money).lessThan(0)) continue;
    const open = candidates.flatMap((item) => openPart(item, closed.get(item) ?? 0, measure));
    const target = { margin, equity: after.money, line: measure.line, order, strictly: true };
    const found = yield* liquidationInSteps(open, target, pace);
    for (const { item, lots } of found.steps) {
      after = afterStep(measures, after, item.of, lots);
      closed.set(item.of, (closed.get(item.of) ?? 0) + lots);
      steps.push({ item: item.of, lots, after });
      if (pace.due()) yield;
    }
    proven = proven && found.proven && round === 0;
    if (round === 0) unhelpful = found.unhelpful.map(({ of }) => of);
  }
  return {
    steps,
    shortfall: shortfallOf(measures, after),
    proven,
    unhelpful: unhelpful.filter((item) => !closed.has(item)),
  };
}
