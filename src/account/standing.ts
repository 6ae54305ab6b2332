/** Where an account stands on both standards, and what must be done by when. */
import {
  amount,
  marginCall,
  MarginError,
  riskStatus,
  type Amount,
  type Bilingual,
  type Day,
  type Pace,
  type Status,
} from "../core";
import type { BookInputs, Line } from "./book";
import { deadlineOf, type Deadline } from "./deadline";
import { availableOf, moneyOf } from "./money";
import type { Profile } from "./profile";
import { doubtsOf, mayBeTooSmall, saysCalled, setDoubts } from "./doubts";
import type { Standard } from "./legs";
import { marginBeside, marginInUse, printedSum, type Reading } from "./reading";
import { reliefOf, shareOf, type HeldSet } from "./sets";
import { exchanges } from "../exchanges";

/** Never "normal" on partial data. */
export type Standing = Status | "undetermined";

/** One standard's totals. */
export interface StandardFigures {
  /** Printed by the broker, or worked out from the rules. */
  readonly basis: "printed" | "computed";
  /** Undefined while a line lacks something: `counted` is then the sum of the others. */
  readonly margin: Amount | undefined;
  readonly counted: Amount;
  readonly linesCounted: number;
  readonly linesInAll: number;
  /** Margin ÷ the denominator, a fraction; undefined where either is missing or the equity is not above zero. */
  readonly ratio: Amount | undefined;
  readonly status: Standing;
  /** The file has problems or the counted lines alone already reach a line. */
  readonly incomplete: boolean;
  /** Every row was read and no set can take more: without it nothing that follows is normal. */
  readonly proven: boolean;
  /** Some lots are in sets that no rule prices: the margin is the most it can be. */
  readonly withoutRelief?: boolean | undefined;
}

export interface Standings {
  /** What the headline shows: the printed figures where there are any, else the broker's computed ones. */
  readonly broker: StandardFigures;
  /** On the broker's standard by the rules, whatever is printed. */
  readonly recomputed: StandardFigures;
  readonly exchange: StandardFigures;
  /** The severer: the exchange's ratio reaching 100 % is immediate. */
  readonly status: Standing;
  /** Whether the severer came from the exchange's standard. */
  readonly byExchange: boolean;
  readonly equity: Amount | undefined;
  readonly equityFrom: "printed" | "user" | undefined;
  readonly marketValueEquity: Amount | undefined;
  /** As printed, else equity less margin in use and frozen money. */
  readonly available: Amount | undefined;
  readonly availableFrom: "printed" | "computed" | undefined;
  /** What the ratio divides by, by the profile's definition, with collateral. */
  readonly denominator: Amount | undefined;
  /** The ratio as the broker defines it, where that is not margin ÷ the denominator (inverse). */
  readonly brokerDefinition: Amount | undefined;
  /**
   * To come below the call line on the broker's standard and below it and 100 % on the exchange's: rounded up to the
   * fen, one fen more where it would land on the line. Never less than the broker asks for on paper.
   */
  readonly toAdd: Amount | undefined;
  readonly deadline: (Deadline & { readonly time: string }) | undefined;
  /** Where what is printed contradicts the figures shown. */
  readonly doubts: readonly Bilingual[];
}

const ZERO = amount("0");
const FEN = amount("0.01");

const SEVERITY: readonly Status[] = ["normal", "watch", "marginCall", "liquidation", "immediate"];

/** From 0 for normal; below it for undetermined. */
export const severityOf = (standing: Standing): number =>
  standing === "undetermined" ? -1 : SEVERITY.indexOf(standing);

/** The lines of a book and the sets they are held in. */
export interface Held {
  readonly lines: readonly Line[];
  readonly sets: readonly HeldSet[];
}

/** The money margin is measured by. */
interface Money {
  readonly denominator: Amount | undefined;
  readonly profile: Profile;
  readonly reading: Reading;
  /** In use beside what any rule gives. */
  readonly beside: Amount;
}

function ratioOf(margin: Amount | undefined, denominator: Amount | undefined): Amount | undefined {
  if (!margin || !denominator?.greaterThan(0)) return undefined;
  return margin.dividedBy(denominator);
}

/** The line a margin has reached; an account at or below zero is beyond every one. */
export function standingAt(
  margin: Amount,
  denominator: Amount | undefined,
  { lines }: Profile,
): Standing {
  if (!denominator) return "undetermined";
  if (denominator.lessThan(0)) return "immediate";
  if (denominator.isZero()) return margin.greaterThan(0) ? "immediate" : "normal";
  try {
    return riskStatus(margin.dividedBy(denominator), {
      watchLine: amount(lines.watch),
      callLine: amount(lines.call),
      liquidationLine: amount(lines.liquidation),
      immediateLine: amount(lines.immediate),
    });
  } catch (error) {
    if (error instanceof MarginError) return "undetermined";
    throw error;
  }
}

