/** The CTP case as Reconcile has it: with what is typed of its market, one figure changed, or a day beside it. */
import { bookOf, DEFAULT_PROFILE, type Book, type Profile } from "../../src/account";
import { amount } from "../../src/core";
import { readStatement } from "../../src/statements";
import { Reconciling, type Reconciled } from "../../src/taskpane/desk-reconciled";
import { entriesOf, type Entry, type Imported } from "../../src/taskpane/desk-entries";
import { NOTHING_OPEN, NOTHING_TYPED, type Typed } from "../../src/taskpane/desk-state";
import type { Language } from "../../src/taskpane/language";
import type {
  ReconcileActs,
  ReconcileProps,
  ReconcileUi,
} from "../../src/taskpane/views/reconcile/room";
import { ctpBreaking, MARKET } from "./ctp.mjs";

export const TODAY = "2026-11-20";

export const TYPED: Typed = { ...NOTHING_TYPED, prices: MARKET.prices, rates: MARKET.rates };

/** Prices of the trading day before, as the sample was charged by. */
export const PREVIOUS = { sc2702: "505.2", IO: "4638", SR701: "5742", cu2701: "86120" };

const imported = async (papers: readonly Uint8Array[], sample: boolean): Promise<Imported[]> =>
  Promise.all(
    papers.map(async (bytes, id) => ({
      id,
      input: undefined,
      statement: await readStatement(bytes, `${id}.txt`),
      sample,
    })),
  );

const bookFor = ({ statement, account }: Entry, typed: Typed): Book =>
  bookOf({
    statement,
    account,
    prices: Object.fromEntries(
      Object.entries(typed.prices).flatMap(([code, price]) =>
        price === "" ? [] : [[code, amount(price)] as const],
      ),
    ),
    profile: DEFAULT_PROFILE,
    today: TODAY,
  });

export interface Given {
  /** The case with SR701C6000 charged 500.00 more, unless others are named. */
  readonly papers?: readonly Uint8Array[];
  /** By day; of days left out the market is typed, and nothing else. */
  readonly typed?: Readonly<Record<string, Typed>>;
  readonly ui?: Partial<ReconcileUi>;
  readonly language?: Language;
  readonly profile?: Profile;
  readonly sample?: boolean;
  readonly with?: Partial<ReconcileProps>;
}

/** Asks again and again, as the page does, until nothing is under way. */
async function settled(ask: () => Reconciled): Promise<Reconciled> {
  for (;;) {
    const now = ask();
    if (!now.busy) return now;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** What the room is given; the latest day is in front. */
export async function propsOf(given: Given = {}): Promise<ReconcileProps> {
  const { papers = [ctpBreaking()], sample = false, profile = DEFAULT_PROFILE } = given;
  const entries = entriesOf(await imported(papers, sample));
  const [front] = entries;
  if (!front) throw new Error("nothing was read");
  const typed = Object.fromEntries(
    entries.map(({ key, day }) => [key, given.typed?.[day ?? ""] ?? TYPED]),
  );
  const own = typed[front.key] ?? TYPED;
  const book = bookFor(front, own);
  const reconciling = new Reconciling(() => undefined);
  const found = await settled(() =>
    reconciling.reconciled(entries, front, book, typed, profile, [], TODAY),
  );
  return {
    book,
    ...found,
    front: front.key,
    sample,
    profile,
    asking: {
      ui: {
        typedPrices: own.prices,
        typedRates: own.rates,
        typedEquity: "",
        typedTerms: {},
        notice: undefined,
        connected: true,
      },
      acts: {} as ReconcileProps["asking"]["acts"],
    },
    typedPrevious: own.previous,
    ui: { ...NOTHING_OPEN, ...given.ui },
    acts: {} as ReconcileActs,
    language: given.language ?? "zh",
    notice: undefined,
    canUndo: false,
    connected: true,
    writing: false,
    ...given.with,
  };
}
