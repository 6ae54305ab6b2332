/** What is typed for the account in front, changed. */
import type { Desk } from "./desk";
import { NOTHING_TYPED, type Typed } from "./desk-state";

export function typeOn(desk: Desk, change: (typed: Typed) => Partial<Typed>): void {
  const { entry, state } = desk;
  if (!entry) return;
  const typed = state.typed[entry.key] ?? NOTHING_TYPED;
  desk.typing();
  desk.set({
    typed: { ...state.typed, [entry.key]: { ...typed, ...change(typed) } },
    notice: undefined,
    written: undefined,
  });
}
