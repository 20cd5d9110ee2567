/** Keys that work anywhere on a screen, and never while somebody types or composes Japanese. */

const TYPED_INTO = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

/** Whether a key press belongs to a field, to the input method, or to an open dialog. */
export function belongsToField(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented) return true;
  if (document.querySelector("dialog[open]") !== null) return true;
  return event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
}

/** Whether Enter would press what has focus. */
export function pressesFocused(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("button, a, summary") !== null;
}
