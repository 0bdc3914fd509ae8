/** What is open beside the list: the words being written to somebody, the saved ones at hand. */
import { api } from "../../ports/api.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Id } from "../../wire/words.ts";

export type AskVerb = "reply" | "ask" | "accept";
export interface Asking {
  id: Id;
  verb: AskVerb;
}

export interface SavedReply {
  id: Id;
  kind: "reply" | "question";
  title: string;
  text: string;
}

class Desk {
  /** To whom words are being written. */
  asking = $state.raw<Asking | null>(null);
  /** On a phone one is looked at alone. */
  open = $state(false);
  replies = $state.raw<SavedReply[] | null>(null);

  ask(id: Id, verb: AskVerb): void {
    this.asking = { id, verb };
    void this.loadReplies();
  }

  close(): boolean {
    if (!this.asking) return false;
    this.asking = null;
    return true;
  }

  async loadReplies(): Promise<void> {
    if (this.replies) return;
    try {
      this.replies = (await api.get<{ replies: SavedReply[] }>("/api/invitations/replies")).replies;
    } catch {
      // Saved words are a help; without them one writes one's own.
    }
  }

  clear(): void {
    this.asking = null;
    this.open = false;
    this.replies = null;
  }
}

export const desk = new Desk();
session.onLeft(() => desk.clear());

const stored = (id: Id): string => `entregent.answer.${id}`;

/** What was typed to somebody survives a reload, until it has gone out. */
export const typed = {
  get: (id: Id): string => localStorage.getItem(stored(id)) ?? "",
  put: (id: Id, text: string): void => {
    if (text) localStorage.setItem(stored(id), text);
    else localStorage.removeItem(stored(id));
  },
};
