/** A video that is open, and what is said beneath it; kept true by events. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { api, type Query, Refused } from "../ports/api.ts";
import { live } from "../ports/live.ts";
import type { Profile } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { apply, changed, find, type Held, held, paged, removed, said } from "./model.ts";
import { Tracks } from "./player/tracks.svelte.ts";
import type { Reply, ReplyDone, ThreadPage, Video, VideoEvent, VideoOpened } from "./told.ts";

const PAGE = 30;
const MOST = 100;

/** Whose handle is whose number: asked once where the page before did not say it. */
const authors = new Map<string, Id>();
export const knowAuthor = (handle: string, id: Id): void => void authors.set(handle, id);

async function authorBy(handle: string): Promise<Id> {
  const known = authors.get(handle);
  if (known) return known;
  const { id } = await api.get<Profile>(`/api/profiles/${encodeURIComponent(handle)}`);
  knowAuthor(handle, id);
  return id;
}

export const pathOf = ({ author_id, id }: Pick<Video, "author_id" | "id">): string =>
  `/api/videos/${author_id}/${id}`;

export class OneVideo {
  now = $state.raw<Held | null>(null);
  fault = $state.raw<unknown>(null);
  /** Replies that are being fetched: of the video itself, or beneath these. */
  loading = $state.raw<ReadonlySet<Id | null>>(new Set());
  broken = $state(false);
  /** What others have said since is being fetched. */
  renewing = $state(false);
  /** How much of what is said beneath it has come here, on this page or on those that follow. */
  #told = $state(0);
  /** Counts what is heard of it. */
  #heard = 0;
  tracks = $state.raw<Tracks | null>(null);

  constructor(
    /** By handle or, where that is not known, by number. */
    readonly author: { handle: string } | { id: Id },
    readonly id: Id,
  ) {}

  get gone(): boolean {
    return this.fault instanceof Refused && this.fault.status === 404;
  }

  /** What others have said since: only who takes part is told of it. */
  get fresh(): number {
    return this.now?.ready ? Math.max(0, this.now.video.replies_total - this.#told) : 0;
  }

  /** An answer that nothing has overtaken: what is heard meanwhile may not be in it. */
  async #ask<T>(path: string, query: Query = {}): Promise<T> {
    for (;;) {
      const before = this.#heard;
      const got = await api.get<T>(path, { query });
      if (before === this.#heard) return got;
    }
  }

  async load(): Promise<void> {
    this.fault = null;
    try {
      const { author: by } = this;
      const author = "id" in by ? by.id : await authorBy(by.handle);
      const { video, card } = await this.#ask<VideoOpened>(
        pathOf({ author_id: author, id: this.id }),
      );
      this.now = this.now ? { ...this.now, video } : held(video, card);
      this.tracks ??= new Tracks(author, this.id);
      if (!this.now.ready) await this.more(null);
    } catch (error) {
      this.fault = error;
      if (this.gone) this.now = null;
    }
  }

  /** The log was too far behind: everything again. */
  async again(): Promise<void> {
    if (this.now) this.now = { ...this.now, replies: [], answers: {}, chapters: [], ready: false };
    this.tracks?.forget();
    await this.load();
  }

  /** The next page of what answers the video, or one of its replies. */
  async more(parent: Id | null): Promise<void> {
    const { now } = this;
    if (!now || this.loading.has(parent)) return;
    const after = parent === null ? now.next : now.answers[parent]?.next;
    this.loading = new Set([...this.loading, parent]);
    this.broken = false;
    try {
      const page = await this.#page(now.video, { parent, after: after ?? null, limit: PAGE });
      if (!this.now) return;
      if (!this.now.ready) this.#told = this.now.video.replies_total;
      this.now = paged(this.now, parent, page);
    } catch {
      this.broken = true;
    } finally {
      this.loading = new Set([...this.loading].filter((one) => one !== parent));
    }
  }

