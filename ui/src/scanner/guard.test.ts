import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MARK, guardWedge } from "./wedge";

// As much of a page as the guard touches; no browser is needed for the order in which keys go their ways.
class Key extends Event {
  readonly code: string;
  readonly ctrlKey = false;
  readonly altKey = false;
  readonly metaKey = false;
  readonly repeat = false;
  constructor(type: string, { code = "" }: { code?: string }) {
    super(type, { bubbles: true, cancelable: true });
    this.code = code;
  }
}
class Input extends EventTarget {
  type = "text";
  value = "";
}

let page: EventTarget;
let texts: string[];
let shortcuts: string[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("KeyboardEvent", Key);
  vi.stubGlobal("HTMLInputElement", Input);
  vi.stubGlobal("HTMLTextAreaElement", class extends Input {});
  page = Object.assign(new EventTarget(), { setTimeout, clearTimeout });
  [texts, shortcuts] = [[], []];
  stop = guardWedge(page as Window, (text) => texts.push(text));
  page.addEventListener("keydown", (event) => shortcuts.push((event as unknown as Key).code.slice(-1)));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Presses digits fast, as a browser does: what is not prevented is written into the field that has the focus. */
function press(digits: string, field?: Input) {
  for (const digit of digits) {
    const key = new Key("keydown", { code: `Digit${digit}` });
    if (field) Object.defineProperty(key, "target", { value: field });
    page.dispatchEvent(key);
    if (field && !key.defaultPrevented) field.value += digit;
  }
}

describe("what a scanner types", () => {
  it.each(["", "4", "44", "46", "4649"])("leaves a field as it was behind a person's %j", (typed) => {
    const field = new Input();
    press(`${typed}${MARK}0123`, field);
    vi.advanceTimersByTime(300);
    expect(field.value).toBe(typed);
    expect(texts).toEqual([`${MARK}0123`]);
  });

  it.each(["", "4", "46"])("presses no shortcut but the person's %j before it", (typed) => {
    press(`${typed}${MARK}0123`);
    vi.advanceTimersByTime(300);
    expect(shortcuts.join("")).toBe(typed);
    expect(texts).toEqual([`${MARK}0123`]);
  });
});

describe("what a person types", () => {
  it.each(["4", "46", "4647", "1464", "4464"])("reaches the shortcuts in its order: %s", (typed) => {
    press(typed);
    vi.advanceTimersByTime(100);
    expect(shortcuts.join("")).toBe(typed);
  });
});
