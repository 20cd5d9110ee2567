import { expect, test } from "vitest";
import { errorWords } from "./errors";

test("every part of an error is said, for a known code and for one nobody has put into words", () => {
  for (const code of ["no-card", "store-full", "internal", "a-code-of-tomorrow"]) {
    const words = errorWords({ code, details: {} });
    expect(Object.values(words).every((sentence) => sentence !== "")).toBe(true);
  }
});

test("an unknown code is not passed off as a known one", () => {
  expect(errorWords({ code: "a-code-of-tomorrow", details: {} })).not.toEqual(
    errorWords({ code: "internal", details: {} }),
  );
  expect(errorWords({ code: "constructor", details: {} })).toEqual(
    errorWords({ code: "a-code-of-tomorrow", details: {} }),
  );
});

test("the tries left and the paper stand in the sentence", () => {
  expect(errorWords({ code: "pin-wrong", details: { tries_left: "2" } }).next).toContain("あと2回");
  const refusal = errorWords({
    code: "required-missing",
    details: { title: "住民異動届", label: "新しい住所" },
  });
  expect(refusal.happened).toContain("「住民異動届」の「新しい住所」");
});

test("a try that may have been used is told", () => {
  const told = errorWords({ code: "card-removed", details: { try_may_be_used: "true" } });
  expect(told.happened).toContain("残り回数");
  expect(errorWords({ code: "card-removed", details: {} }).happened).not.toContain("残り回数");
});