  #page(video: Video, query: Query): Promise<ThreadPage> {
    return this.#ask<ThreadPage>(`${pathOf(video)}/replies`, query);
  }

  /** Whether there is more beneath it by now. */
  async look(): Promise<void> {
    const { now } = this;
    if (!now?.ready) return;
    const got = await this.#ask<VideoOpened>(pathOf(now.video)).catch(() => null);
    if (got) this.set(got.video);
  }

  /** What others have said since comes to its place; what is here stays where it is. */
  async renew(): Promise<void> {
    const { now } = this;
    if (!now || this.renewing) return;
    this.renewing = true;
    const total = now.video.replies_total;
    const last = now.next === null ? null : now.replies.at(-1);
    try {
      for (let after: string | null = null, all = false; !all; ) {
        const page: ThreadPage = await this.#page(now.video, { after, limit: MOST });
        if (!this.now) return;
        after = page.next;
        // Beyond what is shown the next page begins as it did.
        all = after === null || page.replies.some(({ id }) => id === last?.id);
        this.now = paged(this.now, null, page);
      }
      this.#told = total;
    } catch {
      notify(t("videos.thread_failed"), { error: true });
    } finally {
      this.renewing = false;
    }
  }

  hear(event: VideoEvent): void {
    const about =
      "video" in event ? event.video.id : "video_id" in event ? event.video_id : event.id;
    if (about !== this.id) return;
    this.#heard++;
    if (!this.now) return;
    const before = this.now.video.subtitles;
    if (event.type === "video.replied") this.#one(event.reply.id, 1, event.replies_total);
    if (event.type === "video.reply_removed") this.#one(event.reply_id, -1, event.replies_total);
    const after = apply(this.now, event);
    this.now = after;
    if (!after) this.fault = new Refused(404, "videos.not_found", "");
    else if (after.video.subtitles !== before || event.type === "video.reply_changed")
      this.tracks?.forget();
  }

  /** One that is heard of is no longer new when it is looked for. */
  #one(id: Id, by: 1 | -1, total: number): void {
    const here = this.now && find(this.now, id);
    const more = by > 0 ? (here ? 0 : 1) : here ? -1 : 0;
    this.#told = Math.min(this.#told + more, total);
  }

  /** Only where it is still the same that is open. */
  set(video: Video): void {
    if (this.now?.video.id === video.id) this.now = { ...this.now, video };
  }

  reply(id: Id, how: (reply: Reply) => Reply): void {
    if (this.now) this.now = changed(this.now, id, how);
  }

  said({ reply, replies_total }: ReplyDone): void {
    if (!this.now) return;
    const { video } = this.now;
    this.#one(reply.id, 1, replies_total);
    this.now = said({ ...this.now, video: { ...video, replies_total } }, reply, null);
  }

  drop(id: Id, gone: boolean): void {
    if (!this.now) return;
    const { video } = this.now;
    const replies_total = Math.max(0, video.replies_total - 1);
    this.#one(id, -1, replies_total);
    this.now = removed({ ...this.now, video: { ...video, replies_total } }, id, gone);
  }

  /** What was dropped stands after all; what was heard meanwhile does, too. */
  back(reply: Reply): void {
    if (!this.now) return;
    const { video } = this.now;
    this.#told++;
    const replies_total = video.replies_total + 1;
    this.now = said({ ...this.now, video: { ...video, replies_total } }, reply, null);
  }
}

/** What is on the screen: writes that come back late find it here. */
let open: OneVideo | null = null;

export const shownVideo = (id: Id): OneVideo | null => (open?.id === id ? open : null);

/** While it is on the screen. */
export function show(one: OneVideo): () => void {
  open = one;
  return () => {
    if (open === one) open = null;
  };
}

const hear = (event: VideoEvent): void => open?.hear(event);
live.on("video.changed", hear);
live.on("video.removed", hear);
live.on("video.replied", hear);
live.on("video.reply_changed", hear);
live.on("video.reply_removed", hear);
// Liked in another tab.
live.on("part.changed", ({ part, of }) => {
  if (part === "video" && of === open?.id) void open?.look();
});
live.onReset(async () => {
  await open?.again();
});
