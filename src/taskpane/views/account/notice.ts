/** What the last act came to, with the ways on from there. */
import { h, type Child } from "../../element";
import type { Notice } from "../../state";

export interface Way {
  readonly id: string;
  readonly label: string;
  readonly act: () => void;
}

export const noticeView = (notice: Notice | undefined, ways: readonly Way[] = []): Child =>
  notice !== undefined &&
  h(
    "p",
    { key: "notice", class: `advice ${notice.kind === "done" ? "done" : "trouble"}` },
    notice.text,
    ...ways.flatMap(({ id, label, act }): Child[] => [
      " ",
      h("button", { key: id, type: "button", class: "link", id, onclick: act }, label),
    ]),
  );
