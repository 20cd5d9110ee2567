import { expect, test } from "vitest";
import type { IdentityView } from "../../door/generated/door";
import { onlyCertificates, suggestedIdentity } from "./only";

const visit = (id: string, also: string[] = []) => ({
  event: { id, text: "" },
  also_events: also.map((other) => ({ id: other, text: "" })),
});

test("the shorter way is for certificates alone, never for certificates beside something else", () => {
  expect(onlyCertificates(visit("shomei"))).toBe(true);
  expect(onlyCertificates(visit("shomei", ["inkan"]))).toBe(false);
  expect(onlyCertificates(visit("tennyu", ["shomei"]))).toBe(false);
});

const identity: IdentityView = {
  checked: null,
  offered: [],
  visitors: [{ id: "self", text: "本人" }],
  suggested: ["mynumber-card"],
  suggested_person: "p1",
  cards_read: ["p1"],
  proxy_for: ["agent"],
};

test("what the card suggests is offered, and only that", () => {
  expect(suggestedIdentity({ identity })).toMatchObject({
    visitor: "self",
    person: "p1",
    documents: ["mynumber-card"],
    valid_cards: ["p1"],
  });
  expect(suggestedIdentity({ identity: { ...identity, suggested: [] } })).toBeNull();
  expect(suggestedIdentity({ identity: { ...identity, visitors: [] } })).toBeNull();
  expect(suggestedIdentity({ identity: { ...identity, proxy_for: ["self"] } })).toBeNull();
  const checked = {
    visitor: "本人",
    documents: [],
    proxy_letter: null,
    by: "見本 太郎",
    at: "2026-11-20 10:00",
  };
  expect(suggestedIdentity({ identity: { ...identity, checked } })).toBeNull();
});
