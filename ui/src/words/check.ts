/** Words of the check page: everything known, person by person, with its source. */

export const check = {
  heading: "一覧で確かめる",
  lead: "住民の方といっしょに確かめます。直すところは、その欄を押します。直したあとは、この表に戻ります。",
  caption: "分かっていることの一覧。矢印キーで欄を移り、Enter で直します。",
  item: "項目",
  household: "世帯全体",
  each: "一人ひとり",
  missing: "まだ聞いていません",
  conflict: "違いあり",
  change: (label: string, of: string) => `、${of}の「${label}」を直す`,
  settle: (label: string, of: string) => `、${of}の「${label}」を選ぶ`,
  open: (label: string, of: string) => `、${of}の「${label}」を開く`,
  of: (name: string) => (name === "" ? "世帯全体" : `${name} さん`),
  complete: "すべてそろっています。",
  toQuestions: (count: number) => `聞いていない${count}件を聞く`,
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
