/** Errors of who answers on which window, and of what is private or discreet. */
import { CALL_MAINTENANCE, CASE_KEPT, NOTHING_CHANGED, type Words } from "./shared";

export const asks: Record<string, Words> = {
  "answers-none": {
    happened: "答えが1つもありませんでした。",
    kept: CASE_KEPT,
    next: "答えを選ぶか入力してから、進んでください。",
  },
  "not-your-turn": {
    happened: "住民画面で聞いていない質問への答えでした。",
    kept: `この答えは使っていません。${CASE_KEPT}`,
    next: "画面の質問を確かめて、もう一度答えてもらってください。",
  },
  "fact-of-identity": {
    happened: "氏名や生年月日など、その人だけの項目は、ほかの方に写せません。",
    kept: NOTHING_CHANGED,
    next: "お一人ずつ確かめて入力してください。",
  },
  "fact-private": {
    happened: "配慮項目は、隠したままでは、ほかの方に写せません。",
    kept: NOTHING_CHANGED,
    next: "配慮項目を開いてから写すか、お一人ずつ答えてもらってください。",
  },
  "private-closed": {
    happened: "この書類は、配慮項目の答えをもとに作ったため、隠しています。",
    kept: "書類はできていて、そのまま印刷できます。",
    next: "中を見るときは、配慮項目を開いてください。開いたことは記録に残ります。",
  },
  "not-alone": {
    happened: "お一人でいることを、まだ確かめていません。",
    kept: NOTHING_CHANGED,
    next: "周りに人がいないことを確かめ、「お一人です」を選んでから続けてください。",
  },
  "turn-unknown": {
    happened: "質問をどちらの画面に出すか、分かりませんでした。",
    kept: CASE_KEPT,
    next: `もう一度操作してください。${CALL_MAINTENANCE}`,
  },
  "lang-unknown": {
    happened: "選んだ言語は、この手続きデータにありません。",
    kept: CASE_KEPT,
    next: "ほかの言語を選んでください。",
  },
  "display-unknown": {
    happened: "選んだ文字の大きさや色には変えられません。",
    kept: CASE_KEPT,
    next: "もう一度選んでください。",
  },
};
