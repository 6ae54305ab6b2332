/** What the host says about itself: whether it is Excel, its language, its theme. It may say nothing. */
import { languageOf, type Language } from "./language";
import type { Theme } from "./preferences";

/** Seconds after which Office is taken not to come: its script may be blocked or out of reach. */
export const PATIENCE = 10;

const officeRan = (): boolean => typeof Office !== "undefined";

/**
 * Whether office.js has run. It is the page's last script: once the page is read, it has run or it
 * failed. While it is on its way, every script that loads may be the one.
 */
function office(): Promise<boolean> {
  if (officeRan() || document.readyState !== "loading") return Promise.resolve(officeRan());
  return new Promise((resolve) => {
    const look = (): void => {
      if (!officeRan()) return;
      document.removeEventListener("load", look, true);
      resolve(true);
    };
    document.addEventListener("load", look, true);
    document.addEventListener("DOMContentLoaded", () => resolve(officeRan()), { once: true });
  });
}

async function answered(): Promise<"connected" | "elsewhere" | "unloaded"> {
  if (!(await office())) return "unloaded";
  const { host } = await Office.onReady();
  return host ? "connected" : "elsewhere";
}

/** Whether the pane runs in Excel, runs elsewhere, or can't tell: office.js failed or stays silent. */
export async function excel(): Promise<"connected" | "elsewhere" | "late" | "unloaded"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), PATIENCE * 1000);
  });
  const found = await Promise.race([answered(), late]);
  clearTimeout(timer);
  return found;
}

/** Resolves when Office answers after all, or when it turns out that it never will. */
export async function atLast(): Promise<void> {
  await answered();
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
