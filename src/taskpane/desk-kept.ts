/** What outlasts the pane: in the workbook, and on this machine what belongs to no workbook. */
import { machineRecall, machineKeep } from "./preferences";
import { keptRead, keptWrite } from "./workbook-sheets";

export type Kept = "profile" | "snapshots" | "mappings" | "mark";

/** Typing is over before a text is written. */
const REST = 800;

/** Excel may be busy for a moment: how often it is asked again, and after how long. */
const ASKED = 3;
const MOMENT = 400;

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === ASKED) throw error;
      await new Promise((resolve) => setTimeout(resolve, MOMENT));
    }
  }
}

export class Keeper {
  /** What may be in the workbook but could not be read: it is never written over. */
  private readonly unread = new Set<Kept>();
  private readonly waiting = new Map<Kept, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly connected: () => boolean,
    private readonly onFailure: (kind: Kept) => void,
  ) {}

  /** Undefined where nothing is kept, or where nobody can say. */
  async read(kind: Kept): Promise<unknown> {
    let text: string | undefined;
    if (this.connected()) {
      try {
        text = await patiently(() => keptRead(kind));
        this.unread.delete(kind);
      } catch {
        this.unread.add(kind);
      }
    }
    if (text === undefined && kind === "mappings") text = machineRecall(kind);
    try {
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    } catch {
      return undefined;
    }
  }

  /** A text that takes long to make is made once the typing is over. */
  write(kind: Kept, text: string | (() => string)): void {
    if (kind === "mappings" && typeof text === "string") machineKeep(kind, text);
    clearTimeout(this.waiting.get(kind));
    if (!this.connected()) return;
    if (this.unread.has(kind)) return this.onFailure(kind);
    this.waiting.set(
      kind,
      setTimeout(() => {
        keptWrite(kind, typeof text === "string" ? text : text()).catch(() => this.onFailure(kind));
      }, REST),
    );
  }
}
