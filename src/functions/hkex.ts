import {
  asAmounts,
  compositeDelta,
  HKEX_PROFILE,
  MarginError,
  modelArray,
  modelVolatility,
  parametersFrom,
  portfolioMargin,
  readRiskCredits,
  readRiskParameters,
  readRiskPositions,
  riskHolding,
  scanRisk,
  shortOptionMargin,
  marginTotal,
  typedCredit,
  typedParameters,
  type CommodityMargin,
  type ModelOption,
  type OptionValueMode,
  type PortfolioMargin,
  type RiskBookTerms,
  type Row,
  type Scanned,
  type ScanTerms,
} from "../core";
import { hkex, JOINS } from "../exchanges/hkex";
import {
  answer,
  cellError,
  cellsOf,
  dayOf,
  dayOfCell,
  double,
  doubleOr,
  lotsOf,
  number,
  orElse,
  rightOf,
  spill,
  wordOf,
  type Answer,
} from "./cell";
import { inRow } from "./row";

/** An option and its scan ranges, from a call's cells. */
function scannedOption(
  right: unknown,
  futures: unknown,
  strike: unknown,
  days: unknown,
  volatility: unknown,
  settlement: unknown,
  psr: unknown,
  multiplier: unknown,
  vsr: unknown,
): [ModelOption, ScanTerms] {
  const option = {
    right: rightOf(right),
    underlying: double(futures, "futures", "aboveZero"),
    strike: double(strike, "strike", "aboveZero"),
    years: double(days, "days", "notNegative") / 365,
    volatility: double(volatility, "volatility", "notNegative"),
    settlement: double(settlement, "settlement", "aboveZero"),
  };
  return [
    { ...option, volatility: modelVolatility(option, option.volatility) },
    {
      priceScan: double(psr, "psr", "aboveZero"),
      multiplier: doubleOr(multiplier, "multiplier", "aboveZero", 50),
      volatilityScan: doubleOr(vsr, "vsr", "fraction", 0.07),
    },
  ];
}

const looking = (lookahead: unknown) => ({
  ...HKEX_PROFILE,
  lookAhead: doubleOr(lookahead, "lookahead", "aboveZero", 1) / 365,
});

/**
 * Risk array of one long Hong Kong index option by HKEX's profile: what it loses in each of the 16 scenarios, in HK$. An estimate; a published array comes first.
 * @customfunction HKEX.RISKARRAY HKEX.RISKARRAY
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} futures Price of the future of the option's month, in points.
 * @param {any} strike Strike in points.
 * @param {any} days Calendar days to expiry. 0 on the last day.
 * @param {any} volatility Volatility a year, a fraction. 0 only for an option settled at its intrinsic value.
 * @param {any} settlement Option settlement price in points.
 * @param {any} psr Price scan range in points. The clearing house's margin rate of the future, in points.
 * @param {any} [multiplier] HK$ a point. Left out: 50.
 * @param {any} [vsr] Volatility scan range, a fraction. Left out: 0.07, seven volatility points.
 * @param {any} [lookahead] Days the scenarios look ahead. Left out: 1.
 * @returns {any[][]} 16 losses in one row, a gain below 0.
 */
export function hkexRiskArray(
  right: any,
  futures: any,
  strike: any,
  days: any,
  volatility: any,
  settlement: any,
  psr: any,
  multiplier?: any,
  vsr?: any,
  lookahead?: any,
): any[][] {
  return spill(() => [
    modelArray(
      ...scannedOption(right, futures, strike, days, volatility, settlement, psr, multiplier, vsr),
      looking(lookahead),
    ),
  ]);
}

/**
 * Composite delta of one long Hong Kong index option: its delta over seven price moves, weighted. An estimate.
 * @customfunction HKEX.DELTA HKEX.DELTA
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} futures Price of the future of the option's month, in points.
 * @param {any} strike Strike in points.
 * @param {any} days Calendar days to expiry. 0 on the last day.
 * @param {any} volatility Volatility a year, a fraction. 0 only for an option settled at its intrinsic value.
 * @param {any} settlement Option settlement price in points.
 * @param {any} psr Price scan range in points. The clearing house's margin rate of the future, in points.
 * @param {any} [multiplier] HK$ a point. Left out: 50.
 * @param {any} [vsr] Volatility scan range, a fraction. Left out: 0.07, seven volatility points.
 * @param {any} [lookahead] Days the scenarios look ahead. Left out: 1.
 * @returns {number} Delta of one long contract, below 0 for a put.
 */
export function hkexDelta(
  right: any,
  futures: any,
  strike: any,
  days: any,
  volatility: any,
  settlement: any,
  psr: any,
  multiplier?: any,
  vsr?: any,
  lookahead?: any,
): number {
  return answer(() =>
    compositeDelta(
      ...scannedOption(right, futures, strike, days, volatility, settlement, psr, multiplier, vsr),
      looking(lookahead),
    ),
  );
}

