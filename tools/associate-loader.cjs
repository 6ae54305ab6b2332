// A webpack loader: reads the same JSDoc as the metadata and appends, to each file of functions,
// the calls that tie an id to its function. So an id is written once, above its function, and a
// function can't be described without being registered.
const { parseTree } = require("custom-functions-metadata");

/**
 * @this {{ resourcePath: string }}
 * @param {string} source
 */
module.exports = function associateLoader(source) {
  const { associate, extras } = parseTree(source, this.resourcePath);
  const errors = extras.flatMap((extra) => extra.errors);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  if (associate.length === 0) return source;
  // Its own name for the import: the file may well import `associate` itself.
  const calls = associate.map(
    ({ id, functionName }) => `associateCustomFunction(${JSON.stringify(id)}, ${functionName});`,
  );
  return [
    source,
    'import { associate as associateCustomFunction } from "./cell";',
    ...calls,
    "",
  ].join("\n");
};
