import { expect, test } from "vitest";
import { onlyCertificates } from "./flow";

const visit = (id: string, also: string[] = []) => ({
  event: { id, text: "" },
  also_events: also.map((other) => ({ id: other, text: "" })),
});

test("the shorter way is for certificates alone, never for certificates beside something else", () => {
  expect(onlyCertificates(visit("shomei"))).toBe(true);
  expect(onlyCertificates(visit("shomei", ["inkan"]))).toBe(false);
  expect(onlyCertificates(visit("tennyu", ["shomei"]))).toBe(false);
});
