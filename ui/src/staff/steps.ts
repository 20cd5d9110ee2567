/** The steps of a case, in the order of the counter. Any of them can be opened at any time. */
import type { CaseView } from "../door/generated/door";

export const STEPS = ["card", "questions", "result", "papers", "print"] as const;
export type Step = (typeof STEPS)[number];

/** Where to go on with a case that is opened: at the first step with something left to do. */
export function firstStep(current: CaseView): Step {
  if (current.people.length === 0) return "card";
  return current.questions.length > 0 ? "questions" : "result";
}
