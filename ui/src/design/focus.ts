/** Where focus goes: to the heading of a screen that has just appeared, so that it is spoken. */
import type { Attachment } from "svelte/attachments";

/** Gives an element focus when it appears. */
export const takeFocus: Attachment<HTMLElement> = (element) => {
  element.focus();
};
