import type { Message, Messages } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import type { Pending } from "./layout.ts";
import { joined } from "./model.ts";

/** One conversation's messages: an unbroken stretch of them, and what is being sent. */
export class Thread {
  messages = $state.raw<Message[]>([]);
  pending = $state.raw<Pending[]>([]);
  /** The ends of the whole conversation. */
  firstSeq = $state(0);
  lastSeq = $state(0);
  state = $state<"empty" | "loading" | "ready">("empty");
  /** The server could not be reached: since when what is shown is a copy. */
  savedAt = $state<number | null>(null);
  failed = $state(false);
  busy: "older" | "newer" | null = $state(null);
  /** Asked for again before it is trusted, because events may have been missed. */
  stale = false;

  constructor(readonly id: Id) {}

  get from(): number {
    return this.messages[0]?.seq ?? 0;
  }

  get to(): number {
    return this.messages[this.messages.length - 1]?.seq ?? 0;
  }

  get hasOlder(): boolean {
    return this.messages.length > 0 && this.from > this.firstSeq;
  }

  get hasNewer(): boolean {
    return this.messages.length > 0 && this.to < this.lastSeq;
  }

  take(page: Messages): void {
    const { messages } = page;
    this.firstSeq = page.first_seq;
    this.lastSeq = Math.max(page.last_seq, this.lastSeq);
    const first = messages[0]?.seq;
    const last = messages[messages.length - 1]?.seq;
    const touches =
      this.messages.length > 0 &&
      first !== undefined &&
      last !== undefined &&
      first <= this.to + 1 &&
      last >= this.from - 1;
    this.messages = touches ? joined(this.messages, messages) : messages;
    this.state = "ready";
    this.savedAt = null;
    this.failed = false;
    this.stale = false;
    this.#arrived(messages);
  }

  /** A message from the log. One that does not join the stretch is left to be asked for. */
  append(message: Message): void {
    const whole = this.state === "ready" && !this.hasNewer;
    if (message.seq > this.lastSeq) this.lastSeq = message.seq;
    if (whole && message.seq <= this.to + 1) this.messages = joined(this.messages, [message]);
    else if (whole) this.stale = true;
    this.#arrived([message]);
  }

  #arrived(messages: Message[]): void {
    if (!this.pending.length) return;
    const sent = new Set(messages.map((message) => message.client_id));
    if (this.pending.some((one) => sent.has(one.client_id)))
      this.pending = this.pending.filter((one) => !sent.has(one.client_id));
  }

  /** Shows a message that is on its way, unless it has arrived already. */
  send(one: Pending): void {
    if (this.messages.some((message) => message.client_id === one.client_id)) return;
    this.pending = [...this.pending.filter((old) => old.client_id !== one.client_id), one];
  }

  unsend(clientId: string): void {
    this.pending = this.pending.filter((one) => one.client_id !== clientId);
  }

  refuse(clientId: string, sentence: string): void {
    this.pending = this.pending.map((one) =>
      one.client_id === clientId ? { ...one, refusal: sentence } : one,
    );
  }
}
