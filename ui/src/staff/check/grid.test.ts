import { expect, test } from "vitest";
import type { TableCell, TableView } from "../../door/generated/door";
import { cellId, next, pressing, sections } from "./grid";

const cell = (more: Partial<TableCell> = {}): TableCell => ({
  text: "見本",
  source: "staff",
  source_label: "職員",
  conflict: false,
  masked: false,
  missing: false,
  none: false,
  can_ask: true,
  ...more,
});
const none = cell({ none: true });

const TABLE: TableView = {
  columns: [
    { person: "", name: "" },
    { person: "p1", name: "見本　太郎" },
    { person: "p2", name: "みほん　花子" },
  ],
  rows: [
    { fact: "move_date", label: "引っ越した日", cells: [cell(), none, none] },
    { fact: "name", label: "氏名", cells: [none, cell(), cell()] },
    { fact: "work", label: "仕事", cells: [none, none, cell()] },
    { fact: "nothing", label: "ないもの", cells: [none, none, none] },
  ],
};

const drawn = sections(TABLE);
const rows = [...drawn.household, ...drawn.people];
const place = (id: string) => {
  const found = rows.flatMap(({ places }) => places).find((one) => cellId(one) === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const leads = (from: string, key: string, column = 0) => {
  const to = next(rows, place(from), key, column);
  return to && cellId(to);
};

test("items of the household come first, once across the width; what nobody has is not drawn", () => {
  expect(drawn.household.map(({ fact }) => fact)).toEqual(["move_date"]);
  expect(drawn.people.map(({ fact }) => fact)).toEqual(["name", "work"]);
  expect(drawn.household[0]?.places.map(cellId)).toEqual(["cell-move_date-case"]);
});

test("arrows go to the nearest cell that exists, and keep the column", () => {
  expect(leads("cell-name-p1", "ArrowRight")).toBe("cell-name-p2");
  expect(leads("cell-name-p2", "ArrowRight")).toBeNull();
  expect(leads("cell-name-p1", "ArrowDown", 0)).toBe("cell-work-p2");
  expect(leads("cell-name-p2", "ArrowDown", 1)).toBe("cell-work-p2");
  expect(leads("cell-name-p2", "ArrowUp", 1)).toBe("cell-move_date-case");
  expect(leads("cell-work-p2", "Home")).toBe("cell-work-p2");
  expect(leads("cell-name-p1", "End")).toBe("cell-name-p2");
  expect(leads("cell-name-p1", "x")).toBeNull();
});

test("a cell opens what is hidden, settles what differs, asks again, or does nothing, in this order", () => {
  const of = (more: Partial<TableCell>) => pressing({ ...place("cell-name-p1"), cell: cell(more) });
  expect(of({ masked: true, conflict: true })).toBe("open");
  expect(of({ conflict: true })).toBe("settle");
  expect(of({})).toBe("ask");
  expect(of({ can_ask: false })).toBeNull();
  expect(of({ none: true })).toBeNull();
});
