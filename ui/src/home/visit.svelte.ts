/**
 * One resident's way through the page: the answers, the screen that is shown, the rules behind it. The browser's own
 * history is the history of the screens, so that its back button does what the page's does; it holds which question
 * was shown and never an answer.
 */
import {
  type Answer,
  type Answers,
  type Given,
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
import type { Boot } from "./boot";
import { later, today } from "./days";
import { type Kept, type Opened, Shelf, kept, openFile } from "./keep";
import { Postal } from "./postal";
import { type Result, arrange, compare } from "./result";
import { type Choice, type Question, type Rules, type Sealed } from "./rules";
import { Supply } from "./supply.svelte";
import { type Values, words } from "./words.svelte";

/** What is shown. A question is shown again for a change; `back` says that the review waits for it. */
export type Screen =
  | { at: "language" | "start" | "review" | "result" | "codes" | "save" | "open" | "wipe" }
  | { at: "question"; fact: string; person: string | null; back?: "review" };

/** A question in the chosen language, and in Japanese. */
export interface Asked {
  question: Question;
  japanese: Question;
}

/** Codes of the answers as they are. */
export interface Sheet {
  phone: Sealed;
  paper: Sealed;
  made: string;
  until: string;
}

/** A message above the screen, told aloud; `words` are ids of texts with their values. */
export interface Message {
  id: string;
  values?: Values;
}

/** How long a sheet of codes is good for. */
const VALID_DAYS = 30;
const EPOCH = Date.UTC(2025, 0, 1);

export class Visit {
  readonly boot: Boot;
  readonly supply: Supply;
  readonly postal: Postal;
  readonly shelf: Shelf;

  screen = $state.raw<Screen>({ at: "language" });
  answers = $state.raw<Answers>(NONE);
  asked = $state.raw<Asked | null>(null);
  /** Questions that may still come, once everybody has been named. */
  left = $state.raw<number | null>(null);
  messages = $state.raw<Message[]>([]);
  changed = $state.raw<{ added: string[]; dropped: string[] } | null>(null);
  /** The day until which this browser keeps the answers. */
  keptUntil = $state.raw<string | null>(null);
  /** Found at the start, kept by this browser. */
  found = $state.raw<Kept | null>(null);
  offline = $state.raw(!navigator.onLine);
  /** Half-typed answers by question, so that a way back and forth loses nothing. */
  drafts: Record<string, unknown> = {};

  /** Told once, when the first answer has been given. */
  onBegun: () => void = () => undefined;

  #sheet: { of: string; sheet: Sheet } | null = null;
  #questions: Partial<Record<string, Asked>> = {};

  constructor(boot: Boot) {
    this.boot = boot;
    this.supply = new Supply(boot, () => this.tell({ id: "page.engine.again" }));
    this.postal = new Postal(this.supply.files, boot.files.postal);
    this.shelf = new Shelf(boot.municipality.code);
    this.found = this.shelf.look(today());
    history.replaceState({ screen: this.screen }, "");
    void this.supply.load();
  }

  /** After a failure: everything again, with the answers as they are. */
  async retry() {
    await this.supply.load();
    await this.show();
  }

  async setLanguage(lang: string) {
    words.choose(lang);
    this.#questions = {};
    this.supply.bringLanguage();
    await this.show();
  }

  // Screens ------------------------------------------------------------------------------------------------------

  async go(screen: Screen) {
    history.pushState({ screen }, "");
    await this.#turn(screen);
  }

  back() {
    history.back();
  }

  /** A way that the browser's own buttons took. */
  async came(state: unknown) {
    const screen = (state as { screen?: Screen } | null)?.screen;
    await this.#turn(screen ?? { at: "start" });
  }

  async #turn(screen: Screen) {
    this.messages = [];
    this.screen = screen;
    scrollTo(0, 0);
    await this.show();
  }

  /** Brings what the screen shows up to date. */
  async show() {
    const { screen } = this;
    if (screen.at !== "question") return;
    const asked = (await this.ask(screen.fact, screen.person)) ?? null;
    if (this.screen !== screen) return;
    if (asked !== null) this.asked = asked;
    else if (this.supply.state === "ready") await this.next();
  }

  /** The question about a fact, as it stands now. */
  async ask(fact: string, person: string | null): Promise<Asked | null> {
    const first = !this.supply.isThere ? this.#first() : null;
    if (first?.question.fact === fact) return first;
    const key = `${person ?? ""} ${fact}`;
    const known = this.#questions[key];
    if (known !== undefined && !this.isAboutPeople(known.question)) return known;
    return this.supply.work((rules) => {
      const question = (lang: string) => rules.question(factsFile(this.answers), today(), lang, fact, person);
      const own = question(words.lang);
      const japanese = words.lang === "ja" ? own : question("ja");
      if (own === null || japanese === null) return null;
      const asked = { question: own, japanese };
      this.#questions[key] = asked;
      return asked;
    });
  }

  /** Whether the choices are the people of the household. */
  isAboutPeople(question: Question): boolean {
    return (
      question.choices.length > 0 && question.choices.every(({ id }) => this.answers.people.includes(id))
    );
  }

  /** The first question, before the rules are there. */
  #first(): Asked | null {
    const japanese = (this.boot.question ?? null) as Question | null;
    if (japanese === null) return null;
    const text = (id: string, other: string) => words.say(id).text.replace(id, other);
    const choice = ({ id, text: other }: Choice) => ({
      id,
      text: text(`choice.${japanese.fact}.${id}`, other),
    });
    const question = {
      ...japanese,
      text: text(`question.${japanese.id}`, japanese.text),
      why: text(`question.${japanese.id}.why`, japanese.why),
      choices: japanese.choices.map(choice),
    };
    return { question, japanese };
  }

  /** To the question that comes next; to the review when there is none. */
  async next() {
    const first = this.answers.given.length === 0 && !this.supply.isThere ? this.#first() : null;
    if (first !== null) {
      await this.go({ at: "question", fact: first.question.fact, person: null });
      return;
    }
    const open = await this.supply.work((rules) => this.#openQuestions(rules, false));
    if (open === null) return;
    const question = open[0];
    if (question === undefined) await this.go({ at: "review" });
    else await this.go({ at: "question", fact: question.fact, person: question.person });
  }

  #openQuestions(rules: Rules, all: boolean): Question[] {
    const { answers } = this;
    const facts = factsFile(answers);
    const questions = rules.questions(facts, today(), words.lang, all);
    const isOpen = ({ fact, at_home }: Question) =>
      at_home && !(fact === PEOPLE && find(answers, PEOPLE, null) !== undefined);
    if (all) return questions.filter(isOpen);
    const every = rules.questions(facts, today(), words.lang, true).filter(isOpen);
    const open = questions.filter(isOpen);
    this.left = answers.complete ? guess(open.length, every.length) : null;
    return open;
  }

  // Answers ------------------------------------------------------------------------------------------------------

  /** Takes an answer and goes on. A change tells what it changed. */
  async answer(fact: string, person: string | null, given: Given) {
    const before = this.answers.given.find((each) => each.fact === fact && each.person === person);
    const isChange = before !== undefined && JSON.stringify(before.given) !== JSON.stringify(given);
    const old = this.answers;
    if (old.given.length === 0) this.onBegun();
    this.#keep(put(old, fact, person, given));
    this.dropDraft(`${person ?? ""} ${fact}`);
    this.changed = null;
    if (isChange) await this.#changed(old, { fact, person, given });
    await this.next();
  }

  async #changed(old: Answers, answer: Answer) {
    await this.supply.work((rules) => {
      const day = today();
      const matters = (answers: Answers, fact: string, person: string | null) =>
        rules
          .questions(factsFile(answers), day, "ja", true)
          .some((each) => each.fact === fact && each.person === person);
      const before = rules.determine(factsFile(old), day, "ja");
      this.#keep(settle(this.answers, matters, answer));
      const told = compare(before, rules.determine(factsFile(this.answers), day, "ja"));
      this.changed = told.added.length + told.dropped.length > 0 ? told : null;
    });
  }

  /** The people as they were named: the ids of those who stay, and names in order. */
  async name(people: { id: string | null; name: string }[]) {
    let answers = this.answers;
    for (const id of answers.people)
      if (!people.some((person) => person.id === id)) answers = removePerson(answers, id);
    const order: string[] = [];
    for (const { id: known, name } of people) {
      let id = known;
      if (id === null) [answers, id] = addPerson(answers);
      answers = put(answers, "name", id, { value: name });
      order.push(id);
    }
    answers = { ...answers, people: order };
    const old = this.answers;
    this.#questions = {};
    this.#keep(put(answers, PEOPLE, null, { value: true }));
    this.dropDraft(` ${PEOPLE}`);
    this.changed = null;
    const isChange = old.complete && JSON.stringify(old.people) !== JSON.stringify(order);
    if (isChange) await this.#changed(old, { fact: PEOPLE, person: null, given: { value: true } });
    await this.next();
  }

  /** How a person is called on the screen. */
  callPerson(id: string): string {
    const place = this.answers.people.indexOf(id) + 1;
    return nameOf(this.answers, id) ?? words.plain("page.people.nth", { n: place });
  }

  /** Names that people typed: they get no furigana of ours. */
  get typed(): string[] {
    return this.answers.given.flatMap(({ given }) =>
      "value" in given && typeof given.value === "string" ? [given.value] : [],
    );
  }

  /** Questions that are still open, for the review. */
  async open(): Promise<Question[]> {
    return (await this.supply.work((rules) => this.#openQuestions(rules, false))) ?? [];
  }

  async result(): Promise<Result | null> {
    return this.supply.work((rules) => {
      const facts = factsFile(this.answers);
      const own = rules.determine(facts, today(), words.lang);
      return arrange(own, words.lang === "ja" ? own : rules.determine(facts, today(), "ja"));
    });
  }

  /** The codes of the answers; the same answers keep theirs. Throws what the rules refuse. */
  async sheet(): Promise<Sheet | null> {
    const facts = factsFile(this.answers);
    const of = JSON.stringify([facts, words.lang]);
    if (this.#sheet?.of === of) return this.#sheet.sheet;
    return this.supply.work((rules) => {
      const made = today();
      const until = later(made, VALID_DAYS);
      const seed = crypto.getRandomValues(new Uint8Array(32));
      const making = {
        facts,
        on: made,
        made_minutes: Math.floor((Date.now() - EPOCH) / 60_000),
        valid_until: until,
        lang: words.lang,
        pack_hash: this.boot.pack.hash,
        key: this.boot.key,
        // One seed for both, so that screen and paper are one submission; other answers get another seed.
        seed: Array.from(seed, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      };
      const phone = rules.seal({ ...making, medium: "phone" });
      const paper = rules.seal({ ...making, medium: "paper" });
      const sheet = { phone, paper, made, until };
      this.#sheet = { of, sheet };
      return sheet;
    });
  }

  dropDraft(key: string) {
    this.drafts = Object.fromEntries(Object.entries(this.drafts).filter(([each]) => each !== key));
  }

  // Keeping ------------------------------------------------------------------------------------------------------

  #keep(answers: Answers) {
    this.answers = answers;
    if (this.keptUntil !== null) this.keep();
  }

  /** Has this browser keep the answers, now and after each change. */
  keep(): boolean {
    const copy = this.copy();
    const done = this.shelf.put(copy);
    this.keptUntil = done ? copy.until : null;
    return done;
  }

  copy(): Kept {
    return kept(this.answers, this.boot.municipality.code, words.lang, today());
  }

  forget() {
    this.shelf.clear();
    this.keptUntil = null;
    this.found = null;
  }

  /** Goes on with what this browser kept. */
  async resume() {
    const { found } = this;
    if (found === null) return;
    this.keptUntil = found.until;
    await this.#take(found);
    await this.next();
  }

  /** Opens a file; the review comes next. */
  async openFile(text: string, phrase: string): Promise<Opened> {
    const opened = await openFile(text, phrase);
    if ("kept" in opened) {
      const dropped = await this.#take(opened.kept);
      await this.go({ at: "review" });
      this.tell({ id: "page.open.done" });
      if (dropped > 0)
        this.messages = [...this.messages, { id: "page.open.dropped", values: { n: dropped } }];
    }
    return opened;
  }

  /** Takes answers of another day: only those that the rules of today still ask for. Answers how many they do not. */
  async #take(kept: Kept): Promise<number> {
    const people: Answers = { ...NONE, people: kept.answers.people.filter((id) => /^p\d{1,4}$/.test(id)) };
    const taken = await this.supply.work((rules) => {
      let answers = people;
      for (const { fact, person, given } of kept.answers.given) {
        const question = rules.question(factsFile(answers), today(), "ja", fact, person);
        if (question !== null && question.at_home && fits(question, given))
          answers = put(answers, fact, person, given);
      }
      return answers;
    });
    if (taken === null) return 0;
    this.#questions = {};
    this.#keep(taken);
    return kept.answers.given.length - taken.given.length;
  }

  /** Forgets everything, here and in the browser's storage. */
  wipe() {
    this.forget();
    this.empty();
  }

  /** Forgets what is in memory. */
  empty() {
    this.answers = NONE;
    this.asked = null;
    this.left = null;
    this.changed = null;
    this.#sheet = null;
    this.#questions = {};
    this.drafts = {};
  }

  tell(message: Message) {
    this.messages = [message];
  }
}

/**
 * About how many questions are left. Of those that wait behind others about a third are asked in the end, as families
 * on the sample pack had it; far off only fives are told.
 */
function guess(open: number, every: number): number {
  const left = open + (every - open) * 0.35;
  return left > 20 ? Math.round(left / 5) * 5 : Math.round(left);
}

/** Whether an answer of another day can still be given. */
function fits(question: Question, given: Given): boolean {
  if ("said" in given) return ["unknown", "declined"].includes(given.said);
  const { value } = given;
  const known = (id: unknown) => question.choices.some((choice) => choice.id === id);
  switch (question.type) {
    case "yes-no":
    case "person-list":
      return typeof value === "boolean";
    case "choice":
      return question.many ? Array.isArray(value) && value.every(known) : known(value);
    case "number":
      return typeof value === "number" && Number.isSafeInteger(value);
    case "date":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
    default:
      return typeof value === "string" && value.length <= 200;
  }
}
