/** The head of Settings: it stands before the code of the page is here, with the focus where it belongs. */
import { h, type Described } from "../../element";
import { back } from "../account-icons";

export const settingsHead = (title: string, label: string, act: () => void): Described =>
  h(
    "div",
    { key: "head", class: "settings-head" },
    h(
      "button",
      { type: "button", id: "settings-back", class: "link with-icon", onclick: act },
      back(),
      label,
    ),
    h("h1", { id: "settings-heading", tabindex: "-1" }, title),
  );
