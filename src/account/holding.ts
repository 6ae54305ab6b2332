/** A position seen with what its contract says: exchange, product, strike, unit, and its prices. */
import { drained, findExchange, Pace, type Bilingual, type RuleSet } from "../core";
import { exchanges } from "../exchanges";
import type { Position } from "../statements";
import type { Line } from "./book";
import { gap, optionOf, takesMargin, termsOf, type Holding } from "./figure";
import type { Charged } from "./charge";
import type { PriceList } from "./price";

/** A holding with the names it is shown and added up by. */
export type Held = Charged & Pick<Line, "id" | "exchange" | "product">;

function kindOf({ subject }: Position): Line["kind"] {
  switch (subject?.kind) {
    case "option":
    case "future":
      return subject.kind;
    case "shares":
    case "security":
      return "shares";
    default:
      return "other";
  }
}

/** The exchange whose rules or products hold for a position; a printed name where its code tells none. */
function rulesOf({ subject, exchange }: Position): RuleSet | undefined {
  if (subject?.kind === "option") return subject.contract.rules;
  const product =
    subject?.kind === "future" || subject?.kind === "shares" ? subject.product : undefined;
  const listing = product && exchanges.find(({ products }) => products.includes(product));
  return listing ?? findExchange(exchange, exchanges);
}

const LETTERS = /^[A-Za-z]{1,2}(?=\d)/;

function productOf(
  { subject, contract }: Position,
  rules: RuleSet | undefined,
): { code: string; name: Bilingual } | undefined {
  if (subject?.kind === "option") {
    const { product, terms } = subject.contract;
    const code = product;
    return { code, name: { zh: terms?.zh ?? code, en: terms?.en ?? code } };
  }
  if (subject?.kind === "future" || subject?.kind === "shares") {
    const code = subject.product?.code ?? LETTERS.exec(contract)?.[0];
    return code
      ? { code, name: { zh: subject.product?.zh ?? code, en: subject.product?.en ?? code } }
      : undefined;
  }
  if (subject?.kind !== "otherOption" && subject?.kind !== "otherFuture") return undefined;
  const code = subject.underlying;
  return rules ? undefined : { code, name: { zh: code, en: code } };
}

function underlyingOf(position: Position): string | undefined {
  const { subject, contract } = position;
  switch (subject?.kind) {
    case "option":
      return subject.contract.underlying;
    case "future":
      return contract;
    case "shares":
      return subject.product.code;
    case "otherOption":
    case "otherFuture":
      return subject.underlying;
    default:
      return undefined;
  }
}

/** Strike and unit of a position, or why not. */
function terms(position: Position): Pick<Holding, "strike" | "unit" | "lacks"> {
  const { strike, multiplier, contract: code } = position;
  const contract = optionOf(position);
  if (!contract) {
    const lacks =
      kindOf(position) === "future" && !multiplier
        ? gap(
            "terms",
            code,
            `不知道 ${code} 的合约乘数，保证金算不出。在账户里“合约的行权价和单位”处补单位，命令行用 --terms 的表（一行 ${code},,单位）；导入的是表格时，也可以加一列合约乘数。`,
            `The multiplier of ${code} isn't known, so its margin is left open. Give its unit under “Strike and unit of contracts” in the account, or in a --terms table (a line “${code},,unit”); a table that is imported may have a multiplier column.`,
          )
        : undefined;
    return { strike, unit: multiplier, lacks };
  }
  const read = termsOf(contract, position);
  if ("what" in read) {
    return { strike: contract.strike ?? strike, unit: multiplier ?? contract.unit, lacks: read };
  }
  return { ...read, lacks: undefined };
}

const noUnderlyingPrice = (code: string) =>
  gap(
    "price",
    code,
    `缺 ${code} 的价格，按规则的保证金先不下结论。填入价格，命令行用 --prices。`,
    `The price of ${code} is missing; margin by the rules is left open. Enter the price; on the command line, in --prices.`,
  );

/** A position seen with what its contract says, without the name that tells it from others. */
export function holdingOf(position: Position, list: PriceList): Omit<Held, "id"> {
  const rules = rulesOf(position);
  const product = productOf(position, rules);
  const kind = kindOf(position);
  const underlying = underlyingOf(position);
  const isFuture = kind === "future";
  const price =
    list.of(position) ?? (isFuture ? list.ofUnderlying(position.contract)?.price : undefined);
  const underlyingPrice = isFuture
    ? price
    : underlying === undefined
      ? undefined
      : list.ofUnderlying(underlying, position)?.price;
  const { strike, unit, lacks } = terms(position);
  const needed = takesMargin({ kind, position });
  const missing = !needed
    ? undefined
    : !price
      ? list.gap(position)
      : !underlyingPrice && underlying !== undefined
        ? noUnderlyingPrice(underlying)
        : undefined;
  return {
    position,
    kind,
    exchange: rules && { code: rules.exchange, name: rules.name },
    product,
    productCode: product?.code,
    underlying,
    strike,
    unit,
    price,
    underlyingPrice,
    lacks: lacks ?? missing,
  };
}

/** A row's part in reading what its contract says, and what it says of its underlying. */
const READING = 0.3;
const NOTING = 0.05;

/** Every position as a holding; the same contract and side may stand in a statement twice (投机, 套保). */
export const holdingsIn = (positions: readonly Position[], list: PriceList): readonly Held[] =>
  drained(holdingsInSteps(positions, list, new Pace()));

export function* holdingsInSteps(
  positions: readonly Position[],
  list: PriceList,
  pace: Pace,
): Generator<void, readonly Held[]> {
  for (const position of positions) {
    const underlying = underlyingOf(position);
    if (underlying !== undefined) list.note(underlying, position);
    if (pace.due(NOTING)) yield;
  }
  const seen = new Map<string, number>();
  const held: Held[] = [];
  for (const position of positions) {
    const name = `${position.contract} ${position.side}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    held.push({ id: count === 1 ? name : `${name} ${count}`, ...holdingOf(position, list) });
    if (pace.due(READING)) yield;
  }
  return held;
}
