/** A profile as JSON text, and read back without trusting it: a wrong field is named with its value. */
import { readDay, readNumber, digits, type Amount, type Bilingual, type Day } from "../core";
import { HONG_KONG_FIELDS, type HongKongField, type HongKongTerms } from "./hong-kong-terms";
import {
  DEFAULT_PROFILE,
  type DatedRates,
  type PriceBasis,
  type ProductRates,
  type Profile,
  type RatioDefinition,
  type Surcharge,
} from "./profile";

const VERSION = 1;

type Path = string;

/** A field that is not what it has to be; caught where the reading began. */
class Refusal extends Error {
  constructor(readonly sentence: Bilingual) {
    super(sentence.en);
  }
}

const LONGEST = 40;

function shown(value: unknown): string {
  const text = value === undefined ? "" : (JSON.stringify(value) ?? "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function refuse(path: Path, value: unknown, zh: string, en: string): never {
  const what = shown(value);
  throw new Refusal({
    zh: `公司参数“${path}”现为 ${what || "空白"}，${zh}。`,
    en: `Broker profile: ${path} is ${what || "blank"}; it ${en}.`,
  });
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown, path: Path, known?: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse(path, value, "须是一组字段", "must be a group of fields");
  }
  const strange = known && Object.keys(value).find((key) => !known.includes(key));
  if (strange !== undefined) {
    const at = path === ROOT ? strange : `${path}.${strange}`;
    refuse(at, (value as Fields)[strange], "没有这个字段", "is no field of a profile");
  }
  return value as Fields;
}

const ROOT = "profile";

interface Range {
  readonly least: number;
  readonly most: number;
  /** Whether the least itself is too small. */
  readonly above?: true;
}

const RATE: Range = { least: 0, most: 1, above: true };
const SHARE: Range = { least: 0, most: 1 };
const MARKUP: Range = { least: 0, most: 10 };
const LINE: Range = { least: 0, most: 100, above: true };
const MONEY: Range = { least: 0, most: 1e15 };
const PRICE: Range = { least: 0, most: 1e15, above: true };

/** A number as plain text, so that a profile keeps what was typed to the last digit. */
function figure(value: unknown, path: Path, { least, most, above }: Range): string {
  const number = typeof value === "string" || typeof value === "number" ? readNumber(value) : null;
  if (!number) return refuse(path, value, "须是数字", "must be a number");
  const low = above ? number.lessThanOrEqualTo(least) : number.lessThan(least);
  if (low || number.greaterThan(most)) {
    const zh = above ? `须大于 ${least}、不超过 ${most}` : `须在 ${least} 到 ${most} 之间`;
    const en = above
      ? `must be above ${least} and at most ${most}`
      : `must be from ${least} to ${most}`;
    return refuse(path, value, zh, en);
  }
  return digits(number);
}

const optionalFigure = (value: unknown, path: Path, range: Range): string | undefined =>
  value === undefined || value === null ? undefined : figure(value, path, range);

function oneOf<T extends string>(value: unknown, path: Path, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  const list = choices.join(", ");
  return found ?? refuse(path, value, `须是 ${list} 之一`, `must be one of ${list}`);
}

function readSurcharge(value: unknown): Surcharge {
  const path = "surcharge";
  const fields = fieldsOf(value, path, ["kind", "markup", "points"]);
  const kind = oneOf(fields["kind"], `${path}.kind`, ["multiple", "points", "own", "unknown"]);
  switch (kind) {
    case "multiple":
      return { kind, markup: figure(fields["markup"], `${path}.markup`, MARKUP) };
    case "points":
      return { kind, points: figure(fields["points"], `${path}.points`, SHARE) };
    default:
      return { kind };
  }
}

function dayAt(value: unknown, path: Path): Day {
  const day = typeof value === "string" ? readDay(value.trim()) : undefined;
  return day ?? refuse(path, value, "不是日期", "is no day such as 2026-10-01");
}

/** Rates for some days; undefined where there are none. */
function readDated(value: unknown, path: Path): readonly DatedRates[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return refuse(path, value, "须是一个列表", "must be a list");
  return value.map((one: unknown, index) => {
    const at = `${path}[${index}]`;
    const fields = fieldsOf(one, at, ["from", "to", "exchange", "broker"]);
    const from = dayAt(fields["from"], `${at}.from`);
    const last = fields["to"] ?? undefined;
    const to = last === undefined ? undefined : dayAt(last, `${at}.to`);
    if (to !== undefined && to < from) {
      return refuse(`${at}.to`, to, `早于开始的 ${from}`, `is before its first day, ${from}`);
    }
    const exchange = optionalFigure(fields["exchange"], `${at}.exchange`, RATE);
    const broker = optionalFigure(fields["broker"], `${at}.broker`, RATE);
    if (exchange === undefined && broker === undefined) {
      return refuse(`${at}.exchange`, undefined, "须有一个保证金率", "must have a rate");
    }
    return { from, to, exchange, broker };
  });
}

