/** What a statement prints for each opening of a row, held against the rule: errors that cancel leave the row's own right. */
import { amount, double, type Amount, type Bilingual } from "../core";
import type { Position } from "../statements";
import type { Comparable } from "./reconcile-row";
import { toFen } from "./reconcile-terms";

/** An opening, what is printed for it, and its lots' part of the row's margin by the rule, unrounded. */
interface Opened {
  readonly lot: Position;
  readonly printed: Amount;
  readonly exact: Amount;
}

const ZERO = amount("0");
const FEN = amount("0.01");
const FEN_NEARLY = 0.01;
/** More than doubles lose of such figures. */
const LOST = 1e-6;
/** Openings named of one row. */
const MOST_NAMED = 3;

const keyOf = ({ contract, side, hedge, account }: Position): string =>
  [contract, side, hedge, account].join(" ");

/** Whether each has so nearly its lots' share of the row's figure, which is the rule's, that it is its part cut or rounded. */
function areEven({ printed, held }: Comparable, lots: readonly Position[]): boolean {
  const whole = double(printed);
  const inAll = double(held.position.quantity);
  return lots.every(({ margin, quantity }) => {
    const part = double(quantity) / inAll;
    const off = Math.abs(double(margin ?? ZERO) - whole * part);
    return off < FEN_NEARLY * (1 - part / 2) - LOST;
  });
}

/** Each that isn't its part half-up; where they add up to the row's figure, cut or rounded up either way will do. */
function wrongAmong(opened: readonly Opened[], addUp: boolean): readonly Opened[] {
  return opened.filter(
    ({ printed, exact }) =>
      !printed.equals(toFen(exact)) && !(addUp && printed.minus(exact).abs().lessThan(FEN)),
  );
}

function offText(wrong: readonly Opened[]): Bilingual {
  const named = wrong.slice(0, MOST_NAMED).map(({ lot, printed, exact }) => {
    const { quantity, openDay = "", openPrice } = lot;
    const [lots, price] = [quantity.toFixed(), openPrice?.toFixed() ?? ""];
    const [is, due] = [printed.toFixed(2), toFen(exact).toFixed(2)];
    const of = [openDay, price].filter(Boolean).join(" ");
    return {
      zh: `${of} 开的 ${lots} 手印 ${is}、按规则 ${due}`,
      en: `${lots} opened ${of} print ${is} for ${due}`.replace("  ", " "),
    };
  });
  const more = wrong.length - named.length;
  return {
    zh: `逐笔不合：${named.map(({ zh }) => zh.trim()).join("；")}${more > 0 ? `；另有 ${more} 笔` : ""}。`,
    en: `its openings don't fit: ${named.map(({ en }) => en).join("; ")}${more > 0 ? `; and ${more} more` : ""}.`,
  };
}

export class Openings {
  private byKey: ReadonlyMap<string, readonly Position[]> | undefined;

  /** @param lots of the statement, asked for once a row needs them */
  constructor(private readonly lots: () => readonly Position[]) {}

  /** What there is to say of a row's openings, whose own figure is the rule's; undefined where they fit or don't tell. */
  wrongOf(row: Comparable): Bilingual | undefined {
    const { printed, figure, held } = row;
    const { quantity } = held.position;
    const lots = this.of(held.position);
    if (lots.length === 0) return undefined;
    let [inAll, margins] = [ZERO, ZERO];
    for (const lot of lots) {
      if (!lot.margin) return undefined;
      inAll = inAll.plus(lot.quantity);
      margins = margins.plus(lot.margin);
    }
    // Tables that differ are told as such.
    const differ = margins.minus(printed).abs();
    if (!inAll.equals(quantity) || differ.greaterThan(FEN)) return undefined;
    if (differ.isZero() && areEven(row, lots)) return undefined;
    const opened = lots.map((lot): Opened => {
      const exact = figure.margin.times(lot.quantity).dividedBy(quantity);
      return { lot, printed: lot.margin ?? ZERO, exact };
    });
    const wrong = wrongAmong(opened, differ.isZero());
    return wrong.length > 0 ? offText(wrong) : undefined;
  }

  private of(position: Position): readonly Position[] {
    return this.known().get(keyOf(position)) ?? [];
  }

  private known(): ReadonlyMap<string, readonly Position[]> {
    if (this.byKey) return this.byKey;
    const found = new Map<string, Position[]>();
    for (const lot of this.lots()) {
      const key = keyOf(lot);
      const alike = found.get(key);
      if (alike) alike.push(lot);
      else found.set(key, [lot]);
    }
    return (this.byKey = found);
  }
}
