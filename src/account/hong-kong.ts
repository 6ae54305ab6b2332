/**
 * The Hong Kong part of an account, in HK$ and never added to anything else: every holding's risk array, what the
 * clearing house and the client's broker ask for, and where the money given for it stands.
 *
 * A holding that can't be counted leaves the whole undetermined: another leg may raise a margin or lower it.
 */
import {
  amount,
  clientCall,
  marginTotal,
  portfolioMargin,
  readNumber,
  sentence,
  type Amount,
  type Bilingual,
  type CommodityMargin,
  type Day,
  type MarginTotal,
  type RiskParameters,
  type Scenario,
} from "../core";
import type { Account, Statement } from "../statements";
import { tried } from "./figure";
import { futureKey, hongKongLine, type HongKongLine } from "./hong-kong-lines";
import { hongKongParameters, isStale, type HongKongParameters } from "./hong-kong-parameters";
import { isHongKong } from "./hong-kong-rows";
import type { HongKongTerms } from "./hong-kong-terms";
import { readingOf } from "./reading";
import type { Standing } from "./standing";

export interface HongKongInputs {
  readonly statement: Statement;
  readonly account?: Account | undefined;
  /** What parameter files say, as read. */
  readonly files: readonly RiskParameters[];
  readonly terms: HongKongTerms;
  /** Prices of futures by product and month: "HSI 2026-12". */
  readonly prices: Readonly<Record<string, Amount>>;
  /** Money for these holdings, where the account prints none in HK$. */
  readonly equity?: Amount | undefined;
  readonly today: Day;
}

export interface HongKongBook {
  readonly inputs: HongKongInputs;
  readonly day: Day;
  readonly parameters: HongKongParameters;
  readonly lines: readonly HongKongLine[];
  readonly linesCounted: number;
  readonly linesInAll: number;
  /** By combined commodity, over the lines that are counted. */
  readonly commodities: readonly CommodityMargin[];
  readonly scenarios: readonly Scenario[];
  /** Over all commodities; undefined while anything is missing. */
  readonly total: MarginTotal | undefined;
  /** Some arrays are the model's: the sums are estimates. */
  readonly estimated: boolean;
  readonly incomplete: boolean;
  /** Why what is counted can't be added up. */
  readonly refused: Bilingual | undefined;
  /** The newest file is of a day too far from the holdings'. */
  readonly stale: RiskParameters | undefined;
  readonly equity: Amount | undefined;
  readonly equityFrom: "printed" | "user" | undefined;
  /** Client maintenance margin ÷ equity. */
  readonly ratio: Amount | undefined;
  readonly status: Standing;
  /** What restores client initial margin, where equity is below maintenance; rounded up to the cent. */
  readonly toAdd: Amount | undefined;
  /** What equity may lose before it is below client maintenance. */
  readonly room: Amount | undefined;
  /** Futures whose price the model needs: "HSI 2026-12". */
  readonly futures: readonly string[];
  /** Products whose client ratio nobody has given. */
  readonly withoutRatio: readonly string[];
  /** Yuan for one Hong Kong dollar, as the user gave it. */
  readonly rate: Amount | undefined;
}

const HKD = /^(?:HKD|港币|港元|HK\$)$/i;

function equityOf({
  account,
  statement,
  equity,
}: HongKongInputs): Pick<HongKongBook, "equity" | "equityFrom"> {
  const own = account ?? statement.account;
  const printed = HKD.test(own?.currency?.trim() ?? "") ? own?.figures.equity : undefined;
  return printed
    ? { equity: printed, equityFrom: "printed" }
    : { equity, equityFrom: equity && "user" };
}

const upToCent = (money: Amount): Amount => money.times(100).ceil().dividedBy(100);