function readProducts(value: unknown): Profile["products"] {
  return Object.fromEntries(
    Object.entries(fieldsOf(value, "products")).map(([code, rates]) => {
      const path = `products.${code}`;
      const fields = fieldsOf(rates, path, ["exchange", "broker", "dated"]);
      const read: ProductRates = {
        exchange: optionalFigure(fields["exchange"], `${path}.exchange`, RATE),
        broker: optionalFigure(fields["broker"], `${path}.broker`, RATE),
        dated: readDated(fields["dated"], `${path}.dated`),
      };
      return [code, read];
    }),
  );
}

const LINES = ["watch", "call", "liquidation", "immediate"] as const;

function readLines(value: unknown): Profile["lines"] {
  const fields = fieldsOf(value, "lines", LINES);
  let before: Amount | undefined;
  const read = LINES.map((line) => {
    const path = `lines.${line}`;
    const text = figure(fields[line] ?? DEFAULT_PROFILE.lines[line], path, LINE);
    const level = readNumber(text);
    if (before && level?.lessThan(before)) {
      const above = digits(before);
      refuse(
        path,
        text,
        `不能低于前一条线 ${above}`,
        `must not be below the line before it, ${above}`,
      );
    }
    before = level;
    return [line, text] as const;
  });
  return Object.fromEntries(read) as Profile["lines"];
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const MOST_TRADING_DAYS = 30;

function readDeadline(value: unknown): Profile["deadline"] {
  const fields = fieldsOf(value, "deadline", ["tradingDays", "time", "holidays"]);
  const standard = DEFAULT_PROFILE.deadline;
  const tradingDays = fields["tradingDays"] ?? standard.tradingDays;
  if (
    typeof tradingDays !== "number" ||
    !Number.isInteger(tradingDays) ||
    tradingDays < 0 ||
    tradingDays > MOST_TRADING_DAYS
  ) {
    return refuse(
      "deadline.tradingDays",
      tradingDays,
      `须是 0 到 ${MOST_TRADING_DAYS} 的整数`,
      `must be a whole number from 0 to ${MOST_TRADING_DAYS}`,
    );
  }
  const time = fields["time"] ?? standard.time;
  if (typeof time !== "string" || !TIME.test(time)) {
    return refuse("deadline.time", time, "须是 11:30 这样的时间", "must be a time such as 11:30");
  }
  const holidays = fields["holidays"] ?? standard.holidays;
  if (!Array.isArray(holidays)) {
    return refuse("deadline.holidays", holidays, "须是日期的列表", "must be a list of days");
  }
  const days = holidays.map((holiday: unknown, index) =>
    dayAt(holiday, `deadline.holidays[${index}]`),
  );
  return { tradingDays, time, holidays: [...new Set(days)].sort() };
}

function readCollateral(value: unknown): Profile["collateral"] {
  const fields = fieldsOf(value, "collateral", ["amount", "haircut"]);
  return {
    amount: figure(fields["amount"] ?? "0", "collateral.amount", MONEY),
    haircut: figure(fields["haircut"] ?? "0", "collateral.haircut", SHARE),
  };
}

function readDiscipline(value: unknown): Profile["discipline"] {
  const fields = fieldsOf(value, "discipline", ["stopLoss", "productShare", "cushion"]);
  const stops = fieldsOf(fields["stopLoss"] ?? {}, "discipline.stopLoss");
  return {
    stopLoss: Object.fromEntries(
      Object.entries(stops).map(([contract, price]) => [
        contract,
        figure(price, `discipline.stopLoss.${contract}`, PRICE),
      ]),
    ),
    productShare: optionalFigure(fields["productShare"], "discipline.productShare", LINE),
    cushion: optionalFigure(fields["cushion"], "discipline.cushion", SHARE),
  };
}

/** What each figure of a Hong Kong product may be. */
const HONG_KONG_RANGES: Readonly<Record<HongKongField, Range>> = {
  clientRatio: { least: 0, most: 100, above: true },
  psr: PRICE,
  vsr: { least: 0, most: 10 },
  multiplier: PRICE,
  calendarCharge: MONEY,
  shortOptionMinimum: MONEY,
};

/** Charges a product may have none of, which a blank doesn't say. */
const MAY_BE_NONE: readonly HongKongField[] = ["calendarCharge", "shortOptionMinimum"];

const isNone = (field: HongKongField, value: unknown): boolean =>
  MAY_BE_NONE.includes(field) && /^(?:none|无)$/i.test(String(value).trim());

const hongKongText = (value: unknown, field: HongKongField, path: Path): string =>
  isNone(field, value) ? "none" : figure(value, path, HONG_KONG_RANGES[field]);

/** A text as a Hong Kong figure; undefined where it isn't one. */
export function hongKongFigure(field: HongKongField, text: string): string | undefined {
  try {
    return hongKongText(text, field, field);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function readHongKong(value: unknown): HongKongTerms | undefined {
  if (value === undefined || value === null) return undefined;
  const path = "hongKong";
  const fields = fieldsOf(value, path, ["products", "optionValue", "rate"]);
  const products = Object.entries(fieldsOf(fields["products"] ?? {}, `${path}.products`)).map(
    ([code, one]) => {
      const at = `${path}.products.${code}`;
      const given = fieldsOf(one, at, [...HONG_KONG_FIELDS, "minimumMethod"]);
      const figures = HONG_KONG_FIELDS.flatMap((field) => {
        const value = given[field] ?? undefined;
        return value === undefined
          ? []
          : [[field, hongKongText(value, field, `${at}.${field}`)] as const];
      });
      const how = given["minimumMethod"] ?? undefined;
      const method =
        how === undefined ? {} : { minimumMethod: oneOf(how, `${at}.minimumMethod`, METHODS) };
      return [code, { ...Object.fromEntries(figures), ...method }] as const;
    },
  );
  const mode = fields["optionValue"] ?? undefined;
  const rate = optionalFigure(fields["rate"], `${path}.rate`, PRICE);
  return {
    products: Object.fromEntries(products),
    ...(mode !== undefined && { optionValue: oneOf(mode, `${path}.optionValue`, MODES) }),
    ...(rate !== undefined && { rate }),
  };
}

const METHODS = ["gross", "larger"] as const;
const MODES = ["none", "short", "net"] as const;

const FIELDS = [
  "version",
  "surcharge",
  "products",
  "lines",
  "deadline",
  "priceBasis",
  "ratio",
  "collateral",
  "slippage",
  "discipline",
  "hongKong",
] as const;

const PRICE_BASES: readonly PriceBasis[] = [
  "settlement",
  "previousSettlement",
  "last",
  "higher",
  "trade",
];
const RATIOS: readonly RatioDefinition[] = ["equity", "marginMoney", "inverse", "marketValue"];

function read(json: unknown): Profile {
  const fields = fieldsOf(json, ROOT, FIELDS);
  const standard = DEFAULT_PROFILE;
  const version = fields["version"] ?? VERSION;
  if (version !== VERSION) {
    refuse(
      "version",
      version,
      `须是 ${VERSION}（可能来自更新的版本）`,
      `must be ${VERSION}; a newer version may have made it`,
    );
  }
  const hongKong = readHongKong(fields["hongKong"]);
  return {
    surcharge: readSurcharge(fields["surcharge"] ?? standard.surcharge),
    products: readProducts(fields["products"] ?? standard.products),
    lines: readLines(fields["lines"] ?? standard.lines),
    deadline: readDeadline(fields["deadline"] ?? standard.deadline),
    priceBasis: oneOf(fields["priceBasis"] ?? standard.priceBasis, "priceBasis", PRICE_BASES),
    ratio: oneOf(fields["ratio"] ?? standard.ratio, "ratio", RATIOS),
    collateral: readCollateral(fields["collateral"] ?? standard.collateral),
    slippage: figure(fields["slippage"] ?? standard.slippage, "slippage", SHARE),
    discipline: readDiscipline(fields["discipline"] ?? standard.discipline),
    ...(hongKong && { hongKong }),
  };
}

/** What was wrong with a field; and that, with what to do of a profile that was to replace another. */
interface Wrong {
  readonly wrong: Bilingual;
  readonly refused: Bilingual;
}

/** Reads a profile from parsed JSON; a field left out has its standard value, a wrong one is named with its value. */
export function readProfile(json: unknown): { profile: Profile } | Wrong {
  try {
    return { profile: read(json) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { sentence: wrong } = error;
    return {
      wrong,
      refused: {
        zh: `${wrong.zh}改好再导入，原来的参数没有变。`,
        en: `${wrong.en} Correct it and import again; your profile is unchanged.`,
      },
    };
  }
}

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

const plainStep = ({ from, to, exchange, broker }: DatedRates): DatedRates => ({
  ...{ from, to, exchange, broker },
});

/** A profile as JSON, the same text for the same terms. */
export function profileText(profile: Profile): string {
  const { surcharge, products, lines, deadline, collateral, discipline } = profile;
  const plain = {
    version: VERSION,
    surcharge,
    products: sorted(
      Object.fromEntries(
        Object.entries(products).map(([code, { exchange, broker, dated }]) => [
          code,
          { exchange, broker, dated: dated?.map(plainStep) },
        ]),
      ),
    ),
    lines: Object.fromEntries(LINES.map((line) => [line, lines[line]])),
    deadline: {
      tradingDays: deadline.tradingDays,
      time: deadline.time,
      holidays: deadline.holidays,
    },
    priceBasis: profile.priceBasis,
    ratio: profile.ratio,
    collateral: { amount: collateral.amount, haircut: collateral.haircut },
    slippage: profile.slippage,
    discipline: {
      stopLoss: sorted(discipline.stopLoss),
      productShare: discipline.productShare,
      cushion: discipline.cushion,
    },
    hongKong: profile.hongKong && {
      ...profile.hongKong,
      products: sorted(profile.hongKong.products),
    },
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}
