import { expect, test } from "vitest";
import { Drafts } from "./drafts.svelte";

const question = { fact: "pension", person: "p1", type: "choice", suggested: "2" };

test("what follows from other answers stands chosen, until somebody touches it", () => {
  const drafts = new Drafts();
  expect(drafts.of(question)).toEqual({ chosen: ["2"], text: "" });
  expect(drafts.isSuggested(question)).toBe(true);
  drafts.put(question, { chosen: [], text: "" });
  expect(drafts.of(question)).toEqual({ chosen: [], text: "" });
  expect(drafts.isSuggested(question)).toBe(false);
});

test("the same fact of two people has two drafts", () => {
  const drafts = new Drafts();
  drafts.put(question, { chosen: ["1"], text: "" });
  expect(drafts.of({ ...question, person: "p2" }).chosen).toEqual(["2"]);
});

test("what was sent is forgotten, what was not sent is kept", () => {
  const drafts = new Drafts();
  const other = { ...question, person: "p2" };
  drafts.put(question, { chosen: ["1"], text: "" });
  drafts.put(other, { chosen: ["1"], text: "" });
  drafts.forget([question]);
  expect(drafts.isSuggested(question)).toBe(true);
  expect(drafts.of(other).chosen).toEqual(["1"]);
});

test("an emptied field is not an untouched one", () => {
  const drafts = new Drafts();
  expect(drafts.hasText("certificate-0-name")).toBe(false);
  drafts.putText("certificate-0-name", "");
  expect(drafts.hasText("certificate-0-name")).toBe(true);
  drafts.forgetTexts("certificate-0-");
  expect(drafts.hasText("certificate-0-name")).toBe(false);
});
