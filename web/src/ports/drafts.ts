import type { Id } from "../wire/words.ts";

/**
 * Text that the server does not have yet, one entry per conversation. It lies in localStorage
 * because only a synchronous write survives a tab that is closed or killed at the next key.
 */
const PREFIX = "entregent.draft.";

export type LocalDraft = { text: string; at: number; people?: Id[]; title?: string };

function storage(): Storage | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage;
  } catch {
    return null;
  }
}

const spare = new Map<string, string>();

const keyOf = (member: Id, conversation: Id | "new") => `${PREFIX}${member}.${conversation}`;

export const drafts = {
  get(member: Id, conversation: Id | "new"): LocalDraft | null {
    const key = keyOf(member, conversation);
    const text = storage()?.getItem(key) ?? spare.get(key);
    if (!text) return null;
    try {
      return JSON.parse(text) as LocalDraft;
    } catch {
      return null;
    }
  },

  put(member: Id, conversation: Id | "new", draft: LocalDraft): void {
    const key = keyOf(member, conversation);
    const text = JSON.stringify(draft);
    try {
      const held = storage();
      if (!held) throw new Error("no storage");
      held.setItem(key, text);
      spare.delete(key);
    } catch {
      // A full or forbidden storage must not stop the typing; the server gets it within a second.
      spare.set(key, text);
    }
  },

  remove(member: Id, conversation: Id | "new"): void {
    const key = keyOf(member, conversation);
    spare.delete(key);
    storage()?.removeItem(key);
  },

  /** The conversations that have text here which the server has not confirmed. */
  waiting(member: Id): Id[] {
    const held = storage();
    if (!held) return [];
    const start = keyOf(member, "");
    const found: Id[] = [];
    for (let index = 0; index < held.length; index++) {
      const key = held.key(index);
      if (key?.startsWith(start)) found.push(key.slice(start.length));
    }
    return found;
  },
};
