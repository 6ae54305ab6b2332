/** Icons of the frame and of importing, 16 × 16, drawn in the colour of the text beside them. */
import { h, type Described } from "../../element";

const icon = (name: string, ...paths: string[]): Described =>
  h(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    ...paths.map((d) => h("path", { d })),
  );

export const intoTray = (): Described =>
  icon("into-tray", "M8 2v7.5M5 6.8l3 3 3-3", "M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2");
export const gear = (): Described =>
  icon(
    "gear",
    "M8 5.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6Z",
    "M8 1.6v1.9M8 12.5v1.9M1.6 8h1.9M12.5 8h1.9M3.5 3.5l1.3 1.3M11.2 11.2l1.3 1.3M12.5 3.5l-1.3 1.3M4.8 11.2l-1.3 1.3",
  );
export const down = (): Described => icon("down", "M3.5 6 8 10.5 12.5 6");
export const sheetDown = (): Described =>
  icon(
    "sheet-down",
    "M4 1.5h5.2L12.5 5v9a.6.6 0 0 1-.6.6H4.1a.6.6 0 0 1-.6-.6V2.1a.6.6 0 0 1 .5-.6Z",
    "M9 1.7V5h3.3",
    "M8 7v4.6M6.2 9.9 8 11.7l1.8-1.8",
  );
export const flask = (): Described =>
  icon(
    "flask",
    "M5.8 2h4.4M6.6 2v4.2L3 12.6a.9.9 0 0 0 .8 1.4h8.4a.9.9 0 0 0 .8-1.4L9.4 6.2V2M4.7 9.8h6.6",
  );
export const lock = (): Described =>
  icon("lock", "M3.5 7h9v6.5h-9Z", "M5.3 7V4.8a2.7 2.7 0 0 1 5.4 0V7");
