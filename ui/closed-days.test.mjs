import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { closedDays } from "./closed-days.mjs";

test("the sheet of closed days is what the package of public holidays says", () => {
  const sheet = new URL("../packs/national/sheets/closed_days.csv", import.meta.url);
  expect(readFileSync(sheet, "utf8")).toBe(closedDays());
});

test("days between two holidays and substitute days are closed", () => {
  const rows = closedDays().split("\n");
  for (const day of ["2026-09-22,国民の休日", "2027-03-22,振替休日", "2032-09-21,国民の休日"]) {
    expect(rows).toContain(day);
  }
});
