/** Words for what is refused around a case: 本人確認, the paper of the move, outcomes, accounts. */
import { CALL_MAINTENANCE, CASE_KEPT, NOTHING_CHANGED, type Words } from "./shared";

export const work: Record<string, Words> = {
  "identity-documents": {
    happened: "本人確認書類が足りません。",
    kept: CASE_KEPT,
    next: "顔写真付きの書類を1点、または写真のない書類を2点選んでください。",
  },
  "identity-letter": {
    happened: "代理の方の委任状を確かめていません。",
    kept: CASE_KEPT,
    next: "委任状を確かめて、選び直してください。お持ちでないときは、委任状の用紙を印刷できます。",
  },
  "identity-expired": {
    happened: "このマイナンバーカードは、有効期限が切れています。",
    kept: CASE_KEPT,
    next: "ほかの本人確認書類をお願いしてください。カードの期限を確かめ直したときは、「期限内」を選んでください。",
  },
  "identity-agent": {
    happened: "代理の方の氏名か住所が、長すぎるか、使えない文字を含んでいます。",
    kept: CASE_KEPT,
    next: "200文字までで、改行を入れずに入力してください。",
  },
  "person-twice": {
    happened: "同じ方が、2回書かれています。",
    kept: CASE_KEPT,
    next: "転出証明書の1人を1行にして、入力し直してください。",
  },
  "procedure-unknown": {
    happened: "この手続きは、いまの回答では出ていません。",
    kept: CASE_KEPT,
    next: "手続きの一覧を見直して、選び直してください。",
  },
  "outcome-unknown": {
    happened: "処理結果を記録できませんでした。",
    kept: CASE_KEPT,
    next: CALL_MAINTENANCE,
  },
  "outcome-until": {
    happened: "後日提出の期限が正しくありません。",
    kept: CASE_KEPT,
    next: "今日以降の日付を入力してください。期限を書けるのは「受付済み（書類は後日）」だけです。",
  },
  "outcome-note": {
    happened: "メモが長すぎるか、使えない文字を含んでいます。",
    kept: CASE_KEPT,
    next: "200文字までで、改行を入れずに入力してください。",
  },
  "step-unknown": {
    happened: "画面を切り替えられませんでした。",
    kept: CASE_KEPT,
    next: CALL_MAINTENANCE,
  },
  "role-unknown": {
    happened: "職員の権限を選べませんでした。",
    kept: NOTHING_CHANGED,
    next: "「窓口職員」「監督者」「管理者」のどれかを選んでください。",
  },
  "account-own": {
    happened: "自分のアカウントは停止できません。",
    kept: NOTHING_CHANGED,
    next: "ほかの管理者に停止してもらってください。",
  },
};
