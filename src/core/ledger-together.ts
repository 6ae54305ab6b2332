/** 合并行权: a call and a put on one ETF exercised together, of which only the difference of the strikes is paid. */
import { MarginError } from "./errors";
import { combinedExercise, exerciseRuleOn } from "./exercise";
import type { Act } from "./ledger-act";
import type { Books, Half } from "./ledger-books";
import { over } from "./ledger-books";
import { checkDay, deliveryDay, loosen } from "./ledger-exercise";
import { NO_PARTS, type SharesHeld } from "./ledger-instrument";
import { exact, type Amount } from "./number";

const refused = ({ row, thing }: Half): MarginError =>
  new MarginError("notAllowed", {
    ...{ argument: "contract", value: thing.label, detail: "together" },
    ...(row && { row }),
  });

/** @throws notAllowed for a half that is alone at the end of its day, naming its row */
export function checkHalves({ halves }: Books): void {
  for (const half of halves.values()) throw refused(half);
}

/** A half waits for the other one; then the shares cancel, and the cash comes on the day of delivery. */
export function exerciseTogether(act: Act): void {
  const { books, on, option: thing, lots, place: row } = act;
  const { underlying, contract } = thing;
  const half = { thing, lots, row };
  if (underlying.kind !== "shares" || !exerciseRuleOn(contract.rules, on, "date").combined) {
    throw refused(half);
  }
  act.sideOf(thing, ["long"]);
  checkDay(thing, on);
  loosen(books, thing, "long", lots, on);
  const parcels = books.take(thing, "long", lots);
  books.realised = books.realised.minus(over(parcels, ({ cost }) => cost));
  const other = books.halves.get(underlying.key);
  if (!other) {
    books.halves.set(underlying.key, half);
    return;
  }
  books.halves.delete(underlying.key);
  const [call, put] = contract.right === "call" ? [half, other] : [other, half];
  if (!fit(call, put)) throw refused(half);
  const cash = combinedExercise(call.thing.strike, put.thing.strike, thing.unit, lots);
  pay(act, underlying, `${call.thing.label} + ${put.thing.label}`, lots, cash);
}

const fit = (call: Half, put: Half): boolean =>
  call.thing.contract.right !== put.thing.contract.right &&
  call.thing.expiry === put.thing.expiry &&
  call.thing.unit.equals(put.thing.unit) &&
  call.lots.equals(put.lots);

function pay(act: Act, thing: SharesHeld, label: string, lots: Amount, cash: Amount): void {
  const { books, on, option, place: row } = act;
  const due = deliveryDay(option, on);
  const moved = { label, covered: false, shares: exact.zero, cash };
  const note = { ...moved, kind: "toDeliver", lots, ...(due && { day: due }) } as const;
  const what = { ...moved, thing, strike: exact.zero, margin: NO_PARTS };
  books.deliveries = [...books.deliveries, { ...what, made: on, due, note, row }];
  books.notes.push(note);
}
