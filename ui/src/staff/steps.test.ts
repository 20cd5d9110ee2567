import { expect, test } from "vitest";
import type { CaseView, LeftView, PersonView, QuestionView } from "../door/generated/door";
import { firstStep, leftOn, stepOf } from "./steps";

const person: PersonView = { id: "p1", name: "見本　花子", facts: [], lacking: [], shape: null };
const view = (left: LeftView[], more: Partial<CaseView> = {}) =>
  ({ people: [person], questions: [], left, closed: false, ...more }) as unknown as CaseView;
const list = { fact: "people", type: "person-list" } as QuestionView;

test("a case begins with the documents", () => {
  expect(firstStep(view([], { people: [] }))).toBe("document");
});

test("a case goes on at the first step with something left", () => {
  const left = [
    { what: "questions", count: 3 },
    { what: "identity", count: 1 },
  ];
  expect(firstStep(view(left))).toBe("document");
  expect(firstStep(view(left.slice(0, 1)))).toBe("questions");
  expect(firstStep(view([{ what: "questions", count: 3 }], { questions: [list] }))).toBe("household");
  expect(firstStep(view([{ what: "signatures", count: 2 }]))).toBe("print");
  expect(firstStep(view([]))).toBe("result");
});

test("a closed case is looked at, and nothing is left in it", () => {
  expect(firstStep(view([], { people: [], closed: true }))).toBe("result");
});

test("each step says how much is left on it, but not what the end settles without a word", () => {
  const left = leftOn(
    view([
      { what: "papers", count: 2 },
      { what: "came-out", count: 1 },
      { what: "outcomes", count: 7 },
      { what: "something of tomorrow", count: 9 },
    ]),
  );
  expect(left.print).toBe(3);
  expect(Object.values(left).reduce((sum, count) => sum + count, 0)).toBe(3);
});

test("Alt and a digit is a step", () => {
  const key = (code: string, altKey = true, ctrlKey = false) => stepOf({ code, altKey, ctrlKey });
  expect([
    key("Digit1"),
    key("Digit8"),
    key("Digit9"),
    key("Digit1", false),
    key("Digit1", true, true),
  ]).toEqual(["document", "finish", null, null, null]);
});
