/** What stands on the screens where nothing is asked. */
import type { ResidentScreen } from "../door/generated/door";
import * as words from "../words/resident";

export interface Message {
  heading: string;
  lines: string[];
  /** Something is under way; a moving bar says so. */
  underWay: boolean;
  /** The line that must not be overlooked. */
  important?: string;
}

type Told = Exclude<ResidentScreen, { kind: "pin" | "confirm" | "questions" | "list" }>;

export function messageFor(screen: Told): Message {
  switch (screen.kind) {
    case "welcome":
      return {
        heading: words.welcome.heading,
        lines: [words.welcome.lead, words.welcome.wait],
        underWay: false,
      };
    case "working":
      return {
        heading: words.workingHeading,
        lines: [words.working[screen.step] ?? words.workingOther],
        underWay: false,
      };
    case "reading":
      return {
        heading: words.reading.heading,
        important: words.reading.lead,
        lines: [words.reading.items],
        underWay: true,
      };
    case "trouble": {
      const reason = words.trouble.reason(screen.error);
      return {
        heading: words.trouble.heading,
        lines: [...(reason === null ? [] : [reason]), words.trouble.lead],
        underWay: false,
      };
    }
    case "papers": {
      const sign = screen.signatures > 0 ? words.papers.sign(screen.signatures) : words.papers.noSign;
      return {
        heading: words.papers.heading,
        important: sign,
        lines: [words.papers.count(screen.papers), words.papers.wrong],
        underWay: false,
      };
    }
    case "thanks":
      return { heading: words.thanks.heading, lines: [words.thanks.lead], underWay: false };
  }
}
