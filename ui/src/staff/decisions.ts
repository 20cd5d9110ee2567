/** Order and groups of the result, as it is read out at the counter. */
import type { DecisionView } from "../door/generated/door";

/** Past days first, then the nearest last day, then those without one; else as the rules gave them. */
function byUrgency(one: DecisionView, other: DecisionView): number {
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  return (one.deadline ?? "9999").localeCompare(other.deadline ?? "9999");
}

export const withStatus = (decisions: DecisionView[], status: string) =>
  decisions.filter((decision) => decision.status === status).sort(byUrgency);
