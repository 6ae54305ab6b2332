// What tests in a browser share: the browser of a block of tests, from its first to its last. Where none
// was found such blocks are skipped, and the run's last lines say why.
import { afterAll, beforeAll, describe } from "@jest/globals";
import path from "node:path";
import type { Page } from "playwright-core";
import { PaneBrowser } from "../taskpane/page";
import { startSession, type Session } from "../workbench/driver";

const browserPath = process.env["BROWSER_PATH"] ?? "";
const axeFile = path.resolve("node_modules/axe-core/axe.min.js");

export const inBrowser = browserPath === "" ? describe.skip : describe;

/** Given to a page before it loads, so that barriers can be looked for (taskpane/eyes.ts). */
export const withAxe = (page: Page): Promise<unknown> => page.addInitScript({ path: axeFile });

/** For the block of tests it is called in: panes by themselves. */
export function paneBrowser(): Pick<PaneBrowser, "open"> {
  let started: PaneBrowser | undefined;
  beforeAll(async () => {
    started = await PaneBrowser.start(browserPath);
  }, 30_000);
  afterAll(() => started?.close());
  return {
    open(...given) {
      if (!started) throw new Error("panes open once the tests have begun");
      return started.open(...given);
    },
  };
}

/** For the block of tests it is called in: panes beside the workbench's sheets. */
export function workbenchSession(): Pick<Session, "open" | "url"> {
  let started: Session | undefined;
  const session = (): Session => {
    if (!started) throw new Error("the workbench opens once the tests have begun");
    return started;
  };
  beforeAll(async () => {
    started = await startSession(browserPath);
  }, 60_000);
  afterAll(() => started?.close());
  return {
    get url() {
      return session().url;
    },
    open: (...given) => session().open(...given),
  };
}
