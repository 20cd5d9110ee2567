/** From what stands on the resident's screen to the values that cross the door. */
import type { AnswerInput, ResidentAsk, ResidentQuestion } from "../door/generated/door";
import { NONE } from "../design/choose";
import { isDay } from "../design/dates";

/** What is chosen, or the digits or text typed. */
export interface Draft {
  chosen: string[];
  text: string;
}

export const EMPTY: Draft = { chosen: [], text: "" };

const DATE_DIGITS = 8;
/** A phone number in Japan has ten digits, a mobile one eleven. */
const PHONE_DIGITS = [10, 11] as const;
const NUMBER_DIGITS = [1, 4] as const;

/** How an answer is given: chosen, touched digit by digit, or typed. */
export function inputOf(question: ResidentQuestion): "choice" | "choices" | "digits" | "text" {
  switch (question.type) {
    case "yes-no":
    case "choice":
    case "person-id":
      return "choice";
    case "choices":
      return "choices";
    case "date":
    case "number":
      return "digits";
    default:
      return question.pad === "digits" ? "digits" : "text";
  }
}

/** How few and how many digits an answer has. */
export function digitsOf(question: ResidentQuestion): readonly [number, number] {
  if (question.type === "date") return [DATE_DIGITS, DATE_DIGITS];
  return question.type === "number" ? NUMBER_DIGITS : PHONE_DIGITS;
}

const dayOf = (digits: string) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;

/** The value of an answer; `undefined` while there is none that could be sent. */
export function valueOf(question: ResidentQuestion, draft: Draft): unknown {
  const [first] = draft.chosen;
  const text = draft.text.trim();
  switch (inputOf(question)) {
    case "choice":
      return question.type === "yes-no" && first !== undefined ? first === "true" : first;
    case "choices":
      return draft.chosen.length === 0 ? undefined : draft.chosen;
    case "text":
      return text === "" ? undefined : text;
    case "digits": {
      if (text.length < digitsOf(question)[0]) return undefined;
      if (question.type === "number") return Number(text);
      if (question.type !== "date") return text;
      return isDay(dayOf(text)) ? dayOf(text) : undefined;
    }
  }
}

/** Digits as they are read: a day in its parts, a phone number as it is. */
export function showDigits(question: ResidentQuestion, digits: string): string {
  if (question.type !== "date") return digits;
  const places = digits.padEnd(DATE_DIGITS, "–");
  return `${places.slice(0, 4)} / ${places.slice(4, 6)} / ${places.slice(6)}`;
}

export const answer = (question: ResidentQuestion, value: unknown): AnswerInput => ({
  fact: question.fact,
  person: question.person,
  value,
  said: null,
});

/** That somebody does not know, or would rather not say. */
export const withheld = (question: ResidentQuestion, said: "unknown" | "declined"): AnswerInput => ({
  fact: question.fact,
  person: question.person,
  value: null,
  said,
});

/** The key of a checklist's row: the same fact may be asked about several people. */
export const rowOf = (question: ResidentQuestion) =>
  question.person === null ? question.fact : `${question.fact}-${question.person}`;

/** Ticked is yes, the rest no; `undefined` while nothing is ticked, not even "none of these". */
export function checked(ask: ResidentAsk, ticked: readonly string[]): AnswerInput[] | undefined {
  if (ticked.length === 0) return undefined;
  const yes = ticked.filter((row) => row !== NONE);
  return ask.questions.map((question) => answer(question, yes.includes(rowOf(question))));
}
