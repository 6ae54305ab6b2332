// What the spreadsheet library reads but doesn't write: how a cell's text stands, and the page a sheet is printed on.
// Put into the written workbook: landscape, one page wide, as the task pane lays out its sheets.
import { createRequire } from "node:module";

/** @type {typeof import("@e965/xlsx")} */
const XLSX = createRequire(import.meta.url)("@e965/xlsx");

/** By address: the attributes of a cell's alignment. @typedef {ReadonlyMap<string, string>} Looks */

const PAGE = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';

/** Formats as the library numbers them, and beside them those it lacks. */
class Styles {
  /** @param {string} xml */
  constructor(xml) {
    this.xml = xml;
    const [, written = ""] = /<cellXfs\b[^>]*>(.*?)<\/cellXfs>/s.exec(xml) ?? [];
    this.own = written.match(/<xf\b[^>]*\/>/g) ?? [];
    /** @type {Map<string, number>} */
    this.more = new Map();
  }

  /** The number of a format with an alignment. @param {number} format @param {string} look */
  numberOf(format, look) {
    const base = (this.own[format] ?? "").slice(0, -2);
    const style = `${base} applyAlignment="1"><alignment vertical="top"${look}/></xf>`;
    const known = this.more.get(style);
    if (known !== undefined) return known;
    const number = this.own.length + this.more.size;
    this.more.set(style, number);
    return number;
  }

  toString() {
    const all = [...this.own, ...this.more.keys()];
    const written = `<cellXfs count="${all.length}">${all.join("")}</cellXfs>`;
    return this.xml.replace(/<cellXfs\b.*<\/cellXfs>/s, () => written);
  }
}

/** Every cell stands at the top of its row: rows of long texts are high. @param {string} xml @param {Looks} looks @param {Styles} styles */
const dressed = (xml, looks, styles) =>
  xml
    .replace(/<c r="([A-Z]+\d+)"(?: s="(\d+)")?/g, (_, /** @type {string} */ at, format = "0") => {
      const number = styles.numberOf(Number(format), looks.get(at) ?? "");
      return `<c r="${at}" s="${number}"`;
    })
    .replace("<dimension", '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension')
    .replace(/(?=<ignoredErrors|<\/worksheet>)/, PAGE);

/** @param {Buffer} bytes of a workbook the library wrote @param {readonly Looks[]} looks by sheet */
export function laidOut(bytes, looks) {
  const { CFB } = XLSX;
  const parts = CFB.read(bytes, { type: "buffer" });
  const part = (/** @type {string} */ name) => {
    const found = CFB.find(parts, name);
    if (!found) throw new Error(`${name} isn't in the workbook`);
    return found;
  };
  const written = part("/xl/styles.xml");
  const styles = new Styles(Buffer.from(written.content).toString());
  looks.forEach((look, index) => {
    const sheet = part(`/xl/worksheets/sheet${index + 1}.xml`);
    sheet.content = Buffer.from(dressed(Buffer.from(sheet.content).toString(), look, styles));
    sheet.size = sheet.content.length;
  });
  written.content = Buffer.from(styles.toString());
  written.size = written.content.length;
  return CFB.write(parts, { fileType: "zip", type: "buffer", compression: true });
}
