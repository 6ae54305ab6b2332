// Drives the pane by itself: the production page with the emulated host and no sheet behind it, at
// the widths Excel gives it, in either language, theme and contrast.
import { chromium, type Browser, type Page } from "playwright-core";
import { serve } from "../../tools/server.mjs";

export interface Look {
  readonly width: number;
  readonly language: "zh" | "en";
  readonly theme: "light" | "dark";
  readonly contrast?: boolean;
}

export class PaneBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Awaited<ReturnType<typeof serve>>,
  ) {}

  static async start(executablePath: string): Promise<PaneBrowser> {
    const browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    return new PaneBrowser(browser, await serve());
  }

  /** `prepare` may answer requests in place of the server before the page loads. */
  async open(
    look: Look,
    prepare?: (page: Page) => Promise<unknown>,
    until = "#list",
  ): Promise<Page> {
    const page = await this.browser.newPage({
      viewport: { width: look.width, height: 640 },
      forcedColors: look.contrast ? "active" : "none",
      reducedMotion: "reduce",
    });
    page.setDefaultTimeout(10_000);
    await page.addInitScript(({ language, theme }) => {
      localStorage.setItem("option-seller-margin.language", language);
      localStorage.setItem("option-seller-margin.theme", theme);
    }, look);
    await prepare?.(page);
    await page.goto(`${this.server.url}addin/taskpane.html`);
    // This browser has no Chinese face; Windows and macOS bring theirs.
    for (const weight of [400, 600]) await page.addStyleTag({ url: `/fonts/${weight}.css` });
    await page.waitForSelector(until);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}
