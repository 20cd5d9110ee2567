import { describe, expect, test } from "vitest";
import type { AskView, QuestionView } from "../door/generated/door";
import { actionOf, goesOnAtOnce, nextOpen, presentAsk } from "./askkeys";

const key = (key: string, code = "", more: Partial<KeyboardEvent> = {}) => ({
  key,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});
const anywhere = { typing: false, pressing: false };
const typing = { typing: true, pressing: false };

describe("a key on a screen of questions", () => {
  test("numbers choose, counted from the first", () => {
    expect(actionOf(key("1"), anywhere)).toEqual({ kind: "choose", at: 0 });
    expect(actionOf(key("9"), anywhere)).toEqual({ kind: "choose", at: 8 });
    expect(actionOf(key("0"), anywhere)).toEqual({ kind: "none" });
  });

  test("while somebody types, numbers and letters are text", () => {
    for (const each of [key("1"), key("0"), key("w", "KeyW"), key("m", "KeyM"), key("u", "KeyU")])
      expect(actionOf(each, typing)).toBeNull();
  });

  test("together with Alt the letters work while somebody types", () => {
    expect(actionOf(key("w", "KeyW", { altKey: true }), typing)).toEqual({ kind: "unknown" });
    expect(actionOf(key("s", "KeyS", { altKey: true }), typing)).toEqual({ kind: "same" });
    expect(actionOf(key("1", "Digit1", { altKey: true }), typing)).toBeNull();
  });

  test("Enter goes on from a field, and presses a button that has the focus", () => {
    expect(actionOf(key("Enter"), typing)).toEqual({ kind: "go" });
    expect(actionOf(key("Enter"), { typing: false, pressing: true })).toBeNull();
    expect(actionOf(key("Enter", "", { ctrlKey: true }), typing)).toEqual({ kind: "send" });
  });

  test("a key that is held down answers nothing twice", () => {
    expect(actionOf(key("1", "", { repeat: true }), anywhere)).toBeNull();
    expect(actionOf(key("Enter", "", { repeat: true }), anywhere)).toBeNull();
  });
});

const question = (fact: string) => ({ fact, type: "choice" }) as QuestionView;
const ask = (id: string, kind: string, turn: string, questions: QuestionView[]) =>
  ({ id, kind, turn, questions }) as AskView;

test("Enter leads to the next field in which nothing stands, never back", () => {
  const [first, second, third] = [question("a"), question("b"), question("c")];
  const open = (each: QuestionView) => each !== second;
  expect(nextOpen([first, second, third], null, open)).toBe(first);
  expect(nextOpen([first, second, third], first, open)).toBe(third);
  expect(nextOpen([first, second, third], third, open)).toBeNull();
});

test("one choice is the whole answer; several choices and several people are not", () => {
  expect(goesOnAtOnce(ask("a", "one", "staff", [question("a")]))).toBe(true);
  expect(goesOnAtOnce(ask("a", "one", "staff", [{ ...question("a"), type: "choices" }]))).toBe(false);
  expect(goesOnAtOnce(ask("a", "people", "staff", [question("a")]))).toBe(false);
});

test("what the resident answers is not before the clerk", () => {
  const [private_, next] = [ask("p", "checklist", "resident", []), ask("n", "one", "staff", [])];
  expect(presentAsk([private_, next])).toBe(next);
  expect(presentAsk([private_])).toBeUndefined();
});
