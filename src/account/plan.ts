/** What to close first, and what own trades would do: now · then · change. */
import {
  amount,
  digits,
  drained,
  Pace,
  type Amount,
  type Bilingual,
  type Closable,
  type ClosingOrder,
} from "../core";
import type { Book, Line } from "./book";
import { optionOf } from "./figure";
import { closingFor, type Measure } from "./closing";
import {
  exchangeLine,
  exchangeStandingAt,
  severityOf,
  standingAt,
  type Standing,
} from "./standing";

export type PlanOrder = ClosingOrder;

export interface PlanStep {
  readonly contract: string;
  readonly lineId: string;
  readonly lots: number;
  readonly released: Amount;
  /** Premium paid to close, slippage included. */
  readonly cost: Amount;
  /** After this step. */
  readonly margin: Amount;
  readonly equity: Amount;
  readonly ratio: Amount | undefined;
  /** On the exchange's standard, where the plan minds it. */
  readonly exchangeRatio?: Amount | undefined;
  /** The severer of both. */
  readonly status: Standing;
}

export interface Plan {
  readonly order: PlanOrder;
  readonly steps: readonly PlanStep[];
  /** Margin released and premium paid by all steps. */
  readonly released: Amount;
  readonly cost: Amount;
  /** Money still to add after closing all that helps; zero where the plan reaches its line. */
  readonly shortfall: Amount;
  /** Lines left out of the plan and why: in a combination, no price, closing would not help. */
  readonly leftOut: readonly { readonly contract: string; readonly why: Bilingual }[];
  /** Whether no plan is better by its order; false where the search for one was given up. */
  readonly proven: boolean;
  /** What the plan doesn't mind. */
  readonly note?: Bilingual | undefined;
}

/** What a plan is asked for. */
export interface PlanAsked {
  readonly order: PlanOrder;
  /** The line to come below, a fraction: at equality it still counts as reached. */
  readonly line: Amount;
  /** Added to the price paid, a fraction of it. */
  readonly slippage: Amount;
}

const ZERO = amount("0");

/** Whether equity has booked what options are worth, so that closing at that worth takes nothing from it. */
export const atMarketValue = ({ inputs }: Book): boolean => inputs.profile.ratio === "marketValue";

/** The status of a margin against a money; on a book that may lack something never normal. */
export function standingIn({ inputs, standings }: Book, margin: Amount, money: Amount): Standing {
  const { status, incomplete, proven } = standings.broker;
  const standing = standingAt(margin, money, inputs.profile);
  const unsure = incomplete || status === "undetermined" || !proven;
  return unsure && standing === "normal" ? "undetermined" : standing;
}

export const ratioOf = (margin: Amount, money: Amount): Amount | undefined =>
  money.greaterThan(0) ? margin.dividedBy(money) : undefined;

/** The margin and the money a plan starts from, or why there is nothing to start from. */
export function startOf({
  standings,
}: Book): { readonly margin: Amount; readonly money: Amount } | { readonly refused: Bilingual } {
  const { broker, denominator } = standings;
  if (broker.incomplete || !broker.margin) {
    const { linesCounted: counted, linesInAll: all } = broker;
    const [zh, en] =
      counted < all
        ? [`${all} 行中 ${counted} 行已计`, `${counted} of ${all} rows counted`]
        : ["文件里有没读出的内容", "the file holds something that wasn't read"];
    return {
      refused: {
        zh: `公司标准的保证金不完整（${zh}），据此的方案可能不够。先补齐缺的行、价格或保证金率。`,
        en: `The broker's margin is incomplete (${en}), so a plan could fall short. Complete the missing rows, prices or rates first.`,
      },
    };
  }
  if (!denominator) {
    return {
      refused: {
        zh: "没有客户权益，风险度算不出，也就排不出方案。填入权益。",
        en: "Equity is missing, so there is no ratio to bring down. Enter the equity.",
      },
    };
  }
  return { margin: broker.margin, money: denominator };
}

