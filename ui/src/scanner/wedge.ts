/**
 * The guard against scanners that type like a keyboard (キーボード型のスキャナー): what one of them types is taken
 * out of the stream of keys before any field, shortcut or input method sees it.
 *
 * A burst is recognised by the keys' places on the keyboard, not by what they would write: an active input method
 * reports every key as `Process`, and a layout moves signs but not the digits. It begins with the mark of our codes.
 * Until the mark is complete its digits are held back from shortcuts, and given back if they were a person's; a field
 * gets them at once, so that nobody waits while typing, and loses them again when they turn out to be a code's.
 */

/** The mark at the start of every code. */
export const MARK = "46491";
/** Longest pause within a burst, in milliseconds. Nobody types five digits faster than this. */
const GAP = 100;
/** Silence after which a burst is over, for scanners that send no Enter. */
const SILENCE = 300;
/** The longest text that a code can hold. */
const LENGTH_MAX = 2953;

const DIGIT = /^(?:Digit|Numpad)([0-9])$/;
const ENDS = ["Enter", "NumpadEnter", "Tab"];

/** What a key press is, as far as the guard looks at it. */
export interface Key {
  code: string;
  /** When, in milliseconds of any clock that does not jump. */
  at: number;
  /** Held with Ctrl, Alt or Meta: a shortcut, or a code that presses keys on purpose. */
  chord: boolean;
  /** Repeated because it is held down: a person's key. */
  repeat: boolean;
}

/** What becomes of a key press. */
export type Verdict =
  /** Not ours: it goes its way. */
  | { kind: "pass" }
  /** Taken out of the stream. */
  | { kind: "swallow" }
  /** Taken, and with it the text of a code is complete. */
  | { kind: "text"; text: string };

/** Watches one stream of keys. Pure but for the times that come with the keys. */
export class Wedge {
  #digits = "";
  #last = Number.NEGATIVE_INFINITY;

  /** How many of the last keys are a mark's beginning, or a code. */
  get begun(): number {
    return this.#digits.length;
  }

  /** Whether a code is being typed at this moment. */
  get reading(): boolean {
    return this.#digits.length >= MARK.length;
  }

  /** Looks at one key press. */
  key({ code, at, chord, repeat }: Key): Verdict {
    const late = at - this.#last > (this.reading ? SILENCE : GAP);
    if (late) this.#digits = "";
    const digit = DIGIT.exec(code)?.[1];
    if (digit === undefined || chord || repeat) return this.#other(code);
    this.#last = at;
    let digits = this.#digits + digit;
    // A mark may begin with the last digits of something else: 446491, 4646491.
    while (!this.reading && !MARK.startsWith(digits)) digits = digits.slice(1);
    this.#digits = digits.slice(0, LENGTH_MAX + 1);
    return this.reading ? { kind: "swallow" } : { kind: "pass" };
  }

  /** The code that was being typed when the keys fell silent; `null` when there is none. */
  silence(at: number): string | null {
    return this.reading && at - this.#last >= SILENCE ? this.#take() : null;
  }

  #other(code: string): Verdict {
    if (!this.reading) {
      this.#digits = "";
      return { kind: "pass" };
    }
    if (ENDS.includes(code)) return { kind: "text", text: this.#take() };
    // A key in the middle of a code, pressed by the code or by an elbow: the code is spoilt, its rest stays ours.
    return { kind: "swallow" };
  }

  #take(): string {
    const text = this.#digits;
    this.#digits = "";
    this.#last = Number.NEGATIVE_INFINITY;
    return text;
  }
}

/**
 * Stands before everything else of a page: `ontext` is called with the digits of each code that was typed. Gives the
 * way to stop.
 */
export function guardWedge(page: Window, ontext: (text: string) => void): () => void {
  const wedge = new Wedge();
  const replayed = new WeakSet<Event>();
  let timer = 0;
  /** Digits that may begin a mark: held back, or on their way into a field, with what that held before. */
  let pending: { key: KeyboardEvent; field: { element: Typed; before: string } | null }[] = [];

  /** Gives the page all but the last `keep` digits: they were a person's. */
  function release(keep: number) {
    const keys = pending.slice(0, pending.length - keep);
    pending = pending.slice(keys.length);
    for (const { key, field } of keys) {
      if (field !== null) continue;
      const again = new KeyboardEvent("keydown", key);
      replayed.add(again);
      key.target?.dispatchEvent(again);
    }
  }

  /** Takes the mark's digits out of the field again, as if they had never come. */
  function restore() {
    const field = pending.find((each) => each.field !== null)?.field;
    pending = [];
    if (!field || field.element.value === field.before) return;
    field.element.value = field.before;
    field.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function after(silence: number, then: () => void) {
    page.clearTimeout(timer);
    timer = page.setTimeout(then, silence);
  }

  const onkeydown = (event: KeyboardEvent) => {
    if (replayed.has(event)) return;
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    const wasReading = wedge.reading;
    const { code, timeStamp: at, repeat } = event;
    const verdict = wedge.key({ code, at, chord, repeat });
    if (verdict.kind === "pass") {
      if (wedge.begun > 0) {
        const element = isTyped(event.target) ? event.target : null;
        if (element === null) take(event);
        pending.push({ key: event, field: element && { element, before: element.value } });
        after(GAP, () => release(0));
      }
      release(wedge.begun);
      return;
    }
    take(event);
    if (!wasReading) restore();
    if (verdict.kind === "text") {
      page.clearTimeout(timer);
      ontext(verdict.text);
      return;
    }
    after(SILENCE, () => {
      const text = wedge.silence(Number.POSITIVE_INFINITY);
      if (text !== null) ontext(text);
    });
  };

  page.addEventListener("keydown", onkeydown, { capture: true });
  return () => {
    page.clearTimeout(timer);
    page.removeEventListener("keydown", onkeydown, { capture: true });
  };
}

type Typed = HTMLInputElement | HTMLTextAreaElement;

function isTyped(target: EventTarget | null): target is Typed {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !["radio", "checkbox", "button"].includes(target.type))
  );
}

function take(event: Event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
