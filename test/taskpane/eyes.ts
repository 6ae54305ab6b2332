/** What a page shows, looked over as every eye would: barriers to some, and words out of their place. */
import type { Page } from "playwright-core";

/** A file as a file field takes it. */
export const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** Whatever axe, which the page has been given, has to say: of any impact, no rule left out. */
export const barriers = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResult> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`),
    );
  });

/**
 * Words that leave the box they stand in, and boxes that cut what they hold. Product names and the
 * source bar's format end in an ellipsis by intent; the gauge's words are placed at their lines.
 */
export const outOfPlace = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
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

const WIDTHS = [270, 320, 450];

/** Both, and what is wider than the pane, at every width a pane opens at; nothing where all is well. */
export async function troubles(page: Page): Promise<string[]> {
  const found = await barriers(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide !== width) found.push(`${width}: the page is ${wide} wide`);
    found.push(...(await outOfPlace(page)).map((words) => `${width}: ${words}`));
  }
  return found;
}
