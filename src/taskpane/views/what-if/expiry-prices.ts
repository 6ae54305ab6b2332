/** Prices of underlyings that neither the statement nor the user has given, asked for where they are missed. */
import type { Expiring } from "../../../account";
import { codeText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { EXPIRY_TEXTS } from "../../texts-expiry";
import { BLANK, input, wrongLine } from "../account/entry";
import { priceProblem } from "../account/missing";
import type { ExpiryProps } from "./expiry";

/** More than anyone types beside each other; the account asks for the others. */
const MOST_ASKED = 12;

const missing = new WeakMap<Expiring, ReadonlyMap<string, boolean>>();

/** Each underlying of the options, and whether its price is what is missing. */
function underlyingsOf(timeline: Expiring): ReadonlyMap<string, boolean> {
  const known = missing.get(timeline);
  if (known) return known;
  const found = new Map<string, boolean>();
  for (const { line, right, moneyness } of timeline.lines) {
    if (line.underlying === undefined) continue;
    const lacks = moneyness.unknown !== undefined && right !== undefined && !!line.strike;
    found.set(line.underlying, lacks || (found.get(line.underlying) ?? false));
  }
  missing.set(timeline, found);
  return found;
}

function field(code: string, { typedPrices, acts, language }: ExpiryProps): Described {
  const words = ACCOUNT_TEXTS[language];
  const id = `expiry-price-${code}`;
  const text = typedPrices[code] ?? "";
  const wrong = priceProblem(text, words);
  return h(
    "div",
    { key: code, class: "labelled" },
    h("span", { class: "code", translate: "no" }, codeText(code)),
    input({
      id,
      label: words.priceOf(code),
      text,
      placeholder: BLANK,
      wrong: wrong !== undefined,
      type: (typed) => acts.price(code, typed),
    }),
    wrongLine(id, wrong),
  );
}

/** A field stays once something was typed into it here: it would vanish under the hands that type. */
export function pricesView(props: ExpiryProps): Child {
  const { timeline, ui, language } = props;
  if (!timeline) return undefined;
  const codes = [...underlyingsOf(timeline)].flatMap(([code, lacks]) =>
    lacks || ui.asked.has(code) ? [code] : [],
  );
  if (codes.length === 0) return undefined;
  return h(
    "div",
    { key: "prices", class: "asked-prices" },
    h("p", { class: "note" }, EXPIRY_TEXTS[language].pricesMissing),
    ...codes.slice(0, MOST_ASKED).map((code) => field(code, props)),
  );
}
