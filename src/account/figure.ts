/** What one holding takes by the rules, with one rate and markup; or what keeps it from being worked out. */
import {
  amount,
  editionOn,
  MarginError,
  sentence,
  shortMargin,
  shortTotal,
  strikeAndUnit,
  type Amount,
  type Bilingual,
  type Contract,
  type Day,
  type RowMargin,
  type ShortContract,
} from "../core";
import type { Position } from "../statements";
import type { Figure, Gap, Line } from "./book";

const ZERO = amount("0");

/** A holding with its prices: what a figure is worked out from. */
export type Holding = Pick<
  Line,
  "position" | "kind" | "underlying" | "strike" | "unit" | "price" | "underlyingPrice"
> & {
  /** What is missing of it, whatever the rate. */
  readonly lacks: Gap | undefined;
};

/** The rate a figure is worked out with: `given` to the rule, or the rule's own. */
export type Charge =
  | {
      readonly given: Amount | undefined;
      /** The rate as shown: the given one, or the rule's own. */
      readonly rate: Amount | undefined;
      readonly markup: Amount;
      readonly gap?: undefined;
    }
  | { readonly gap: Gap };

export const gap = (what: Gap["what"], of: string, zh: string, en: string): Gap => ({
  what,
  of,
  why: { zh, en },
});

/** The answer, or the sentence of what refused it. */
export function tried<T>(answer: () => T): { value: T } | { refused: Bilingual } {
  try {
    return { value: answer() };
  } catch (error) {
    return refusal(error);
  }
}

/** The sentence of what refused an answer; a fault of our own is thrown on. */
export function refusal(error: unknown): { refused: Bilingual } {
  if (!(error instanceof MarginError)) throw error;
  return { refused: sentence(error) };
}

export const optionOf = ({ subject }: Position): Contract | undefined =>
  subject?.kind === "option" ? subject.contract : undefined;

/** The rate or coefficient an edition names itself; undefined where it is asked for. */
export function ruleRate(contract: Contract, on: Day): Amount | undefined {
  const edition = tried(() => editionOn(contract.rules, on, contract.product));
  if (!("value" in edition) || !edition.value.rate) return undefined;
  const own = edition.value.parameters[edition.value.rate.parameter];
  return own === undefined ? undefined : amount(own);
}

/** Strike and unit: the code's, else the printed ones. */
export function termsOf(
  contract: Contract,
  { contract: code, strike, multiplier }: Position,
): { strike: Amount; unit: Amount } | Gap {
  const terms = tried(() => strikeAndUnit(contract, { strike, unit: multiplier }));
  if ("value" in terms) return { strike: terms.value.strike, unit: terms.value.multiplier };
  if (!contract.adjusted) return { what: "terms", of: code, why: terms.refused };
  return gap(
    "terms",
    code,
    `${code} 是调整过的合约，代码里没有新的行权价和单位；账单没有印的，照合约公告在账户里“合约的行权价和单位”处补上，命令行用 --terms。`,
    `${code} was adjusted: its code doesn't tell the new strike and unit. What the statement lacks stands in the exchange's notice: enter it under “Strike and unit of contracts” in the account, or in a --terms table.`,
  );
}

const nothing = (branch: RowMargin["branch"]): Figure => ({
  margin: ZERO,
  branch,
  working: undefined,
  rate: undefined,
  markup: ZERO,
});

const noRule = (code: string): Figure => ({
  gap: gap(
    "rule",
    code,
    `${code} 没有可用的保证金规则，只能看账单印的数字。`,
    `No margin rule here covers ${code}; only printed figures count.`,
  ),
});

function coveredCall({ position, unit }: Holding): Figure {
  const contract = optionOf(position);
  const { contract: code, lockedShares, quantity } = position;
  if (contract?.rules.underlying !== "etf" || contract.right !== "call") {
    return {
      gap: gap(
        "terms",
        code,
        `${code} 不能备兑：只有 ETF 认购期权可以。核对备兑标志。`,
        `${code} can't be covered: only ETF calls can. Check its covered flag.`,
      ),
    };
  }
  if (lockedShares && !unit)
    return {
      gap: gap(
        "terms",
        code,
        `${code} 没有合约单位，备兑份数算不出。`,
        `${code} has no contract unit, so the shares it needs are left open.`,
      ),
    };
  if (!lockedShares || !unit || lockedShares.greaterThanOrEqualTo(unit.times(quantity))) {
    return nothing("covered");
  }
  return {
    gap: gap(
      "terms",
      code,
      `${code} 备兑不足：锁定 ${lockedShares.toFixed()} 份，须 ${unit.times(quantity).toFixed()} 份；补足，或按义务仓收保证金。`,
      `${code}: ${lockedShares.toFixed()} shares are locked, ${unit.times(quantity).toFixed()} are needed. Lock more, or it is margined as a short.`,
    ),
  };
}

