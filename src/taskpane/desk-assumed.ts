/** Where the open part of What if leads, for the ear. */
import type { Desk } from "./desk";
import type { Part } from "./desk-state";
import { rooms } from "./rooms";

/** Undefined while it is worked out; blank where there is nothing to say of it, or another part is open by now. */
function assumedOf(desk: Desk, part: Part): string | undefined {
  const { looked, state } = desk;
  if (!looked || state.room !== "whatIf" || state.part !== part) return "";
  const { book } = looked;
  const language = desk.around.language();
  switch (part) {
    case "actions": {
      const code = rooms.actions.here;
      const planned = code && desk.planned(code, book);
      if (!planned || planned.busy) return undefined;
      const { plan, combining, strip } = planned;
      for (const one of [plan, combining])
        if (one && "refused" in one) return one.refused[language];
      return code.stripSpoken(strip, book, language);
    }
    case "expiry": {
      const code = rooms.expiry.here;
      const expiries = code && desk.expiries(code, book);
      if (!expiries || expiries.busy || !expiries.tonight) return undefined;
      return code.stripSpoken(expiries.tonight.strip, book, language);
    }
    case "market": {
      const code = rooms.market.here;
      const strip = code && desk.marketed(code, book).marketed.strip;
      return strip ? code.stripSpoken(strip.strip, book, language) : "";
    }
  }
}

/** An assumption was switched: where the account would stand by it is said once it is known. */
export const sayAssumed = (desk: Desk, part: Part): void =>
  desk.speech.sayOnceKnown(() => assumedOf(desk, part));
