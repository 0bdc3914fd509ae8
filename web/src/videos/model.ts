/** A video and what is said beneath it, and how the log changes both: as on the server. */
import { later } from "../ports/live.ts";
import type { Id } from "../wire/words.ts";
import type { Card, Media, Reply, ThreadPage, Video, VideoEvent } from "./told.ts";

export type Answers = { list: Reply[]; next: string | null };
export type Held = {
  video: Video;
  /** Those that answer the video itself, the oldest first. */
  replies: Reply[];
  next: string | null;
  /** Films that answer it, in the order in which they are played. */
  chapters: Reply[];
  /** What is shown beneath a reply, by its id. */
  answers: Record<Id, Answers>;
  cards: Record<Id, Card>;
  /** The first page of replies is here. */
  ready: boolean;
};

/** One thing that plays: the video itself, or a film that answers it. */
export type Chapter = { id: Id | null; reply: Reply | null; media: Media };

export const held = (video: Video, card: Card): Held => ({
  video,
  replies: [],
  next: null,
  chapters: [],
  answers: {},
  cards: { [card.id]: card },
  ready: false,
});

const byId = (a: Id, b: Id): number => (a === b ? 0 : later(a, b) ? 1 : -1);
const inOrder = (a: Reply, b: Reply): number => byId(a.id, b.id);
/** Thread by thread: who answers an answer comes right after it. */
const asPlayed = (a: Reply, b: Reply): number =>
  byId(a.parent_id ?? a.id, b.parent_id ?? b.id) || inOrder(a, b);

/** With these in it, each once, the newer word standing. */
export function merged(
  list: readonly Reply[],
  more: readonly Reply[],
  order: typeof inOrder = inOrder,
): Reply[] {
  const all = new Map([...list, ...more].map((one) => [one.id, one]));
  return [...all.values()].sort(order);
}

const without = (list: readonly Reply[], id: Id): Reply[] => list.filter((one) => one.id !== id);

const known = (cards: Record<Id, Card>, more: readonly Card[]): Record<Id, Card> => ({
  ...cards,
  ...Object.fromEntries(more.map((card) => [card.id, card])),
});

const plays = ({ media, state, removed }: Reply): boolean =>
  media?.kind === "video" && !media.voice && state === "live" && !removed;

export function chaptersOf({ video, chapters }: Held): Chapter[] {
  const films = chapters.flatMap((reply): Chapter[] =>
    reply.media ? [{ id: reply.id, reply, media: reply.media }] : [],
  );
  return video.media ? [{ id: null, reply: null, media: video.media }, ...films] : films;
}

/** The one before or after; null where there is none. */
export function beside(all: readonly Chapter[], id: Id | null, step: 1 | -1): Chapter | null {
  const at = all.findIndex((one) => one.id === id);
  return at < 0 ? null : (all[at + step] ?? null);
}

/** A page of what answers the video, or one of its replies. */
export function paged(held: Held, parent: Id | null, page: ThreadPage): Held {
  const cards = known(held.cards, page.cards);
  if (parent !== null) {
    const list = merged(held.answers[parent]?.list ?? [], page.replies);
    const answers = { ...held.answers, [parent]: { list, next: page.next } };
    const after = { ...held, cards, answers };
    // All are here: however often one of them was told of, there are so many.
    return page.next === null
      ? changed(after, parent, (one) => ({ ...one, answers: list.length }))
      : after;
  }
  return {
    ...held,
    cards,
    replies: merged(held.replies, page.replies),
    next: page.next,
    chapters: merged(held.chapters, page.chapters, asPlayed),
    ready: true,
  };
}

export function find(held: Held, id: Id): Reply | undefined {
  for (const list of [held.replies, ...Object.values(held.answers).map((one) => one.list)]) {
    const found = list.find((one) => one.id === id);
    if (found) return found;
  }
  return held.chapters.find((one) => one.id === id);
}

