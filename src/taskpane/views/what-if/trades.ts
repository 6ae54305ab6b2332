/** The trades a user thinks of, a row each. */
import { h, type Child, type Described } from "../../element";
import { isBlank, readTyped } from "../../own-trade";
import type { WhatIfTexts } from "../../texts-what-if";
import { plus } from "../account-icons";
import { cross, crosshair } from "../icons";
import type { TypedTrade, WhatIfProps } from "./room";

/** Why a row isn't counted; a row that was only just added needs no telling. */
function problem(trade: TypedTrade, index: number, texts: WhatIfTexts): string | undefined {
  const read = readTyped(trade);
  if ("trade" in read || isBlank(read)) return undefined;
  if ("lacks" in read) {
    const fields = read.lacks.map((field) => texts[field]).join(texts.fieldSeparator);
    return texts.lacks(index + 1, fields);
  }
  return read.wrong === "lots"
    ? texts.wrongLots(trade.lots.trim())
    : texts.wrongPrice(trade.price.trim());
}

const choose = <T extends string>(
  label: string,
  options: Readonly<Record<T, string>>,
  chosen: T,
  change: (value: T) => void,
): Described =>
  h(
    "select",
    {
      key: label,
      "aria-label": label,
      value: chosen,
      onchange: (event: Event) => change((event.target as HTMLSelectElement).value as T),
    },
    ...(Object.entries(options) as [T, string][]).map(([value, name]) =>
      h("option", { key: value, value, selected: value === chosen }, name),
    ),
  );

function tradeRow(
  trade: TypedTrade,
  index: number,
  { book, acts }: WhatIfProps,
  texts: WhatIfTexts,
): Described {
  const n = index + 1;
  const wrong = problem(trade, index, texts);
  const listed = `held-${index}`;
  const entry = (
    field: "contract" | "lots" | "price",
    label: string,
    placeholder: string,
  ): Described =>
    h("input", {
      key: field,
      type: "text",
      id: `trade-${index}-${field}`,
      class: `entry ${field}`,
      inputmode: field === "contract" ? undefined : "decimal",
      list: field === "contract" ? listed : undefined,
      value: trade[field],
      placeholder,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-label": label,
      "aria-describedby": wrong === undefined ? undefined : `trade-${index}-wrong`,
      oninput: (event: InputEvent) =>
        acts.changeTrade(index, { [field]: (event.target as HTMLInputElement).value }),
    });
  return h(
    "li",
    { key: String(index), class: "trade" },
    entry("contract", texts.contractOf(n), texts.contract),
    h(
      "datalist",
      { key: "held", id: listed },
      ...book.lines
        .slice(0, MOST_OFFERED)
        .map(({ id, position }) => h("option", { key: id, value: position.contract })),
    ),
    h(
      "button",
      {
        key: "remove",
        type: "button",
        class: "icon-button",
        "aria-label": texts.remove(n),
        title: texts.remove(n),
        onclick: () => acts.removeTrade(index),
      },
      cross(),
    ),
    h(
      "div",
      { key: "rest", class: "trade-rest" },
      choose(texts.sideOf(n), texts.side, trade.side, (side) => acts.changeTrade(index, { side })),
      choose(texts.effectOf(n), texts.effect, trade.effect, (effect) =>
        acts.changeTrade(index, { effect }),
      ),
      entry("lots", texts.lotsOf(n), texts.lots),
      entry("price", texts.priceOf(n), texts.price),
    ),
    wrong !== undefined &&
      h("p", { key: "wrong", id: `trade-${index}-wrong`, class: "objection" }, wrong),
  );
}

/** Contracts offered while one is typed; every other one can be typed too. */
const MOST_OFFERED = 500;

export function ownTrades(props: WhatIfProps, texts: WhatIfTexts): Child[] {
  const { ui, acts } = props;
  return [
    ui.trades.length === 0
      ? h("p", { key: "none", class: "note" }, texts.noTrades)
      : h(
          "ol",
          { key: "trades", class: "trades", "aria-label": texts.ownTrades },
          ...ui.trades.map((trade, index) => tradeRow(trade, index, props, texts)),
        ),
    h(
      "div",
      { key: "ways", class: "ways" },
      h(
        "button",
        {
          type: "button",
          id: "add-trade",
          class: "link with-icon",
          onclick: () => acts.addTrade(),
        },
        plus(),
        texts.add,
      ),
      h(
        "button",
        {
          type: "button",
          id: "trades-from-selection",
          class: "link with-icon",
          onclick: () => acts.tradesFromSelection(),
        },
        crosshair(),
        texts.fromSelection,
      ),
    ),
  ];
}
