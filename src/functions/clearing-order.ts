/** The order in which an exchange's clearing forms sets, as the exchange lists it pair by pair. */
import {
  blank,
  heldContract,
  heldSets,
  MarginError,
  numberWithin,
  possibleSets,
  readInstrument,
  setsInOrder,
  type Day,
  type Holding,
  type RuleSet,
  type Sets,
  type WhyNot,
} from "../core";

const NAMES = {
  combination: ["combination", "组合", "组合合约", "组合名称"],
  priority: ["priority", "优先级"],
  hedge: ["hedge", "投保", "投保属性", "投保标志"],
} as const;
type Name = keyof typeof NAMES;

const fold = (cell: unknown): string =>
  typeof cell === "string" ? cell.normalize("NFKC").trim().toLowerCase() : "";

const refused = (value: unknown, detail: WhyNot): MarginError =>
  new MarginError("notAllowed", { argument: "priority", value, detail });

/** One line of the list: legs as the exchange writes them, a minus before a short one. */
export interface Listed {
  readonly pair: string;
  readonly priority: unknown;
  readonly number: number;
}

/**
 * The lines of a list that hold for speculative positions, as a positions table's are.
 * @throws notAllowed where the header has no column of pairs or of their priorities.
 */
export function listedPairs([
  header = [],
  ...body
]: readonly (readonly unknown[])[]): readonly Listed[] {
  const place = (name: Name): number =>
    header.findIndex((cell) => (NAMES[name] as readonly string[]).includes(fold(cell)));
  const [combination, priority, hedge] = [place("combination"), place("priority"), place("hedge")];
  if (combination < 0 || priority < 0) {
    const names = header.filter((cell) => typeof cell === "string" && !blank(cell));
    throw refused(names.join(", "), "priorityHeader");
  }
  return body.flatMap((row, index) => {
    const kind = fold(row[hedge]);
    if (row.every(blank) || (kind !== "" && kind !== "投机-投机")) return [];
    const pair = String(row[combination] ?? "").normalize("NFKC");
    return [{ pair, priority: row[priority], number: index + 2 }];
  });
}

/** A contract and the way it is held. */
const keyOfHolding = ({ contract, joins, side }: Holding): string | undefined =>
  contract ? `${side} ${contract.key}` : joins && `${side} ${joins.product} ${joins.month}`;

function keyOfLeg(written: string, rules: RuleSet, on: Day): string {
  const side = written.startsWith("-") ? "short" : "long";
  const code = written.replace(/^-/, "");
  const read = readInstrument(code, [rules], on);
  if (read.kind === "option") {
    const { contract } = read;
    return `${side} ${heldContract(contract, { strike: undefined, unit: undefined }, code).key}`;
  }
  if (read.kind === "future" && read.product) return `${side} ${read.product.code} ${read.month}`;
  throw refused(written, "priorityPair");
}

const pairKey = (legs: readonly (string | undefined)[]): string => [...legs].sort().join(" + ");

/** The product a code begins with, without its sign. */
const productOf = (written: string): string =>
  /^-?([a-z]+)/i.exec(written)?.[1]?.toUpperCase() ?? "";

/**
 * The places of the pairs that are held. Other lines are passed over unread: the whole list has more than a hundred thousand.
 * @throws notAllowed for a pair with two places; noRule for one that clearing forms and no rule here prices.
 */
function placesOf(
  lines: readonly Listed[],
  rules: RuleSet,
  holdings: readonly Holding[],
  possible: readonly Sets[],
  on: Day,
): ReadonlyMap<string, number> {
  const held = new Set(holdings.map(keyOfHolding));
  const products = new Set(holdings.map(({ joins }) => joins?.product.toUpperCase()));
  const priced = new Set(possible.map(keyOfSet));
  const places = new Map<string, number>();
  const pairAt = new Map<number, string>();
  for (const { pair, priority, number } of lines) {
    const written = pair.split(/[,&]/).map((leg) => leg.trim());
    try {
      if (written.length < 2) throw refused(pair, "priorityPair");
      if (!written.every((leg) => products.has(productOf(leg)))) continue;
      const legs = written.map((leg) => keyOfLeg(leg, rules, on));
      if (!legs.every((leg) => held.has(leg))) continue;
      const key = pairKey(legs);
      if (!priced.has(key)) throw new MarginError("noRule", { argument: "priority", value: pair });
      const at = numberWithin(priority, "priority", "wholeAboveZero").toNumber();
      if ((places.get(key) ?? at) !== at) throw refused(pair, "priorityTwice");
      if ((pairAt.get(at) ?? key) !== key) throw refused(at, "priorityShared");
      places.set(key, at);
      pairAt.set(at, key);
    } catch (error) {
      if (!(error instanceof MarginError)) throw error;
      throw error.of({ row: { number, names: pair } });
    }
  }
  return places;
}

const keyOfSet = ({ first, second }: Sets): string =>
  pairKey([keyOfHolding(first), keyOfHolding(second)]);

/**
 * The sets of a table where an exchange's clearing forms them itself; at other exchanges those that are held.
 * @throws missing where no list says the order, since no rule of it is known.
 */
export function setsByClearing(
  holdings: readonly Holding[],
  on: Day,
  lines: readonly Listed[] | undefined,
): readonly Sets[] {
  const ordering = new Set(
    holdings.flatMap(({ joins }) => (joins?.rules.clearingOrder ? [joins.rules] : [])),
  );
  const others = holdings.filter(({ joins }) => !joins || !ordering.has(joins.rules));
  const formed = [...ordering].flatMap((rules) => {
    const there = holdings.filter(({ joins }) => joins?.rules === rules);
    if (there.length < 2) return [];
    if (!lines) throw new MarginError("missing", { argument: "priority", detail: rules.exchange });
    const places = placesOf(lines, rules, there, possibleSets(there, on), on);
    return setsInOrder(there, on, (set) => places.get(keyOfSet(set)));
  });
  return [...formed, ...heldSets(others, on)];
}
