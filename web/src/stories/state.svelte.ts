/** Who tells stories and what of it is open; kept true by events. */
import { api } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Id } from "../wire/words.ts";
import {
  apply,
  arranged,
  changed,
  dropped,
  EMPTY,
  muted,
  type Row,
  reread,
  saw,
  type Where,
} from "./model.ts";
import type { Frame, StoryEvent, StoryRow, StorySettings, Teller, Told } from "./told.ts";

export type Seen = { author_id: Id; story_id: Id; frames: number };

const PAGE = 40;
/** How the row was shown last: the page keeps its room before the row is here. */
const HINT = "entregent.stories.row";

class Stories {
  row = $state.raw<Row>(EMPTY);
  ready = $state(false);
  fault = $state.raw<unknown>(null);
  /** In which language the row was asked for: the question of the day is in it. */
  #spoken: string | null = null;
  /** The row is under the pointer or has the focus: nobody changes places. */
  #held = false;
  #loading: Promise<void> | null = null;
  #more: Promise<void> | null = null;
  /** What is said while an answer is on its way, for each that is: it may not know of it. */
  #hearing = new Set<StoryEvent[]>();
  /** Of all that was asked for by this member. */
  #stop = new AbortController();
  #asked = new Map<Id, Promise<Told>>();

  get me(): Id {
    return session.me?.id ?? "";
  }

  get settings(): StorySettings {
    return this.row.settings;
  }

  set held(on: boolean) {
    this.#held = on;
    if (!on) this.row = { ...this.row, tellers: arranged(this.row.tellers) };
  }

  find(author: Id): Teller | null {
    const { own, tellers } = this.row;
    return own?.card.id === author ? own : (tellers.find((one) => one.card.id === author) ?? null);
  }

  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { signal } = this.#stop;
    this.#spoken = session.me?.language ?? null;
    try {
      const { got, heard } = await this.#ask<StoryRow>("/api/stories", { limit: PAGE });
      this.#take(reread(this.row, got), heard);
      this.fault = null;
      this.ready = true;
      this.#remember();
    } catch (error) {
      if (!signal.aborted) this.fault = error;
    }
  }

  async #ask<T>(
    path: string,
    query: Record<string, string | number> = {},
  ): Promise<{ got: T; heard: StoryEvent[] }> {
    const heard: StoryEvent[] = [];
    this.#hearing.add(heard);
    try {
      return { got: await api.get<T>(path, { query, signal: this.#stop.signal }), heard };
    } finally {
      this.#hearing.delete(heard);
    }
  }

  /** An answer, with what was said since it was asked for, and what is done here and not sent. */
  #take(row: Row, heard: StoryEvent[]): void {
    this.row = heard.reduce((now, event) => apply(now, event, this.me, this.#held), row);
    for (const op of outbox.pending())
      if (op.verb === "stories.seen")
        for (const one of (op.args as { seen: Seen[] }).seen) this.saw(one);
  }

  /** The next people, when the end of the row comes near. */
  more(): Promise<void> {
    const { next } = this.row;
    if (!next) return Promise.resolve();
    this.#more ??= this.#ask<StoryRow>("/api/stories", { limit: PAGE, after: next })
      .then(({ got, heard }) => {
        // The row was read anew meanwhile.
        if (this.row.next !== next) return;
        const known = new Set(this.row.tellers.map((one) => one.card.id));
        const others = got.tellers.filter((one) => !known.has(one.card.id));
        const tellers = [...this.row.tellers, ...others];
        this.#take({ ...this.row, tellers, next: got.next }, heard);
      })
      .catch(() => undefined)
      .finally(() => {
        this.#more = null;
      });
    return this.#more;
  }

  told(author: Id): Told | undefined {
    return this.row.opened[author];
  }

  /** What somebody tells, fetched once; refused where there is nothing for me. */
  open(author: Id): Promise<Told> {
    const here = this.told(author);
    if (here) return Promise.resolve(here);
    return this.#fetch(author);
  }

  #fetch(author: Id): Promise<Told> {
    const asked =
      this.#asked.get(author) ?? this.#read(author).finally(() => this.#asked.delete(author));
    this.#asked.set(author, asked);
    return asked;
  }

  async #read(author: Id): Promise<Told> {
    const { got, heard } = await this.#ask<Told>(`/api/stories/${author}`);
    // Told meanwhile: this answer may lack it.
    const more = (one: StoryEvent): boolean =>
      one.type === "story.published" && one.teller.card.id === author;
    if (heard.some(more)) return this.#read(author);
    this.#take({ ...this.row, opened: { ...this.row.opened, [author]: got } }, heard);
    return this.told(author) ?? { ...got, stories: [] };
  }

  /** What the server has, where what was shown already did not come about. */
  again(author: Id): void {
    void this.load();
    this.#fetch(author).catch(() => undefined);
  }

  saw({ author_id, story_id, frames }: Seen): void {
    this.row = saw(this.row, author_id, story_id, frames, this.#held);
  }

  change(at: Where, how: (frame: Frame) => Frame): void {
    this.row = changed(this.row, at, how);
  }

  choose(change: Partial<StorySettings>): void {
    this.row = { ...this.row, settings: { ...this.row.settings, ...change } };
    this.#remember();
  }

  mute(author: Id, on: boolean): void {
    this.row = muted(this.row, author, on, this.#held);
  }

  /** An own frame that the member has deleted. */
  drop(story: Id, frame: Id): void {
    this.row = dropped(this.row, this.me, story, frame);
  }

  /** In another tab I have done something with what somebody tells. What is done here and not yet
      sent will be told like it. */
  async elsewhere(author: Id): Promise<void> {
    const own = [...outbox.pending()].some(({ lane }) => lane?.startsWith("stories."));
    if (own || !this.told(author)) return;
    await this.#asked.get(author)?.catch(() => undefined);
    await this.#fetch(author).catch(() => undefined);
  }

  /** The question follows the language at once. */
  speak(language: string): void {
    if (this.ready && language !== this.#spoken) void this.load();
  }

  hear(event: StoryEvent): void {
    for (const heard of this.#hearing) heard.push(event);
    this.row = apply(this.row, event, this.me, this.#held);
    if (event.type === "stories.settings") this.#remember();
    if (event.type === "story.published") {
      // What is open stays so while the rest is fetched.
      const { id } = event.teller.card;
      if (this.told(id)) this.#fetch(id).catch(() => undefined);
    }
  }

  clear(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.row = EMPTY;
    this.ready = false;
    this.fault = null;
    this.#loading = null;
    this.#more = null;
    this.#asked.clear();
  }

  #remember(): void {
    try {
      localStorage.setItem(HINT, this.row.settings.row);
    } catch {
      // Then the page below moves once when the row comes.
    }
  }
}

export const stories = new Stories();

const hear = (event: StoryEvent): void => stories.hear(event);
live.on("story.published", hear);
// Of somebody whom very many follow: nobody's log has it.
live.on("story.around", ({ teller }) => hear({ type: "story.published", teller }));
live.on("story.gone", hear);
live.on("story.changed", hear);
live.on("story.removed", hear);
live.on("stories.seen", hear);
live.on("stories.muted", hear);
live.on("stories.settings", hear);
live.on("me.changed", ({ me }) => stories.speak(me.language));
live.on("part.changed", ({ part, of }) => {
  if (part === "story" && of) void stories.elsewhere(of);
});
live.onReset(async () => {
  if (stories.ready) await stories.load();
});
session.onLeft(() => stories.clear());
