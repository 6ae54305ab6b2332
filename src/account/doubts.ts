/** What a broker prints of an account's standing that its other figures don't bear out. */
import { amount, digits, type Amount, type Bilingual } from "../core";
import { contradictsDegree, type Account } from "../statements";
import { apartOf, togetherOf, type HeldSet } from "./sets";

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

/** What rounding can leave of a printed figure. */
const FEN = amount("0.01");
const MOST_NAMED = 3;

/**
 * Whether some set was charged more than what is worked out counts for it, or other than its rule says: a sum of these
 * figures may be too small.
 */
export const mayBeTooSmall = (sets: readonly HeldSet[]): boolean =>
  setDoubts(sets).length > 0 ||
  sets.some((set) => {
    const { printed, saved } = set;
    return !saved.broker && Boolean(printed && apartOf(set, "broker")?.lessThan(printed));
  });

/** Sets whose printed margin is another than the rule's on the broker's standard. */
export function setDoubts(sets: readonly HeldSet[]): readonly Bilingual[] {
  const differing = sets.flatMap((set) => {
    // Of a set that only the charges tell, nothing but these is printed.
    const rule = set.from === "statement" ? togetherOf(set, "broker") : undefined;
    const { printed } = set;
    if (!rule || !printed || printed.minus(rule).abs().lessThanOrEqualTo(FEN)) return [];
    return [{ ...set, printed, rule }];
  });
  const named = differing.slice(0, MOST_NAMED).map(({ id, strategy, legs, printed, rule }) => {
    const name = [id, strategy ?? legs.map(({ position }) => position.contract).join(" + ")];
    const words = { name: name.filter(Boolean).join(" "), of: printed.toFixed(2) };
    return { ...words, by: rule.toFixed(2) };
  });
  if (named.length === 0) return [];
  const more = differing.length - named.length;
  const zh = named.map(({ name, of, by }) => `${name} 账单 ${of}、规则 ${by}`).join("；");
  const en = named.map(({ name, of, by }) => `${name} ${of}, by the rule ${by}`).join("; ");
  return [
    {
      zh: `组合保证金账单所印与规则不同：${zh}${more > 0 ? `；另有 ${more} 组` : ""}。重算的合计按规则，重算的状态不说“正常”。核对公司参数、价格和这些组合的规则。`,
      en: `The statement's margin of sets is another than the rule's: ${en}${more > 0 ? `; and ${more} more` : ""}. What is worked out here goes by the rule and is never called normal. Check the broker profile, the prices and the rules of these sets.`,
    },
  ];
}
