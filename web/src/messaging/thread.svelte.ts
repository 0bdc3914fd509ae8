import type { Message, Messages, Participant } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import type { Pending } from "./layout.ts";
import { joined } from "./texts.ts";

/** How a write that the server has not yet confirmed changes a message; null takes it away. */
type Change = (message: Message) => Message | null;
type Patch = { by: string; seq: number; change: Change; answered: boolean };

/** A message that an older release of the client has saved lacks what was not known then. */
const LATER = {
  edited_at: null,
  deleted: false,
  quote: null,
  forwarded: null,
  reactions: [],
  mentions: [],
  previews: [],
};

/** One conversation's messages: an unbroken stretch of them, and what is being sent. */
export class Thread {
  messages = $state.raw<Message[]>([]);
  pending = $state.raw<Pending[]>([]);
  #patches = $state.raw<Patch[]>([]);
  /** What the member sees: the server's messages with his own writes on them. */
  shown = $derived(this.#patched());
  /** Who is in it, and how far each has read; null until it was asked for. */
  people = $state.raw<Participant[] | null>(null);
  /** Of a group: who sees what was said before, who is asked to join, and who asked me. */
  rules = $state.raw<{ history: "all" | "joining"; asked: Id[]; askedBy: Id | null } | null>(null);
  /** The ends of the whole conversation. */
  firstSeq = $state(0);
  lastSeq = $state(0);
  state = $state<"empty" | "loading" | "ready">("empty");
  /** The server could not be reached: since when what is shown is a copy. */
  savedAt = $state<number | null>(null);
  failed = $state(false);
  /** There is no such conversation, or the member is not in it. */
  gone = $state(false);
  busy: "older" | "newer" | null = $state(null);
  /** Asked for again before it is trusted, because events may have been missed. */
  stale = $state(false);

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

  #patched(): Message[] {
    if (!this.#patches.length) return this.messages;
    const patches = this.#patches;
    return this.messages.flatMap((message) => {
      let shown: Message | null = message;
      for (const one of patches) if (shown && one.seq === message.seq) shown = one.change(shown);
      return shown ?? [];
    });
  }

  get settled(): boolean {
    return !this.pending.length && !this.#patches.length;
  }

  /** A message as it is shown, where it is loaded. */
  find(seq: number): Message | undefined {
    return this.shown.find((message) => message.seq === seq);
  }

  /** Shows a write before the server has it. */
  patch(by: string, seq: number, change: Change): void {
    if (this.#patches.some((one) => one.by === by)) return;
    this.#patches = [...this.#patches, { by, seq, change, answered: false }];
  }

  unpatch(by: string): void {
    if (this.#patches.some((one) => one.by === by))
      this.#patches = this.#patches.filter((one) => one.by !== by);
  }

  /** The server has done it: its event takes the place of what was shown meanwhile. */
  answered(by: string, message?: Message): void {
    if (message) this.#patches = this.#patches.filter((one) => one.by !== by);
    else
      this.#patches = this.#patches.map((one) =>
        one.by === by ? { ...one, answered: true } : one,
      );
    if (message) this.change(message);
  }

  /** A message is no longer what it was. */
  change(message: Message): void {
    if (this.#patches.some((one) => one.answered && one.seq === message.seq))
      this.#patches = this.#patches.filter((one) => !(one.answered && one.seq === message.seq));
    const at = this.messages.findIndex((one) => one.seq === message.seq);
    if (at >= 0) this.messages = this.messages.with(at, message);
    // Quotations of it say what it says.
    const quoting = (one: Message): boolean => one.quote?.seq === message.seq;
    if (this.messages.some(quoting))
      this.messages = this.messages.map((one) =>
        one.quote && quoting(one)
          ? { ...one, quote: { ...one.quote, text: message.deleted ? "" : message.text } }
          : one,
      );
  }

  /** The member has deleted a message for himself. */
  hide(seq: number): void {
    this.#patches = this.#patches.filter((one) => !(one.answered && one.seq === seq));
    this.messages = this.messages.filter((one) => one.seq !== seq);
    // Nothing is missing at the end, where it was the last.
    if (this.lastSeq === seq) this.lastSeq = this.to;
    if (this.firstSeq === seq) this.firstSeq = this.from;
  }

  /** `joins`: it was asked for what lies next; `end`: it ends where the conversation does. */
  take(page: Messages, how: "end" | "joins" | null = null): void {
    const messages = page.messages.map((message) => ({ ...LATER, ...message }));
    if (!messages.length && this.messages.length) {
      this.state = "ready";
      return;
    }
    // Told while the page was on its way, and said after what it holds.
    const told = this.lastSeq > page.last_seq ? this.lastSeq : 0;
    this.firstSeq = page.first_seq;
    this.lastSeq = Math.max(page.last_seq, this.lastSeq);
    const first = messages[0]?.seq;
    const last = messages[messages.length - 1]?.seq;
    // Numbers may be missing between: those of messages that the member has deleted for himself.
    const touches =
      how === "joins" ||
      (this.messages.length > 0 &&
        first !== undefined &&
        last !== undefined &&
        first <= this.to + 1 &&
        last >= this.from - 1);
    this.messages = touches ? joined(this.messages, messages) : messages;
    // The last one of all may be one that the member does not see.
    if (how === "end") this.lastSeq = Math.max(this.to, told);
    this.state = "ready";
    this.savedAt = null;
    this.failed = false;
    this.gone = false;
    this.#arrived(messages);
  }

  /** A message from the log. One that does not join the stretch is left to be asked for. */
  append(fresh: Message): void {
    const message = { ...LATER, ...fresh };
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
