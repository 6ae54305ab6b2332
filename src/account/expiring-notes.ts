/** What the figures of an assumed assignment leave out. */
import type { Bilingual, Day } from "../core";

import { nets, type HeldFutures } from "./expiring-netting";
import type { AssignedLine, AssignedTonight } from "./expiring-tonight";

/** Contracts that are named one by one. */
const NAMED = 3;

export function notesOn(
  { assigned, netted }: Pick<AssignedTonight, "assigned" | "netted">,
  on: Day,
  held: HeldFutures,
  netting: boolean,
): readonly Bilingual[] {
  const notes: Bilingual[] = [];
  if (netted.length > 0) {
    const named = netted.slice(0, NAMED).map(({ why }) => why);
    const more = netted.length - named.length;
    notes.push({
      zh: `${named.map(({ zh }) => zh).join("")}${more > 0 ? `另有 ${more} 行也先轧平。` : ""}`,
      en: `${named.map(({ en }) => en).join(" ")}${more > 0 ? ` So are lots of ${more} more ${more === 1 ? "row" : "rows"}.` : ""}`,
    });
  }
  const some = (of: (one: AssignedLine) => boolean): boolean => assigned.some(of);
  if (some((one) => one.assigned.settles === "shares")) {
    notes.push({
      zh: "“之后”是交收完成后：资金随行权价收付，份额不算作资金；保证金到交收为止仍占用。份额只算账单列出的和备兑锁定的。",
      en: "“Then” is after delivery: strikes are paid and received, shares don't count as money, and the margin stays in use until then. Shares are those the statement lists or covered calls have locked.",
    });
  }
  if (some((one) => one.assigned.settles !== "shares")) {
    notes.push({
      zh: "期货和现金当晚结清：释放的保证金和首次盯市的盈利与所需在同一次结算里相抵，“缺”是抵减之后的。",
      en: "Futures and cash are settled that night: margin released and gains of the first marking meet what is needed in the same clearing; what is short is what they leave.",
    });
  }
  const guessed = ({ option: { side, line } }: AssignedLine): boolean =>
    side === "covered" && !line.position.lockedShares;
  if (some(guessed)) {
    notes.push({
      zh: "备兑锁定份数账单没有列的，按足额锁定计。",
      en: "Covered calls whose locked shares the statement doesn't print are taken as covered in full.",
    });
  }
  if (some((one) => one.assigned.settles === "cash")) {
    notes.push({
      zh: "股指期权到期按标的指数最后两小时的均价结算，这里用的是今天的指数。",
      en: "At expiry an index option is settled by the index's mean of the last two hours; here today's index is used.",
    });
  }
  const opposite = ({ option, assigned: { future } }: AssignedLine): boolean =>
    future !== undefined && nets(option.line, on) && held.against(future).greaterThan(0);
  if (!netting && some(opposite)) {
    notes.push({
      zh: "持有方向相反的期货：申请双向持仓对冲后，对冲的手数两边都不再占用保证金；这里没有对冲。",
      en: "There are futures held the other way: once set off against those from assignment, neither takes margin; here they are not set off.",
    });
  }
  return notes;
}
