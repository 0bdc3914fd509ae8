/** How many conversations and people wait: what badges and the home page say. */
import { invitations } from "../invitations/invitations.svelte.ts";
import { inbox } from "../messaging/mailbox.svelte.ts";
import { bell } from "../notifications/bell.svelte.ts";

export const waiting = {
  get conversations(): number {
    return inbox.counts.unread;
  },
  /** People there is news of. */
  get news(): number {
    return bell.count;
  },
  get invitations(): number {
    return invitations.waiting;
  },
};
