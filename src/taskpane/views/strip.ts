/** Before → after, the one component of every what-if: now · then · change. */
import type { Book, Strip, StripSide } from "../../account";
import { changeText, moneyText, pointsText, UNKNOWN } from "../figures";
import type { Amount } from "../../core";
import { h, type Child, type Described } from "../element";
import type { Language } from "../language";
import { ACCOUNT_TEXTS } from "../texts-account";
import { WHAT_IF_TEXTS } from "../texts-what-if";
import { bookRatio } from "./account/levels";
import { pill, standingWord } from "./status";

type Of = "margin" | "equity" | "ratio";

const change = (strip: Strip, of: Of): StripSide[Of] => {
  const [before, after] = [strip.now[of], strip.then?.[of]];
  return before && after ? after.minus(before) : undefined;
};

/** From here on three columns of fen don't fit beside each other. */
const LARGE = 1_000_000;

const isLarge = ({ now, then }: Strip): boolean =>
  [now.margin, now.equity, then?.margin, then?.equity].some((value: Amount | undefined) =>
    value?.abs().greaterThanOrEqualTo(LARGE),
  );

/** The fen stand apart, so that a narrow pane can leave them out. */
function moneyCell(text: string): Described {
  const [, whole = text, fen] = /^(.*)(\.\d\d)$/.exec(text) ?? [];
  return h("td", {}, whole, fen !== undefined && h("span", { class: "fen" }, fen));
}

export function stripView(strip: Strip, book: Book, language: Language): Child[] {
  const texts = WHAT_IF_TEXTS[language];
  const words = ACCOUNT_TEXTS[language];
  const { now, then } = strip;
  const money = (key: string, name: string, of: "margin" | "equity"): Described =>
    h(
      "tr",
      { key },
      h("th", { scope: "row" }, name),
      moneyCell(moneyText(now[of])),
      moneyCell(moneyText(then?.[of])),
      moneyCell(changeText(change(strip, of))),
    );
  return [
    h(
      "table",
      { key: "strip", class: isLarge(strip) ? "figures strip large" : "figures strip" },
      h("caption", { class: "unseen" }, texts.stripCaption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          h("th", { scope: "col" }, texts.now),
          h("th", { scope: "col" }, texts.then),
          h("th", { scope: "col" }, texts.change),
        ),
      ),
      h(
        "tbody",
        {},
        h(
          "tr",
          { key: "ratio" },
          h("th", { scope: "row" }, words.ratio),
          h("td", {}, bookRatio(book, now.ratio)),
          h("td", { class: "strong" }, bookRatio(book, then?.ratio)),
          h("td", {}, pointsText(change(strip, "ratio"))),
        ),
        money("margin", words.margin, "margin"),
        money("equity", texts.equity, "equity"),
        h(
          "tr",
          { key: "status", class: "states" },
          h("th", { scope: "row" }, words.status),
          h("td", {}, pill(now.status, language, "small")),
          // A state changes by no figure: an English word takes that room, a Chinese one fits its column.
          h(
            "td",
            language === "zh" ? {} : { class: "then", colspan: 2 },
            then ? pill(then.status, language, "small") : UNKNOWN,
          ),
          language === "zh" && h("td", {}),
        ),
      ),
    ),
    strip.refused && h("p", { key: "refused", class: "gap" }, strip.refused[language]),
  ];
}

/** Where the account would stand, for the ear; where that isn't known, why. */
export function stripSpoken({ now, then, refused }: Strip, book: Book, language: Language): string {
  const texts = WHAT_IF_TEXTS[language];
  if (!then && refused) return refused[language];
  const { status, ratio } = then ?? now;
  const said = then ? texts.spoken : texts.spokenSame;
  return said(standingWord(status, language), bookRatio(book, ratio));
}
