/**
 * Reading a date as clerks write it and showing back how it was understood. Which days exist in an era, and
 * what a day means, is settled in Rust.
 */
import { date as words } from "../words/common";

const ERA_LETTERS: Record<string, string> = { M: "明治", T: "大正", S: "昭和", H: "平成", R: "令和" };
const WRITTEN =
  /^(明治|大正|昭和|平成|令和|西暦|[MTSHR])?(\d{1,4}|元)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?$/;
const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/;

/** `S60.4.1`, `昭和60年4月1日`, `1985/4/1`, `19850401` as `1985-04-01`; unknown parts `00`; else `null`. */
export function readDate(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  const digits = EIGHT_DIGITS.exec(plain);
  const [era, year, month, day] = digits ? ["", ...digits.slice(1)] : (WRITTEN.exec(plain)?.slice(1) ?? []);
  if (year === undefined || month === undefined || day === undefined) return null;

  const name = ERA_LETTERS[era ?? ""] ?? era ?? "";
  const offset = words.eras.find(({ text }) => text === name)?.offset ?? 0;
  if (name === "" && year.length !== 4) return null;
  const western = (year === "元" ? 1 : Number(year)) + offset;
  const iso = `${String(western).padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(iso) ? iso : null;
}

/** Whether an ISO day can be: unknown parts make a later part unknown too; a full date has to be in the calendar. */
export function isDay(iso: string): boolean {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  if (month > 12 || day > 31 || (month === 0 && day !== 0)) return false;
  if (year === 0 || month === 0 || day === 0) return true;
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

const day: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" };
const western = new Intl.DateTimeFormat("ja-JP", day);
const japanese = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { ...day, era: "long" });

const parts = (iso: string) => iso.split("-").map(Number) as [number, number, number];
const moment = (iso: string) => {
  const [year, month, day] = parts(iso);
  return new Date(Date.UTC(year, month - 1, day));
};

/** `2026-11-20` as 2026年11月20日. */
export const showWestern = (iso: string) => western.format(moment(iso));

/** `1985-04-01` in both calendars, so that a slip of the finger is seen. */
export function showDate(iso: string): string {
  const units = [words.year, words.month, words.day];
  if (parts(iso).every((part) => part > 0)) return `${japanese.format(moment(iso))}（${showWestern(iso)}）`;
  return parts(iso)
    .map((part, index) => (part === 0 ? words.unknown(units[index] ?? "") : `${part}${units[index] ?? ""}`))
    .join("・");
}

const short = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
  era: "narrow",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  timeZone: "UTC",
});

/** `1985-04-01` as S60.4.1, as papers and clerks write it; a date with an unknown part stays as it is. */
export function shortDate(iso: string): string {
  if (!parts(iso).every((part) => part > 0)) return iso;
  const written = (type: string) =>
    short.formatToParts(moment(iso)).find((part) => part.type === type)?.value;
  return `${written("era") ?? ""}${written("year") ?? ""}.${written("month") ?? ""}.${written("day") ?? ""}`;
}
