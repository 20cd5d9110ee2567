/** Errors of the store, of accounts and of cases. */
import { CALL_MAINTENANCE, CALL_SYSTEM, CASE_KEPT, NOTHING_CHANGED, about, type Words } from "./shared";

export const store: Record<string, Words> = {
  "wrong-passphrase": {
    happened: "パスフレーズが違います。",
    kept: NOTHING_CHANGED,
    next: "大文字・小文字と、日本語入力が切れているかを確かめて、もう一度入力してください。",
  },
  "passphrase-too-short": (details) => ({
    happened: "パスフレーズが短すぎます。",
    kept: "まだ何も登録していません。",
    next: `${about(details, "minimum", "8")}文字以上にしてください。単語をいくつか並べると覚えやすくなります。`,
  }),
  "account-id-invalid": {
    happened: "職員IDに使えない文字があります。",
    kept: "まだ何も登録していません。",
    next: "半角の小文字・数字・ハイフンで入力してください。例: tanaka-01",
  },
  "account-exists": {
    happened: "その職員IDは、もう使われています。",
    kept: NOTHING_CHANGED,
    next: "別の職員IDを入力してください。",
  },
  "account-unknown": {
    happened: "その職員IDは、この端末に登録されていません。",
    kept: NOTHING_CHANGED,
    next: "一覧から選び直してください。",
  },
  "display-name-invalid": {
    happened: "表示名に使えない文字があるか、長すぎます。",
    kept: "まだ何も登録していません。",
    next: "名字と名前を入力してください。例: 見本 太郎",
  },
  "not-signed-in": {
    happened: "サインインしていません。",
    kept: "受付の内容は残っています。",
    next: "サインインして、受付の一覧から再開してください。",
  },
  "not-allowed": {
    happened: "この操作をする権限がありません。",
    kept: NOTHING_CHANGED,
    next: "監督者の職員に操作してもらってください。",
  },
  "store-missing": {
    happened: "受付の記録を保存する場所が見つかりません。",
    kept: NOTHING_CHANGED,
    next: "保存に使うディスクがつながっているか確かめてください。直らないときは、システム担当に連絡してください。",
  },
  "store-exists": {
    happened: "受付の記録は、もう作られています。",
    kept: "前からある記録は、そのまま残っています。",
    next: "サインインしてください。",
  },
  "store-busy": {
    happened: "受付の記録を、ほかの処理が使っています。",
    kept: NOTHING_CHANGED,
    next: "少し待って、もう一度操作してください。",
  },
  "store-full": {
    happened: "保存する場所がいっぱいです。最後の操作は保存されていません。",
    kept: "それより前の内容は残っています。",
    next: "システム担当に連絡してください。空きができたら、最後の操作をやり直してください。",
  },
  "store-read-only": {
    happened: "保存する場所に書き込めません。最後の操作は保存されていません。",
    kept: "それより前の内容は残っています。",
    next: "システム担当に連絡してください。",
  },
  "store-io": {
    happened: "保存する場所を読み書きできませんでした。最後の操作は保存されていません。",
    kept: "それより前の内容は残っています。",
    next: "もう一度操作してください。直らないときは、システム担当に連絡してください。",
  },
  "store-damaged": {
    happened: "受付の記録が傷んでいるか、書き換えられています。",
    kept: "傷んだ部分には手を加えていません。",
    next: "この端末での受付を止め、システム担当に連絡してください。",
  },
  "keys-damaged": {
    happened: "記録を開く鍵のファイルが傷んでいます。",
    kept: "記録そのものには手を加えていません。",
    next: "システム担当に連絡してください。鍵の控えから戻せます。",
  },
  "schema-newer": {
    happened: "この記録は、新しい版のアプリで作られています。",
    kept: "記録には手を加えていません。",
    next: "アプリを新しい版にしてから開いてください。",
  },
  "case-unknown": {
    happened: "その受付は見つかりません。",
    kept: NOTHING_CHANGED,
    next: "受付の一覧から選び直してください。",
  },
  "case-purged": {
    happened: "その受付は保存期間が過ぎ、消去されています。",
    kept: "ほかの受付は変わっていません。",
    next: "必要なときは、新しい受付を始めてください。",
  },
  "case-closed": {
    happened: "その受付は終わっています。",
    kept: "記録は残っています。",
    next: "続きがあるときは、新しい受付を始めてください。",
  },
  "pack-differs": (details) => ({
    happened: `その受付は、別の手続きデータ（${about(details, "expected", "不明")}）で始められています。`,
    kept: "受付の記録は残っています。",
    next: `その手続きデータを使う端末で再開してください。${CALL_SYSTEM}`,
  }),
  "no-case": {
    happened: "受付が開かれていません。",
    kept: NOTHING_CHANGED,
    next: "はじめの画面から受付を始めるか、再開してください。",
  },
  "payload-too-large": {
    happened: "入力が長すぎて保存できません。",
    kept: CASE_KEPT,
    next: "短くして、もう一度入力してください。",
  },
  "event-unreadable": {
    happened: "この受付の記録に、読めない部分があります。",
    kept: "記録には手を加えていません。",
    next: `新しい受付を始めて進め、${CALL_SYSTEM}`,
  },
  "kind-invalid": {
    happened: "この操作は記録できない種類のものです。",
    kept: NOTHING_CHANGED,
    next: CALL_MAINTENANCE,
  },
  "id-invalid": {
    happened: "受付を表す番号が正しくありません。",
    kept: NOTHING_CHANGED,
    next: "受付の一覧から選び直してください。",
  },
  "counter-letter-invalid": {
    happened: "この端末の窓口記号が正しく設定されていません。",
    kept: NOTHING_CHANGED,
    next: CALL_SYSTEM,
  },
  "reception-number-invalid": {
    happened: "受付番号が正しい形ではありません。",
    kept: NOTHING_CHANGED,
    next: CALL_SYSTEM,
  },
  "no-randomness": {
    happened: "この端末では安全な鍵を作れませんでした。",
    kept: NOTHING_CHANGED,
    next: "端末を再起動してください。直らないときは、システム担当に連絡してください。",
  },
};
