/** Words of the result's outcomes, of signatures, and of the end of a case. */

export const outcome = {
  label: (title: string) => `「${title}」の処理結果`,
  lead: "この窓口で受け付けるものは、終えるときに「受け付けた」になります。違うものだけ、結果を付けてください。",
  keys: "手続きを選んで 1〜6 で付けます。0 で取り消します。",
  names: {
    taken: "受け付けた",
    "paper-to-follow": "書類は後日",
    missing: "足りず、次回",
    section: "担当課へ",
    declined: "希望なし",
    "already-done": "済んでいる",
  } as Record<string, string>,
  whole: {
    taken: "受け付けました",
    "paper-to-follow": "受け付けました。足りない書類は後日",
    missing: "今日はできません。足りないもの",
    section: "担当課へ案内しました",
    declined: "希望されませんでした",
    "already-done": "もう済んでいます",
  } as Record<string, string>,
  none: "まだ付いていません",
  until: "いつまでに出してもらいますか",
  untilMissing: "日付を入力してください。例: R8.12.4",
  note: {
    "paper-to-follow": "後日出してもらう書類",
    missing: "足りないもの",
    section: "案内した担当課",
    "already-done": "どこで済ませたか（分かれば）",
  } as Record<string, string>,
  noteHint: {
    "paper-to-follow": "例: 所得の証明書",
    missing: "例: 在学証明書",
    section: "例: 税務課 2番窓口",
    "already-done": "例: 前の市で",
  } as Record<string, string>,
  noteMissing: "入力してください。",
  noteLong: "200文字までで入力してください。",
  save: "この結果にする",
  cancel: "付けずに戻る",
  clear: "結果を取り消す",
  doneAt: {
    here: "この窓口で受け付け",
    paper: "書類を作って渡す",
    elsewhere: "担当の窓口へ案内",
  } as Record<string, string>,
};

export const signed = {
  received: "署名を受け取りました",
  receive: "署名を受け取った",
  receiveOf: (title: string) => `「${title}」の署名を受け取った`,
  back: "署名の受け取りを取り消す",
  all: "署名をすべて受け取った",
  count: (done: number, of: number) => `署名 ${done}／${of}件を受け取りました`,
};

export const correct = {
  open: "直す",
  openOf: (title: string) => `「${title}」の内容を直す`,
  heading: (title: string) => `「${title}」の内容を直す`,
  lead: "直す欄を押してください。直すと、書類を作り直します。印刷した書類は、もう一度印刷します。",
  none: "この書類には、ここから直せる欄がありません。「世帯」か「一覧」で直してください。",
  field: "欄",
  value: "書類の内容",
  empty: "（空欄）",
  masked: "配慮項目の書類",
};

export const finish = {
  heading: "受付を終える",
  ready: "残っていることはありません。Enter で受付を終えられます。",
  settles: "終えると、次のとおりに記録します。",
  settled: {
    "came-out": (count: number) => `印刷した${count}件が、全部出ました`,
    signatures: (count: number) => `署名${count}件を受け取りました`,
    outcomes: () => "この窓口で受け付ける手続きを、受け付けました",
  } as Record<string, (count: number) => string>,
  leftHeading: "残っていること",
  left: {
    questions: (count: number) => `まだ聞いていない質問が${count}問あります`,
    identity: () => "本人確認が、まだ記録されていません",
    conflicts: (count: number) => `違っているところが${count}件、決まっていません`,
    papers: (count: number) => `印刷していない書類が${count}件あります`,
    "came-out": (count: number) => `出たかどうかを確かめていない印刷が${count}件あります`,
    signatures: (count: number) => `署名を受け取っていない書類が${count}件あります`,
    outcomes: (count: number) => `処理結果の付いていない手続きが${count}件あります`,
    handover: () => "引き渡しファイルを、まだ書き出していません",
    private: (count: number) => `配慮項目にかかわる手続き${count}件を、まだ確かめていません`,
  } as Record<string, (count: number) => string>,
  other: (count: number) => `ほかに、残っていることが${count}件あります`,
  ways: {
    questions: "質問へ",
    identity: "本人確認へ",
    conflicts: "一覧へ",
    papers: "印刷へ",
    "came-out": "印刷へ",
    signatures: "書類へ",
    outcomes: "結果へ",
    handover: "書き出す",
    private: "一覧へ",
  } as Record<string, string>,
  end: "受付を終える",
  endAfterPrint: "全部出て、署名も受け取った。受付を終える",
  asks: "このまま終えますか",
  asksLead: "終えると、2つの画面から内容が消えます。受付の記録は、暗号化して残ります。",
  confirm: "残したまま受付を終える",
  stay: "受付に戻る",
  park: "あとで続ける（保留）",
  parkLead: "保留にすると、2つの画面から内容が消えます。「受付の一覧」の「再開する」で続けられます。",
  card: "カードと書類の忘れ物がないか、声をかけてください。",
};

export const lock = {
  now: "席を離れる",
  heading: "画面をロックします",
  text: "操作がないので、まもなくロックします。受付は残ります。サインインすると、続きから進められます。",
  stay: "まだ使っています",
  left: (seconds: number) => `あと${seconds}秒`,
};
