/** Copies a text, and says whether it was. */
import type { Desk } from "./desk";

export async function copied(desk: Desk, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    desk.notify({ kind: "done", text: desk.texts.copied });
  } catch {
    desk.notify({ kind: "problem", text: desk.texts.notCopied });
  }
}
