import { expect, test } from "vitest";
import { placeOf, toggle } from "./choose";

test("none of these excludes the others, and they exclude it", () => {
  expect(toggle(["a", "b"], "none")).toEqual(["none"]);
  expect(toggle(["none"], "a")).toEqual(["a"]);
  expect(toggle(["a", "b"], "a")).toEqual(["b"]);
  expect(toggle(["none"], "none")).toEqual([]);
});

const key = (over: Partial<KeyboardEvent>) =>
  ({
    key: "1",
    repeat: false,
    isComposing: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    ...over,
  }) as KeyboardEvent;

test("a number key chooses, and rests while somebody composes or means something else", () => {
  expect(placeOf(key({ key: "1" }))).toBe(0);
  expect(placeOf(key({ key: "9" }))).toBe(8);
  for (const over of [{ key: "0" }, { key: "a" }, { isComposing: true }, { altKey: true }, { repeat: true }])
    expect(placeOf(key(over))).toBeNull();
});
