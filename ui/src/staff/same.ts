/** 次の方も同じ: whose answer stands ready to be taken over, on the screen or from before. */
import type { AskView, PersonView, QuestionView } from "../door/generated/door";
import { type Draft, isEmpty } from "./answers";

/** An answer that can be taken over. */
export interface Same {
  /** Who gave it before; `null` when it stands on this screen. */
  from: string | null;
  /** That person's name; empty when it stands on this screen. */
  name: string;
  /** The answer in words. */
  text: string;
}

/** On a screen about several people: an answer above and an open field below it. */
export function sameOnScreen(
  ask: Pick<AskView, "kind" | "questions">,
  draftOf: (question: QuestionView) => Draft,
): { draft: Draft; to: QuestionView[] } | null {
  if (ask.kind !== "people") return null;
  const drafts = ask.questions.map(draftOf);
  const open = drafts.findIndex(isEmpty);
  const draft = drafts
    .slice(0, Math.max(open, 0))
    .reverse()
    .find((each) => !isEmpty(each));
  if (draft === undefined) return null;
  return { draft, to: ask.questions.filter((_, at) => at >= open && isEmpty(drafts[at] ?? draft)) };
}

/** The same fact as somebody else told it, nearest before this person. */
export function sameFromBefore(
  ask: Pick<AskView, "kind" | "questions">,
  people: readonly PersonView[],
): Same | null {
  const question = ask.questions[0];
  if (ask.kind !== "one" || question === undefined || question.person === null) return null;
  const before = people.slice(
    0,
    people.findIndex(({ id }) => id === question.person),
  );
  for (const { id, name, facts } of before.reverse()) {
    const fact = facts.find((known) => known.id === question.fact);
    if (fact && !fact.masked && fact.value !== null) return { from: id, name, text: fact.text };
  }
  return null;
}
