/** The shorter way of a case for certificates alone (証明書だけ): from the last question straight to the printer. */
import type { CaseView } from "../door/generated/door";

/** The life event of someone who only wants a certificate. */
const CERTIFICATES = "shomei";

/** Whether the visit is for certificates and nothing else. */
export const onlyCertificates = ({ event, also_events }: Pick<CaseView, "event" | "also_events">) =>
  event.id === CERTIFICATES && also_events.length === 0;
