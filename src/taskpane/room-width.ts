/** How wide the pane is, and a picture in a card of it, followed as that changes. */

/** The room's and the card's edges around a picture, by the pane's width. */
const edgesOf = (pane: number): number => (pane >= 420 ? 50 : 42);

const WIDTH = 320;

export class RoomWidth {
  pane = WIDTH;
  picture = WIDTH - edgesOf(WIDTH);

  /** @param changed is called when a picture must be drawn anew */
  constructor(changed: () => void) {
    const root = typeof document === "undefined" ? null : document.getElementById("pane");
    if (!root) return;
    const measure = (): boolean => {
      const { pane, picture } = this;
      this.pane = root.clientWidth;
      this.picture = root.querySelector(".picture")?.clientWidth || this.pane - edgesOf(this.pane);
      return pane !== this.pane || picture !== this.picture;
    };
    measure();
    new ResizeObserver(() => {
      if (measure()) changed();
    }).observe(root);
  }
}
