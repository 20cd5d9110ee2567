/** Where focus goes: to the heading of a screen that has just appeared, so that it is spoken. */
import type { Attachment } from "svelte/attachments";

/** Gives an element focus when it appears. */
export const takeFocus: Attachment<HTMLElement> = (element) => {
  element.focus();
};

/**
 * WebKit keeps Tab on a summary that was clicked; focus that left it for a moment goes on. Gives what ends the help.
 */
export function freeSummaries(page: Document): () => void {
  const free = ({ target }: Event) => {
    const summary = target instanceof Element ? target.closest("summary") : null;
    if (summary === null || page.activeElement !== summary) return;
    summary.blur();
    summary.focus();
  };
  page.addEventListener("click", free);
  return () => {
    page.removeEventListener("click", free);
  };
}

/** Closes what was opened over the page once focus goes on to what may lie below it. */
export function closeBehind({
  currentTarget,
  relatedTarget,
}: FocusEvent & { currentTarget: HTMLDetailsElement }) {
  if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
}
