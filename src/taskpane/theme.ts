/** One attribute on the root says which theme holds; the style sheet does the rest. */
import { hostTheme } from "./host";
import type { ThemeChoice } from "./preferences";

export function applyTheme(choice: ThemeChoice): void {
  document.documentElement.dataset["theme"] = choice === "auto" ? hostTheme() : choice;
}
