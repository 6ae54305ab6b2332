/** The summary of holdings and their openings tell the same book; what only one of them knows is joined here. */
import { amount, digits, type Amount } from "../core";
import { alike } from "./control";
import { close, marginOf, sum, type Draft } from "./draft";
import type { Position } from "./statement";

const keyOf = ({ contract, side, hedge, account }: Position): string =>
  [contract, side, hedge, account].join(" ");

/** Positions by contract, side and hedge flag, from their openings; the open price is the average. */
function grouped(lots: readonly Position[]): Map<string, Position> {
  const groups = new Map<string, Position[]>();
  for (const lot of lots) {
    const group = groups.get(keyOf(lot));
    if (group) group.push(lot);
    else groups.set(keyOf(lot), [lot]);
  }
  return new Map(
    [...groups].map(([key, [first, ...rest]]) => {
      const all = [first as Position, ...rest];
      const quantity = sum(all.map((lot) => lot.quantity));
      const priced = all.every(({ openPrice }) => openPrice);
      const cost = sum(all.map((lot) => lot.openPrice?.times(lot.quantity)));
      const whole: Position = {
        ...(first as Position),
        quantity,
        openPrice: priced ? cost.dividedBy(quantity) : undefined,
        openDay: all.every(({ openDay }) => openDay === first?.openDay)
          ? first?.openDay
          : undefined,
        margin: sum(all.map(({ margin }) => margin)),
        marketValue: sum(all.map(({ marketValue }) => marketValue)),
      };
      return [key, whole] as const;
    }),
  );
}

/** The summary with what only the detail knows (exchange, margin of each side); both must tell the same. */
export function merged(
  draft: Draft,
  summary: readonly Position[],
  lots: readonly Position[],
): Position[] {
  const groups = grouped(lots);

  if (summary.length === 0) {
    draft.read = draft.found = lots.length;
    return [...groups.values()];
  }
  const positions = summary.map((position) => {
    const group = groups.get(keyOf(position));
    groups.delete(keyOf(position));
    if (lots.length === 0) return position;
    const compare = (column: string, ours: Amount | undefined, printed: Amount | undefined) => {
      if (!printed || close(ours ?? amount("0"), printed)) return;
      const facts = {
        raw: position.contract,
        rows: ours ? digits(ours) : "0",
        printed: digits(printed),
      };
      draft.note("detailDiffers", { ...position.place, column }, facts);
    };
    compare("持仓量", group?.quantity, position.quantity);
    compare("保证金", group?.margin, position.margin);
    const split = position.margin ? {} : { margin: group?.margin, sharedMargin: undefined };
    return {
      ...position,
      ...split,
      exchange: group?.exchange,
      openDay: group?.openDay,
    };
  });
  for (const { sharedMargin, place, contract } of positions) {
    if (sharedMargin) {
      draft.note("bothSidesMargin", place, { raw: contract, printed: digits(sharedMargin) });
    }
  }
  for (const left of groups.values()) {
    const facts = { raw: left.contract, rows: digits(left.quantity), printed: "0" };
    draft.note("detailDiffers", { ...left.place, column: "持仓量" }, facts);
  }
  return positions;
}

/** Lots of both sides and margin of a table. */
export interface Whole {
  readonly lots: Amount;
  readonly margin: Amount;
  readonly rows: number;
}

/** The margin that a future's two sides share may be the larger one's alone: it isn't compared. */
export function wholeOf(positions: readonly Position[], shared: ReadonlySet<string>): Whole {
  const own = positions.filter(({ contract }) => !shared.has(contract));
  const lots = sum(positions.map(({ quantity }) => quantity));
  return { lots, margin: marginOf(own), rows: positions.length };
}

/** Both tables add up to the same, but for a fen of rounding in a row of the summary. */
export function compareTables(draft: Draft, summary: Whole, detail: Whole): void {
  const { lots, margin, rows } = summary;
  const near = close(detail.margin, margin, amount(rows).times("0.01"));
  draft.keep(alike("lots"), detail.lots, lots, detail.lots.equals(lots));
  draft.keep(alike("margin"), detail.margin, margin, near);
}
