/** What a page shows, looked over as every eye would: barriers to some, and words out of their place. */
import type { Page } from "playwright-core";

/** A file as a file field takes it. */
export const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

/**
 * Gives the page the Chinese face that this browser lacks, where Windows and macOS bring theirs. Only what
 * is judged by the room its words take needs it: dozens of files, for each page anew.
 */
export async function faces(page: Page): Promise<void> {
  if ((await page.locator('link[href^="/fonts/"]').count()) > 0) return;
  for (const weight of [400, 600]) await page.addStyleTag({ url: `/fonts/${weight}.css` });
  await page.evaluate(() => document.fonts.ready);
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}

interface Axe {
  run(options: { resultTypes: string[] }): Promise<AxeResult>;
}

/**
 * Whatever axe, which the page has been given, has to say: of any impact, no rule left out. It describes
 * what it objects to; a description of all that passes would take longer than the rules.
 */
export async function barriers(page: Page): Promise<string[]> {
  await faces(page);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`),
    );
  });
}

/**
 * Words that leave the box they stand in, and boxes that cut what they hold. Product names and the
 * source bar's format end in an ellipsis by intent; the gauge's words are placed at their lines.
 */
export async function outOfPlace(page: Page): Promise<string[]> {
  await faces(page);
  return page.evaluate(() => {
    const intended = ".unseen, .scroll, .what, .position-about, .gauge, svg, select, textarea, pre";
    const found: string[] = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest(intended) || node.textContent?.trim() === "") continue;
      // Said to screen readers alone.
      if (getComputedStyle(parent).clipPath !== "none") continue;
      let box: Element | null = parent;
      while (box && getComputedStyle(box).display.startsWith("inline")) box = box.parentElement;
      const card = parent.closest(".card") ?? document.body;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, width } of range.getClientRects()) {
        if (width === 0 || !box) continue;
        const [own, outer] = [box.getBoundingClientRect(), card.getBoundingClientRect()];
        const most = Math.min(own.right, outer.right);
        if (right > most + 1 || left < Math.max(own.left, outer.left) - 1) {
          found.push(`${box.tagName}.${box.className}: ${node.textContent}`);
        }
      }
    }
    for (const element of document.querySelectorAll("#pane *")) {
      if (element.closest(`${intended}, input`) || element.getClientRects().length === 0) continue;
      const { left, right } = element.getBoundingClientRect();
      const { overflowX, clipPath } = getComputedStyle(element);
      const cut = overflowX !== "visible" && clipPath === "none";
      const tooWide = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      if (left < -0.5 || right > innerWidth + 0.5 || (cut && tooWide)) {
        found.push(`${element.tagName}.${element.className}: ${element.textContent}`);
      }
    }
    return found;
  });
}

const WIDTHS = [270, 320, 450];

/** Both, and what is wider than the pane, at every width a pane opens at; nothing where all is well. */
async function troublesAsShown(page: Page): Promise<string[]> {
  const found = await barriers(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide !== width) found.push(`${width}: the page is ${wide} wide`);
    found.push(...(await outOfPlace(page)).map((words) => `${width}: ${words}`));
  }
  return found;
}

export type Shade = "light" | "dark" | "high contrast";

/** What pages are looked at in: high contrast takes the system's colours, in whatever language. */
export const SHADES = {
  zh: ["dark", "high contrast", "light"],
  en: ["dark", "light"],
} as const satisfies Record<string, readonly Shade[]>;

/** What choosing a theme changes (theme.ts), or the system's own colours; the page stays as it is. */
async function shade(page: Page, shown: Shade): Promise<void> {
  const forced = shown === "high contrast";
  await page.emulateMedia({ forcedColors: forced ? "active" : "none" });
  await page.evaluate(
    (theme) => (document.documentElement.dataset["theme"] = theme),
    forced ? "light" : shown,
  );
}

/** What troubles anyone in any of these; the last of them is how the page is left. */
export async function troubles(page: Page, shades: readonly Shade[]): Promise<string[]> {
  const found: string[] = [];
  for (const shown of shades) {
    await shade(page, shown);
    found.push(...(await troublesAsShown(page)).map((trouble) => `${shown}: ${trouble}`));
  }
  return found;
}
