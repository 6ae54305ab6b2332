/** Where the keyboard's focus goes when what had it is gone. */

/** Whether the focus is nowhere, or on the button of what is over. */
export function isIdle(): boolean {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || activeElement.id === "cancel-calculation";
}

/** The first of these that is there. */
export const LANDINGS = ["choose-files", "page-title", "status-heading", "source-button"] as const;
