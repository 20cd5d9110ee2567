/** Words of reading codes (QRコードの読取り): what each reading came to, and the sheet that was put together. */
import type { ScanTold } from "../door/generated/door";

export const scan = {
  open: "QRコードを読む",
  heading: "QRコードを読む",
  how: "住民の方のスマートフォンや紙のQRコードを、スキャナーで読んでください。順番は自由です。",
  howNone: "スキャナーがないときは、カメラで読むか、画像ファイルを選んでください。",
  camera: "カメラで読む",
  cameraStop: "カメラを止める",
  cameraLooking: "カメラにQRコードを映してください。20cmほど離すと読みやすくなります。",
  files: "画像ファイルを選ぶ",
  text: "スキャナーの文字を貼り付ける",
  textLead: "スキャナーの文字が別の所に入ってしまったときは、その数字をここに貼り付けてください。",
  textField: "QRコードの数字",
  textMissing: "QRコードの数字を貼り付けてください。46491で始まります。",
  textTake: "読み取る",
  waiting: "まだ何も読んでいません。",
  progress: (have: number, of: number) => `${of}個のうち${have}個を読みました。`,
  missing: (parts: number[]) => `残り：${parts.map((part) => `${part}個目`).join("、")}`,
  partRead: (part: number) => `${part}個目：読みました`,
  partMissing: (part: number) => `${part}個目：まだです`,
  startOver: "新しいシートを読む",
  keepOld: "前のシートを続ける",
  discard: "読んだ内容を捨てる",
  close: "閉じる",
  scanner: "スキャナー",
};

/** The scanner on the serial line, by state. */
export const scannerWords: Record<string, string> = {
  none: "設定されていません（キーボード型はそのまま使えます）",
  connected: "つながっています",
  unplugged: "外れています。差し直すと使えます",
};

export const sheet = {
  heading: (kind: string) =>
    kind === "slip" ? "受付票がそろいました" : "住民の方が準備した内容がそろいました",
  answers: (count: number) => `答え ${count}件`,
  event: "用件",
  people: "ご家族",
  made: "作った日時",
  until: "使える期限",
  lang: "住民の方のことば",
  case: "もとの受付",
  counterDate: "受付日",
  documents: "確認済みの書類",
  expired: "期限を過ぎています。内容が変わっていないか、住民の方に確かめてから取り込んでください。",
  future: "作った日時が、この端末の今の日時より先です。端末の日時を確かめてください。",
  evenSo: "内容を確かめたので取り込む",
  received: (at: string, reception: string) =>
    `このシートは ${at} に、受付 ${reception} で受け取っています。`,
  receivedHere: (at: string) => `このシートは ${at} に、この受付に取り込んでいます。`,
  receivedLead: "もう一度取り込むこともできます。前の受付を開くと、続きから進められます。",
  openReceived: (reception: string) => `受付 ${reception} を開く`,
  pack: {
    older: (version: number) =>
      `このシートは、前の手続きデータ（第${version}版）で作られました。増えた質問は、この後でお聞きします。`,
    newer: (version: number) =>
      `このシートは、この端末より新しい手続きデータ（第${version}版）で作られました。手続きデータの更新を担当者に伝えてください。`,
    other: (version: number) =>
      `このシートの手続きデータ（第${version}版）は、この端末のものと中身が違います。答えは1件ずつ確かめて取り込みます。`,
  },
  withdrawn: (numbers: number[]) => `今はない質問の答え（番号 ${numbers.join("、")}）は、取り込みません。`,
  asked: "新しくお聞きすること",
  atCounter: "窓口で話したい・わからない、と答えた質問",
  refused: "取り込まない答え",
  who: "どなたですか",
  whoLead: "この受付に登録済みの方と同じ方かどうかを選んでください。",
  whoChoose: "選んでください",
  whoMissing: "どなたかを選んでください。",
  someoneNew: "新しい方として加える",
  same: (name: string, birth: string) => `${name}${birth === "" ? "" : `（${birth}）`}`,
  why: {
    exact: "氏名と生年月日が同じ",
    "name-written-otherwise": "生年月日が同じ・氏名の書き方が違う",
    "birth-date-only": "生年月日だけ同じ",
    "name-only": "氏名だけ同じ",
    none: "同じところがない",
  } as Record<string, string>,
  into: {
    case: "この受付に取り込む",
    new: "新しい受付で取り込む",
  },
  refusedWhy: {
    "not-at-home": "家では答えられない質問です",
    "wrong-subject": "この方への質問ではありません",
    "wrong-type": "答えの形が違います",
    "option-unknown": "選べない答えです",
    "option-withdrawn": "今は選べない答えです",
    "text-not-allowed": "使えない文字があるか、長すぎます",
    "person-unknown": "シートにいない方です",
  } as Record<string, string>,
  refusedOther: "この答えは使えません",
};

