/** Everything that can be wrong with a file, as sentences: what happened, with the value; what it means. */
import type { Bilingual } from "../core";
import { withoutAccounts } from "./mask";
import type { Place } from "./statement";

interface Said extends Bilingual {
  /** Good to know; the totals stand. */
  readonly notice?: true;
}

const SAID = {
  notAStatement: {
    zh: "没认出 {file}：不是已知的结算单，也没有合约和手数两列。在任务窗格里可以手工指定列；用命令行时，先把列名改成“合约”“手数”。",
    en: "{file} isn't a known statement and has no contract and quantity columns. In the task pane you can map the columns; for the command line, name them contract and quantity first.",
  },
  twoFormats: {
    zh: "{file} 像 {choices}，请选一个。",
    en: "{file} could be {choices}. Choose one.",
  },
  truncated: {
    zh: "{file} 在第 {row} 行中断，已读 {read} 行，合计不完整。",
    en: "{file} stops at row {row}; {read} rows read, totals are incomplete.",
  },
  encoding: {
    zh: "{file} 的文字读不出来（既非 UTF-8 也非 GB18030）。从软件里重新导出一份。",
    en: "The text of {file} is neither UTF-8 nor GB18030. Export it again from the source.",
  },
  brokenCharacters: {
    zh: "第 {row} 行有读不出来的字，合计不完整。",
    en: "Row {row} holds characters that can't be read; totals are incomplete.",
  },
  password: {
    zh: "{file} 有密码。在 Excel 里另存一份不加密的再导入。",
    en: "{file} is password-protected. Save a copy without it and import that.",
  },
  tooLarge: {
    zh: "{file} 有 {size} MB，上限 {limit} MB。按月或按账户分开。",
    en: "{file} is {size} MB; the limit is {limit} MB. Split it by month or account.",
  },
  empty: { zh: "{file} 是空的。", en: "{file} is empty." },
  unreadableWorkbook: {
    zh: "{file} 损坏或不完整，打不开。重新下载或导出一份。",
    en: "{file} is damaged or cut off and can't be opened. Download or export it again.",
  },
  unreadableZip: {
    zh: "{file} 损坏或不完整，解不开。重新下载一份。",
    en: "{file} is damaged or cut off and can't be unpacked. Download it again.",
  },
  notParameters: {
    zh: "{file} 不是认识的风险参数文件（.spn 或 U2 定长文本）。",
    en: "{file} is no risk-parameter file that is known (.spn, or fixed columns of format U2).",
  },
  unknownLayout: {
    zh: "{file} 的格式是“{raw}”，只认识 U2；没有读。",
    en: "{file} has the format “{raw}”; only U2 is known, so it was not read.",
  },
  unverifiedLayout: {
    zh: "{file} 按 U2 的列位读出，这种读法还没有用真实文件核对过；先抽几个合约和交易所公布的数字对一下。",
    en: "{file} was read by the columns of format U2, which no real file has confirmed yet; compare a few contracts with the exchange's figures first.",
    notice: true,
  },
  parametersCut: {
    zh: "{file} 在第 {row} 行中断，已读 {read} 个合约；后面的没有读到，合计不完整。",
    en: "{file} stops at row {row}; {read} contracts read, the rest is missing and totals are incomplete.",
  },
  damagedMarkup: {
    zh: "{file} 第 {row} 行的标记坏了：{raw}。其后没有读，合计不完整。",
    en: "The markup of {file} is damaged in row {row}: {raw}. Nothing after it was read; totals are incomplete.",
  },
  moreThanOneFile: {
    zh: "{file} 里有几个参数文件，只读了第一个；“{raw}”没有读。",
    en: "{file} holds several parameter files; the first was read, “{raw}” was not.",
  },
  arrayLength: {
    zh: "第 {row} 行 {raw} 的风险阵列有 {count} 个值，应有 {expected} 个；没有读。",
    en: "Row {row}: the array of {raw} has {count} values where {expected} are due; it was not read.",
  },
  unknownCurrency: {
    zh: "第 {row} 行 {of} 的币种“{raw}”不认识；它的参数没有用。",
    en: "Row {row}: “{raw}”, the currency of {of}, isn't known; its parameters were not used.",
  },
  noCommodity: {
    zh: "{raw} 不属于文件里任何一个组合商品，它的阵列没有用。",
    en: "{raw} belongs to no combined commodity of the file; its arrays were not used.",
  },
  noDecimals: {
    zh: "第 {row} 行 {raw} 的价格有几位小数，文件没有说；没有读。",
    en: "Row {row}: the file doesn't say how many decimals prices of {raw} have; it was not read.",
  },
  unsupportedRule: {
    zh: "第 {row} 行 {of} 的规则“{raw}”还不会算，合计不完整。",
    en: "Row {row}: the rule “{raw}” of {of} can't be worked out yet; totals are incomplete.",
  },
  openQuote: {
    zh: "第 {row} 行的引号没有配对，其后的行可能没有读到。",
    en: "A quotation mark in row {row} has no partner; rows after it may not have been read.",
  },
  twoAccounts: {
    zh: "这些文件属于 {count} 个账户，已分开显示，不合计。",
    en: "These files belong to {count} accounts: kept apart, not totalled.",
    notice: true,
  },
  severalDays: {
    zh: "账户有 {count} 天的结算单，持仓取最后一天 {day}。",
    en: "The account has statements of {count} days; positions are those of the last, {day}.",
    notice: true,
  },
  unknownTable: {
    zh: "“{raw}”这张表没有读：不认识它的列。",
    en: "The table “{raw}” was not read: its columns aren't known.",
    notice: true,
  },
  eventRow: {
    zh: "第 {row} 行“{raw}”没有数量，不是成交。",
    en: "Row {row} “{raw}” has no quantity: it is no trade.",
    notice: true,
  },
  marginAboveAccount: {
    zh: "持仓保证金合计 {rows}，账户只占用 {printed}：可能是单边大边或组合优惠。",
    en: "Position margins add up to {rows}, the account uses {printed}: larger-side or combination relief may apply.",
    notice: true,
  },
  notANumber: {
    zh: "第 {row} 行“{column}”不是数字：“{raw}”。",
    en: "Row {row}: {column} is no number: “{raw}”.",
  },
  missing: {
    zh: "第 {row} 行缺“{column}”。",
    en: "Row {row}: {column} is missing.",
  },
  outOfRange: {
    zh: "第 {row} 行“{column}”不合理：“{raw}”。",
    en: "Row {row}: {column} can't be “{raw}”.",
  },
  notADay: {
    zh: "第 {row} 行“{column}”不是日期：“{raw}”。",
    en: "Row {row}: {column} is no day: “{raw}”.",
  },
  noDay: {
    zh: "文件里没有日期；合约 {raw} 要有日期才能读准。",
    en: "The file has no day; contract {raw} can only be read with one.",
  },
  unknownSide: {
    zh: "第 {row} 行分不清买卖方向：“{raw}”。",
    en: "Row {row}: “{raw}” is neither buy nor sell.",
  },
  noSide: {
    zh: "表里没有买卖方向，先全部按卖方（义务仓）计。",
    en: "The table has no side column: every row is taken as short for now.",
  },
  unknownContract: {
    zh: "第 {row} 行的合约没认出来：{why}",
    en: "Row {row}: the contract was not recognised: {why}",
  },
  contradiction: {
    zh: "第 {row} 行“{column}”是 {raw}，合约代码却是 {expected}。",
    en: "Row {row}: {column} is {raw}, but the contract code says {expected}.",
  },
  signAgainstSide: {
    zh: "第 {row} 行“{column}”是 {raw}，方向却写着“{expected}”。",
    en: "Row {row}: {column} is {raw}, but its side says “{expected}”.",
  },
  longCharged: {
    zh: "第 {row} 行 {raw} 是权利仓（买方），却印有保证金 {printed}。",
    en: "Row {row}: {raw} is a long option, yet a margin of {printed} is printed.",
  },
  rowShape: {
    zh: "第 {row} 行有 {cells} 格，表头有 {expected} 格，没有读。",
    en: "Row {row} has {cells} cells under {expected} headers and was not read.",
  },
  missingColumn: {
    zh: "第 {row} 行起的表缺“{column}”一列，没有读。",
    en: "The table from row {row} has no column {column} and was not read.",
  },
  duplicateRow: {
    zh: "第 {row} 行与第 {first} 行完全相同，两行都计入。",
    en: "Row {row} repeats row {first}; both are counted.",
  },
  noTotalRow: {
    zh: "第 {row} 行起的表没有合计行，可能少了行。",
    en: "The table from row {row} has no total row; rows may be missing.",
  },
  totalDiffers: {
    zh: "{column}：逐行相加 {rows}，账单合计 {printed}，差 {difference}。",
    en: "{column}: the rows add up to {rows}, the statement prints {printed}, a difference of {difference}.",
  },
  detailDiffers: {
    zh: "{raw} 的{column}：持仓明细 {rows}，持仓汇总 {printed}。",
    en: "{raw}, {column}: {rows} in the detail, {printed} in the summary.",
  },
  bothSidesMargin: {
    zh: "第 {row} 行 {raw} 买卖双向持仓合用一个保证金 {printed}，分不到每一边。",
    en: "Row {row}: both sides of {raw} share one margin of {printed}; it can't be split.",
    notice: true,
  },
  twoSettlements: {
    zh: "第 {row} 行 {raw} 的结算价是 {printed}，前面的行却是 {expected}：各行按自己印的价算，别处要用 {raw} 的价格时哪个都不取，以填入的为准。",
    en: "Row {row}: the settlement of {raw} is {printed}, but {expected} in a row before: each row counts by its own; where its price is needed elsewhere neither is taken, but the one you enter.",
  },
  marketValueDiffers: {
    zh: "第 {row} 行 {raw} 的市值 {printed} 与 价格 × 手数 × 单位 {expected} 不符。",
    en: "Row {row}: market value {printed} of {raw} is not price × lots × unit, {expected}.",
  },
  noFigure: {
    zh: "账户资金里没有“{column}”。",
    en: "The account section has no {column}.",
  },
  figureTwice: {
    zh: "“{column}”出现两次，数字不同：{raw}。",
    en: "{column} is printed twice with different figures: {raw}.",
  },
  balanceDiffers: {
    zh: "{column}应为 {expected}，账单是 {printed}，差 {difference}。",
    en: "{column} should be {expected}, the statement prints {printed}, a difference of {difference}.",
  },
  riskDegreeDiffers: {
    zh: "风险度印的是 {printed}，按保证金和权益算是 {expected}。",
    en: "The risk degree is printed as {printed}; margin and equity give {expected}.",
  },
  availableTooHigh: {
    zh: "可用资金 {printed} 高于权益减保证金 {expected}。",
    en: "Funds available {printed} are above equity less margin, {expected}.",
  },
} as const satisfies Record<string, Said>;

