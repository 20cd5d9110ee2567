/** Errors of reading a card. */
import { CASE_KEPT, about, type Details, type Words } from "./shared";

const TYPE_INSTEAD = "急ぐときは、読み取らずに入力して進められます。";
const TRY_MAY_BE_USED = "暗証番号の残り回数が1回減っているかもしれません。";

const maybeUsed = (details: Details) => (details["try_may_be_used"] === undefined ? "" : TRY_MAY_BE_USED);

export const card: Record<string, Words> = {
  "no-reader": {
    happened: "カードリーダーが見つかりません。",
    kept: CASE_KEPT,
    next: `カードリーダーのケーブルを差し直し、「機器を確認し直す」を押してください。${TYPE_INSTEAD}`,
  },
  "no-card": {
    happened: "カードが置かれていません。",
    kept: CASE_KEPT,
    next: "カードをリーダーの中央に置いてから、もう一度読み取ってください。",
  },
  "card-removed": (details) => ({
    happened: `読み取りの途中でカードが動きました。${maybeUsed(details)}`,
    kept: `読み取れなかった内容は使っていません。${CASE_KEPT}`,
    next: "カードを置き直し、動かさずに、もう一度読み取ってください。暗証番号はもう一度必要です。",
  }),
  "unknown-card": {
    happened: "このカードは読み取れる種類ではありません。",
    kept: CASE_KEPT,
    next: "マイナンバーカードか確かめてください。ほかの書類は、見ながら入力してください。",
  },
  "pin-wrong": (details) => ({
    happened: "暗証番号が違います。",
    kept: CASE_KEPT,
    next: `あと${about(details, "tries_left", "数")}回入力できます。確かでないときは、読み取らずに入力してください。`,
  }),
  "pin-blocked": {
    happened: "暗証番号がロックされているか、暗証番号のないカード（顔認証）です。",
    kept: CASE_KEPT,
    next: "券面の番号（照合番号B）で読み取るか、入力して進めてください。暗証番号の再設定は、マイナンバーカードの担当窓口で手続きします。",
  },
  "pin-last-try": {
    happened: "暗証番号を入力できるのは、あと1回です。",
    kept: `暗証番号は使っていません。${CASE_KEPT}`,
    next: "間違えるとロックされます。確かでないときは、読み取らずに入力してください。",
  },
  "pin-format": {
    happened: "暗証番号は数字4けたです。",
    kept: `暗証番号の残り回数は減っていません。${CASE_KEPT}`,
    next: "もう一度、4けたで入力してもらってください。",
  },
  "pin-none": {
    happened: "このカードには暗証番号がありません（顔認証マイナンバーカード）。",
    kept: CASE_KEPT,
    next: "券面に書いてある番号（照合番号B）で読み取るか、見ながら入力してください。",
  },
  "code-b-wrong": {
    happened: "券面の番号（照合番号B）が合いません。",
    kept: CASE_KEPT,
    next: "生年月日（和暦の年・月・日）、有効期限の西暦、セキュリティコードを、券面でもう一度確かめてください。",
  },
  "code-b-blocked": {
    happened: "券面の番号（照合番号B）では読み取れなくなっています。",
    kept: CASE_KEPT,
    next: "暗証番号で読み取るか、券面を見ながら入力してください。",
  },
  "code-b-last-try": {
    happened: "券面の番号（照合番号B）を入力できるのは、あと1回です。",
    kept: `番号はカードに送っていません。${CASE_KEPT}`,
    next: "間違えると、この番号では読み取れなくなります。確かでないときは、見ながら入力してください。",
  },
  "code-b-format": {
    happened: "券面の番号（照合番号B）は、6けた、4けた、4けたの数字です。",
    kept: `番号はカードに送っていません。${CASE_KEPT}`,
    next: "生年月日（例 600401）、有効期限の西暦（例 2035）、セキュリティコード（例 2285）を入力し直してください。",
  },
  malformed: {
    happened: "カードの中の情報が正しい形になっていません。",
    kept: `読み取った内容は使っていません。${CASE_KEPT}`,
    next: "券面を見ながら入力してください。カードが傷んでいるときは、カードの担当窓口へ案内してください。",
  },
  "reader-busy": {
    happened: "カードリーダーを、ほかのソフトが使っています。",
    kept: CASE_KEPT,
    next: `ほかのソフトを終えてから、もう一度読み取ってください。${TYPE_INSTEAD}`,
  },
  "service-unavailable": {
    happened: "この端末で、カードを読む仕組みが動いていません。",
    kept: CASE_KEPT,
    next: `端末の再起動で直ることがあります。${TYPE_INSTEAD}`,
  },
  timeout: (details) => ({
    happened: `カードからの返事が途中で止まりました。${maybeUsed(details)}`,
    kept: `読み取れなかった内容は使っていません。${CASE_KEPT}`,
    next: "カードを置き直して、もう一度読み取ってください。",
  }),
  "not-waiting": {
    happened: "この操作は、もう済んでいるか、取りやめになっています。",
    kept: CASE_KEPT,
    next: "今の画面の案内に沿って進めてください。",
  },
};
