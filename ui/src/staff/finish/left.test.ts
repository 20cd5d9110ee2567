import { expect, test } from "vitest";
import { finish } from "../../words/outcome";
import { leftOpen, leftWords, settledByFinishing, settledWords, wayTo } from "./left";

const EVERYTHING = [
  "questions",
  "identity",
  "conflicts",
  "papers",
  "came-out",
  "signatures",
  "outcomes",
  "handover",
  "private",
].map((what) => ({ what, count: 2 }));

test("what finishing settles is not asked about; everything else is, also what nobody has put into words", () => {
  const tomorrow = { what: "of-tomorrow", count: 1 };
  expect(settledByFinishing([...EVERYTHING, tomorrow]).map(({ what }) => what)).toEqual([
    "came-out",
    "signatures",
    "outcomes",
  ]);
  expect(leftOpen([...EVERYTHING, tomorrow])).toContain(tomorrow);
  expect(leftWords(tomorrow)).toBe(finish.other(1));
});

test("everything left is said in words of its own and leads somewhere", () => {
  expect(new Set(EVERYTHING.map(leftWords)).size).toBe(EVERYTHING.length);
  expect(EVERYTHING.filter(({ what }) => wayTo(what) === null)).toEqual([{ what: "handover", count: 2 }]);
  for (const one of settledByFinishing(EVERYTHING)) expect(settledWords(one)).not.toBe(finish.other(2));
});
