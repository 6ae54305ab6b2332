/** Answers what is asked to be read: rows as they come, then the statement in parts. */
import { packedBook, plainBook, type Statement } from "../statements";
import { packed } from "./parcel";
import { read } from "./reading-input";
import {
  COLUMNS,
  LISTS,
  ROWS,
  type Answer,
  type Ask,
  type Part,
  type Said,
  type Taken,
} from "./reading-message";

/** Items sent at once: the page takes a part between two frames. */
const PART = 250;

/** Lists that columns stand for. */
const HELD: readonly Part[] = ["positions", "lots"];

/** A statement without its lists; those that are made when somebody looks aren't looked at. */
function bare(statement: Statement): unknown {
  const lists: readonly string[] = LISTS;
  const fields = Object.keys(statement).map((name) => [
    name,
    lists.includes(name) ? [] : packed(statement[name as keyof Statement]),
  ]);
  return Object.fromEntries(fields);
}

/** Hears questions and that parts were taken; the next part waits for that, so that none pile up. */
export function answering(
  post: (answer: Answer, transfer: readonly Transferable[]) => void,
): (data: Ask | Taken) => void {
  const waiting = new Map<number, () => void>();
  const taken = (id: number): Promise<void> => new Promise((resolve) => waiting.set(id, resolve));

  async function answer({ id, input, choices, takes }: Ask): Promise<void> {
    const takesColumns = takes?.includes(COLUMNS) ?? false;
    const form = takesColumns ? COLUMNS : ROWS;
    const say = (said: Said, transfer: readonly Transferable[] = []): void =>
      post({ id, form, ...said }, transfer);
    try {
      const onProgress = (rows: number): void => say({ kind: "rows", rows });
      const { statement, head, parameters } = await read(input, { ...choices, onProgress });
      const sayList = async (list: Part, all: readonly unknown[]): Promise<void> => {
        for (let from = 0; from < all.length; from += PART) {
          const items = packed(all.slice(from, from + PART)) as readonly unknown[];
          say({ kind: "part", list, items });
          await taken(id);
        }
      };
      const columns = takesColumns ? plainBook(statement) : undefined;
      for (const list of LISTS) {
        if (!columns || !HELD.includes(list)) await sayList(list, statement[list]);
      }
      await sayList("series", parameters?.parameters?.series ?? []);
      const held = parameters?.parameters;
      const without = parameters && { ...parameters, parameters: held && { ...held, series: [] } };
      const book = columns && packedBook(columns);
      say(
        {
          kind: "done",
          statement: bare(statement),
          book: book?.parcel,
          head,
          parameters: packed(without),
        },
        book?.transfer,
      );
    } catch (error) {
      say({ kind: "failed", why: String(error) });
    }
  }

  return (data) => {
    if ("taken" in data) waiting.get(data.taken)?.();
    else void answer(data);
  };
}
