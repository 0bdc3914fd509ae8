/** What the member is about to do in one open conversation: answer, edit, pick, look closer. */
import { type LocalQuote, quotes } from "../ports/quotes.ts";
import type { Doubt, Message } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { inbox } from "./mailbox.svelte.ts";
import "./threading.ts";

/** Something that opens over the thread; each is fetched when it is first asked for. */
export type Over =
  | { kind: "react"; message: Message; anchor: Element }
  | { kind: "emoji"; anchor: Element; onpick: (sign: string) => void }
  | { kind: "forward" | "history" | "delete"; message: Message }
  | { kind: "later"; onpick: (at: number) => void }
  | { kind: "waiting" }
  | { kind: "people" | "title" | "leave" }
  | { kind: "link"; href: string; doubt: Doubt }
  | { kind: "report"; message: Message | null };

export class Talk {
  #quote: LocalQuote | null;
  /** Whose text is in the composer to be changed. */
  editing = $state.raw<Message | null>(null);
  /** The line under the pointer, or with the focus: its tools are shown. */
  active = $state.raw<string | null>(null);
  /** Its tools take the focus when they are there. */
  reaching = $state(false);
  over = $state.raw<Over | null>(null);
  /** Grows when the composer is to take the focus. */
  asked = $state(0);
  /** Grows when the end of the thread is to be seen. */
  ended = $state(0);

  constructor(readonly id: Id) {
    this.#quote = $state.raw(quotes.get(inbox.me, id));
  }

  /** What the next message answers to; kept until that is sent, also over a reload. */
  get quote(): LocalQuote | null {
    return this.#quote;
  }

  set quote(quote: LocalQuote | null) {
    this.#quote = quote;
    quotes.put(inbox.me, this.id, quote);
  }

  get thread() {
    return inbox.threads.get(this.id);
  }

  /** The message that a key acts on: the picked one, else the last. */
  get target(): Message | null {
    const { shown } = this.thread;
    const said = shown.filter((message) => message.kind !== "system" && !message.deleted);
    const picked = said.find((message) => keyOf(message) === this.active);
    return picked ?? said[said.length - 1] ?? null;
  }

  get lastOfMine(): Message | null {
    return (
      this.thread.shown.findLast(
        (message) => message.author_id === inbox.me && message.kind === "text" && !message.deleted,
      ) ?? null
    );
  }

  answer(message: Message | null): void {
    this.editing = null;
    this.quote = message && { seq: message.seq, author_id: message.author_id, text: message.text };
    this.asked++;
  }

  change(message: Message): void {
    this.quote = null;
    this.editing = message;
    this.asked++;
  }

  open(over: Over): void {
    this.over = over;
  }

  close(): void {
    this.over = null;
  }
}

/** As the line of a message is called. */
export function keyOf(message: Message): string {
  return message.client_id && message.author_id === inbox.me ? message.client_id : message.id;
}