export type ProblemCode = keyof typeof SAID;

/** What a sentence is filled with: figures, codes, names. */
export type Facts = Readonly<Record<string, string | number | Bilingual>>;

export interface Problem extends Place {
  readonly code: ProblemCode;
  readonly file: string;
  /** The text that could not be read, as it stands in the file. */
  readonly raw: string | undefined;
  /** Good to know, nothing is missing from the totals. */
  readonly notice: boolean;
  readonly text: Bilingual;
}

const LONGEST = 60;

const shorten = (raw: string): string => (raw.length > LONGEST ? `${raw.slice(0, LONGEST)}…` : raw);

/** A reason stays whole, but for a long text of the file that it repeats. */
const reason = (text: string, raw: string): string =>
  raw.length > LONGEST ? text.split(raw).join(shorten(raw)) : text;

/** Where a problem stands, before its sentence, unless the sentence says so itself. */
export function placeSaid({ code, sheet, row }: Problem, rowSaid: (row: number) => string): string {
  const isSaid = SAID[code].zh.includes("{row}");
  const parts = [sheet, row === undefined || isSaid ? undefined : rowSaid(row)].filter(Boolean);
  return parts.length === 0 ? "" : `${parts.join(" ")} · `;
}

export function problem(code: ProblemCode, file: string, place: Place, facts: Facts): Problem {
  const said: Said = SAID[code];
  const all: Facts = {
    file: withoutAccounts(file),
    ...(place.row === undefined ? {} : { row: place.row }),
    ...(place.column === undefined ? {} : { column: place.column }),
    ...facts,
  };
  const fill = (language: "zh" | "en"): string =>
    said[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const fact = all[name];
      if (typeof fact === "object") return reason(fact[language], String(facts["raw"] ?? ""));
      return shorten(String(fact ?? "?"));
    });
  const { raw } = facts;
  return {
    code,
    file,
    sheet: place.sheet,
    row: place.row,
    column: place.column,
    raw: raw === undefined || typeof raw === "object" ? undefined : String(raw),
    notice: said.notice ?? false,
    text: { zh: fill("zh"), en: fill("en") },
  };
}
