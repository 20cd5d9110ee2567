import { describe, expect, test } from "vitest";
import { readDate, showDate, showWestern } from "./dates";

describe("a date is read in every way clerks write it", () => {
  test.each([
    ["S60.4.1", "1985-04-01"],
    ["s60/4/1", "1985-04-01"],
    ["昭和60年4月1日", "1985-04-01"],
    ["Ｓ６０．４．１", "1985-04-01"],
    ["令和元年5月1日", "2019-05-01"],
    ["R8.11.20", "2026-11-20"],
    ["西暦1985年4月1日", "1985-04-01"],
    ["1985-04-01", "1985-04-01"],
    ["19850401", "1985-04-01"],
    ["大正 15年 12月 24日", "1926-12-24"],
    ["1985-00-00", "1985-00-00"],
    ["S20.3.00", "1945-03-00"],
    ["2024.2.29", "2024-02-29"],
  ])("%s is %s", (text, date) => expect(readDate(text)).toBe(date));
});

describe("what is no date is not read as one", () => {
  test.each(["", "60.4.1", "S60", "2023.2.29", "2026-13-01", "2026-04-31", "1985-00-01", "あした", "1985"])(
    "%s",
    (text) => expect(readDate(text)).toBeNull(),
  );
});

test("a date is shown in both calendars", () => {
  expect(showDate("1985-04-01")).toBe("昭和60年4月1日（1985年4月1日）");
  expect(showWestern("2026-11-20")).toBe("2026年11月20日");
});

test("an unknown part is said to be unknown", () => {
  expect(showDate("1945-03-00")).toBe("1945年・3月・日は不明");
});
