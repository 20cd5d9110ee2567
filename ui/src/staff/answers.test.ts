import { expect, test } from "vitest";
import type { QuestionView } from "../door/generated/door";
import { choicesOf, readAnswer } from "./answers";

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
