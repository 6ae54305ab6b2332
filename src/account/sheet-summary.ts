/** The first rows of the live sheet: totals, ratio, status and money to add, over the rows below. */
import { amount, digits, type Status } from "../core";
import { FORMATS, masked, withoutAccounts } from "../statements";
import { deadlineOf, type Deadline } from "./deadline";
import { marginBeside, marginInUse } from "./reading";
import type { SheetCell, StatusColour } from "./sheet";
import {
  DATE,
  DATE_TIME,
  dateNumber,
  dayOfSheet,
  DIFFERENCE,
  figure,
  formula,
  figureHeader,
  header,
  MONEY,
  RATIO,
  text,
  TEXT,
  type Grid,
} from "./sheet-cells";
import type { Layout } from "./sheet-layout";

const PERCENT = "0.0%";
const CURRENCIES: Readonly<Record<string, string>> = { HK$: "HKD", US$: "USD" };

export function putSummary(grid: Grid, layout: Layout): void {
  putTitle(grid, layout);
  putStandard(grid, layout, "B", "L", "X");
  putStandard(grid, layout, "C", "K", "Y");
  putInputs(grid, layout);
  putPrinted(grid, layout);
  notesOf(layout).forEach((note, index) => {
    grid.put("N", 2 + index, text(note, "note"));
  });
}

function putTitle(grid: Grid, layout: Layout): void {
  const { texts, book } = layout;
  const code = CURRENCIES[book.currency] ?? "CNY";
  grid.put("A", 1, text(`${texts.sheet} ${dayOfSheet(book)}`, "title"));
  grid.put("B", 1, figureHeader(`${texts.brokerStandard} ${code}`));
  grid.put("C", 1, figureHeader(`${texts.exchangeStandard} ${code}`));
  grid.put("A", 2, text(sourceOf(layout), "note"));
  const labels = [
    equityLabel(layout),
    texts.margin,
    texts.ratio,
    texts.status,
    texts.toAdd,
    texts.deadline,
    texts.counted,
  ];
  labels.forEach((label, index) => grid.put("A", 3 + index, text(label)));
  const { denominator } = book.standings;
  grid.put("B", 3, figure(denominator, MONEY));
  grid.put("C", 3, formula('=IF($B$3="","",$B$3)', MONEY));
  // Only a call has a deadline; a standard that isn't known calls nobody.
  const due = dateNumber(dueOn(book).day, book.inputs.profile.deadline.time);
  const called = `OR($B$5>=$F$4,IFERROR($C$5>=${capped("4")},FALSE))`;
  grid.put("B", 8, toTheRight(formula(`=IF(${called},${due},"")`, DATE_TIME)));
  if (layout.sets.length > 0) {
    const reliefs = layout.overSets("X", "Y");
    const open = `COUNT(${reliefs})<ROWS(${reliefs})*2`;
    grid.put("D", 4, formula(`=IF(${open},"${texts.upperBound}","")`, "General"));
  }
}

const dueOn = (book: Layout["book"]): Deadline =>
  deadlineOf(dayOfSheet(book), book.inputs.profile.deadline);

function sourceOf({ texts, book, language }: Layout): string {
  const { file, format } = book.inputs.statement;
  const id = book.account?.id;
  const account = id === undefined ? [] : [`${texts.account} ${masked(id)}`];
  const kind = format ? [FORMATS[format][language]] : [];
  return [`${texts.source} ${withoutAccounts(file)}`, ...account, ...kind].join(" · ");
}

function equityLabel({ texts, book }: Layout): string {
  const { ratio, collateral } = book.inputs.profile;
  const pledged = amount(collateral.amount).isZero() ? "" : texts.withCollateral;
  return `${texts.equity[ratio]}${pledged}`;
}