/**
 * Margin of one short Hong Kong index option alone, in HK$ for all lots: the worst of its 16 scenarios, the premium not added. An estimate; a book of several is HKEX.MARGIN.
 * @customfunction HKEX.SHORTMARGIN HKEX.SHORTMARGIN
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} futures Price of the future of the option's month, in points.
 * @param {any} strike Strike in points.
 * @param {any} days Calendar days to expiry. 0 on the last day.
 * @param {any} volatility Volatility a year, a fraction. 0 only for an option settled at its intrinsic value.
 * @param {any} settlement Option settlement price in points.
 * @param {any} psr Price scan range in points. The clearing house's margin rate of the future, in points.
 * @param {any} [multiplier] HK$ a point. Left out: 50.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [vsr] Volatility scan range, a fraction. Left out: 0.07, seven volatility points.
 * @param {any} [clientRatio] Client margin for one of the clearing house's. Left out: 1, which is not rounded; any other is rounded down to whole HK$.
 * @param {any} [shortOptionMinimum] Least margin of one short option in HK$. Left out: 0.
 * @returns {number} Margin in HK$.
 */
export function hkexShortMargin(
  right: any,
  futures: any,
  strike: any,
  days: any,
  volatility: any,
  settlement: any,
  psr: any,
  multiplier?: any,
  lots?: any,
  vsr?: any,
  clientRatio?: any,
  shortOptionMinimum?: any,
): number {
  return answer(() => {
    const [option, scan] = scannedOption(
      ...([right, futures, strike, days, volatility, settlement, psr, multiplier, vsr] as const),
    );
    return shortOptionMargin(
      asAmounts(modelArray(option, scan, HKEX_PROFILE)),
      lotsOf(lots),
      orElse(shortOptionMinimum, "shortOptionMinimum", "notNegative", "0"),
      orElse(clientRatio, "clientRatio", "aboveZero", "1"),
    );
  });
}

const empty = (cell: unknown): boolean => cell === null || cell === undefined || cell === "";

/** Cells in one line, whichever way the range lies. */
function inLine(rows: readonly (readonly unknown[])[], argument: string): readonly unknown[] {
  if (rows.every((row) => row.length <= 1)) return rows.map(([cell]) => cell);
  if (rows.length === 1) return rows[0] ?? [];
  throw new MarginError("outOfRange", { argument, value: rows, must: "sameRows" });
}

/**
 * Scan risk of some contracts with their risk arrays: the largest loss over the 16 scenarios, never below 0.
 * @customfunction MARGIN.SCANRISK MARGIN.SCANRISK
 * @param {any[][]} quantities Lots of each contract, long above 0 and short below, in one column.
 * @param {any[][]} arrays Risk arrays, a row of 16 losses for each quantity.
 * @returns {number} Scan risk in the arrays' currency.
 */
export function marginScanRisk(quantities: any[][], arrays: any[][]): number {
  return answer(() => {
    const lots = inLine(cellsOf(quantities, "quantities"), "quantities");
    const rows = cellsOf(arrays, "arrays");
    if (rows.length !== lots.length) {
      throw new MarginError("outOfRange", {
        argument: "quantities",
        value: lots.length,
        must: "sameRows",
        detail: String(rows.length),
      });
    }
    const positions = rows.flatMap((row, at): Scanned[] => {
      if (empty(lots[at]) && row.every(empty)) return [];
      return [
        {
          quantity: number(lots[at], "quantities"),
          array: row.map((cell) => number(cell, "arrays")),
        },
      ];
    });
    return scanRisk(positions);
  });
}

const MODES: Readonly<Record<string, OptionValueMode>> = {
  none: "none",
  不计: "none",
  short: "short",
  加市值: "short",
  net: "net",
  净值: "net",
};

function modeOf(value: unknown): OptionValueMode {
  const word = wordOf(value, "optionValue");
  // A blank cell reaches us as 0 on some hosts.
  if (word === 0 || empty(word)) return "none";
  const written = String(word).normalize("NFKC").trim().toLowerCase();
  const mode = Object.hasOwn(MODES, written) ? MODES[written] : undefined;
  if (mode) return mode;
  throw new MarginError("unknownName", { argument: "optionValue", value: word });
}

/** Rows of a table, each read or refused with its row's number. */
function readRows<R extends object, T>(
  rows: readonly (R | undefined)[],
  read: (row: R, at: number) => T,
): { read: T[]; wrong: MarginError[] } {
  const result: { read: T[]; wrong: MarginError[] } = { read: [], wrong: [] };
  rows.forEach((row, at) => {
    if (!row) return;
    try {
      result.read.push(read(row, at));
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      const { contract, product } = row as { contract?: unknown; product?: unknown };
      result.wrong.push(inRow(error, at, { contract: contract ?? product } as Row));
    }
  });
  return result;
}

