// Writes packs/national/sheets/closed_days.csv: the days on which a municipal office is closed (閉庁日).
//
//   npm run closed-days
//
// The public holidays come from @holiday-jp/holiday_jp. The days that are closed every year stand with the year
// 0000, and a holiday that falls on one of them is left out, so that every closed day stands once. The state fixes
// the two equinox days only in the February of the year before; later ones are a forecast: run this every year.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import holidayJp from "@holiday-jp/holiday_jp";

const FIRST_YEAR = 2020;
const LAST_YEAR = 2040;
const FEWEST_HOLIDAYS = 15;
const SHEET = fileURLToPath(new URL("../packs/national/sheets/closed_days.csv", import.meta.url));

// New Year's Day is a public holiday, the others are the offices' usual closing days (地方自治法4条の2).
const EVERY_YEAR = {
  "01-01": "元日",
  "01-02": "年始",
  "01-03": "年始",
  "12-29": "年末",
  "12-30": "年末",
  "12-31": "年末",
};

// The package says "憲法記念日 振替休日" for a substitute day and "休日" for a day between two holidays.
function sheetName(name) {
  if (name.endsWith("振替休日")) return "振替休日";
  return name === "休日" ? "国民の休日" : name;
}

/** The sheet as text. */
export function closedDays() {
  const rows = Object.entries(EVERY_YEAR).map(([day, name]) => [`0000-${day}`, name]);
  for (const [date, holiday] of Object.entries(holidayJp.holidays)) {
    const year = Number(date.slice(0, 4));
    if (year < FIRST_YEAR || year > LAST_YEAR || date.slice(5) in EVERY_YEAR) continue;
    rows.push([date, sheetName(holiday.name)]);
  }
  rows.sort(([a], [b]) => (a < b ? -1 : 1));
  // A year the package does not know would be a year without holidays.
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    const days = rows.filter(([date]) => date.startsWith(`${year}-`)).length;
    if (days < FEWEST_HOLIDAYS) throw new Error(`only ${days} holidays are known for ${year}`);
  }
  return [["date", "name"], ...rows].map((row) => `${row.join(",")}\n`).join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SHEET, closedDays());
