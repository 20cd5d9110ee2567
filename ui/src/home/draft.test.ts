import { describe, expect, test } from "vitest";
import { type Draft, LONGEST, draftOf, inputOf, readDraft, readText } from "./draft";
import { fieldsOf } from "./days";
import type { Question } from "./rules";

const question = (type: string, more: Partial<Question> = {}): Question => ({
  id: "x",
  number: 1,
  fact: "x",
  person: null,
  type,
  choices: [],
  many: false,
  text: "",
  why: "",
  private: false,
  at_home: true,
  ...more,
});
const day = (iso: string) => fieldsOf(iso, false);
const empty: Draft = draftOf(question("text"), undefined, () => ({
  calendar: "western",
  year: "",
  month: "",
  day: "",
  partly: false,
}));
const read = (asked: Question, draft: Partial<Draft>) => readDraft(asked, { ...empty, ...draft }, "…");

describe("the form becomes the value that the rules take", () => {
  test.each([
    [question("yes-no"), { chosen: ["no"] }, false],
    [question("choice"), { chosen: ["tennyu"] }, "tennyu"],
    [question("choice", { many: true }), { chosen: ["a", "b"] }, ["a", "b"]],
    [question("number"), { text: "１２" }, 12],
    [question("date"), { day: day("1950-03-00") }, "1950-03-00"],
    [question("text"), { text: "　見本　葛󠄀子 " }, "見本　葛󠄀子"],
    [question("text"), { text: "みほん\u200b荘\u202e" }, "みほん荘"],
  ])("%o %o", (asked, draft, value) => expect(read(asked, draft)).toEqual({ value }));

  test.each([
    [question("yes-no"), {}, "page.error.choose"],
    [question("choice", { many: true }), {}, "page.error.choose.many"],
    [question("number"), { text: "二" }, "page.error.number"],
    [question("date"), {}, "page.error.date"],
    [question("date"), { day: { ...day("2023-02-28"), day: "29" } }, "page.error.day"],
    [question("text"), { text: "　" }, "page.error.text"],
    [question("text"), { text: "あ".repeat(LONGEST + 1) }, "page.error.long"],
    [question("text"), { text: "a\ufffe" }, "page.error.character"],
  ])("%o %o is %s", (asked, draft, id) => expect(read(asked, draft)).toMatchObject({ id }));
});

test("two hundred characters fit, whatever planes they are of", () =>
  expect(readText("𠮷".repeat(LONGEST), "answer", "page.error.text")).toEqual({
    value: "𠮷".repeat(LONGEST),
  }));

test("an answer stands in the form as it was given", () => {
  for (const [type, value] of [
    ["yes-no", true],
    ["number", 0],
    ["date", "1985-04-01"],
    ["text", "大王町1"],
  ] as const) {
    const asked = question(type);
    expect(read(asked, draftOf(asked, { value }, day))).toEqual({ value });
  }
});

test("an address has a field of its own", () => {
  expect(inputOf(question("text", { fact: "new_address" }))).toBe("address");
  expect(inputOf(question("text", { fact: "new_address_katagaki" }))).toBe("text");
});
