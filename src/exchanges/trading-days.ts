/**
 * The days the mainland exchanges trade on: weekdays that are no state holiday; a weekend working day is none.
 * A new year is added once its holidays are announced, usually in November.
 */
import type { TradingCalendar } from "../core/calendar";
import { CLOSED_DAYS } from "./closed-days";

/** 除夕 of 2024: no state holiday that year, yet the exchanges closed (their notices of 2023-12-26). */
const ALSO_CLOSED = ["2024-02-09"];

const years = Object.keys(CLOSED_DAYS).map(Number);

const closed = Object.entries(CLOSED_DAYS).flatMap(([year, days]) =>
  days.split(" ").map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`),
);

export const tradingDays: TradingCalendar = {
  firstYear: Math.min(...years),
  lastYear: Math.max(...years),
  closed: new Set([...closed, ...ALSO_CLOSED]),
  source: {
    title: {
      zh: "国务院办公厅节假日安排（软件包 chinese-days 1.5.7，MIT）",
      en: "the State Council's holidays (package chinese-days 1.5.7, MIT)",
    },
    article: {
      zh: "周一至周五非节假日交易；调休上班的周末不交易",
      en: "weekdays that are no holiday; a weekend working day is no trading day",
    },
    url: "https://github.com/vsme/chinese-days",
    certainty: "weak",
    asOf: "2026-11-22",
    note: {
      zh: "按假日推算，未逐年核对各交易所休市通知；已知例外 2024-02-09 除夕休市已计入",
      en: "derived from the holidays, the exchanges' own notices were not checked year by year; the one exception known, the closing of 2024-02-09, is counted",
    },
  },
};
