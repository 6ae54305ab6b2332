/** A row of a reconciliation by its contract, and what is said of it. */
import type { Reconciliation, ReconciledRow } from "../../src/account/reconcile";

export const rowOf = ({ rows }: Reconciliation, contract: string): ReconciledRow => {
  const found = rows.find(({ position }) => position.contract === contract);
  if (!found) throw new Error(contract);
  return found;
};

/** "explained points". */
export const said = ({ verdict, reasons }: ReconciledRow): string =>
  [verdict, ...reasons.map(({ id }) => id)].join(" ");
