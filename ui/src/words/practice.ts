/** Words of practice (練習): fictitious residents, any day, nothing counted. */

export const practice = {
  heading: "練習する",
  lead: "見本の住民とカードで、受付を最初から最後まで練習できます。練習は、統計にも引き渡しにも入りません。",
  on: "どの日のつもりで練習しますか（空欄は今日）",
  onFault: "日付として読めません。例: R9.4.1",
  start: "練習を始める",
  banner: "練習中",
  bannerLead: (day: string) => `見本の住民です。${day}のつもりで進みます。`,
  cards: "練習用のカード",
  lay: (name: string) => `${name}のカードを置く`,
  lies: "リーダーに置いてあります",
  pin: (pin: string) => `暗証番号 ${pin}`,
  noPin: "暗証番号なし",
  take: "カードを外す",
  leave: "練習を終える",
  times: "かかった時間",
  step: "手順",
  time: "時間",
  total: "合計",
  duration: (seconds: number) =>
    seconds < 60 ? `${seconds}秒` : `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, "0")}秒`,
  noTimes: "手順を進めると、ここに時間が出ます。",
};