/** One standard's column: the sum of its margins and what follows from it. */
function putStandard(
  grid: Grid,
  layout: Layout,
  column: "B" | "C",
  margins: "K" | "L",
  reliefs: "X" | "Y",
): void {
  const { texts, sets, language } = layout;
  const rows = layout.over(margins);
  const relief = sets.length > 0 ? `+SUM(${layout.overSets(reliefs)})` : "";
  const margin = `${column}4`;
  const ratio = `${column}5`;
  const beside = marginBeside(layout.book.account, layout.book.inputs.statement).isZero()
    ? ""
    : "+$L$7";
  const sum = `SUM(${rows})${relief}${beside}`;
  // A table that gives no figure at all must not become a sum of nothing.
  const whole = layout.spilled ? `IF(COUNT(${rows})=0,NA(),${sum})` : sum;
  grid.put(column, 4, formula(`=${whole}`, MONEY));
  grid.put(
    column,
    5,
    formula(`=IF($B$3="",NA(),${layout.name("RISKRATIO")}(${margin},$B$3))`, RATIO),
  );
  // Never normal while a row has no figure or nobody has checked the statement.
  const unsure = `OR($F$9<>"${texts.yes}",COUNT(${rows})<ROWS(${rows}))`;
  const lines = column === "B" ? "$F$4,$F$5,$F$6,$F$3" : ["4", "5", "6", "3"].map(capped).join(",");
  const status = `${layout.name("RISKSTATUS")}(${ratio},${lines},"${language}")`;
  const watch = column === "B" ? "$F$3" : capped("3");
  grid.put(
    column,
    6,
    toTheRight(
      formula(`=IF(AND(${unsure},${ratio}<${watch}),"${texts.undetermined}",${status})`, "General"),
    ),
  );
  const line = column === "B" ? "$F$4" : capped("4");
  grid.put(column, 7, formula(toAdd(layout, margin, line), MONEY));
  grid.put(column, 9, toTheRight(formula(`=COUNT(${rows})&"/"&ROWS(${rows})`, "General")));
}

/** A line still counts as reached at equality: the first fen beyond it is needed too. */
function toAdd(layout: Layout, margin: string, line: string): string {
  const call = `${layout.name("MARGINCALL")}(${margin},$B$3,${line})`;
  return `=IF($B$3="",NA(),IF(${margin}<$B$3*${line},0,ROUNDDOWN(${call},2)+0.01))`;
}

/** Words in a column of figures. */
const toTheRight = (cell: SheetCell): SheetCell => ({ ...cell, align: "right" });

/** On the exchange's standard 100 % is the last line there is. */
const capped = (row: string): string => `MIN($F$${row},1)`;

function putInputs(grid: Grid, layout: Layout): void {
  const { texts, book, markup } = layout;
  const { watch, call, liquidation, immediate } = book.inputs.profile.lines;
  grid.put("E", 1, header(texts.inputs));
  const lines = [
    [texts.watch, watch],
    [texts.call, call],
    [texts.liquidation, liquidation],
    [texts.immediate, immediate],
  ] as const;
  lines.forEach(([label, line], index) => {
    grid.put("E", 3 + index, text(label));
    grid.put("F", 3 + index, figure(amount(line), PERCENT));
  });
  grid.put("E", 7, text(texts.markup));
  grid.put("F", 7, figure(markup, PERCENT));
  grid.put("E", 8, text(texts.on));
  grid.put("F", 8, { value: dateNumber(dayOfSheet(book)), format: DATE, role: "input" });
  grid.put("E", 9, text(texts.checked));
  const answer = layout.reading.proven && book.standings.doubts.length === 0 ? texts.yes : texts.no;
  grid.put("F", 9, toTheRight({ value: answer, format: TEXT, role: "input" }));
}

