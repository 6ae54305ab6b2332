/** The sliders of Market and the fields beside them: price, volatility, days ahead. */
import type { Market, MarketStrip } from "../../../account";
import { h, type Child, type Described } from "../../element";
import { reachOf, readSlid, slidText, type Reach, type Slid } from "../../market-typed";
import { MARKET_TEXTS, type MarketTexts } from "../../texts-market";
import { bookRatio } from "../account/levels";
import { standingWord } from "../status";
import type { MarketProps } from "./market";
import { priceWords, volatilityWords } from "./market-words";

const SLIDERS: readonly Slid[] = ["price", "volatility", "days"];

/** Steps of Page Up and Page Down; arrows, Home and End are the browser's own. */
const PAGE = 5;

/** Where a key takes a slider; undefined for keys that are the browser's. */
export function slidBy(
  key: string,
  value: number,
  { least, most, step }: Reach,
): number | undefined {
  const to: Readonly<Record<string, number>> = {
    PageUp: value + PAGE * step,
    PageDown: value - PAGE * step,
    "0": 0,
  };
  const next = to[key];
  return next === undefined ? undefined : Math.min(most, Math.max(least, next));
}

function valueText(
  slid: Slid,
  { book, assumed, language }: MarketProps,
  { strip: { then } }: MarketStrip,
  texts: MarketTexts,
): string {
  if (!assumed || !then) return "";
  const { move, volatility, days } = assumed;
  const said = {
    price: texts.priceHint(priceWords(move, texts)),
    volatility: texts.volatilityOf(volatilityWords(volatility, texts)),
    days: texts.later(days),
  }[slid];
  return texts.value(said, bookRatio(book, then.ratio), standingWord(then.status, language));
}

function wrongText(slid: Slid, text: string, { least, most }: Reach, texts: MarketTexts): string {
  const quoted = text.trim().slice(0, 20);
  return slid === "days"
    ? texts.wrongDays(quoted, most)
    : texts.wrong(quoted, `${slidText(slid, least)}%`, `${slidText(slid, most)}%`);
}

function row(
  slid: Slid,
  market: Market,
  strip: MarketStrip,
  props: MarketProps,
  texts: MarketTexts,
): Described {
  const { ui, acts } = props;
  const reach = reachOf(slid, market);
  const text = ui[slid];
  const read = readSlid(slid, text, reach);
  const value = read?.toNumber() ?? 0;
  const fixed = reach.most === reach.least;
  const slide = (to: number): void => acts.slide(slid, slidText(slid, to));
  return h(
    "div",
    { key: slid, class: "slider-row" },
    h("label", { for: `slider-${slid}` }, texts[slid]),
    h("input", {
      type: "range",
      id: `slider-${slid}`,
      min: reach.least,
      max: fixed ? reach.most + 1 : reach.most,
      step: reach.step,
      value: String(value),
      disabled: fixed,
      "aria-valuetext": valueText(slid, props, strip, texts),
      oninput: (event: InputEvent) => slide(Number((event.target as HTMLInputElement).value)),
      onkeydown: (event: KeyboardEvent) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const to = slidBy(event.key, value, reach);
        if (to === undefined) return;
        event.preventDefault();
        slide(to);
      },
    }),
    h(
      "span",
      { class: "slider-entry" },
      h("input", {
        type: "text",
        class: "entry",
        id: `move-${slid}`,
        inputmode: slid === "days" ? "numeric" : "text",
        value: text,
        placeholder: slidText(slid, 0),
        autocomplete: "off",
        spellcheck: "false",
        disabled: fixed,
        "aria-label": texts.entry[slid],
        "aria-invalid": read ? undefined : "true",
        "aria-describedby": read ? undefined : `wrong-${slid}`,
        oninput: (event: InputEvent) => acts.slide(slid, (event.target as HTMLInputElement).value),
      }),
      h("span", { class: "unit", "aria-hidden": "true" }, texts.unit[slid]),
    ),
    !read &&
      h(
        "p",
        { key: "wrong", id: `wrong-${slid}`, class: "objection" },
        wrongText(slid, text, reach, texts),
      ),
  );
}

function which({ underlyings }: Market, { ui, acts }: MarketProps, texts: MarketTexts): Child {
  if (underlyings.length < 2) return undefined;
  const chosen = underlyings.some(({ code }) => code === ui.of) ? ui.of : "";
  return h(
    "div",
    { key: "which", class: "which" },
    h("label", { for: "market-of" }, texts.which),
    h(
      "select",
      {
        id: "market-of",
        onchange: (event: Event) => acts.of((event.target as HTMLSelectElement).value),
      },
      h("option", { key: "all", value: "", selected: chosen === "" }, texts.all),
      ...underlyings.map(({ code }) =>
        h("option", { key: code, value: code, selected: chosen === code }, code),
      ),
    ),
    chosen !== "" && h("p", { key: "alone", class: "note" }, texts.alone(chosen)),
  );
}

export function slidersCard(market: Market, strip: MarketStrip, props: MarketProps): Described {
  const { ui, acts, language } = props;
  const texts = MARKET_TEXTS[language];
  const moved = SLIDERS.some((slid) => ui[slid] !== "");
  return h(
    "section",
    { key: "sliders", class: "card block sliders", "aria-label": texts.sliders },
    which(market, props, texts),
    ...SLIDERS.map((slid) => row(slid, market, strip, props, texts)),
    h("p", { key: "days hint", class: "note" }, texts.daysHint(market.daysLeft)),
    h(
      "button",
      {
        type: "button",
        id: "market-reset",
        class: "link",
        disabled: !moved,
        onclick: () => acts.reset(),
      },
      texts.reset,
    ),
  );
}
