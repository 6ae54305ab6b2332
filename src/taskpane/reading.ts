/** Reads statements away from the page's own thread; where there is no other, in breaths on this one. */
import { NotLoaded } from "./late";
import { Arriving } from "./reading-arriving";
import type { Input, Read } from "./reading-input";
import { FORMS, type Answer, type Ask, type Choices, type Taken } from "./reading-message";

export interface Following {
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/** A worker, or one end of a channel to the same code on the page. */
interface Reader {
  readonly at: Worker | MessagePort;
  stop(): void;
}

let reader: Promise<Reader> | undefined;
let hasWorkers = typeof Worker !== "undefined";
let asked = 0;

/** The files stand beside the page; neither is a module that a bundler would look for. */
const WORKER = "statements.js";
const HERE = "statements-here.js";

function onPage(): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = HERE;
    script.onload = () => {
      const { port1, port2 } = new MessageChannel();
      window.optionSellerMarginReadHere?.(port2);
      port1.start();
      resolve({ at: port1, stop: () => port1.close() });
    };
    script.onerror = () => {
      script.remove();
      reject(new Error(HERE));
    };
    document.head.append(script);
  });
}

async function start(): Promise<Reader> {
  if (!hasWorkers) return onPage();
  try {
    const worker = new Worker(WORKER);
    return { at: worker, stop: () => worker.terminate() };
  } catch {
    hasWorkers = false;
    return onPage();
  }
}

/** Why a reading that nobody cancelled ended: its reader went, and another one may do it. */
class Ended extends Error {}

/** Whoever could read is of another build of the add-in than this page, and says what it doesn't understand. */
export class OtherBuild extends Error {}

const underWay = new Set<() => void>();

/** Long work in another thread only stops with the thread; what else was read there is read anew. */
function stop({ stop: end }: Reader): void {
  end();
  reader = undefined;
  for (const giveUp of [...underWay]) giveUp();
}

function readBy(
  by: Reader,
  input: Input,
  choices: Choices,
  { signal, onRows }: Following,
): Promise<Read> {
  const id = ++asked;
  const arriving = new Arriving();
  const at: EventTarget = by.at;
  return new Promise<Read>((resolve, reject) => {
    const end = (settle: () => void): void => {
      at.removeEventListener("message", hear);
      at.removeEventListener("error", fail);
      signal.removeEventListener("abort", cancel);
      underWay.delete(giveUp);
      settle();
    };
    const giveUp = (): void => end(() => reject(new Ended()));
    const cancel = (): void => {
      end(() => reject(signal.reason as Error));
      stop(by);
    };
    // The worker's own file didn't load, is of another build, or ran out of memory.
    const fail = (): void => {
      hasWorkers = false;
      stop(by);
    };
    const hear = (event: Event): void => {
      const { data } = event as MessageEvent<Answer>;
      if (data.id !== id) return;
      if (!FORMS.includes(data.form ?? "")) {
        if (by.at instanceof MessagePort) end(() => reject(new OtherBuild()));
        else fail();
      } else if (data.kind === "rows") onRows(data.rows);
      else if (data.kind === "part") {
        arriving.take(data);
        // Whatever else the page has to do comes before the next part.
        setTimeout(() => by.at.postMessage({ taken: id } satisfies Taken), 0);
      } else if (data.kind === "failed") end(() => reject(new Error(data.why)));
      else end(() => resolve(arriving.whole(data)));
    };
    at.addEventListener("message", hear);
    at.addEventListener("error", fail);
    signal.addEventListener("abort", cancel);
    underWay.add(giveUp);
    by.at.postMessage({ id, input, choices, takes: FORMS } satisfies Ask);
  });
}

/** Rejects when cancelled, with the signal's reason; for what a file holds it never does. */
export async function readInput(
  input: Input,
  choices: Choices,
  following: Following,
): Promise<Read> {
  following.signal.throwIfAborted();
  reader ??= start();
  const by = await reader.catch((error: unknown) => {
    reader = undefined;
    throw error;
  });
  following.signal.throwIfAborted();
  try {
    const read = await readBy(by, input, choices, following);
    following.signal.throwIfAborted();
    return read;
  } catch (error) {
    if (error instanceof Ended) return readInput(input, choices, following);
    // Without the code for columns rows still come one by one.
    const again = error instanceof NotLoaded && !choices.rowByRow;
    if (again) return readInput(input, { ...choices, rowByRow: true }, following);
    throw error;
  }
}
