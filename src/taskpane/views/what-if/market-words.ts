/** Moves, lines met and gains, in words. */
import {
  breakEven,
  severityOf,
  type Assumed,
  type Crossing,
  type Crossings,
  type MarketGrid,
  type Payoff,
  type Standing,
} from "../../../account";
import { amount, digits, type Amount } from "../../../core";
import { moneyText, plainText } from "../../figures";
import type { Language } from "../../language";
import type { MarketTexts, Reached } from "../../texts-market";
import { standingWord } from "../status";

const SPAN = "20%";

/** "0.94%", without a sign. */
export const percentText = (move: Amount): string => `${digits(move.abs().times(100))}%`;

/** "涨 0.94%", or that nothing moves. */
export const priceWords = (move: Amount, texts: MarketTexts): string =>
  move.isZero() ? texts.still : (move.isNegative() ? texts.down : texts.up)(percentText(move));

export const volatilityWords = (move: Amount, texts: MarketTexts): string =>
  move.isZero() ? texts.still : (move.isNegative() ? texts.falls : texts.rises)(percentText(move));

/** What is assumed beside the price, in brackets; nothing where it is today's. */
export function assumedWords({ volatility, days }: Assumed, texts: MarketTexts): string {
  const parts = texts.assuming(
    volatility.isZero() ? "" : texts.volatilityOf(volatilityWords(volatility, texts)),
    days === 0 ? "" : texts.later(days),
  );
  return parts === "" ? "" : texts.assumed(parts);
}

const isReached = (status: Standing): status is Reached =>
  status !== "normal" && status !== "undetermined";

/** A move in hundredths of a percent; the price beside it is exact. */
const roundedMove = (move: Amount): Amount => amount(move.toFixed(4));

function crossingWords(
  crossing: Crossing,
  from: Standing,
  language: Language,
  texts: MarketTexts,
): string {
  const { move, price, status } = crossing;
  const said = priceWords(roundedMove(move), texts) + (price ? texts.at(plainText(price)) : "");
  return severityOf(status) > severityOf(from) && isReached(status)
    ? texts.reaches(said, status)
    : texts.leaves(said, standingWord(from, language));
}

/** At what move another line is met, either way. */
export function crossingSentence(
  { up, down, status }: Crossings,
  language: Language,
  texts: MarketTexts,
): string {
  const told = [up, down].flatMap((crossing) =>
    crossing ? [crossingWords(crossing, status, language, texts)] : [],
  );
  const word = standingWord(status, language);
  if (told.length === 0) {
    return isReached(status) ? texts.alwaysAt(SPAN, word) : texts.neverReaches(SPAN);
  }
  if (!up) told.unshift(texts.stays(texts.up(SPAN), word));
  if (!down) told.push(texts.stays(texts.down(SPAN), word));
  const sentence = told.join(texts.separator);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** How many cells of the grid are at the call line or above. */
export const gridSentence = ({ rows }: MarketGrid, texts: MarketTexts): string =>
  texts.heatSentence(
    rows.flat().length,
    rows.flat().filter(({ status }) => severityOf(status) >= severityOf("marginCall")).length,
  );

const wholeMoney = (value: number): string =>
  moneyText(amount(Math.abs(value).toFixed(0))).replace(/\.00$/, "");

/** What stands at expiry where the price stays, and from which moves on there is a loss. */
export function payoffSentence(payoff: Payoff, texts: MarketTexts): string {
  const middle = payoff.expired[(payoff.moves.length - 1) / 2] as number;
  const still = (middle < 0 ? texts.loses : texts.gains)(wholeMoney(middle));
  const { up, down } = breakEven(payoff);
  const percent = (move: number): string => `${Math.abs(move * 100).toFixed(1)}%`;
  const moves = [
    ...(up === undefined ? [] : [texts.up(percent(up))]),
    ...(down === undefined ? [] : [texts.down(percent(down))]),
  ].join(texts.or);
  const losses =
    moves !== ""
      ? texts.breakEven(moves, middle < 0)
      : middle < 0
        ? texts.alwaysLoses(SPAN)
        : texts.alwaysGains(SPAN);
  return texts.payoffSentence(still, losses);
}
