import { expect, test } from "vitest";

/** Words that docs/style.ja.md, section 7, says in another way. */
const FORBIDDEN =
  /下さい|当該|上記|下記|別途|ユーザー|クリック|タップ|押下|サブミット|リトライ|キャンセル|不正な|無効な|失敗|死亡者|期限切れ|遅延|違反/g;
const TWICE_NEGATED = /ないわけ|なくはない|ないとは限|ないことはない/g;

const words = import.meta.glob<string>(["./**/*.ts", "!./**/*.test.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

test("the words of the windows follow the rules of writing", () => {
  const found = Object.entries(words).flatMap(([file, text]) =>
    [FORBIDDEN, TWICE_NEGATED].flatMap((rule) =>
      [...text.matchAll(rule)].map(([word]) => `${file}: ${word}`),
    ),
  );
  expect(found).toEqual([]);
});
