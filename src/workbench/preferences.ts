// Language and theme of the page: the address decides, else the browser. A choice is remembered for
// this browser only.

export type Language = "zh-CN" | "en";
export type Theme = "light" | "dark";

const address = new URLSearchParams(window.location.search);

export const language: Language =
  firstOf(["zh-CN", "en"], [address.get("lang"), recall("lang")]) ??
  (prefersEnglish() ? "en" : "zh-CN");

export const initialTheme: Theme =
  firstOf(["light", "dark"], [address.get("theme"), recall("theme")]) ??
  (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

/** English only where the browser names it and names no Chinese. */
function prefersEnglish(): boolean {
  const speaks = (prefix: string) => navigator.languages.some((tag) => tag.startsWith(prefix));
  return speaks("en") && !speaks("zh");
}

function firstOf<T extends string>(known: T[], candidates: (string | null)[]): T | undefined {
  for (const candidate of candidates) {
    const match = known.find((value) => value === candidate);
    if (match) return match;
  }
  return undefined;
}

function recall(key: string): string | null {
  return window.localStorage.getItem(`workbench.${key}`);
}

/** The page's texts, the workbook's and the host's language change together, so it loads again. */
export function switchLanguage(): void {
  const next: Language = language === "en" ? "zh-CN" : "en";
  window.localStorage.setItem("workbench.lang", next);
  address.delete("lang");
  const query = address.toString();
  window.location.assign(query ? `?${query}` : window.location.pathname);
}

export function rememberTheme(theme: Theme): void {
  window.localStorage.setItem("workbench.theme", theme);
}
