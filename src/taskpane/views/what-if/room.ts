/** What if · Actions: what to close first, what own trades would do, and where that leads. */
import { recomputedOf, type Book, type Plan, type PlanOrder, type Strip } from "../../../account";
import { amount, type Bilingual } from "../../../core";
import { changeText, rateText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { readShare, SPANS } from "../../profile-fields";
import { WHAT_IF_TEXTS, type WhatIfTexts } from "../../texts-what-if";
import type { AccountUi } from "../account/room";
import { bookRatio } from "../account/levels";
import { noticeView } from "../account/notice";
import { pages } from "../icons";
import { stripView } from "../strip";
import { planSteps } from "./plan";
import { ownTrades } from "./trades";

/** An own trade as typed. */
export interface TypedTrade {
  readonly contract: string;
  readonly side: "buy" | "sell";
  readonly effect: "open" | "close";
  readonly lots: string;
  readonly price: string;
}

export interface WhatIfUi {
  readonly order: PlanOrder | "own";
  readonly trades: readonly TypedTrade[];
  readonly slippage: string;
}

export interface WhatIfActs {
  order(order: WhatIfUi["order"]): void;
  slippage(text: string): void;
  addTrade(): void;
  changeTrade(index: number, change: Partial<TypedTrade>): void;
  removeTrade(index: number): void;
  tradesFromSelection(): void;
  copyInstructions(): void;
  toAccount(): void;
}

export interface WhatIfProps {
  readonly book: Book;
  readonly plan: Plan | { readonly refused: Bilingual } | undefined;
  /** The plan is still being searched for. */
  readonly planning?: boolean | undefined;
  readonly strip: Strip;
  readonly ui: WhatIfUi;
  readonly acts: WhatIfActs;
  readonly language: Language;
  readonly notice: AccountUi["notice"];
}

const ORDERS = ["fewest", "cheapest", "liquidity", "own"] as const;

function orderChoice({ ui, acts, book }: WhatIfProps, texts: WhatIfTexts): Described {
  return h(
    "fieldset",
    { key: "orders", class: "orders" },
    h("legend", {}, texts.plan),
    h(
      "div",
      { class: "inline-choices" },
      ...ORDERS.map((order) =>
        h(
          "label",
          { key: order, class: "choice" },
          h("input", {
            type: "radio",
            name: "plan-order",
            id: `order-${order}`,
            value: order,
            checked: ui.order === order,
            onchange: () => acts.order(order),
          }),
          h("span", {}, texts.order[order]),
        ),
      ),
    ),
    h("p", { key: "hint", class: "note" }, texts.orderHint[ui.order]),
    ui.order !== "own" &&
      h(
        "p",
        { key: "target", class: "note" },
        texts.target(rateText(amount(book.inputs.profile.lines.call))),
      ),
  );
}

function slippageField({ book, ui, acts, language }: WhatIfProps, texts: WhatIfTexts): Described {
  const read = ui.slippage.trim() === "" ? undefined : readShare(ui.slippage, SPANS.slippage);
  const wrong = read && "refused" in read ? read.refused[language] : undefined;
  return h(
    "div",
    { key: "slippage", class: "labelled" },
    h("label", { for: "slippage" }, texts.slippage),
    h("input", {
      id: "slippage",
      type: "text",
      class: "entry narrow",
      inputmode: "decimal",
      value: ui.slippage,
      placeholder: rateText(amount(book.inputs.profile.slippage)),
      autocomplete: "off",
      spellcheck: "false",
      "aria-invalid": wrong === undefined ? undefined : "true",
      "aria-describedby": "slippage-hint",
      oninput: (event: InputEvent) => acts.slippage((event.target as HTMLInputElement).value),
    }),
    h(
      "p",
      { id: "slippage-hint", class: wrong === undefined ? "note" : "objection" },
      wrong ?? texts.slippageHint,
    ),
  );
}

/** What it starts from is what the broker's system shows; where the rules give another figure, that is said. */
function startsFrom(book: Book, texts: WhatIfTexts): Child {
  const ours = recomputedOf(book);
  if (!ours?.ratio || ours.difference.isZero()) return undefined;
  const said = texts.startsPrinted(bookRatio(book, ours.ratio), changeText(ours.difference));
  return h("p", { key: "starts", class: "note" }, said);
}

export function whatIfRoom(props: WhatIfProps): Child[] {
  const { book, strip, ui, acts, language, notice } = props;
  const texts = WHAT_IF_TEXTS[language];
  const own = ui.order === "own";
  return [
    h(
      "section",
      { key: "strip", class: "card block", "aria-labelledby": "strip-heading" },
      h("h2", { id: "strip-heading", class: "unseen", tabindex: "-1" }, texts.heading),
      ...stripView(strip, book, language),
      startsFrom(book, texts),
    ),
    h(
      "section",
      { key: "plan", class: "card block", "aria-label": texts.plan },
      orderChoice(props, texts),
      ...(own ? ownTrades(props, texts) : planSteps(props, texts)),
      !own && slippageField(props, texts),
    ),
    noticeView(notice),
    h(
      "div",
      { key: "acts", class: "pair" },
      h(
        "button",
        {
          type: "button",
          id: "copy-instructions",
          class: "button primary",
          disabled: strip.then === undefined,
          onclick: () => acts.copyInstructions(),
        },
        pages(),
        texts.copy,
      ),
      h(
        "button",
        { type: "button", id: "to-account", class: "button", onclick: () => acts.toAccount() },
        texts.toAccount,
      ),
    ),
  ];
}
