/** From what stands in the answer form to the value that crosses the door. */
import { readDate } from "../design/dates";
import type { ChoiceView, PersonView, QuestionView } from "../door/generated/door";
import { date, person as personWord, yesNo } from "../words/common";
import { questions as words } from "../words/staff";

/** The form as it stands: what is chosen and what is typed. */
export interface Draft {
  chosen: string[];
  text: string;
}

export type Reading = { value: unknown } | { fault: string };

const YES_NO: ChoiceView[] = [
  { id: "true", text: yesNo.yes },
  { id: "false", text: yesNo.no },
];

/** Choices to draw; `null` when the answer is typed. */
export function choicesOf(question: QuestionView, people: PersonView[]): ChoiceView[] | null {
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

/** Reads the draft as an answer to the question. */
export function readAnswer(question: QuestionView, people: PersonView[], draft: Draft): Reading {
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
