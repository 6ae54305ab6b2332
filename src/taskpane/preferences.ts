/** What the user chose in this pane, kept on this machine; a host may refuse to keep anything. */
import type { Language } from "./language";

export type LanguageChoice = Language | "auto";
export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "auto";

/** The rooms, in the order of their tabs. */
export const ROOMS = ["account", "whatIf", "reconcile", "functions"] as const;
export type Room = (typeof ROOMS)[number];

const PREFIX = "option-seller-margin.";

function recall<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return choices.find((choice) => choice === kept) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** A text kept on this machine, for what is the same in every workbook. */
export function machineRecall(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

export const machineKeep = keep;

export const recalledRoom = (): Room => recall<Room>("room", ROOMS, "account");
export const keepRoom = (room: Room): void => keep("room", room);
export const recalledLanguage = (): LanguageChoice =>
  recall<LanguageChoice>("language", ["auto", "zh", "en"], "auto");
export const recalledTheme = (): ThemeChoice =>
  recall<ThemeChoice>("theme", ["auto", "light", "dark"], "auto");
export const keepLanguage = (choice: LanguageChoice): void => keep("language", choice);
export const keepTheme = (choice: ThemeChoice): void => keep("theme", choice);
