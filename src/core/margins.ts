import type { Arithmetic } from "./arithmetic";
import { nearestOverRows, overRows, type Column, type Given, type RowFormula } from "./columns";
import { run, shortAmounts, type ShortAmounts, type ShortContract } from "./margin";
import type { Edition } from "./rule";

/** Many short contracts of one edition and right: each figure a column, or one for all of them. */
export interface ShortContracts {
  readonly edition: Edition;
  readonly contract: ShortContract<Given>;
  readonly lots: Given;
  /** The broker's addition as a fraction of the exchange's figure. */
  readonly markup: Given;
  /** How many they are. */
  readonly height: number;
}

/** A record's values read one by one; what is left out stays so. */
const each = <Name extends string, A, B>(
  values: Readonly<Partial<Record<Name, A | undefined>>>,
  read: (value: A) => B,
): Partial<Record<Name, B>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, read(value as A)]],
    ),
  ) as Partial<Record<Name, B>>;

/** The amounts wanted of many short positions, over any arithmetic. */
const amountsOf =
  <Name extends keyof ShortAmounts<unknown>>(
    { edition, contract, lots, markup }: ShortContracts,
    wanted: readonly Name[],
  ): RowFormula<Name> =>
  <N>(arithmetic: Arithmetic<N>, at: (given: Given) => N) => {
    const { working } = run(arithmetic, edition, {
      right: contract.right,
      terms: each(contract.terms, at),
      rate: contract.rate && at(contract.rate),
      parameters: each(contract.parameters ?? {}, at),
    });
    const amounts = shortAmounts(arithmetic, working, { lots: at(lots), markup: at(markup) });
    return Object.fromEntries(wanted.map((name) => [name, amounts[name]()])) as Record<Name, N>;
  };

/**
 * The amounts of many short positions, by the edition's one formula and exact to the last digit;
 * only those that are wanted are worked out. `over` as overRows has it.
 * @throws missing where the formula needs a term that isn't there.
 */
export const marginColumns = <Name extends keyof ShortAmounts<unknown>>(
  contracts: ShortContracts,
  wanted: readonly Name[],
  over?: (name: Name) => Float64Array,
): Readonly<Record<Name, Column>> => overRows(contracts.height, amountsOf(contracts, wanted), over);

/** The same in the doubles nearest to the exact figures; `over` as nearestOverRows has it. */
export const marginDoubles = <Name extends keyof ShortAmounts<unknown>>(
  contracts: ShortContracts,
  wanted: readonly Name[],
  over?: (name: Name) => Float64Array,
): Readonly<Record<Name, Float64Array>> =>
  nearestOverRows(contracts.height, amountsOf(contracts, wanted), over);
