/** Words of the check page: everything known, person by person, with its source. */

export const check = {
  heading: "内容の確認",
  lead: "住民の方といっしょに確かめます。直すところは、その欄を押します。直したあとは、この表に戻ります。",
  caption: "分かっていることの一覧。矢印キーで欄を移り、Enter で直します。",
  item: "項目",
  household: "世帯全体",
  each: "一人ひとり",
  missing: "まだ聞いていません",
  conflict: "違いあり",
  derived: "計算で出した値です",
  change: (label: string, of: string) => `、${of}の「${label}」を直す`,
  settle: (label: string, of: string) => `、${of}の「${label}」を選ぶ`,
  open: (label: string, of: string) => `、${of}の「${label}」を開く`,
  of: (name: string) => (name === "" ? "世帯全体" : `${name} さん`),
  missingCount: (count: number) => `まだ聞いていないことが${count}件あります`,
  conflictCount: (count: number) => `違っているところが${count}件あります`,
  complete: "すべてそろっています。",
  toQuestions: "聞いていないことを聞く",
  toConflicts: "違っているところを決める",
  toResult: "結果へ進む",
  empty: "まだ何も分かっていません。書類を読み取るか、世帯の方を入力すると、ここに並びます。",
};

export const again = {
  heading: (label: string) => `「${label}」を直す`,
  about: (name: string) => `${name} さんについて`,
  now: "いまの値",
  save: "この内容にする",
  stay: "直さずに戻る",
  elsewhere: "この項目は、ここでは直せません。「世帯」で直してください。",
  toHousehold: "世帯を開く",
};
