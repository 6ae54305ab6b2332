/** The profile's lines as amounts, and the figures printed against them. */
import type { Book, StandardFigures } from "../../../account";
import { amount, type Amount } from "../../../core";
import { moneyText, ratioText, UNKNOWN } from "../../figures";
import type { LineLevels } from "../../gauge";

export const levelsOf = ({ inputs }: Pick<Book, "inputs">): LineLevels => {
  const { watch, call, liquidation, immediate } = inputs.profile.lines;
  return {
    watch: amount(watch),
    call: amount(call),
    liquidation: amount(liquidation),
    immediate: amount(immediate),
  };
};

/** What a ratio must not seem to cross: the broker's lines, and the exchange's 100 %. */
export const linesOf = (book: Pick<Book, "inputs">): readonly Amount[] => {
  const levels = levelsOf(book);
  return [levels.watch, levels.call, levels.liquidation, levels.immediate, amount("1")];
};

export const bookRatio = (book: Book, ratio: Amount | undefined): string =>
  ratioText(ratio, linesOf(book));

/** What is the most it can be, as the relief of sets isn't worked out, says so. */
export const atMost = (
  { withoutRelief }: Pick<StandardFigures, "withoutRelief">,
  text: string,
): string => (withoutRelief && text !== UNKNOWN ? `≤${text}` : text);

/** An amount with its currency, for the first figure of a block. */
export const withCurrency = (book: Pick<Book, "currency">, value: Amount): string =>
  `${book.currency}${moneyText(value)}`;
