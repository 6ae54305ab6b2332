/**
 * How a margin came about: the same contract, given to MARGIN.WORKING. Which arguments correspond is
 * read off their names, so that an exchange's own functions need nothing here.
 */
import { ADDITIVE } from "../core";
import { call, type Cell, type Functions } from "./result";
import { subjectOf, type Named, type Subject } from "./subject";

/** The function that shows a working, and its arguments in order. */
const WORKING = "MARGIN.WORKING";

export interface WorkingRow {
  /** In both languages. */
  readonly term: string;
  readonly amount: number;
  readonly role: "term" | "total" | "information";
}

export interface Working {
  readonly rows: readonly WorkingRow[];
  /** Which branch bound and with which figures: label and text, both in both languages. */
  readonly notes: readonly (readonly [string, string])[];
}

function rightIn(id: string): string | undefined {
  if (id.endsWith("CALLMARGIN")) return "C";
  return id.endsWith("PUTMARGIN") ? "P" : undefined;
}

/** Editions that differ by product are asked for by product: CFFEX.MO. */
function ruleName({ rules, product }: Subject): string {
  const differs = rules.editions.some(({ products }) => product && products?.includes(product));
  return differs ? `${rules.exchange}.${product}` : rules.exchange;
}

/** The unit that is meant when none is given. */
function usualUnit({ rules, contract }: Subject): unknown {
  if (contract) return contract.unit?.toNumber();
  const product =
    rules.products.find(({ code }) => code === rules.defaultProduct) ?? rules.products[0];
  return product?.unit === undefined ? undefined : Number(product.unit);
}

/** The arguments of MARGIN.WORKING for the same contract; undefined where the function isn't one short option. */
function sameContract(id: string, values: Named): readonly unknown[] | undefined {
  const given = (...names: string[]): unknown =>
    names.map((name) => values[name]).find((value) => value !== null && value !== undefined) ??
    null;
  const subject = /MARGIN$|^MARGIN\.SHORT$/.test(id) ? subjectOf(id, values) : undefined;
  if (!subject) return undefined;
  const settlement = given("settlement", "premium");
  const underlying = given("underlying", "index", "futures");
  const right = rightIn(id) ?? given("right") ?? subject.contract?.right;
  const strike = given("strike") ?? subject.contract?.strike?.toNumber();
  if (right === null || right === undefined || strike === null || strike === undefined) {
    return undefined;
  }
  return [
    ruleName(subject),
    right,
    settlement,
    underlying,
    strike,
    given("unit", "multiplier") ?? usualUnit(subject),
    given("rate", "ratio", "coefficient"),
    given("lots"),
    given("markup"),
    given("on"),
  ];
}

/**
 * The working of a margin, if it ends in the very figure the function gave: a parameter that
 * MARGIN.WORKING doesn't take would make it the working of something else.
 */
export function workingOf(
  functions: Functions,
  id: string,
  values: Named,
  margin: number,
): Working | undefined {
  let contract: readonly unknown[] | undefined;
  try {
    contract = sameContract(id, values);
  } catch {
    return undefined;
  }
  const result = contract && call(functions, WORKING, contract);
  if (result?.kind !== "rows") return undefined;
  const totalAt = ADDITIVE.length;
  const body = result.rows.slice(1) as (readonly [string, Cell])[];
  if (body[totalAt]?.[1] !== margin) return undefined;
  const rows = body.flatMap(([term, amount], index): WorkingRow[] => {
    const role = index < totalAt ? "term" : index === totalAt ? "total" : "information";
    return typeof amount === "number" ? [{ term, amount, role }] : [];
  });
  // After the figures come the branch and the coefficients; the source has a place of its own.
  const notes = body
    .slice(rows.length, rows.length + 2)
    .map(([label, text]) => [label, String(text)] as const);
  return { rows: rows.filter(({ amount, role }) => role !== "term" || amount !== 0), notes };
}
