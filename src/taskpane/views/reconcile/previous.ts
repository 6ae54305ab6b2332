/** Prices of the trading day before, asked for where a row breaks and no statement has them. */
import { codeText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { ACCOUNT_TEXTS } from "../../texts-account";
import type { ReconcileTexts } from "../../texts-reconcile";
import { BLANK, input, wrongLine } from "../account/entry";
import { priceProblem } from "../account/missing";
import type { FoundProps } from "./room";

/** More than anyone types beside each other. */
const MOST_ASKED = 12;

/** A field stays while something is typed in it. */
function asked({ found, typedPrevious }: FoundProps): readonly string[] {
  const codes = new Set(Object.keys(typedPrevious));
  for (const { verdict, held, untried } of found.breaking) {
    if (codes.size >= MOST_ASKED) break;
    const lacks = verdict === "unexplained" && untried.some(({ id }) => id === "previousDay");
    if (lacks && held.underlying !== undefined) codes.add(held.underlying);
  }
  return [...codes].sort();
}

function field(
  code: string,
  { typedPrevious, acts, language }: FoundProps,
  texts: ReconcileTexts,
): Described {
  const id = `previous-${code}`;
  const text = typedPrevious[code] ?? "";
  const wrong = priceProblem(text, ACCOUNT_TEXTS[language]);
  return h(
    "div",
    { key: code, class: "labelled" },
    h("span", { class: "code", translate: "no" }, codeText(code)),
    input({
      id,
      label: texts.previousOf(code),
      text,
      placeholder: BLANK,
      wrong: wrong !== undefined,
      type: (typed) => acts.typePrevious(code, typed),
    }),
    wrongLine(id, wrong),
  );
}

/** The fields stay where they are once filled in: a press on a row below would miss it if they folded away. */
export function previousCard(props: FoundProps, texts: ReconcileTexts): Child {
  if (props.sample) return undefined;
  const codes = asked(props);
  if (codes.length === 0) return undefined;
  return h(
    "section",
    { key: "previous", class: "card block asked-prices", "aria-labelledby": "previous-heading" },
    h("h2", { id: "previous-heading" }, texts.previousTitle),
    h("p", { class: "note" }, texts.previousWhy),
    ...codes.map((code) => field(code, props, texts)),
  );
}
