/** Reconcile: what is shown, worked out, copied and written there. */
export { MOST_SHEET_ROWS, reconcileSheet } from "../../account";
export { questionText } from "../broker-question";
export { Reconciling } from "../desk-reconciled";
export { RECONCILE_TEXTS } from "../texts-reconcile";
export { AT_RULE, profileBy, reconcileRoom } from "../views/reconcile/room";
