// What the function reference says, in one language, as a list of blocks; markdown.mjs and html.mjs
// turn the same blocks into docs/ and into the help pages Excel links to.
import { exampleText } from "./examples.mjs";
import { words } from "./help-words.mjs";

/** @typedef {import("./metadata.mjs").Metadata} Metadata */
/** @typedef {import("./metadata.mjs").CustomFunction} CustomFunction */
/** @typedef {import("./rules.mjs").ExchangeText} ExchangeText */
/** @typedef {Readonly<Record<string, import("./examples.mjs").Example>>} Examples */
/** @typedef {"en" | "zh"} Language */
/** @typedef {{ text: string, href: string }} Link */
/**
 * @typedef {{ kind: "heading", level: 1 | 2 | 3, text: string, id?: string }
 *   | { kind: "paragraph", text: string, link?: Link }
 *   | { kind: "code", text: string }
 *   | { kind: "links", links: Link[] }
 *   | { kind: "table", header: string[], rows: string[][] }} Block
 */

/**
 * @param {Language} language
 * @param {{ metadata: Metadata, rules: ExchangeText[], columns: ReturnType<typeof import("./rules.mjs").readColumns>, examples: Examples, prefix?: string }} content prefix: the namespace functions are typed with
 * @returns {Block[]}
 */
export function helpPage(language, { metadata, rules, columns, examples, prefix = "" }) {
  const say = words[language];
  const families = groupByFamily(metadata.functions);
  const titles = new Map(
    [...families.keys()].map((family) => [family, familyTitle(family, rules, language)]),
  );
  /** @type {Block[]} */
  const blocks = [
    { kind: "heading", level: 1, text: say.title },
    { kind: "paragraph", text: say.intro },
    {
      kind: "links",
      links: [
        ...[...titles].map(([family, text]) => ({ text, href: `#${family}` })),
        { text: say.columns, href: "#columns" },
        { text: say.rules, href: "#rules" },
      ],
    },
  ];
  for (const [family, functions] of families) {
    blocks.push({ kind: "heading", level: 2, text: titles.get(family) ?? "", id: family });
    if (rules.some(({ exchange }) => exchange === family)) {
      blocks.push({ kind: "links", links: [{ text: say.rules, href: `#rules-${family}` }] });
    }
    for (const definition of functions) {
      const name = prefix ? `${prefix}.${definition.id}` : definition.id;
      blocks.push(...functionBlocks(definition, examples[definition.id], language, name));
    }
  }
  blocks.push(
    { kind: "heading", level: 2, text: say.columns, id: "columns" },
    { kind: "paragraph", text: say.columnsIntro },
    {
      kind: "table",
      header: say.column,
      rows: columns.map(({ column, names }) => [column, names.join(", ")]),
    },
    { kind: "heading", level: 2, text: say.rules, id: "rules" },
    { kind: "paragraph", text: say.rulesIntro },
  );
  for (const exchange of rules) blocks.push(...exchangeBlocks(exchange, language));
  return blocks;
}

/**
 * `SSE.CALLMARGIN` belongs to SSE; a plain word such as RISKRATIO to the account.
 * @param {CustomFunction[]} functions
 * @returns {Map<string, CustomFunction[]>}
 */
function groupByFamily(functions) {
  /** @type {Map<string, CustomFunction[]>} */
  const families = new Map();
  for (const definition of functions) {
    const dot = definition.id.indexOf(".");
    const family = dot > 0 ? definition.id.slice(0, dot) : "ACCOUNT";
    families.set(family, [...(families.get(family) ?? []), definition]);
  }
  return families;
}

/**
 * An exchange's family is named after it; the others have names of their own.
 * @param {string} family
 * @param {ExchangeText[]} rules
 * @param {Language} language
 */
function familyTitle(family, rules, language) {
  const exchange = rules.find((rule) => rule.exchange === family);
  const name = exchange?.name[language] ?? words[language].families[family] ?? "";
  return family === "ACCOUNT" ? name : `${family} ${name}`.trim();
}

/**
 * @param {CustomFunction} definition
 * @param {string} name the function's name as it is typed
 */
export function signature({ parameters }, name) {
  const list = parameters.map(({ name, optional }) => (optional ? `[${name}]` : name));
  return `=${name}(${list.join(", ")})`;
}

/**
 * @param {CustomFunction} definition
 * @param {Examples[string] | undefined} example
 * @param {Language} language
 * @param {string} name the function's name as it is typed
 * @returns {Block[]}
 */
