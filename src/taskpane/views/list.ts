/** Which function: the search, and the list by family or by rank. */
import { h, type Child, type Described } from "../element";
import type { FunctionEntry } from "../catalog";
import type { Family } from "../families";
import type { Pane } from "../pane";
import { search } from "../search";
import type { State } from "../state";
import type { Texts } from "../texts";
import { chevron, cross, magnifier } from "./icons";

/** Shows what stands under the row of the open function. */
export type Detail = (entry: FunctionEntry) => Described;

/** Elements' ids can't hold every character of a function's id. */
export const rowId = (id: string): string => `row-${id.replace(/\./g, "-")}`;

/** Brings a function that was just opened into view, whole if there is room. */
function reveal(id: string): void {
  const row = document.getElementById(rowId(id));
  const item = row?.parentElement;
  if (!row || !item || row.getAttribute("aria-expanded") !== "true") return;
  const { top, bottom } = item.getBoundingClientRect();
  const header = document.querySelector("header")?.offsetHeight ?? 0;
  if (top < header || bottom > innerHeight) row.scrollIntoView({ block: "start" });
}

function row(entry: FunctionEntry, state: State, pane: Pane, detail: Detail): Described {
  const isOpen = state.open?.draft.id === entry.id;
  return h(
    "li",
    { key: entry.id },
    h(
      "button",
      {
        type: "button",
        class: "row",
        id: rowId(entry.id),
        "aria-expanded": String(isOpen),
        onclick: () => {
          pane.open(entry.id);
          reveal(entry.id);
        },
      },
      h("span", { class: "code", translate: "no" }, entry.id),
      chevron(),
      h("span", { class: "about" }, entry.description[state.language]),
    ),
    isOpen && detail(entry),
  );
}

function familyRow(family: Family, state: State, pane: Pane, detail: Detail): Described {
  const { prefix, name, functions } = family;
  const unfolded = state.unfolded.has(prefix);
  return h(
    "li",
    { key: `family ${prefix}`, class: "family" },
    h(
      "button",
      {
        type: "button",
        class: "row family-row",
        "aria-expanded": String(unfolded),
        onclick: () => pane.unfold(prefix),
      },
      chevron(),
      h(
        "span",
        { class: "family-name" },
        prefix !== "" && h("span", { class: "code", translate: "no" }, prefix),
        prefix !== "" && " ",
        name[state.language],
      ),
      h("span", { class: "count" }, String(functions.length)),
    ),
    unfolded &&
      h("ul", { key: "functions" }, ...functions.map((entry) => row(entry, state, pane, detail))),
  );
}

function searchBox(state: State, pane: Pane, texts: Texts): Described {
  return h(
    "div",
    { class: "search" },
    magnifier(),
    h("input", {
      id: "search",
      type: "text",
      role: "searchbox",
      value: state.query,
      placeholder: texts.searchHint,
      "aria-label": texts.search,
      autocomplete: "off",
      spellcheck: "false",
      oninput: (event: InputEvent) => pane.search((event.target as HTMLInputElement).value),
    }),
    state.query !== "" &&
      h(
        "button",
        {
          key: "clear",
          type: "button",
          class: "icon-button",
          "aria-label": texts.clear,
          onclick: () => {
            pane.search("");
            document.getElementById("search")?.focus();
          },
        },
        cross(),
      ),
  );
}

export function list(
  state: State,
  pane: Pane,
  texts: Texts,
  families: readonly Family[],
  detail: Detail,
): Child {
  const searching = state.query.trim() !== "";
  const found = searching ? search(families, state.query) : [];
  return h(
    "section",
    { class: "card list", "aria-label": texts.functions },
    searchBox(state, pane, texts),
    searching &&
      h(
        "p",
        { key: "found", class: "found" },
        found.length > 0 ? texts.found(found.length) : texts.nothingFound(state.query.trim()),
      ),
    h(
      "ul",
      { key: "list", id: "list" },
      ...(searching
        ? found.map((entry) => row(entry, state, pane, detail))
        : families.map((family) => familyRow(family, state, pane, detail))),
    ),
  );
}
