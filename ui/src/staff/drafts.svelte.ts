/**
 * What stands in the fields of a case and has not been sent: it survives every refresh of the view, a change of
 * step and the switch between one question at a time and all on one page. It ends with the page of its case.
 */
import { SvelteMap } from "svelte/reactivity";
import type { QuestionView } from "../door/generated/door";
import { type Draft, EMPTY, suggestedDraft } from "./answers";

type Asked = Pick<QuestionView, "fact" | "person" | "type" | "suggested">;

const keyOf = ({ fact, person }: Pick<Asked, "fact" | "person">) => `${fact}/${person ?? ""}`;

export class Drafts {
  readonly #typed = new SvelteMap<string, Draft>();
  readonly #texts = new SvelteMap<string, string>();

  /** What stands in the field: what was typed, else what follows from other answers. */
  of(question: Asked): Draft {
    return this.#typed.get(keyOf(question)) ?? suggestedDraft(question) ?? EMPTY;
  }

  /** It stands there because it follows from other answers; nobody has touched it. */
  isSuggested(question: Asked): boolean {
    return !this.#typed.has(keyOf(question)) && suggestedDraft(question) !== null;
  }

  put(question: Asked, draft: Draft) {
    this.#typed.set(keyOf(question), draft);
  }

  forget(questions: readonly Asked[]) {
    for (const question of questions) this.#typed.delete(keyOf(question));
  }

  /** A field that belongs to no question, by its id. */
  text(id: string): string {
    return this.#texts.get(id) ?? "";
  }

  /** Whether somebody has touched it: an emptied field is not an untouched one. */
  hasText(id: string): boolean {
    return this.#texts.has(id);
  }

  putText(id: string, text: string) {
    this.#texts.set(id, text);
  }

  /** Forgets all fields whose id begins so. */
  forgetTexts(begin: string) {
    for (const id of [...this.#texts.keys()]) if (id.startsWith(begin)) this.#texts.delete(id);
  }
}
