/** What if leaves out what is held in Hong Kong: said beside other holdings, or in their place where there are none. */
import { holdsHongKong, type Book } from "../../../account";
import type { Statement } from "../../../statements";
import { h, type Child } from "../../element";
import type { FrameTexts } from "../../texts-frame";
import { holdsAnything } from "../account/status-card";

/** What is said, and whether nothing else is held. */
export function hongKongLeftOut(
  book: Book,
  statement: Statement,
  texts: FrameTexts,
  toAccount: () => void,
): { readonly said: Child; readonly only: boolean } {
  if (!holdsHongKong(statement)) return { said: undefined, only: false };
  if (holdsAnything(book)) {
    return { said: h("p", { key: "hong-kong", class: "note" }, texts.hongKongBeside), only: false };
  }
  const said = h(
    "section",
    { key: "hong-kong", class: "card empty-room" },
    h("p", {}, texts.hongKongOnly),
    h(
      "button",
      { type: "button", class: "button primary", id: "to-hong-kong", onclick: toAccount },
      texts.toHongKong,
    ),
  );
  return { said, only: true };
}
