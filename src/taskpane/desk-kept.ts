/** What outlasts the pane: in the workbook, and on this machine what belongs to no workbook. */
import { machineRecall, machineKeep } from "./preferences";
import { keptRead, keptWrite } from "./workbook-sheets";

export type Kept = "profile" | "snapshots" | "mappings";

/** Typing is over before a text is written. */
const REST = 800;

export class Keeper {
  private readonly waiting = new Map<Kept, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly connected: () => boolean,
    private readonly onFailure: (kind: Kept) => void,
  ) {}

  /** Undefined where nothing is kept, or where nobody can say. */
  async read(kind: Kept): Promise<unknown> {
    let text: string | undefined;
    if (this.connected()) text = await keptRead(kind).catch(() => undefined);
    if (text === undefined && kind === "mappings") text = machineRecall(kind);
    try {
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    } catch {
      return undefined;
    }
  }

  write(kind: Kept, text: string): void {
    if (kind === "mappings") machineKeep(kind, text);
    clearTimeout(this.waiting.get(kind));
    if (!this.connected()) return;
    this.waiting.set(
      kind,
      setTimeout(() => {
        keptWrite(kind, text).catch(() => this.onFailure(kind));
      }, REST),
    );
  }
}
