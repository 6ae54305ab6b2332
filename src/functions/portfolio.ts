import {
  bestSets,
  blank,
  both,
  holdingsOfRows,
  MarginError,
  marginsAlone,
  marginTogether,
  openTable,
  setsIn,
  type Amount,
  type Day,
  type Holding,
  type Mode,
} from "../core";
import { exchanges } from "../exchanges";
import { answer, cellError, cellsOf, dayOf, dayOfCell, markupOf, spill, wordOf } from "./cell";
import type { Answer } from "./cell";
import { listedPairs, setsByClearing, type Listed } from "./clearing-order";
import { inRow, namedLeg } from "./row";

const MODES: Readonly<Record<string, Mode | "order">> = {
  none: "none",
  单独: "none",
  held: "held",
  已有: "held",
  best: "best",
  最优: "best",
  order: "order",
  交易所顺序: "order",
};

function modeOf(value: unknown): Mode | "order" {
  const word = wordOf(value, "mode") ?? "";
  const written = typeof word === "string" ? word.normalize("NFKC").trim().toLowerCase() : word;
  // A blank cell reaches us as 0 on some hosts.
  const mode =
    written === "" || written === 0
      ? "best"
      : Object.hasOwn(MODES, String(written)) && MODES[String(written)];
  if (mode) return mode;
  throw new MarginError("unknownName", { argument: "mode", value: word });
}

/** What a table holds. */
interface Held {
  /** What may be in a set. */
  readonly holdings: readonly Holding[];
  /** What all else takes together. */
  readonly rest: Amount;
  /** The errors of rows that hold nothing, each naming its row. */
  readonly wrong: readonly MarginError[];
  /** Whether the table has sets of its own, or nothing that could be in one. */
  readonly hasSets: boolean;
}

/** Reads what a table holds; of plain options that no set can have in this mode the sum will do. */
function heldIn(positions: unknown, on: Day, mode: Mode | "order"): Held {
  const table = openTable(cellsOf(positions, "positions"));
  const [set, expiry] = [table.place("combination"), table.place("expiry")];
  const alone = marginsAlone(table, exchanges, on, (row) => {
    const cells = table.cells[row] ?? [];
    const single = mode === "none" || (mode === "held" && (set === undefined || blank(cells[set])));
    // An expiry that is no date has to be complained of.
    return single && (expiry === undefined || blank(cells[expiry]));
  });
  const holdingOf = holdingsOfRows(exchanges, { on, dayOfCell });
  const holdings: Holding[] = [];
  const wrong: MarginError[] = [];
  alone.rows.forEach((each, index) => {
    const row = each === "summed" ? undefined : table.row(index);
    if (!row || each === "summed") return;
    try {
      holdings.push(holdingOf(row, each));
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      wrong.push(inRow(error, index, row));
    }
  });
  const none = holdings.length === 0 && !alone.rows.includes("summed");
  return { holdings, rest: alone.sum, wrong, hasSets: none || set !== undefined };
}

/** The exchange's list, read in every mode; a blank cell, which some hosts pass as 0, is none. */
function pairsOf(value: unknown): readonly Listed[] | undefined {
  const cells = cellsOf(value, "priority");
  return cells.every((row) => row.every(blank)) ? undefined : listedPairs(cells);
}

/**
 * Margin of a whole positions table, all exchanges together: every short alone, with the combinations it is held in, with those that save most, or with those that clearing forms.
 * @customfunction MARGIN.PORTFOLIO MARGIN.PORTFOLIO
 * @param {any[][]} positions Positions with a header row. Columns as in MARGIN.TABLE; combination holds a set id equal on both legs, expiry a date.
 * @param {any} [mode] Way of counting, none, held, best or order. Every short alone, the sets of the combination column, the smallest margin the rules allow, or at Dalian the sets clearing forms by priority, elsewhere those held; left out: best.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any[][]} [priority] The exchange's list for mode order, with a header row. Columns combination (m2701-C-3000,-m2701-C-3100, a minus before the short leg), priority (1 first) and hedge where there is one; pairs not listed are not formed.
 * @returns {number} Margin in the contracts' currency.
 */
export function marginPortfolio(
  positions: any[][],
  mode?: any,
  markup?: any,
  on?: any,
  priority?: any[][],
): number {
  return answer(() => {
    const [day, way, broker] = [dayOf(on), modeOf(mode), markupOf(markup).plus(1)];
    const pairs = pairsOf(priority);
    const { holdings, rest, wrong, hasSets } = heldIn(positions, day, way);
    if (wrong[0]) throw wrong[0];
    if (way === "held" && !hasSets) {
      throw new MarginError("missing", { argument: "combination" });
    }
    const sets =
      way === "order" ? setsByClearing(holdings, day, pairs) : setsIn(way, holdings, day);
    return marginTogether(holdings, sets).plus(rest).times(broker);
  });
}

/**
 * The combinations to build so that a positions table needs the least margin; no other choice saves more. Rows that cannot be read follow with their error.
 * @customfunction MARGIN.COMBINE MARGIN.COMBINE
 * @param {any[][]} positions Positions with a header row. Columns as in MARGIN.TABLE; expiry a date.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {any[][]} Combination, both legs, sets, margin apart, margin together and saved, for all sets of the row, under a header row.
 */
export function marginCombine(positions: any[][], markup?: any, on?: any): any[][] {
  return spill(() => {
    const [day, broker] = [dayOf(on), markupOf(markup).plus(1)];
    const { holdings, wrong } = heldIn(positions, day, "best");
    const { sets: built } = bestSets(holdings, day);
    const rows = built.map((set): Answer[] => {
      const all = (each: Amount): Amount => each.times(set.sets).times(broker);
      const { combination, first, second, sets } = set;
      return [
        `${combination.name} ${both(combination.title)}`,
        ...[namedLeg(first), namedLeg(second), sets],
        ...[all(set.apart), all(set.together), all(set.saved)],
      ];
    });
    return [
      HEADER,
      ...(rows.length + wrong.length > 0 ? rows : [NOTHING]),
      ...wrong.map((error) => [cellError(error), ...REST]),
    ];
  });
}

const HEADER = [
  "组合 combination",
  "第一腿 leg 1",
  "第二腿 leg 2",
  "组数 sets",
  "分开保证金 margin apart",
  "组合保证金 margin together",
  "节省 saved",
];
const REST = ["", "", "", "", "", ""];
const NOTHING = ["没有能省保证金的组合 no combination saves margin", ...REST];
