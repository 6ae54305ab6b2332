/** A row that breaks, put to the broker: what was charged, what the rule gives, and with which figures. */
import type { Reconciliation, ReconciledRow } from "../account";
import { digits, type Amount } from "../core";
import { masked } from "../statements";
import { rateText } from "./figures";
import type { Language } from "./language";
import { RECONCILE_TEXTS } from "./texts-reconcile";

/** Outside the pane a figure has a plain minus and no groups: it can be pasted into a cell. */
const plain = (value: Amount | undefined): string => value?.toFixed(2) ?? "—";
const signed = (value: Amount | undefined): string =>
  value?.greaterThan(0) ? `+${plain(value)}` : plain(value);

/** "m2701-P-2900 卖 10 手 …", one line a thought. */
export function questionText(
  { account, day, rule }: Reconciliation,
  row: ReconciledRow,
  language: Language,
): string {
  const texts = RECONCILE_TEXTS[language];
  const { position, held, printed, ours, difference, rate, text } = row;
  const facts: readonly (readonly [string, Amount | undefined])[] = [
    [texts.fact.price, held.price],
    [texts.fact.underlying, held.underlyingPrice],
    [texts.fact.unit, held.unit],
    [texts.fact.strike, held.kind === "option" ? held.strike : undefined],
  ];
  const taken = [
    ...facts.flatMap(([name, value]) => (value ? [`${name} ${digits(value)}`] : [])),
    ...(rate ? [`${texts.fact.rate} ${rateText(rate)}`] : []),
  ];
  const { question } = texts;
  return [
    question.head(day ?? "", account?.id === undefined ? "" : masked(account.id)),
    question.row(position.contract, texts.side[position.side], digits(position.quantity)),
    question.figures(plain(printed), plain(ours), signed(difference)),
    question.rule(rule.sentence[language]),
    ...(taken.length > 0 ? [question.with(taken.join(texts.comma))] : []),
    text[language],
    question.ask,
  ].join("\n");
}
