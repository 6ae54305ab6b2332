/** In place of the Hong Kong card while its code isn't here: holdings are never passed over in silence. */
import { h, type Child } from "../../element";
import type { Language } from "../../language";
import { rooms } from "../../rooms";
import { IMPORT_TEXTS } from "../../texts-import";
import { pill } from "../status";

export function hongKongArriving(rows: number, language: Language): Child {
  const { shows } = rooms.hongKong;
  const texts = IMPORT_TEXTS[language];
  if (shows === "nothing") return undefined;
  return h(
    "section",
    { key: "hong-kong-late", id: "hong-kong-late", class: "card block", role: "status" },
    pill("undetermined", language),
    h(
      "p",
      { class: "verdict" },
      texts[shows === "failed" ? "hongKongLate" : "hongKongLoading"](rows),
    ),
    shows === "failed" &&
      h(
        "button",
        {
          type: "button",
          id: "hong-kong-again",
          class: "button",
          onclick: () => rooms.hongKong.retry(),
        },
        texts.hongKongAgain,
      ),
  );
}
