/** The timeline of expiries as a sheet of values: one row an option, nearest first. */
import { drained, Pace, type Bilingual, type Day } from "../core";
import type { Expiring, ExpiringLine } from "./expiring";
import type { Known } from "./expiring-known";
import { nettedNote } from "./expiring-netted";
import { EXPIRY_SHEET_TEXTS, type ExpirySheetTexts } from "./expiring-sheet-texts";
import type { SheetCell, SheetOptions, SheetPlan } from "./sheet";
import {
  DATE,
  dateNumber,
  figure,
  figureHeader,
  Grid,
  header,
  MONEY,
  priceFormat,
  QUOTED,
  text,
  WHOLE,
} from "./sheet-cells";
import { sheetName } from "./sheet-name";
import { optionOf } from "./figure";

type SheetAsked = Pick<SheetOptions, "language" | "taken">;
type Language = SheetOptions["language"];

/** One column: its header, its width in characters, and an option's cell. */
interface Column {
  readonly title: string;
  readonly width: number;
  readonly cell: (option: ExpiringLine) => SheetCell | undefined;
  readonly words?: true;
}

const word = (said: string | undefined): SheetCell | undefined =>
  said === undefined ? undefined : text(said, "statement");

const date = (day: Day | undefined): SheetCell | undefined =>
  day === undefined ? undefined : { value: dateNumber(day), format: DATE, role: "statement" };

const count = (days: number | undefined): SheetCell | undefined =>
  days === undefined ? undefined : { value: days, format: WHOLE, role: "statement" };

const money = (one: Known<Parameters<typeof figure>[0]> | undefined): SheetCell | undefined =>
  one?.value && figure(one.value, MONEY, "statement");

const quotedIn = ({ line }: ExpiringLine): number =>
  QUOTED[optionOf(line.position)?.rules.underlying ?? "future"];

const price = (option: ExpiringLine, value: Parameters<typeof figure>[0]) =>
  value && figure(value, priceFormat(value, quotedIn(option)), "statement");

/** Everything an option's row leaves blank, and why; lots netted first, and what expiry does by itself. */
function remarks(option: ExpiringLine): readonly Bilingual[] {
  const { expiry, moneyness, worthless, assigned, unasked } = option;
  const got = assigned?.value;
  const said = [
    expiry.note,
    moneyness.unknown,
    worthless.released.unknown,
    assigned?.unknown,
    got?.pnl.unknown,
    got?.future?.margin.unknown,
    expiry.day === undefined ? undefined : expiry.tradingDays.unknown,
    expiry.day === undefined ? undefined : got?.by.unknown,
    nettedNote(option),
    unasked?.value?.says,
  ];
  return said.flatMap((one) => one ?? []);
}

function columnsOf(texts: ExpirySheetTexts, language: Language): readonly Column[] {
  const say = (option: ExpiringLine): SheetCell | undefined => {
    const said = new Set(remarks(option).map((one) => one[language]));
    return said.size === 0 ? undefined : text([...said].join(" "), "note");
  };
  const got = ({ assigned }: ExpiringLine) => assigned?.value;
  const words = (title: string, width: number, cell: Column["cell"]): Column => ({
    title,
    width,
    cell,
    words: true,
  });
  const figures = (title: string, width: number, cell: Column["cell"]): Column => ({
    title,
    width,
    cell,
  });
  return [
    words(texts.expiry, 12, ({ expiry }) => date(expiry.day)),
    figures(texts.days, 8, ({ expiry }) => count(expiry.calendarDays)),
    figures(texts.tradingDays, 12, ({ expiry }) => count(expiry.tradingDays.value)),
    words(texts.contract, 20, ({ line }) => word(line.position.contract)),
    words(texts.side, 9, ({ side }) => word(texts.sides[side])),
    figures(texts.lots, 8, ({ lots }) => figure(lots, WHOLE, "statement")),
    figures(texts.strike, 11, (option) => price(option, option.line.strike)),
    words(texts.underlying, 11, ({ line }) => word(line.underlying)),
    figures(texts.underlyingPrice, 15, (option) => price(option, option.moneyness.value?.price)),
    words(texts.moneyness, 8, ({ moneyness: { value } }) => word(value && texts.at[value.at])),
    figures(texts.by, 11, (option) => price(option, option.moneyness.value?.by)),
    figures(texts.released, 18, ({ worthless }) => money(worthless.released)),
    words(texts.exercisable, 12, ({ exercisable }) => word(texts.when[exercisable])),
    figures(texts.shares, 12, (option) => figure(got(option)?.shares, WHOLE, "statement")),
    figures(texts.cash, 16, (option) => money(got(option)?.cash)),
    words(texts.future, 11, (option) => word(futureOf(option, texts))),
    figures(texts.futures, 13, (option) => figure(got(option)?.future?.lots, WHOLE, "statement")),
    figures(texts.futuresMargin, 16, (option) => money(got(option)?.future?.margin)),
    figures(texts.pnl, 16, (option) => money(got(option)?.pnl)),
    words(texts.delivery, 12, (option) => date(got(option)?.by.value)),
    words(texts.remark, 60, say),
  ];
}

function futureOf({ assigned }: ExpiringLine, texts: ExpirySheetTexts): string | undefined {
  const future = assigned?.value?.future;
  return future && `${future.contract} ${texts.sides[future.side]}`;
}

/** Rows above the first option: title, note, header. */
const HEAD = 3;

const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** A timeline laid out. */
export const expirySheet = (timeline: Expiring, options: SheetAsked): SheetPlan =>
  drained(expirySheetInSteps(timeline, options));

/** The same for a long one, pausing between stretches. */
export function* expirySheetInSteps(
  { on, basis, lines }: Expiring,
  { language, taken }: SheetAsked,
): Generator<void, SheetPlan> {
  const texts = EXPIRY_SHEET_TEXTS[language];
  const columns = columnsOf(texts, language);
  const grid = new Grid();
  const pace = new Pace();
  grid.put("A", 1, text(`${texts.sheet} ${on}`, "title"));
  grid.put("A", 2, text(texts.note(basis), "note"));
  columns.forEach(({ title, words }, index) =>
    grid.put(letterOf(index), HEAD, words ? header(title) : figureHeader(title)),
  );
  for (const [row, option] of lines.entries()) {
    if (pace.due()) yield;
    columns.forEach(({ cell }, index) => grid.put(letterOf(index), HEAD + 1 + row, cell(option)));
  }
  const { cells } = grid;
  return {
    name: sheetName(on, texts, taken),
    cells,
    widths: columns.map(({ width }) => width),
    frozenRows: HEAD,
    colours: [],
    names: {},
    printArea: `A1:${letterOf(columns.length - 1)}${cells.length}`,
    firstInput: `A${HEAD + 1}`,
    liveRows: 0,
  };
}
