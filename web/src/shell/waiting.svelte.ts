/** How many conversations and people wait: what badges and the home page say. */
import { invitations } from "../invitations/invitations.svelte.ts";
import { inbox } from "../messaging/mailbox.svelte.ts";

export const waiting = {
  get conversations(): number {
    return inbox.counts.unread;
  },
  get invitations(): number {
    return invitations.waiting;
  },
};
