/** Tells a clearing house's parameter file by its first bytes, before anyone loads the code that reads it. */
const MARKUP = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<spanFile\b/;
const COLUMNS = /^0 [A-Z0-9 ]{6}\d{8}/;

/** Enough of a file's beginning to tell its kind. */
export const HEAD = 4096;

export const kindOfText = (text: string): "xml" | "columns" | undefined =>
  MARKUP.test(text) ? "xml" : COLUMNS.test(text) ? "columns" : undefined;

/** Names inside a zip that a parameter file goes by; a workbook is a zip too. */
const NAMED = /\.(?:spn|lis|pa\d|s\d|rpf)$/i;

/** Whether a file's first bytes are those of a parameter file, zipped or not. */
export function isRiskFile(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD));
  if (!text.startsWith("PK\u0003\u0004")) return kindOfText(text) !== undefined;
  const length = bytes.length < 30 ? 0 : (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  return NAMED.test(text.slice(30, 30 + length));
}
