/** What every what-if starts from is what the broker's system shows; where the rules give another figure, that is said. */
import { recomputedOf, type Book } from "../../../account";
import { h, type Child } from "../../element";
import { changeText } from "../../figures";
import type { WhatIfTexts } from "../../texts-what-if";
import { bookRatio } from "../account/levels";

export function startsFrom(book: Book, texts: WhatIfTexts, toReconcile: () => void): Child {
  const ours = recomputedOf(book);
  if (!ours?.ratio || ours.difference.isZero()) return undefined;
  const said = texts.startsPrinted(bookRatio(book, ours.ratio), changeText(ours.difference));
  return h(
    "p",
    { key: "starts", class: "note" },
    `${said} `,
    h(
      "button",
      { type: "button", class: "link small", id: "to-reconcile", onclick: () => toReconcile() },
      texts.toReconcile,
    ),
  );
}
