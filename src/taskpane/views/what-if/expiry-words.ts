/** Options and what becomes of them, in words. */
import type { ExpiringLine, IfAssigned } from "../../../account";
import { moneyText, plainText, UNKNOWN } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { ExpiryTexts } from "../../texts-expiry";

/** Words with their figure, which stay on one line. */
export const kept = (...said: Child[]): Described => h("span", { class: "keep" }, ...said);

/** What assignment means: shares against the strike, cash, or a future at the strike. */
export function meaning(
  { settles, shares, cash, future }: IfAssigned,
  { line }: ExpiringLine,
  texts: ExpiryTexts,
): string {
  if (future) {
    return texts.future(
      future.side,
      future.contract,
      plainText(future.lots),
      plainText(future.strike),
    );
  }
  const money = cash.value;
  if (settles === "shares") {
    const code = line.underlying ?? line.position.contract;
    const told = shares.isNegative() ? texts.delivers : texts.takes;
    return told(plainText(shares.abs()), code, moneyText(money?.abs()));
  }
  if (!money) return texts.pays(UNKNOWN);
  return money.isZero() ? texts.paysNothing : texts.pays(moneyText(money.abs()));
}
