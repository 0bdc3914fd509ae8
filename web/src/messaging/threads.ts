import { apart } from "../kit/apart.svelte.ts";
import { api, Refused } from "../ports/api.ts";
import { clock } from "../ports/clock.ts";
import { store } from "../ports/store.ts";
import type { Card, Conversation, Message, Messages } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { faces } from "./faces.svelte.ts";
import { Thread } from "./thread.svelte.ts";

type Page = Messages & { cards: Card[] };

const LIMIT = 50;
const PAGE = 40;
const KEPT_OFFLINE = 200;

/** The threads in memory, the last used ones, and how they are read. */
export class Threads {
  #threads = new Map<Id, Thread>();
  #reading = new Map<Id, Promise<void>>();

  get(id: Id): Thread {
    let thread = this.#threads.get(id);
    if (thread) this.#threads.delete(id);
    else thread = apart(() => new Thread(id));
    this.#threads.set(id, thread);
    if (this.#threads.size > LIMIT) this.#evict();
    return thread;
  }

  peek(id: Id): Thread | undefined {
    return this.#threads.get(id);
  }

  remove(id: Id): void {
    this.#threads.delete(id);
  }

  /** After events may have been missed: each is read again when it is next looked at. */
  stale(): void {
    for (const thread of this.#threads.values()) thread.stale = true;
  }

  clear(): void {
    this.#threads.clear();
    this.#reading.clear();
  }

  #evict(): void {
    for (const [id, thread] of this.#threads) {
      if (this.#threads.size <= LIMIT) return;
      if (thread.settled) this.#threads.delete(id);
    }
  }

  /** Reads a thread if it was not read yet; `around` a message if that is not part of it. */
  open(id: Id, around: number | null = null): Promise<void> {
    const thread = this.get(id);
    const holds =
      around === null ||
      (thread.messages.length > 0 && around >= thread.from && around <= thread.to);
    const key = around === null || holds ? id : `${id}.${around}`;
    const reading = this.#reading.get(key);
    if (reading) return reading;
    if (thread.state === "ready" && holds && !thread.stale) return Promise.resolve();
    const work = this.#read(thread, holds ? null : around).finally(() => this.#reading.delete(key));
    this.#reading.set(key, work);
    return work;
  }

  async #read(thread: Thread, around: number | null): Promise<void> {
    const { id } = thread;
    if (thread.state === "empty") thread.state = "loading";
    if (thread.stale && thread.people) void this.company(id).catch(() => {});
    try {
      do {
        thread.stale = false;
        if (around === null) await this.#toEnd(thread);
        else thread.take(await this.#page(id, { around, limit: PAGE }));
        // What was missed meanwhile may not be in the answer.
      } while (thread.stale);
      this.#keep(thread);
    } catch (error) {
      await this.#fallBack(thread, error);
    }
  }

  async older(id: Id): Promise<void> {
    const thread = this.get(id);
    if (thread.busy || !thread.hasOlder) return;
    thread.busy = "older";
    try {
      const page = await this.#page(id, { before: thread.from, limit: PAGE });
      thread.take(page, "joins");
      if (!page.messages.length) thread.firstSeq = thread.from;
      this.#keep(thread);
    } catch {
      thread.failed = true;
    } finally {
      thread.busy = null;
    }
  }

  async newer(id: Id): Promise<void> {
    const thread = this.get(id);
    if (thread.busy || !thread.hasNewer) return;
    thread.busy = "newer";
    try {
      let ends: boolean;
      do {
        const known = thread.lastSeq;
        const page = await this.#page(id, { after: thread.to, limit: PAGE });
        thread.take(page, "joins");
        ends = page.messages.length < PAGE;
        // The last ones may be some that the member does not see.
        if (ends && thread.lastSeq === known) thread.lastSeq = thread.to;
        // What was told of while the end was on its way has not been taken.
      } while (ends && thread.hasNewer);
    } catch {
      thread.failed = true;
    } finally {
      thread.busy = null;
    }
  }

  /** The end of the thread, when what is shown is somewhere in its middle. */
  async latest(id: Id): Promise<void> {
    const thread = this.get(id);
    if (thread.hasNewer) await this.#toEnd(thread);
  }

  async #toEnd(thread: Thread): Promise<void> {
    const page = await this.#page(thread.id, { limit: PAGE });
    // Where more than a page was missed, the old stretch no longer joins.
    if (gapBefore(page, thread)) thread.messages = [];
    thread.take(page, "end");
    await this.newer(thread.id);
  }

  append(message: Message): void {
    const thread = this.#threads.get(message.conversation_id);
    if (!thread) return;
    thread.append(message);
    if (thread.stale) void this.open(thread.id);
    else this.#keep(thread);
  }

  /** Edited, deleted, reacted to: wherever it is loaded. */
  change(message: Message): void {
    const thread = this.#threads.get(message.conversation_id);
    if (!thread) return;
    thread.change({ ...message });
    this.#keep(thread);
  }

  receipt(id: Id, person: Id, far: { delivered_seq: number; read_seq: number }): void {
    const thread = this.#threads.get(id);
    if (!thread?.people) return;
    thread.people = thread.people.map((one) => (one.id === person ? { ...one, ...far } : one));
  }

  hide(id: Id, seq: number): void {
    const thread = this.#threads.get(id);
    if (!thread) return;
    thread.hide(seq);
    this.#keep(thread);
  }

  /** All of it anew: more of it may be seen than before. */
  reread(id: Id): Promise<void> {
    const thread = this.get(id);
    thread.messages = [];
    thread.state = "empty";
    return this.open(id);
  }

  /** Who is in a conversation; read anew when that may have changed. */
  async company(id: Id): Promise<Conversation> {
    const detail = await api.get<Conversation>(`/api/conversations/${id}`);
    faces.put(detail.cards);
    for (const one of detail.participants) faces.name(one.id, one.name);
    const thread = this.get(id);
    thread.people = detail.participants;
    thread.rules = { history: detail.history, asked: detail.asked, askedBy: detail.asked_by };
    return detail;
  }

  async #page(id: Id, query: Record<string, number | null>): Promise<Page> {
    const page = await api.get<Page>(`/api/conversations/${id}/messages`, { query, retries: 1 });
    faces.put(page.cards);
    store.saveRows([], page.cards);
    return page;
  }

  #keep(thread: Thread): void {
    if (thread.hasNewer) return;
    store.saveThread({
      id: thread.id,
      messages: thread.messages.slice(-KEPT_OFFLINE),
      last_seq: thread.lastSeq,
      at: clock.now(),
    });
  }

  async #fallBack(thread: Thread, error: unknown): Promise<void> {
    const saved = thread.messages.length ? undefined : await store.thread(thread.id);
    if (saved?.messages.length && !(error instanceof Refused)) {
      const people = new Set(saved.messages.map((message) => message.author_id));
      faces.put(await store.cards([...people].filter((id) => id !== null)));
      thread.messages = saved.messages;
      thread.firstSeq = saved.messages[0]?.seq ?? 0;
      thread.lastSeq = saved.last_seq;
      thread.savedAt = saved.at;
    }
    thread.state = thread.messages.length ? "ready" : "empty";
    thread.failed = true;
    thread.gone = error instanceof Refused && error.status === 404;
    thread.stale = true;
  }
}

function gapBefore(page: Page, thread: Thread): boolean {
  const first = page.messages[0]?.seq;
  return first !== undefined && first > thread.to + 1;
}
