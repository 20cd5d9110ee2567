import { expect, test } from "vitest";
import { wordsOf } from "./words";

const view = { lang: "vi", texts: {}, texts_ja: {}, draft: true };

test("words of the pack stand in their language with the Japanese beside, values in both", () => {
  const say = wordsOf({
    ...view,
    texts: { "pin.tries": "Còn {n} lần" },
    texts_ja: { "pin.tries": "あと{n}{回|かい}" },
  });
  expect(say("pin.tries", { n: 2 })).toEqual({
    text: "Còn 2 lần",
    lang: "vi",
    ja: "あと2{回|かい}",
    draft: true,
  });
});

test("words that the pack lacks are said in Japanese, and are Japanese", () => {
  expect(wordsOf(view)("ask.yes")).toEqual({ text: "はい", lang: "ja", ja: null, draft: false });
});

test("easy Japanese needs no Japanese beside", () => {
  const easy = wordsOf({
    ...view,
    lang: "ja-x-easy",
    texts: { "ask.next": "つぎへ" },
    texts_ja: { "ask.next": "次へ" },
  });
  expect(easy("ask.next").ja).toBeNull();
});
