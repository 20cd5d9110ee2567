/** The rules on this phone: the module, the pack in it, and what they answer. */
import { Engine } from "../../../wasm/engine.mjs";
import type { FactsFile } from "./answers";

/** A choice of a question. */
export interface Choice {
  id: string;
  text: string;
}

/** A question, as `kakanai questions --json` has it. */
export interface Question {
  id: string;
  number: number;
  fact: string;
  person: string | null;
  type: string;
  choices: Choice[];
  many: boolean;
  text: string;
  why: string;
  private: boolean;
  at_home: boolean;
}

/** A decision, as `kakanai determine --json` has it; only what the page shows. */
export interface Decision {
  procedure: string;
  status: "required" | "may-apply" | "undecided" | "not-needed";
  people: string[];
  deadline: string | null;
  not_before: string | null;
  overdue: boolean;
  covered_by: string | null;
  office: string;
  done_at: string;
  discreet: boolean;
  signed_off: boolean;
  fees: { id: string; text: string; yen: number | null }[];
  bring: { id: string; text: string; who: string[] }[];
  because: { rule: string; text: string }[];
  notes: string[];
  needs: { fact: string; person: string | null }[];
}

/** One code, as rows of modules: hex, the first module in the highest bit. */
export interface Code {
  size: number;
  rows: string[];
}

/** What `prefill_encode` makes. */
export interface Sealed {
  texts: string[];
  version: number;
  bytes: number;
  codes: Code[];
}

/** What `prefill_encode` takes. */
export interface Making {
  facts: FactsFile;
  on: string;
  made_minutes: number;
  valid_until: string;
  lang: string;
  pack_hash: string;
  key: string;
  seed: string;
  medium: "phone" | "paper";
}

/** What the rules refused: `code` says why, for those who look after the page. */
export class Refused extends Error {
  constructor(
    readonly call: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The rules with a pack. After a fault of the module a fresh one takes the pack again, once for each call. */
export class Rules {
  #engine: Engine;
  readonly #onAgain: () => void;

  private constructor(
    engine: Engine,
    private readonly module: ArrayBuffer,
    private readonly pack: string,
    onAgain: () => void,
  ) {
    this.#engine = engine;
    this.#onAgain = onAgain;
  }

  /** @param onAgain told when the module had a fault and was opened again */
  static async open(module: ArrayBuffer, pack: string, onAgain: () => void): Promise<Rules> {
    const rules = new Rules(await Engine.open(module), module, pack, onAgain);
    rules.#ask("pack_load", pack);
    return rules;
  }

  /** The questions that are open now, or all that may still come. */
  questions(facts: FactsFile, on: string, lang: string, all: boolean): Question[] {
    return (this.#ask("questions", { facts, on, lang, all }) as { questions: Question[] }).questions;
  }

  /** The question about one fact, open or not. */
  question(facts: FactsFile, on: string, lang: string, fact: string, person: string | null): Question | null {
    return (this.#ask("question", { facts, on, lang, fact, person }) as { question: Question | null })
      .question;
  }

  determine(facts: FactsFile, on: string, lang: string): Decision[] {
    return (this.#ask("determine", { facts, on, lang }) as { decisions: Decision[] }).decisions;
  }

  /** The sealed answers as codes. */
  seal(making: Making): Sealed {
    return this.#ask("prefill_encode", making) as Sealed;
  }

  /** Opens the module anew, after a fault that {@link Trap} told of. */
  async again(): Promise<void> {
    this.#engine = await Engine.open(this.module);
    this.#ask("pack_load", this.pack);
    this.#onAgain();
  }

  #ask(name: string, request: string | object): unknown {
    const answer = this.#engine.ask(name, request) as { error?: { code: string; message: string } };
    if (answer.error !== undefined) throw new Refused(name, answer.error.code, answer.error.message);
    return answer;
  }
}

/** Whether the module itself failed, so that it must be opened anew. */
export const isTrap = (error: unknown) =>
  error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
