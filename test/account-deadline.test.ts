import { describe, expect, test } from "@jest/globals";
import { liveSheet } from "../src/account/sheet";
import { ctpBook } from "./host/books";
import { ALWAYS_CLOSED, deadlineAfter, deadlineOf, weekdayOf } from "../src/account/deadline";

describe("the deadline counts trading days", () => {
  test.each([
    ["the same day with none", "2026-11-20", 0, [], "2026-11-20"],
    ["over a weekend", "2026-11-20", 1, [], "2026-11-23"],
    ["from one weekday to the next", "2026-11-23", 1, [], "2026-11-24"],
    ["past the known holidays where none are given", "2026-09-30", 1, [], "2026-10-08"],
    ["past those and the given ones", "2026-09-30", 1, ["2026-10-08"], "2026-10-09"],
    [
      "past the known ones where those of another year are given",
      "2026-09-30",
      1,
      ["2027-01-01"],
      "2026-10-08",
    ],
    ["past given ones in a year that is not known", "2027-09-30", 1, ["2027-10-04"], "2027-10-05"],
    ["past the days that are closed in any year", "2027-09-30", 1, [], "2027-10-04"],
    ["past New Year of a year that is not known", "2026-12-31", 1, [], "2027-01-04"],
    ["past the first of May of a year that is not known", "2028-04-28", 1, [], "2028-05-02"],
    ["past holidays that fall on a weekend", "2026-11-20", 1, ["2026-11-21"], "2026-11-23"],
    ["several days on", "2026-11-19", 3, [], "2026-11-24"],
    ["over the end of a year", "2026-12-31", 1, ["2027-01-01"], "2027-01-04"],
    ["over a leap day", "2028-02-28", 1, [], "2028-02-29"],
    ["from a Saturday", "2026-11-21", 1, [], "2026-11-23"],
  ])("%s", (_, day, tradingDays, holidays, deadline) => {
    expect(deadlineAfter(day, { tradingDays, holidays })).toBe(deadline);
  });

  test.each([
    ["in a known year", "2026-12-30", 1, [], true],
    ["over the end of it", "2026-12-31", 1, [], false],
    ["on the same day", "2026-12-31", 0, [], true],
    ["where days of the new year are given", "2026-12-31", 1, ["2027-02-08"], true],
    ["where days of another year are given", "2026-12-31", 1, ["2028-02-08"], false],
    ["where only days that are closed anyway are given", "2026-12-31", 1, ["2027-01-01"], false],
    ["before the known years", "2014-12-30", 1, [], false],
  ])(
    "and is certain only in years whose holidays are known: %s",
    (_, day, tradingDays, holidays, certain) => {
      expect(deadlineOf(day, { tradingDays, holidays }).certain).toBe(certain);
    },
  );

  test.each([
    ["2026-12-31", true],
    ["2026-12-30", false],
  ])("and the sheet of %s says so: %s", async (day, says) => {
    const { cells } = liveSheet(
      { ...(await ctpBook()), day },
      { language: "zh", namespace: "", taken: [] },
    );
    const notes = cells.map((row) => row[13]?.value);
    expect(notes.includes("2027 年休市日未知，截止日可能更晚。")).toBe(says);
  });

  test("days that are closed in any year have their source", () => {
    expect(ALWAYS_CLOSED.days).toEqual(["01-01", "05-01", "10-01", "10-02", "10-03"]);
    expect(ALWAYS_CLOSED.source.title.zh).toContain("全国年节及纪念日放假办法");
  });

  test("weekdays are those of the calendar", () => {
    expect(["1970-01-01", "2026-11-20", "2026-11-22", "1969-12-31"].map(weekdayOf)).toEqual([
      4, 5, 0, 3,
    ]);
  });
});
