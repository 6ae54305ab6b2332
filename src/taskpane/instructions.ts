/** What to trade, as lines to hand to a dealer or paste into a sheet. */
import type { Book, Plan } from "../account";
import { lineWith } from "./book-lines";
import type { Language } from "./language";
import type { WhatIfUi } from "./views/what-if/room";

const WORDS = {
  zh: { buy: "买", sell: "卖", open: "开", close: "平", lots: "手" },
  en: { buy: "buy", sell: "sell", open: "to open", close: "to close", lots: "lots" },
} as const;

/** "买平	IO2612-C-4800	1 手": the fields stand in columns when pasted. */
export function instructionsText(
  book: Book,
  plan: Plan | undefined,
  { order, trades }: WhatIfUi,
  language: Language,
): string {
  const words = WORDS[language];
  const line = (
    side: "buy" | "sell",
    effect: "open" | "close",
    contract: string,
    lots: string | number,
    price = "",
  ): string => {
    const act = [words[side], words[effect]].join(language === "zh" ? "" : " ");
    return [act, contract, `${lots} ${words.lots}`, price].filter(Boolean).join("\t");
  };
  if (order === "own") {
    return trades
      .map(({ side, effect, contract, lots, price }) => line(side, effect, contract, lots, price))
      .join("\n");
  }
  return (plan?.steps ?? [])
    .map(({ contract, lineId, lots }) => {
      return line(
        lineWith(book, lineId)?.position.side === "long" ? "sell" : "buy",
        "close",
        contract,
        lots,
      );
    })
    .join("\n");
}
