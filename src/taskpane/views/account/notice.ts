/** What the last act came to, with the way back where there is one. */
import { h, type Child } from "../../element";

export interface Notice {
  readonly kind: "done" | "problem";
  readonly text: string;
}

export const noticeView = (
  notice: Notice | undefined,
  undo?: { readonly label: string; readonly act: () => void } | undefined,
): Child =>
  notice !== undefined &&
  h(
    "p",
    { key: "notice", class: `advice ${notice.kind === "done" ? "done" : "trouble"}` },
    notice.text,
    undo && " ",
    undo &&
      h("button", { type: "button", class: "link", id: "undo", onclick: undo.act }, undo.label),
  );
