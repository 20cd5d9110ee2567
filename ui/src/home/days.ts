/** Days as people write and read them. What a day means is settled by the rules. */

/** How years are counted; `first` is the western year of year 1. */
export const CALENDARS = [
  { id: "western", first: 1 },
  { id: "reiwa", first: 2019 },
  { id: "heisei", first: 1989 },
  { id: "showa", first: 1926 },
  { id: "taisho", first: 1912 },
  { id: "meiji", first: 1868 },
] as const;
export type CalendarId = (typeof CALENDARS)[number]["id"];

/** The fields of a day as they stand. `partly` = something of it is not known, and its field is left empty. */
export interface DayFields {
  calendar: CalendarId | "";
  year: string;
  month: string;
  day: string;
  partly: boolean;
}

export type DayReading = { day: string } | { fault: "missing" | "impossible" };

const digits = (text: string) => text.normalize("NFKC").replace(/\s/g, "");
const isNumber = (text: string) => /^\d{1,4}$/.test(text);

/** The fields as `YYYY-MM-DD`, unknown parts `00`. */
export function readDay(fields: DayFields): DayReading {
  const [written, month, day] = [digits(fields.year), digits(fields.month), digits(fields.day)];
  const year = written === "元" ? "1" : written;
  const left = (text: string) => text === "" && fields.partly;
  if (!isNumber(year) || !(isNumber(month) || left(month)) || !(isNumber(day) || left(day))) {
    return { fault: "missing" };
  }
  // Whoever types four digits means the western year, whatever calendar stands there.
  const counted = Number(year) >= 1000 ? "western" : fields.calendar;
  if (counted === "") return { fault: "missing" };
  const first = CALENDARS.find(({ id }) => id === counted)?.first ?? 1;
  const western = Number(year) + first - 1;
  const iso = [String(western).padStart(4, "0"), month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  return western >= 1868 && western <= 2200 && isPossible(iso) ? { day: iso } : { fault: "impossible" };
}

function isPossible(iso: string): boolean {
  const [year, month, day] = parts(iso);
  if (month > 12 || day > 31 || (month === 0 && day !== 0)) return false;
  if (month === 0 || day === 0) return true;
  const moment = new Date(Date.UTC(year, month - 1, day));
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
}

/** The fields that stand for a day: in the calendar of its time for readers of Japanese, else western. */
export function fieldsOf(iso: string, japanese: boolean): DayFields {
  const [year, month, day] = parts(iso);
  const [calendar, counted] = japanese ? eraOf(iso) : (["western", year] as const);
  const text = (part: number) => (part === 0 ? "" : String(part));
  return {
    calendar,
    year: String(counted),
    month: text(month),
    day: text(day),
    partly: month === 0 || day === 0,
  };
}

const STARTS: [string, CalendarId, number][] = [
  ["2019-05-01", "reiwa", 2018],
  ["1989-01-08", "heisei", 1988],
  ["1926-12-25", "showa", 1925],
  ["1912-07-30", "taisho", 1911],
  ["1868-01-01", "meiji", 1867],
];

function eraOf(iso: string): [CalendarId, number] {
  const [year] = parts(iso);
  const era = STARTS.find(([start]) => iso >= start);
  return era === undefined ? ["western", year] : [era[1], year - era[2]];
}

const parts = (iso: string) => iso.split("-").map(Number) as [number, number, number];
const moment = (iso: string) => {
  const [year, month, day] = parts(iso);
  return new Date(Date.UTC(year, Math.max(month, 1) - 1, Math.max(day, 1)));
};

/** The tag that `Intl` and `lang` attributes know. */
export const plainTag = (lang: string) => (lang.startsWith("ja") ? "ja" : lang);

/** A day in the words of a language, with its weekday: last days and days to come. */
export function showDay(iso: string, lang: string): string {
  return format(iso, lang, lang.startsWith("ja") ? "ja-JP-u-ca-japanese" : lang, true);
}

/** A day as it was understood: in both calendars for readers of Japanese. */
export function showBoth(iso: string, lang: string): string {
  if (!lang.startsWith("ja")) return format(iso, lang, lang, false);
  return `${format(iso, lang, "ja-JP-u-ca-japanese", false)}（${format(iso, lang, "ja-JP", false)}）`;
}

function format(iso: string, lang: string, tag: string, weekday: boolean): string {
  const [, month, day] = parts(iso);
  const options: Intl.DateTimeFormatOptions = { year: "numeric", timeZone: "UTC" };
  if (tag.includes("japanese")) options.era = "long";
  if (month > 0) options.month = "long";
  if (month > 0 && day > 0) {
    options.day = "numeric";
    if (weekday) options.weekday = lang.startsWith("ja") ? "short" : "long";
  }
  return new Intl.DateTimeFormat([tag, plainTag(lang), "ja"], options).format(moment(iso));
}

/** The day it is in Japan, wherever the phone is. */
export function today(now: Date = new Date()): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(now);
}

/** A day some days later. */
export function later(iso: string, days: number): string {
  const [year, month, day] = parts(iso);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}
