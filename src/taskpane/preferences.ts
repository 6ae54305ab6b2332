/** What the user chose in this pane, kept on this machine; a host may refuse to keep anything. */
import type { Language } from "./language";

export type LanguageChoice = Language | "auto";
export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "auto";

/** The rooms, in the order of their tabs. */
export const ROOMS = ["account", "whatIf", "reconcile", "functions"] as const;
export type Room = (typeof ROOMS)[number];

/** Whether rising prices and gains are red, as in China, or green; without colour their sign tells. */
export const MOVE_COLOURS = ["none", "redUp", "greenUp"] as const;
export type MoveColours = (typeof MOVE_COLOURS)[number];

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

export const recalledMoves = (): MoveColours => recall<MoveColours>("moves", MOVE_COLOURS, "none");
export const keepMoves = (choice: MoveColours): void => keep("moves", choice);
/** Whether imports are kept on this machine for when the pane is opened again: only where somebody said so. */
export const recalledImports = (): boolean => recall("imports", ["on", "off"], "off") === "on";
export const keepImports = (on: boolean): void => keep("imports", on ? "on" : "off");
/** Headline amounts in 万. */
export const recalledWan = (): boolean => recall("wan", ["on", "off"], "off") === "on";
export const keepWan = (on: boolean): void => keep("wan", on ? "on" : "off");
