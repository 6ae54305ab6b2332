// `npm start`: builds everything, serves the workbench on this machine, opens a browser where there
// is one. Options: --no-open, --for <seconds> (stops by itself).
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { buildAddIn } from "./build.mjs";
import { serve } from "./server.mjs";
import { buildWorkbench } from "./workbench.mjs";

const firstPort = 3000;
const portsToTry = 20;

const { values } = parseArgs({
  options: { "no-open": { type: "boolean" }, for: { type: "string" } },
});
const seconds = values.for === undefined ? undefined : Number(values.for);
if (seconds !== undefined && !(seconds > 0)) {
  throw new Error(`--for takes a number of seconds; it is ${values.for}`);
}

console.log("正在构建加载项与工作台…… Building the add-in and the workbench…");
await buildAddIn();
await buildWorkbench();
const server = await serveOnFreePort();
console.log(`
  工作台 Workbench: ${server.url}

  按 Ctrl-C 结束。 Ctrl-C ends it.
`);
if (!values["no-open"]) openBrowser(server.url);
if (seconds !== undefined) setTimeout(stop, seconds * 1000);
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

async function stop() {
  await server.close();
  process.exit(0);
}

async function serveOnFreePort() {
  for (let port = firstPort; port < firstPort + portsToTry; port++) {
    try {
      return await serve({ port });
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isTaken) throw error;
    }
  }
  return serve({ port: 0 });
}

/**
 * Asks the desktop to show the page. Where there is none, the printed address is enough.
 * @param {string} url
 */
function openBrowser(url) {
  const [command, ...args] = opener(url);
  if (!command) return;
  const child = spawn(command, args, { detached: true, stdio: "ignore" });
  child.on("error", () => {});
  child.unref();
}

/**
 * @param {string} url
 * @returns {string[]}
 */
function opener(url) {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["cmd", "/c", "start", "", url];
  const hasDesktop = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasDesktop ? ["xdg-open", url] : [];
}
