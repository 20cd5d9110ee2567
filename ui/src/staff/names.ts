/** Names in lists: plain text cannot show every shape a name is registered with. */
import type { NameShape, PersonView } from "../door/generated/door";

/** What chooses the shape of the character before it (異体字セレクタ). */
const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
/** Characters that only the municipality's own fonts have (外字). */
const OWN = /[\uE000-\uF8FF\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}]/u;

/** The outlines of a name that plain text would show wrongly; `null` where text will do, or no font has them all. */
export function exactShape(name: string, people: readonly PersonView[]): NameShape | null {
  if (name.search(SELECTORS) < 0 && !OWN.test(name)) return null;
  const shape = people.find((person) => person.name === name)?.shape ?? null;
  return shape !== null && shape.path !== "" && shape.missing.length === 0 ? shape : null;
}

/** The name in the nearest shapes: a selector that no font knows would be drawn as a box. */
export const nearest = (name: string) => name.replaceAll(SELECTORS, "");
