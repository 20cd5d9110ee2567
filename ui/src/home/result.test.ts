import { describe, expect, test } from "vitest";
import { arrange, compare } from "./result";
import type { Decision } from "./rules";

const decision = (procedure: string, more: Partial<Decision> = {}): Decision => ({
  procedure,
  status: "required",
  people: ["p1"],
  deadline: null,
  not_before: null,
  overdue: false,
  covered_by: null,
  office: "citizen",
  done_at: "here",
  discreet: false,
  signed_off: true,
  fees: [],
  bring: [],
  because: [{ rule: "r", text: "because" }],
  notes: [],
  needs: [],
  ...more,
});
const shown = (decisions: Decision[]) => arrange(decisions, decisions);

describe("decisions as a resident reads them", () => {
  test("the same for two people is told once, with both reasons", () => {
    const { required } = shown([
      decision("card", { because: [{ rule: "r", text: "for p1" }] }),
      decision("card", { people: ["p2"], because: [{ rule: "r", text: "for p2" }] }),
    ]);
    expect(required).toHaveLength(1);
    expect(required[0]).toMatchObject({
      people: ["p1", "p2"],
      reasons: [{ text: "for p1" }, { text: "for p2" }],
    });
  });

  test("another last day is another entry, and the nearest comes first", () => {
    const { required } = shown([
      decision("a"),
      decision("b", { deadline: "2026-12-31" }),
      decision("b", { people: ["p2"], deadline: "2026-12-04" }),
    ]);
    expect(required.map(({ deadline }) => deadline)).toEqual(["2026-12-04", "2026-12-31", null]);
  });

  test("what is discreet or not needed is nowhere", () => {
    const { required, may, open } = shown([
      decision("a", { discreet: true }),
      decision("b", { status: "not-needed" }),
      decision("c", { status: "undecided" }),
      decision("d", { status: "may-apply" }),
    ]);
    expect([required.length, may.length, open.length]).toEqual([0, 1, 1]);
  });
});

describe("what to bring", () => {
  const id = (who: string[]) => ({ id: "card", text: "card", who });

  test("is told once, with everybody who brings it", () => {
    const { bring } = shown([
      decision("a", { bring: [id(["p1"])] }),
      decision("b", { bring: [id(["p2"]), id(["p1"])] }),
    ]);
    expect(bring).toEqual([{ id: "card", text: "card", japanese: "card", who: ["p1", "p2"] }]);
  });

  test("is whoever comes, when one of the procedures names nobody", () =>
    expect(
      shown([decision("a", { bring: [id(["p1"])] }), decision("b", { bring: [id([])] })]).bring[0]?.who,
    ).toEqual([]));

  test("elsewhere is not brought here", () =>
    expect(shown([decision("a", { done_at: "elsewhere", bring: [id([])] })]).bring).toEqual([]));

  test("carries its Japanese along", () => {
    const [own, japanese] = [
      decision("a", { bring: [id([])] }),
      decision("a", { bring: [{ ...id([]), text: "カード" }] }),
    ];
    expect(arrange([own], [japanese]).bring).toMatchObject([{ text: "card", japanese: "カード" }]);
  });
});

test("a change tells what came and what went", () =>
  expect(
    compare(
      [decision("a"), decision("b"), decision("s", { discreet: true })],
      [decision("b"), decision("c"), decision("a", { status: "may-apply" })],
    ),
  ).toEqual({ added: ["c"], dropped: ["a"] }));
