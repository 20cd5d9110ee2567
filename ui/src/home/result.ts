/** The decisions as a resident reads them: the same thing for several people once, what to bring once. */
import type { Decision } from "./rules";

/** One procedure, for one or several people; `japanese` has the same words in Japanese. */
export interface Item extends Decision {
  japanese: Decision;
  /** Reasons of everybody it is for, each once. */
  reasons: { rule: string; text: string; japanese: string }[];
}

export interface Result {
  required: Item[];
  may: Item[];
  open: Item[];
  bring: { id: string; text: string; japanese: string; who: string[] }[];
}

/** What two decisions must share to be shown as one. */
const alike = (decision: Decision) =>
  JSON.stringify([
    decision.procedure,
    decision.status,
    decision.deadline,
    decision.not_before,
    decision.covered_by,
    decision.notes,
    decision.fees,
  ]);

const union = (all: string[], more: string[]) => [...all, ...more.filter((id) => !all.includes(id))];

function merge(decisions: Decision[], japanese: Decision[]): Item[] {
  const items = new Map<string, Item>();
  decisions.forEach((decision, place) => {
    if (decision.discreet || decision.status === "not-needed") return;
    const other = japanese[place] ?? decision;
    const reasons = decision.because.map(({ rule, text }, at) => ({
      rule,
      text,
      japanese: other.because[at]?.text ?? text,
    }));
    const known = items.get(alike(decision));
    if (known === undefined) {
      items.set(alike(decision), { ...decision, japanese: other, reasons });
      return;
    }
    known.people = union(known.people, decision.people);
    known.bring = mergeBring([...known.bring, ...decision.bring]);
    known.japanese = { ...known.japanese, bring: mergeBring([...known.japanese.bring, ...other.bring]) };
    known.reasons.push(...reasons.filter(({ text }) => known.reasons.every((each) => each.text !== text)));
    known.needs.push(...decision.needs);
  });
  return [...items.values()];
}

function mergeBring(bring: Decision["bring"]): Decision["bring"] {
  const merged = new Map<string, Decision["bring"][number]>();
  for (const item of bring) {
    const known = merged.get(item.id);
    // Whoever comes to the counter brings it when nobody is named.
    if (known === undefined) merged.set(item.id, { ...item });
    else known.who = known.who.length === 0 || item.who.length === 0 ? [] : union(known.who, item.who);
  }
  return [...merged.values()];
}

/** @param japanese the same decisions in Japanese, in the same order */
export function arrange(decisions: Decision[], japanese: Decision[]): Result {
  const items = merge(decisions, japanese);
  const of = (status: Decision["status"]) => items.filter((item) => item.status === status);
  const latest = "9999";
  const required = of("required").sort((a, b) =>
    (a.deadline ?? latest) < (b.deadline ?? latest)
      ? -1
      : (a.deadline ?? latest) > (b.deadline ?? latest)
        ? 1
        : 0,
  );
  // What is done elsewhere is brought there, and stands beside it.
  const here = required.filter(({ done_at }) => done_at !== "elsewhere");
  const texts = new Map(here.flatMap(({ japanese }) => japanese.bring.map(({ id, text }) => [id, text])));
  const bring = mergeBring(here.flatMap(({ bring }) => bring)).map((item) => ({
    ...item,
    japanese: texts.get(item.id) ?? item.text,
  }));
  return { required, may: of("may-apply"), open: of("undecided"), bring };
}

/** What a change did to the procedures that are required: ids that came, and ids that went. */
export function compare(before: Decision[], after: Decision[]): { added: string[]; dropped: string[] } {
  const ids = (decisions: Decision[]) => [
    ...new Set(
      decisions
        .filter(({ status, discreet }) => status === "required" && !discreet)
        .map((each) => each.procedure),
    ),
  ];
  const [old, now] = [ids(before), ids(after)];
  return { added: now.filter((id) => !old.includes(id)), dropped: old.filter((id) => !now.includes(id)) };
}
