/** Which part of the gallery is shown, and how: `#controls?window=staff&lang=vi&size=2&contrast=low&furigana=off`. */
import type { Display } from "../design/display";

export interface Place {
  part: string;
  window: string;
  lang: string;
  display: Display;
}

export function readPlace(hash: string): Place {
  const [part = "", query = ""] = hash.replace(/^#/, "").split("?");
  const asked = new URLSearchParams(query);
  return {
    part: part === "" ? "controls" : part,
    window: asked.get("window") ?? "staff",
    lang: asked.get("lang") ?? "ja",
    display: {
      size: Number(asked.get("size") ?? 2),
      contrast: asked.get("contrast") ?? "medium",
      furigana: asked.get("furigana") !== "off",
      pixels_per_mm: Number(asked.get("mm") ?? 0),
    },
  };
}
