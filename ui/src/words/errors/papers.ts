/** Errors of drawing papers: what keeps one from being printed. */
import { CALL_MAINTENANCE, CASE_KEPT, about, type Details, type Words } from "./shared";

const paper = (details: Details) => `「${about(details, "title", about(details, "form", "書類"))}」`;
const entry = (details: Details) => {
  const field = about(details, "label", about(details, "field", "項目"));
  return details["name"] === undefined ? field : `${field}（${details["name"]} さん）`;
};

export const papers: Record<string, Words> = {
  "character-missing": (details) => ({
    happened: `${paper(details)}の「${entry(details)}」に、印刷できない文字があります。`,
    kept: `似た字に置き換えて印刷することはしません。${CASE_KEPT}`,
    next: `この書類だけは手書きにするか、システム担当に文字の番号（${about(details, "character", "不明")}）を伝えてください。`,
  }),
  "nothing-to-settle": {
    happened: "この欄には、もう扱いを決める文字がありません。",
    kept: CASE_KEPT,
    next: "「書類」の一覧を確かめてください。",
  },
  "no-base-form": {
    happened: "この文字には、近い形の字もありません。",
    kept: CASE_KEPT,
    next: "ほかの扱いを選んでください。",
  },
  "substitute-form": {
    happened: "印刷する文字が空か、長すぎるか、改行が入っています。",
    kept: CASE_KEPT,
    next: "1行で入力し直してください。",
  },
  "substitute-missing": (details) => ({
    happened: "入力した文字にも、印刷できない文字があります。",
    kept: CASE_KEPT,
    next: `文字の番号は${about(details, "character", "不明")}です。別の文字で入力し直してください。`,
  }),
  "choice-unknown": { happened: "その扱いは選べません。", kept: CASE_KEPT, next: CALL_MAINTENANCE },
  "page-range": {
    happened: "ページの選び方が正しくありません。",
    kept: CASE_KEPT,
    next: "最初のページと最後のページを入力し直してください。",
  },
  "page-size-unknown": (details) => ({
    happened: `${paper(details)}の紙の大きさは、印刷できない大きさです。`,
    kept: CASE_KEPT,
    next: CALL_MAINTENANCE,
  }),
  "does-not-fit": (details) => ({
    happened: `${paper(details)}の「${entry(details)}」が、枠に入りきりません。`,
    kept: `途中で切って印刷することはしません。${CASE_KEPT}`,
    next: "この欄は、本人に手書きしてもらうか、短い書き方を確かめてください。",
  }),
  "required-missing": (details) => ({
    happened: `${paper(details)}の「${entry(details)}」が、まだ分かっていません。`,
    kept: CASE_KEPT,
    next: "「世帯と質問」へ戻って入力してください。",
  }),
  "no-era": (details) => ({
    happened: `${paper(details)}の「${entry(details)}」の日付を、元号で書けません。`,
    kept: CASE_KEPT,
    next: "日付が正しいか確かめてください。",
  }),
  "wrong-kind": (details) => ({
    happened: `${paper(details)}の「${entry(details)}」に、合わない種類の値があります。`,
    kept: CASE_KEPT,
    next: CALL_MAINTENANCE,
  }),
  "no-such-option": (details) => ({
    happened: `${paper(details)}の「${entry(details)}」に、当てはまる選択肢がありません。`,
    kept: CASE_KEPT,
    next: "この欄は、本人に手書きしてもらってください。",
  }),
  "too-many-people": (details) => ({
    happened: `${paper(details)}に書ける人数を超えています。`,
    kept: CASE_KEPT,
    next: "入りきらない方の分は、同じ様式をもう1枚手書きしてください。",
  }),
  "fonts-missing": {
    happened: "書類に使う書体が、この端末に入っていません。",
    kept: CASE_KEPT,
    next: "システム担当に連絡してください。",
  },
  "paper-unknown": {
    happened: "その書類は、もう必要な書類に入っていません。",
    kept: CASE_KEPT,
    next: "書類の一覧を確かめてください。",
  },
  "discreet-apart": {
    happened: "個別のご案内は、ほかの書類と一緒には印刷しません。",
    kept: CASE_KEPT,
    next: "ほかの書類を外して、別に印刷してください。",
  },
  "nothing-to-print": {
    happened: "印刷できる書類がありません。",
    kept: CASE_KEPT,
    next: "「書類」で、印刷できない理由を確かめてください。",
  },
  "form-unknown": (details) => ({
    happened: `${paper(details)}の様式が、手続きデータに入っていません。`,
    kept: CASE_KEPT,
    next: "この書類は、窓口に備えた用紙を使ってください。",
  }),
};
