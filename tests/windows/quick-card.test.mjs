// The quick card is followed literally on the real windows: buttons are found by the words that stand on them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { until } from "./driver.mjs";
import { BY_WORDS, STANDS, shown, steps } from "./quick-card.mjs";
import { benchWith, cardOf, picture, withClerk } from "./stories/scene.mjs";

let bench;
before(async () => {
  bench = await benchWith();
});
after(async () => {
  await bench?.stop();
});

/** The test id of what has these words on it, once it is there. */
const named = (driver, words, kind) => until(`「${words}」`, () => driver.script(BY_WORDS, words, kind));

async function follow(driver, action) {
  if (action.window !== undefined) await driver.window(action.window);
  switch (action.kind) {
    case "lay":
      return bench.devices(`card insert ${cardOf("single")}`);
    case "press":
      for (const words of action.words) await driver.click(await named(driver, words, "button"));
      return undefined;
    case "type":
      return driver.type(await named(driver, action.field, "field"), action.value);
    case "key":
      return driver.press(action.key);
    case "wait":
      return until(`「${action.words[0]}」 to stand there`, () => driver.script(STANDS, action.words[0]));
    default:
      throw new Error(action.kind);
  }
}

test("the quick card, followed word by word, takes a visit from the first key to the end", async () => {
  const card = steps();
  const pictures = shown();
  assert.deepEqual(
    card.map(({ number }) => number),
    card.map((_, index) => index + 1),
  );
  assert.ok(
    card.every(({ actions }) => actions.length > 0),
    "every step says what to do",
  );
  await withClerk(bench, async (_clerk, driver) => {
    for (const { number, actions } of card) {
      for (const [index, action] of actions.entries()) {
        try {
          await follow(driver, action);
        } catch (error) {
          throw new Error(`step ${number}, ${index + 1}: ${JSON.stringify(action)}`, { cause: error });
        }
      }
      if (pictures.has(`quick-${number}`)) await picture(bench, "staff", `quick-${number}`);
    }
    await driver.window("staff");
    await driver.see("start-heading");
    assert.match(await driver.text("cases"), /終了/);
  });
  assert.ok(bench.received().length > 0, "papers came out");
});
