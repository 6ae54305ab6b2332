// The reconciliation as JSON. Figures are decimal text, what isn't known is null, account numbers are masked;
// fields are added, never renamed, as long as `version` is 1.
import { account, core, statements } from "./reconcile-core.mjs";

/** @typedef {import("../src/core").Amount} Amount */
/** @typedef {import("../src/account").Reconciliation} Reconciliation */
/** @typedef {import("../src/account").ReconciledRow} ReconciledRow */
/** @typedef {import("../src/account").BrokerTerms} BrokerTerms */
/** @typedef {{ papers: import("../src/account").Papers, files: readonly import("./reconcile-input.mjs").FileRead[], code: number, language: "zh" | "en" }} Whole */

const figure = (/** @type {Amount | undefined} */ n) => (n ? core.digits(n) : null);

/** Rates and ratios that don't end are cut where nobody needs more. */
const RATE_DECIMALS = 8;
const rounded = (/** @type {Amount | undefined} */ n) => figure(n?.toDecimalPlaces(RATE_DECIMALS));

/** @param {BrokerTerms | undefined} terms */
function termsOf(terms) {
  switch (terms?.kind) {
    case "points":
      return { kind: terms.kind, points: figure(terms.points) };
    case "multiple":
      return { kind: terms.kind, markup: figure(terms.markup) };
    case "rate":
      return { kind: terms.kind, rate: figure(terms.rate) };
    case "exchange":
      return { kind: terms.kind };
    default:
      return null;
  }
}

const INDENT = 2;

/** Where a day's rows go: no text has it, its quotes being escaped. */
const NO_ROWS = '"rows": []';
/** How far the rows of a day are indented. */
const ROW_INDENT = `\n${" ".repeat(12)}`;
const END_INDENT = `\n${" ".repeat(10)}`;

/** The text of a report, its rows made, written and let go of one after the other: there may be very many. @param {Whole} whole */
export function asJson(whole) {
  const rows = rowsIn(whole.language);
  const parts = JSON.stringify(report(whole), null, INDENT).split(NO_ROWS);
  const days = whole.papers.accounts.flatMap(({ days }) => days);
  const texts = [parts[0]];
  for (const [index, day] of days.entries()) {
    let comma = "";
    texts.push('"rows": [');
    for (const row of day.rowsInTurn()) {
      const text = JSON.stringify(rows(row), null, INDENT);
      texts.push(`${comma}${ROW_INDENT}${text.replaceAll("\n", ROW_INDENT)}`);
      comma = ",";
    }
    texts.push(comma === "" ? "]" : `${END_INDENT}]`, parts[index + 1]);
  }
  return texts.join("");
}

/** A row as it stands in a report. @param {"zh" | "en"} language */
function rowsIn(language) {
  const say = (/** @type {{ zh: string, en: string }} */ words) => words[language];
  return (/** @type {ReconciledRow} */ row) => {
    const { position, held, perLot, tried } = row;
    const [first] = tried;
    // What leaves more than there was isn't near; nor is a set that fits while its partner's lots don't suffice.
    const isNear =
      first?.leaves.abs().lessThan(row.difference?.abs() ?? 0) &&
      !(row.verdict === "unexplained" && first.leaves.isZero());
    const nearest = isNear ? first : undefined;
    return {
      contract: position.contract,
      side: position.side,
      quantity: figure(position.quantity),
      underlying: held.underlying ?? null,
      price: figure(held.price),
      underlyingPrice: figure(held.underlyingPrice),
      strike: figure(held.strike),
      unit: figure(held.unit),
      verdict: row.verdict,
      printed: figure(row.printed),
      ours: figure(row.ours),
      difference: figure(row.difference),
      perLot: { broker: rounded(perLot.broker), exchange: rounded(perLot.exchange) },
      rate: rounded(row.rate),
      markup: rounded(row.markup),
      impliedRate: rounded(row.impliedRate),
      impliedMarkup: rounded(row.impliedMarkup),
      reasons: row.reasons.map(({ id, name, detail }) => ({
        id,
        name: say(name),
        detail: say(detail),
      })),
      causesTried: new Set(tried.map(({ id }) => id)).size,
      nearest: nearest
        ? {
            id: nearest.id,
            name: say(nearest.name),
            figure: figure(nearest.figure),
            leaves: figure(nearest.leaves),
          }
        : null,
      untried: row.untried.map(({ id, lacks }) => ({ id, lacks: say(lacks) })),
      text: say(row.text),
    };
  };
}

