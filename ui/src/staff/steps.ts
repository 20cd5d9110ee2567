/** The steps of a case, in the order of the counter. Any of them can be opened at any time. */
import type { CaseView, LeftView } from "../door/generated/door";

export const STEPS = [
  "document",
  "household",
  "questions",
  "check",
  "result",
  "papers",
  "print",
  "finish",
] as const;
export type Step = (typeof STEPS)[number];

/** Pages of the first step beside reading a card and 本人確認. */
export type DocumentPage = "code-b" | "certificate";

/** The question that is answered on the screen of the household. */
const PERSON_LIST = "person-list";

/** Which step settles what is left (`LeftView::what`). Outcomes are no work: the end notes what was done here as taken. */
const SETTLED_AT: Record<string, Step> = {
  identity: "document",
  questions: "questions",
  conflicts: "check",
  private: "check",
  papers: "print",
  "came-out": "print",
  signatures: "print",
  handover: "finish",
};

/** Whether somebody still has to say who lives there. */
export const householdOpen = (current: CaseView) =>
  current.people.length === 0 || current.questions.some(({ type }) => type === PERSON_LIST);

/** How much is left on each step. */
export function leftOn(current: CaseView): Record<Step, number> {
  const left = Object.fromEntries(STEPS.map((step) => [step, 0])) as Record<Step, number>;
  const add = ({ what, count }: LeftView) => {
    const step = SETTLED_AT[what];
    if (step !== undefined) left[step] += count;
  };
  current.left.forEach(add);
  if (householdOpen(current) && !current.closed) left.household = 1;
  return left;
}

/** Where to go on with a case that is opened: at the first step with something left to do. */
export function firstStep(current: CaseView): Step {
  if (current.people.length === 0 && !current.closed) return "document";
  const left = leftOn(current);
  return STEPS.find((step) => left[step] > 0) ?? "result";
}

/** The step whose key was pressed together with Alt; `null` for any other key. */
export function stepOf(event: Pick<KeyboardEvent, "altKey" | "ctrlKey" | "code">): Step | null {
  if (!event.altKey || event.ctrlKey) return null;
  return STEPS[Number(/^Digit([1-8])$/.exec(event.code)?.[1]) - 1] ?? null;
}
