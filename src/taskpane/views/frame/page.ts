/** A full-height page over the rooms, with the way back. */
import { h, type Child, type Described } from "../../element";
import { back as arrowBack } from "../account-icons";

export const page = (
  name: string,
  title: string,
  back: { readonly label: string; readonly act: () => void },
  ...children: Child[]
): Described =>
  h(
    "section",
    { key: `page ${name}`, class: "page", "aria-labelledby": "page-title" },
    h(
      "div",
      { class: "page-head" },
      h(
        "button",
        {
          type: "button",
          id: "page-back",
          class: "link with-icon",
          onclick: back.act,
        },
        arrowBack(),
        back.label,
      ),
      h("h1", { id: "page-title", tabindex: -1 }, title),
    ),
    ...children,
  );