const notNormal = (standing: Standing): Standing =>
  standing === "normal" ? "undetermined" : standing;

/** A set of ETF options with a long leg, a bear spread, can take more than its short leg; no other takes more than its legs. */
const mayCostMore = ({ legs }: HeldSet): boolean =>
  legs.length < 2 ||
  legs.some(({ kind, position }) => kind === "option" && position.side === "long");

const isOnEtf = ({ exchange }: Line): boolean =>
  exchanges.find((rules) => rules.exchange === exchange?.code)?.underlying === "etf";

/** What sets that no rule prices can take beyond their legs alone; undefined where nothing printed tells it. */
function dearerBy(
  sets: readonly HeldSet[],
  standard: Standard,
  open: ReadonlyMap<Line, Amount>,
): Amount | undefined {
  const told = new Map<Line, Amount>();
  let most = ZERO;
  for (const set of sets) {
    if (set.saved[standard] || !set.legs.some(isOnEtf)) continue;
    for (const line of set.legs) told.set(line, (told.get(line) ?? ZERO).plus(set.sets));
    if (!mayCostMore(set)) continue;
    if (!set.printed) return undefined;
    let more = set.printed;
    for (const line of set.legs) more = more.minus(shareOf(line, set.sets, standard) ?? ZERO);
    if (more.greaterThan(0)) most = most.plus(more);
  }
  // Lots printed as combined that no set names can be in any.
  const unnamed = [...open].some(
    ([line, lots]) =>
      isOnEtf(line) &&
      line.position.combinedQuantity?.greaterThan(0) &&
      lots.greaterThan(told.get(line) ?? ZERO),
  );
  return unnamed ? undefined : most;
}

/** A line's part in a sum. */
const ADDING = 0.1;

/** What the rules give, over the lines: whole, or what can be said of a part. */
function* computed(
  { lines, sets }: Held,
  standard: Standard,
  { denominator, reading, beside }: Money,
  statusOf: (margin: Amount) => Standing,
  pace: Pace,
): Generator<void, StandardFigures> {
  // The rules don't give it, but it is in use on either standard.
  const { saved, open } = reliefOf(lines, sets, standard);
  if (pace.due(lines.length * ADDING)) yield;
  let counted = beside.minus(saved);
  // Lots outside sets and sets that a rule prices take this much, whatever relief there is for the others.
  let least = counted;
  let linesCounted = 0;
  for (const line of lines) {
    if (pace.due(ADDING)) yield;
    const { margin } = standard === "broker" ? line.broker : line.exchangeFigure;
    if (!margin) continue;
    linesCounted += 1;
    counted = counted.plus(margin);
    const { quantity } = line.position;
    const settled = quantity.minus(open.get(line) ?? 0);
    least = least.plus(
      settled.equals(quantity) ? margin : margin.times(settled).dividedBy(quantity),
    );
  }
  const withoutRelief = open.size > 0;
  const linesInAll = lines.length + reading.unread;
  // Without any line only a printed margin of zero says that nothing is held.
  const held = linesInAll > 0 || marginInUse(reading.account)?.isZero();
  const whole = Boolean(held) && linesCounted === linesInAll && !reading.incomplete;
  const proven = whole && reading.proven;
  const atLeast = statusOf(least);
  const reached = severityOf(atLeast) > 0;
  const dearer = withoutRelief ? dearerBy(sets, standard, open) : ZERO;
  const upper = whole ? statusOf(counted.plus(dearer ?? ZERO)) : "undetermined";
  const atMost = dearer ? upper : notNormal(upper);
  const settled = atLeast === atMost || severityOf(atMost) <= 0;
  const status = whole && settled && proven ? atMost : reached ? atLeast : "undetermined";
  return {
    basis: "computed",
    margin: whole ? counted : undefined,
    counted,
    linesCounted,
    linesInAll,
    ratio: whole ? ratioOf(counted, denominator) : undefined,
    status,
    incomplete: !whole,
    proven: proven && dearer !== undefined,
    withoutRelief,
  };
}

/** What the broker printed stands as it is; only "normal" asks that no row can be missing. */
function printed(margin: Amount, lines: number, money: Money): StandardFigures {
  const { denominator, profile, reading } = money;
  const status = standingAt(margin, denominator, profile);
  return {
    basis: "printed",
    margin,
    counted: margin,
    linesCounted: lines,
    linesInAll: lines + reading.unread,
    ratio: ratioOf(margin, denominator),
    status: reading.proven ? status : notNormal(status),
    incomplete: reading.incomplete,
    proven: reading.proven,
  };
}

/** Reaching 100 % on the exchange's standard is a breach there, whatever lines the broker watches. */
export const exchangeStandingAt = (
  margin: Amount,
  denominator: Amount | undefined,
  profile: Profile,
): Standing =>
  ratioOf(margin, denominator)?.greaterThanOrEqualTo(1)
    ? "immediate"
    : standingAt(margin, denominator, profile);

