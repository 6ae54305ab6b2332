import { digits, type Amount } from "./number";
import { clientCall, type ClientMargin } from "./scan-margin";
import type { Bilingual } from "./terms";

/** A figure with its thousands apart. */
const grouped = (n: Amount): string => {
  const [whole = "", ...rest] = digits(n).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
};

/**
 * A client's call as a sentence: what equity is measured by, and the money to add.
 *
 * @example clientCallSentence(amount("91000"), clientMargin(amount("86000"), amount("1.33")), "HKD").en
 * // "margin call: equity of HKD 91,000 is below client maintenance margin of 91,504; add 23,380 to come back to client initial margin of 114,380"
 */
export function clientCallSentence(
  equity: Amount,
  client: ClientMargin,
  currency: string,
): Bilingual {
  const { called, toAdd } = clientCall(equity, client);
  const [has, keep, open] = [equity, client.maintenance, client.initial].map(grouped);
  return called
    ? {
        zh: `追加保证金：权益 ${currency} ${has} 低于客户维持保证金 ${keep}，追加 ${grouped(toAdd)} 补到客户开仓保证金 ${open}`,
        en: `margin call: equity of ${currency} ${has} is below client maintenance margin of ${keep}; add ${grouped(toAdd)} to come back to client initial margin of ${open}`,
      }
    : {
        zh: `不追加：权益 ${currency} ${has} 不低于客户维持保证金 ${keep}`,
        en: `no call: equity of ${currency} ${has} is not below client maintenance margin of ${keep}`,
      };
}
