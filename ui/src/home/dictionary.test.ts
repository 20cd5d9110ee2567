import { expect, test } from "vitest";
import { lookUp } from "./dictionary";

const DICTIONARY = {
  "100": {
    東京都千代田区: "0000,千代田,0004大手町,0004丸の内,丸の内",
    東京都中央区: "0004",
  },
};

test("every place of a code is found, and no other", () => {
  expect(lookUp(DICTIONARY, "1000000")).toEqual(["東京都千代田区"]);
  expect(lookUp(DICTIONARY, "1000001")).toEqual(["東京都千代田区千代田"]);
  expect(lookUp(DICTIONARY, "1000004")).toEqual([
    "東京都千代田区大手町",
    "東京都千代田区丸の内",
    "東京都中央区",
  ]);
  expect(lookUp(DICTIONARY, "1000005")).toEqual(["東京都千代田区丸の内"]);
  expect([...lookUp(DICTIONARY, "1000002"), ...lookUp(DICTIONARY, "9990000")]).toEqual([]);
});
