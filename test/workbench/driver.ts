// Drives the workbench as a user does: a real headless browser, mouse and keyboard, on a machine
// that has no Chinese font.
import { chromium, type Browser, type Frame, type Page } from "playwright-core";
import { serve } from "../../tools/server.mjs";
import { latinOnly } from "./latin-font";

type Server = Awaited<ReturnType<typeof serve>>;

/** How much of the workbench is drawn, and in whose time. */
export interface Manner {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly hurried: boolean;
}

/** A desk's screen, and the rhythm of Excel: for what is about the workbench itself. */
export const AS_USED: Manner = { viewport: { width: 1800, height: 900 }, hurried: false };

/**
 * For what is about the cells: drawing them takes most of a calculation's time, and its rounds mostly wait,
 * for Excel's rhythm. A small sheet draws little.
 */
const FOR_FIGURES: Manner = { viewport: { width: 900, height: 640 }, hurried: true };

export interface Session {
  url: string;
  open(query: string, manner?: Manner): Promise<WorkbenchPage>;
  close(): Promise<void>;
}

export async function startSession(browserPath: string): Promise<Session> {
  const { FONTCONFIG_FILE, remove } = latinOnly();
  const server: Server = await serve();
  const browser: Browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu"],
    env: { ...process.env, FONTCONFIG_FILE },
  });
  return {
    url: server.url,
    open: (query, manner = FOR_FIGURES) => WorkbenchPage.open(browser, server.url, query, manner),
    async close() {
      await browser.close();
      await server.close();
      remove();
    },
  };
}

/**
 * In every frame of a page: what is to happen within half a second happens in a tenth of the time. No
 * timer overtakes another, and what is given up after seconds is given up no sooner.
 */
function hurry(): void {
  const later = window.setTimeout;
  window.setTimeout = ((done: TimerHandler, time = 0, ...given: unknown[]) =>
    later(done, time <= 500 ? time / 10 : time, ...given)) as typeof setTimeout;
}

export class WorkbenchPage {
  /** Addresses asked for outside the workbench's own server. */
  readonly foreignRequests: string[] = [];
  /** Errors on the console, uncaught errors, refused responses. */
  readonly troubles: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(
    browser: Browser,
    url: string,
    query: string,
    { viewport, hurried }: Manner,
  ): Promise<WorkbenchPage> {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(15_000);
    if (hurried) await page.addInitScript(hurry);
    const opened = new WorkbenchPage(page);
    page.on("request", (request) => {
      const address = request.url();
      if (!address.startsWith(url) && !/^(data|blob):/.test(address)) {
        opened.foreignRequests.push(address);
      }
    });
    page.on("console", (message) => {
      if (message.type() === "error") opened.troubles.push(message.text());
    });
    page.on("pageerror", (error) => opened.troubles.push(String(error)));
    page.on("response", (response) => {
      if (response.status() >= 400) opened.troubles.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(url + query);
    await opened.ready().catch((error: unknown) => {
      throw new Error(`${String(error)}\n${opened.troubles.join("\n")}`);
    });
    return opened;
  }

  /** Loads the page anew, with nothing kept from before: in half the time that another page takes. */
  async again(query: string): Promise<this> {
    await this.page.evaluate(() => localStorage.clear());
    await this.page.goto(new URL(query, this.page.url()).href);
    await this.ready();
    return this;
  }

  async ready(): Promise<void> {
    await this.page.waitForFunction(() => window.workbench !== undefined);
    await this.settled();
  }

  /**
   * Waits until nothing is being calculated. A change is taken up 100 ms after it was made, by a timer
   * of the page: this one is the page's too, so that it rings later however busy the machine is.
   */
  async settled(): Promise<void> {
    const settled = await this.page.evaluate(async () => {
      const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
      await pause(150);
      for (const end = performance.now() + 15_000; performance.now() < end;) {
        if (window.workbench?.isSettled()) return true;
        await pause(10);
      }
      return false;
    });
    if (!settled) throw new Error("the sheet doesn't come to rest");
  }

  /** The pane's frame, with Microsoft's library and the production bundles in it. */
  pane(): Frame {
    const frame = this.page
      .frames()
      .find((candidate) => candidate.url().endsWith("/taskpane.html"));
    if (!frame) throw new Error("the page has no pane");
    return frame;
  }

  /** What cells hold, unformatted; a blank one is "". The active sheet unless one is named. */
  async values(address: string, sheet?: number): Promise<unknown[][]> {
    return this.page.evaluate(
      ([at, index]) => {
        const { workbench } = window;
        const workbook = workbench?.api.getActiveWorkbook();
        if (!workbench || !workbook) throw new Error("no workbook");
        const found = index === null ? workbook.getActiveSheet() : workbook.getSheets()[index];
        if (!found) throw new Error("no such sheet");
        return workbench.values(found.getRange(at));
      },
      [address, sheet ?? null] as const,
    );
  }

  async value(address: string): Promise<unknown> {
    return (await this.values(address))[0]?.[0];
  }

  async formula(address: string): Promise<string> {
    return this.page.evaluate(
      (at) =>
        window.workbench?.api.getActiveWorkbook()?.getActiveSheet().getRange(at).getFormula() ?? "",
      address,
    );
  }

  /** Clicks a cell that is in view. */
  async click(address: string): Promise<void> {
    const { x, y, width, height } = await this.place(address);
    await this.page.mouse.click(x + width / 2, y + height / 2);
  }

  /** Where on the page a cell is drawn, if it is in view. */
  async place(address: string): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.page.evaluate((at) => {
      const range = window.workbench?.api.getActiveWorkbook()?.getActiveSheet().getRange(at);
      if (!range) throw new Error("no sheet");
      const canvas = document.querySelector("#univer-sheet-main-canvas_demo");
      if (!canvas) throw new Error("no canvas");
      const origin = canvas.getBoundingClientRect();
      const { x, y, width, height } = range.getCellRect();
      return { x: origin.x + x, y: origin.y + y, width, height };
    }, address);
  }

  /** Types into a cell and confirms with Enter, as a user does. */
  async type(address: string, text: string): Promise<void> {
    await this.click(address);
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
    await this.settled();
  }

  /** Pastes nothing, types nothing: puts contents into cells at once, for a test's inputs. */
  async fill(address: string, rows: string[][]): Promise<void> {
    await this.page.evaluate(
      ([at, contents]) => {
        const range = window.workbench?.api.getActiveWorkbook()?.getActiveSheet().getRange(at);
        range?.setValues(
          contents.map((row) =>
            row.map((text) => {
              if (text.startsWith("=")) return { f: text };
              return { v: Number.isNaN(Number(text)) ? text : Number(text) };
            }),
          ),
        );
      },
      [address, rows] as const,
    );
    await this.settled();
  }

  /** Waits for the line under the sheet to speak of a cell, or of none. */
  async line(cell?: string): Promise<string> {
    const line = this.page.locator(`#line[data-kind="${cell === undefined ? "hint" : "error"}"]`);
    const found = cell === undefined ? line : line.filter({ hasText: new RegExp(`^${cell} `) });
    return (await found.textContent()) ?? "";
  }
}
