/** The answer form filled with what is known, so that only what is wrong has to be changed. */
import type { CaseView, QuestionView } from "../../door/generated/door";
import type { Draft } from "../answers";

/** The question behind a fact: answered already, or still to be asked. */
export const questionOf = (current: CaseView, fact: string, person: string | null): QuestionView | null =>
  [...current.answered, ...current.questions].find((one) => one.fact === fact && one.person === person) ??
  null;

/** What is known of a fact; `null` where nothing is, or where it is masked. */
function known(current: CaseView, fact: string, person: string | null) {
  const facts = person === null ? current.facts : current.people.find(({ id }) => id === person)?.facts;
  const found = facts?.find(({ id }) => id === fact);
  return found === undefined || found.masked ? null : found;
}

/** The value as people read it; empty where there is none. */
export const textOf = (current: CaseView, fact: string, person: string | null) =>
  known(current, fact, person)?.text ?? "";

/** The form as it begins. */
export function draftOf(current: CaseView, question: QuestionView): Draft {
  const value = known(current, question.fact, question.person)?.value ?? question.suggested;
  if (Array.isArray(value)) return { chosen: value.map(String), text: "" };
  if (typeof value === "boolean") return { chosen: [String(value)], text: "" };
  if (typeof value !== "string" && typeof value !== "number") return { chosen: [], text: "" };
  return { chosen: [String(value)], text: String(value) };
}
