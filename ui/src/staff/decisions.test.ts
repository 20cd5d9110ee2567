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
