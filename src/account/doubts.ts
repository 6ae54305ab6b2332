/** What a broker prints of an account's standing that its other figures don't bear out. */
import { digits, type Amount, type Bilingual } from "../core";
import { contradictsDegree, type Account } from "../statements";

const percent = (fraction: Amount): string => `${digits(fraction.times(100).toDecimalPlaces(2))}%`;

/** Whether the broker asks for money on paper. */
export const saysCalled = (account: Account | undefined): boolean =>
  account?.figures.marginCall?.greaterThan(0) ?? false;

export function doubtsOf(
  account: Account | undefined,
  ratio: Amount | undefined,
): readonly Bilingual[] {
  const { marginCall, riskDegree } = account?.figures ?? {};
  const doubts: Bilingual[] = [];
  const ours = ratio ? percent(ratio) : undefined;
  if (marginCall && saysCalled(account)) {
    const money = marginCall.toFixed(2);
    doubts.push({
      zh: `账单列有应追加资金 ${money}：公司已要求追保，不看这里的线。${ours ? `这里算出的风险度是 ${ours}，` : ""}核对账单和公司参数里的线。`,
      en: `The statement prints a margin call of ${money}: the broker has called, whatever the lines here.${ours ? ` The ratio here is ${ours}.` : ""} Check the statement, and the lines of the broker profile.`,
    });
  }
  if (account && riskDegree && contradictsDegree(account.figures)) {
    const printed = percent(riskDegree);
    doubts.push({
      zh: `账单印的风险度 ${printed} 与它的保证金和权益对不上，所以不说“正常”。${ours ? `这里算出的是 ${ours}。` : ""}向公司核对。`,
      en: `The printed risk degree of ${printed} follows from none of the statement's own figures, so nothing is called normal.${ours ? ` Here it is ${ours}.` : ""} Check with the broker.`,
    });
  }
  return doubts;
}
