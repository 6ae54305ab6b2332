/** What exchanges net tonight before they assign: long against short of one option, lots outside sets. */
import {
  amount,
  digits,
  heldContract,
  nettedTonight,
  type Amount,
  type Bilingual,
  type Holding,
  type Pace,
} from "../core";
import type { Book, Line } from "./book";
import type { ExpiringLine } from "./expiring";
import { optionOf } from "./figure";

/** Lots by line; a line of which none are netted is not there. */
export type NettedLots = ReadonlyMap<Line, Amount>;

const ZERO = amount("0");

/** A line's part in looking for its opposite. */
const LOOK = 0.2;

interface LineHeld extends Holding {
  readonly line: Line;
}

/** Only lots are asked about: what the row takes alone plays no part. */
function heldOf(line: Line): LineHeld | undefined {
  const { position, strike, unit } = line;
  const { contract: label, side, quantity: lots } = position;
  const option = optionOf(position);
  if (!option?.rules.netting || !lots.isInteger()) return undefined;
  const contract = heldContract(option, { strike, unit }, label);
  return { line, label, side, lots, alone: ZERO, set: undefined, contract };
}

/** The lots of a book that are netted, of longs and of shorts. */
export function* nettedInSteps({ lines }: Book, pace: Pace): Generator<void, NettedLots> {
  const contracts = new Map<string, LineHeld[]>();
  for (const line of lines) {
    if (pace.due(LOOK)) yield;
    const held = heldOf(line);
    if (!held?.contract) continue;
    const { key } = held.contract;
    const rows = contracts.get(key);
    if (rows) rows.push(held);
    else contracts.set(key, [held]);
  }
  const netted = new Map<Line, Amount>();
  for (const rows of contracts.values()) {
    if (pace.due(rows.length * LOOK)) yield;
    const inSets = (holding: Holding): number =>
      Math.min((holding as LineHeld).line.inSets?.toNumber() ?? 0, holding.lots.toNumber());
    for (const { holding, lots } of nettedTonight(rows, inSets)) {
      netted.set((holding as LineHeld).line, amount(lots));
    }
  }
  return netted;
}

const SIDES = {
  short: { zh: "卖", en: "short" },
  covered: { zh: "备兑", en: "covered" },
  long: { zh: "买", en: "long" },
} as const;

/** Why lots of a line are not there to be assigned or exercised; undefined where none are netted. */
export function nettedNote({ line, side, lots, netted }: ExpiringLine): Bilingual | undefined {
  if (netted.isZero()) return undefined;
  const { contract } = line.position;
  const { zh, en } = SIDES[side];
  const all = netted.equals(lots);
  const [held, gone] = [digits(lots), digits(netted)];
  const [zhEnd, enEnd] =
    side === "long"
      ? ["与义务仓净额轧平，不能再行权", "against shorts, and can't be exercised"]
      : ["与权利仓净额轧平，不会被指派", "against longs, and can't be assigned"];
  return {
    zh: `${contract} ${zh} ${held} 手，${all ? "全部" : `其中 ${gone} 手`}今晚先${zhEnd}。`,
    en: `${all ? `All ${held}` : `${gone} of the ${held}`} lots of ${contract} held ${en} are netted tonight ${enEnd}.`,
  };
}
