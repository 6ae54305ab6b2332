/** Figures as the pane prints them: grouped, the real minus sign, rounded half-up for the eye only. */
import { digits, readNumber } from "../core";

/** How a function's figure is to be read. */
export type FigureKind = "amount" | "topUp" | "price" | "ratio" | "plain";

const MINUS = "\u2212";

const KIND_OF: Readonly<Record<string, FigureKind>> = {
  RISKRATIO: "ratio",
  MARGINCALL: "topUp",
  "OPTION.BREAKEVEN": "price",
  "OPTION.CONTRACT": "plain",
  "OPTION.ASSIGNMENT": "plain",
  "OPTION.BLACK76": "price",
  "OPTION.BSM": "price",
  "OPTION.IMPLIEDVOL": "ratio",
  "OPTION.GREEKS": "plain",
  "OPTION.RICHNESS": "plain",
  "OPTION.HISTVOL": "ratio",
  "MARGIN.MAXLOTS": "price",
};

/** A limit or break-even is a price (an adjustment and a number of shares read like one), a risk ratio a percentage; everything else is money. */
export const figureKind = (id: string): FigureKind =>
  KIND_OF[id] ?? (/\.(LIMIT(UP|DOWN)|ADJUST|COVEREDSHARES)$/.test(id) ? "price" : "amount");

/** What a column of a table of money holds, by its header: a ratio, a price, a count, else money. */
export function columnKind(header: unknown, kind: FigureKind): FigureKind {
  if (kind !== "amount" || typeof header !== "string") return kind;
  if (/\b(?:ratio|move)\b/.test(header)) return "ratio";
  if (/\bmoney still to add\b/.test(header)) return "topUp";
  return /\b(?:lots|sets|price)\b/.test(header) ? "price" : kind;
}

type Figure = NonNullable<ReturnType<typeof readNumber>>;

const group = (text: string): string => {
  const [whole = "", decimals] = text.replace("-", MINUS).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
};

/** Rounding never crosses a line: a ratio just under 90 % doesn't print as 90.00 %. */
function ratioText(ratio: Figure): string {
  const percent = ratio.times(100);
  for (let places = 2; places < 12; places++) {
    const shown = percent.toFixed(places);
    if (percent.isInteger() || !readNumber(shown)?.isInteger()) return `${group(shown)}%`;
  }
  return `${group(digits(percent))}%`;
}

/** Money to add is rounded up to the fen, so that it is enough. */
function roundedUp(value: Figure): string {
  const cents = value.times(100).ceil();
  return cents.dividedBy(100).toFixed(2);
}

/** @example figureText(2478.8, "amount") // "2,478.80" */
export function figureText(value: number, kind: FigureKind): string {
  const figure = readNumber(value);
  if (!figure) return String(value);
  switch (kind) {
    case "amount":
      return group(figure.toFixed(2));
    case "topUp":
      return group(roundedUp(figure));
    case "ratio":
      return ratioText(figure);
    case "price":
    case "plain":
      return group(digits(figure));
  }
}

/** All digits, where the printed figure has fewer. */
export function exactText(value: number, kind: FigureKind): string | undefined {
  const figure = readNumber(value);
  if (!figure || kind === "price" || kind === "plain") return undefined;
  const printed = kind === "ratio" ? figure.times(100) : figure;
  return printed.decimalPlaces() > 2 ? group(digits(figure)) : undefined;
}
