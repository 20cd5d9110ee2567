/** Words of the staff window, screen by screen. */

export const steps = {
  label: "受付の手順",
  document: "本人確認",
  household: "世帯",
  questions: "質問",
  check: "一覧",
  result: "結果",
  papers: "書類",
  print: "印刷",
  finish: "終了",
};

/** What is left on a step, spoken after its name. */
export const stepLeft = (count: number) => `残り${count}件`;

export const frame = {
  signOut: "サインアウトする",
  keys: "キー操作を見る",
  display: "文字と色",
  displayHeading: "この画面の文字の大きさと色",
  endCase: "受付を終える",
  counterDate: (day: string) => `受付日 ${day}`,
  pack: (name: string, version: number) => `${name} 手続きデータ 第${version}版`,
  olderPack: (version: number) =>
    `この受付は、始めたときの手続きデータ（第${version}版）のまま続けます。新しい受付からは、今の版を使います。`,
  skip: "本文へ進む",
};

export const trouble = {
  heading: "この端末では受付を始められません",
};

export const setUp = {
  heading: "はじめての設定",
  lead: "この端末に、受付の記録を入れる場所を作ります。記録は暗号で守られ、パスフレーズがないと開けません。",
  account: "職員ID",
  accountHint: "半角の小文字・数字・ハイフン。例: tanaka-01",
  accountMissing: "職員IDを入力してください。例: tanaka-01",
  displayName: "表示名",
  displayNameHint: "画面に出る名前。例: 見本 太郎",
  displayNameMissing: "表示名を入力してください。例: 見本 太郎",
  passphrase: "パスフレーズ",
  passphraseHint: "8文字以上。単語をいくつか並べると覚えやすくなります。",
  passphraseMissing: "パスフレーズを入力してください。",
  again: "パスフレーズ（確認のためもう一度）",
  differ: "2つのパスフレーズが同じではありません。もう一度入力してください。",
  warning: "パスフレーズを忘れると、記録は誰にも開けません。決められた場所に控えを保管してください。",
  submit: "記録の場所を作る",
  working: "鍵を作っています。数秒かかります。",
};

export const result = {
  heading: "手続きの結果",
  required: "必要な手続き",
  mayApply: "申請できる手続き",
  undecided: "まだ決まらない手続き",
  notNeeded: "必要のない手続き",
  count: (count: number) => `${count}件`,
  covered: "届出に付記して済むもの",
  coveredWith: "いっしょに済む届出",
  procedure: "手続き",
  more: "理由・注意・根拠を見る",
  discreet: (count: number) => `配慮項目 ${count}件`,
  none: "まだ結果がありません。質問に答えると、ここに手続きが並びます。",
  deadline: "期限",
  overdue: "期限を過ぎています",
  office: "担当窓口",
  bring: "持ち物",
  because: "理由",
  notes: "注意",
  law: "根拠",
  people: "対象",
  needs: "足りない情報",
  unconfirmed: "担当課未確認",
  unconfirmedHelp: "「担当課未確認」の手続きは、担当課に電話で確かめてから案内してください。",
  answer: "足りない情報を聞く",
  toPapers: "書類を確認する",
};

export const papers = {
  heading: "作成する書類",
  none: "印刷する書類はありません。",
  title: "書類",
  people: "対象",
  pages: "ページ",
  signatures: "署名",
  state: "状態",
  printed: "印刷済み",
  notPrinted: "未印刷",
  pageCount: (count: number) => `${count}ページ`,
  signatureCount: (count: number) => (count === 0 ? "なし" : `${count}か所`),
  look: "内容を見る",
  lookAt: (title: string) => `「${title}」の内容を見る`,
  preview: (title: string) => `「${title}」の印刷内容`,
  page: (title: string, page: number) => `${title} ${page}ページ目`,
  refusals: "このままでは印刷できない書類があります",
  total: (papers: number, pages: number, signatures: number) =>
    `書類${papers}件、全${pages}ページ、署名${signatures}か所`,
  toPrint: "印刷へ進む",
  loading: "書類を組み立てています…",
};

export const papersApart = {
  wished: "希望があれば印刷する書類",
  wishedLead: "申請できる手続きの書類です。希望を聞いて、希望された書類だけを印刷します。",
  office: "職員用",
  officeLead: "窓口で使う書類です。住民の方に渡す書類とは別に、1件ずつ印刷します。",
  size: (pages: number, signatures: number) =>
    [papers.pageCount(pages), ...(signatures === 0 ? [] : [`署名${String(signatures)}か所`])].join("・"),
  print: "印刷する",
  printThis: (title: string, people: string[]) =>
    `「${title}」${people.length === 0 ? "" : `（${people.join("、")} さん）`}を印刷する`,
};

