/**
 * How a window is drawn for whoever sits before it: text size, contrast, furigana, and how large a millimetre is.
 * Kept by Rust with the case, never by the page.
 */
import type { DisplayView } from "../door/generated/door";

/** Black on white, white on black, softer, and one for eyes that light hurts. */
export const CONTRASTS = ["standard", "inverted", "medium", "low"] as const;
export type Contrast = (typeof CONTRASTS)[number];

/** Steps of text size on the resident's window, by the height of capitals: 3.9, 5.0, 6.5 and 8.6 mm. */
export const SIZES = [1, 2, 3, 4] as const;

/** The staff window's: 3.2 and 4.0 mm. */
export const STAFF_SIZES = [1, 2] as const;

/** What a display can be: below and above, the figure of the system is a fault (projectors say 0 mm). */
const [COARSEST, FINEST] = [2, 12];

/**
 * Draws the window so. Through the object model, because the security policy forbids style attributes in the page.
 * Easy Japanese always has readings.
 */
export function applyDisplay(root: HTMLElement, display: DisplayView, lang: string) {
  root.dataset["size"] = String(display.size);
  root.dataset["contrast"] = display.contrast;
  root.dataset["furigana"] = display.furigana || lang === "ja-x-easy" ? "on" : "off";
  const known = display.pixels_per_mm >= COARSEST && display.pixels_per_mm <= FINEST;
  if (known) root.style.setProperty("--mm", `${display.pixels_per_mm}px`);
  else root.style.removeProperty("--mm");
}
