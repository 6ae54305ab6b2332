/** Which fields a selection fills: one cell one field, a row of cells the following fields as well. */
import { takesText } from "./argument";
import type { FunctionEntry } from "./catalog";
import { cellCount, cellsInLine, readReference, withoutSheet } from "./reference";

export type Filled =
  | { readonly typed: Readonly<Record<string, string>> }
  /** Too many cells for what follows. */
  | { readonly cells: number };

export function fieldsFrom(
  address: string,
  { id, parameters }: FunctionEntry,
  name: string,
): Filled {
  const at = parameters.findIndex((parameter) => parameter.name === name);
  const parameter = parameters[at];
  const reference = readReference(address);
  if (!parameter || !reference) return { cells: 0 };
  if (parameter.table) return { typed: { [name]: reference.text } };

  const cells = cellsInLine(reference) ?? [];
  // Optional arguments are filled one by one: what lies further right need not be meant for them.
  const following = parameters.slice(at + 1).filter(({ optional, table }) => !optional && !table);
  const fields = [parameter, ...following].slice(0, cells.length);
  if (cells.length === 0 || fields.length < cells.length) return { cells: cellCount(reference) };
  const typed = fields.map((field, index) => {
    const cell = cells[index] as string;
    // A rule written as text is for the sheet it will stand on.
    return [field.name, takesText(id, field) ? withoutSheet(cell) : cell];
  });
  return { typed: Object.fromEntries(typed) as Record<string, string> };
}
