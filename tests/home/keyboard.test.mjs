// The page without a mouse, with text of twice the size, and for whom motion makes dizzy.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { startHome } from "./page.mjs";
import { SHARED, factsOf } from "./programs.mjs";

/** The most steps from the heading to anything on a screen; the review of a household is long. */
const STEPS = 300;

const home = await startHome(join(SHARED, "site"));
after(() => home.stop());

const focused = (page) =>
  page.evaluate(() => {
    const { testid } = document.activeElement?.dataset ?? {};
    return testid ?? document.activeElement?.id ?? "";
  });

/** Goes on with the Tab key until something has the focus. */
async function tabTo(page, ids) {
  for (let step = 0; step < STEPS; step += 1) {
    if (ids.includes(await focused(page))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${ids.join(", ")} cannot be reached; the focus is on ${await focused(page)}`);
}

async function pressWithKeys({ page }, id, key = "Enter") {
  await tabTo(page, [id]);
  await page.keyboard.press(key);
}

const testids = (page, start) =>
  page.locator(`input[data-testid^="${start}"]`).evaluateAll((all) => all.map((each) => each.dataset.testid));

/** The hand that fills the page in, with keys only. */
const KEYS = {
  async one({ page }, value) {
    const all = await testids(page, "answer-");
    await tabTo(page, all);
    await page.keyboard.press("Space");
    const wanted = `answer-${value === true ? "yes" : value === false ? "no" : value}`;
    for (const _ of all) if ((await focused(page)) !== wanted) await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), wanted);
  },
  async many({ page }, value) {
    for (const id of value) {
      await tabTo(page, [`answer-${id}`]);
      await page.keyboard.press("Space");
    }
  },
  async day({ page }, value) {
    const [year, month, day] = value.split("-").map(Number);
    for (const [part, number] of Object.entries({ year, month, day })) {
      await tabTo(page, [`answer-${part}`]);
      await page.keyboard.type(String(number));
    }
  },
  async text({ page }, value) {
    await tabTo(page, ["answer"]);
    await page.keyboard.insertText(String(value));
  },
};
KEYS.address = KEYS.number = KEYS.text;

async function answerWithKeys(hand, question, facts) {
  const of = question.person === null ? facts.case : facts.people[question.person];
  const value = of?.[question.fact];
  if (question.input === "people") {
    for (const [place, { name }] of facts.people.entries()) {
      if (place > 0) await pressWithKeys(hand, "page.people.add");
      await tabTo(hand.page, [`person-${place + 1}`]);
      await hand.page.keyboard.insertText(name);
    }
    await pressWithKeys(hand, "page.people.done");
  } else if (value === undefined) await pressWithKeys(hand, "page.unknown", "Space");
  else {
    await KEYS[question.input](hand, value);
    await pressWithKeys(hand, "page.next");
  }
}

test("the keyboard alone goes from the first screen to the codes", async () => {
  const facts = factsOf("tennyu.json");
  const hand = await home.open(null, { width: 768, height: 1024 });
  const { page } = hand;
  await pressWithKeys(hand, "lang-ja");
  await hand.by("page.start.go").waitFor();
  await pressWithKeys(hand, "page.start.go");
  for (let before = ""; (await hand.screen()) !== "review";) {
    const question = await hand.question();
    const now = `${question.fact} ${question.person === null ? "" : `p${question.person + 1}`}`;
    assert.notEqual(now, before);
    assert.equal(await focused(page), "heading", `${now}: the heading has the focus`);
    await answerWithKeys(hand, question, facts);
    await hand.settled(now);
    before = now;
  }
  await pressWithKeys(hand, "to-result");
  await hand.by("to-codes").waitFor();
  await pressWithKeys(hand, "to-codes");
  await hand.by("shown").waitFor();
  assert.equal(await focused(page), "heading");
  assert.deepEqual(hand.faults.map(String), []);
});

test("text of twice the size fits, and the whole page enlarged four times", async () => {
  const hand = await home.open("ja", { width: 640, height: 800 });
  const { page } = hand;
  const fits = async (name) => {
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    assert.ok(scrollWidth <= clientWidth, `${name}: ${scrollWidth} of ${clientWidth} pixels`);
  };
  const enlarge = (size) => page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
  await enlarge("200%");
  await fits("start");
  await hand.begin();
  const seen = new Set();
  await hand.answer(factsOf("tennyu.json"), async ({ input, fact }) => {
    if (seen.has(input)) return;
    seen.add(input);
    await fits(fact);
  });
  await fits("review");
  await hand.goToResult();
  await fits("result");
  await hand.codes();
  await fits("codes");
  // 1280 pixels enlarged four times are 320, without enlarged text.
  await enlarge("");
  await page.setViewportSize({ width: 320, height: 256 });
  await fits("codes, four times");
});

test("who wants no motion sees none", async () => {
  const hand = await home.open("ja", { reducedMotion: "reduce" });
  await hand.begin();
  const moving = await hand.page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((each) => {
        const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(each);
        const seconds = `${transitionDuration},${animationDuration}`.split(",").map(Number.parseFloat);
        return Math.max(...seconds) > 0.01 || scrollBehavior === "smooth";
      })
      .map((each) => each.outerHTML.slice(0, 100)),
  );
  assert.deepEqual(moving, []);
});