function functionBlocks(definition, example, language, name) {
  const say = words[language];
  const { id, description, parameters, result } = definition;
  const space = language === "zh" ? "" : " ";
  const spills = result.dimensionality === "matrix" ? `${space}${say.spills}` : "";
  /** @type {Block[]} */
  const blocks = [
    { kind: "heading", level: 3, text: id, id },
    { kind: "paragraph", text: `${description}${spills}` },
    { kind: "code", text: signature(definition, name) },
    {
      kind: "table",
      header: [say.argument, say.meaning],
      rows: parameters.map((parameter) => [
        parameter.optional ? `[${parameter.name}]` : parameter.name,
        parameter.description,
      ]),
    },
  ];
  if (example) {
    const printed = example.printed?.[language];
    blocks.push(
      { kind: "paragraph", text: printed ? say.printed(printed) : say.example },
      { kind: "code", text: exampleText(definition, example, name) },
    );
  }
  return blocks;
}

/**
 * @param {ExchangeText} exchange
 * @param {Language} language
 * @returns {Block[]}
 */
function exchangeBlocks(
  { exchange, name, arrays, editions, combinations, life, products },
  language,
) {
  const say = words[language];
  /** @type {Block[]} */
  const blocks = [
    { kind: "heading", level: 3, text: `${exchange} ${name[language]}`, id: `rules-${exchange}` },
  ];
  for (const edition of editions) {
    const { source } = edition;
    const day = edition.from ? `${say.from} ${edition.from}` : say.undated;
    blocks.push(
      { kind: "paragraph", text: [...edition.products, day].join(" · ") },
      {
        kind: "code",
        text: [
          `${say.call} = ${readable(edition.call, language)}`,
          `${say.put} = ${readable(edition.put, language)}`,
        ].join("\n"),
      },
      citationBlock(source, language),
    );
  }
  blocks.push(...combinationBlocks(combinations, language));
  if (arrays) {
    blocks.push({ kind: "paragraph", text: say.arraysIntro });
    blocks.push(citationBlock(arrays, language));
  }
  if (life.length > 0) {
    blocks.push({ kind: "paragraph", text: say.lifeIntro });
    blocks.push(...life.map((source) => citationBlock(source, language)));
  }
  if (products.length > 0) {
    blocks.push({
      kind: "table",
      header: say.product,
      rows: products.map(({ code, zh, unit, unitOf, tick, style, certainty }) => [
        code,
        zh,
        unit ? `${unit} ${say.units[unitOf] ?? unitOf}` : say.unknown,
        tick ?? say.unknown,
        say.style[style] ?? style,
        say.certainty[certainty] ?? certainty,
      ]),
    });
  }
  return blocks;
}

/**
 * Where a rule stands.
 * @param {import("../src/core/rule").Citation} source
 * @param {Language} language
 * @returns {Block}
 */
function citationBlock(source, language) {
  const say = words[language];
  return {
    kind: "paragraph",
    text: say.cite(
      source.title[language],
      source.article[language],
      say.certainty[source.certainty] ?? "",
      source.asOf,
      source.note?.[language] ?? "",
    ),
    ...(source.url && { link: { text: new URL(source.url).hostname, href: source.url } }),
  };
}

/**
 * What may be held together at an exchange: a table, and the sources it stands on, each once.
 * @param {ExchangeText["combinations"]} combinations
 * @param {Language} language
 * @returns {Block[]}
 */
function combinationBlocks(combinations, language) {
  if (combinations.length === 0) return [];
  const say = words[language];
  const leg = (/** @type {string} */ name) => say.legs[name] ?? name;
  const form = (/** @type {ExchangeText["combinations"][number]["forms"][number]} */ one) =>
    [
      one.legs.map(leg).join(" + "),
      ...(one.strike ? [say.strikes[one.strike]] : []),
      ...(one.sooner ? [say.sooner] : []),
    ].join(say.comma);
  const sources = new Map(combinations.map(({ source }) => [JSON.stringify(source), source]));
  return [
    { kind: "paragraph", text: say.combinationsIntro },
    {
      kind: "table",
      header: say.combination,
      rows: combinations.map(({ name, title, forms, margin, from, dissolves }) => [
        name,
        title[language],
        forms.map(form).join("; "),
        readable(margin, language),
        from,
        dissolves?.reason[language] ?? "",
      ]),
    },
    ...[...sources.values()].map((source) => citationBlock(source, language)),
  ];
}

/**
 * The rule's own formula with air around its signs and its terms in the reader's language.
 * @param {string} formula
 * @param {Language} language
 */
function readable(formula, language) {
  const terms = words[language].terms;
  return formula
    .replace(/[A-Za-z]+/g, (word) => terms[word] ?? word)
    .replaceAll("*", " × ")
    .replaceAll("-", " − ")
    .replaceAll("+", " + ")
    .replaceAll(">", " > ")
    .replaceAll(",", ", ");
}
