/** Choosing from a list by pointer or number key. */

/** The choice that excludes all others, wherever a pack offers it. */
export const NONE = "none";

/** Turns a choice of several on or off; "none of these" excludes the others, and they exclude it. */
export function toggle(chosen: readonly string[], choice: string): string[] {
  if (chosen.includes(choice)) return chosen.filter((other) => other !== choice);
  return choice === NONE ? [NONE] : [...chosen.filter((other) => other !== NONE), choice];
}

/** The index that a key of 1 to 9 means; `null` for any other key, and while somebody composes or holds it down. */
export function placeOf(event: KeyboardEvent): number | null {
  if (event.repeat || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return null;
  return /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
}
