/** The page of the 転出証明書 as it is typed: rows of people, what stands there already, and what is sent. */
import { readDate, shortDate } from "../design/dates";
import type {
  CertificateFieldView,
  CertificateInput,
  CertificateView,
  FactValueInput,
  FactView,
  PersonView,
} from "../door/generated/door";
import { certificate as words } from "../words/intake";
import type { Fault } from "./faults";

/** The row of the household's own fields. */
export const CASE = "case";

/** One row of the page: the household, or a person. */
export interface Row {
  /** `case`, or the place of the person on the page, from 0. */
  readonly id: string;
  /** A member who is in the case already. */
  readonly person: string | null;
  readonly fields: readonly CertificateFieldView[];
  /** What another source gave: it stands in the fields and is not sent again. */
  readonly known: readonly FactView[];
}

/** The rows of the page: the household, everybody in the case, and as many more as were added. */
export function rowsOf(
  page: CertificateView,
  people: readonly PersonView[],
  facts: readonly FactView[],
  added: number,
): Row[] {
  const members = people.map(({ id, facts }) => ({ person: id, known: facts }));
  const more = Array.from({ length: Math.max(added, members.length === 0 ? 1 : 0) }, () => ({
    person: null,
    known: [],
  }));
  return [
    { id: CASE, person: null, fields: page.case, known: facts },
    ...[...members, ...more].map((row, at) => ({ id: String(at), fields: page.person, ...row })),
  ];
}

export const fieldId = (row: Row, { fact }: CertificateFieldView) => `certificate-${row.id}-${fact}`;

/** What stands in a field before it is touched. */
export function knownText(row: Row, field: CertificateFieldView): string {
  const value = row.known.find(({ id, masked }) => id === field.fact && !masked)?.value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "";
  return field.kind === "date" ? shortDate(value) : value;
}

function valueOf(field: CertificateFieldView, text: string): unknown {
  if (field.kind === "date") return readDate(text);
  if (field.kind === "yes-no") return text === "true";
  return text;
}

/** What a page comes to: what is sent, or what is wrong with it. */
export interface PageReading {
  input: CertificateInput;
  faults: Fault[];
}

/** Reads the page. Empty fields, and those that still say what another source gave, are left out. */
export function readPage(
  rows: readonly Row[],
  textOf: (row: Row, field: CertificateFieldView) => string,
  complete: boolean,
): PageReading {
  const faults: Fault[] = [];
  const read = (row: Row): FactValueInput[] =>
    row.fields.flatMap((field) => {
      const text = textOf(row, field).trim();
      if (text === "" || text === knownText(row, field)) return [];
      const value = valueOf(field, text);
      if (value === null) faults.push({ field: fieldId(row, field), text: words.dateFault(field.label) });
      return [{ fact: field.fact, value }];
    });

  const input: CertificateInput = { case: [], people: [], complete };
  for (const row of rows) {
    const facts = read(row);
    if (row.id === CASE) input.case = facts;
    else if (row.person !== null || facts.length > 0) input.people.push({ id: row.person, facts });
    const name = row.fields.find(({ fact }) => fact === "name");
    if (row.id !== CASE && row.person === null && facts.length > 0 && name && textOf(row, name).trim() === "")
      faults.push({ field: fieldId(row, name), text: words.nameMissing(Number(row.id) + 1) });
  }
  return { input, faults };
}

/** The choice that a digit means in a list: 1 to 9, then 0. */
export function choiceOf(key: string, choices: readonly { id: string }[]): string | null {
  if (!/^\d$/.test(key)) return null;
  return choices[(Number(key) + 9) % 10]?.id ?? null;
}
