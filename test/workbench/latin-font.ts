// A machine whose only font is Latin: the Latin part of Noto Sans, unpacked from WOFF (which a system
// doesn't read) to plain sfnt, and a fontconfig that knows of nothing else. A machine with no font at
// all won't do: there Chrome gives up on web fonts too.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { inflateSync } from "node:zlib";

const require = createRequire(path.resolve("package.json"));
const latinPart = "@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff";

const woff = { header: 44, entry: 20, flavor: 4, tableCount: 12 };
const sfnt = { header: 12, entry: 16 };

/** WOFF 1.0 to sfnt: the same tables, no longer compressed. */
function unpack(packed: Buffer): Buffer {
  const count = packed.readUInt16BE(woff.tableCount);
  const header = Buffer.alloc(sfnt.header + sfnt.entry * count);
  packed.copy(header, 0, woff.flavor, woff.flavor + 4);
  const power = Math.floor(Math.log2(count));
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(2 ** power * sfnt.entry, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE((count - 2 ** power) * sfnt.entry, 10);
  const parts: Uint8Array[] = [header];
  let offset = header.length;
  for (let index = 0; index < count; index++) {
    const from = woff.header + woff.entry * index;
    const [start, length, size] = [4, 8, 12].map((at) => packed.readUInt32BE(from + at)) as [
      number,
      number,
      number,
    ];
    const stored = packed.subarray(start, start + length);
    const table = length < size ? inflateSync(stored) : stored;
    const entry = sfnt.header + sfnt.entry * index;
    packed.copy(header, entry, from, from + 4);
    packed.copy(header, entry + 4, from + 16, from + 20);
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(size, entry + 12);
    const padding = Buffer.alloc((4 - (size % 4)) % 4);
    parts.push(table, padding);
    offset += size + padding.length;
  }
  return Buffer.concat(parts);
}

/** The environment variable that makes such a machine, and how to clear it away. */
export function latinOnly(): { FONTCONFIG_FILE: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "latin-only-"));
  const fonts = path.join(folder, "fonts");
  mkdirSync(fonts);
  writeFileSync(path.join(fonts, "latin.ttf"), unpack(readFileSync(require.resolve(latinPart))));
  const file = path.join(folder, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  return {
    FONTCONFIG_FILE: file,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
