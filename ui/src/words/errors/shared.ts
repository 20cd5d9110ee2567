/** What the tables of error words share: their shape and sentences that recur. */
import type { DoorError } from "../../door/generated/door";

export interface ErrorWords {
  /** What happened. */
  happened: string;
  /** What was kept, so that nobody types anything twice. */
  kept: string;
  /** What to do next. */
  next: string;
}

export type Details = DoorError["details"];
export type Words = ErrorWords | ((details: Details) => ErrorWords);
export const CASE_KEPT = "この受付の回答は、すべて残っています。";
export const NOTHING_CHANGED = "これまでの内容は変わっていません。";
export const PAPERS_KEPT = "作成した書類は残っています。もう一度印刷できます。";
export const CALL_MAINTENANCE = "同じ表示が続くときは、下の番号をシステム担当に伝えてください。";

export const CALL_SYSTEM = "システム担当に連絡してください。";

export const about = (details: Details, key: string, otherwise: string) => details[key] ?? otherwise;
