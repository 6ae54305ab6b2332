/** In place of a room whose code isn't here: nothing for a moment, then that it loads, or that it didn't and what to do. */
import type { Desk } from "../../desk";
import { h, type Child } from "../../element";
import type { Late } from "../../late";
import type { FrameTexts } from "../../texts-frame";
import { warning } from "../icons";

interface Arriving {
  readonly name: string;
  /** The id of what has the focus once the button that asks again is gone. */
  readonly landing: string;
}

export function arriving(
  code: Late<unknown>,
  { around }: Desk,
  { name, landing }: Arriving,
  texts: FrameTexts,
): Child[] {
  switch (code.shows) {
    case "nothing":
      return [];
    case "loading":
      return [
        h(
          "div",
          { key: "arriving", class: "card progress" },
          h("p", { id: "arriving-says" }, texts.loading(name)),
          h("div", {
            class: "progress-bar",
            role: "progressbar",
            "aria-labelledby": "arriving-says",
          }),
        ),
      ];
    case "failed":
      return [
        h(
          "div",
          { key: "late", class: "card trouble-card", id: "late", role: "alert" },
          warning(),
          h(
            "div",
            { class: "trouble-body" },
            h("p", {}, texts.late(name)),
            h(
              "div",
              { class: "trouble-acts" },
              h(
                "button",
                {
                  type: "button",
                  id: "load-again",
                  class: "button small",
                  onclick: () => {
                    code.retry();
                    around.focus(landing);
                  },
                },
                texts.retry,
              ),
            ),
          ),
        ),
      ];
  }
}
