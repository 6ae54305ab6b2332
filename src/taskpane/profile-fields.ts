/** What is typed into a field of the broker profile → the profile with it, or a sentence why not. */
import type { PriceBasis, Profile, RatioDefinition } from "../account";
import {
  amount,
  digits,
  readDay,
  readNumber,
  type Amount,
  type Bilingual,
  type Day,
} from "../core";

export type Changed = { readonly profile: Profile } | { readonly refused: Bilingual };

/** Between which fractions a figure makes sense: it settles what "20" and "0.2" stand for. */
export interface Span {
  readonly least: string;
  readonly most: string;
}

export const SPANS = {
  markup: { least: "0.02", most: "1.99" },
  points: { least: "0.002", most: "0.19" },
  line: { least: "0.3", most: "5" },
  rate: { least: "0.01", most: "0.99" },
  haircut: { least: "0.01", most: "0.99" },
  slippage: { least: "0.001", most: "0.2" },
  share: { least: "0.01", most: "1" },
} as const satisfies Record<string, Span>;

export const quoted = (text: string): string => text.trim().slice(0, 30);

const notANumber = (text: string): Bilingual => ({
  zh: `“${quoted(text)}”不是数字，没有采用。填百分数，如 20%。`,
  en: `“${quoted(text)}” isn't a number and wasn't taken. Type a percentage such as 20%.`,
});

const twoMeanings = (text: string): Bilingual => ({
  zh: `“${quoted(text)}”可能是 ${quoted(text)}%，也可能是 ${asPercent(text)}，没有采用。带上 % 再填。`,
  en: `“${quoted(text)}” could be ${quoted(text)}% or ${asPercent(text)} and wasn't taken. Type it with a %.`,
});

const asPercent = (text: string): string => {
  const read = readNumber(text);
  return read ? `${digits(read.times(100))}%` : text;
};

const outside = (text: string, { most }: Span): Bilingual => ({
  zh: `“${quoted(text)}”不在 0% 到 ${asPercent(most)} 之间，没有采用。核对后再填。`,
  en: `“${quoted(text)}” isn't between 0% and ${asPercent(most)} and wasn't taken. Check it.`,
});

export const zero = (text: string): Bilingual => ({
  zh: `“${quoted(text)}”没有采用：要大于 0%。核对后再填。`,
  en: `“${quoted(text)}” wasn't taken: it has to be above 0%. Check it.`,
});

/**
 * Reads a share: "20%" is what it says. Without the sign, "20" and "0.2" are both 20 %, as only one of their
 * two meanings lies in the field's span; where both do, the text is refused.
 */
export function readShare(text: string, span: Span): { value: Amount } | { refused: Bilingual } {
  const read = readNumber(text);
  if (!read) return { refused: notANumber(text) };
  if (read.isZero()) return { value: read };
  const within = (value: Amount): boolean =>
    value.greaterThanOrEqualTo(span.least) && value.lessThanOrEqualTo(span.most);
  if (text.normalize("NFKC").trim().endsWith("%")) {
    const sane = read.greaterThan(0) && read.lessThanOrEqualTo(span.most);
    return sane ? { value: read } : { refused: outside(text, span) };
  }
  const fits = [read, read.dividedBy(100)].filter(within);
  const [value] = fits;
  if (fits.length === 2) return { refused: twoMeanings(text) };
  if (value) return { value };
  // Below the span it could still be meant: as what, only a sign tells.
  const small = read.greaterThan(0) && read.lessThanOrEqualTo(span.most);
  return { refused: small ? twoMeanings(text) : outside(text, span) };
}

const share = (text: string, span: Span, change: (fraction: string) => Profile): Changed => {
  const read = readShare(text, span);
  return "refused" in read ? read : { profile: change(digits(read.value)) };
};

/** A blank field takes the figure back. */
const shareOrNone = (
  text: string,
  span: Span,
  change: (fraction: string | undefined) => Profile,
): Changed => (text.trim() === "" ? { profile: change(undefined) } : share(text, span, change));

export const LINES = ["watch", "call", "liquidation", "immediate"] as const;
export type LineName = (typeof LINES)[number];

const LINE_NAMES: Readonly<Record<LineName, Bilingual>> = {
  watch: { zh: "关注线", en: "watch line" },
  call: { zh: "追保线", en: "call line" },
  liquidation: { zh: "平仓线", en: "liquidation line" },
  immediate: { zh: "即时处置线", en: "immediate line" },
};

