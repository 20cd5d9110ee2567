import { describe, expect, test } from "vitest";
import { asksMore, faultsOf, inputsOf, outcomeOf, OUTCOMES, outcomeText } from "./outcomes";

test("six keys give six outcomes, nought takes one back, nothing else means anything", () => {
  expect(["1", "2", "3", "4", "5", "6"].map(outcomeOf)).toEqual([...OUTCOMES]);
  expect(outcomeOf("0")).toBe("");
  expect(["7", "a", "Enter", ""].map(outcomeOf)).toEqual([null, null, null, null]);
});

test("only what needs a word more asks for one", () => {
  expect(OUTCOMES.filter(asksMore)).toEqual(["paper-to-follow", "missing", "section", "already-done"]);
});

describe("what is missing beside an outcome is named", () => {
  test.each([
    ["taken", "", "", []],
    ["declined", "", "", []],
    ["already-done", "", "", []],
    ["paper-to-follow", "", "", ["until", "note"]],
    ["paper-to-follow", "R8.12.4", "所得の証明書", []],
    ["paper-to-follow", "あした", "所得の証明書", ["until"]],
    ["missing", "", "　", ["note"]],
    ["section", "", "税務課", []],
    ["section", "", "あ".repeat(201), ["note"]],
  ] as const)("%s until %s with %s", (name, until, note, faults) =>
    expect(Object.keys(faultsOf(name, { until, note }))).toEqual(faults),
  );
});

test("each group of people gets the outcome, and what does not belong to it is left out", () => {
  const remark = { until: "R8.12.4", note: " 所得の証明書 " };
  expect(inputsOf("kokuho.join", [["p1"], ["p2", "p3"]], "paper-to-follow", remark)).toEqual([
    {
      procedure: "kokuho.join",
      people: ["p1"],
      outcome: "paper-to-follow",
      until: "2026-12-04",
      note: "所得の証明書",
    },
    {
      procedure: "kokuho.join",
      people: ["p2", "p3"],
      outcome: "paper-to-follow",
      until: "2026-12-04",
      note: "所得の証明書",
    },
  ]);
  expect(inputsOf("kokuho.join", [["p1"]], "taken", remark)).toEqual([
    { procedure: "kokuho.join", people: ["p1"], outcome: "taken", until: null, note: "" },
  ]);
});

test("an outcome reads as one line", () => {
  const outcome = { outcome: "paper-to-follow", until: "2026-12-04", note: "所得の証明書" };
  expect(outcomeText({ outcome }, () => "12月4日")).toBe(
    "受け付けました。足りない書類は後日（12月4日まで）：所得の証明書",
  );
  expect(outcomeText({ outcome: null }, String)).toBe("");
});