/** The whole but for its rows. @param {Whole} whole */
function report({ papers, files, code, language }) {
  const say = (/** @type {{ zh: string, en: string }} */ words) => words[language];

  const dayOf = (/** @type {Reconciliation} */ found) => {
    const { inputs, rule, bridge, ratios } = found;
    const partOf = (/** @type {import("../src/account").RulePart} */ part) => ({
      ...termsOf(part.terms),
      products: part.products.map((product) => product.code),
      contracts: part.contracts,
    });
    return {
      day: found.day ?? null,
      file: statements.withoutAccounts(inputs.statement.file),
      rule: {
        sentence: say(rule.sentence),
        borneOut: say(rule.borneOut),
        confirmed: rule.terms.confirmed,
        isOfAll: rule.terms.isOfAll,
        main: rule.terms.main ? partOf(rule.terms.main) : null,
        others: rule.terms.others.map(partOf),
        open: rule.terms.open.map(({ alternatives, products, contracts }) => ({
          alternatives: alternatives.map(termsOf),
          products: products.map((product) => product.code),
          contracts,
        })),
        byProfile: rule.terms.byProfile.map((product) => product.code),
        alternatives: rule.terms.confirmed ? [] : rule.terms.alternatives.map(termsOf),
        rows: rule.rows,
        unconfirmed: rule.unconfirmed.map((product) => product.code),
      },
      counts: { ...found.counts },
      sentence: say(found.sentence),
      bridge: {
        // Where no row could be checked the rules gave none.
        from: found.counts.notCheckable === found.length ? null : figure(bridge.from),
        items: bridge.items.map((item) => ({
          reasons: [...item.ids],
          name: say(item.name),
          rows: item.rows,
          unprinted: item.unprinted,
          amount: account.isUnknown(item) ? null : figure(item.amount),
        })),
        // A sum of rows of which some aren't printed is no sum.
        to: bridge.unprinted > 0 ? null : figure(bridge.to),
        toFrom: bridge.toFrom,
        unprinted: bridge.unprinted,
        complete: bridge.complete,
      },
      unread: found.unread,
      identities: found.identities.map(({ id, name, text, printed, expected, holds }) => ({
        id,
        name: say(name),
        text: say(text),
        printed: figure(printed),
        expected: rounded(expected),
        holds,
      })),
      ratios: {
        printed: rounded(ratios.printed),
        ofPrinted: rounded(ratios.ofPrinted),
        byRules: rounded(ratios.byRules),
      },
      notes: found.notes.map(say),
      rows: [],
    };
  };

  return {
    version: 1,
    exitCode: code,
    language,
    files: files.map(({ file, statement, readable, problems }) => ({
      file,
      readable,
      format: statement?.format ?? null,
      day: statement?.account?.day ?? statement?.day ?? null,
      rows: statement ? { ...statement.rows } : null,
      problems: problems.map(say),
    })),
    notes: papers.notes.map(say),
    accounts: papers.accounts.map(({ currency, names, days, firstBreak, breaks, sentence }) => ({
      name: say(names),
      currency: account.currencyCode(currency) ?? null,
      firstBreak: firstBreak ?? null,
      breaks: breaks.map(({ contract, from, days: many, difference }) => ({
        contract,
        from: from ?? null,
        days: many,
        difference: figure(difference),
      })),
      sentence: say(sentence),
      days: days.map(dayOf),
    })),
  };
}
