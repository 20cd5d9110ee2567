import { expect, test } from "vitest";
import type { QuestionView } from "../door/generated/door";
import { choicesOf, type Draft, readAnswer, readAsk } from "./answers";

const question = (type: string): QuestionView => ({
  id: "q",
  number: 1,
  fact: "f",
  person: null,
  person_name: null,
  type,
  choices: [{ id: "kokuho", text: "国民健康保険" }],
  text: "",
  why: "",
  staff_text: "",
  private: false,
  short: "",
  group: null,
  suggested: null,
  pair: null,
});
const person = { id: "p1", name: "みほん　花子", facts: [], lacking: [], shape: null };
const read = (type: string, chosen: string[], text = "", people = [person]) =>
  readAnswer(question(type), people, { chosen, text });

test("yes and no cross as booleans", () => {
  expect(read("yes-no", ["true"])).toEqual({ value: true });
  expect(read("yes-no", ["false"])).toEqual({ value: false });
});

test("a choice crosses as its id, never as its words", () => {
  expect(read("choice", ["kokuho"])).toEqual({ value: "kokuho" });
  expect(read("choices", ["kokuho"])).toEqual({ value: ["kokuho"] });
});

test("nothing chosen is a fault, never a no", () => {
  expect(read("yes-no", [])).toHaveProperty("fault");
  expect(read("choice", [])).toHaveProperty("fault");
});

test("a number is read from full-width digits; words are none", () => {
  expect(read("number", [], "１２５")).toEqual({ value: 125 });
  expect(read("number", [], "二")).toHaveProperty("fault");
});

test("a date crosses as year, month and day", () => {
  expect(read("date", [], "R8.11.15")).toEqual({ value: "2026-11-15" });
  expect(read("date", [], "11月")).toHaveProperty("fault");
});

test("a household of nobody is not complete", () => {
  expect(read("person-list", [], "", [])).toHaveProperty("fault");
  expect(read("person-list", [])).toEqual({ value: true });
});

test("people are chosen by name", () => {
  expect(choicesOf(question("person-id"), [person])).toEqual([{ id: "p1", text: "みほん　花子 さん" }]);
});

const draftsOf = (drafts: Record<string, Partial<Draft>>) => (asked: QuestionView) => ({
  chosen: [],
  text: "",
  ...drafts[asked.fact],
});
const screen = (kind: string, ...types: string[]) => ({
  kind,
  questions: types.map((type, at) => ({
    ...question(type),
    fact: `f${String(at)}`,
    short: `項目${String(at)}`,
  })),
});
const answers = (
  kind: string,
  types: string[],
  drafts: Record<string, Partial<Draft>>,
  rest = "fault" as const,
) => readAsk(screen(kind, ...types), [person], draftsOf(drafts), rest);

test("rows of a checklist that are not ticked are a no, and none ticked is a no to all", () => {
  const yesNo = ["yes-no", "yes-no"];
  const values = (drafts: Record<string, Partial<Draft>>) =>
    answers("checklist", yesNo, drafts).answers.map(({ value }) => value);
  expect(values({ f1: { chosen: ["true"] } })).toEqual([false, true]);
  expect(values({})).toEqual([false, false]);
});

test("on one page a list that nobody has touched is left out, never taken for a no", () => {
  const ask = screen("checklist", "yes-no", "yes-no");
  expect(readAsk(ask, [person], draftsOf({}), "left-out").answers).toEqual([]);
  expect(readAsk(ask, [person], draftsOf({ f0: { chosen: ["false"] } }), "left-out").answers).toHaveLength(2);
});

test("what was filled is kept when the rest is not known", () => {
  const read = readAsk(
    screen("page", "date", "text"),
    [person],
    draftsOf({ f0: { text: "R8.11.14" } }),
    "unknown",
  );
  expect(read.answers.map(({ value, said }) => [value, said])).toEqual([
    ["2026-11-14", null],
    [null, "unknown"],
  ]);
});

test("each open field of a screen is told by its name, and nothing is sent by halves", () => {
  const read = answers("page", ["date", "date"], { f0: { text: "あした" } });
  expect(read.faults.map(({ field }) => field)).toEqual(["answer-f0", "answer-f1"]);
  expect(read.faults[0]?.text).toContain("項目0");
});

test("a line of text left blank on a filled page is not known; a page of blanks is a fault", () => {
  const read = answers("page", ["text", "text"], { f0: { text: "見本町一丁目２番３号" } });
  expect(read.answers.map(({ value, said }) => [value, said])).toEqual([
    ["見本町一丁目２番３号", null],
    [null, "unknown"],
  ]);
  expect(answers("page", ["text", "text"], {}).faults).toHaveLength(2);
});
