/** The nouns of the field, shared by rules, readers and functions. */

/** A text in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** 认购/认沽, 看涨/看跌. */
export type Right = "call" | "put";

/** 权利仓, 义务仓, 备兑. */
export type Side = "long" | "short" | "covered";

/**
 * What a margin formula may ask for, all above zero:
 * - settlement: the option's price per quoted unit (previous settlement, settlement or live)
 * - underlying: the price of the ETF, index or future per quoted unit
 * - strike: 行权价格 per quoted unit
 * - multiplier: 合约单位/合约乘数
 * - rate: the exchange's futures margin rate, a fraction
 */
export type Term = "settlement" | "underlying" | "strike" | "multiplier" | "rate";

/** How sure a figure is: found in a source, found in a weak source, or from memory. */
export type Certainty = "confirmed" | "weak" | "unverified";

/** "认购 call" and so on, for tables that show both languages. */
export const both = ({ zh, en }: Bilingual): string => `${zh} ${en}`;

const RIGHTS = new Map<string, Right>(
  Object.entries({
    c: "call",
    call: "call",
    认购: "call",
    认购期权: "call",
    看涨: "call",
    看涨期权: "call",
    购: "call",
    p: "put",
    put: "put",
    认沽: "put",
    认沽期权: "put",
    看跌: "put",
    看跌期权: "put",
    沽: "put",
  }),
);

const SIDES = new Map<string, Side>(
  Object.entries({
    short: "short",
    s: "short",
    sell: "short",
    卖: "short",
    卖出: "short",
    空: "short",
    空头: "short",
    义务: "short",
    义务仓: "short",
    义务方: "short",
    long: "long",
    l: "long",
    b: "long",
    buy: "long",
    买: "long",
    买入: "long",
    多: "long",
    多头: "long",
    权利: "long",
    权利仓: "long",
    权利方: "long",
    covered: "covered",
    备兑: "covered",
    备兑仓: "covered",
  }),
);

const word = (value: unknown): string =>
  typeof value === "string" ? value.normalize("NFKC").replace(/\s+/g, "").toLowerCase() : "";

/** What a word stands for: as it is written mostly, else in any case and width. */
const read = <T>(words: ReadonlyMap<unknown, T>, value: unknown): T | undefined =>
  words.get(value) ?? words.get(word(value));

/** Reads C, P, call, put, 认购, 认沽, 看涨, 看跌 in any case. */
export const readRight = (value: unknown): Right | undefined => read(RIGHTS, value);

/** Reads short, long, covered, 卖, 买, 义务, 权利, 备兑 in any case. */
export const readSide = (value: unknown): Side | undefined => read(SIDES, value);
