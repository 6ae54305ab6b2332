/** The steps of a plan: what each releases, what it costs, and the ratio after it. */
import type { Plan, PlanStep } from "../../../account";
import { lineWith } from "../../book-lines";
import { codeText, moneyText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { WhatIfTexts } from "../../texts-what-if";
import { bookRatio, withCurrency } from "../account/levels";
import { atLeast } from "../account/status-card";
import { pill } from "../status";
import { leftOutView, MOST_SHOWN } from "./left-out";
import type { WhatIfProps } from "./room";

function stepView(
  { contract, lineId, lots, released, cost, ratio, exchangeRatio, status }: PlanStep,
  index: number,
  { book, language }: WhatIfProps,
  texts: WhatIfTexts,
): Described {
  const line = lineWith(book, lineId);
  const bought = line?.position.side === "short" || line === undefined;
  return h(
    "li",
    { key: String(index), class: "step" },
    h(
      "p",
      { class: "step-head" },
      `${bought ? texts.buyToClose : texts.sellToClose} `,
      h("span", { class: "code keep", translate: "no" }, codeText(contract)),
      " ",
      h("span", { class: "keep" }, `× ${texts.lotsText(String(lots))}`),
    ),
    h(
      "p",
      { class: "step-more" },
      h("span", { class: "keep" }, `${texts.releasedWord} ${moneyText(released)}`),
      h("span", { class: "dot" }),
      h("span", { class: "keep" }, `${texts.paidWord} ${moneyText(cost)}`),
    ),
    h(
      "p",
      { class: "step-ratio" },
      "→ ",
      h("b", {}, bookRatio(book, ratio)),
      book.standings.byExchange &&
        exchangeRatio !== undefined &&
        ` ${texts.onExchange(bookRatio(book, exchangeRatio))}`,
    ),
    h("p", { class: "step-state" }, pill(status, language, "small")),
  );
}

const totals = (plan: Plan, texts: WhatIfTexts): Described =>
  h(
    "p",
    { key: "totals", class: "step-totals" },
    h("b", {}, texts.inAll),
    h("span", { class: "keep" }, `${texts.releasedWord} ${moneyText(plan.released)}`),
    h("span", { class: "dot" }),
    h("span", { class: "keep" }, `${texts.paidWord} ${moneyText(plan.cost)}`),
  );

export function planSteps(props: WhatIfProps, texts: WhatIfTexts): Child[] {
  const { book, plan, language } = props;
  if (!plan) {
    const text = props.planning ? texts.planning : texts.noPlan;
    return [h("p", { key: "none", class: "note" }, text)];
  }
  if ("refused" in plan) return [h("p", { key: "refused", class: "gap" }, plan.refused[language])];
  const { status } = book.standings;
  const quiet = status !== "undetermined" && !atLeast(status, "marginCall");
  const below = quiet ? texts.nothingToClose : texts.belowLine;
  return [
    plan.steps.length === 0 &&
      h("p", { key: "nothing", class: "note" }, plan.shortfall.isZero() ? below : texts.noHelp),
    plan.steps.length > 0 &&
      h(
        "ol",
        { key: "steps", class: "steps", "aria-label": texts.steps },
        ...plan.steps
          .slice(0, MOST_SHOWN)
          .map((step, index) => stepView(step, index, props, texts)),
      ),
    plan.steps.length > MOST_SHOWN &&
      h("p", { key: "more", class: "note" }, texts.moreSteps(plan.steps.length - MOST_SHOWN)),
    plan.steps.length > 1 && totals(plan, texts),
    plan.note && h("p", { key: "minded", class: "note" }, plan.note[language]),
    !plan.proven && h("p", { key: "unproven", class: "note" }, texts.unproven),
    plan.shortfall.greaterThan(0) &&
      h(
        "p",
        { key: "shortfall", class: "verdict" },
        texts.shortfall(withCurrency(book, plan.shortfall)),
      ),
    leftOutView(plan.leftOut, language),
  ];
}
