// Once before all tests: builds what they test, and finds a browser for those that need one.
import { findBrowser } from "./host/browser.mjs";

export default async function globalSetup() {
  // The tests are about the default build, whatever build the caller's shell is set up for.
  for (const name of ["ADDIN_URL", "ADDIN_NAMESPACE", "ADDIN_OFFICE_CDN"]) delete process.env[name];
  const { buildAddIn } = await import("../tools/build.mjs");
  const { buildWorkbench } = await import("../tools/workbench.mjs");
  await buildAddIn();
  await buildWorkbench();
  const browser = await findBrowser();
  if (browser.path) process.env.BROWSER_PATH = browser.path;
  else process.env.BROWSER_PROBLEM = `tests in a browser, because ${browser.problem}`;
}
