/** Errors that keep a terminal from working at all. */
import { CALL_SYSTEM, about, type Details, type Words } from "./shared";

const place = ({ file, row, column }: Details) =>
  file === undefined
    ? ""
    : `（${file}${row === undefined ? "" : ` ${row}行目`}${column ? ` ${column}列` : ""}）`;
const expected = (details: Details) => about(details, "expected", "");

/** Why a terminal cannot work at all; whoever maintains it reads these. */
export const terminal: Record<string, Words> = {
  "pack-missing": {
    happened: "手続きデータが見つかりません。",
    kept: "受付の記録は残っています。",
    next: `手続きデータを入れ直すと使えます。${CALL_SYSTEM}`,
  },
  "pack-io": {
    happened: "手続きデータを読めません。",
    kept: "受付の記録は残っています。",
    next: CALL_SYSTEM,
  },
  "pack-syntax": (details) => ({
    happened: `手続きデータの書き方に誤りがあります${place(details)}。`,
    kept: "受付の記録は残っています。",
    next: `${expected(details)} ${CALL_SYSTEM}`,
  }),
  "pack-base": {
    happened: "手続きデータの土台（全国共通のデータ）が、合う版ではありません。",
    kept: "受付の記録は残っています。",
    next: CALL_SYSTEM,
  },
  "pack-invalid": (details) => ({
    happened: `手続きデータに誤りが${about(details, "errors", "1")}件あり、使えません${place(details)}。${about(details, "text", "")}`,
    kept: "受付の記録は残っています。",
    next: `${expected(details)} ${CALL_SYSTEM}`,
  }),
  "settings-no-home": {
    happened: "この端末の設定を置く場所がありません。",
    kept: "何も変わっていません。",
    next: CALL_SYSTEM,
  },
  "settings-io": {
    happened: "この端末の設定を読めません。",
    kept: "受付の記録は残っています。",
    next: CALL_SYSTEM,
  },
  "settings-syntax": (details) => ({
    happened: `この端末の設定の${about(details, "row", "?")}行目に誤りがあります。`,
    kept: "受付の記録は残っています。",
    next: `${expected(details)} ${CALL_SYSTEM}`,
  }),
};
