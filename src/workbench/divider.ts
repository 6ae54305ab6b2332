// The divider between sheet and pane: dragged, or moved with the arrow keys. Excel opens panes at
// 270 to 450 px, so no wider and no narrower here.
const narrowest = 270;
const widest = 450;
const opened = 350;
const step = 10;

export function startDivider(divider: HTMLElement, main: HTMLElement): void {
  let width = opened;
  const resize = (wanted: number): void => {
    width = Math.min(widest, Math.max(narrowest, Math.round(wanted)));
    main.style.setProperty("--pane-width", `${width}px`);
    divider.setAttribute("aria-valuenow", String(width));
  };
  divider.setAttribute("aria-valuemin", String(narrowest));
  divider.setAttribute("aria-valuemax", String(widest));
  resize(opened);

  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    main.dataset["dragging"] = "";
  });
  divider.addEventListener("pointermove", (event) => {
    if (divider.hasPointerCapture(event.pointerId)) {
      resize(main.getBoundingClientRect().right - event.clientX);
    }
  });
  divider.addEventListener("lostpointercapture", () => delete main.dataset["dragging"]);
  divider.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") resize(width + step);
    if (event.key === "ArrowRight") resize(width - step);
  });
}
