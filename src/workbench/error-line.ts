// The line under the sheet. Excel shows a function's message on the error's indicator; here the
// selected cell's message is shown in this line: "C5 #VALUE! 行权价格须大于 0，现为 -3 · strike …".
import type { FRange } from "@univerjs/sheets/facade";
import type { Caller, CallValue } from "./calls";
import { ErrorCell } from "./coercion";
import { cellName } from "./custom-function";

interface Message {
  error: string;
  message: string;
}

export class ErrorMessages {
  /** For each calling cell, the messages of the cells it filled. */
  private readonly bySheet = new Map<string, Map<string, Map<string, Message>>>();

  /** Keeps the messages of a function's answer, one cell or a spilled block of them. */
  record(caller: Caller, value: CallValue): void {
    const rows = Array.isArray(value) ? value : [[value]];
    const messages = new Map<string, Message>();
    for (const [r, row] of rows.entries()) {
      for (const [c, cell] of row.entries()) {
        if (!(cell instanceof ErrorCell)) continue;
        const at = cellName(caller.row + r, caller.column + c);
        messages.set(at, { error: cell.error, message: cell.message });
      }
    }
    const callers = this.bySheet.get(caller.sheetId) ?? new Map<string, Map<string, Message>>();
    callers.set(cellName(caller.row, caller.column), messages);
    this.bySheet.set(caller.sheetId, callers);
  }

  /** The message of a cell that shows that error now. */
  find(sheetId: string, at: string, shown: string): string {
    for (const messages of this.bySheet.get(sheetId)?.values() ?? []) {
      const found = messages.get(at);
      if (found?.error === shown) return found.message;
    }
    return "";
  }
}

/** What the line says about a cell; undefined when the cell shows no error. */
export function errorSentence(
  range: FRange,
  messages: ErrorMessages,
  blocked: string,
): string | undefined {
  const shown = range.getValue();
  if (typeof shown !== "string" || !/^#[A-Z/0]+[!?]?$/.test(shown)) return undefined;
  const at = cellName(range.getRow(), range.getColumn());
  const message = shown === "#SPILL!" ? blocked : messages.find(range.getSheetId(), at, shown);
  return [at, shown, message].join(" ").trim();
}
