/** Order and groups of the result, as it is read out at the counter. */
import type { DecisionView } from "../door/generated/door";

/** Past days first, then the nearest last day, then those without one; else as the rules gave them. */
function byUrgency(one: DecisionView, other: DecisionView): number {
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  return (one.deadline ?? "9999").localeCompare(other.deadline ?? "9999");
}

const union = (one: string[], other: string[]) => [...new Set([...one, ...other])];

/** What is read out in one breath: the same procedure, until the same day, for several people. */
function together(decisions: DecisionView[]): DecisionView[] {
  const read: DecisionView[] = [];
  for (const decision of decisions) {
    const same = read.findIndex(
      ({ procedure, deadline, covered_by }) =>
        procedure === decision.procedure &&
        (decision.status === "undecided" ||
          (deadline === decision.deadline && covered_by === decision.covered_by)),
    );
    const other = read[same];
    if (other === undefined) read.push(decision);
    else
      read[same] = {
        ...other,
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
