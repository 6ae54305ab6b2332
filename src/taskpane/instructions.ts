/** What to trade, as lines to hand to a dealer or paste into a sheet. */
import type { Book, Line, Plan, SetAct } from "../account";
import { lineWith } from "./book-lines";
import type { Planned } from "./desk-planning";
import type { Language } from "./language";
import { readTyped } from "./own-trade";
import { COMBINE_TEXTS } from "./texts-combine";
import { sideWord } from "./views/what-if/combine";
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

/** Orders only: what clearing forms by itself is none. "构建组合	KS 跨式空头	卖 510050C2612M03000	卖 510050P2612M03000	2 组": one act a line. */
export function combiningText(acts: readonly SetAct[], language: Language): string {
  const texts = COMBINE_TEXTS[language];
  const leg = (line: Line): string => `${sideWord(line, texts)} ${line.position.contract}`;
  const orders = acts.filter(({ bySelf }) => !bySelf);
  if (orders.length === 0 && acts.length > 0) return texts.noOrders;
  return orders
    .map(({ act, combination: { name, title }, first, second, sets }) =>
      [
        texts.instruction[act],
        `${name} ${title[language]}`,
        leg(first),
        leg(second),
        texts.sets(String(sets)),
      ].join("\t"),
    )
    .join("\n");
}

/** What is worth copying of the actions as they are shown. */
export function ordersText(
  book: Book,
  { plan, combining }: Pick<Planned, "plan" | "combining">,
  whatIf: WhatIfUi,
  language: Language,
): string {
  if (whatIf.order === "combine") {
    return combiningText(combining && "acts" in combining ? combining.acts : [], language);
  }
  const steps = plan && "steps" in plan ? plan : undefined;
  const trades = whatIf.trades.filter((trade) => "trade" in readTyped(trade));
  return instructionsText(book, steps, { ...whatIf, trades }, language);
}