const LANGUAGES = new Intl.DisplayNames(["ja"], { type: "language" });

/** A language tag of the page at home in words. */
export const languageWord = (tag: string) => (tag === "ja-x-easy" ? "やさしい日本語" : LANGUAGES.of(tag));

/** What a reading came to: a line, what to do next, and how it is shown. */
export interface Told {
  kind: "success" | "info" | "warning" | "error";
  title: string;
  next: string;
}

const number = (told: ScanTold, name: string) => told.details[name] ?? "";

const NOTHING_LOST = "ここまでに読んだ分は残っています。";

const TOLD: Record<string, (told: ScanTold) => Told> = {
  "new-part": (told) => ({
    kind: "info",
    title: `${number(told, "part")}個目を読みました。`,
    next: "残りのQRコードも読んでください。",
  }),
  "repeated-part": (told) => ({
    kind: "info",
    title: `${number(told, "part")}個目は、もう読んでいます。`,
    next: "まだのQRコードを読んでください。",
  }),
  "not-ours": () => ({
    kind: "warning",
    title: "この窓口用のQRコードではありません。",
    next: `${NOTHING_LOST}「窓口で見せるQRコード」と書かれたものを読んでください。`,
  }),
  damaged: () => ({
    kind: "warning",
    title: "QRコードの一部が読めませんでした。",
    next: `${NOTHING_LOST}画面を明るくするか、紙を平らにして、もう一度読んでください。`,
  }),
  "foreign-sheet": () => ({
    kind: "warning",
    title: "別のシートのQRコードです。",
    next: "前のシートを続けるか、新しいシートを読み始めるかを選んでください。",
  }),
  "part-conflict": (told) => ({
    kind: "error",
    title: `${number(told, "part")}個目が2種類あります。`,
    next: "どちらかが作り直したシートです。「新しいシートを読む」を押し、1つのシートだけを最初から読んでください。",
  }),
  "no-code": () => ({
    kind: "warning",
    title: "画像の中にQRコードが見つかりません。",
    next: "QRコードの全体がはっきり写った画像を選んでください。",
  }),
  "newer-format": () => ({
    kind: "error",
    title: "このQRコードは、この端末より新しい形式です。",
    next: `${NOTHING_LOST}アプリの更新を担当者に伝え、内容は質問しながら入力してください。`,
  }),
  "seal-broken": () => ({
    kind: "error",
    title: "シートの中身が書き換わっています。",
    next: "このシートは使えません。もう一度読んでも同じなら、質問しながら入力してください。",
  }),
  "key-unknown": () => ({
    kind: "error",
    title: "このシートは、この市の今の鍵では開けません。",
    next: "ほかの市区町村用か、鍵が替わる前に作られたものです。住民の方に市の名前を確かめ、内容は質問しながら入力してください。",
  }),
  "other-municipality": () => ({
    kind: "error",
    title: "ほかの市区町村のシートです。",
    next: "住民の方に、どの市のページで作ったかを確かめてください。内容は質問しながら入力できます。",
  }),
  "sheet-ready": () => ({
    kind: "success",
    title: "全部そろいました。",
    next: "内容を確かめて、取り込んでください。",
  }),
  "sheet-taken": () => ({
    kind: "success",
    title: "受付に取り込みました。",
    next: "次に、本人確認書類を読み取ってください。取り込みは「最後の回答を取り消す」で取り消せます。",
  }),
};

/** The words of a reading. */
export function toldWords(told: ScanTold): Told {
  const words = TOLD[told.code];
  if (words) return words(told);
  if (told.code.startsWith("image-")) {
    return {
      kind: "error",
      title: "画像を読めませんでした。",
      next: `${NOTHING_LOST}PNG・JPEG・PGMの画像を選んでください。大きすぎる画像は、縮めてください。`,
    };
  }
  return {
    kind: "error",
    title: "シートを開けませんでした。",
    next: "もう一度、全部のQRコードを読んでください。同じことが起きるときは、質問しながら入力してください。",
  };
}
