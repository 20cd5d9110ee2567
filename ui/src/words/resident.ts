/**
 * Words of the resident's window: polite, short, one thing per sentence. A key word carries its reading as
 * `{kanji|かな}`, which the screen draws above it.
 */
import type { DoorError } from "../door/generated/door";

export const welcome = {
  heading: "ようこそ、{窓口|まどぐち}へ",
  lead: "{書類|しょるい}に、お{名前|なまえ}や{住所|じゅうしょ}を{何度|なんど}も{書|か}く{必要|ひつよう}はありません。",
  wait: "{職員|しょくいん}がご{案内|あんない}します。このままお{待|ま}ちください。",
};

export const pin = {
  heading: "{暗証番号|あんしょうばんごう}4けたを{入|い}れてください",
  lead: "マイナンバーカードの、{数字|すうじ}4けたの{番号|ばんごう}です。{職員|しょくいん}には{見|み}えません。",
  tries: (left: number) => `あと${left}{回|かい}{入力|にゅうりょく}できます。`,
  wrong: "{番号|ばんごう}が{違|ちが}いました。もう{一度|いちど}{入|い}れてください。",
  entered: (count: number) => `4けたのうち${count}けたを入れました`,
  erase: "1つ{消|け}す",
  submit: "{決定|けってい}する",
  decline: "{番号|ばんごう}が{分|わ}からない",
  pad: "数字のボタン",
  checking: "{確|たし}かめています…",
};

export const lastTry = {
  heading: "あと1{回|かい}だけ{入力|にゅうりょく}できます",
  lead: "{次|つぎ}に{間違|まちが}えると、カードがロックされます。ロックされると、{別|べつ}の{手続|てつづ}きが{必要|ひつよう}です。",
  reassure: "{番号|ばんごう}を{使|つか}わなくても、{今日|きょう}の{手続|てつづ}きはできます。",
  no: "{番号|ばんごう}を{使|つか}わない",
  yes: "{番号|ばんごう}を{入力|にゅうりょく}する",
};

export const reading = {
  heading: "カードを{読|よ}み{取|と}っています",
  lead: "カードを{動|うご}かさないでください。",
  items:
    "{読|よ}み{取|と}るのは、{氏名|しめい}・{住所|じゅうしょ}・{生年月日|せいねんがっぴ}・{性別|せいべつ}だけです。",
};

export const confirm = {
  heading: "{内容|ないよう}は{合|あ}っていますか",
  lead: "カードから{読|よ}み{取|と}った{内容|ないよう}です。",
  yes: "{合|あ}っています",
  no: "{違|ちが}うところがあります",
};

export const working: Record<string, string> = {
  reception: "{受付|うけつけ}をしています。",
  reading: "ご{本人|ほんにん}の{確認|かくにん}をしています。",
  questions:
    "{必要|ひつよう}な{手続|てつづ}きを{調|しら}べるため、{職員|しょくいん}がいくつかお{聞|き}きします。",
  result: "{必要|ひつよう}な{手続|てつづ}きを{職員|しょくいん}がご{説明|せつめい}します。",
  papers: "{書類|しょるい}を{用意|ようい}しています。",
  printing: "{書類|しょるい}を{印刷|いんさつ}しています。",
};

export const workingOther = "{職員|しょくいん}が{手続|てつづ}きを{進|すす}めています。";
export const workingHeading = "{手続|てつづ}きを{進|すす}めています";

/** What the resident has to know of a failure; everything else is told to the staff. */
const TROUBLES: Record<string, string> = {
  "pin-blocked": "{暗証番号|あんしょうばんごう}がロックされています。",
  "no-card": "カードが{置|お}かれていません。",
  "card-removed": "{読|よ}み{取|と}りの{途中|とちゅう}で、カードが{動|うご}きました。",
  timeout: "{読|よ}み{取|と}りが{途中|とちゅう}で{止|と}まりました。",
  "unknown-card": "このカードは{読|よ}み{取|と}れません。",
};

export const trouble = {
  heading: "カードを{読|よ}み{取|と}れませんでした",
  lead: "{手続|てつづ}きはこのまま{続|つづ}けられます。{職員|しょくいん}がご{案内|あんない}します。",
  reason: (error: DoorError) => TROUBLES[error.code] ?? null,
};

export const papers = {
  heading: "{書類|しょるい}を{確|たし}かめてください",
  count: (papers: number) => `${papers}{部|ぶ}の{書類|しょるい}ができました。`,
  sign: (signatures: number) => `${signatures}か{所|しょ}に、お{名前|なまえ}を{書|か}いてください。`,
  noSign: "お{名前|なまえ}を{書|か}くところはありません。",
  wrong: "{違|ちが}うところがあれば、{職員|しょくいん}に{教|おし}えてください。",
};

export const thanks = {
  heading: "{手続|てつづ}きが{終|お}わりました",
  lead: "カードと{書類|しょるい}をお{忘|わす}れなく。この{画面|がめん}の{内容|ないよう}は{消|け}しました。",
};

export const loading = "{準備|じゅんび}しています…";
