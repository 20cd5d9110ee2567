import { expect, test } from "vitest";
import { afterQuestions, onlyCertificates } from "./flow";

const visit = (id: string, also: string[] = []) => ({
  event: { id, text: "" },
  also_events: also.map((other) => ({ id: other, text: "" })),
});

test("certificates alone go from the questions to the printer; every other visit is checked first", () => {
  expect(afterQuestions(visit("shomei"))).toBe("print");
  expect(afterQuestions(visit("tennyu", ["shomei"]))).toBe("check");
  expect(onlyCertificates(visit("shomei", ["inkan"]))).toBe(false);
});
