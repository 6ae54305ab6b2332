/**
 * The steps that underlyings are quoted in. Left out where no source was sure: a search for a price then goes
 * by 0.01 % of today's.
 */
import { amount, type Amount } from "../core/number";
import type { Citation } from "../core/rule";
import type { PositionHeld } from "../core/scenario";

export const TICK_SOURCE: Citation = {
  title: {
    zh: "2021 年国内期货品种交易单位及最小变动价位表（网页）",
    en: "a table of mainland futures' units and ticks of 2021 (web page)",
  },
  article: { zh: "最小变动价位", en: "tick size" },
  url: "http://m.30363.net/html/202107-6/20210706161843.htm",
  certainty: "weak",
  asOf: "2021-07-06",
  note: {
    zh: "有色、贵金属、螺纹、橡胶、TA、SR、CF、OI 见于该表，m、c、y、p 见于其他网页，i、sc 只见于公开代码；其余品种、ETF 0.001 元、指数 0.01 点和其后上市的品种凭记忆；查到聚乙烯、聚氯乙烯有 5 与 1 两种说法，取较新的 1；碳酸锂改过，未收录",
    en: "base and precious metals, rebar, rubber, TA, SR, CF and OI stand in that table, m, c, y and p on other pages, i and sc in public code only; other products, ETFs at 0.001 yuan, indices at 0.01 points and products listed later are from memory; polyethylene and PVC are given as 5 and as 1, the newer 1 is taken; lithium carbonate's has changed and is left out",
  },
};

/** Futures' products by tick. */
const FUTURES: readonly (readonly [tick: string, products: string])[] = [
  ["0.02", "AU"],
  ["0.1", "SC"],
  ["0.2", "ZC IF IH IC IM"],
  ["0.5", "I"],
  ["1", "M C CS PG L V PP A B EG EB JD RB AG AO SR MA RM OI SH SA FG UR AP"],
  ["2", "P Y TA PX PF PK SM SF"],
  ["5", "LH AL ZN PB RU BR CF CJ SI PS"],
  ["10", "CU NI SN"],
];

const byProduct: ReadonlyMap<string, Amount> = new Map(
  FUTURES.flatMap(([tick, products]) =>
    products.split(" ").map((product) => [product, amount(tick)] as const),
  ),
);
const ETF = amount("0.001");
const INDEX = amount("0.01");

/** The letters of a future's code, behind an exchange's name where there is one. */
const LETTERS = /^(?:[A-Z]+\.)?([A-Z]{1,2})\d/i;

/** The tick of what a position moves with; undefined where not known. */
export function underlyingTick(position: PositionHeld): Amount | undefined {
  if (position.kind === "shares") return ETF;
  if (position.kind === "future") {
    return byProduct.get(LETTERS.exec(position.label)?.[1]?.toUpperCase() ?? "");
  }
  const { rules, product = "" } = position;
  if (rules.underlying === "etf") return ETF;
  return rules.underlying === "index" ? INDEX : byProduct.get(product.toUpperCase());
}
