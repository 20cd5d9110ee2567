// A WebDriver session over both windows of the app (W3C WebDriver, spoken by tauri-driver).
import { setTimeout as pause } from "node:timers/promises";

/** Keys by name, as WebDriver writes them. */
const KEYS = {
  Tab: "\uE004",
  Enter: "\uE007",
  Escape: "\uE00C",
  Home: "\uE011",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
};
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** How long to wait for something to appear, in ms; generous for a busy machine. */
export const PATIENCE_MS = 40_000;

/** Calls `look` until it gives something true. */
export async function until(what, look, patienceMs = PATIENCE_MS) {
  const end = Date.now() + patienceMs;
  let last;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(`waited ${patienceMs} ms for: ${what}`, { cause: last });
}

export class Driver {
  #base;
  #session;
  #handles = {};
  #current;

  /** Starts the app through the driver at `port` and finds both windows. */
  static async start(port, application) {
    const driver = new Driver();
    driver.#base = `http://127.0.0.1:${port}`;
    const started = await driver.#call("POST", "/session", {
      capabilities: { alwaysMatch: { "tauri:options": { application } } },
    });
    driver.#session = `/session/${started.sessionId}`;
    await until("both windows", () => driver.#findWindows());
    return driver;
  }

  /** Finds the two windows; not while old ones still stand beside new ones. */
  async #findWindows() {
    const handles = await this.#ask("/window/handles");
    if (handles.length !== 2) return false;
    const found = {};
    for (const handle of handles) {
      await this.#tell("/window", { handle });
      const page = new URL(await this.#ask("/url")).pathname;
      if (page.includes("staff")) found.staff = handle;
      if (page.includes("resident")) found.resident = handle;
    }
    if (!found.staff || !found.resident) return false;
    this.#handles = found;
    return true;
  }

  /** Runs what makes the app build both windows anew and waits for the new ones; turns to the window it was in. */
  async renewed(work) {
    const old = Object.values(this.#handles);
    await work();
    await until("new windows", async () => {
      const now = await this.#ask("/window/handles");
      return now.length === 2 && !now.some((handle) => old.includes(handle));
    });
    await this.find();
  }

  /** Finds both windows again and turns to the one it was in. */
  async find() {
    await until("both windows", () => this.#findWindows());
    if (this.#current) await this.window(this.#current);
  }

  async #call(method, path, body) {
    const answer = await fetch(this.#base + path, {
      method,
      headers: { "content-type": "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  }

  #ask = (path) => this.#call("GET", this.#session + path);
  #tell = (path, body) => this.#call("POST", this.#session + path, body);

  /** What is said to a window that the app has replaced meanwhile is said to the new one. */
  async #here(call) {
    try {
      return await call();
    } catch (error) {
      if (!error.message.startsWith("no such window")) throw error;
      await this.find();
      return call();
    }
  }

  #get = (path) => this.#here(() => this.#ask(path));
  #post = (path, body) => this.#here(() => this.#tell(path, body));

  /** Turns to the window `staff` or `resident`. */
  window = (name) => {
    this.#current = name;
    return this.#here(() => this.#tell("/window", { handle: this.#handles[name] }));
  };

  url = () => this.#get("/url");
  size = (width, height) => this.#post("/window/rect", { width, height });
  script = (script, ...args) => this.#post("/execute/sync", { script, args });
  asyncScript = (script, ...args) => this.#post("/execute/async", { script, args });

  async #element(testid) {
    const found = await this.#post("/element", { using: "css selector", value: `[data-testid="${testid}"]` });
    return found[ELEMENT];
  }

  /** Whether the element is there at this moment. */
  has = (testid) =>
    this.#element(testid).then(
      () => true,
      () => false,
    );

  /** Waits until the element is there. */
  see = (testid) => until(`[${testid}]`, () => this.#element(testid));

  async click(testid) {
    await until(`a click on [${testid}]`, async () => {
      const element = await this.#element(testid);
      if (!(await this.#get(`/element/${element}/enabled`))) return false;
      // A button of ours that is at work keeps the focus and says so here.
      if ((await this.#get(`/element/${element}/attribute/aria-disabled`)) === "true") return false;
      // What lies above the window is scrolled to by the driver up to its edge only, and then not pressed.
      await this.script(`arguments[0].scrollIntoViewIfNeeded(true)`, { [ELEMENT]: element });
      await this.#post(`/element/${element}/click`);
      return true;
    });
  }

  async type(testid, text) {
    const element = await this.see(testid);
    await this.#post(`/element/${element}/clear`);
    await this.#post(`/element/${element}/value`, { text });
  }

  /** Sends the form that has the focus, with Ctrl and Enter. */
  send() {
    const keys = [
      ["keyDown", "\uE009"],
      ["keyDown", "\uE007"],
      ["keyUp", "\uE007"],
      ["keyUp", "\uE009"],
    ];
    const actions = keys.map(([type, value]) => ({ type, value }));
    return this.#post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Presses a key where the focus is. */
  press = (key) => this.pressAll([key]);

  /** Presses keys one after the other. */
  pressAll(keys) {
    const actions = keys.flatMap((key) =>
      ["keyDown", "keyUp"].map((type) => ({ type, value: KEYS[key] ?? key })),
    );
    return this.#post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Gives a file to a file field. */
  async give(testid, file) {
    await this.#post(`/element/${await this.see(testid)}/value`, { text: file });
  }

  text = async (testid) => this.#get(`/element/${await this.see(testid)}/text`);
  attribute = async (testid, name) => this.#get(`/element/${await this.see(testid)}/attribute/${name}`);

  /** Picks an option of a select. */
  async choose(testid, value) {
    await this.see(testid);
    await this.script(
      `const select = document.querySelector('[data-testid="' + arguments[0] + '"]');
       select.value = arguments[1];
       select.dispatchEvent(new Event("input", { bubbles: true }));
       select.dispatchEvent(new Event("change", { bubbles: true }));`,
      testid,
      value,
    );
  }

  /**
   * WebKit's door for the driver keeps the last messages in one buffer of the app, and what was typed through it
   * with them: a message longer than any before overwrites it. No other program has that door.
   */
  overwriteMessages = () => this.script(`return "${" ".repeat(1 << 20)}".length`);

  async stop() {
    await this.#call("DELETE", this.#session).catch(() => undefined);
  }
}
