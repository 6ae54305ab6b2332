// The rules as data for the documents: per exchange its editions with their citation, and the
// formula itself, written out by running the rule over the arithmetic of text.
import path from "node:path";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

/** @typedef {{ zh: string, en: string }} Bilingual */
/**
 * @typedef {object} EditionText
 * @property {string} from the first day, or empty where no notice dates the formula
 * @property {readonly string[]} products
 * @property {string} call
 * @property {string} put
 * @property {Record<string, string>} parameters
 * @property {import("../src/core/rule").Citation} source
 */
/**
 * @typedef {object} CombinationText
 * @property {string} name its codes
 * @property {Bilingual} title
 * @property {readonly import("../src/core/strategy").Form[]} forms
 * @property {string} from
 * @property {string} margin
 * @property {import("../src/core/strategy").Combination["dissolves"]} dissolves
 * @property {import("../src/core/rule").Citation} source
 */
/** @typedef {{ exchange: string, name: Bilingual, arrays: import("../src/core/rule").Citation | undefined, editions: EditionText[], combinations: CombinationText[], life: import("../src/core/rule").Citation[], products: readonly import("../src/core/rule").Product[] }} ExchangeText */

/** @returns {ExchangeText[]} */
export function readRules() {
  /** @type {typeof import("../src/exchanges/index")} */
  const { everyExchange } = loadTypeScript(path.join(root, "src", "exchanges", "index.ts"));
  return everyExchange.map(({ exchange, name, editions, combinations, products, ...rest }) => ({
    exchange,
    name,
    products,
    arrays: rest.arrays,
    life: [
      ...(rest.expiries ?? []).map(({ source }) => source),
      ...(rest.weekly ? [rest.weekly.source] : []),
      ...(rest.exercise ?? []).map(({ source }) => source),
      ...(rest.adjustment ? [rest.adjustment.source, rest.adjustment.coveredShortfall] : []),
    ],
    editions: editions.map((edition) => ({
      from: edition.from ?? "",
      products: edition.products ?? [],
      call: formula(edition, "call"),
      put: formula(edition, "put"),
      parameters: { ...edition.parameters },
      source: edition.source,
    })),
    combinations: combinations.flatMap(
      ({ name, aliases = [], title, forms, editions, dissolves }) =>
        editions.map((edition) => ({
          name: [name, ...aliases].join(", "),
          title,
          forms,
          from: edition.from ?? "",
          margin: combinationFormula(edition),
          dissolves,
          source: edition.source,
        })),
    ),
  }));
}

/** @param {import("../src/core/strategy").CombinationEdition} edition */
function combinationFormula({ parameters, margin }) {
  /** @type {typeof import("../src/core/formula")} */
  const { text } = loadTypeScript(path.join(root, "src", "core", "formula.ts"));
  const terms = {
    firstMargin: text.of("firstMargin"),
    secondMargin: text.of("secondMargin"),
    firstPremium: text.of("firstPremium"),
    secondPremium: text.of("secondPremium"),
    strikeGap: text.of("strikeGap"),
  };
  const figures = Object.fromEntries(
    Object.entries(parameters).map(([name, figure]) => [name, text.of(figure ?? name)]),
  );
  return margin(text, terms, figures).text;
}

/** @returns {{ column: string, names: readonly string[] }[]} a positions table's columns and the names each goes by */
export function readColumns() {
  /** @type {typeof import("../src/core/table")} */
  const { COLUMNS } = loadTypeScript(path.join(root, "src", "core", "table.ts"));
  return Object.entries(COLUMNS).map(([column, names]) => ({ column, names }));
}

/**
 * @param {import("../src/core/rule").Edition} edition
 * @param {"call" | "put"} right
 */
function formula(edition, right) {
  /** @type {typeof import("../src/core/formula")} */
  const { text } = loadTypeScript(path.join(root, "src", "core", "formula.ts"));
  const terms = ["settlement", "underlying", "strike", "multiplier", "rate"];
  const named = Object.fromEntries(terms.map((term) => [term, text.of(term)]));
  const figures = Object.fromEntries(
    Object.entries(edition.parameters).map(([name, figure]) => [name, text.of(figure)]),
  );
  return edition[right](
    text,
    /** @type {Parameters<typeof edition.call<ReturnType<typeof text.of>>>[1]} */ (named),
    figures,
  ).margin.text;
}
