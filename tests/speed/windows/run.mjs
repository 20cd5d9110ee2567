// The table of the windows in docs/benchmarks.md: first paint, answer here → change there, a staff action, memory.
// KAKANAI_APP names the program: an optimised one needs the feature `automation`. Nothing is asserted by time.
import { chmodSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { APP, Bench } from "../../windows/bench.mjs";
import { Clerk } from "../../windows/stories/clerk.mjs";

const STARTS = 5;
const ROUNDS = 100;
/** Rounds across the windows: both pages draw themselves anew each time. */
const ACROSS = 40;
/** Memory is measured when nothing has happened for so long, ms: what the last action freed has gone back by then. */
const QUIET = 2000;

const quiet = () => new Promise((next) => setTimeout(next, QUIET));

const sorted = (values) => [...values].sort((one, other) => one - other);
const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
const middle = (values) =>
  `${at(values, 0.5).toFixed(0)} (${at(values, 0).toFixed(0)}-${at(values, 1).toFixed(0)})`;
const spread = (values) => `${at(values, 0.5).toFixed(1)} / ${at(values, 0.95).toFixed(1)}`;

/** Starts the app and notes the moment, in ms since 1970. */
function starter(bench) {
  const [start, moment] = [join(bench.folder, "start.sh"), join(bench.folder, "started")];
  writeFileSync(start, `#!/bin/sh\ndate +%s%N >'${moment}'\nexec '${APP}'\n`);
  chmodSync(start, 0o755);
  return { start, moment: () => Number(readFileSync(moment, "utf8")) / 1e6 };
}

/** From the start of the program to the first paint with content of each window, in ms. */
async function firstPaint(bench, driver, started) {
  const painted = {};
  for (const window of ["staff", "resident"]) {
    await driver.window(window);
    const found = await driver.asyncScript(`
      const done = arguments[0];
      const look = () => {
        const paint = performance.getEntriesByName("first-contentful-paint")[0];
        if (paint) done(performance.timeOrigin + paint.startTime);
        else setTimeout(look, 20);
      };
      look();`);
    painted[window] = found - started;
  }
  return painted;
}

/** Proportional memory of the app and its web processes, MiB, by kind. */
function memory(bench) {
  const kinds = {};
  for (const pid of bench.appProcesses()) {
    const kind = readlinkSync(`/proc/${pid}/exe`).split("/").at(-1);
    const pss = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]) / 1024;
    kinds[kind] = (kinds[kind] ?? 0) + pss;
  }
  return { ...kinds, all: Object.values(kinds).reduce((sum, one) => sum + one, 0) };
}

/** Milliseconds of a command from the staff page and back, `ROUNDS` times over the given calls in turn. */
const roundTrips = (driver, calls) =>
  driver.asyncScript(
    `const [calls, rounds, done] = arguments;
     (async () => {
       const times = [];
       for (let round = 0; round < rounds; round += 1) {
         const [command, input] = calls[round % calls.length];
         const start = performance.now();
         await window.__TAURI_INTERNALS__.invoke(command, input);
         times.push(performance.now() - start);
       }
       return times;
     })().then(done, (error) => done({ error }));`,
    calls,
    ROUNDS,
  );

/** Notes when a page changes; the clock is the machine's. */
const WATCH = `
  window.changes = [];
  new MutationObserver(() => window.changes.push(performance.timeOrigin + performance.now()))
    .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  return true;`;

/** From the command in one page to the first change of the other one, ms. */
async function acrossWindows(driver, here, there, calls) {
  await driver.window(there);
  await driver.script(WATCH);
  await driver.window(here);
  const asked = await driver.asyncScript(
    `const [calls, rounds, done] = arguments;
     (async () => {
       const times = [];
       for (let round = 0; round < rounds; round += 1) {
         const [command, input] = calls[round % calls.length];
         times.push(performance.timeOrigin + performance.now());
         await window.__TAURI_INTERNALS__.invoke(command, input);
         await new Promise((next) => setTimeout(next, 60));
       }
       return times;
     })().then(done, (error) => done({ error }));`,
    calls,
    ACROSS,
  );
  if (!Array.isArray(asked)) throw new Error(JSON.stringify(asked));
  await driver.window(there);
  const changes = await driver.script("return window.changes");
  return asked
    .map((moment, index) => {
      const change = changes.find((one) => one >= moment);
      return change !== undefined && change < (asked[index + 1] ?? Infinity) ? change - moment : undefined;
    })
    .filter((time) => time !== undefined);
}

async function measure() {
  const bench = await Bench.start({ displays: 2 });
  const { start, moment } = starter(bench);
  const paint = { staff: [], resident: [] };
  try {
    for (let count = 0; count < STARTS; count += 1) {
      const driver = await bench.app({ by: start });
      const painted = await firstPaint(bench, driver, moment());
      for (const window of ["staff", "resident"]) paint[window].push(painted[window]);
      await driver.stop();
    }
    const driver = await bench.app({ by: start });
    await driver.window("staff");
    await driver.see("signin-heading");
    await quiet();
    const idle = memory(bench);
    const clerk = new Clerk(driver, bench);
    await clerk.signIn();
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    await quiet();
    const inCase = memory(bench);
    const view = await roundTrips(driver, [["staff_view", {}]]);
    const input = (value) => ({ input: { fact: "phone", person: null, value, said: null } });
    const answer = await roundTrips(driver, [
      ["staff_answer", input("000-0000-0000")],
      ["staff_undo", {}],
    ]);
    const languages = (command) => [
      [command, { lang: "vi" }],
      [command, { lang: "ja" }],
    ];
    const toResident = await acrossWindows(driver, "staff", "resident", languages("staff_lang"));
    const toStaff = await acrossWindows(driver, "resident", "staff", languages("resident_lang"));
    await driver.stop();
    return { paint, idle, inCase, view, answer, toResident, toStaff };
  } finally {
    await bench.stop();
  }
}

const load = () => loadavg()[0].toFixed(1);
const before = load();
const found = await measure();
const row = (label, of) => console.log(`| ${label} | ${of(found)} |`);
const mib = (kinds) =>
  `${kinds.all.toFixed(0)} (${Object.entries(kinds)
    .filter(([kind]) => kind !== "all")
    .map(([kind, size]) => `${kind} ${size.toFixed(0)}`)
    .join(", ")})`;
console.log(
  `program: ${APP.includes("/release/") ? "release" : "debug"}; load ${before} before, ${load()} after`,
);
console.log("| | |\n|---|---:|");
row(`start → first paint, staff, ms: median (range) of ${STARTS}`, ({ paint }) => middle(paint.staff));
row(`start → first paint, resident, ms`, ({ paint }) => middle(paint.resident));
row(`staff window's view, ms: median / 95 % of ${ROUNDS}`, ({ view }) => spread(view));
row("an answer kept and its view, and taken back, ms", ({ answer }) => spread(answer));
row(
  "the clerk chooses a language → the resident's window changes, ms",
  ({ toResident }) => `${spread(toResident)} (${toResident.length})`,
);
row(
  "the resident chooses one → the staff window changes, ms",
  ({ toStaff }) => `${spread(toStaff)} (${toStaff.length})`,
);
row("memory (PSS) of everything at the sign-in, MiB", ({ idle }) => mib(idle));
row("memory (PSS) in a case, MiB", ({ inCase }) => mib(inCase));
