/** The positions of one account with what each takes, on the broker's standard and on the exchange's. */
import {
  amount,
  drained,
  Pace,
  type Amount,
  type Bilingual,
  type Day,
  type RowMargin,
  type ShortMargin,
} from "../core";
import type { Account, Position, Statement } from "../statements";
import { brokerCharge, exchangeCharge } from "./charge";
import { chargedSetsInSteps, markedLots } from "./charged-sets";
import { currencyCode } from "./currency";
import { accountWarnings, lineWarnings } from "./discipline";
import { unworkedFigure, type Charge, type Holding } from "./figure";
import { holdingsInSteps, type Held } from "./holding";
import { inferInSteps } from "./infer";
import { partsInSteps } from "./parts";
import type { Profile } from "./profile";
import { own, PriceList } from "./price";
import { printedMargins, readingOf } from "./reading";
import { heldSetsInSteps, type HeldSet } from "./sets";
import { standingsInSteps, type Standings } from "./standing";
import { outcomes } from "./outcome";
import { withTerms, type TermsByContract } from "./terms";
import { toldInSteps } from "./told";
import { underlyingsOf } from "./underlying";

export interface BookInputs {
  readonly statement: Statement;
  /** Whose book; left out: the statement's only account, or none. */
  readonly account?: Account | undefined;
  /** Prices of underlyings given by the user, by underlying: "m2701", "IO", "510050". */
  readonly prices: Readonly<Record<string, Amount>>;
  /** Equity (or margin money) typed by the user, where nothing is printed. */
  readonly equity?: Amount | undefined;
  /** Strike and unit by contract, where neither its code nor the statement tells them. */
  readonly terms?: TermsByContract | undefined;
  readonly profile: Profile;
  /** The day whose rules apply where the statement has none. */
  readonly today: Day;
  /** Margin a lot had when it was first seen, by line: what the change since opening is measured from. */
  readonly openings?: Readonly<Record<string, Amount>> | undefined;
}

/** What keeps a figure from being worked out. */
export interface Gap {
  readonly what: "price" | "rate" | "brokerRate" | "settlement" | "terms" | "rule";
  /** The underlying for a price or rate, else the contract. */
  readonly of: string;
  readonly why: Bilingual;
}

/** One standard's figure for a line, in the contract's currency for all its lots. */
export type Figure =
  | {
      readonly margin: Amount;
      readonly branch: RowMargin["branch"];
      /** For a short option; a future has its rate alone, longs and covered calls nothing. */
      readonly working: ShortMargin | undefined;
      /** The rate or coefficient it was worked out with, and the markup. */
      readonly rate: Amount | undefined;
      readonly markup: Amount;
      readonly gap?: undefined;
    }
  | { readonly gap: Gap; readonly margin?: undefined };

export interface Warning {
  readonly kind: "stopLoss" | "productShare" | "cushion" | "coveredShort" | "coveredUnknown";
  readonly text: Bilingual;
}

export interface Line {
  /** Unique in the book: "IO2612-C-4800 short". */
  readonly id: string;
  readonly position: Position;
  readonly kind: "option" | "future" | "shares" | "other";
  /** "CFFEX" and its name; undefined for a contract no exchange of ours lists. */
  readonly exchange: { readonly code: string; readonly name: Bilingual } | undefined;
  readonly product: { readonly code: string; readonly name: Bilingual } | undefined;
  /** By which prices and rates are asked for: "m2701", "IO", "510050". */
  readonly underlying: string | undefined;
  readonly strike: Amount | undefined;
  readonly unit: Amount | undefined;
  /** The option's (or future's) price by the profile's basis, and the underlying's. */
  readonly price: Amount | undefined;
  readonly underlyingPrice: Amount | undefined;
  /** What the broker took, as printed; undefined where nothing is. */
  readonly printed: Amount | undefined;
  /** Lots margined together with others, as far as it is told; and whether there are any. */
  readonly inSets?: Amount | undefined;
  readonly combined: boolean;
  readonly broker: Figure;
  readonly exchangeFigure: Figure;
  /** Share of the book's margin (printed, else the broker's, else the exchange's), a fraction. */
  readonly share: Amount | undefined;
  /** Change of the premium and of the margin since opening, fractions; undefined where a price is missing. */
  readonly premiumChange: Amount | undefined;
  readonly marginChange: Amount | undefined;
  /** Largest gain and loss at expiry of an option, from its opening price; "unlimited" for a short call. */
  readonly largestGain: Amount | "unlimited" | undefined;
  readonly largestLoss: Amount | "unlimited" | undefined;
  readonly warnings: readonly Warning[];
}

