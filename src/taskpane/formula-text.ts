/** The formula exactly as it is inserted. Excel's own notation for add-ins: commas, points, quotation marks. */
import type { Argument } from "./argument";
import { seenFrom } from "./reference";

/** A number in the 15 digits Excel keeps. */
export const numberText = (value: number): string =>
  String(Number(value.toPrecision(15))).replace("e", "E");

/** A function's name in a formula; a build may put all its functions in a namespace. */
export const nameIn = (namespace: string, id: string): string =>
  namespace === "" ? id : `${namespace}.${id}`;

function argumentText(argument: Argument, sheet: string | undefined): string {
  switch (argument.kind) {
    case "number":
      return numberText(argument.value);
    case "reference":
      return seenFrom(argument.reference, sheet);
    case "text":
      return `"${argument.value.replace(/"/g, '""')}"`;
    case "blank":
    case "refused":
      return "";
  }
}

/**
 * The call of a function, as it stands on a sheet. Arguments left out at the end are dropped, those in
 * the middle keep their comma.
 * @example formulaText("SSE.CALLMARGIN", [0.0282, 2.339, 2.4, blank, 3]) // =SSE.CALLMARGIN(0.0282, 2.339, 2.4,, 3)
 */
export function formulaText(name: string, given: readonly Argument[], sheet?: string): string {
  const texts = given.map((argument) => argumentText(argument, sheet));
  while (texts.at(-1) === "") texts.pop();
  const list = texts.map((text, index) => (index > 0 && text !== "" ? ` ${text}` : text)).join(",");
  return `=${name}(${list})`;
}
