import type { Id } from "../wire/words.ts";

/** What the text that is being written answers to, one entry per conversation, beside its draft. */
const PREFIX = "entregent.quote.";

export type LocalQuote = { seq: number; author_id: Id | null; text: string };

const keyOf = (member: Id, conversation: Id) => `${PREFIX}${member}.${conversation}`;

export const quotes = {
  get(member: Id, conversation: Id): LocalQuote | null {
    try {
      return JSON.parse(localStorage.getItem(keyOf(member, conversation)) ?? "null");
    } catch {
      return null;
    }
  },

  put(member: Id, conversation: Id, quote: LocalQuote | null): void {
    const key = keyOf(member, conversation);
    try {
      if (quote) localStorage.setItem(key, JSON.stringify(quote));
      else localStorage.removeItem(key);
    } catch {
      // No room, or not allowed: it lasts as long as the page.
    }
  },
};
