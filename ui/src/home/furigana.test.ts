import { describe, expect, test } from "vitest";
import { Readings } from "./furigana";

const readings = new Readings({
  手続き: "てつづき",
  手: "て",
  窓口: "まどぐち",
  引っ越し: "ひっこし",
  お話し: "おはなし",
  話し合い: "はなしあい",
});
const shown = (text: string, spared: string[] = []) =>
  readings
    .pieces(text, spared)
    .map(({ text, reading }) => (reading === undefined ? text : `${text}(${reading})`));

describe("readings stand above the kanji", () => {
  test("of the words that begin at a place the longest counts", () =>
    expect(shown("手続きの手")).toEqual(["手続(てつづ)", "きの", "手(て)"]));

  test("kana around the kanji get none", () => {
    expect(shown("引っ越し")).toEqual(["引っ越(ひっこ)", "し"]);
    expect(shown("お話し")).toEqual(["お", "話(はな)", "し"]);
  });

  test("kana between kanji stay under the reading of the whole", () =>
    expect(shown("話し合い")).toEqual(["話し合(はなしあ)", "い"]));

  test("nothing is lost or doubled", () => {
    const text = "𠮷野家の窓口で手続きのお話しと、引っ越し。";
    const pieces = readings.pieces(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  });

  test("names that people typed get none of ours", () =>
    expect(shown("窓口さんは窓口へ", ["窓口さん"])).toEqual(["窓口さんは", "窓口(まどぐち)", "へ"]));

  test("without readings the text stands as it is", () =>
    expect(new Readings().pieces("窓口")).toEqual([{ text: "窓口" }]));
});