/** What the statement itself says, to hold against what is worked out. */
function putPrinted(grid: Grid, layout: Layout): void {
  const { texts, book } = layout;
  const figures = book.account?.figures;
  const beside = marginBeside(book.account, book.inputs.statement);
  if (!figures?.equity && !figures?.margin) return;
  grid.put("K", 1, header(texts.printed));
  const rows = [
    [texts.equity.equity, figures.equity, MONEY],
    [texts.margin, figures.margin, MONEY],
    [texts.ratio, figures.riskDegree, RATIO],
  ] as const;
  rows.forEach(([label, value, format], index) => {
    if (!value) return;
    grid.put("K", 3 + index, text(label));
    grid.put("L", 3 + index, figure(value, format, "statement"));
  });
  if (!figures.margin) return;
  grid.put("K", 6, text(texts.printedDifference));
  // What is counted in the printed margin isn't added to it, but where the risk degree counts it once more.
  const more = marginInUse(book.account)?.minus(figures.margin);
  const added = more?.greaterThan(0) ? `+${more.equals(beside) ? "L7" : digits(more)}` : "";
  grid.put("L", 6, formula(`=L4${added}-B4`, DIFFERENCE));
  grid.put("K", 8, text(texts.printedToAdd));
  grid.put("L", 8, formula(toAdd(layout, added ? `(L4${added})` : "L4", "$F$4"), MONEY));
  if (beside.isZero()) return;
  grid.put("K", 7, text(texts.beside));
  grid.put("L", 7, figure(beside, MONEY, "statement"));
}

function notesOf(layout: Layout): readonly string[] {
  const { texts, sets, book } = layout;
  const notes = [texts.colours, texts.exchangeLine];
  const { day, certain } = dueOn(book);
  if (!certain) notes.push(texts.holidaysUnknown(day.slice(0, 4)));
  if (book.inputs.profile.ratio === "inverse") notes.push(texts.inverse);
  if (!layout.reading.proven && !layout.unread) notes.push(texts.unchecked);
  if (sets.length > 0) notes.push(texts.upperBoundNote);
  if (book.account?.figures.margin) notes.push(texts.toAddNote);
  notes.push(...book.standings.doubts.map((doubt) => layout.say(doubt)));
  return [texts.notes, ...notes];
}

const COLOURS: Readonly<Record<Status, { readonly ink: string; readonly fill: string }>> = {
  normal: { ink: "#0b5c6b", fill: "#e8f4f6" },
  watch: { ink: "#6f5200", fill: "#fdf3d1" },
  marginCall: { ink: "#8f3a00", fill: "#fdeadb" },
  liquidation: { ink: "#a01035", fill: "#fce8ed" },
  immediate: { ink: "#5a1464", fill: "#f5e6f7" },
};

/** Ratio and status of both standards, coloured by the band the ratio lies in: true in either language. */
export function statusColours({ texts }: Layout): readonly StatusColour[] {
  return (["B", "C"] as const).flatMap((column) => {
    const ratio = `${column}$5`;
    const line = (row: string): string => (column === "B" ? `$F$${row}` : capped(row));
    const bands: readonly (readonly [Status, string])[] = [
      ["immediate", `${ratio}>=${line("6")}`],
      ["liquidation", `${ratio}>=${line("5")},${ratio}<${line("6")}`],
      ["marginCall", `${ratio}>=${line("4")},${ratio}<${line("5")}`],
      ["watch", `${ratio}>=${line("3")},${ratio}<${line("4")}`],
      ["normal", `${ratio}<${line("3")},${column}$6<>"${texts.undetermined}"`],
    ];
    return bands.map(([status, where]) => ({
      range: `${column}5:${column}6`,
      formula: `=AND(ISNUMBER(${ratio}),${where})`,
      ...COLOURS[status],
    }));
  });
}

/** Said by name in the user's own formulas. */
export const namesOf = (): Readonly<Record<string, string>> => ({
  equity: "B3",
  margin_broker: "B4",
  margin_exchange: "C4",
  ratio_broker: "B5",
  ratio_exchange: "C5",
  status_broker: "B6",
  status_exchange: "C6",
  to_add: "B7",
  line_watch: "F3",
  line_call: "F4",
  line_liquidation: "F5",
  line_immediate: "F6",
  markup: "F7",
});