const HEADER = [
  "组合商品 commodity",
  "扫描风险 scan risk",
  "最坏情景 worst scenario",
  "跨月收费 calendar charge",
  "短仓最低 short option minimum",
  "取决于 binds",
  "结算所保证金 clearing-house margin",
  "客户开仓 client initial",
  "客户维持 client maintenance",
  "配对情景 paired scenario",
  "时间风险 time risk",
  "波动风险 volatility risk",
  "价格风险 price risk",
  "净德尔塔 net delta",
  "品种间抵减 credit",
  "期权价值 option value",
];

const BINDS = {
  risk: "风险 risk",
  minimum: "短仓最低 short option minimum",
  longValue: "多头期权价值 long option value",
} as const;

const noRatio = (code: string): Error =>
  cellError(new MarginError("missing", { argument: "clientRatio", detail: code }));

function rowOf(one: CommodityMargin): Answer[] {
  const { scan, client, code } = one;
  return [
    ...[`${code} ${one.currency}`, scan.risk, scan.worst + 1],
    ...[one.calendarCharge, one.shortOptionMinimum, BINDS[one.binds], one.margin],
    ...[client?.initial ?? noRatio(code), client?.maintenance ?? noRatio(code)],
    ...[scan.pair + 1, scan.timeRisk, scan.volatilityRisk, scan.priceRisk],
    ...[one.netDelta, one.credit, one.optionValue],
  ];
}

/**
 * Margin of a book of Hong Kong index futures and options by risk arrays (SPAN-style), of the clearing house and of a client. Rows that cannot be read, and commodities that lack a charge or minimum, follow with their error, and there is no total then.
 * @customfunction HKEX.MARGIN HKEX.MARGIN
 * @param {any[][]} positions Positions with a header row. Columns contract (HSI24000L7), side, quantity, settlement, futures, volatility, expiry; or a1 to a16 and delta from the exchange's file.
 * @param {any[][]} parameters Parameters with a header row. Columns product, psr (points), vsr, multiplier, calendar charge, short option minimum, client ratio, minimum method (gross or larger).
 * @param {any} [on] Day of the prices, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [optionValue] How options' value counts, none, short or net. Left out: none, the risk margin alone.
 * @param {any[][]} [credits] Credits between products with a header row. Columns first, first ratio, second, second ratio, credit (a fraction), priority. Left out: none.
 * @returns {any[][]} One row for each combined commodity and the total, under a header row.
 */
export function hkexMargin(
  positions: any[][],
  parameters: any[][],
  on?: any,
  optionValue?: any,
  credits?: any[][],
): any[][] {
  return spill(() => {
    const [day, mode] = [dayOf(on), modeOf(optionValue)];
    const terms: RiskBookTerms = {
      ...{ rules: hkex, joins: JOINS, profile: HKEX_PROFILE, on: day, dayOfCell },
    };
    const typed = readRows(readRiskParameters(cellsOf(parameters, "parameters")), (row) =>
      typedParameters(row, terms),
    );
    if (typed.wrong[0]) throw typed.wrong[0];
    const codes = typed.read.map(({ product }) => product);
    const twice = codes.find((code, at) => codes.indexOf(code) !== at);
    if (twice) {
      throw new MarginError("notAllowed", {
        argument: "product",
        value: twice,
        detail: "productTwice",
      });
    }
    const creditCells = cellsOf(credits, "credits");
    const between = creditCells.every((row) => row.every((cell) => empty(cell) || cell === 0))
      ? { read: [], wrong: [] }
      : readRows(readRiskCredits(creditCells), (row, at) => typedCredit(row, at, hkex));
    if (between.wrong[0]) throw between.wrong[0];
    const held = readRows(readRiskPositions(cellsOf(positions, "positions")), (row) =>
      riskHolding(row, typed.read, terms),
    );
    const found = portfolioMargin(held.read, parametersFrom(typed.read, between.read, terms), {
      optionValue: mode,
    });
    // A commodity may lack the credit that one without an answer would have given it.
    const open = found.refused.length > 0 && between.read.length > 0;
    return [
      HEADER,
      ...rowsOf(found, held.wrong.length > 0 || open),
      ...held.wrong.map((error) => [cellError(error), ...REST]),
    ];
  });
}

const REST = HEADER.slice(1).map(() => "");

/** The commodities' rows and their total; there is none where a row cannot be read or a commodity has no answer. */
function rowsOf({ margins, refused }: PortfolioMargin, incomplete: boolean): Answer[][] {
  const rows = margins.map(rowOf).map(([name, ...rest]): Answer[] => {
    return [incomplete ? `${String(name)}（不完整 incomplete）` : (name as Answer), ...rest];
  });
  const open = refused.map(({ code, error }): Answer[] => {
    const cells: Answer[] = [code, ...REST];
    return cells.fill(cellError(error), 6, 9);
  });
  if (incomplete || open.length > 0) return [...rows, ...open];
  const { margin, client } = marginTotal(margins);
  const lacking = noRatio(margins.find((one) => !one.client)?.code ?? "");
  const total: Answer[] = ["合计 total HKD", ...REST];
  total[6] = margin;
  total[7] = client?.initial ?? lacking;
  total[8] = client?.maintenance ?? lacking;
  return [...rows, total];
}
