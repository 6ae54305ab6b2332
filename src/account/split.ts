/** The rule run again over what a snapshot kept, and a change split into the rule's own terms. */
import {
  amount,
  readInstrument,
  shortMargin,
  type Amount,
  type Day,
  type Instrument,
  type ShortMargin,
} from "../core";
import { exchanges } from "../exchanges";
import { tried } from "./figure";
import type { CauseId, SnapshotLine } from "./since";

const ZERO = amount("0");

/** Everything a margin is worked out from, on one day. */
interface Inputs {
  readonly price: Amount;
  readonly underlyingPrice: Amount;
  readonly strike: Amount | undefined;
  readonly unit: Amount;
  readonly rate: Amount;
  readonly markup: Amount;
  readonly on: Day;
}

const figure = (text: string | undefined): Amount | undefined =>
  text === undefined ? undefined : amount(text);

function inputsOf(line: SnapshotLine, on: Day | undefined): Inputs | undefined {
  const { price, underlyingPrice, strike, unit, rate, markup } = line;
  const [p, u, m, r] = [price, underlyingPrice, unit, rate].map(figure);
  if (!p || !u || !m || !r || !on) return undefined;
  return {
    price: p,
    underlyingPrice: u,
    strike: figure(strike),
    unit: m,
    rate: r,
    markup: figure(markup) ?? ZERO,
    on,
  };
}

function instrumentOf(contract: string, on: Day): Instrument | undefined {
  const read = tried(() => readInstrument(contract, exchanges, on));
  return "value" in read ? read.value : undefined;
}

type Terms = Readonly<
  Record<
    "premium" | "underlyingPart" | "outOfTheMoney" | "lift" | "cut" | "markup" | "total",
    Amount
  >
>;

function futureTerms({ price, unit, rate, markup }: Inputs, lots: Amount): Terms {
  const underlyingPart = price.times(unit).times(rate).times(lots);
  const added = underlyingPart.times(markup);
  return {
    premium: ZERO,
    underlyingPart,
    outOfTheMoney: ZERO,
    lift: ZERO,
    cut: ZERO,
    markup: added,
    total: underlyingPart.plus(added),
  };
}

function optionTerms(
  instrument: Extract<Instrument, { kind: "option" }>,
  { price, underlyingPrice, strike, unit, rate, markup, on }: Inputs,
  lots: Amount,
): ShortMargin | undefined {
  const { rules, right, product } = instrument.contract;
  if (!strike) return undefined;
  const terms = { settlement: price, underlying: underlyingPrice, strike, multiplier: unit };
  const worked = tried(() =>
    shortMargin(rules, { right, terms, rate, product }, { lots, markup, on }),
  );
  return "value" in worked ? worked.value : undefined;
}

/** What the rule gives for a line; undefined where it takes none or lacks something. */
function termsOf(
  { contract, side }: Pick<SnapshotLine, "contract" | "side">,
  inputs: Inputs,
  lots: Amount,
): Terms | undefined {
  const instrument = instrumentOf(contract, inputs.on);
  if (instrument?.kind === "future") return futureTerms(inputs, lots);
  if (instrument?.kind !== "option" || side !== "short") return undefined;
  return optionTerms(instrument, inputs, lots);
}

/** What a line took: as printed, else by the rule; nothing for holders and covered calls. */
export function marginOfSnapshot(line: SnapshotLine, on: Day | undefined): Amount | undefined {
  if (line.printed !== undefined) return amount(line.printed);
  const inputs = inputsOf(line, on);
  const worked = inputs && termsOf(line, inputs, amount(line.lots))?.total;
  if (worked || !on) return worked;
  const takesNone = instrumentOf(line.contract, on)?.kind === "option" && line.side !== "short";
  return takesNone ? ZERO : undefined;
}

const TERMS = [
  ["premium", "premium"],
  ["underlying", "underlyingPart"],
  ["outOfTheMoney", "outOfTheMoney"],
  ["lift", "lift"],
  ["cut", "cut"],
  ["markup", "markup"],
] as const satisfies readonly (readonly [CauseId, keyof Terms])[];

/**
 * The change of a line's margin for lots held on both days, in this order: strike and unit, then the rate (and the
 * rule's edition), then the additive terms as the prices move. Undefined where a day lacks something.
 */
export function splitOf(
  before: { readonly line: SnapshotLine; readonly day: Day | undefined },
  after: { readonly line: SnapshotLine; readonly day: Day | undefined },
  lots: Amount,
): readonly { readonly id: CauseId; readonly amount: Amount }[] | undefined {
  const [old, now] = [inputsOf(before.line, before.day), inputsOf(after.line, after.day)];
  if (!old || !now) return undefined;
  const adjusted: Inputs = { ...old, strike: now.strike, unit: now.unit };
  const rerated: Inputs = { ...adjusted, rate: now.rate, on: now.on };
  const [first, second, third, last] = [old, adjusted, rerated, now].map((inputs) =>
    termsOf(after.line, inputs, lots),
  );
  if (!first || !second || !third || !last) return undefined;
  return [
    { id: "adjustment", amount: second.total.minus(first.total) },
    { id: "rate", amount: third.total.minus(second.total) },
    ...TERMS.map(([id, term]) => ({ id, amount: last[term].minus(third[term]) })),
  ];
}
