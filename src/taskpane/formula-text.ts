/** The formula exactly as it is inserted. Excel's own notation for add-ins: commas, points, quotation marks. */
import type { Argument } from "./argument";

/** A number in the 15 digits Excel keeps. */
export const numberText = (value: number): string =>
  String(Number(value.toPrecision(15))).replace("e", "E");

function argumentText(argument: Argument): string {
  switch (argument.kind) {
    case "number":
      return numberText(argument.value);
    case "reference":
      return argument.reference.text;
    case "text":
      return `"${argument.value.replace(/"/g, '""')}"`;
    case "blank":
    case "refused":
      return "";
  }
}

/**
 * The call of a function. Arguments left out at the end are dropped, those in the middle keep their comma.
 * @example formulaText("SSE.CALLMARGIN", [0.0282, 2.339, 2.4, blank, 3]) // =SSE.CALLMARGIN(0.0282, 2.339, 2.4,, 3)
 */
export function formulaText(name: string, given: readonly Argument[]): string {
  const texts = given.map(argumentText);
  while (texts.at(-1) === "") texts.pop();
  const list = texts.map((text, index) => (index > 0 && text !== "" ? ` ${text}` : text)).join(",");
  return `=${name}(${list})`;
}
