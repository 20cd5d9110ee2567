import { expect, test } from "vitest";
import type { ResidentQuestion } from "../door/generated/door";
import { answer, checked, showDigits, valueOf } from "./answers";

const question = (over: Partial<ResidentQuestion>): ResidentQuestion => ({
  fact: "phone",
  person: null,
  person_name: null,
  type: "text",
  text: "",
  ja: "",
  choices: [],
  pad: "none",
  ...over,
});

test.each([
  [{ type: "yes-no" }, { chosen: ["false"] }, false],
  [{ type: "yes-no" }, {}, undefined],
  [{ type: "choice" }, { chosen: ["a"] }, "a"],
  [{ type: "choices" }, { chosen: ["a", "b"] }, ["a", "b"]],
  [{ type: "choices" }, {}, undefined],
  [{ type: "number" }, { text: "3" }, 3],
  [{ type: "date" }, { text: "20270401" }, "2027-04-01"],
  [{ type: "date" }, { text: "20270231" }, undefined],
  [{ type: "date" }, { text: "2027" }, undefined],
  [{ pad: "digits" }, { text: "0901234567" }, "0901234567"],
  [{ pad: "digits" }, { text: "090123456" }, undefined],
  [{}, { text: "  " }, undefined],
] as const)("%j answered with %j is %j", (over, draft, value) => {
  expect(valueOf(question({ ...over }), { chosen: [], text: "", ...draft } as never)).toEqual(value);
});

test("a checklist says no only when somebody has said so", () => {
  const rows = [question({ fact: "a", type: "yes-no" }), question({ fact: "b", type: "yes-no" })];
  const ask = { id: "g", kind: "checklist", number: "1", text: "", ja: "", why: "", questions: rows };
  expect(checked(ask, [])).toBeUndefined();
  expect(checked(ask, ["none"])).toEqual(rows.map((row) => answer(row, false)));
  expect(checked(ask, ["b"])?.map(({ value }) => value)).toEqual([false, true]);
});

test("a day shows which part is still to come", () => {
  expect(showDigits(question({ type: "date" }), "20270")).toBe("2027 / 0– / ––");
});
