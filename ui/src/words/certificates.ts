/** Words of a case for certificates alone. */

export const certificates = {
  heading: "証明書の請求",
  which: "どの証明書が必要ですか",
  identity: (documents: string[]) => `本人確認：${documents.join("、")}（本人）を確かめました`,
  next: "この証明書にする",
  missing: "証明書を1つ以上選んでください。",
  details: "請求書に書くこと",
  detailsLead: "空欄のままでも印刷できます。聞いたことだけ入力します。",
  print: "請求書を印刷する",
  check: "一覧へ",
};
