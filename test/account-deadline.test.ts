import { describe, expect, test } from "@jest/globals";
import { deadlineAfter, weekdayOf } from "../src/account/deadline";

describe("the deadline counts trading days", () => {
  test.each([
    ["the same day with none", "2026-11-20", 0, [], "2026-11-20"],
    ["over a weekend", "2026-11-20", 1, [], "2026-11-23"],
    ["from one weekday to the next", "2026-11-23", 1, [], "2026-11-24"],
    ["past holidays", "2026-09-30", 1, ["2026-10-01", "2026-10-02", "2026-10-05"], "2026-10-06"],
    ["past holidays that fall on a weekend", "2026-11-20", 1, ["2026-11-21"], "2026-11-23"],
    ["several days on", "2026-11-19", 3, [], "2026-11-24"],
    ["over the end of a year", "2026-12-31", 1, ["2027-01-01"], "2027-01-04"],
    ["over a leap day", "2028-02-28", 1, [], "2028-02-29"],
    ["from a Saturday", "2026-11-21", 1, [], "2026-11-23"],
  ])("%s", (_, day, tradingDays, holidays, deadline) => {
    expect(deadlineAfter(day, { tradingDays, holidays })).toBe(deadline);
  });

  test("weekdays are those of the calendar", () => {
    expect(["1970-01-01", "2026-11-20", "2026-11-22", "1969-12-31"].map(weekdayOf)).toEqual([
      4, 5, 0, 3,
    ]);
  });
});
