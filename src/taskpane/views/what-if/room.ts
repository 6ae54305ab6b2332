/** What if · Actions: what to close first, what own trades would do, and where that leads. */
import type { Book, Combining, Plan, PlanOrder, Strip } from "../../../account";
import { amount, type Bilingual } from "../../../core";
import { rateText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { readShare, SPANS } from "../../profile-fields";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { COMBINE_TEXTS } from "../../texts-combine";
import { WHAT_IF_TEXTS, type WhatIfTexts } from "../../texts-what-if";
import type { AccountUi } from "../account/room";
import { noticeView } from "../account/notice";
import { toSheet } from "../account-icons";
import { pages } from "../icons";
import { stripView } from "../strip";
import { combineSteps, withBest } from "./combine";
import { planSteps } from "./plan";
import { startsFrom } from "./starts";
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
  /** What is asked for: lots to close, sets to build, or what the user thinks of. */
  readonly order: PlanOrder | "combine" | "own";
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
  /** The sets to dissolve and to build, as a sheet of their own. */
  writeCombining(): void;
  undo(): void;
  toAccount(): void;
  toReconcile(): void;
}

export interface WhatIfProps {
  readonly book: Book;
  readonly plan: Plan | { readonly refused: Bilingual } | undefined;
  readonly combining: Combining | { readonly refused: Bilingual } | undefined;
  /** The plan or the pairing is still being searched for. */
  readonly planning?: boolean | undefined;
  readonly strip: Strip;
  readonly ui: WhatIfUi;
  readonly acts: WhatIfActs;
  readonly wan?: boolean | undefined;
  readonly language: Language;
  readonly notice: AccountUi["notice"];
  /** The notice is of a sheet that can be taken back. */
  readonly canUndo: boolean;
  /** Excel is reached: writing works. */
  readonly connected: boolean;
  /** A sheet is being written; one at a time. */
  readonly writing: boolean;
}

const ORDERS = ["fewest", "cheapest", "liquidity", "combine", "own"] as const;

/** Whether lots are closed by a plan. */
const isClosing = (order: WhatIfUi["order"]): boolean => order !== "own" && order !== "combine";

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
    isClosing(ui.order) &&
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

/** What is worth copying: steps, trades or acts. */
function hasOrders({ ui, strip, combining }: WhatIfProps): boolean {
  if (ui.order !== "combine") return strip.then !== undefined;
  return combining !== undefined && "acts" in combining && combining.acts.length > 0;
}

function writeButton(props: WhatIfProps): Described {
  const { acts, connected, writing, language } = props;
  return h(
    "button",
    {
      key: "write",
      type: "button",
      id: "write-combining",
      class: "button",
      disabled: !connected || !hasOrders(props),
      "aria-disabled": writing ? "true" : undefined,
      "aria-describedby": connected ? undefined : "write-why",
      onclick: () => acts.writeCombining(),
    },
    toSheet(),
    COMBINE_TEXTS[language].write,
  );
}

function steps(props: WhatIfProps, texts: WhatIfTexts): Child[] {
  switch (props.ui.order) {
    case "own":
      return ownTrades(props, texts);
    case "combine":
      return combineSteps(props);
    default:
      return [...planSteps(props, texts), slippageField(props, texts)];
  }
}

export function whatIfRoom(props: WhatIfProps): Child[] {
  const { book, strip, ui, acts, language, notice, canUndo, connected } = props;
  const texts = WHAT_IF_TEXTS[language];
  const combine = ui.order === "combine";
  const undo = { id: "undo", label: ACCOUNT_TEXTS[language].undo, act: () => acts.undo() };
  return [
    h(
      "section",
      { key: "strip", class: "card block", "aria-labelledby": "strip-heading" },
      h("h2", { id: "strip-heading", class: "unseen", tabindex: "-1" }, texts.heading),
      ...stripView(strip, book, language),
      ui.order === "own" && withBest(strip.best, book, language),
      startsFrom(book, texts, acts.toReconcile),
    ),
    h(
      "section",
      { key: "plan", class: "card block", "aria-label": texts.plan },
      orderChoice(props, texts),
      ...steps(props, texts),
    ),
    noticeView(notice, canUndo ? [undo] : []),
    h(
      "div",
      { key: "acts", class: "pair" },
      h(
        "button",
        {
          key: "copy",
          type: "button",
          id: "copy-instructions",
          class: "button primary",
          disabled: !hasOrders(props),
          onclick: () => acts.copyInstructions(),
        },
        pages(),
        texts.copy,
      ),
      combine && writeButton(props),
      h(
        "button",
        {
          key: "account",
          type: "button",
          id: "to-account",
          class: combine ? "button wide" : "button",
          onclick: () => acts.toAccount(),
        },
        texts.toAccount,
      ),
    ),
    combine &&
      !connected &&
      h("p", { key: "why", id: "write-why", class: "note" }, ACCOUNT_TEXTS[language].notConnected),
  ];
}