/** An underlying some line needs, with what is known of it. */
export interface Underlying {
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: "etf" | "index" | "future";
  readonly price: Amount | undefined;
  /** Where the price came from. */
  readonly priceFrom: "statement" | "user" | undefined;
  readonly exchangeRate: Amount | undefined;
  readonly exchangeRateFrom: "rule" | "profile" | undefined;
  readonly brokerRate: Amount | undefined;
  /** "inferred": the one rate that gives most plain printed rows of this underlying, to the fen. */
  readonly brokerRateFrom: "profile" | "inferred" | undefined;
  /** What the broker adds to the exchange's figure, where it charges a multiple of it; else zero. */
  readonly markup?: Amount | undefined;
  readonly needsPrice: boolean;
  readonly needsRate: boolean;
}

/** Margin by exchange, product or account: the broker's (printed, else worked out) and the exchange's. */
export interface Part {
  readonly key: string;
  readonly name: Bilingual;
  readonly broker: Amount | undefined;
  readonly exchange: Amount | undefined;
}

export interface Book {
  readonly inputs: BookInputs;
  readonly account: Account | undefined;
  /** "¥" or "HK$". */
  readonly currency: string;
  readonly day: Day | undefined;
  readonly lines: readonly Line[];
  /** Lines margined together, as far as it is told which. */
  readonly sets: readonly HeldSet[];
  readonly underlyings: readonly Underlying[];
  readonly standings: Standings;
  readonly byExchange: readonly Part[];
  readonly byProduct: readonly Part[];
  /** Warnings about the account as a whole. */
  readonly warnings: readonly Warning[];
}

const SIGNS: Readonly<Record<string, string>> = { HKD: "HK$", USD: "US$" };

/** The sign money is shown with; the mainland's where nothing else is printed. */
export const currencySign = (currency: string | undefined): string =>
  SIGNS[currencyCode(currency) ?? ""] ?? "¥";

/** A holding with what was printed of it, and the exchange's terms and figure. */
interface Priced {
  readonly held: Held;
  readonly printed: Amount | undefined;
  readonly exchange: Charge;
  readonly exchangeFigure: Figure;
}

/** What a line is told apart from the others; its sets are found later. */
function lineOf(
  { held, printed, exchangeFigure }: Priced,
  broker: Figure,
  whole: Amount,
  inputs: BookInputs,
): Line {
  const { id, position, kind, underlying, strike, unit, price, underlyingPrice } = held;
  const { openPrice } = position;
  const margin = marginOfLine({ printed, broker, exchangeFigure });
  const { largestGain, largestLoss } = outcomes(held);
  // Written out, without a spread: of a long book there are a hundred thousand.
  return {
    id,
    position,
    kind,
    exchange: held.exchange,
    product: held.product,
    underlying,
    strike,
    unit,
    price,
    underlyingPrice,
    printed,
    broker,
    exchangeFigure,
    premiumChange:
      kind === "option" || kind === "other"
        ? openPrice?.greaterThan(0) && price
          ? price.dividedBy(openPrice).minus(1)
          : undefined
        : undefined,
    largestGain,
    largestLoss,
    combined: false,
    share: margin && whole.greaterThan(0) ? margin.dividedBy(whole) : undefined,
    marginChange: changeSinceOpening({ id, position, printed, broker }, inputs),
    warnings: lineWarnings({ position, price, unit }, inputs.profile),
  };
}

/** The figure a line weighs by: printed, else the broker's, else the exchange's. */
export const marginOfLine = ({
  printed,
  broker,
  exchangeFigure,
}: Pick<Line, "printed" | "broker" | "exchangeFigure">): Amount | undefined =>
  printed ?? broker.margin ?? exchangeFigure.margin;

function changeSinceOpening(
  line: Pick<Line, "id" | "position" | "printed" | "broker">,
  { openings }: BookInputs,
): Amount | undefined {
  const opening = openings && own(openings, line.id);
  const margin = line.printed ?? line.broker.margin;
  if (!opening?.greaterThan(0) || !margin) return undefined;
  return margin.dividedBy(line.position.quantity).dividedBy(opening).minus(1);
}

/** Rows done so far, with each step of the work between them and the next. */
function* at<T>(done: number, work: Generator<void, T>): Generator<number, T> {
  for (;;) {
    const { done: over, value } = work.next();
    if (over) return value;
    yield done;
  }
}

