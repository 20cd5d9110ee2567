/** From what stands in the form of a question to its answer. */
import type { Given } from "./answers";
import { type DayFields, readDay } from "./days";
import type { Question } from "./rules";
import type { Values } from "./words.svelte";

/** The form as it stands. */
export interface Draft {
  chosen: string[];
  text: string;
  day: DayFields;
}

/** What is wrong with it: the id of its text, with values, and the field it belongs to. */
export interface Fault {
  id: string;
  values?: Values;
  field: string;
}

/** As long as a text may be: what a code takes. */
export const LONGEST = 200;

/** What comes along unseen when text is pasted: control characters, marks of direction, joiners without width. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/** What no code carries besides. */
const REFUSED = /[\ufff9-\ufffb\p{Noncharacter_Code_Point}]/u;

/** How a question is answered. */
export function inputOf(
  question: Question,
): "one" | "many" | "day" | "number" | "people" | "address" | "text" {
  switch (question.type) {
    case "yes-no":
      return "one";
    case "choice":
      return question.many ? "many" : "one";
    case "date":
      return "day";
    case "number":
      return "number";
    case "person-list":
      return "people";
    default:
      return question.fact.endsWith("address") ? "address" : "text";
  }
}

/** Reads the form as an answer. */
export function readDraft(question: Question, draft: Draft, example: Values[string]): Given | Fault {
  switch (inputOf(question)) {
    case "one": {
      const [chosen] = draft.chosen;
      if (chosen === undefined) return { id: "page.error.choose", field: "answer" };
      return { value: question.type === "yes-no" ? chosen === "yes" : chosen };
    }
    case "many":
      if (draft.chosen.length === 0) return { id: "page.error.choose.many", field: "answer" };
      return { value: draft.chosen };
    case "number": {
      const digits = draft.text.normalize("NFKC").replace(/[\s,]/g, "");
      return /^\d{1,9}$/.test(digits)
        ? { value: Number(digits) }
        : { id: "page.error.number", field: "answer" };
    }
    case "day": {
      const read = readDay(draft.day);
      if ("day" in read) return { value: read.day };
      return read.fault === "missing"
        ? { id: "page.error.date", values: { date: example }, field: "answer-year" }
        : { id: "page.error.day", field: "answer-year" };
    }
    default:
      return readText(draft.text, "answer", "page.error.text");
  }
}

/** Reads a line of text, as it was typed but for spaces around it and for what nobody sees. */
export function readText(typed: string, field: string, missing: string): { value: string } | Fault {
  const value = typed.replace(UNSEEN, "").trim();
  if (value === "") return { id: missing, field };
  const refused = REFUSED.exec(value)?.[0];
  if (refused !== undefined) {
    const code = refused.codePointAt(0) ?? 0;
    return { id: "page.error.character", values: { text: `U+${code.toString(16).padStart(4, "0")}` }, field };
  }
  if (Array.from(value).length > LONGEST) return { id: "page.error.long", values: { n: LONGEST }, field };
  return { value };
}

/** The form that stands for an answer given before. */
export function draftOf(
  question: Question,
  given: Given | undefined,
  day: (iso: string) => DayFields,
): Draft {
  const empty: Draft = {
    chosen: [],
    text: "",
    day: { ...day(""), year: "", month: "", day: "", partly: false },
  };
  if (given === undefined || "said" in given) return empty;
  const { value } = given;
  switch (inputOf(question)) {
    case "one":
      return { ...empty, chosen: [typeof value === "boolean" ? (value ? "yes" : "no") : String(value)] };
    case "many":
      return { ...empty, chosen: Array.isArray(value) ? value : [] };
    case "day":
      return { ...empty, day: day(String(value)) };
    default:
      return { ...empty, text: String(value) };
  }
}

/** What a browser may offer to fill in, for whoever holds the phone. */
export const FILLED: Record<string, AutoFill> = {
  phone: "tel",
  name: "name",
  new_address: "street-address",
};
