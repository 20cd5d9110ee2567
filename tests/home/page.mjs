// The page at home in a real Chromium: a plain server for its folder, and a hand that fills it in.
//   const home = await startHome(folder);  const page = await home.open("vi");
//   await page.answer({ event: "tennyu", … });  const codes = await page.codes();
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(fileURLToPath(new URL("../../ui/package.json", import.meta.url)));
const { chromium } = require("playwright-core");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".png": "image/png",
};

/** Nothing of this browser is anybody's, and it reaches nothing but the page. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The most screens that any household goes through. */
const MANY = 400;

/** The era of a day and its year in it, as people count them. */
export function eraOf(day) {
  const [, era, before] = [
    ["2019-05-01", "reiwa", 2018],
    ["1989-01-08", "heisei", 1988],
    ["1926-12-25", "showa", 1925],
  ].find(([first]) => day >= first);
  return [era, Number(day.slice(0, 4)) - before];
}

/** A plain static server: what a municipality's web server does with the folder, with `packed` files where it can. */
async function serve(folder, packed) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    requests.push(path);
    try {
      if (!(await stat(file)).isFile()) throw new Error("no file");
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      const head = { "content-type": type, ...(packed ? { "content-encoding": "br" } : {}) };
      const body = await readFile(packed ? `${file}.br` : file);
      response.writeHead(200, head).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    server,
    requests,
    url: `http://127.0.0.1:${server.address().port}/`,
  };
}

/**
 * A browser and a server for a built folder.
 * @param {string} folder what `kakanai prefill page` made
 * @param {{executable?: string, packed?: boolean}} options `packed`: the server sends brotli
 */
export async function startHome(
  folder,
  { executable = process.env.CHROMIUM ?? "/usr/bin/chromium", packed = false } = {},
) {
  const site = await serve(folder, packed);
  const browser = await chromium.launch({
    executablePath: executable,
    args: FLAGS,
  });
  return {
    url: site.url,
    browser,
    /** Paths that the page asked for. */
    requests: site.requests,
    /** Cuts the network: nothing is served any more. */
    cut: () => new Promise((done) => site.server.close(done).closeAllConnections()),
    /**
     * A fresh page in a language, on the screen that tells whom it is for.
     * @param {string | null} lang null leaves it on the choice of languages
     * @param options `prepare` is called with the page before it goes anywhere; the rest is for Playwright
     */
    async open(lang = "ja", { width = 360, height = 740, url = site.url, prepare, ...rest } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        acceptDownloads: true,
        ...rest,
      });
      const page = await context.newPage();
      const faults = [];
      page.on("pageerror", (error) => faults.push(error));
      page.on("console", (line) => {
        if (line.type() === "error" && !line.text().includes("sw.js")) faults.push(new Error(line.text()));
      });
      await prepare?.(page);
      await page.goto(url);
      const home = new HomePage(page, faults);
      if (lang !== null) {
        await home.by(`lang-${lang}`).click();
        await home.by("page.start.go").waitFor();
      }
      return home;
    },
    async stop() {
      await browser.close();
      site.server.close();
    },
  };
}

/** The page as a resident handles it. Answers are those of a facts file. */
export class HomePage {
  constructor(page, faults) {
    this.page = page;
    /** Errors of the page itself; there must be none. */
    this.faults = faults;
    /** What was asked, as `fact` or `fact of person place`, in order. */
    this.asked = [];
    /** Whether days are typed in eras. */
    this.eras = false;
  }

  by(id) {
    return this.page.getByTestId(id).first();
  }

  async press(id) {
    await this.by(id).click();
  }

  /** Which screen is there: `question`, `review`, … */
  screen() {
    return this.page.getByTestId("page").getAttribute("data-screen");
  }

  /** From the first screen to the first question. */
  async begin() {
    await this.press("page.start.go");
    await this.by("question").waitFor();
  }

  /** The question that is shown; `person` is the place of the person in the household, from 0. */
  async question() {
    const form = this.by("question");
    await form.waitFor();
    const read = (name) => form.getAttribute(`data-${name}`);
    const person = await read("person");
    return {
      id: await read("question"),
      fact: await read("fact"),
      person: person === "" ? null : Number(person.slice(1)) - 1,
      input: await read("input"),
      type: await read("type"),
      heading: await this.by("heading").innerText(),
    };
  }

