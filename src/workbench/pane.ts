// The pane's frame: the unmodified production taskpane.html, with the emulated host on its window.
import type { EmulatedHost, RichApiRequest, RichApiResponse } from "./host-contract";
import type { Calls } from "./calls";
import { shareFace } from "./fonts";

/** Starts the pane, and starts it again when asked; calls that were on their way are sent again. */
export class Pane {
  private host: EmulatedHost | undefined;

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly calls: Calls,
    private readonly onRequest: (request: RichApiRequest) => RichApiResponse,
  ) {}

  selectionChanged(): void {
    this.host?.selectionChanged();
  }

  /** Resolves when Microsoft's runtime in the frame takes calls. */
  async start(): Promise<void> {
    this.calls.send = undefined;
    const loaded = new Promise((resolve) => {
      this.frame.addEventListener("load", resolve, { once: true });
    });
    this.frame.src = "/addin/taskpane.html";
    await loaded;
    const inside = this.frame.contentWindow;
    const host = inside?.emulatedHost;
    if (!inside || !host) throw new Error("the pane's frame has no emulated host");
    void shareFace(inside.document);
    host.onRequest = this.onRequest;
    host.onResults = (results) => this.calls.receive(results);
    this.host = host;
    if (!host.ready) await new Promise<void>((resolve) => (host.onReady = resolve));
    this.calls.send = (invocations) => this.host?.invoke(invocations);
    this.calls.restart();
  }
}
