/** From what stands in a form of questions to the values that cross the door. */
import { readDate } from "../design/dates";
import type { AnswerInput, AskView, ChoiceView, PersonView, QuestionView } from "../door/generated/door";
import { date, person as personWord, yesNo } from "../words/common";
import { questions as words } from "../words/asking";
import type { Fault } from "./faults";

/** One field as it stands: what is chosen and what is typed. */
export interface Draft {
  readonly chosen: readonly string[];
  readonly text: string;
}

export const EMPTY: Draft = { chosen: [], text: "" };

export type Reading = { value: unknown } | { fault: string };

/** There is no value: not known, or not told. */
export type Said = "unknown" | "declined";

const YES_NO: ChoiceView[] = [
  { id: "true", text: yesNo.yes },
  { id: "false", text: yesNo.no },
];

/** Choices to draw; `null` when the answer is typed. */
export function choicesOf(
  question: Pick<QuestionView, "type" | "choices">,
  people: readonly PersonView[],
): readonly ChoiceView[] | null {
  switch (question.type) {
    case "yes-no":
      return YES_NO;
    case "choice":
    case "choices":
      return question.choices;
    case "person-id":
      return people.map(({ id, name }) => ({ id, text: personWord(name) }));
    default:
      return null;
  }
}

/** Whether several choices may be made. */
export const isMany = ({ type }: Pick<QuestionView, "type">) => type === "choices";

/** Who lives there is settled by naming them; it is no field. */
export const isPersonList = ({ type }: Pick<QuestionView, "type">) => type === "person-list";

/** The field as it stands before anybody touches it; `null` when nothing suggests anything. */
export function suggestedDraft(question: Pick<QuestionView, "type" | "suggested">): Draft | null {
  const value = question.suggested;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return { chosen: value.map(String), text: "" };
  if (typeof value === "boolean") return { chosen: [String(value)], text: "" };
  if (typeof value === "number") return { chosen: [], text: String(value) };
  if (typeof value !== "string") return null;
  return ["choice", "person-id"].includes(question.type)
    ? { chosen: [value], text: "" }
    : { chosen: [], text: value };
}

/** Whether nothing stands in the field. */
export const isEmpty = ({ chosen, text }: Draft) => chosen.length === 0 && text.trim() === "";

/** Reads the draft as an answer to the question. */
export function readAnswer(
  question: Pick<QuestionView, "type">,
  people: readonly PersonView[],
  draft: Draft,
): Reading {
  const first = draft.chosen[0];
  const text = draft.text.trim();
  switch (question.type) {
    case "yes-no":
      return first === undefined ? { fault: words.missingChoice } : { value: first === "true" };
    case "choice":
    case "person-id":
      return first === undefined ? { fault: words.missingChoice } : { value: first };
    case "choices":
      return { value: draft.chosen };
    case "person-list":
      return people.length === 0 ? { fault: words.nobody } : { value: true };
    case "number": {
      const digits = text.normalize("NFKC").replace(/,/g, "");
      return /^-?\d+$/.test(digits) ? { value: Number(digits) } : { fault: words.missingNumber };
    }
    case "date": {
      if (text === "") return { fault: date.missing };
      const value = readDate(text);
      return value === null ? { fault: date.unreadable } : { value };
    }
    default:
      return text === "" ? { fault: words.missingText } : { value: text };
  }
}

/** Id of a question's field, as `<fact>` or `<fact>-<person>`. */
export const fieldOf = ({ fact, person }: Pick<QuestionView, "fact" | "person">) =>
  person === null ? `answer-${fact}` : `answer-${fact}-${person}`;

interface AskReading {
  answers: AnswerInput[];
  faults: Fault[];
}

/** How the fields without an answer are taken. */
export type Rest = Said | "fault" | "left-out";

/**
 * Reads a whole screen. Rows of a checklist that are not ticked are a no; other fields without an answer are a fault,
 * are left out, or were said not to be known (`rest`).
 */
export function readAsk(
  ask: Pick<AskView, "kind" | "questions">,
  people: readonly PersonView[],
  draftOf: (question: QuestionView) => Draft,
  rest: Rest,
): AskReading {
  const reading: AskReading = { answers: [], faults: [] };
  // A list that nobody has looked at is no list of noes.
  const untouched = ask.questions.every((question) => isEmpty(draftOf(question)));
  if (rest === "left-out" && untouched) return reading;
  for (const question of ask.questions) {
    const { fact, person } = question;
    const draft = draftOf(question);
    const answer = (value: unknown, said: string | null) =>
      void reading.answers.push({ fact, person, value, said });
    const saidSo = rest === "unknown" || rest === "declined";
    if (ask.kind === "checklist" && !saidSo) {
      answer(draft.chosen.includes("true"), null);
      continue;
    }
    const isOpen = isEmpty(draft) || (ask.kind === "checklist" && !draft.chosen.includes("true"));
    if (saidSo && (isOpen || ask.kind === "one")) {
      answer(null, rest);
      continue;
    }
    if (isOpen && rest === "left-out") continue;
    if (isOpen && isLeftBlank(ask, question, draftOf)) {
      answer(null, "unknown");
      continue;
    }
    const read = readAnswer(question, people, draft);
    if ("value" in read) answer(read.value, null);
    else reading.faults.push({ field: fieldOf(question), text: nameFault(ask, question, read.fault) });
  }
  return reading;
}

/**
 * A line of text that stays blank on a page whose other fields are filled: not every address has a building. The button
 * says so before it is pressed; dates and choices are never left blank.
 */
export function isLeftBlank(
  ask: Pick<AskView, "kind" | "questions">,
  question: QuestionView,
  draftOf: (question: QuestionView) => Draft,
): boolean {
  const filled = ask.questions.some((each) => !isEmpty(draftOf(each)));
  return ask.kind === "page" && question.type === "text" && filled && isEmpty(draftOf(question));
}

/** Where several fields stand on a screen, each fault says which one it is about. */
function nameFault(ask: Pick<AskView, "questions">, question: QuestionView, fault: string): string {
  if (ask.questions.length === 1) return fault;
  const about = question.person_name === null ? question.short : personWord(question.person_name);
  return words.faultOf(about, fault);
}
