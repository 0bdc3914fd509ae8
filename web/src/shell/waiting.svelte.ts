/** How many conversations and people wait: what badges and the home page say. */
import { inbox } from "../messaging/state.svelte";

export const waiting = {
  get conversations(): number {
    return inbox.counts.unread;
  },
  get invitations(): number {
    return inbox.counts.invitations;
  },
};
