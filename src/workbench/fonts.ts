// Chinese on a machine that may have no Chinese font. A canvas draws with what is there and never
// waits, so the face must be loaded before the first draw; the pane's frame gets the same face, as
// Windows would have given it one.

/** The face of cells and page; /fonts/ is the package @fontsource/noto-sans-sc. */
export const cellFont = "Noto Sans SC";
const weights = [400, 700];

/** Loads those parts of the face that the text needs (the face comes in about a hundred parts). */
export async function loadFace(text: string): Promise<void> {
  const characters = [...new Set(text)].join("");
  await Promise.all(
    weights.map((weight) => document.fonts.load(`${weight} 16px "${cellFont}"`, characters)),
  );
}

/** Calls back when a part arrives later, for a character that somebody typed. */
export function onFaceLoaded(redraw: () => void): void {
  document.fonts.addEventListener("loadingdone", redraw);
}

/** Makes the face known to another document of this page. */
export function shareFace(other: Document): void {
  for (const weight of weights) {
    const link = other.createElement("link");
    link.rel = "stylesheet";
    link.href = `/fonts/${weight}.css`;
    other.head.append(link);
  }
}