/** The same change to a reply wherever it stands. */
export function changed(held: Held, id: Id, how: (reply: Reply) => Reply): Held {
  const each = (list: Reply[]): Reply[] => list.map((one) => (one.id === id ? how(one) : one));
  return {
    ...held,
    replies: each(held.replies),
    chapters: each(held.chapters),
    answers: Object.fromEntries(
      Object.entries(held.answers).map(([key, one]) => [key, { ...one, list: each(one.list) }]),
    ),
  };
}

/** One more, or one of those that are here in new words. */
export function said(before: Held, reply: Reply, card: Card | null): Held {
  const isNew = !find(before, reply.id);
  let after = changed(before, reply.id, () => reply);
  if (card) after = { ...after, cards: known(after.cards, [card]) };
  if (plays(reply)) after = { ...after, chapters: merged(after.chapters, [reply], asPlayed) };
  if (!isNew) return after;
  const parent = reply.parent_id;
  if (parent === null) return { ...after, replies: merged(after.replies, [reply]) };
  const here = after.answers[parent];
  const counted = changed(after, parent, (one) => ({ ...one, answers: one.answers + 1 }));
  // Of those that are not opened, the count alone says that there is one more.
  return here
    ? {
        ...counted,
        answers: { ...counted.answers, [parent]: { ...here, list: merged(here.list, [reply]) } },
      }
    : counted;
}

/** A reply is no more; where others answer it, its place is left until they are gone, too. */
export function removed(before: Held, id: Id, gone: boolean): Held {
  const reply = find(before, id);
  if (!reply) return before;
  const quiet = { ...before, chapters: without(before.chapters, id) };
  if (!gone)
    return changed(quiet, id, (one) => ({
      ...one,
      removed: true,
      member_id: null,
      text: "",
      media: null,
      subtitles: [],
      likes: 0,
      liked: false,
      may_remove: false,
    }));
  const parent = reply.parent_id;
  if (parent === null) {
    const { [id]: _, ...answers } = quiet.answers;
    return { ...quiet, answers, replies: without(quiet.replies, id) };
  }
  const above = find(quiet, parent);
  if (above?.removed && above.answers <= 1) return removed(quiet, parent, true);
  const here = quiet.answers[parent];
  const counted = changed(quiet, parent, (one) => ({
    ...one,
    answers: Math.max(0, one.answers - 1),
  }));
  return here
    ? {
        ...counted,
        answers: { ...counted.answers, [parent]: { ...here, list: without(here.list, id) } },
      }
    : counted;
}

/** Null when the video itself is no more. */
export function apply(before: Held, event: VideoEvent): Held | null {
  const { video } = before;
  const counted = (held: Held, total: number): Held => ({
    ...held,
    video: { ...held.video, replies_total: total },
  });
  switch (event.type) {
    case "video.changed":
      return event.video.id === video.id ? { ...before, video: event.video } : before;
    case "video.removed":
      return event.id === video.id ? null : before;
    case "video.replied":
      return event.video_id === video.id
        ? counted(said(before, event.reply, event.card), event.replies_total)
        : before;
    case "video.reply_changed": {
      if (event.video_id !== video.id || !find(before, event.reply.id)) return before;
      return said(before, event.reply, null);
    }
    case "video.reply_removed":
      return event.video_id === video.id
        ? counted(removed(before, event.reply_id, event.gone), event.replies_total)
        : before;
    default:
      return before;
  }
}

/** A list of one member's own videos, the latest first. */
export function listed(videos: readonly Video[], event: VideoEvent, author: Id): readonly Video[] {
  if (event.type === "video.removed") return videos.filter((one) => one.id !== event.id);
  if (event.type !== "video.changed" || event.video.author_id !== author) return videos;
  const { video } = event;
  return videos.some((one) => one.id === video.id)
    ? videos.map((one) => (one.id === video.id ? video : one))
    : [video, ...videos];
}
