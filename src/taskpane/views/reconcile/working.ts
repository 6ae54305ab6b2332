/** A reconciliation that takes its time: how far it is, and the way to give it up. */
import { h, type Child } from "../../element";
import type { ReconcileTexts } from "../../texts-reconcile";
import type { ReconcileProps } from "./room";

/** Rows from which on it is said that checking may take a while. */
const MANY_ROWS = 2000;

/** Said once when it changes; the count of rows isn't. */
export function stateSaid(props: ReconcileProps, texts: ReconcileTexts): Child {
  const { book, found, progress, cancelled } = props;
  const said = cancelled
    ? texts.cancelled
    : found && !progress
      ? texts.done
      : texts.working(book.lines.length);
  return h("p", { key: "state", role: "status", class: "unseen" }, said);
}

/** Once it is noticed: rows that are done, a bar, Cancel. */
export function progressCard({ progress, acts }: ReconcileProps, texts: ReconcileTexts): Child {
  if (!progress) return undefined;
  const { rows, all } = progress;
  return h(
    "div",
    { key: "progress", class: "card progress" },
    h("p", { id: "reconcile-says" }, texts.progress(rows, all)),
    h("div", {
      class: "progress-bar",
      role: "progressbar",
      "aria-labelledby": "reconcile-says",
      "aria-valuemin": 0,
      "aria-valuemax": all,
      "aria-valuenow": rows,
    }),
    h(
      "button",
      {
        type: "button",
        id: "cancel-reconcile",
        class: "button small",
        onclick: () => acts.cancel(),
      },
      texts.cancel,
    ),
  );
}

/** Before anything is found. */
export function workingCard(props: ReconcileProps, texts: ReconcileTexts): Child {
  const rows = props.book.lines.length;
  return h(
    "section",
    { key: "working", class: "card block" },
    h("p", {}, texts.working(rows)),
    rows > MANY_ROWS && h("p", { class: "note" }, texts.workingLong),
  );
}

export const cancelledCard = ({ acts }: ReconcileProps, texts: ReconcileTexts): Child =>
  h(
    "section",
    { key: "cancelled", class: "card block" },
    h("p", {}, texts.cancelled),
    h(
      "div",
      { class: "buttons" },
      h(
        "button",
        { type: "button", id: "reconcile-again", class: "button", onclick: () => acts.again() },
        texts.again,
      ),
    ),
  );