/** What a line takes on the broker's standard for all its lots: as printed, else by the rules; or why it isn't known. */
export function marginHeld(
  line: Line,
): { readonly margin: Amount } | { readonly unknown: Bilingual } {
  if (line.combined) {
    return {
      unknown: {
        zh: `${line.position.contract} 在组合中，单独平一腿会拆开组合，释放多少不确定。要平就先拆组合。`,
        en: `${line.position.contract} is in a combination: closing one leg breaks it, and what that frees is open. To close it, undo the combination first.`,
      },
    };
  }
  if (line.printed) return { margin: line.printed };
  const { margin, gap } = line.broker;
  return gap ? { unknown: gap.why } : { margin };
}

const positive = (price: Amount | undefined): Amount | undefined =>
  price?.greaterThan(0) ? price : undefined;

/** The price an option is closed at: the last, else the settlement, else the one its margin is worked out from. */
export const closingPrice = ({ position, price }: Line): Amount | undefined =>
  positive(position.lastPrice) ?? positive(position.settlement) ?? positive(price);

/** What equity at market value has booked for a line's lots. */
export function bookedValue({ position, price, unit }: Line): Amount | undefined {
  const settled = positive(position.settlement) ?? positive(price);
  return position.marketValue ?? (settled && unit && settled.times(unit).times(position.quantity));
}

export interface Candidate extends Closable {
  readonly line: Line;
}

function monthOf(line: Line): string | undefined {
  const { subject } = line.position;
  return optionOf(line.position)?.month ?? (subject?.kind === "future" ? subject.month : undefined);
}

function candidateOf(
  book: Book,
  line: Line,
  slippage: Amount,
): Candidate | { readonly unknown: Bilingual } {
  const { position, kind, unit } = line;
  const { contract } = position;
  const held = marginHeld(line);
  if ("unknown" in held) return held;
  const lots = position.quantity.toNumber();
  if (!Number.isInteger(lots)) {
    return {
      unknown: {
        zh: `${contract} 有 ${digits(position.quantity)} 手，不是整数，不知道能平几手。核对手数。`,
        en: `${contract} has ${digits(position.quantity)} lots, not a whole number, so what can be closed is open. Check its lots.`,
      },
    };
  }
  const plain = { id: line.id, line, lots, margin: held.margin, month: monthOf(line) };
  if (kind === "future") return { ...plain, cost: ZERO };
  const price = closingPrice(line);
  if (!price || !unit) {
    return {
      unknown: price
        ? {
            zh: `${contract} 没有合约单位，平仓要付多少算不出。照合约公告补上单位。`,
            en: `${contract} has no contract unit, so what closing costs is open. Add the unit from the exchange's notice.`,
          }
        : {
            zh: `${contract} 没有最新价也没有结算价，平仓要付多少算不出。补上价格再导入。`,
            en: `${contract} has neither a last price nor a settlement, so what closing costs is open. Add a price and import again.`,
          },
    };
  }
  const cost = price.times(slippage.plus(1)).times(unit).times(position.quantity);
  const booked = atMarketValue(book) ? bookedValue(line) : undefined;
  return { ...plain, cost, loss: booked && cost.minus(booked) };
}

/** Lines that take margin: futures and short options, those of other markets too. */
const canFree = ({ kind, position }: Line): boolean =>
  kind === "future" || (kind !== "shares" && position.side === "short");

/**
 * What to close first so that the account comes below a line, on the broker's standard and on the exchange's where
 * it is known. It starts from the headline: the printed margin where there is one. Each line frees the margin it is
 * printed with, lot by lot alike, and costs its price with the slippage; a future frees its margin only.
 */
export const planFor = (book: Book, asked: PlanAsked): Plan | { readonly refused: Bilingual } =>
  drained(planInSteps(book, asked));

/** A candidate's or a step's part, in units of work. */
const STEP = 0.3;