/** A broker that asks for money on paper has called, whatever the lines of the profile say. */
const calledBy = (reading: Reading, figures: StandardFigures): StandardFigures =>
  saysCalled(reading.account) && severityOf(figures.status) < severityOf("marginCall")
    ? { ...figures, status: "marginCall" }
    : figures;

/** The severer of both; without the exchange's figure the broker's stands where it is printed. */
function severer(
  broker: StandardFigures,
  exchange: StandardFigures,
): Pick<Standings, "status" | "byExchange"> {
  if (severityOf(exchange.status) > Math.max(severityOf(broker.status), 0)) {
    return { status: exchange.status, byExchange: true };
  }
  const open = exchange.status === "undetermined" && broker.basis === "computed";
  return { status: open ? notNormal(broker.status) : broker.status, byExchange: false };
}

/** Rounded up to the fen; one more where that would land on the line, which is reached at equality. */
export function moneyToAdd(margin: Amount, denominator: Amount, line: Amount): Amount {
  const needed = marginCall(margin, denominator, line);
  const fen = needed.times(100).ceil().dividedBy(100);
  const after = denominator.plus(fen);
  const stillThere = margin.greaterThanOrEqualTo(line.times(after));
  return stillThere ? fen.plus(FEN) : fen;
}

/** The sum of rows that all print a margin. */
const rowsPrinted = ({ positions }: Reading): Amount | undefined =>
  positions.length > 0 ? printedSum(positions) : undefined;

/** The line to come below on the exchange's standard: nobody may stay at 100 % there. */
export const exchangeLine = (line: Amount): Amount => (line.lessThan(1) ? line : amount("1"));

const isCalled = ({ status }: StandardFigures): boolean =>
  severityOf(status) >= severityOf("marginCall");

function toAddOf(
  { broker, exchange }: Pick<Standings, "broker" | "exchange">,
  { denominator, profile, reading }: Money,
): Amount | undefined {
  const call = amount(profile.lines.call);
  const asked: Amount[] = [];
  const ask = (standard: StandardFigures, line: Amount): void => {
    if (!isCalled(standard) || !standard.margin || !denominator) return;
    asked.push(moneyToAdd(standard.margin, denominator, line));
  };
  ask(broker, call);
  ask(exchange, exchangeLine(call));
  const { marginCall: onPaper } = reading.account?.figures ?? {};
  if (onPaper?.greaterThan(0)) asked.push(onPaper);
  const [first, ...others] = asked;
  return first && others.reduce((most, one) => (one.greaterThan(most) ? one : most), first);
}

/**
 * Where the lines of one account stand.
 * The broker's headline is what it printed: the account's margin, else the sum of rows that all print one.
 */
export function* standingsInSteps(
  inputs: BookInputs,
  reading: Reading,
  held: Held,
  day: Day | undefined,
  pace: Pace,
): Generator<void, Standings> {
  const { profile } = inputs;
  const { equity, equityFrom, marketValueEquity, denominator } = moneyOf(inputs, reading);
  const beside = marginBeside(reading.account, inputs.statement);
  const money: Money = { denominator, profile, reading, beside };
  const proven = reading.proven && !mayBeTooSmall(held.sets);
  const worked: Money = { ...money, reading: { ...reading, proven } };
  const byLines = (margin: Amount): Standing => standingAt(margin, denominator, profile);
  const recomputed = yield* computed(held, "broker", worked, byLines, pace);
  const exchange = yield* computed(
    held,
    "exchange",
    worked,
    (margin) => exchangeStandingAt(margin, denominator, profile),
    pace,
  );
  const onPaper = marginInUse(reading.account) ?? rowsPrinted(reading);
  if (pace.due(held.lines.length * ADDING)) yield;
  const standing = onPaper ? printed(onPaper, held.lines.length, money) : recomputed;
  const broker = calledBy(reading, standing);
  const { status, byExchange } = severer(broker, exchange);
  const { margin } = broker;
  const inverse = profile.ratio === "inverse" && margin?.greaterThan(0) ? margin : undefined;
  const from = day ?? inputs.today;
  return {
    broker,
    recomputed,
    exchange,
    status,
    byExchange,
    equity,
    equityFrom,
    marketValueEquity,
    ...availableOf(reading, equity, margin),
    denominator,
    brokerDefinition: inverse && denominator?.dividedBy(inverse),
    toAdd: toAddOf({ broker, exchange }, money),
    deadline:
      severityOf(status) >= severityOf("marginCall")
        ? { ...deadlineOf(from, profile.deadline), time: profile.deadline.time }
        : undefined,
    doubts: [...doubtsOf(reading.account, standing.ratio), ...setDoubts(held.sets)],
  };
}
