/** Asking somebody, and taking it back. */
import { t } from "../kit/i18n.svelte.ts";
import { later } from "../kit/later.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { api } from "../ports/api.ts";
import { outbox } from "../ports/outbox.ts";
import type { Asked, Card } from "../wire/types.ts";
import { invitations } from "./invitations.svelte.ts";
import type { Reason, Waiting } from "./model.ts";

export function withdraw(one: Pick<Waiting, "id" | "card">, restore?: () => void): void {
  const put = invitations.sent.remove(one.id);
  const back = (): void => {
    put();
    restore?.();
  };
  const planned = later(() => {
    outbox.mutate({
      op: { method: "POST", path: `/api/invitations/${one.id}/withdraw`, body: {} },
      apply: () => undefined,
      revert: back,
    });
  });
  notify(t("invitations.withdrawn", { name: one.card.name }), {
    undo: () => {
      if (planned.cancel()) back();
    },
  });
}

/** Throws the server's refusal: the dialog keeps what was typed and shows the sentence. */
export async function invite(
  person: Card,
  reason: Reason,
  note: string,
  email?: string,
): Promise<"sent" | "connected"> {
  const body = { member_id: person.id, reason, note, ...(email ? { email } : {}) };
  const asked = await api.post<Asked>("/api/invitations", body);
  invitations.allowance = asked.allowance;
  if (asked.invitation && invitations.sent.ready)
    invitations.sent.prepend({ ...asked.invitation, card: person });
  notify(
    asked.connected
      ? t("invitations.connected_now", { name: person.name })
      : t("invitations.sent", { name: person.name }),
  );
  return asked.connected ? "connected" : "sent";
}
