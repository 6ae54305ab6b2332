/** The pane's few icons, 16 × 16, drawn in the colour of the text beside them. */
import { h, type Described } from "../element";

const icon = (name: string, ...paths: string[]): Described =>
  h(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    ...paths.map((d) => h("path", { d })),
  );

export const chevron = (): Described => icon("chevron", "M6 3.5 10.5 8 6 12.5");
export const tick = (): Described =>
  icon("tick", "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z", "m5.2 8.2 2 2 3.7-4.2");
export const warning = (): Described =>
  icon("warning", "M8 2 14.4 13.4H1.6Z", "M8 6.4v3.4", "M8 11.4v.4");
export const offline = (): Described =>
  icon("offline", "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z", "M5 8h6");
export const magnifier = (): Described =>
  icon("magnifier", "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z", "m10.3 10.3 3.4 3.4");
export const crosshair = (): Described =>
  icon(
    "crosshair",
    "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
    "M8 1.5v3.2M8 11.3v3.2M1.5 8h3.2M11.3 8h3.2",
  );
export const pages = (): Described =>
  icon(
    "pages",
    "M6 2.5h6.5a1 1 0 0 1 1 1V11",
    "M3.5 5h6a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z",
  );
export const globe = (): Described =>
  icon(
    "globe",
    "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z",
    "M2 8h12M8 1.8c-3.6 3.4-3.6 9 0 12.4M8 1.8c3.6 3.4 3.6 9 0 12.4",
  );
export const cross = (): Described => icon("cross", "m4 4 8 8M12 4l-8 8");
export const toCell = (): Described =>
  icon("to-cell", "M2.5 3.5h11v9h-11Z", "M2.5 6.5h11M6.5 6.5v6", "M10 8v3M8.6 9.7 10 11l1.4-1.3");
