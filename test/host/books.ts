/** Books for tests of what is written from them: the statement of a futures broker, and one with hostile texts. */
import { bookOf, type Book } from "../../src/account/book";
import type { HeldSet } from "../../src/account/sets";
import { DEFAULT_PROFILE, type Profile } from "../../src/account/profile";
import { amount, type Amount } from "../../src/core";
import { readCells, readStatement, type Statement } from "../../src/statements";
import { caseNamed } from "../statements/files";

const amounts = (figures: Readonly<Record<string, number>>): Record<string, Amount> =>
  Object.fromEntries(Object.entries(figures).map(([code, figure]) => [code, amount(figure)]));

/** Settlement prices of the sample's underlyings on its day. */
export const CTP_PRICES = amounts({
  m2701: 2985,
  SR701: 5750,
  cu2701: 86500,
  sc2702: 498.6,
  si2701: 9350,
  IO: 4650,
});

/** The exchanges' rates of that day; the broker's on crude oil, whose printed row is of an older price. */
export const CTP_PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: {
    m: { exchange: "0.07" },
    SR: { exchange: "0.07" },
    cu: { exchange: "0.09" },
    sc: { exchange: "0.1", broker: "0.13" },
    si: { exchange: "0.09" },
  },
};

export const ctpStatement = (): Promise<Statement> => {
  const { bytes, file } = caseNamed("ctp-standard");
  return readStatement(bytes, file);
};

interface Given {
  readonly statement?: Statement;
  readonly prices?: Readonly<Record<string, Amount>>;
  readonly profile?: Profile;
  readonly equity?: Amount;
}

/** The sample's book; what is given replaces its own. */
export async function ctpBook({ statement, prices, profile, equity }: Given = {}): Promise<Book> {
  return bookOf({
    statement: statement ?? (await ctpStatement()),
    prices: prices ?? CTP_PRICES,
    profile: profile ?? CTP_PROFILE,
    equity,
    today: "2026-11-21",
  });
}

/** Texts a spreadsheet would take as something else. */
export const HOSTILE = [
  "=1+1",
  "+A1",
  "-2",
  "@SUM(A1)",
  '=HYPERLINK("http://x")',
  "'=1+1",
  " =1+1",
  "510050",
] as const;

/** The sample's book with such a text wherever a file can put one. */
export async function hostileBook(): Promise<Book> {
  const book = await ctpBook();
  const at = (index: number): string => HOSTILE[index % HOSTILE.length] as string;
  const said = (index: number) => ({ zh: at(index), en: at(index) });
  const lines = book.lines.map((line, index) => ({
    ...line,
    kind: "other" as const,
    underlying: at(index + 1),
    position: { ...line.position, contract: at(index) },
    warnings: [{ kind: "stopLoss" as const, text: said(index) }],
  }));
  const set: HeldSet = {
    id: at(0),
    strategy: at(3),
    legs: lines.slice(0, 2),
    sets: amount(1),
    from: "statement",
    combination: undefined,
    printed: amount(100),
    saved: { broker: undefined, exchange: undefined },
  };
  const { statement } = book.inputs;
  const account = book.account && { ...book.account, id: at(4) };
  return {
    ...book,
    inputs: {
      ...book.inputs,
      account,
      statement: { ...statement, file: at(0) },
    },
    account,
    lines,
    sets: [set],
    underlyings: book.underlyings.map((underlying, index) => ({
      ...underlying,
      code: at(index),
      name: said(index + 2),
    })),
  };
}

/** A table of so many short options, whose broker adds three points to the exchange's rate. */
export async function bookOfRows(rows: number): Promise<Book> {
  const header = ["合约", "方向", "手数", "结算价", "标的价"];
  const body = Array.from({ length: rows }, (_, row) => {
    const contract = `m2701-${row % 2 === 0 ? "C" : "P"}-${2000 + 5 * row}`;
    return [contract, row % 7 === 0 ? "买" : "卖", "2", "40.5", "2985"];
  });
  const statement = await readCells([header, ...body], "table", { day: "2026-11-20" });
  return ctpBook({
    statement,
    equity: amount("100000000"),
    profile: { ...CTP_PROFILE, surcharge: { kind: "points", points: "0.03" } },
  });
}