/** A statement, prices and the broker's terms → every line on both standards, and where the account stands. */
export const bookOf = (inputs: BookInputs): Book => drained(bookInSteps(inputs));

/** Both standards' figures of a line, and its share and warnings, in units of work. */
const WORKING_OUT = 1;
const FINISHING = 0.3;

/** The same for a book of any length: pauses now and then, with the rows that are worked out. */
export function* bookInSteps(inputs: BookInputs): Generator<number, Book> {
  const { statement, profile, prices } = inputs;
  const pace = new Pace();
  const reading = readingOf(statement, inputs.account);
  const { account } = reading;
  const { columns } = reading;
  if (columns) yield* at(0, columns.inSteps("positions", pace));
  const all = reading.positions.length;
  if (pace.due(all * FINISHING)) yield 0;
  const positions = reading.positions.map((position) => withTerms(position, inputs.terms));
  const day = account?.day ?? statement.day;
  const on = day ?? inputs.today;
  const list = new PriceList(statement, profile.priceBasis, prices);
  const printed = printedMargins(positions);
  if (pace.due(all * FINISHING)) yield 0;
  const holdings = yield* at(0, holdingsInSteps(positions, list, pace));
  const priced: Priced[] = [];
  for (const [index, held] of holdings.entries()) {
    const exchange = exchangeCharge(held, profile, on);
    const exchangeFigure = unworkedFigure(held, exchange, on);
    priced.push({ held, printed: printed[index], exchange, exchangeFigure });
    if (pace.due(WORKING_OUT / 2)) yield 0;
  }
  const rows = priced.map(({ held, printed: figure, exchangeFigure: { margin } }) => ({
    ...{ holding: held as Holding, printed: figure, alone: margin },
  }));
  const told = yield* at(0, toldInSteps(statement, rows, pace));
  const marked = markedLots(told, told.suspects);
  if (pace.due(all * FINISHING)) yield 0;
  const known = priced.map((row) => ({
    ...{ holding: row.held, printed: row.printed, exchange: row.exchange },
    combined: marked.has(row.held),
  }));
  // Only a profile that leaves the broker's terms open asks what the rows tell.
  const inferred =
    profile.surcharge.kind === "unknown"
      ? yield* at(0, inferInSteps(known, on, pace))
      : () => undefined;
  const figures: Figure[] = [];
  let whole = amount("0");
  for (const { held, printed: figure, exchange, exchangeFigure } of priced) {
    const charge = brokerCharge(held, exchange, { profile, inferred, on });
    const broker = unworkedFigure(held, charge, on);
    figures.push(broker);
    whole = whole.plus(marginOfLine({ printed: figure, broker, exchangeFigure }) ?? 0);
    if (pace.due(WORKING_OUT / 2)) yield figures.length;
  }
  const alone: Line[] = [];
  for (const [index, row] of priced.entries()) {
    alone.push(lineOf(row, figures[index] as Figure, whole, inputs));
    if (pace.due(FINISHING)) yield all;
  }
  const byHolding = <T>(items: readonly T[]): ((holding: Holding) => T | undefined) => {
    const found = new Map(rows.map(({ holding }, index) => [holding, items[index]]));
    return (holding) => found.get(holding);
  };
  const inSets = yield* at(all, chargedSetsInSteps(told, byHolding(alone), on, pace));
  const lines = alone.map((line, index): Line => {
    const lots = rows[index] && inSets.lots.get(rows[index].holding);
    return lots ? { ...line, inSets: lots, combined: true } : line;
  });
  const sets = yield* at(all, heldSetsInSteps(inSets, byHolding(lines), on, pace));
  if (pace.due(all * FINISHING)) yield all;
  const standings = yield* at(all, standingsInSteps(inputs, reading, { lines, sets }, day, pace));
  const byProduct = yield* at(
    all,
    partsInSteps({ lines, sets, statement }, ({ product }) => product, pace),
  );
  const byExchange = yield* at(
    all,
    partsInSteps({ lines, sets, statement }, ({ exchange }) => exchange, pace),
  );
  return {
    inputs,
    account,
    currency: currencySign(account?.currency ?? positions[0]?.currency),
    day,
    lines,
    sets,
    underlyings: underlyingsOf(holdings, { list, profile, inferred, on }),
    standings,
    byExchange,
    byProduct,
    warnings: accountWarnings(standings, byProduct, profile),
  };
}