export const characters = {
  heading: "印刷できない文字があります",
  lead: "どの書体にも形のない文字です。どう扱うかは、本人に確かめて職員が決めます。決めるまで、その書類は印刷しません。",
  settledHeading: "扱いを決めた文字",
  mark: "字形なし",
  screen: "ここに見えている形は、正しい字形ではありません。",
  picture: "近い書体で印刷される字の形",
  nearest: "枠の中は、近い書体が描く形です。文字の番号",
  noBase: "近い形もありません。文字の番号",
  why: {
    missing: "この文字は、どの書体にもありません。",
    "variant-missing": "この異体字の形は、どの書体にもありません。もとの字の形だけがあります。",
    "private-use": "これは外字です。作った機関の書体でしか、形が分かりません。",
  } as Record<string, string>,
  places: "この文字が入る欄",
  place: (title: string, label: string, person: string | null) =>
    `「${title}」の「${label}」${person === null ? "" : `（${person} さん）`}`,
  ask: "どう印刷しますか",
  choices: [
    { id: "by-hand", text: "空欄にして、手書きしてもらう" },
    { id: "base-form", text: "違う字形と承知の上で、枠の中の字で印刷する" },
    { id: "substitute", text: "別の文字を入力して印刷する" },
    { id: "not-printed", text: "この書類を印刷しない" },
  ],
  text: "印刷する文字（欄の全部を入力します）",
  textHint: "例: 見本　太郎",
  missing: "どう印刷するかを、1つ選んでください。",
  textMissing: "印刷する文字を入力してください。",
  settle: "この扱いに決める",
  again: "選び直す",
  chosen: (choice: string, text: string | null) =>
    ({
      "by-hand": "空欄にして、手書きしてもらいます。",
      "base-form": "違う字形と承知の上で、枠の中の字で印刷します。",
      substitute: `「${text ?? ""}」と印刷します。`,
      "not-printed": "この書類は印刷しません。",
    })[choice] ?? choice,
};

export const print = {
  heading: "印刷する",
  printer: "プリンター",
  all: "すべての書類を印刷する",
  one: (title: string) => `「${title}」だけ印刷する`,
  again: "もう一度、すべて印刷する",
  only: "1件だけ印刷する",
  sending: "プリンターへ送っています",
  states: {
    pending: "プリンターの順番を待っています",
    processing: "印刷しています",
    stopped: "プリンターが止まっています",
    silent: "プリンターの返事を待っています",
  } as Record<string, string>,
  reasons: {
    "media-empty": "紙がありません。紙を補充すると、続きから印刷します。",
    "media-needed": "紙がありません。紙を補充すると、続きから印刷します。",
    "media-low": "紙が残り少なくなっています。",
    "media-jam": "紙が詰まっています。プリンターの表示に従って取り除いてください。",
    "door-open": "プリンターのふたが開いています。閉めてください。",
    "input-tray-missing": "給紙トレイがありません。差し込んでください。",
    "output-full": "排紙トレイがいっぱいです。紙を取り除いてください。",
    "marker-empty": "インクかトナーがありません。交換してください。",
    "marker-low": "インクかトナーが残り少なくなっています。",
    paused: "プリンターが一時停止しています。プリンターの操作で再開してください。",
    offline: "プリンターとのつながりが切れています。ケーブルと電源を確かめてください。",
    "processing-to-stop-point": "印刷を止めています。少し待ってください。",
  } as Record<string, string>,
  unknownReason: (reason: string) =>
    `プリンターが「${reason}」と知らせています。プリンターの表示を確かめてください。`,
  job: (media: string, tray: string | null, pages: number) =>
    [media, tray === null ? "" : `給紙 ${tray}`, `${String(pages)}ページ`].filter(Boolean).join("・"),
  jobStates: {
    waiting: "まだ送っていません",
    sending: "送っています",
    pending: "順番待ち",
    processing: "印刷中",
    stopped: "止まっています",
    silent: "返事がありません",
    asked: "確認してください",
    "came-out": "出ました",
    "not-out": "出ませんでした",
    failed: "印刷できませんでした",
  } as Record<string, string>,
  againThese: "この分をもう一度印刷する",
  pages: "ページを選んで印刷する",
  first: "最初のページ",
  last: "最後のページ",
  printPages: "このページを印刷する",
  pagesFault: (pages: number) => `1から${String(pages)}までの数字で入力してください。`,
  silent: "プリンターから、しばらく返事がありません",
  silentLead:
    "電源とケーブルを確かめてください。このまま待っても、印刷をやめても、別のプリンターで印刷してもかまいません。",
  leave: "別のプリンターで印刷する",
  otherPrinter: "別のプリンターを選ぶ",
  choosePrinter: "プリンターを選ぶ",
  askingPrinters: "プリンターの様子を確かめています…",
  usePrinter: "このプリンターを使う",
  printerLine: (name: string, state: string) => (state === "" ? name : `${name} … ${state}`),
  printerStates: {
    idle: "使えます",
    processing: "ほかの印刷をしています",
    stopped: "止まっています",
  } as Record<string, string>,
  cancel: "印刷をやめる",
  cameOut: "書類は全部出ましたか",
  cameOutLead: "枚数と、かすれや欠けがないかを確かめてください。",
  yes: "全部出ました",
  no: "出ませんでした",
  done: "印刷が終わりました",
  doneLead: "住民の方に、内容を確かめて署名してもらってください。",
  failed: "印刷できませんでした",
};

export const handOver = {
  lead: "担当課のシステムへ渡すファイルを、まだ書き出していません。",
  write: "引き渡しファイルを書き出す",
  done: "引き渡しファイルを書き出しました",
};

export const endCase = {
  heading: "受付を終えますか",
  lead: (reception: string) => `受付 ${reception} を終え、2つの画面から内容を消します。`,
  kept: "受付の記録は、暗号化して残ります。",
  confirm: "受付を終えて画面を消す",
  stay: "受付を続ける",
};

export const conflicts = {
  title: (count: number) => `書類と申し出で、違うところが${count}件あります。`,
  lead: "住民の方に確かめて、正しいほうを選んでください。選ぶまで、「いまの値」が使われます。選ばなかった値も記録に残ります。",
  counts: "いまの値",
  choose: "この値にする",
  chooseWhich: (source: string, text: string) => `この値にする（${source}の「${text}」）`,
};

export const displayLost = {
  title: "住民の方の画面が消えました",
  next: "受付の内容はすべて残っています。住民画面は、この画面の横に移しました。ケーブルと電源を確かめてください。つながると、元の画面に戻ります。",
};
