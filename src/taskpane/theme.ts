/** Attributes on the root say which theme holds and how moves are coloured; the style sheet does the rest. */
import { hostTheme } from "./host";
import type { MoveColours, ThemeChoice } from "./preferences";

export function applyTheme(choice: ThemeChoice): void {
  document.documentElement.dataset["theme"] = choice === "auto" ? hostTheme() : choice;
}

export function applyMoves(moves: MoveColours): void {
  document.documentElement.dataset["moves"] = moves;
}
