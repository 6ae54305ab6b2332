/** Long texts on a sheet, as lines that end before the printed page does: a text that runs over its page is cut. */

/** A full-width letter is as wide as two figures. */
const widthOf = (letter: string): number => (/[\u1100-\u115f\u2e80-\uffe6]/.test(letter) ? 2 : 1);

/** Behind these a line may end. */
const ENDS = /[\s，。；：、！？）,;]/;

/** Letters and capitals may be wider than figures, by which columns are measured. */
const SPARED = 0.9;

/**
 * The lines of a text, none wider than so many characters of a column's width. A line ends at a space or behind a
 * punctuation mark, else where it is full; joined they are the text again.
 */
export function linesOf(text: string, width: number): readonly string[] {
  const most = width * SPARED;
  const lines: string[] = [];
  let line: string[] = [];
  let wide = 0;
  let end = 0;
  for (const letter of text) {
    if (wide + widthOf(letter) > most && line.length > 0 && !ENDS.test(letter)) {
      const kept = end > 0 ? end : line.length;
      lines.push(line.slice(0, kept).join(""));
      line = line.slice(kept);
      wide = line.reduce((sum, one) => sum + widthOf(one), 0);
      end = 0;
    }
    line.push(letter);
    wide += widthOf(letter);
    if (ENDS.test(letter)) end = line.length;
  }
  return [...lines, line.join("")];
}
