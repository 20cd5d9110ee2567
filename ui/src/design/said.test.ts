import { expect, test } from "vitest";
import { fill, plain, plainTag } from "./said";

test("a value goes into its place, and a reading is no place", () => {
  expect(fill("あと{n}{回|かい}です。{m}", { n: 2 })).toBe("あと2{回|かい}です。{m}");
});

test("those who hear a name hear it once", () => {
  expect(plain("{書類|しょるい}を{見|み}る")).toBe("書類を見る");
});

test("easy Japanese is Japanese to fonts and voices", () => {
  expect(["ja", "ja-x-easy", "zh-Hans"].map(plainTag)).toEqual(["ja", "ja", "zh-Hans"]);
});
