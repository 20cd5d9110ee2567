/**
 * Every error code in plain words, for the staff: what happened, what was kept, what to do next.
 *
 * A code is never shown alone and never left out: it stands small under the words, so that it can be told
 * to the person who maintains the system.
 */
import type { DoorError } from "../door/generated/door";
import { asks } from "./errors/asks";
import { card } from "./errors/card";
import { handover } from "./errors/handover";
import { input } from "./errors/input";
import { papers } from "./errors/papers";
import { practice } from "./errors/practice";
import { printing } from "./errors/printing";
import { scan } from "./errors/scan";
import { CALL_MAINTENANCE, type ErrorWords, type Words } from "./errors/shared";
import { store } from "./errors/store";
import { terminal } from "./errors/terminal";
import { work } from "./errors/work";

/** A fault of the program itself, or of the way between page and program. */
const internal: ErrorWords = {
  happened: "思わぬ問題が起き、最後の操作ができませんでした。",
  kept: "保存された受付の内容は残っています。",
  next: `もう一度操作してください。${CALL_MAINTENANCE}`,
};

/** The words differ where the reason is not known: it is said that it is not known. */
const unknown: ErrorWords = {
  happened: "最後の操作ができませんでした。原因を表す言葉がまだ用意されていません。",
  kept: "保存された受付の内容は残っています。",
  next: `もう一度操作してください。${CALL_MAINTENANCE}`,
};

const WORDS = new Map<string, Words>(
  Object.entries({
    ...asks,
    ...card,
    ...store,
    ...input,
    ...terminal,
    ...papers,
    ...practice,
    ...printing,
    ...handover,
    ...scan,
    ...work,
    internal,
  }),
);

/** The words for an error. */
export function errorWords(error: DoorError): ErrorWords {
  const words = WORDS.get(error.code) ?? unknown;
  return typeof words === "function" ? words(error.details) : words;
}
