/** Keys beyond the browser's own: up and down through the list, Esc back to the row or out of a page. */
import type { Desk } from "./desk";
import type { Pane } from "./pane";

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("#list .row")];

const searchBox = (): HTMLInputElement | null => document.querySelector("#search");

function move(event: KeyboardEvent): void {
  const focused = document.activeElement;
  const all = rows();
  const at = all.findIndex((row) => row === focused);
  if (at < 0 && focused !== searchBox()) return;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: at < 0 ? NaN : 0,
    End: at < 0 ? NaN : all.length - 1,
  };
  const to = steps[event.key];
  if (to === undefined || Number.isNaN(to)) return;
  const next = to < 0 ? (at < 0 ? undefined : searchBox()) : all[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function escape(event: KeyboardEvent, pane: Pane, desk: Desk): void {
  const { menu, open, query } = pane.state;
  const focused = document.activeElement;
  // A dialog in front closes itself.
  const [question] = desk.state.questions;
  if (question && question.kind !== "mapping") return;
  if (menu) {
    pane.toggleMenu(false);
    document.getElementById("menu-button")?.focus();
  } else if (desk.state.menu) {
    desk.toggleMenu(false);
    document.getElementById("source-button")?.focus();
  } else if (desk.state.page) {
    desk.closePage();
  } else if (desk.state.room !== "functions") {
    return;
  } else if (focused === searchBox() && query !== "") {
    pane.search("");
  } else if (open) {
    const row = document.querySelector<HTMLElement>('#list .row[aria-expanded="true"]');
    pane.close();
    row?.focus();
  } else return;
  event.preventDefault();
}

/** Enter in the search opens what was found first. */
function openFirst(event: KeyboardEvent, pane: Pane): void {
  const first = rows()[0];
  if (!first || pane.state.query.trim() === "") return;
  // Else the same key would press the row it has just moved to.
  event.preventDefault();
  first.focus();
  if (first.getAttribute("aria-expanded") !== "true") first.click();
}

export function listenToKeys(pane: Pane, desk: Desk): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") escape(event, pane, desk);
    else if (event.key === "Enter" && document.activeElement === searchBox()) {
      openFirst(event, pane);
    } else move(event);
  });
}
