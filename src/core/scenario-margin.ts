/** The margin of what is held, scenario by scenario: one formula for many positions, over columns. */
import type { Arithmetic } from "./arithmetic";
import { padded } from "./blocks";
import { overRows, type Column, type Given } from "./columns";
import { MarginError } from "./errors";
import { run } from "./margin";
import { exact, type Amount } from "./number";
import type { Edition } from "./rule";
import { columnOf, constantFigure, viewOf, type Figures } from "./scenario-figures";
import type { CombinationEdition, CombinationTerm } from "./strategy";
import type { Right } from "./terms";

/** What a position is to margin. */
export type Leg =
  | {
      readonly kind: "short";
      readonly index: number;
      readonly edition: Edition;
      readonly right: Right;
      readonly strike: Amount;
      readonly unit: Amount;
      readonly rate: Amount | undefined;
    }
  | {
      readonly kind: "long";
      readonly index: number;
      readonly strike: Amount;
      readonly unit: Amount;
    }
  | {
      readonly kind: "future";
      readonly index: number;
      readonly unit: Amount;
      readonly rate: Amount;
    }
  | { readonly kind: "shares" };

/** A leg alone or two as a set, so many times. */
export interface Margined {
  readonly first: Leg;
  readonly second?: Leg | undefined;
  readonly combination?: CombinationEdition | undefined;
  /** Lots or sets × (1 + markup). */
  readonly times: Amount;
}

/** What positions stand at over the scenarios of a run, by their index. */
export interface Standing {
  readonly scenarios: number;
  /** Undefined where an option is refused, or its underlying's price is not known. */
  readonly price: (index: number) => Figures | undefined;
  readonly underlying: (index: number) => Figures | undefined;
}

/** Alike but for figures: they share a formula. */
export interface Group {
  readonly like: Margined;
  readonly members: Margined[];
  /** What no scenario changes. */
  readonly constants: Map<string, readonly Figures[]>;
  /** The columns of the last run; a next one of as many scenarios writes over those that change. */
  kept: { readonly scenarios: number; readonly columns: Map<string, Column> };
}

const numbers = new WeakMap<object, number>();
let next = 0;
function numberOf(rule: object): number {
  const known = numbers.get(rule) ?? next++;
  numbers.set(rule, known);
  return known;
}

const legKey = (leg: Leg | undefined): string =>
  leg?.kind === "short"
    ? `${leg.right} ${leg.rate ? "rated" : ""} ${numberOf(leg.edition)}`
    : (leg?.kind ?? "");

/** The distance of a set's strikes × unit, 0 for what has none. */
export const gapOf = ({ first, second }: Margined): Amount =>
  second && "strike" in first && "strike" in second
    ? first.strike.minus(second.strike).abs().times(first.unit)
    : exact.zero;

/** A figure of a leg. */
export type Name = "price" | "underlying" | "strike" | "unit" | "rate";

const newGroup = (like: Margined): Group => ({
  ...{ like, members: [], constants: new Map() },
  kept: { scenarios: 0, columns: new Map() },
});

/** @throws missing where a set's rule has a parameter without a figure. */
export function grouped(all: readonly Margined[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const margined of all) {
    const { first, second, combination } = margined;
    for (const [name, figure] of Object.entries(combination?.parameters ?? {})) {
      if (figure === undefined) throw new MarginError("missing", { argument: name });
    }
    const key = [legKey(first), legKey(second), combination ? numberOf(combination) : ""].join("|");
    const group = groups.get(key) ?? newGroup(margined);
    groups.set(key, group);
    group.members.push(margined);
  }
  return [...groups.values()];
}

/** What one lot of a leg takes alone, and its premium. */
function each<N>(
  arithmetic: Arithmetic<N>,
  leg: Leg,
  of: (name: Name) => N,
): { margin: N; premium: N } {
  const { times, zero } = arithmetic;
  switch (leg.kind) {
    case "short": {
      const { margin, premium } = run(arithmetic, leg.edition, {
        right: leg.right,
        terms: {
          settlement: of("price"),
          underlying: of("underlying"),
          strike: of("strike"),
          multiplier: of("unit"),
        },
        rate: leg.rate && of("rate"),
      }).working;
      return { margin, premium };
    }
    case "long":
      return { margin: zero, premium: times(of("price"), of("unit")) };
    case "future":
      return {
        margin: times(times(of("underlying"), of("unit")), of("rate")),
        premium: zero,
      };
    default:
      return { margin: zero, premium: zero };
  }
}

