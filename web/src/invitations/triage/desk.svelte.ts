/** What is open beside the list: the words being written to somebody, the saved ones at hand. */
import { session } from "../../ports/session.svelte.ts";
import type { Id } from "../../wire/words.ts";
import { saved } from "../replies/saved.svelte.ts";

export type AskVerb = "reply" | "ask" | "accept";
export interface Asking {
  id: Id;
  verb: AskVerb;
}

class Desk {
  /** To whom words are being written. */
  asking = $state.raw<Asking | null>(null);
  /** On a phone one is looked at alone. */
  open = $state(false);

  ask(id: Id, verb: AskVerb): void {
    this.asking = { id, verb };
    void saved.load();
  }

  close(): boolean {
    if (!this.asking) return false;
    this.asking = null;
    return true;
  }

  clear(): void {
    this.asking = null;
    this.open = false;
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
