/** What tokens may do and webhooks are told, in the member's words. */
import { t } from "../kit/i18n.svelte.ts";
import type { AccessToken } from "../wire/types.ts";

export const scopes = (): Record<AccessToken["scopes"][number], string> => ({
  "messages.read": t("accounts.scope_messages_read"),
  "messages.write": t("accounts.scope_messages_write"),
  "network.read": t("accounts.scope_network_read"),
  "network.write": t("accounts.scope_network_write"),
  "profile.read": t("accounts.scope_profile_read"),
  "profile.write": t("accounts.scope_profile_write"),
  webhooks: t("accounts.scope_webhooks"),
  export: t("accounts.scope_export"),
});

/** A kind that this page does not know yet goes by its own name. */
export function kindName(kind: string): string {
  const names: Record<string, string> = {
    "message.sent": t("accounts.kind_message_sent"),
    "message.changed": t("accounts.kind_message_changed"),
    "conversation.changed": t("accounts.kind_conversation_changed"),
    "conversation.removed": t("accounts.kind_conversation_removed"),
    "receipt.changed": t("accounts.kind_receipt_changed"),
    "desk.changed": t("accounts.kind_desk_changed"),
    "connection.made": t("accounts.kind_connection_made"),
    "connection.ended": t("accounts.kind_connection_ended"),
    "invitation.received": t("accounts.kind_invitation_received"),
    "invitation.settled": t("accounts.kind_invitation_settled"),
    "me.changed": t("accounts.kind_me_changed"),
    "webhook.ping": t("accounts.webhook_test"),
  };
  return names[kind] ?? kind;
}
