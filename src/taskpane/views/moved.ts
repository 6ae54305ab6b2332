/** Digits of a price's move, of a gain or a loss: in the colours that were chosen, if any; the sign tells in any case. */
import type { Amount } from "../../core";
import { h, type Child } from "../element";

export function moved(value: Amount | undefined, text: string): Child {
  if (!value || value.isZero()) return text;
  return h("span", { class: value.isNegative() ? "move down" : "move up" }, text);
}
