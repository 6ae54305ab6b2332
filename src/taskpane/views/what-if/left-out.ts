/** Lines a plan doesn't count, and why. */
import type { Plan } from "../../../account";
import { h, type Child } from "../../element";
import { codeText } from "../../figures";
import type { Language } from "../../language";
import { WHAT_IF_TEXTS } from "../../texts-what-if";

/** More than anyone reads in a pane; copying takes all steps. */
export const MOST_SHOWN = 200;

export function leftOutView(leftOut: Plan["leftOut"], language: Language): Child {
  if (leftOut.length === 0) return undefined;
  const texts = WHAT_IF_TEXTS[language];
  return h(
    "details",
    { key: "left out", class: "left-out" },
    h("summary", { class: "link" }, texts.leftOut(leftOut.length)),
    h(
      "ul",
      {},
      ...leftOut
        .slice(0, MOST_SHOWN)
        .map(({ contract, why }, index) =>
          h(
            "li",
            { key: `${index}` },
            h("span", { class: "code", translate: "no" }, codeText(contract)),
            ` ${why[language]}`,
          ),
        ),
      leftOut.length > MOST_SHOWN &&
        h("li", { key: "more" }, texts.moreLeftOut(leftOut.length - MOST_SHOWN)),
    ),
  );
}
