import { expect, test } from "vitest";
import type { NameShape, PersonView } from "../door/generated/door";
import { exactShape, nearest } from "./names";

const SHAPE: NameShape = { path: "M0 0h1v1z", width: 3000, height: 1000, baseline: 880, missing: [] };
const named = (name: string, shape: NameShape | null) => ({ name, shape }) as PersonView;

const RARE = "見本邉\u{E010E}　花子";

test("a name with a chosen shape is drawn as the household has it", () => {
  expect(exactShape(RARE, [named("見本　太郎", SHAPE), named(RARE, SHAPE)])).toBe(SHAPE);
  expect(exactShape("見本\uE000　花子", [named("見本\uE000　花子", SHAPE)])).toBe(SHAPE);
});

test("a plain name stays text, which can be selected and read aloud as it is", () => {
  expect(exactShape("見本　太郎", [named("見本　太郎", SHAPE)])).toBeNull();
  expect(nearest("見本　太郎")).toBe("見本　太郎");
});

test("a shape that no font has, or of somebody unknown, becomes the nearest text and never a box", () => {
  expect(exactShape(RARE, [named(RARE, { ...SHAPE, missing: ["U+9089 U+E010E"] })])).toBeNull();
  expect(exactShape(RARE, [named(RARE, null)])).toBeNull();
  expect(exactShape(RARE, [])).toBeNull();
  expect(nearest(RARE)).toBe("見本邉　花子");
});