  /** The question or the review that comes after something was pressed. */
  async settled(before) {
    await this.page.waitForFunction(
      (before) => {
        const form = document.querySelector("[data-testid=question]");
        const now =
          form === null
            ? document.querySelector("[data-testid=page]").dataset.screen
            : `${form.dataset.fact} ${form.dataset.person}`;
        return now !== before && (form !== null || now === "review");
      },
      before,
      { timeout: 20_000 },
    );
  }

  /** Gives the question that is shown its answer: a value of a facts file, `undefined` = "I don't know". */
  async give(question, value, people = []) {
    const before = `${question.fact} ${question.person === null ? "" : `p${question.person + 1}`}`;
    if (question.input === "people") await this.#name(people);
    else if (value === undefined) await this.press("page.unknown");
    else if (value === null) await this.press("page.counter");
    else {
      await this.fill(question, value);
      await this.press("page.next");
    }
    await this.settled(before);
  }

  /** Fills the form without sending it. */
  async fill(question, value) {
    switch (question.input) {
      case "one":
      case "many":
        for (const id of [value].flat())
          await this.by(`answer-${id === true ? "yes" : id === false ? "no" : id}`).check();
        break;
      case "day": {
        const [year, month, day] = value.split("-");
        const [calendar, counted] = this.eras ? eraOf(value) : ["western", year];
        await this.by("answer-calendar").selectOption(calendar);
        await this.by("answer-year").fill(String(counted));
        if (month === "00" || day === "00") await this.by("answer-partly").check();
        await this.by("answer-month").fill(month === "00" ? "" : String(Number(month)));
        await this.by("answer-day").fill(day === "00" ? "" : String(Number(day)));
        break;
      }
      default:
        await this.by("answer").fill(String(value));
    }
  }

  async #name(people) {
    for (const [place, person] of people.entries()) {
      if (place > 0) await this.press("page.people.add");
      await this.by(`person-${place + 1}`).fill(person.name);
    }
    await this.press("page.people.done");
  }

  /**
   * Answers everything that is asked from a facts file, until the review. What the file does not hold is not known.
   * @param {(question) => Promise<void>} [look] called at each question before it is answered
   */
  async answer(facts, look = async () => {}) {
    for (let turn = 0; turn < MANY; turn += 1) {
      if ((await this.screen()) === "review") return;
      const question = await this.question();
      await look(question);
      this.asked.push(question.person === null ? question.fact : `${question.fact} of ${question.person}`);
      const of = question.person === null ? facts.case : facts.people[question.person];
      const value = of?.[question.fact];
      await this.give(question, value?.value ?? value, facts.people);
    }
    throw new Error(`no end after ${MANY} questions: ${this.asked.slice(-5).join(", ")}`);
  }

  /** From the review to the result. */
  async goToResult() {
    await this.press("to-result");
    await this.by("to-codes").waitFor();
  }

  /** From the result to the codes: their digits, in order; with `shots` also each as it stands on the screen (PNG). */
  async codes({ shots = false } = {}) {
    if ((await this.screen()) !== "codes") await this.press("to-codes");
    await this.by("shown").waitFor();
    const parts = Number(await this.by("codes").getAttribute("data-parts"));
    const found = [];
    for (let part = 0; part < parts; part += 1) {
      const shown = this.by("shown");
      const text = await shown.getAttribute("data-text");
      found.push({ text, ...(shots ? { png: await shown.screenshot() } : {}) });
      if (part + 1 < parts) await this.press("page.codes.next");
    }
    return found;
  }

  /** The sheet as it would be printed (PDF). */
  paper() {
    return this.page.pdf({ preferCSSPageSize: true, printBackground: true });
  }

  /** What axe finds on the screen as it is. */
  async axe() {
    const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
    await this.page.evaluate(source);
    return this.page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await window.axe.run(document, {
        runOnly: { type: "tag", values: tags },
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      );
    });
  }
}
