import { japanese } from "../design/said";

/** Words that several screens share. Buttons say a verb and what it is done to. */

export const app = {
  name: "書かない窓口",
  staffWindow: "職員画面",
  residentWindow: "住民画面",
  demo: "デモ（見本の住民と仮の機器を使っています）",
  demoForResident: "デモ画面",
  loading: "準備しています…",
};

export const actions = {
  back: "戻る",
  cancel: "やめる",
  close: "閉じる",
  change: "変更する",
  remove: "外す",
  save: "保存する",
};

/** Where a value came from. */
const SOURCES: Record<string, string> = {
  card: "カード",
  licence: "運転免許証",
  "residence-card": "在留カード",
  certificate: "転出証明書",
  qr: "持参のQR",
  file: "ファイル",
  resident: "本人",
  staff: "職員",
  pack: "手続きデータ",
  derived: "計算",
};

export const sourceWord = (source: string) => SOURCES[source] ?? source;

/** The kinds of notices, spoken before their text because colour alone says nothing. */
export const noticeKinds = { error: "エラー", warning: "注意", info: "お知らせ", success: "完了" };

export const errorSummary = {
  heading: "入力を確かめてください",
  whatWasKept: "残っているもの",
  whatNext: "次にすること",
  code: "番号",
};

export const date = {
  hint: "例: S60.4.1、昭和60年4月1日、1985.4.1。分からない部分は 00",
  missing: "日付を入力してください。例: S60.4.1",
  unreadable: "日付として読めません。例: S60.4.1",
  year: "年",
  month: "月",
  day: "日",
  unknown: (part: string) => `${part}は不明`,
  /** Offset to the western year; Rust checks the day itself. */
  eras: [
    { id: "seireki", text: "西暦", offset: 0 },
    { id: "reiwa", text: "令和", offset: 2018 },
    { id: "heisei", text: "平成", offset: 1988 },
    { id: "showa", text: "昭和", offset: 1925 },
    { id: "taisho", text: "大正", offset: 1911 },
    { id: "meiji", text: "明治", offset: 1867 },
  ],
};

export const yesNo = { yes: "はい", no: "いいえ" };

/** 様 after a name, or the words that stand for a name not known yet. */
export const person = (name: string) => (name === "" ? "氏名が未入力の方" : `${name} さん`);

/** The same sentence in two languages. */
export const pair = { number: "番号", draft: "参考訳" };

/** A private answer that is not shown. */
export const masked = { answered: "回答あり", open: (of: string) => `: ${of}の回答を開く` };

/** What an answer has changed, spoken before the procedure's name. */
export const consequence = { added: "追加: ", dropped: "取消し: ", told: "" };

/** Text size and contrast of the staff window. */
export const display = {
  size: japanese("文字の大きさ"),
  contrast: japanese("画面の色"),
  contrasts: {
    standard: japanese("白地に黒"),
    inverted: japanese("黒地に白"),
    medium: japanese("やわらかい"),
    low: japanese("まぶしくない"),
  },
  furigana: japanese("ふりがなをつける"),
};
