// Drives the pane by itself: the production page with the emulated host and no sheet behind it, at
// the widths Excel gives it, in either language, theme and contrast.
import { chromium, type Browser, type Page } from "playwright-core";
import { serve } from "../../tools/server.mjs";
import { NOON } from "./built";

export interface Look {
  readonly width: number;
  readonly language: "zh" | "en";
  readonly theme: "light" | "dark";
  readonly contrast?: boolean;
  /** The room the pane was left in; Functions unless another is named. */
  readonly room?: "account" | "whatIf" | "reconcile" | "functions";
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

  /**
   * `prepare` may answer requests in place of the server before the page loads; a page that waits for
   * something that never comes is only awaited until it shows `until`.
   */
  async open(
    look: Look,
    prepare?: (page: Page) => Promise<unknown>,
    { until = "#list", loads = true } = {},
  ): Promise<Page> {
    const page = await this.browser.newPage({
      viewport: { width: look.width, height: 640 },
      forcedColors: look.contrast ? "active" : "none",
      reducedMotion: "reduce",
    });
    page.setDefaultTimeout(10_000);
    await page.addInitScript(({ language, theme, room = "functions" }) => {
      localStorage.setItem("option-seller-margin.language", language);
      localStorage.setItem("option-seller-margin.theme", theme);
      localStorage.setItem("option-seller-margin.room", room);
    }, look);
    await page.clock.setFixedTime(NOON);
    await prepare?.(page);
    await page.goto(`${this.server.url}addin/taskpane.html`, {
      waitUntil: loads ? "load" : "commit",
    });
    await page.waitForSelector(until);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}
