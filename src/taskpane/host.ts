/** What the host says about itself: whether it is Excel, its language, its theme. It may say nothing. */
import { languageOf, type Language } from "./language";
import type { Theme } from "./preferences";

/** Seconds after which Office is taken not to come: its script may be blocked or out of reach. */
export const PATIENCE = 10;

/** Whether the pane runs in Excel, runs elsewhere, or can't tell: office.js failed or stays silent. */
export async function excel(): Promise<"connected" | "elsewhere" | "late" | "unloaded"> {
  if (typeof Office === "undefined") return "unloaded";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), PATIENCE * 1000);
  });
  const ready = Office.onReady().then(({ host }) => (host ? "connected" : "elsewhere"));
  const found = await Promise.race([ready, late]);
  clearTimeout(timer);
  return found;
}

/** Resolves when Office answers after all. */
export async function atLast(): Promise<void> {
  await Office.onReady();
}

/** Office.context holds nothing before Office is ready, and less on some hosts. */
function context(): Partial<Office.Context> | undefined {
  return typeof Office === "undefined" ? undefined : Office.context;
}

export const hostLanguage = (): Language =>
  languageOf(context()?.displayLanguage ?? navigator.language);

/** How light a colour #rrggbb is to the eye, 0 to 1. */
function lightness(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((hex) =>
    parseInt(hex, 16),
  );
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

export function hostTheme(): Theme {
  const theme = context()?.officeTheme as Partial<Office.OfficeTheme> | undefined;
  if (theme?.bodyBackgroundColor) {
    return lightness(theme.bodyBackgroundColor) < 0.5 ? "dark" : "light";
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
