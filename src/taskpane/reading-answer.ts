/** Answers what is asked to be read: rows as they come, then the statement in parts. */
import { packed } from "./parcel";
import { read } from "./reading-input";
import { LISTS, type Answer, type Ask, type Part, type Said, type Taken } from "./reading-message";

/** Items sent at once: the page takes a part between two frames. */
const PART = 250;

/** Hears questions and that parts were taken; the next part waits for that, so that none pile up. */
export function answering(post: (answer: Answer) => void): (data: Ask | Taken) => void {
  const waiting = new Map<number, () => void>();
  const taken = (id: number): Promise<void> => new Promise((resolve) => waiting.set(id, resolve));

  async function answer({ id, input, choices }: Ask): Promise<void> {
    const say = (said: Said): void => post({ id, ...said });
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
      for (const list of LISTS) await sayList(list, statement[list]);
      await sayList("series", parameters?.parameters?.series ?? []);
      const bare = Object.fromEntries(LISTS.map((list) => [list, []]));
      const held = parameters?.parameters;
      const without = parameters && { ...parameters, parameters: held && { ...held, series: [] } };
      say({
        kind: "done",
        statement: packed({ ...statement, ...bare }),
        head,
        parameters: packed(without),
      });
    } catch (error) {
      say({ kind: "failed", why: String(error) });
    }
  }

  return (data) => {
    if ("taken" in data) waiting.get(data.taken)?.();
    else void answer(data);
  };
}
