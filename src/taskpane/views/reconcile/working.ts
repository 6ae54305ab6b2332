/** A reconciliation that takes its time: how far it is, and the way to give it up. */
import { h, type Child } from "../../element";
import type { ReconcileTexts } from "../../texts-reconcile";
import type { ReconcileProps } from "./room";

/** Rows from which on it is said that checking may take a while. */
const MANY_ROWS = 2000;

/** Said once when it changes; the count of rows isn't. */
export function stateSaid(props: ReconcileProps, texts: ReconcileTexts): Child {
  const { book, found, busy, progress, cancelled } = props;
  const state = (said: string): Child =>
    h("p", { key: "state", role: "status", class: "unseen" }, said);
  if (cancelled) return state(found ? texts.cancelledBefore : texts.cancelled);
  // Before it is noticed, what is found anew is only said once it is there.
  if (found && !progress) return state(busy ? "" : texts.done);
  return state(texts.working(book.lines.length));
}

/** Whether what is shown is the result before, and the new one is on its way. */
export const busyOf = ({ found, busy }: ReconcileProps): "true" | undefined =>
  found && busy ? "true" : undefined;

/** Whether what is shown is of the present inputs: what was found before is neither copied nor used. */
export const isPresent = ({ busy, cancelled }: ReconcileProps): boolean => !busy && !cancelled;

/** Beside the result before; of short work it is over before it is seen. */
export const redoing = (props: ReconcileProps, texts: ReconcileTexts): Child =>
  busyOf(props) && h("span", { key: "redoing", class: "redoing" }, texts.redoing);

/** Once it is noticed: rows that are done, a bar, Cancel. */
export function progressCard({ progress, acts }: ReconcileProps, texts: ReconcileTexts): Child {
  if (!progress) return undefined;
  const { rows, all } = progress;
  return h(
    "div",
    { key: "progress", class: "card progress" },
    h("p", { id: "reconcile-says" }, texts.progress(rows, all)),
    h("div", {
      class: "progress-bar counted",
      style: `--done: ${((100 * rows) / Math.max(all, 1)).toFixed(1)}%`,
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

/** Before anything is found; once the rows are counted above it, without their number. */
export function workingCard({ book, progress }: ReconcileProps, texts: ReconcileTexts): Child {
  const rows = book.lines.length;
  if (progress && rows <= MANY_ROWS) return undefined;
  return h(
    "section",
    { key: "working", class: "card block" },
    !progress && h("p", {}, texts.working(rows)),
    rows > MANY_ROWS && h("p", { class: "note" }, texts.workingLong),
  );
}

const againButton = ({ acts }: ReconcileProps, texts: ReconcileTexts, kind: string): Child =>
  h(
    "button",
    { type: "button", id: "reconcile-again", class: kind, onclick: () => acts.again() },
    texts.again,
  );

/** Above the result before, which isn't of the present inputs. */
export const cancelledBeforeCard = (props: ReconcileProps, texts: ReconcileTexts): Child =>
  h(
    "div",
    { key: "cancelled", class: "card given-up" },
    h("p", {}, texts.cancelledBefore),
    againButton(props, texts, "button small"),
  );

/** Where nothing was found before. */
export const cancelledCard = (props: ReconcileProps, texts: ReconcileTexts): Child =>
  h(
    "section",
    { key: "cancelled", class: "card block" },
    h("p", {}, texts.cancelled),
    h("div", { class: "buttons" }, againButton(props, texts, "button")),
  );
