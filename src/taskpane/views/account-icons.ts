/** Icons of the account's rooms, 16 × 16, drawn in the colour of the text beside them. */
import { h, type Described } from "../element";

const icon = (name: string, ...paths: string[]): Described =>
  h(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    ...paths.map((d) => h("path", { d })),
  );

export const toSheet = (): Described =>
  icon(
    "to-sheet",
    "M3 2.5h10a1.2 1.2 0 0 1 1.2 1.2v8.6a1.2 1.2 0 0 1-1.2 1.2H3a1.2 1.2 0 0 1-1.2-1.2V3.7A1.2 1.2 0 0 1 3 2.5Z",
    "M1.8 6.2h12.4M6 6.2v7.3",
  );
export const wayDown = (): Described => icon("way-down", "M2 3.5 7 9l2.5-2.5L14 12m0-4v4h-4");
export const book = (): Described =>
  icon(
    "book",
    "M3 2.5h8.5A1.5 1.5 0 0 1 13 4v9.5H4.5A1.5 1.5 0 0 1 3 12Z",
    "M3 12a1.5 1.5 0 0 1 1.5-1.5H13",
  );
export const back = (): Described => icon("back", "M10 3.5 5.5 8l4.5 4.5");
export const plus = (): Described => icon("plus", "M8 3v10M3 8h10");
