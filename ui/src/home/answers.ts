/**
 * What has been answered, and the facts file it makes. Nothing here knows what a fact means: which questions
 * matter is settled by the rules.
 */

/** Somebody who said that there is no answer here. */
export type Said = "unknown" | "declined";
export type Value = boolean | number | string | string[];
export type Given = { value: Value } | { said: Said };

/** One answer, about the household (`person` null) or one of its people. */
export interface Answer {
  fact: string;
  person: string | null;
  given: Given;
}

/** Everything that was answered. Never changed in place: each change makes another one. */
export interface Answers {
  /** Ids of the people, in the order in which they were named; an id is never used twice. */
  people: string[];
  /** Everybody has been named. */
  complete: boolean;
  /** In the order in which they were first given. */
  given: Answer[];
  /** Answers that a change made needless: kept, should it be changed back, and used for nothing. */
  aside: Answer[];
}

export const PEOPLE = "people";
export const NAME = "name";
export const NONE: Answers = { people: [], complete: false, given: [], aside: [] };

const isAbout = (fact: string, person: string | null) => (answer: Answer) =>
  answer.fact === fact && answer.person === person;

/** What was answered to a question, if anything; what was laid aside is offered again. */
export function find(answers: Answers, fact: string, person: string | null): Given | undefined {
  const matches = isAbout(fact, person);
  return (answers.given.find(matches) ?? answers.aside.find(matches))?.given;
}

/** With an answer given or changed in its place. */
export function put(answers: Answers, fact: string, person: string | null, given: Given): Answers {
  const matches = isAbout(fact, person);
  const answer = { fact, person, given };
  const known = answers.given.some(matches);
  return {
    ...answers,
    complete: fact === PEOPLE ? "value" in given : answers.complete,
    given: known ? answers.given.map((each) => (matches(each) ? answer : each)) : [...answers.given, answer],
    aside: answers.aside.filter((each) => !matches(each)),
  };
}

/** Without the answer to a question. */
export function without(answers: Answers, fact: string, person: string | null): Answers {
  const matches = isAbout(fact, person);
  return { ...answers, given: answers.given.filter((each) => !matches(each)) };
}

/** With one more person, who gets an id that nobody had. */
export function addPerson(answers: Answers): [Answers, string] {
  const numbers = [
    ...answers.people,
    ...[...answers.given, ...answers.aside].map(({ person }) => person ?? ""),
  ];
  const last = Math.max(0, ...numbers.map((id) => Number(id.slice(1)) || 0));
  const id = `p${last + 1}`;
  return [{ ...answers, people: [...answers.people, id] }, id];
}

/** Without a person and everything about them, and without the answers that named them. */
export function removePerson(answers: Answers, id: string): Answers {
  const stays = ({ person, given }: Answer) => person !== id && !("value" in given && given.value === id);
  return {
    ...answers,
    people: answers.people.filter((each) => each !== id),
    given: answers.given.filter(stays),
    aside: answers.aside.filter(stays),
  };
}

/** The name of a person, or null while none was given. */
export function nameOf(answers: Answers, id: string): string | null {
  const given = find(answers, NAME, id);
  return given !== undefined && "value" in given && typeof given.value === "string" ? given.value : null;
}

type Statement = Value | { value: null; answer: Said };
type Facts = Record<string, Statement>;

/** A facts file, as the command line and the rules take it. */
export interface FactsFile {
  case: Facts;
  people: (Facts & { id: string })[];
  household_complete: boolean;
}

const statement = (given: Given): Statement =>
  "value" in given ? given.value : { value: null, answer: given.said };

/** The facts file of the answers that are used. */
export function factsFile(answers: Answers): FactsFile {
  const of = (person: string | null): Facts =>
    Object.fromEntries(
      answers.given
        .filter((answer) => answer.person === person && answer.fact !== PEOPLE)
        .map(({ fact, given }) => [fact, statement(given)]),
    );
  return {
    case: of(null),
    people: answers.people.map((id) => ({ id, ...of(id) })),
    household_complete: answers.complete,
  };
}

/** Whether a question would be asked if its answer were missing. */
export type Matters = (answers: Answers, fact: string, person: string | null) => boolean;

/**
 * After a change: answers that nothing asks for any more are laid aside, and those laid aside that matter again
 * come back. The change itself, who belongs to the household and their names stay.
 */
export function settle(answers: Answers, matters: Matters, changed: Answer): Answers {
  const stays = ({ fact, person }: Answer) =>
    fact === PEOPLE || fact === NAME || (fact === changed.fact && person === changed.person);
  let now = answers;
  // What came last hangs on what came before it.
  for (const answer of [...answers.given].reverse()) {
    if (stays(answer)) continue;
    const rest = without(now, answer.fact, answer.person);
    if (!matters(rest, answer.fact, answer.person)) now = { ...rest, aside: [...rest.aside, answer] };
  }
  for (let found = true; found;) {
    const back = now.aside.find(({ fact, person }) => matters(now, fact, person));
    found = back !== undefined;
    if (back !== undefined) now = put(now, back.fact, back.person, back.given);
  }
  return now;
}
