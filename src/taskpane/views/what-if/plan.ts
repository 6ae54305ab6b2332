/** The steps of a plan: what each releases, what it costs, and the ratio after it. */
import type { Plan, PlanStep } from "../../../account";
import { moneyText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { WhatIfTexts } from "../../texts-what-if";
import { bookRatio, withCurrency } from "../account/levels";
import { atLeast } from "../account/status-card";
import { pill } from "../status";
import type { WhatIfProps } from "./room";

function stepView(
  { contract, lineId, lots, released, cost, ratio, status }: PlanStep,
  { book, language }: WhatIfProps,
  texts: WhatIfTexts,
): Described {
  const line = book.lines.find(({ id }) => id === lineId);
  const bought = line?.position.side === "short" || line === undefined;
  return h(
    "li",
    { key: lineId, class: "step" },
    h(
      "p",
      { class: "step-head" },
      `${bought ? texts.buyToClose : texts.sellToClose} `,
      h("span", { class: "code", translate: "no" }, contract),
      ` × ${texts.lotsText(String(lots))}`,
    ),
    h(
      "p",
      { class: "step-more" },
      h("span", { class: "keep" }, `${texts.releasedWord} ${moneyText(released)}`),
      h("span", { class: "dot" }),
      h("span", { class: "keep" }, `${texts.paidWord} ${moneyText(cost)}`),
    ),
    h("p", { class: "step-ratio" }, "→ ", h("b", {}, bookRatio(book, ratio))),
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
  if (!plan) return [h("p", { key: "none", class: "note" }, texts.noPlan)];
  if ("refused" in plan) return [h("p", { key: "refused", class: "gap" }, plan.refused[language])];
  const { status } = book.standings.broker;
  const quiet = status !== "undetermined" && !atLeast(status, "marginCall");
  return [
    plan.steps.length === 0 &&
      h("p", { key: "nothing", class: "note" }, quiet ? texts.nothingToClose : texts.noHelp),
    plan.steps.length > 0 &&
      h(
        "ol",
        { key: "steps", class: "steps", "aria-label": texts.steps },
        ...plan.steps.map((step) => stepView(step, props, texts)),
      ),
    plan.steps.length > 1 && totals(plan, texts),
    plan.shortfall.greaterThan(0) &&
      h(
        "p",
        { key: "shortfall", class: "verdict" },
        texts.shortfall(withCurrency(book, plan.shortfall)),
      ),
    plan.leftOut.length > 0 &&
      h(
        "details",
        { key: "left out", class: "left-out" },
        h("summary", { class: "link" }, texts.leftOut(plan.leftOut.length)),
        h(
          "ul",
          {},
          ...plan.leftOut.map(({ contract, why }, index) =>
            h(
              "li",
              { key: `${index}` },
              h("span", { class: "code", translate: "no" }, contract),
              ` ${why[language]}`,
            ),
          ),
        ),
      ),
  ];
}
