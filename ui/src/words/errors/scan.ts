/** Errors of reading codes and taking sheets in. */
import { CASE_KEPT, type Words } from "./shared";

const OTHER_WAYS = "スキャナーで読むか、画像ファイルを選んでください。";

export const scan: Record<string, Words> = {
  "camera-missing": {
    happened: "カメラが見つかりません。",
    kept: "読んだQRコードは残っています。",
    next: `カメラのケーブルを確かめてください。${OTHER_WAYS}`,
  },
  "camera-refused": {
    happened: "カメラを使う許可がありません。",
    kept: "読んだQRコードは残っています。",
    next: `端末の設定でカメラの利用を許可してください。${OTHER_WAYS}`,
  },
  "camera-busy": {
    happened: "カメラをほかのソフトが使っています。",
    kept: "読んだQRコードは残っています。",
    next: `カメラを使うほかのソフトを閉じてください。${OTHER_WAYS}`,
  },
  "camera-failed": {
    happened: "カメラの映像を受け取れません。",
    kept: "読んだQRコードは残っています。",
    next: `もう一度試してください。${OTHER_WAYS}`,
  },
  "frame-size": {
    happened: "カメラの映像を読めませんでした。",
    kept: "読んだQRコードは残っています。",
    next: `カメラを止めて、もう一度始めてください。${OTHER_WAYS}`,
  },
  "no-sheet": {
    happened: "取り込むシートがありません。",
    kept: CASE_KEPT,
    next: "QRコードを全部読んでから、取り込んでください。",
  },
  "sheet-expired": {
    happened: "このシートは期限を過ぎています。",
    kept: CASE_KEPT,
    next: "住民の方に内容を確かめ、「内容を確かめたので取り込む」を選んでください。",
  },
  "sheet-from-the-future": {
    happened: "シートの作成日時が、この端末の今の日時より先です。",
    kept: CASE_KEPT,
    next: "端末の日時を確かめてください。正しければ「内容を確かめたので取り込む」を選んでください。",
  },
  "sheet-people": {
    happened: "シートの方が、この受付のどなたか決まっていません。",
    kept: CASE_KEPT,
    next: "「どなたですか」で、1人ずつ選んでください。",
  },
  "conflict-unknown": {
    happened: "選んだ値は、もう変わっています。",
    kept: CASE_KEPT,
    next: "今の内容を見て、もう一度選んでください。",
  },
};
