/** What the resident can do here; the window calls Rust, the gallery nothing. */
import type { AnswerInput, DisplayInput } from "../door/generated/door";

export interface Acts {
  /** A call is under way; a second one waits. */
  readonly busy: boolean;
  pin: (digits: string, lastTry: boolean) => void;
  pinDecline: () => void;
  confirm: (correct: boolean) => void;
  /** Says whether they were taken in. */
  answers: (answers: AnswerInput[]) => Promise<boolean>;
  lang: (tag: string) => void;
  display: (display: DisplayInput) => void;
  call: () => void;
}
