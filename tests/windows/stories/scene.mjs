// What every story begins with: a bench of its own, the app, a clerk who has signed in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Bench, ROOT } from "../bench.mjs";
import { until } from "../driver.mjs";
import { Clerk } from "./clerk.mjs";

const PERSONAS = join(ROOT, "tests/windows/stories/personas");
export const cardOf = (name) => join(PERSONAS, `${name}.json`);
export const persona = (name) => JSON.parse(readFileSync(cardOf(name), "utf8"));
const PICTURES = process.env.KAKANAI_PICTURES;

/** Runs a story in an app of its own, started with `options`; the devices stay. */
export async function withApp(bench, story, options) {
  const driver = await bench.app(options);
  try {
    await story(new Clerk(driver, bench), driver);
  } finally {
    await driver.stop();
    await until("the app to be gone", () => bench.appProcesses().length === 0);
  }
}

/** The same with a clerk who has signed in. */
export const withClerk = (bench, story) =>
  withApp(bench, async (clerk, driver) => {
    await clerk.signIn();
    await story(clerk, driver);
  });

/** A bench whose reader holds the card of `name`, or none. */
export async function benchWith(name) {
  const bench = await Bench.start();
  if (name === undefined) await bench.devices("card remove");
  else await bench.devices(`card insert ${cardOf(name)}`);
  return bench;
}

/** Keeps a picture where the caller wants them. */
export async function picture(bench, window, name) {
  if (PICTURES === undefined) return;
  // Nothing says when the display has drawn the last change of a page.
  await pause(400);
  bench.picture(window, join(PICTURES, `${name}.png`));
}
