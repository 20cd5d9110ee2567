/** Order and groups of the result, as it is read out at the counter. */
import type { DecisionView } from "../door/generated/door";

/** Past days first, then the nearest last day, then those without one; else as the rules gave them. */
function byUrgency(one: DecisionView, other: DecisionView): number {
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  return (one.deadline ?? "9999").localeCompare(other.deadline ?? "9999");
}

const union = (one: string[], other: string[]) => [...new Set([...one, ...other])];

/** A decision as it is read out, with the groups of people that the rules named one by one. */
export interface ReadDecision extends DecisionView {
  groups: string[][];
}

const sameOutcome = (one: DecisionView, other: DecisionView) =>
  JSON.stringify(one.outcome) === JSON.stringify(other.outcome);

/** What is read out in one breath: the same procedure, until the same day, for several people. */
function together(decisions: DecisionView[]): ReadDecision[] {
  const read: ReadDecision[] = [];
  for (const decision of decisions) {
    const same = read.findIndex(
      (one) =>
        one.procedure === decision.procedure &&
        sameOutcome(one, decision) &&
        (decision.status === "undecided" ||
          (one.deadline === decision.deadline && one.covered_by === decision.covered_by)),
    );
    const other = read[same];
    if (other === undefined) read.push({ ...decision, groups: [decision.ids] });
    else
      read[same] = {
        ...other,
        groups: [...other.groups, decision.ids],
        ids: union(other.ids, decision.ids),
        people: union(other.people, decision.people),
        bring: union(other.bring, decision.bring),
        because: union(other.because, decision.because),
        notes: union(other.notes, decision.notes),
        needs: union(other.needs, decision.needs),
      };
  }
  return read;
}

export const withStatus = (decisions: DecisionView[], status: string) =>
  together(decisions.filter((decision) => decision.status === status)).sort(byUrgency);
