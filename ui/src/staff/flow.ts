/** Which step follows where the way is shorter: a case for certificates alone (証明書だけ) needs no detour. */
import type { CaseView } from "../door/generated/door";
import type { Step } from "./steps";

/** The life event of someone who only wants a certificate. */
const CERTIFICATES = "shomei";

/** Whether the visit is for certificates and nothing else. */
export const onlyCertificates = ({ event, also_events }: Pick<CaseView, "event" | "also_events">) =>
  event.id === CERTIFICATES && also_events.length === 0;

/** The step after the last question. */
export const afterQuestions = (current: Pick<CaseView, "event" | "also_events">): Step =>
  onlyCertificates(current) ? "print" : "check";
