/** The person × item table as rows that are drawn, and where an arrow leads in it. */
import type { TableCell, TableColumn, TableView } from "../../door/generated/door";

/** A cell together with what it is about. */
export interface Place {
  fact: string;
  label: string;
  column: TableColumn;
  cell: TableCell;
}

/** A row that is drawn: one place across all columns for the household, else one per person. */
export interface Row {
  fact: string;
  label: string;
  places: Place[];
}

export interface Sections {
  household: Row[];
  people: Row[];
}

/** The household's items once across the width; below them a column for each person. */
export function sections(table: TableView): Sections {
  const found: Sections = { household: [], people: [] };
  for (const { fact, label, cells } of table.rows) {
    const places = table.columns.flatMap((column, index) => {
      const cell = cells[index];
      return cell === undefined ? [] : [{ fact, label, column, cell }];
    });
    const household = places.filter(({ column, cell }) => column.person === "" && !cell.none);
    const people = places.filter(({ column }) => column.person !== "");
    if (household.length > 0) found.household.push({ fact, label, places: household });
    if (people.some(({ cell }) => !cell.none)) found.people.push({ fact, label, places: people });
  }
  return found;
}

/** What pressing a cell does; `null`: nothing. */
export function pressing({ cell }: Place): "open" | "settle" | "ask" | null {
  if (cell.none) return null;
  if (cell.masked) return "open";
  if (cell.conflict) return "settle";
  return cell.can_ask ? "ask" : null;
}

/** The id of a cell: `cell-name-p1`, `cell-move_date-case`. */
export const cellId = ({ fact, column }: Place) =>
  `cell-${fact}-${column.person === "" ? "case" : column.person}`;

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cell that a key leads to; `null` when the key leads nowhere. Rows of one cell are as wide as the table. */
export function next(rows: readonly Row[], from: Place, key: string, column: number): Place | null {
  const row = rows.findIndex(({ places }) => places.some((place) => cellId(place) === cellId(from)));
  if (row < 0) return null;
  if (key === "Home") return first(rows[row]);
  if (key === "End") return first(rows[row], true);
  const arrow = ARROWS[key];
  if (arrow === undefined) return null;
  const [down, right] = arrow;
  if (right !== 0) {
    const places = rows[row]?.places ?? [];
    return beyond(
      places,
      places.findIndex((place) => cellId(place) === cellId(from)),
      right,
    );
  }
  for (let at = row + down; at >= 0 && at < rows.length; at += down) {
    const found = nearest(rows[at], column);
    if (found !== null) return found;
  }
  return null;
}

const usable = ({ cell }: Place) => !cell.none;

function beyond(places: readonly Place[], from: number, step: number): Place | null {
  for (let at = from + step; at >= 0 && at < places.length; at += step) {
    const place = places[at];
    if (place !== undefined && usable(place)) return place;
  }
  return null;
}

const first = (row: Row | undefined, last = false): Place | null =>
  (last ? row?.places.filter(usable).at(-1) : row?.places.find(usable)) ?? null;

/** The cell of a row that lies nearest to a column. */
function nearest(row: Row | undefined, column: number): Place | null {
  const places = row?.places ?? [];
  for (let away = 0; away < Math.max(places.length, column + 1); away += 1) {
    for (const at of [column - away, column + away]) {
      const place = places[at];
      if (place !== undefined && usable(place)) return place;
    }
  }
  return null;
}
