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
  expired,
  muted,
  type Row,
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
  /** The row is under the pointer or has the focus: nobody changes places. */
  #held = false;
  #loading: Promise<void> | null = null;
  #more: Promise<void> | null = null;
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
    try {
      const got = await api.get<StoryRow>("/api/stories", { query: { limit: PAGE } });
      this.row = { ...got, opened: this.row.opened };
      this.fault = null;
      this.ready = true;
      this.#remember();
      this.#again();
    } catch (error) {
      this.fault = error;
    }
  }

  /** The next people, when the end of the row comes near. */
  more(): Promise<void> {
    const { next } = this.row;
    if (!next) return Promise.resolve();
    this.#more ??= api
      .get<StoryRow>("/api/stories", { query: { limit: PAGE, after: next } })
      .then(({ tellers, next: after }) => {
        const known = new Set(this.row.tellers.map((one) => one.card.id));
        const others = tellers.filter((one) => !known.has(one.card.id));
        this.row = { ...this.row, tellers: [...this.row.tellers, ...others], next: after };
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
    const before = this.#asked.get(author);
    if (before) return before;
    const asked = api.get<Told>(`/api/stories/${author}`).then((told) => {
      this.row = { ...this.row, opened: { ...this.row.opened, [author]: told } };
      this.#again();
      return told;
    });
    this.#asked.set(author, asked);
    const over = (): void => {
      this.#asked.delete(author);
    };
    asked.then(over, over);
    return asked;
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

  /** Nobody says when a story of somebody else comes to its end. */
  tick(now: number): void {
    this.row = expired(this.row, now);
  }

  mute(author: Id, on: boolean): void {
    this.row = muted(this.row, author, on, this.#held);
  }

  /** An own frame that the member has deleted. */
  drop(story: Id, frame: Id): void {
    this.row = dropped(this.row, this.me, story, frame);
  }

  hear(event: StoryEvent): void {
    this.row = apply(this.row, event, this.me, this.#held);
    if (event.type === "stories.settings") this.#remember();
    if (event.type === "story.published") {
      // What is open stays so while the rest is fetched.
      const { id } = event.teller.card;
      if (this.told(id)) this.#fetch(id).catch(() => undefined);
    }
  }

  clear(): void {
    this.row = EMPTY;
    this.ready = false;
    this.#asked.clear();
  }

  /** What was done here and is not answered yet stays done. */
  #again(): void {
    for (const op of outbox.pending())
      if (op.verb === "stories.seen")
        for (const one of (op.args as { seen: Seen[] }).seen) this.saw(one);
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
live.on("story.gone", hear);
live.on("story.changed", hear);
live.on("story.removed", hear);
live.on("stories.seen", hear);
live.on("stories.muted", hear);
live.on("stories.settings", hear);
live.onReset(async () => {
  if (stories.ready) await stories.load();
});
session.onLeft(() => stories.clear());
