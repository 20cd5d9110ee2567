// WCAG 2.2 AA on every screen in every language, on the narrowest screen (320 px): axe, size of what is touched,
// nothing to scroll sideways. The keyboard alone, enlarged text and reduced motion on one language.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { startHome } from "./page.mjs";
import { LANGS, SHARED, factsOf } from "./programs.mjs";

const NARROW = { width: 320, height: 640 };
/** Least width and height of what is touched, in CSS pixels. */
const TOUCH = 44;

const home = await startHome(join(SHARED, "site"));
after(() => home.stop());

/** A household with children and a foreign spouse. */
function family() {
  const facts = factsOf("family-77.json");
  facts.case.any_foreign = true;
  for (const [place, person] of facts.people.entries()) person.nationality = place === 1 ? "foreign" : "jp";
  return facts;
}

/** What is too small to be touched, and how far the page can be scrolled sideways. */
function measure({ page }) {
  return page.evaluate((least) => {
    const small = [];
    for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
      const isSmall = ["checkbox", "radio"].includes(each.type);
      const { width, height } = ((isSmall && each.closest("label")) || each).getBoundingClientRect();
      if (width > 0 && (width < least - 0.5 || height < least - 0.5))
        small.push(`${each.dataset.testid ?? each.id}: ${Math.round(width)}x${Math.round(height)}`);
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    return { small, wider: scrollWidth - clientWidth };
  }, TOUCH);
}

/** Looks at the screen that is there, and says which. */
async function look(hand, name) {
  assert.deepEqual(await hand.axe(), [], name);
  const { small, wider } = await measure(hand);
  assert.deepEqual(small, [], `${name}: too small to be touched`);
  assert.equal(wider, 0, `${name}: scrolls sideways`);
}

/** One of each kind of question, and its error. */
async function lookAtQuestions(hand, lang, kinds) {
  await hand.answer(family(), async (question) => {
    const name = `${lang}, ${question.fact}`;
    const focus = await hand.page.evaluate(() => document.activeElement?.id);
    assert.equal(focus, "heading", `${name}: the heading has the focus`);
    const isNew = !kinds.has(`${question.input} ${question.type}`);
    kinds.add(`${question.input} ${question.type}`);
    if (!isNew && lang !== "ja") return;
    await look(hand, name);
    if (!isNew) return;
    if (question.input === "people") {
      await hand.press("page.people.add");
      await hand.press("page.people.done");
    } else await hand.press("page.next");
    await hand.by("faults").waitFor();
    await look(hand, `${name}, unanswered`);
    if (question.input === "people") await hand.press("remove-2");
    if (question.input === "address") {
      await hand.by("postal").fill("1000005");
      await hand.press("page.postal.find");
      await hand.page.waitForFunction(
        () =>
          document.querySelector("[data-testid=answer]").value !== "" ||
          document.querySelector("#postal-town"),
      );
      await look(hand, `${name}, found by postal code`);
    }
    await hand.page
      .locator("summary")
      .first()
      .click()
      .catch(() => {});
    await look(hand, `${name}, why`);
  });
}

async function lookAtTheRest(hand, lang) {
  await look(hand, `${lang}, review`);
  await hand.page.locator("[data-testid^=change-]").first().click();
  await hand.by("question").waitFor();
  await look(hand, `${lang}, changing an answer`);
  await hand.press("page.back");
  await hand.by("review").waitFor();
  await hand.goToResult();
  await look(hand, `${lang}, result`);
  await hand.codes();
  await look(hand, `${lang}, codes`);
  await hand.press("page.save.heading");
  await look(hand, `${lang}, keeping`);
  await hand.press("page.save.file.make");
  await look(hand, `${lang}, pass phrase too short`);
  await hand.press("page.save.here");
  await look(hand, `${lang}, kept`);
  await hand.press("page.wipe");
  await look(hand, `${lang}, deleting`);
  await hand.press("page.wipe.yes");
  await hand.by("page.start.file").waitFor();
  await look(hand, `${lang}, deleted`);
  await hand.press("page.start.file");
  await look(hand, `${lang}, opening a file`);
  await hand.press("page.open.go");
  await look(hand, `${lang}, no file`);
}

test("the page is offered in all its languages", async () => {
  const hand = await home.open(null, NARROW);
  await look(hand, "choice of languages");
  const offered = await hand.page
    .getByTestId(/^lang-/)
    .evaluateAll((all) => all.map((each) => each.dataset.testid));
  assert.deepEqual(
    offered,
    LANGS.map((lang) => `lang-${lang}`),
  );
});

for (const lang of LANGS) {
  test(`no screen keeps anybody out: ${lang}`, async () => {
    const hand = await home.open(lang, NARROW);
    await look(hand, `${lang}, start`);
    await hand.begin();
    const kinds = new Set();
    await lookAtQuestions(hand, lang, kinds);
    await lookAtTheRest(hand, lang);
    for (const kind of ["one", "many", "day", "people", "address", "text"])
      assert.ok(
        [...kinds].some((seen) => seen.startsWith(kind)),
        `no question of the kind ${kind} was asked`,
      );
    assert.deepEqual(hand.faults.map(String), []);
    await hand.page.context().close();
  });
}
