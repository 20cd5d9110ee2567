/** Errors of the printer. */
import { PAPERS_KEPT, about, type Words } from "./shared";

export const printing: Record<string, Words> = {
  "no-printer": {
    happened: "プリンターが設定されていません。",
    kept: PAPERS_KEPT,
    next: "システム担当に、プリンターの設定を頼んでください。",
  },
  "printer-uri": {
    happened: "プリンターの設定が正しくありません。",
    kept: PAPERS_KEPT,
    next: "システム担当に、プリンターの設定を頼んでください。",
  },
  "print-running": {
    happened: "前の印刷がまだ続いています。",
    kept: PAPERS_KEPT,
    next: "印刷が終わるまで待つか、「印刷をやめる」を押してください。",
  },
  "printer-unreachable": {
    happened: "プリンターとつながりません。",
    kept: PAPERS_KEPT,
    next: "プリンターの電源とケーブルを確かめて、もう一度印刷してください。",
  },
  "printer-no-answer": {
    happened: "プリンターから返事がありません。",
    kept: PAPERS_KEPT,
    next: "出た紙の枚数を確かめ、プリンターの電源を入れ直して、もう一度印刷してください。",
  },
  "printer-protocol": {
    happened: "設定されたあて先は、使える種類のプリンターではありません。",
    kept: PAPERS_KEPT,
    next: "システム担当に、プリンターの設定を頼んでください。",
  },
  "printer-refused": {
    happened: "プリンターが書類を受け付けませんでした。",
    kept: PAPERS_KEPT,
    next: "プリンターの表示を確かめて、もう一度印刷してください。",
  },
  "printer-refused-format": {
    happened: "このプリンターでは、この形の書類（PDF）を印刷できません。",
    kept: PAPERS_KEPT,
    next: "システム担当に、プリンターの設定を頼んでください。",
  },
  "printer-refused-media": (details) => ({
    happened: `このプリンターには、${about(details, "media", "必要な大きさ")}の紙がありません（${about(details, "papers", "書類")}）。まだ何も送っていません。`,
    kept: PAPERS_KEPT,
    next: "紙を入れるか、別のプリンターを選ぶか、その書類をあとにして印刷してください。",
  }),
  "printer-refused-tray": (details) => ({
    happened: `このプリンターには、給紙トレイ「${about(details, "tray", "")}」がありません（${about(details, "papers", "書類")}）。まだ何も送っていません。`,
    kept: PAPERS_KEPT,
    next: "別のプリンターを選ぶか、システム担当に様式の給紙トレイを確かめてもらってください。",
  }),
  "printer-unknown": {
    happened: "選んだプリンターは、この端末の一覧にありません。",
    kept: PAPERS_KEPT,
    next: "プリンターを選び直してください。",
  },
  "printer-not-accepting": {
    happened: "プリンターが今は印刷を受け付けていません。",
    kept: PAPERS_KEPT,
    next: "プリンターの表示を確かめ、少し待って、もう一度印刷してください。",
  },
  "job-not-found": {
    happened: "プリンターが、送った印刷を見失いました。",
    kept: PAPERS_KEPT,
    next: "出た紙の枚数を確かめて、足りないときはもう一度印刷してください。",
  },
  "job-aborted": {
    happened: "プリンターが印刷を途中でやめました。",
    kept: PAPERS_KEPT,
    next: "出た紙があれば取り除き、プリンターの表示を確かめて、もう一度印刷してください。",
  },
  "job-canceled": {
    happened: "印刷を取りやめました。",
    kept: PAPERS_KEPT,
    next: "出た紙があれば取り除き、必要なときはもう一度印刷してください。",
  },
};
