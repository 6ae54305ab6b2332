// The words of the function reference around what metadata and rules say, in both languages.

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
 * @property {string} combinationsIntro
 * @property {string} arraysIntro
 * @property {string} lifeIntro
 * @property {string[]} combination
 * @property {Record<string, string>} legs
 * @property {Record<"below" | "equal" | "above", string>} strikes
 * @property {string} sooner
 * @property {string} comma
 * @property {string} columns
 * @property {string} columnsIntro
 * @property {string[]} column
 * @property {string} unknown
 * @property {Record<string, string>} units what a unit counts, where the rules say it in English only
 * @property {Record<string, string>} terms
 */

/** @type {Record<"en" | "zh", Words>} */
export const words = {
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
    arraysIntro:
      "No formula of one contract: the whole book's risk arrays are added. How an option's is made:",
    lifeIntro: "Expiry, exercise and, where contracts are adjusted, how:",
    combinationsIntro:
      "Combinations: legs on one underlying with one unit and, options, one expiry; the margin of one set. " +
      "First and second are the legs in the order named.",
    combination: ["code", "combination", "legs", "margin of a set", "from", "taken apart"],
    legs: {},
    strikes: {
      below: "first strike below the second",
      equal: "equal strikes",
      above: "first strike above the second",
    },
    sooner: "first expires sooner",
    comma: ", ",
    columns: "Columns of a positions table",
    columnsIntro:
      "Columns are found by the names in the first row, in any order; case, blanks and what stands in " +
      "brackets do not matter, and a name may be in both languages. Where two columns of a table fit, " +
      "the name that stands earlier here is taken. A single contract's margin asks for the first eleven, " +
      "MARGIN.PORTFOLIO and MARGIN.LIQUIDATE also for expiry and combination, what-if functions for volatility besides; a column nobody asks for is understood and left alone.",
    column: ["column", "names"],
    unknown: "unknown",
    units: {},
    terms: {
      settlement: "settlement",
      underlying: "underlying",
      strike: "strike",
      multiplier: "unit",
      rate: "rate",
      firstMargin: "first margin",
      secondMargin: "second margin",
      firstPremium: "first premium",
      secondPremium: "second premium",
      strikeGap: "distance of the strikes × unit",
    },
  },
  zh: {
    title: "函数",
    intro:
      "在单元格中输入前缀，Excel 会列出该系列的函数。方括号中的参数可以省略。比例都写成小数：0.05，或显示为 5% 的单元格。" +
      "markup 0.2 表示期货公司在交易所标准上加收两成。金额为全部手数、合约币种，不作四舍五入。" +
      "价格空白、为零或为负即报错，并指出是哪个参数。",
    families: { MARGIN: "按合约代码、整表", OPTION: "期权通用", ACCOUNT: "账户" },
    argument: "参数",
    meaning: "含义",
    example: "示例",
    printed: (source) => `示例，数字见：${source}`,
    spills: "结果会溢出到下方和右侧的单元格。",
    rules: "规则与依据",
    rulesIntro: "以下公式由函数实际使用的规则写出，为单张（手）合约、未加收的金额。",
    from: "自",
    undated: "未注明起用日",
    call: "认购（看涨）",
    put: "认沽（看跌）",
    product: ["代码", "名称", "合约单位", "最小变动价位", "行权方式", "可靠程度"],
    style: { European: "欧式", American: "美式" },
    certainty: {
      confirmed: "有据",
      weak: "来源较弱，待核实",
      unverified: "凭记忆，待核实",
    },
    cite: (title, article, certainty, asOf, note) =>
      `依据：${title}；${article}（${certainty}，截至 ${asOf}）。${note ? `说明：${note}。` : ""}`,
    arraysIntro: "没有单个合约的公式，按整个组合的风险阵列合计；期权的阵列怎样得出：",
    lifeIntro: "到期、行权，以及（有的话）合约调整：",
    combinationsIntro:
      "组合：两腿须同标的、同单位，期权须同到期；金额为一组的保证金。第一腿、第二腿按所列次序。",
    combination: ["代码", "组合", "两腿", "一组保证金", "起用日", "自动解除"],
    legs: {
      "long call": "买认购",
      "short call": "卖认购",
      "long put": "买认沽",
      "short put": "卖认沽",
      "long future": "买期货",
      "short future": "卖期货",
      "long shares": "持有 ETF 份额",
    },
    strikes: {
      below: "第一腿行权价低于第二腿",
      equal: "行权价相同",
      above: "第一腿行权价高于第二腿",
    },
    sooner: "第一腿先到期",
    comma: "，",
    columns: "持仓表的列名",
    columnsIntro:
      "按第一行的列名识别，次序不限；大小写、空格和括号里的内容不论，也可以中英文并写。" +
      "一张表里有两列都符合时，取这里排在前面的列名。单腿保证金只用前十一列，MARGIN.PORTFOLIO 与 MARGIN.LIQUIDATE 另用到期日与组合，MARGIN.STRESS 等再加波动率；没有函数用的列认得但不用。",
    column: ["列", "列名"],
    unknown: "未知",
    units: {
      shares: "份",
      t: "吨",
      kg: "千克",
      g: "克",
      barrel: "桶",
      "yuan a point": "元/点",
      "HK$ a point": "港元/点",
      "500 kg x 10": "500 千克 × 10",
    },
    terms: {
      settlement: "期权价格",
      underlying: "标的价格",
      strike: "行权价格",
      multiplier: "合约单位",
      rate: "保证金率",
      firstMargin: "第一腿保证金",
      secondMargin: "第二腿保证金",
      firstPremium: "第一腿权利金",
      secondPremium: "第二腿权利金",
      strikeGap: "行权价差 × 合约单位",
    },
  },
};
