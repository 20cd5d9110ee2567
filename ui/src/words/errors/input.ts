/** Errors of what was typed. */
import { CALL_MAINTENANCE, CASE_KEPT, type Words } from "./shared";

export const input: Record<string, Words> = {
  "fact-unknown": {
    happened: "この項目は、使っている手続きデータにありません。",
    kept: CASE_KEPT,
    next: CALL_MAINTENANCE,
  },
  "fact-wrong-value": {
    happened: "入力した値が、この項目に合いません。",
    kept: CASE_KEPT,
    next: "形を確かめて、もう一度入力してください。日付の例: 令和8年11月20日",
  },
  "facts-shape": {
    happened: "入力の形が正しくありません。",
    kept: CASE_KEPT,
    next: "もう一度入力してください。",
  },
  "person-unknown": {
    happened: "その方は、この受付の世帯にいません。",
    kept: CASE_KEPT,
    next: "世帯の一覧を確かめてください。",
  },
  "person-twice": {
    happened: "同じ方が2回入力されています。",
    kept: CASE_KEPT,
    next: "世帯の一覧を確かめてください。",
  },
  "nothing-to-undo": {
    happened: "取り消せる回答がありません。",
    kept: CASE_KEPT,
    next: "直したい項目は、「分かっていること」から選んでください。",
  },
};
