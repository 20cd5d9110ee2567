// The table of the stories in docs/benchmarks.md, from the figures that their tests counted: written anew, or with
// `--check` compared.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../bench.mjs";
import { FIGURES } from "./clerk.mjs";

const DOCUMENT = join(ROOT, "docs/benchmarks.md");
const [START, END] = [
  "<!-- stories: written by tests/windows/stories/table.mjs -->",
  "<!-- end of stories -->",
];

const TITLES = {
  single: "single, no child, one card (at most 12 inputs, 8 questions)",
  "family-four-cards": "family of four, four cards (at most 40 inputs)",
  "family-certificate": "family of four, one card and a 転出証明書",
  "student-codes": "single student with codes from home",
  "foreign-couple": "foreign couple in Vietnamese, two cards",
  "certificate-only": "a certificate only",
  "wrong-pin-code-b": "wrong PIN, then 照合番号B",
  "paper-out": "printer out of paper",
  "killed-and-resumed": "killed in the middle and resumed",
  "card-and-codes-disagree": "card and codes disagree",
  protection: "a wife who needs protection beside her husband",
};

const figures = JSON.parse(readFileSync(FIGURES, "utf8"));
const missing = Object.keys(TITLES).filter((name) => !(name in figures));
if (missing.length > 0) throw new Error(`stories without figures: ${missing}`);

const rows = Object.entries(TITLES).map(([name, title]) => {
  const { inputs, questions, touches, pin, fields } = figures[name];
  return `| ${title} | ${inputs} | ${questions} | ${touches} | ${pin} | ${fields ?? "–"} |`;
});
const table = [
  START,
  "| story | staff inputs | screens of questions | resident's touches | PIN digits | fields the papers would ask |",
  "|---|---|---|---|---|---|",
  ...rows,
  END,
].join("\n");

const text = readFileSync(DOCUMENT, "utf8");
const [from, to] = [text.indexOf(START), text.indexOf(END)];
if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no place for the table`);
const now = text.slice(0, from) + table + text.slice(to + END.length);
if (!process.argv.includes("--check")) writeFileSync(DOCUMENT, now);
else if (now !== text) throw new Error(`docs/benchmarks.md says otherwise:\n${table}`);
