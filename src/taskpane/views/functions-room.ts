/** The functions: how they are, which there are, and the call that is put together. */
import { everyExchange } from "../../exchanges";
import { registered } from "../../functions";
import { evaluate, type Draft, type Evaluation } from "../draft";
import type { Child } from "../element";
import { familiesOf } from "../families";
import { nameIn } from "../formula-text";
import type { Pane } from "../pane";
import type { State } from "../state";
import { TEXTS } from "../texts";
import { spokenResult } from "./answer";
import { functionView } from "./function";
import { healthCard } from "./health";
import { list } from "./list";

// A call is worked out once, however often the page is shown: a table may have many rows.
const evaluations = new WeakMap<Draft, { sheet: string | undefined; worked: Evaluation }>();
function evaluation(draft: Draft, pane: Pane): Evaluation | undefined {
  const { namespace, target } = pane.state;
  const sheet = target?.sheet;
  const known = evaluations.get(draft);
  if (known && known.sheet === sheet) return known.worked;
  const entry = pane.entry(draft.id);
  if (!entry) return undefined;
  const worked = evaluate(registered, entry, draft, nameIn(namespace, draft.id), sheet);
  evaluations.set(draft, { sheet, worked });
  return worked;
}

const ids: ReadonlySet<string> = new Set(registered.keys());

export function functionsRoom(state: State, pane: Pane): Child[] {
  const texts = TEXTS[state.language];
  const families =
    typeof state.catalog === "string" ? [] : familiesOf(state.catalog, everyExchange);
  return [
    healthCard(state, pane, texts, ids),
    families.length > 0 &&
      list(state, pane, texts, families, (entry) => {
        const { open } = state;
        const worked = open && evaluation(open.draft, pane);
        if (!open || !worked) throw new Error(`${entry.id} is shown open but isn't`);
        return functionView(entry, worked, open, state, pane, texts);
      }),
  ];
}

/** The result of the open call in words; "" where there is none. */
export function spokenOpen(pane: Pane): string {
  const { open, language } = pane.state;
  const worked = open && evaluation(open.draft, pane);
  return open && worked ? spokenResult(worked, open.draft.id, language, TEXTS[language]) : "";
}
