/**
 * What a key does on a screen of questions. Numbers choose, Enter goes on; letters rest while somebody types, and
 * together with Alt they work there too. Nothing here decides what an answer means.
 */
import type { AskView, QuestionView } from "../door/generated/door";

export type Action =
  /** The choice of that number, from 0. */
  | { kind: "choose"; at: number }
  /** The next open field, or on to the next screen. */
  | { kind: "go" }
  /** On to the next screen, from anywhere. */
  | { kind: "send" }
  | { kind: "unknown" | "declined" | "undo" | "same" | "none" | "mode" };

type Key = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "repeat">;

const LETTERS: Record<string, Action> = {
  KeyW: { kind: "unknown" },
  KeyK: { kind: "declined" },
  KeyU: { kind: "undo" },
  KeyS: { kind: "same" },
  KeyM: { kind: "mode" },
};

/**
 * The action of a key; `null` where it is none of ours. `typing`: the key goes into a text; `pressing`: Enter would
 * press what has focus.
 */
export function actionOf(key: Key, at: { typing: boolean; pressing: boolean }): Action | null {
  if (key.repeat || key.metaKey) return null;
  const isEnter = key.key === "Enter";
  if (key.ctrlKey) return isEnter ? { kind: "send" } : null;
  const letter = LETTERS[key.code] ?? null;
  if (key.altKey) return letter;
  if (isEnter) return at.pressing ? null : { kind: "go" };
  if (at.typing) return null;
  if (/^[1-9]$/.test(key.key)) return { kind: "choose", at: Number(key.key) - 1 };
  if (key.key === "0") return { kind: "none" };
  return letter;
}

/** The next field after `from` in which nothing stands; `null` when there is none. Without `from`, the first one. */
export function nextOpen(
  questions: readonly QuestionView[],
  from: QuestionView | null,
  isOpen: (question: QuestionView) => boolean,
): QuestionView | null {
  const start = from === null ? 0 : questions.indexOf(from) + 1;
  return questions.slice(start).find(isOpen) ?? null;
}

/** Whether choosing is the whole answer, so that its key goes on at once. */
export const goesOnAtOnce = (ask: Pick<AskView, "kind" | "questions">) =>
  ask.kind === "one" && ask.questions[0]?.type !== "choices";

/** The screen that the clerk has before them: the first that is not with the resident. */
export const presentAsk = (asks: readonly AskView[]) => asks.find(({ turn }) => turn !== "resident");
