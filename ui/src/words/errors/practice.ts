/** Errors of practice (練習モード). */
import { CASE_KEPT, NOTHING_CHANGED, type Words, CALL_SYSTEM } from "./shared";

export const practice: Record<string, Words> = {
  "case-on-desk": {
    happened: "受付の途中なので、練習を始められません。",
    kept: CASE_KEPT,
    next: "受付を終えるか、保留にしてから、練習を始めてください。",
  },
  practising: {
    happened: "すでに練習中です。",
    kept: NOTHING_CHANGED,
    next: "別の日で練習するときは、いまの練習を終えてから始めてください。",
  },
  "not-practising": {
    happened: "練習中ではないので、練習用カードは使えません。",
    kept: NOTHING_CHANGED,
    next: "練習を始めてから、カードを選んでください。",
  },
  "not-in-practice": {
    happened: "練習の内容は、引き渡しできません。",
    kept: NOTHING_CHANGED,
    next: "引き渡しは、実際の受付で行ってください。",
  },
  "card-unknown": {
    happened: "その練習用カードはありません。",
    kept: NOTHING_CHANGED,
    next: "一覧から選び直してください。",
  },
  "day-unreadable": {
    happened: "練習する日が、日付として読めません。",
    kept: NOTHING_CHANGED,
    next: "年・月・日を確かめて、入力し直してください。",
  },
  "practice-not-deleted": {
    happened: "練習は終わりましたが、練習の記録を消せませんでした。",
    kept: "実際の受付の記録には、練習の内容は入っていません。練習の記録は暗号化されていて、だれにも読めません。",
    next: `次にアプリを始めたときに、もう一度消します。同じ表示が続くときは、${CALL_SYSTEM}`,
  },
};
