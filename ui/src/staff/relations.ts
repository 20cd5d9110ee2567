/** 続柄 to choose from: those that the pack asks with, else the ones everybody knows. */
import type { CaseView, ChoiceView } from "../door/generated/door";
import { household as words } from "../words/asking";

const RELATION = "relation";

/** The relations of this case, in the pack's order. */
export function relationsOf(current: CaseView): readonly ChoiceView[] {
  const asked = [...current.questions, ...current.answered].find(({ fact }) => fact === RELATION);
  const printed = current.certificate?.person.find(({ fact }) => fact === RELATION);
  return asked?.choices ?? printed?.choices ?? words.relations;
}

/** A value that the list does not hold, read from a document, is kept as it is. */
export const kept = (choices: readonly ChoiceView[], id: string): readonly ChoiceView[] =>
  id === "" || choices.some((choice) => choice.id === id) ? choices : [...choices, { id, text: id }];