function changeLine(profile: Profile, name: LineName, text: string): Changed {
  const read = readShare(text, SPANS.line);
  if ("refused" in read) return read;
  if (read.value.isZero()) {
    return { refused: zero(text) };
  }
  const at = LINES.indexOf(name);
  const percent = (line: LineName): string => asPercent(profile.lines[line]);
  const before = LINES[at - 1];
  if (before && read.value.lessThan(profile.lines[before])) {
    return {
      refused: {
        zh: `${LINE_NAMES[name].zh} ${asPercent(digits(read.value))} 低于${LINE_NAMES[before].zh} ${percent(before)}，没有采用。先改${LINE_NAMES[before].zh}。`,
        en: `The ${LINE_NAMES[name].en}, ${asPercent(digits(read.value))}, is below the ${LINE_NAMES[before].en}, ${percent(before)}, and wasn't taken. Change the ${LINE_NAMES[before].en} first.`,
      },
    };
  }
  const after = LINES[at + 1];
  if (after && read.value.greaterThan(profile.lines[after])) {
    return {
      refused: {
        zh: `${LINE_NAMES[name].zh} ${asPercent(digits(read.value))} 高于${LINE_NAMES[after].zh} ${percent(after)}，没有采用。先改${LINE_NAMES[after].zh}。`,
        en: `The ${LINE_NAMES[name].en}, ${asPercent(digits(read.value))}, is above the ${LINE_NAMES[after].en}, ${percent(after)}, and wasn't taken. Change the ${LINE_NAMES[after].en} first.`,
      },
    };
  }
  return { profile: { ...profile, lines: { ...profile.lines, [name]: digits(read.value) } } };
}

const MOST_DAYS = 10;

function changeTradingDays(profile: Profile, text: string): Changed {
  const read = readNumber(text);
  const fits = read?.isInteger() && !read.isNegative() && read.lessThanOrEqualTo(MOST_DAYS);
  if (!read || !fits) {
    return {
      refused: {
        zh: `“${quoted(text)}”不是 0 到 ${MOST_DAYS} 的整数，没有采用。填交易日数，如 1。`,
        en: `“${quoted(text)}” isn't a whole number from 0 to ${MOST_DAYS} and wasn't taken. Type trading days, such as 1.`,
      },
    };
  }
  return {
    profile: { ...profile, deadline: { ...profile.deadline, tradingDays: read.toNumber() } },
  };
}

function changeTime(profile: Profile, text: string): Changed {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)$/.exec(text.normalize("NFKC").trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) {
    return {
      refused: {
        zh: `“${quoted(text)}”不是时间，没有采用。按 11:30 的样子填。`,
        en: `“${quoted(text)}” isn't a time and wasn't taken. Type it like 11:30.`,
      },
    };
  }
  const time = `${hours.padStart(2, "0")}:${minutes}`;
  return { profile: { ...profile, deadline: { ...profile.deadline, time } } };
}

function changeHolidays(profile: Profile, text: string): Changed {
  const words = text
    .normalize("NFKC")
    .split(/[\s,;、，；]+/)
    .filter((word) => word !== "");
  const days: Day[] = [];
  for (const word of words) {
    const day = readDay(word);
    if (!day) {
      return {
        refused: {
          zh: `“${quoted(word)}”不是日期，假日表没有改。每个假日写成 2026-10-01。`,
          en: `“${quoted(word)}” isn't a date; the holidays stay as they were. Write each as 2026-10-01.`,
        },
      };
    }
    days.push(day);
  }
  const holidays = [...new Set(days)].sort();
  return { profile: { ...profile, deadline: { ...profile.deadline, holidays } } };
}

function readMoney(text: string): { value: string } | { refused: Bilingual } {
  const read = readNumber(text);
  if (!read || read.isNegative() || text.includes("%")) {
    return {
      refused: {
        zh: `“${quoted(text)}”不是金额，没有采用。填不小于 0 的数字。`,
        en: `“${quoted(text)}” isn't an amount and wasn't taken. Type a number not below 0.`,
      },
    };
  }
  return { value: digits(read) };
}

const SURCHARGES = ["multiple", "points", "own", "unknown"] as const;
export const PRICE_BASES: readonly PriceBasis[] = [
  "settlement",
  "previousSettlement",
  "last",
  "higher",
  "trade",
];
export const RATIOS: readonly RatioDefinition[] = [
  "equity",
  "marginMoney",
  "inverse",
  "marketValue",
];

const noSuch = (text: string): Bilingual => ({
  zh: `没有“${quoted(text)}”这一项，设置没有改。`,
  en: `There is no “${quoted(text)}” here; the setting stays as it was.`,
});