/** The margin of one lot or set over any arithmetic; `gap` is the distance of a set's strikes × unit. */
export function marginOver<N>(
  arithmetic: Arithmetic<N>,
  { first, second, combination }: Omit<Margined, "times">,
  of: (which: "first" | "second", name: Name) => N,
  gap: () => N,
): N {
  const one = each(arithmetic, first, (name) => of("first", name));
  if (!combination || !second) return one.margin;
  const other = each(arithmetic, second, (name) => of("second", name));
  const parameters: Record<string, N> = {};
  for (const [name, figure] of Object.entries(combination.parameters)) {
    parameters[name] = arithmetic.of(figure as string);
  }
  const terms: Record<CombinationTerm, N> = {
    firstMargin: one.margin,
    secondMargin: other.margin,
    firstPremium: one.premium,
    secondPremium: other.premium,
    strikeGap: gap(),
  };
  return combination.margin(arithmetic, terms, parameters);
}

/** Something of a member in every scenario. */
type Asked = (member: Margined, place: number) => Figures;

/** What a formula asks for of a group's members. */
function figuresIn({ constants, members }: Group, standing: Standing) {
  const moving = (which: "first" | "second", name: "price" | "underlying"): Asked => {
    return (member) => {
      const leg = member[which];
      return standing[name](leg && "index" in leg ? leg.index : -1) as Figures;
    };
  };
  const constant = (key: string, figure: (member: Margined) => Amount): Asked => {
    const known = constants.get(key) ?? members.map((member) => constantFigure(figure(member)));
    constants.set(key, known);
    return (_, place) => known[place] as Figures;
  };
  const legs: Record<"first" | "second", Partial<Record<Name, Asked>>> = { first: {}, second: {} };
  return {
    of: (which: "first" | "second", name: Name): Asked =>
      (legs[which][name] ??=
        name === "price" || name === "underlying"
          ? moving(which, name)
          : constant(`${which} ${name}`, (member) => {
              const leg = member[which] as Partial<Record<typeof name, Amount>>;
              return leg[name] as Amount;
            })),
    gap: () => constant("gap", gapOf),
    times: () => constant("times", ({ times }) => times),
  };
}

/** The margin of a group's members in every scenario, member by member in one column. */
export function groupMargins(group: Group, standing: Standing): Column {
  const { like, members } = group;
  const { scenarios } = standing;
  if (group.kept.scenarios !== scenarios) group.kept = { scenarios, columns: new Map() };
  const { columns } = group.kept;
  const written = new Set<string>();
  const asked = figuresIn(group, standing);
  const moving = (key: string, figures: Asked): Column => {
    const known = columns.get(key);
    if (known && written.has(key)) return known;
    const column = columnOf(members.map(figures), scenarios, known?.wholes);
    columns.set(key, column);
    written.add(key);
    return column;
  };
  const constants = (key: string, figures: () => Asked): Column => {
    const column = columns.get(key) ?? columnOf(members.map(figures()), scenarios);
    columns.set(key, column);
    return column;
  };

  return overRows(
    members.length * scenarios,
    <N>(arithmetic: Arithmetic<N>, at: (given: Given) => N) => {
      const margin = marginOver(
        arithmetic,
        like,
        (which, name) => {
          const figures = () => asked.of(which, name);
          const key = `${which} ${name}`;
          return at(
            name === "price" || name === "underlying"
              ? moving(key, figures())
              : constants(key, figures),
          );
        },
        () => at(constants("gap", asked.gap)),
      );
      return { margin: arithmetic.times(margin, at(constants("times", asked.times))) };
    },
  ).margin;
}

/** The margin of each member in every scenario of a long run, which is shown to `add` and then overwritten. */
export function memberMargins(
  group: Group,
  standing: Standing,
  add: (column: Column) => void,
): void {
  const { like, members } = group;
  const { scenarios } = standing;
  const rows = padded(scenarios);
  const asked = figuresIn(group, standing);
  const [gap, times] = [asked.gap(), asked.times()];
  const memory = new Float64Array(rows);
  members.forEach((member, place) => {
    const columns = new Map<Figures, Column>();
    const column = (figures: Figures): Column => {
      const known = columns.get(figures) ?? viewOf(figures, rows);
      columns.set(figures, known);
      return known;
    };
    add(
      overRows(
        scenarios,
        <N>(arithmetic: Arithmetic<N>, at: (given: Given) => N) => {
          const margin = marginOver(
            arithmetic,
            like,
            (which, name) => at(column(asked.of(which, name)(member, place))),
            () => at(column(gap(member, place))),
          );
          return { margin: arithmetic.times(margin, at(column(times(member, place)))) };
        },
        () => memory,
      ).margin,
    );
  });
}
