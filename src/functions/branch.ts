/** Which part of a rule set a figure, as a cell shows it. */
import type { Bilingual, Branch, RowMargin } from "../core";

export const BRANCH: Readonly<Record<Branch | RowMargin["branch"], Bilingual>> = {
  basic: { zh: "基本部分", en: "basic" },
  minimum: { zh: "最低保障", en: "minimum" },
  cap: { zh: "封顶", en: "cap" },
  long: { zh: "权利仓", en: "long" },
  covered: { zh: "备兑", en: "covered" },
  future: { zh: "期货", en: "future" },
  shares: { zh: "ETF 份额", en: "ETF shares" },
};
