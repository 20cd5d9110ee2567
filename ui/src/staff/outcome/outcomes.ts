/** What became of a procedure (処理結果): the six outcomes by their keys, and what has to be said with them. */
import { readDate } from "../../design/dates";
import type { DecisionView, OutcomeInput } from "../../door/generated/door";
import { outcome as words } from "../../words/outcome";

/** In the order of their keys, 1 to 6. */
export const OUTCOMES = [
  "taken",
  "paper-to-follow",
  "missing",
  "section",
  "declined",
  "already-done",
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** Characters of a remark, as Rust takes them. */
const LONGEST_NOTE = 200;

/** What is said with an outcome: a last day, a remark that is needed, or a remark if somebody knows one. */
const SAID: Record<OutcomeName, { until: boolean; note: "needed" | "welcome" | "no" }> = {
  taken: { until: false, note: "no" },
  "paper-to-follow": { until: true, note: "needed" },
  missing: { until: false, note: "needed" },
  section: { until: false, note: "needed" },
  declined: { until: false, note: "no" },
  "already-done": { until: false, note: "welcome" },
};

export const asksUntil = (name: OutcomeName) => SAID[name].until;
export const asksNote = (name: OutcomeName) => SAID[name].note !== "no";
export const asksMore = (name: OutcomeName) => asksUntil(name) || asksNote(name);

/** The outcome of a key; `""` takes it back, `null` is no key of these. */
export function outcomeOf(key: string): OutcomeName | "" | null {
  if (key === "0") return "";
  return OUTCOMES[Number(key) - 1] ?? null;
}

/** What is typed beside an outcome. */
export interface Remark {
  until: string;
  note: string;
}

/** Why the form cannot be kept yet. */
export interface RemarkFaults {
  until?: string;
  note?: string;
}

export function faultsOf(name: OutcomeName, { until, note }: Remark): RemarkFaults {
  const faults: RemarkFaults = {};
  if (asksUntil(name) && readDate(until) === null) faults.until = words.untilMissing;
  if (SAID[name].note === "needed" && note.trim() === "") faults.note = words.noteMissing;
  if (Array.from(note.trim()).length > LONGEST_NOTE) faults.note = words.noteLong;
  return faults;
}

/** A procedure that is read out once for several people is kept for each group of them that the rules named. */
export const inputsOf = (
  procedure: string,
  groups: readonly (readonly string[])[],
  name: OutcomeName | "",
  { until, note }: Remark,
): OutcomeInput[] =>
  groups.map((people) => ({
    procedure,
    people: [...people],
    outcome: name,
    until: name !== "" && asksUntil(name) ? readDate(until) : null,
    note: name !== "" && asksNote(name) ? note.trim() : "",
  }));

/** The outcome in one line: 書類は後日（令和8年12月4日まで）: 所得の証明書. */
export function outcomeText(
  { outcome }: Pick<DecisionView, "outcome">,
  day: (iso: string) => string,
): string {
  if (outcome === null) return "";
  const until = outcome.until === null ? "" : `（${day(outcome.until)}まで）`;
  const note = outcome.note === "" ? "" : `：${outcome.note}`;
  return `${words.whole[outcome.outcome] ?? outcome.outcome}${until}${note}`;
}
