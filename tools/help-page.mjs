// What the function reference says, in one language, as a list of blocks; markdown.mjs and html.mjs
// turn the same blocks into docs/ and into the help pages Excel links to.
import { exampleText } from "./examples.mjs";

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
 * @typedef {object} Words
 * @property {string} title
 * @property {string} intro
 * @property {Record<string, string>} families
 * @property {string} argument
 * @property {string} meaning
 * @property {string} example
 * @property {(source: string) => string} printed
 * @property {string} spills
 * @property {string} rules
 * @property {string} rulesIntro
 * @property {string} from
 * @property {string} undated
 * @property {string} call
 * @property {string} put
 * @property {string[]} product
 * @property {Record<string, string>} style
 * @property {Record<string, string>} certainty
 * @property {(title: string, article: string, certainty: string, asOf: string, note: string) => string} cite
 * @property {string} columns
 * @property {string} columnsIntro
 * @property {string[]} column
 * @property {string} unknown
 * @property {Record<string, string>} units what a unit counts, where the rules say it in English only
 * @property {Record<string, string>} terms
 */

/** @type {Record<Language, Words>} */
const words = {
  en: {
    title: "Functions",
    intro:
      "Type a prefix in a cell and Excel lists its family. An argument in brackets may be left out. " +
      "Rates and markups are fractions: 0.05, or a cell showing 5%. A markup of 0.2 is the broker's " +
      "20% on top of the exchange's figure. Amounts are in the contract's currency for all lots and " +
      "nothing is rounded. A blank, zero or negative price is an error that names the argument.",
    families: {
      MARGIN: "any contract, whole tables",
      OPTION: "the contract itself",
      ACCOUNT: "the account",
    },
    argument: "argument",
    meaning: "meaning",
    example: "Example",
    printed: (source) => `Example, with the figure of: ${source}`,
    spills: "The result spills into the cells below and to the right.",
    rules: "Rules and sources",
    rulesIntro:
      "Written out from the rules the functions compute with, for one contract, without markup.",
    from: "from",
    undated: "no date of its own",
    call: "call",
    put: "put",
    product: ["code", "name", "unit", "tick", "style", "certainty"],
    style: { European: "European", American: "American" },
    certainty: {
      confirmed: "confirmed",
      weak: "from a weak source, not verified",
      unverified: "from memory, not verified",
    },
    cite: (title, article, certainty, asOf, note) =>
      `Source: ${title}; ${article} (${certainty}, as of ${asOf}).${note ? ` Note: ${note}.` : ""}`,
    columns: "Columns of a positions table",
    columnsIntro:
      "Columns are found by the names in the first row, in any order; case, blanks and what stands in " +
      "brackets do not matter, and a name may be in both languages. Where two columns of a table fit, " +
      "the name that stands earlier here is taken. A single contract's margin asks for the first eleven; " +
      "the others are understood and left alone.",
    column: ["column", "names"],
    unknown: "unknown",
    units: {},
    terms: {
      settlement: "settlement",
      underlying: "underlying",
      strike: "strike",
      multiplier: "unit",
      rate: "rate",
    },
  },
  zh: {
    title: "函数",
    intro:
      "在单元格中输入前缀，Excel 会列出该系列的函数。方括号中的参数可以省略。比例都写成小数：0.05，或显示为 5% 的单元格。" +
      "markup 0.2 表示期货公司在交易所标准上加收两成。金额为全部手数、合约币种，不作四舍五入。" +
      "价格空白、为零或为负即报错，并指出是哪个参数。",
    families: { MARGIN: "任一合约与整表", OPTION: "合约本身", ACCOUNT: "账户" },
    argument: "参数",
    meaning: "含义",
    example: "示例",
    printed: (source) => `示例，数字见：${source}`,
    spills: "结果会溢出到下方和右侧的单元格。",
    rules: "规则与依据",
    rulesIntro: "以下公式由函数实际使用的规则写出，为单张（手）合约、未加收的金额。",
    from: "自",
    undated: "无起用日",
    call: "认购（看涨）",
    put: "认沽（看跌）",
    product: ["代码", "名称", "合约单位", "最小变动价位", "行权方式", "可靠程度"],
    style: { European: "欧式", American: "美式" },
    certainty: {
      confirmed: "有依据",
      weak: "来源较弱，待核实",
      unverified: "凭记忆，待核实",
    },
    cite: (title, article, certainty, asOf, note) =>
      `依据：${title}；${article}（${certainty}，截至 ${asOf}）。${note ? `说明：${note}。` : ""}`,
    columns: "持仓表的列名",
    columnsIntro:
      "按第一行的列名识别，次序不限；大小写、空格和括号里的内容不论，也可以中英文并写。" +
      "一张表里有两列都符合时，取这里排在前面的列名。单腿保证金只用前十一列，其余的列认得但不用。",
    column: ["列", "列名"],
    unknown: "未知",
    units: {
      shares: "份",
      t: "吨",
      kg: "千克",
      g: "克",
      barrel: "桶",
      "yuan a point": "元/点",
      "500 kg x 10": "500 千克 × 10",
    },
    terms: {
      settlement: "期权价格",
      underlying: "标的价格",
      strike: "行权价格",
      multiplier: "合约单位",
      rate: "保证金率",
    },
  },
};

/**
 * @param {Language} language
 * @param {{ metadata: Metadata, rules: ExchangeText[], columns: ReturnType<typeof import("./rules.mjs").readColumns>, examples: Examples }} content
 * @returns {Block[]}
 */
export function helpPage(language, { metadata, rules, columns, examples }) {
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
      blocks.push(...functionBlocks(definition, examples[definition.id], language));
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

/** @param {CustomFunction} definition */
export function signature({ id, parameters }) {
  const list = parameters.map(({ name, optional }) => (optional ? `[${name}]` : name));
  return `=${id}(${list.join(", ")})`;
}

/**
 * @param {CustomFunction} definition
 * @param {Examples[string] | undefined} example
 * @param {Language} language
 * @returns {Block[]}
 */
function functionBlocks(definition, example, language) {
  const say = words[language];
  const { id, description, parameters, result } = definition;
  const space = language === "zh" ? "" : " ";
  const spills = result.dimensionality === "matrix" ? `${space}${say.spills}` : "";
  /** @type {Block[]} */
  const blocks = [
    { kind: "heading", level: 3, text: id, id },
    { kind: "paragraph", text: `${description}${spills}` },
    { kind: "code", text: signature(definition) },
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
      { kind: "code", text: exampleText(definition, example) },
    );
  }
  return blocks;
}

/**
 * @param {ExchangeText} exchange
 * @param {Language} language
 * @returns {Block[]}
 */
function exchangeBlocks({ exchange, name, editions, products }, language) {
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
      {
        kind: "paragraph",
        text: say.cite(
          source.title[language],
          source.article[language],
          say.certainty[source.certainty] ?? "",
          source.asOf,
          source.note?.[language] ?? "",
        ),
        ...(source.url && { link: { text: new URL(source.url).hostname, href: source.url } }),
      },
    );
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
 * The rule's own formula with air around its signs and its terms in the reader's language.
 * @param {string} formula
 * @param {Language} language
 */
function readable(formula, language) {
  const terms = words[language].terms;
  return formula
    .replace(/[a-z]+/g, (word) => terms[word] ?? word)
    .replaceAll("*", " × ")
    .replaceAll("-", " − ")
    .replaceAll("+", " + ")
    .replaceAll(",", ", ");
}
