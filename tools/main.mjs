import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Whether a module is the program itself and not imported by one, also where it was reached by a link.
 * @param {string} url the module's import.meta.url
 */
export const isMain = (url) => {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(url));
};
