import { expect, test } from "vitest";
import type { FactView, PersonView, QuestionView } from "../door/generated/door";
import type { Draft } from "./answers";
import { sameFromBefore, sameOnScreen } from "./same";

const question = (person: string) => ({ fact: "school", person, type: "choice" }) as QuestionView;
const fact = (value: unknown, masked = false) =>
  ({ id: "school", text: "見本小学校", value, masked }) as FactView;
const person = (id: string, facts: FactView[]): PersonView => ({
  id,
  name: `見本 ${id}`,
  facts,
  lacking: [],
  shape: null,
});

test("the answer above an open field is taken over for all open fields below", () => {
  const [one, two, three] = [question("p1"), question("p2"), question("p3")];
  const drafts = new Map<QuestionView, Draft>([[one, { chosen: ["x"], text: "" }]]);
  const draftOf = (each: QuestionView) => drafts.get(each) ?? { chosen: [], text: "" };
  const ask = { kind: "people", questions: [one, two, three] };
  expect(sameOnScreen(ask, draftOf)).toEqual({ draft: { chosen: ["x"], text: "" }, to: [two, three] });
  expect(sameOnScreen({ ...ask, kind: "page" }, draftOf)).toBeNull();
});

test("with nothing answered above there is nothing to take over", () => {
  const empty = (): Draft => ({ chosen: [], text: "" });
  expect(sameOnScreen({ kind: "people", questions: [question("p1"), question("p2")] }, empty)).toBeNull();
});

test("the nearest person before who has answered is the one to follow", () => {
  const people = [person("p1", [fact("a")]), person("p2", [fact("b")]), person("p3", []), person("p4", [])];
  const ask = { kind: "one", questions: [question("p4")] };
  expect(sameFromBefore(ask, people)).toEqual({ from: "p2", name: "見本 p2", text: "見本小学校" });
});

test("a private answer, and one that was not given, are not taken over", () => {
  const people = [person("p1", [fact("a", true)]), person("p2", [fact(null)]), person("p3", [])];
  expect(sameFromBefore({ kind: "one", questions: [question("p3")] }, people)).toBeNull();
});
