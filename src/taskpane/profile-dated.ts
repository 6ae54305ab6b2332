/** Rates for some days, as they are typed into the broker profile: one step changed, added or taken away. */
import { ratesCode, type DatedRates, type Profile, type ProductRates } from "../account";
import { digits, readDay, type Bilingual, type Day } from "../core";
import { quoted, readShare, SPANS, zero, type Changed } from "./profile-fields";

export const STEP_FIELDS = ["from", "to", "exchange", "broker"] as const;
export type StepField = (typeof STEP_FIELDS)[number];

/** A step that isn't there yet, as it is typed. */
export type StepTyped = Readonly<Record<"product" | StepField, string>>;

/** Where a field of a step that is there is kept: "dated.0.from.m2701". */
export const stepPath = (code: string, index: number, field: StepField): string =>
  ["dated", index, field, code].join(".");

/** Where a field of a new one is typed; "" for all of them. */
export const newStepPath = (field: keyof StepTyped | ""): string => `dated.new.${field}`;

/** Whose steps a path is about. */
export function datedCode(path: string): string | undefined {
  const [first, , , ...code] = path.split(".");
  return first === "dated" && code.length > 0 ? code.join(".") : undefined;
}

/** The profile with a product's steps as they are given; without any rate the product goes. */
export const withDated =
  (code: string, dated: readonly DatedRates[]) =>
  (profile: Profile): Profile => {
    const { [code]: kept, ...others } = profile.products;
    const { exchange, broker } = kept ?? {};
    const now: ProductRates = { exchange, broker, ...(dated.length > 0 && { dated }) };
    const isEmpty = exchange === undefined && broker === undefined && dated.length === 0;
    return { ...profile, products: isEmpty ? others : { ...others, [code]: now } };
  };

export const stepsOf = ({ products }: Profile, code: string): readonly DatedRates[] =>
  (Object.prototype.hasOwnProperty.call(products, code) && products[code]?.dated) || [];

type Read<T> = { readonly value: T } | { readonly refused: Bilingual };

const notADay = (text: string): Bilingual => ({
  zh: `“${quoted(text)}”不是日期，没有采用。填 2026-09-28 这样的日期。`,
  en: `“${quoted(text)}” isn't a day and wasn't taken. Type a day such as 2026-09-28.`,
});

function readDayTyped(text: string): Read<Day> {
  const value = readDay(text.normalize("NFKC").trim());
  return value === undefined ? { refused: notADay(text) } : { value };
}

/** A blank rate is none. */
function readRateTyped(text: string): Read<string | undefined> {
  if (text.trim() === "") return { value: undefined };
  const read = readShare(text, SPANS.rate);
  if ("refused" in read) return read;
  return read.value.isZero() ? { refused: zero(text) } : { value: digits(read.value) };
}

const NO_RATE: Bilingual = {
  zh: "这一段没有率，没有采用。填交易所率或公司率；不要这一段就删除。",
  en: "This step has no rate and wasn't taken. Type the exchange's or the broker's, or remove the step.",
};

const backwards = (from: Day, to: Day): Bilingual => ({
  zh: `到 ${to} 早于从 ${from}，没有采用。核对两个日期。`,
  en: `Its last day, ${to}, is before its first, ${from}; it wasn't taken. Check both.`,
});

/** What is wrong with a step whose fields are read. */
function wrongWith({ from, to, exchange, broker }: DatedRates): Bilingual | undefined {
  if (to !== undefined && to < from) return backwards(from, to);
  return exchange === undefined && broker === undefined ? NO_RATE : undefined;
}

function stepWith(step: DatedRates, field: StepField, text: string): Read<DatedRates> {
  const isDay = field === "from" || field === "to";
  const read =
    field === "to" && text.trim() === ""
      ? { value: undefined }
      : isDay
        ? readDayTyped(text)
        : readRateTyped(text);
  if ("refused" in read) return read;
  const value: DatedRates = { ...step, [field]: read.value };
  const refused = wrongWith(value);
  return refused ? { refused } : { value };
}

/** A field of a step that is there; undefined where the path names none. */
export function changeDated(profile: Profile, path: string, text: string): Changed | undefined {
  const code = datedCode(path);
  const [, index, name] = path.split(".");
  const field = STEP_FIELDS.find((one) => one === name);
  if (code === undefined || field === undefined) return undefined;
  const steps = stepsOf(profile, code);
  const step = steps[Number(index)];
  if (!step) return undefined;
  const read = stepWith(step, field, text);
  if ("refused" in read) return read;
  const now = steps.map((one) => (one === step ? read.value : one));
  return { profile: withDated(code, now)(profile) };
}

const noProduct = (text: string): Bilingual =>
  text.trim() === ""
    ? {
        zh: "标的空白，没有添加。填品种代码（m、IO、510050）或合约（m2701）。",
        en: "The underlying is blank, so nothing was added. Type a product (m, IO, 510050) or a future (m2701).",
      }
    : {
        zh: `不认识标的“${quoted(text)}”，没有添加。填品种代码（m、IO、510050）或合约（m2701）。`,
        en: `“${quoted(text)}” is no underlying known here, so nothing was added. Type a product (m, IO, 510050) or a future (m2701).`,
      };

/** A new step: whose it is and that product's steps with it, or which field is refused. */
export function newStep(
  profile: Profile,
  typed: StepTyped,
  known: readonly string[],
):
  | { readonly code: string; readonly dated: readonly DatedRates[] }
  | { readonly field: keyof StepTyped; readonly refused: Bilingual } {
  const code = ratesCode(typed.product, [...known, ...Object.keys(profile.products)]);
  if (code === undefined) return { field: "product", refused: noProduct(typed.product) };
  const from = readDayTyped(typed.from);
  if ("refused" in from) return { field: "from", refused: from.refused };
  const to = typed.to.trim() === "" ? { value: undefined } : readDayTyped(typed.to);
  if ("refused" in to) return { field: "to", refused: to.refused };
  const exchange = readRateTyped(typed.exchange);
  if ("refused" in exchange) return { field: "exchange", refused: exchange.refused };
  const broker = readRateTyped(typed.broker);
  if ("refused" in broker) return { field: "broker", refused: broker.refused };
  const step: DatedRates = {
    from: from.value,
    to: to.value,
    exchange: exchange.value,
    broker: broker.value,
  };
  const refused = wrongWith(step);
  if (refused) return { field: refused === NO_RATE ? "exchange" : "to", refused };
  const dated = [...stepsOf(profile, code), step].sort((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : 0,
  );
  return { code, dated };
}
