// Where the oracles put things: the cells where their addresses say, the formulas one under the
// other in the first column to the right of them.

export interface PlacedCell {
  row: number;
  column: number;
  /** A number, or a formula beginning with "=". */
  content: number | string;
}

export interface OracleSheet {
  cells: PlacedCell[];
  resultColumn: number;
  rowCount: number;
  columnCount: number;
}

/** "B12" → row 11, column 1. */
function place(address: string): { row: number; column: number } {
  const match = /^([A-Z]{1,3})([1-9][0-9]*)$/.exec(address);
  if (!match?.[1]) throw new Error(`not a cell address: ${address}`);
  let column = 0;
  for (const letter of match[1]) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]) - 1, column: column - 1 };
}

export function sheetOf(formulas: string[], cells: Record<string, number>): OracleSheet {
  const inputs = Object.entries(cells).map(([address, content]) => ({
    ...place(address),
    content,
  }));
  const resultColumn = Math.max(-1, ...inputs.map((cell) => cell.column)) + 1;
  const results = formulas.map((formula, row) => {
    if (!formula.startsWith("=")) throw new Error(`not a formula: ${formula}`);
    return { row, column: resultColumn, content: formula };
  });
  const all = [...inputs, ...results];
  return {
    cells: all,
    resultColumn,
    rowCount: Math.max(...all.map((cell) => cell.row)) + 2,
    columnCount: resultColumn + 2,
  };
}
