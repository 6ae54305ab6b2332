/** What to close first, and what own trades would do: now · then · change. */
import {
  amount,
  digits,
  liquidation,
  marginCall,
  type Amount,
  type Bilingual,
  type Closable,
  type ClosingOrder,
} from "../core";
import type { Book, Line } from "./book";
import { optionOf } from "./figure";
import { standingAt, type Standing } from "./standing";

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
  const { status, incomplete } = standings.broker;
  const standing = standingAt(margin, money, inputs.profile);
  const unsure = incomplete || status === "undetermined";
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

interface Candidate extends Closable {
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

/** Rounded up to the fen; one more where that would land on the line, which is reached at equality. */
function moneyToAdd(margin: Amount, money: Amount, line: Amount): Amount {
  const fen = marginCall(margin, money, line).times(100).ceil().dividedBy(100);
  const onLine = margin.greaterThanOrEqualTo(line.times(money.plus(fen)));
  return onLine ? fen.plus("0.01") : fen;
}

/**
 * What to close first so that the account comes below a line, on the broker's standard.
 * It starts from the headline: the printed margin where there is one. Each line frees the margin it is
 * printed with, lot by lot alike, and costs its price with the slippage; a future frees its margin only.
 */
export function planFor(
  book: Book,
  { order, line, slippage }: PlanAsked,
): Plan | { readonly refused: Bilingual } {
  const start = startOf(book);
  if ("refused" in start) return start;
  const leftOut: { contract: string; why: Bilingual }[] = [];
  const candidates = book.lines.filter(canFree).flatMap((one) => {
    const candidate = candidateOf(book, one, slippage);
    if (!("unknown" in candidate)) return candidate;
    leftOut.push({ contract: one.position.contract, why: candidate.unknown });
    return [];
  });
  const { margin, money } = start;
  const aim = { margin, equity: money, line, order, strictly: true };
  const { steps, released, cost, after, reached, proven, unhelpful } = liquidation(candidates, aim);
  for (const { line: one, margin: frees, cost: costs } of unhelpful) {
    const { contract, quantity } = one.position;
    const perLot = (n: Amount): string => n.dividedBy(quantity).toFixed(2);
    leftOut.push({
      contract,
      why: {
        zh: `${contract} 每手释放 ${perLot(frees)}、付出 ${perLot(costs)}，平掉不能降低风险度到 ${percent(line)}，所以不动。`,
        en: `${contract} frees ${perLot(frees)} a lot for ${perLot(costs)}: closing it doesn't help towards ${percent(line)}, so it stays.`,
      },
    });
  }
  return {
    order,
    steps: steps.map((step) => ({
      contract: step.item.line.position.contract,
      lineId: step.item.line.id,
      lots: step.lots,
      released: step.released,
      cost: step.cost,
      margin: step.after.margin,
      equity: step.after.equity,
      ratio: ratioOf(step.after.margin, step.after.equity),
      status: standingIn(book, step.after.margin, step.after.equity),
    })),
    released,
    cost,
    shortfall: reached ? ZERO : moneyToAdd(after.margin, after.equity, line),
    leftOut,
    proven,
  };
}

const percent = (fraction: Amount): string => `${digits(fraction.times(100))}%`;
