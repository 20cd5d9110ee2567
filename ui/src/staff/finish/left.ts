/** What is left before a case can be ended, and where each of it is settled. */
import type { LeftView } from "../../door/generated/door";
import { finish as words } from "../../words/outcome";
import type { Step } from "../steps";

/** What `staff_finish` settles by itself; everything else is told first. */
const SETTLED_BY_FINISHING = ["came-out", "signatures", "outcomes"];

export const settledByFinishing = (left: readonly LeftView[]) =>
  left.filter(({ what }) => SETTLED_BY_FINISHING.includes(what));

export const leftOpen = (left: readonly LeftView[]) =>
  left.filter(({ what }) => !SETTLED_BY_FINISHING.includes(what));

const WAYS: Record<string, Step> = {
  questions: "questions",
  private: "check",
  identity: "document",
  conflicts: "check",
  outcomes: "result",
  signatures: "papers",
  papers: "print",
  "came-out": "print",
};

/** The screen on which it is settled; `null`: right here. */
export const wayTo = (what: string): Step | null => WAYS[what] ?? null;

export const leftWords = ({ what, count }: LeftView) => (words.left[what] ?? words.other)(count);

export const settledWords = ({ what, count }: LeftView) => (words.settled[what] ?? words.other)(count);
