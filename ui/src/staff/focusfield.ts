/** Where the focus goes within a form, so that whoever types never reaches for the mouse. */

import { tick } from "svelte";

const CONTROLS = "input, select, textarea";

/** Gives a field the focus: its text, or the chosen one of its choices, else the first. */
export function focusField(id: string) {
  const field = document.getElementById(id);
  if (field === null) return;
  const target = field.matches(CONTROLS)
    ? field
    : (field.querySelector<HTMLElement>("input:checked") ?? field.querySelector<HTMLElement>(CONTROLS));
  target?.focus();
  if (target instanceof HTMLInputElement && target.type === "text") target.select();
}

/** The first field of a form that is typed into. */
export const firstTyped = (form: Element) =>
  form.querySelector<HTMLElement>("input:not([type=radio]):not([type=checkbox]), select, textarea");

/** Gives the focus back to what was pressed, which may have been drawn anew meanwhile. */
export async function returnTo(testid: string) {
  await tick();
  document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.focus();
}