/** The same for a book of any length, pausing between stretches. */
export function* planInSteps(
  book: Book,
  { order, line, slippage }: PlanAsked,
): Generator<void, Plan | { readonly refused: Bilingual }> {
  const start = startOf(book);
  if ("refused" in start) return start;
  const leftOut: { contract: string; why: Bilingual }[] = [];
  const pace = new Pace();
  const candidates: Candidate[] = [];
  for (const one of book.lines) {
    if (!canFree(one)) continue;
    const candidate = candidateOf(book, one, slippage);
    if (!("unknown" in candidate)) candidates.push(candidate);
    else leftOut.push({ contract: one.position.contract, why: candidate.unknown });
    if (pace.due(STEP)) yield;
  }
  const broker: Measure = {
    margin: start.margin,
    line,
    frees: ({ margin }) => margin,
  };
  const minded = exchangeMeasure(book, candidates, line);
  const exchange = "unknown" in minded ? undefined : minded;
  const measures = exchange ? [broker, exchange] : [broker];
  const closing = yield* closingFor(candidates, { measures, money: start.money, order }, pace);
  for (const { line: one, margin: frees, cost: costs } of closing.unhelpful) {
    const { contract, quantity } = one.position;
    const perLot = (n: Amount): string => n.dividedBy(quantity).toFixed(2);
    leftOut.push({
      contract,
      why: {
        zh: `${contract} 每手释放 ${perLot(frees)}、付出 ${perLot(costs)}，平掉不能降低风险度到 ${percent(line)}，所以不动。`,
        en: `${contract} frees ${perLot(frees)} a lot for ${perLot(costs)}: closing it doesn't help towards ${percent(line)}, so it stays.`,
      },
    });
    if (pace.due(STEP)) yield;
  }
  const steps: PlanStep[] = [];
  let released = ZERO;
  let cost = ZERO;
  for (const { item, lots, after } of closing.steps) {
    const [margin = start.margin, onExchange] = after.margins;
    const part = (whole: Amount): Amount => whole.times(lots).dividedBy(item.lots);
    const step = { released: part(item.margin), cost: part(item.cost) };
    released = released.plus(step.released);
    cost = cost.plus(step.cost);
    steps.push({
      contract: item.line.position.contract,
      lineId: item.line.id,
      lots,
      ...step,
      margin,
      equity: after.money,
      ratio: ratioOf(margin, after.money),
      exchangeRatio: onExchange && ratioOf(onExchange, after.money),
      status: severerOf(
        standingIn(book, margin, after.money),
        onExchange && exchangeStandingAt(onExchange, after.money, book.inputs.profile),
      ),
    });
    if (pace.due(STEP)) yield;
  }
  return {
    order,
    steps,
    released,
    cost,
    shortfall: closing.shortfall,
    leftOut,
    proven: closing.proven,
    note: "unknown" in minded ? minded.unknown : undefined,
  };
}

/** An undetermined standing stays so unless the other is a breach. */
const severerOf = (broker: Standing, exchange: Standing | undefined): Standing =>
  exchange && severityOf(exchange) > Math.max(severityOf(broker), 0) ? exchange : broker;

/**
 * The exchange's standard as far as it is known. Without relief it is the most that can be taken: it is minded only
 * where it is breached all the same, and takes more than the broker.
 */
function exchangeMeasure(
  { standings: { broker, exchange } }: Book,
  candidates: readonly Candidate[],
  line: Amount,
): Measure | { readonly unknown: Bilingual | undefined } {
  const called = severityOf(exchange.status) >= severityOf("marginCall");
  const more = broker.margin && exchange.margin?.greaterThan(broker.margin);
  if (exchange.withoutRelief && exchange.status !== "undetermined" && !(called && more)) {
    return { unknown: undefined };
  }
  const all = candidates.every((one) => one.line.exchangeFigure.margin);
  if (!exchange.margin || exchange.status === "undetermined" || !all) {
    return {
      unknown: {
        zh: "只按公司标准排：交易所标准缺数。补齐价格和交易所保证金率，才能两个标准都顾到。",
        en: "On the broker's standard only: the exchange's lacks figures. Complete prices and exchange rates to mind both.",
      },
    };
  }
  return {
    margin: exchange.margin,
    line: exchangeLine(line),
    frees: (one) => one.line.exchangeFigure.margin ?? ZERO,
  };
}

const percent = (fraction: Amount): string => `${digits(fraction.times(100))}%`;
