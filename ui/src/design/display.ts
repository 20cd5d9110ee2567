/**
 * How a window is drawn for whoever sits before it: text size, contrast, furigana, and how large a millimetre is.
 * Kept by Rust with the case, never by the page.
 */

/** Black on white, white on black, the colours of the design system, and one for eyes that light hurts. */
export const CONTRASTS = ["medium", "black-on-white", "white-on-black", "low"] as const;
export type Contrast = (typeof CONTRASTS)[number];

/** Steps of text size on the resident's window, by the height of capitals: 3.9, 5.0, 6.5 and 8.6 mm. */
export const SIZES = [1, 2, 3, 4] as const;

export interface Display {
  /** A step of `SIZES`; the staff window has the first two. */
  size: number;
  /** One of `CONTRASTS`; anything else is drawn as the first. */
  contrast: string;
  /** Readings above kanji. */
  furigana: boolean;
  /** CSS pixels to a millimetre; 0 where the display does not say. */
  pixels_per_mm: number;
}

/** What a display can be: below and above, the figure of the system is a fault (projectors say 0 mm). */
const [COARSEST, FINEST] = [2, 12];

/** Draws the window so. Through the object model, because the security policy forbids style attributes in the page. */
export function applyDisplay(root: HTMLElement, display: Display) {
  root.dataset["size"] = String(display.size);
  root.dataset["contrast"] = display.contrast;
  root.dataset["furigana"] = display.furigana ? "on" : "off";
  const known = display.pixels_per_mm >= COARSEST && display.pixels_per_mm <= FINEST;
  if (known) root.style.setProperty("--mm", `${display.pixels_per_mm}px`);
  else root.style.removeProperty("--mm");
}
