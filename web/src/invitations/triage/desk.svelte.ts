/** What is open beside the list: the words being written to somebody, the saved ones at hand. */
import { session } from "../../ports/session.svelte.ts";
import { typedIn } from "../../ports/typed.ts";
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

/** What I typed to somebody, by their invitation, until it has gone out. */
export const answers = typedIn("answer");
