import { expect, test } from "vitest";
import type { CertificateFieldView, CertificateView, FactView, PersonView } from "../door/generated/door";
import { CASE, choiceOf, knownText, readPage, type Row, rowsOf } from "./certificate";

const field = (fact: string, kind = "text"): CertificateFieldView => ({
  fact,
  label: fact,
  kind,
  choices: [],
});
const page: CertificateView = {
  case: [field("previous_address"), field("planned_out_date", "date")],
  person: [field("name"), field("birth_date", "date"), field("child_allowance_recipient", "yes-no")],
  taken: false,
};
const fact = (id: string, value: unknown) => ({ id, value, masked: false }) as FactView;
const hanako: PersonView = {
  id: "p1",
  name: "見本　花子",
  facts: [fact("name", "見本　花子"), fact("birth_date", "1985-04-01")],
  lacking: [],
  shape: null,
};

const texts =
  (values: Record<string, string>) =>
  (row: Row, { fact }: CertificateFieldView) =>
    values[`${row.id}/${fact}`] ?? knownText(row, field(fact, fact.endsWith("_date") ? "date" : "text"));

test("the household comes first, then everybody in the case, then as many as were added", () => {
  expect(rowsOf(page, [hanako], [], 2).map(({ id, person }) => [id, person])).toEqual([
    [CASE, null],
    ["0", "p1"],
    ["1", null],
    ["2", null],
  ]);
  expect(rowsOf(page, [], [], 0).map(({ id }) => id)).toEqual([CASE, "0"]);
});

test("what a card gave stands there, a date as papers write it", () => {
  const row = rowsOf(page, [hanako], [], 0)[1];
  expect(row && knownText(row, field("birth_date", "date"))).toBe("S60.4.1");
});

test("what another source gave is not sent as if the certificate said it", () => {
  const rows = rowsOf(page, [hanako], [], 0);
  expect(readPage(rows, texts({ "0/child_allowance_recipient": "true" }), true).input).toEqual({
    case: [],
    people: [{ id: "p1", facts: [{ fact: "child_allowance_recipient", value: true }] }],
    complete: true,
  });
});

test("a row that was added and left empty adds nobody", () => {
  const rows = rowsOf(page, [hanako], [], 1);
  expect(readPage(rows, texts({}), true).input.people).toEqual([{ id: "p1", facts: [] }]);
});

test("a date that is none, and somebody without a name, are told", () => {
  const rows = rowsOf(page, [], [], 1);
  const { faults } = readPage(
    rows,
    texts({ "0/birth_date": "あした", "case/planned_out_date": "R8.11.13" }),
    true,
  );
  expect(faults.map((fault) => fault.field)).toEqual(["certificate-0-birth_date", "certificate-0-name"]);
});

test("a digit picks from a list, nought is the tenth", () => {
  const choices = Array.from({ length: 10 }, (_, at) => ({ id: String(at) }));
  expect([choiceOf("1", choices), choiceOf("0", choices), choiceOf("x", choices)]).toEqual(["0", "9", null]);
  expect(choiceOf("5", choices.slice(0, 3))).toBeNull();
});
