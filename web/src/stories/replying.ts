/** Answers that were typed and not sent: kept on this device until they are. */
import type { Id } from "../wire/words.ts";

const keyOf = (me: Id, author: Id): string => `entregent.story.reply.${me}.${author}`;

export const replies = {
  get(me: Id, author: Id): string {
    try {
      return localStorage.getItem(keyOf(me, author)) ?? "";
    } catch {
      return "";
    }
  },
  put(me: Id, author: Id, text: string): void {
    try {
      if (text.trim()) localStorage.setItem(keyOf(me, author), text);
      else localStorage.removeItem(keyOf(me, author));
    } catch {
      // It stays in the field as long as the page does.
    }
  },
};
