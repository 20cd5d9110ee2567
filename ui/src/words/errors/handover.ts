/** Errors of writing hand-over files: nothing is written when one value cannot go out exactly. */
import { CASE_KEPT, CALL_SYSTEM, about, type Details, type Words } from "./shared";

const NOTHING_WRITTEN = `引き渡しファイルは1つも作っていません。${CASE_KEPT}`;

const why = (details: Details) => {
  switch (details["reason"]) {
    case "character-not-in-cp932":
      return `引き渡し先で使えない文字（${about(details, "characters", "不明")}）があります`;
    case "too-long":
      return `値が長すぎます（${about(details, "bytes", "?")}バイト、${about(details, "max", "?")}バイトまで）`;
    case "required-missing":
      return "必要な値が、まだ分かっていません";
    default:
      return "引き渡せない値があります";
  }
};

export const handover: Record<string, Words> = {
  "handover-refused": (details) => ({
    happened: `「${about(details, "heading", "項目")}」に、${why(details)}。引き渡せない欄は${about(details, "count", "1")}か所です。`,
    kept: NOTHING_WRITTEN,
    next: "値を確かめて直すか、この受付は転記シートを使って担当課に渡してください。",
  }),
  "handover-newer": {
    happened: "引き渡し先に、この受付のもっと新しいファイルがあります。",
    kept: CASE_KEPT,
    next: "新しいほうのファイルを使ってください。",
  },
  "handover-differs": {
    happened: "引き渡し先に、同じ版で内容の違うファイルがあります。",
    kept: CASE_KEPT,
    next: `どちらが正しいか、担当課に確かめてください。${CALL_SYSTEM}`,
  },
  "handover-other-case": {
    happened: "引き渡し先に、同じ受付番号の別のフォルダーがあります。",
    kept: CASE_KEPT,
    next: CALL_SYSTEM,
  },
  "no-handover-folder": {
    happened: "引き渡しファイルの置き場所が決まっていません。",
    kept: CASE_KEPT,
    next: CALL_SYSTEM,
  },
  "pack-no-handover": {
    happened: "この手続きデータには、引き渡しファイルの決まりがありません。",
    kept: CASE_KEPT,
    next: CALL_SYSTEM,
  },
};
