/** Keys that work anywhere on a screen, and never while somebody types or composes Japanese. */

const TYPED_INTO = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
/** Some input methods report the key that ends a composition as a key of its own, right after it. */
const AFTER_COMPOSING = 50;

let composed = Number.NEGATIVE_INFINITY;

/** Remembers when the input method was last at work. Gives the way to stop. */
export function watchComposing(page: Window): () => void {
  const ended = (event: Event) => (composed = event.timeStamp);
  page.addEventListener("compositionend", ended, { capture: true });
  return () => page.removeEventListener("compositionend", ended, { capture: true });
}

/** Whether a key press belongs to the input method: it converts or commits, and never answers. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === "Process" || event.timeStamp - composed < AFTER_COMPOSING;
}

/** Whether an open dialog has the keys. */
export const dialogIsOpen = () => document.querySelector("dialog[open]") !== null;

/** Whether a key press is meant for the text that somebody is typing. */
export const isTyping = (event: KeyboardEvent) =>
  event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;

/** Whether a key press belongs to a field, to the input method, or to an open dialog. */
export function belongsToField(event: KeyboardEvent): boolean {
  return event.defaultPrevented || isComposing(event) || dialogIsOpen() || isTyping(event);
}

/** Whether Enter would press what has focus. */
export function pressesFocused(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("button, a, summary") !== null;
}
