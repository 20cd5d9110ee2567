/** Made-up residents and values for the gallery: longest names, awkward shapes. */
import type { NameShape } from "../door/generated/door";

export const LANGUAGES = [
  { tag: "ja", name: "日本語" },
  { tag: "ja-x-easy", name: "やさしい日本語" },
  { tag: "en", name: "English" },
  { tag: "zh-Hans", name: "简体中文" },
  { tag: "ko", name: "한국어" },
  { tag: "vi", name: "Tiếng Việt" },
  { tag: "pt-BR", name: "Português (Brasil)" },
  { tag: "fil", name: "Filipino" },
  { tag: "ne", name: "नेपाली" },
];

/** 口 and 日 as a font might draw them, so that the gallery needs no font file. */
export const SHAPE: NameShape = {
  path: "M100 150H900V950H100Z M180 230V870H820V230Z M1150 100H1850V1000H1150Z M1230 180V500H1770V180Z M1230 580V920H1770V580Z",
  width: 2000,
  height: 1100,
  baseline: 950,
  missing: [],
};

export const LACKING: NameShape = { ...SHAPE, missing: ["口"] };

/** The longest Latin name that a residence card prints, and a Japanese one that never ends. */
export const LONG_LATIN = "MIHON ALEXANDRIA MARIA DE LOS ANGELES FERNANDEZ Y VILLANUEVA-SANTACRUZ MONTENEGRO";
export const LONG_JAPANESE =
  "見本寿限無寿限無五劫擦切海砂利水魚水行末雲来末風来末食寝処住処藪柑子 長久命之長助太郎左衛門";