function changeSurcharge(profile: Profile, field: string, text: string): Changed {
  const { surcharge } = profile;
  switch (field) {
    case "kind": {
      const kind = SURCHARGES.find((one) => one === text);
      if (!kind) return { refused: noSuch(text) };
      if (kind === surcharge.kind) return { profile };
      if (kind === "multiple") {
        return { profile: { ...profile, surcharge: { kind, markup: "0" } } };
      }
      if (kind === "points") return { profile: { ...profile, surcharge: { kind, points: "0" } } };
      return { profile: { ...profile, surcharge: { kind } } };
    }
    case "markup":
      return share(text, SPANS.markup, (markup) => ({
        ...profile,
        surcharge: { kind: "multiple", markup },
      }));
    case "points":
      return share(text, SPANS.points, (points) => ({
        ...profile,
        surcharge: { kind: "points", points },
      }));
    default:
      return { refused: noSuch(field) };
  }
}

const without = <T>(entries: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => name !== key));

function changeProduct(profile: Profile, code: string, field: string, text: string): Changed {
  if (field !== "exchange" && field !== "broker") return { refused: noSuch(field) };
  if (readNumber(text)?.isZero()) {
    return { refused: zero(text) };
  }
  return shareOrNone(text, SPANS.rate, (rate) => {
    const others = without(profile.products, code);
    const now = { ...profile.products[code], [field]: rate };
    const empty = [now.exchange, now.broker, now.dated].every((one) => one === undefined);
    return { ...profile, products: empty ? others : { ...others, [code]: now } };
  });
}

function changeStopLoss(profile: Profile, contract: string, text: string): Changed {
  const others = without(profile.discipline.stopLoss, contract);
  const change = (stopLoss: Readonly<Record<string, string>>): Changed => ({
    profile: { ...profile, discipline: { ...profile.discipline, stopLoss } },
  });
  if (text.trim() === "") return change(others);
  const read = readNumber(text);
  if (!read || !read.greaterThan(0) || text.includes("%")) {
    return {
      refused: {
        zh: `“${quoted(text)}”不是价格，没有采用。填大于 0 的权利金价格；留空则不盯。`,
        en: `“${quoted(text)}” isn't a price and wasn't taken. Type an option price above 0, or leave it blank.`,
      },
    };
  }
  return change({ ...others, [contract]: digits(read) });
}

/** Applies what was typed at a path such as "lines.call" or "products.m2701.exchange". */
export function changeProfile(profile: Profile, path: string, text: string): Changed {
  const [first = "", second = "", ...rest] = path.split(".");
  switch (first) {
    case "surcharge":
      return changeSurcharge(profile, second, text);
    case "products":
      return changeProduct(
        profile,
        [second, ...rest.slice(0, -1)].join("."),
        rest.at(-1) ?? "",
        text,
      );
    case "lines": {
      const name = LINES.find((line) => line === second);
      return name ? changeLine(profile, name, text) : { refused: noSuch(path) };
    }
    case "deadline":
      if (second === "tradingDays") return changeTradingDays(profile, text);
      if (second === "time") return changeTime(profile, text);
      return second === "holidays" ? changeHolidays(profile, text) : { refused: noSuch(path) };
    case "priceBasis": {
      const priceBasis = PRICE_BASES.find((one) => one === text);
      return priceBasis ? { profile: { ...profile, priceBasis } } : { refused: noSuch(text) };
    }
    case "ratio": {
      const ratio = RATIOS.find((one) => one === text);
      return ratio ? { profile: { ...profile, ratio } } : { refused: noSuch(text) };
    }
    case "collateral": {
      const { collateral } = profile;
      if (second === "haircut") {
        return share(text, SPANS.haircut, (haircut) => ({
          ...profile,
          collateral: { ...collateral, haircut },
        }));
      }
      const money = readMoney(text.trim() === "" ? "0" : text);
      return "refused" in money
        ? money
        : { profile: { ...profile, collateral: { ...collateral, amount: money.value } } };
    }
    case "slippage":
      return share(text.trim() === "" ? "0" : text, SPANS.slippage, (slippage) => ({
        ...profile,
        slippage,
      }));
    case "discipline": {
      const { discipline } = profile;
      if (second === "stopLoss") return changeStopLoss(profile, rest.join("."), text);
      if (second !== "productShare" && second !== "cushion") return { refused: noSuch(path) };
      return shareOrNone(text, SPANS.share, (fraction) => ({
        ...profile,
        discipline: { ...discipline, [second]: fraction },
      }));
    }
    default:
      return { refused: noSuch(path) };
  }
}

/** A fraction as a field shows it, "20%". */
export const fieldPercent = (fraction: string | undefined): string =>
  fraction === undefined ? "" : `${digits(amount(fraction).times(100))}%`;

/** What a field does to a profile; a text it refuses does nothing. */
export const withField =
  (path: string, text: string) =>
  (profile: Profile): Profile => {
    const changed = changeProfile(profile, path, text);
    return "profile" in changed ? changed.profile : profile;
  };
