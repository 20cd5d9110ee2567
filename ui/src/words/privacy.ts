/** Words around what not everybody may see or hear: private questions (配慮項目) and discreet ones. */

export const privacy = {
  count: (count: number) => `配慮項目 ${count}件`,
  closed: "住民の方が画面で答えた内容は、隠してあります。開いたことは、記録に残ります。",
  open: "配慮項目を開く",
  opened: "配慮項目を開いています。ほかの方から画面が見えないようにしてください。",
  close: "配慮項目を閉じる",
  value: "回答あり",
};

export const turn = {
  heading: "住民画面で回答中",
  lead: "周りに聞こえないように、住民の方が自分の画面で答えています。この画面には、答えたことだけが出ます。",
  answered: (count: number) => (count === 0 ? "まだ回答はありません" : `${count}画面の回答がありました`),
  meanwhile: "待っている間に、次の質問へ進めます。",
  takeBack: "職員が指さしで聞く",
  handOver: "住民画面で答えてもらう",
  pointing: "声に出さずに聞きます",
  pointingLead:
    "画面をいっしょに見るか、指さしカードを使い、番号を指さして答えてもらってください。答えは読み上げません。",
};

export const discreet = {
  heading: "この方だけのとき",
  lead: "ほかの方が画面を見ていないときだけ開きます。ここで聞いたことは、一覧にも、ほかの書類にも出ません。",
  open: "お一人のときに聞くことを開く",
  confirmHeading: "お一人であることを確かめましたか",
  confirmLead:
    "ご家族や付き添いの方がいるときは、開かないでください。「席を外してください」とは言わず、次の用件を先に進めます。",
  checks: [
    "そばに、ご家族や付き添いの方がいません。",
    "この画面が、ほかの方から見えません。",
    "確かめたことと開いたことは、記録に残ります。",
  ],
  confirm: "お一人であることを確かめた",
  stay: "開かずに戻る",
  close: "隠す",
  questions: "お一人のときに聞くこと",
  noQuestions: "聞くことはありません。",
  decisions: "この方だけの手続き",
  nothing: "別に渡すものはありません。",
  paper: "この方だけに渡す紙",
  paperLead: "ほかの書類とは別に印刷して、手渡します。",
  print: "この紙だけを印刷する",
};

export const beside = {
  label: "住民画面",
  call: "住民の方が呼んでいます",
  callAt: (screen: string) => `住民画面の「${screen}」から呼んでいます。`,
  callSeen: "わかりました",
  screens: {
    pin: "暗証番号",
    questions: "質問",
    confirm: "内容の確認",
    trouble: "困ったとき",
    list: "手続きの一覧",
    papers: "書類",
    working: "ただいまの手続き",
    welcome: "はじめの画面",
    reading: "読み取り",
    thanks: "終わりの画面",
  } as Record<string, string>,
  lang: "ことば",
  pairs: (count: number) => `住民画面の文と対訳（${count}）`,
  pairsLead: "番号は、2つの画面で同じです。番号を指さして話せます。",
  list: "手続きの一覧を住民画面に出す",
  listClose: "住民画面の一覧を閉じる",
};
