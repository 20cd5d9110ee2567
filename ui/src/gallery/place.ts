/**
 * What the gallery shows, and how: `#controls?size=2`, `#resident?screen=pin&lang=vi&size=4&contrast=low&furigana=off`.
 */
import type { DisplayView } from "../door/generated/door";

export interface Place {
  part: string;
  /** Which screen of the resident. */
  screen: string;
  window: string;
  lang: string;
  display: DisplayView;
}

export function readPlace(address: string): Place {
  const [part = "", query = ""] = address.split("?");
  const asked = new URLSearchParams(query);
  return {
    part: part === "" ? "controls" : part,
    screen: asked.get("screen") ?? "welcome",
    window: part === "resident" ? "resident" : "staff",
    lang: asked.get("lang") ?? "ja",
    display: {
      size: Number(asked.get("size") ?? (part === "resident" ? 2 : 1)),
      contrast: asked.get("contrast") ?? "standard",
      furigana: asked.get("furigana") !== "off",
      pixels_per_mm: Number(asked.get("mm") ?? 0),
    },
  };
}