/** Where equity stands against what the client has to keep. */
function standingOf(
  client: MarginTotal["client"],
  equity: Amount | undefined,
  certain: boolean,
): Pick<HongKongBook, "status" | "toAdd" | "room" | "ratio"> {
  if (!client || !equity) {
    return { status: "undetermined", toAdd: undefined, room: undefined, ratio: undefined };
  }
  const { called, toAdd } = clientCall(equity, client);
  const { maintenance } = client;
  return {
    status: called ? "marginCall" : certain ? "normal" : "undetermined",
    toAdd: called ? upToCent(toAdd) : undefined,
    room: called || !certain ? undefined : equity.minus(maintenance),
    ratio: equity.greaterThan(0) ? maintenance.dividedBy(equity) : undefined,
  };
}

/** A statement's Hong Kong holdings and where they stand; undefined where it has none. */
export function hongKongBook(inputs: HongKongInputs): HongKongBook | undefined {
  const { statement, terms, prices, today } = inputs;
  const reading = readingOf(statement, inputs.account);
  const positions = reading.positions.filter(isHongKong);
  if (positions.length === 0) return undefined;
  const day = reading.account?.day ?? statement.day ?? today;
  const parameters = hongKongParameters(inputs.files, terms, day);
  const seen = new Map<string, number>();
  const lines = positions.map((position) => {
    const name = `${position.contract} ${position.side}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const id = count === 1 ? name : `${name} ${count}`;
    return hongKongLine(position, { parameters, prices, on: day }, id);
  });
  const holdings = lines.flatMap(({ holding }) => holding ?? []);
  const worked = tried(() =>
    portfolioMargin(holdings, parameters.merged, { optionValue: terms.optionValue ?? "none" }),
  );
  const commodities = "value" in worked ? worked.value.margins : [];
  const without = "value" in worked ? worked.value.refused[0] : undefined;
  const refused = without
    ? sentence(without.error)
    : "refused" in worked
      ? worked.refused
      : undefined;
  const linesInAll = lines.length + reading.unread;
  const incomplete =
    reading.incomplete || holdings.length < linesInAll || !parameters.merged.complete;
  const whole = !incomplete && refused === undefined;
  const total = whole ? marginTotal(commodities) : undefined;
  const stale = parameters.files.find((file) => isStale(file, day));
  const { equity, equityFrom } = equityOf(inputs);
  const rate = readNumber(terms.rate ?? "");
  return {
    inputs,
    day,
    parameters,
    lines,
    linesCounted: holdings.length,
    linesInAll,
    commodities,
    scenarios: parameters.merged.scenarios,
    total,
    estimated: lines.some(({ from }) => from === "model"),
    incomplete,
    refused,
    stale,
    equity,
    equityFrom,
    ...standingOf(total?.client, equity, stale === undefined),
    futures: [
      ...new Set(
        lines.flatMap(({ needsFuture, product, month }) =>
          needsFuture ? [futureKey(product, month)] : [],
        ),
      ),
    ].sort(),
    withoutRatio: commodities.flatMap(({ code, client }) => (client ? [] : [code])),
    rate: rate?.greaterThan(0) ? rate : undefined,
  };
}

/** An amount in yuan by the user's own rate. */
export const inYuan = ({ rate }: HongKongBook, value: Amount): Amount | undefined =>
  rate && value.times(rate);

/** A commodity's losses by how far the price moves: up to two of a move, by volatility. */
export interface MoveGroup {
  /** In price scan ranges. */
  readonly move: number;
  readonly bars: readonly {
    /** From 0. */
    readonly scenario: number;
    readonly volatility: number;
    readonly loss: Amount;
    readonly worst: boolean;
  }[];
}

/** The scenarios from the deepest fall to the highest rise. */
export function moveGroups(
  { scan }: CommodityMargin,
  scenarios: readonly Scenario[],
): readonly MoveGroup[] {
  const groups = new Map<number, MoveGroup["bars"][number][]>();
  scenarios.forEach(({ move: [above, below], volatility }, scenario) => {
    const move = above / below + 0;
    const bars = groups.get(move) ?? [];
    const loss = scan.losses[scenario] ?? amount("0");
    bars.push({ scenario, volatility, loss, worst: scenario === scan.worst });
    groups.set(move, bars);
  });
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([move, bars]) => ({
      move,
      bars: bars.sort((a, b) => b.volatility - a.volatility),
    }));
}