/** The rule's own inputs of a short option, at a rate or its own; only for a holding that lacks nothing. */
export function ruleInputs(holding: Holding, rate?: Amount): ShortContract<Amount> | undefined {
  const contract = optionOf(holding.position);
  const { price, underlyingPrice, strike, unit } = holding;
  if (!contract || !price || !underlyingPrice || !strike || !unit) return undefined;
  return {
    right: contract.right,
    terms: { settlement: price, underlying: underlyingPrice, strike, multiplier: unit },
    product: contract.product,
    rate,
  };
}

function shortOption(holding: Holding, contract: Contract, charge: Charge, on: Day): Figure {
  if (charge.gap) return { gap: charge.gap };
  const { given, rate, markup } = charge;
  const inputs = ruleInputs(holding, given);
  const { position } = holding;
  if (!inputs) return noRule(position.contract);
  const terms = { lots: position.quantity, markup, on };
  const worked = tried(() => shortMargin(contract.rules, inputs, terms));
  if (!("value" in worked))
    return { gap: { what: "rule", of: position.contract, why: worked.refused } };
  const working = worked.value;
  return { margin: working.total, branch: working.branch, working, rate, markup };
}

/** A future: price × unit × rate × lots, either side. */
function future({ price, unit, position }: Holding, charge: Charge): Figure {
  if (charge.gap) return { gap: charge.gap };
  const { rate, markup } = charge;
  if (!price || !unit || !rate) return noRule(position.contract);
  const plain = price.times(unit).times(rate).times(position.quantity);
  return {
    margin: plain.times(markup.plus(1)),
    branch: "future",
    working: undefined,
    rate,
    markup,
  };
}

/** Whether a holding takes margin by a rate. */
export const takesMargin = ({ kind, position }: Pick<Holding, "kind" | "position">): boolean =>
  kind === "future" || (kind === "option" && position.side === "short");

export function figureOf(holding: Holding, charge: Charge, on: Day): Figure {
  const { position, kind, lacks } = holding;
  const { subject, side } = position;
  if (kind === "shares" && subject?.kind === "shares" && side === "long") return nothing("shares");
  const contract = optionOf(position);
  if (kind === "option" && contract) {
    if (side === "long") return nothing("long");
    if (side === "covered") return coveredCall(holding);
    return lacks ? { gap: lacks } : shortOption(holding, contract, charge, on);
  }
  if (kind !== "future") return noRule(position.contract);
  return lacks ? { gap: lacks } : future(holding, charge);
}

/** Whether a rule is asked for a holding's margin. */
const asksRule = ({ position, kind, lacks }: Holding): boolean =>
  kind === "option" && position.side === "short" && !lacks;

/** The margin of figureOf alone, for many attempts. */
export function marginBy(holding: Holding, charge: Charge, on: Day): Amount | undefined {
  const { position } = holding;
  const contract = optionOf(position);
  if (!contract || charge.gap || !asksRule(holding)) return figureOf(holding, charge, on).margin;
  const { given, markup } = charge;
  const inputs = ruleInputs(holding, given);
  if (!inputs) return undefined;
  const terms = { lots: position.quantity, markup, on };
  const worked = tried(() => shortTotal(contract.rules, inputs, terms));
  return "value" in worked ? worked.value : undefined;
}

type Worked = Exclude<Figure, { readonly gap: Gap }>;

/** The same as figureOf; a short option's working is worked out when somebody looks at it. */
export function unworkedFigure(holding: Holding, charge: Charge, on: Day): Figure {
  const margin = charge.gap || !asksRule(holding) ? undefined : marginBy(holding, charge, on);
  // Why there is none, and figures without a rule, are soon told.
  if (charge.gap || !margin) return figureOf(holding, charge, on);
  const { rate, markup } = charge;
  let whole: Worked | undefined;
  // What has a margin has a working.
  const worked = (): Worked => (whole ??= figureOf(holding, charge, on) as Worked);
  return {
    margin,
    rate,
    markup,
    get branch() {
      return worked().branch;
    },
    get working() {
      return worked().working;
    },
  };
}
