/** Which formulas of a sheet call our functions, and which of those Excel shows as #NAME?. */
import { nameIn } from "./formula-text";
import type { Values } from "./result";

const underscored = (name: string): string => name.replace(/\./g, "_");

/** Where a function is called: its id, or the name under which Excel keeps it while it doesn't know it. */
function callOf(ids: readonly string[]): RegExp {
  const dotted = ids.map((id) => id.replace(/\./g, "\\."));
  const stored = ids.map((id) => `_xldudf_(?:\\w+_)?${underscored(id)}`);
  // A name of another function may end like one of ours; a namespace may stand before it.
  return new RegExp(`(?:^|\\W)(?:\\w+\\.)?(?:${[...dotted, ...stored].join("|")})\\s*\\(`, "i");
}

/** A formula without its quoted texts and sheet names, in which a name of ours would mean nothing. */
const bare = (formula: string): string => formula.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'!/g, "");

const isOurs = (formula: unknown, call: RegExp): formula is string =>
  typeof formula === "string" && formula.startsWith("=") && call.test(bare(formula));

export function brokenCells(
  formulas: readonly (readonly unknown[])[],
  values: Values,
  ids: readonly string[],
): { ours: number; broken: number } {
  const call = callOf(ids);
  let ours = 0;
  let broken = 0;
  formulas.forEach((row, r) =>
    row.forEach((formula, c) => {
      if (!isOurs(formula, call)) return;
      ours++;
      if (values[r]?.[c] === "#NAME?") broken++;
    }),
  );
  return { ours, broken };
}

export interface Rewrite {
  readonly row: number;
  readonly column: number;
  readonly formula: string;
}

/** The cells to write again, each with its own formula; a stored name becomes the one users type. */
export function repaired(
  formulas: readonly (readonly unknown[])[],
  ids: readonly string[],
  namespace = "",
): readonly Rewrite[] {
  const call = callOf(ids);
  return formulas.flatMap((row, r) =>
    row.flatMap((formula, c) =>
      isOurs(formula, call)
        ? [{ row: r, column: c, formula: readable(formula, ids, namespace) }]
        : [],
    ),
  );
}

/** _xldudf_SSE_CALLMARGIN( → SSE.CALLMARGIN(, and _xldudf_OSM_SSE_CALLMARGIN( → OSM.SSE.CALLMARGIN( in OSM's build. */
function readable(formula: string, ids: readonly string[], namespace: string): string {
  const inNamespace = namespace === "" ? "" : `(?:${underscored(namespace)}_)?`;
  return ids.reduce((text, id) => {
    const stored = new RegExp(`_xldudf_${inNamespace}${underscored(id)}(?=\\s*\\()`, "gi");
    return text.replace(stored, nameIn(namespace, id));
  }, formula);
}
