// Chinese on a machine that may have no Chinese font. A canvas draws with what is there, never waits
// and remembers what it measured, so the whole face is loaded before the first draw; the pane's frame
// gets the same face, as Windows would have given it one.

/** The face of cells and page; /fonts/ is the package @fontsource/noto-sans-sc. */
export const cellFont = "Noto Sans SC";

const weights = [400, 700];
const parts = ["chinese-simplified", "latin"];

/** Makes the face known to a document: the page's own, or the pane's. */
export function shareFace(target: Document): Promise<unknown> {
  const sheets = parts.flatMap((part) => weights.map((weight) => `/fonts/${part}-${weight}.css`));
  return Promise.all(
    sheets.map((href) => {
      const link = target.createElement("link");
      link.rel = "stylesheet";
      link.href = href;
      const loaded = new Promise((resolve, reject) => {
        link.addEventListener("load", resolve);
        link.addEventListener("error", () => reject(new Error(`${href} is missing`)));
      });
      target.head.append(link);
      return loaded;
    }),
  );
}

/** Loads it into this page, both parts and both weights. */
export async function loadFace(): Promise<void> {
  await shareFace(document);
  await Promise.all(
    weights.map((weight) => document.fonts.load(`${weight} 16px "${cellFont}"`, "中A")),
  );
}
