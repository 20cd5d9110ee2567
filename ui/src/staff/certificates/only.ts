/** A case for certificates alone (証明書だけ): one screen after the card, no detour over the other steps. */
import type { CaseView, IdentityInput, QuestionView } from "../../door/generated/door";

/** The life event of someone who only wants a certificate. */
const CERTIFICATES = "shomei";

/** The fact that says which ones. */
const WHICH = "certificates";

/** Whether the visit is for certificates and nothing else. */
export const onlyCertificates = ({ event, also_events }: Pick<CaseView, "event" | "also_events">) =>
  event.id === CERTIFICATES && also_events.length === 0;

/** The question which certificates are wanted, while it is open. */
export const whichOf = ({ questions }: Pick<CaseView, "questions">): QuestionView | null =>
  questions.find(({ fact }) => fact === WHICH) ?? null;

/** 本人確認 as the card suggests it: the holder is here himself; `null` where nothing suggests anything, or it is done. */
export function suggestedIdentity({ identity }: Pick<CaseView, "identity">): IdentityInput | null {
  const visitor = identity.visitors[0]?.id;
  if (identity.checked !== null || identity.suggested.length === 0 || visitor === undefined) return null;
  if (identity.proxy_for.includes(visitor)) return null;
  return {
    visitor,
    person: identity.suggested_person,
    documents: [...identity.suggested],
    valid_cards: [...identity.cards_read],
    proxy_letter: null,
    agent_name: "",
    agent_address: "",
  };
}
