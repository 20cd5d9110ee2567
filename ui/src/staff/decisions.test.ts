import { expect, test } from "vitest";
import type { DecisionView } from "../door/generated/door";
import { withStatus } from "./decisions";

const decision = (procedure: string, deadline: string | null, overdue = false): DecisionView => ({
  procedure,
  title: procedure,
  status: "required",
  people: [],
  deadline,
  deadline_text: deadline,
  overdue,
  covered_by: null,
  office: "",
  bring: [],
  because: [],
  notes: [],
  law: "",
  needs: [],
  unconfirmed: false,
  ids: [],
  done_at: "here",
  outcome: null,
});

test("what is late comes first, then the nearest last day, then what has none", () => {
  const given = [
    decision("none", null),
    decision("late", "2026-11-18", true),
    decision("far", "2027-02-18"),
    decision("near", "2026-12-04"),
    decision("none too", null),
  ];
  expect(withStatus(given, "required").map(({ procedure }) => procedure)).toEqual([
    "late",
    "near",
    "far",
    "none",
    "none too",
  ]);
  expect(withStatus(given, "undecided")).toEqual([]);
});

test("one procedure for several people is read out once, unless the day or the notice differs", () => {
  const of = (person: string, deadline: string | null, covered_by: string | null = null) => ({
    ...decision("kokuho", deadline),
    people: [person],
    ids: [person],
    bring: ["本人確認書類"],
    needs: [`保険（${person}）`],
    covered_by,
  });
  const given = [
    of("花子", "2026-12-04"),
    of("太郎", "2026-12-04"),
    of("次郎", "2026-12-08"),
    of("三郎", "2026-12-08", "転入届"),
  ];
  const [first, ...rest] = withStatus(given, "required");
  expect(first?.people).toEqual(["花子", "太郎"]);
  expect(first?.bring).toEqual(["本人確認書類"]);
  expect(first?.groups).toEqual([["花子"], ["太郎"]]);
  expect(rest.map(({ people }) => people)).toEqual([["次郎"], ["三郎"]]);
  const open = given.map((one) => ({ ...one, status: "undecided" }));
  expect(withStatus(open, "undecided").map(({ needs }) => needs.length)).toEqual([4]);
});

test("people whose outcomes differ are not read out as one", () => {
  const taken = { outcome: "taken", until: null, note: "" };
  const given = [
    { ...decision("kokuho", "2026-12-04"), ids: ["p1"], outcome: taken },
    { ...decision("kokuho", "2026-12-04"), ids: ["p2"] },
    { ...decision("kokuho", "2026-12-04"), ids: ["p3"], outcome: { ...taken } },
  ];
  expect(withStatus(given, "required").map(({ ids }) => ids)).toEqual([["p1", "p3"], ["p2"]]);
});
