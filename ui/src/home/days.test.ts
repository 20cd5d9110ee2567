import { describe, expect, test } from "vitest";
import { type DayFields, fieldsOf, later, readDay, showBoth, showDay, today } from "./days";

const fields = (
  calendar: DayFields["calendar"],
  year: string,
  month: string,
  day: string,
  partly = false,
) => ({
  calendar,
  year,
  month,
  day,
  partly,
});

describe("a day is read in any calendar", () => {
  test.each([
    [fields("showa", "60", "4", "1"), "1985-04-01"],
    [fields("reiwa", "元", "5", "1"), "2019-05-01"],
    [fields("reiwa", "８", "１１", "２０"), "2026-11-20"],
    [fields("western", "2024", "2", "29"), "2024-02-29"],
    [fields("taisho", "15", "12", "24"), "1926-12-24"],
    // Whoever types four digits means the western year.
    [fields("reiwa", "1985", "4", "1"), "1985-04-01"],
    [fields("", "1985", "4", "1"), "1985-04-01"],
    [fields("showa", "25", "", "", true), "1950-00-00"],
    [fields("showa", "25", "3", "", true), "1950-03-00"],
  ])("%o", (typed, day) => expect(readDay(typed)).toEqual({ day }));

  test.each([
    [fields("showa", "60", "4", ""), "missing"],
    [fields("", "60", "4", "1"), "missing"],
    [fields("western", "", "", "", true), "missing"],
    [fields("western", "2023", "2", "29"), "impossible"],
    [fields("western", "2026", "13", "1"), "impossible"],
    [fields("western", "85", "4", "1"), "impossible"],
    [fields("showa", "25", "", "3", true), "impossible"],
  ])("%o is %s", (typed, fault) => expect(readDay(typed)).toEqual({ fault }));
});

test.each(["1985-04-01", "1989-01-07", "1989-01-08", "2019-04-30", "2019-05-01", "1926-12-25", "1950-00-00"])(
  "%s stands in the fields as it was typed, in both calendars",
  (day) => {
    for (const japanese of [true, false]) expect(readDay(fieldsOf(day, japanese))).toEqual({ day });
  },
);

describe("a day is shown in the language that was chosen", () => {
  test("with its weekday, where it is a last day", () => {
    expect(showDay("2026-12-04", "ja")).toBe("令和8年12月4日(金)");
    expect(showDay("2026-12-04", "ja-x-easy")).toBe("令和8年12月4日(金)");
    expect(showDay("2026-12-04", "en")).toBe("Friday, December 4, 2026");
    expect(showDay("2026-12-04", "vi")).toContain("2026");
  });

  test("in both calendars, where somebody typed it", () => {
    expect(showBoth("1985-04-01", "ja")).toBe("昭和60年4月1日（1985年4月1日）");
    expect(showBoth("1950-00-00", "ja")).toBe("昭和25年（1950年）");
    expect(showBoth("1985-04-01", "pt-BR")).toBe("1 de abril de 1985");
  });
});

test("it is the day that it is in Japan", () => {
  expect(today(new Date("2026-11-20T15:30:00Z"))).toBe("2026-11-21");
  expect(later("2026-12-20", 30)).toBe("2027-01-19");
});
