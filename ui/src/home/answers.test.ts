import { describe, expect, test } from "vitest";
import {
  type Answers,
  NONE,
  PEOPLE,
  addPerson,
  factsFile,
  find,
  nameOf,
  put,
  removePerson,
  settle,
} from "./answers";

function household(): Answers {
  let answers = put(NONE, "event", null, { value: "tennyu" });
  for (const name of ["見本　太郎", "みほん 花子"]) {
    const [more, id] = addPerson(answers);
    answers = put(more, "name", id, { value: name });
  }
  return put(answers, PEOPLE, null, { value: true });
}

describe("the facts file holds what was answered and nothing else", () => {
  test("values stand as they were given, people in the order of their names", () => {
    const answers = put(household(), "has_dog", null, { value: false });
    expect(factsFile(answers)).toEqual({
      case: { event: "tennyu", has_dog: false },
      people: [
        { id: "p1", name: "見本　太郎" },
        { id: "p2", name: "みほん 花子" },
      ],
      household_complete: true,
    });
  });

  test("what somebody does not know or would rather say is neither yes nor no", () => {
    let answers = put(household(), "sex", "p2", { said: "declined" });
    answers = put(answers, "phone", null, { said: "unknown" });
    const file = factsFile(answers);
    expect(file.people[1]).toMatchObject({ sex: { value: null, answer: "declined" } });
    expect(file.case).toMatchObject({ phone: { value: null, answer: "unknown" } });
  });

  test("a household whose people were not named is not complete", () => {
    const answers = put(NONE, PEOPLE, null, { said: "declined" });
    expect(factsFile(answers)).toEqual({ case: {}, people: [], household_complete: false });
  });
});

describe("people come and go one by one", () => {
  test("whoever leaves takes their answers along, and answers that named them", () => {
    let answers = put(household(), "sex", "p2", { value: "female" });
    answers = put(answers, "visitor_person", null, { value: "p2" });
    const left = removePerson(answers, "p2");
    expect(left.people).toEqual(["p1"]);
    expect(left.given.map(({ fact }) => fact)).toEqual(["event", "name", PEOPLE]);
  });

  test("an id is never given to somebody else", () => {
    const [, id] = addPerson(household());
    expect(id).toBe("p3");
  });

  test("a name is changed in its place", () => {
    const answers = put(household(), "name", "p1", { value: "大王　太郎" });
    expect(nameOf(answers, "p1")).toBe("大王　太郎");
    expect(answers.given).toHaveLength(household().given.length);
  });
});

describe("a change lays aside what hung on it, and loses nothing", () => {
  const dog = put(put(household(), "has_dog", null, { value: true }), "dog_name", null, { value: "ポチ" });
  const asks = (answers: Answers, fact: string) => {
    const owner = answers.given.find((each) => each.fact === "has_dog")?.given;
    return fact !== "dog_name" || (owner !== undefined && "value" in owner && owner.value === true);
  };
  const change = (answers: Answers, value: boolean) =>
    settle(put(answers, "has_dog", null, { value }), asks, {
      fact: "has_dog",
      person: null,
      given: { value },
    });

  test("the name of a dog goes with the dog", () => {
    const answers = change(dog, false);
    expect(factsFile(answers).case).toEqual({ event: "tennyu", has_dog: false });
    expect(find(answers, "dog_name", null)).toEqual({ value: "ポチ" });
  });

  test("and comes back with it", () => {
    const answers = change(change(dog, false), true);
    expect(factsFile(answers).case).toMatchObject({ has_dog: true, dog_name: "ポチ" });
    expect(answers.aside).toEqual([]);
  });

  test("names and the change itself stay, whatever the rules ask for", () => {
    const changed = { fact: "event", person: null, given: { value: "tenkyo" } };
    const answers = settle(put(dog, "event", null, { value: "tenkyo" }), () => false, changed);
    expect(factsFile(answers).case).toEqual({ event: "tenkyo" });
    expect(nameOf(answers, "p2")).toBe("みほん 花子");
  });
});
