/** The row and what is played, worked out without browser or network. */
import type { Id } from "../wire/words.ts";
import type { Frame, Story, StoryEvent, StoryRow, StorySettings, Teller, Told } from "./told.ts";

export type Row = StoryRow & { opened: Opened };
export type Opened = Readonly<Record<Id, Told>>;

/** One frame where it stands: in which story, and which of all that its author tells now. */
export type Item = { story: Story; frame: Frame; index: number };

export const USUAL: StorySettings = {
  viewing: "name",
  row: "shown",
  motion: null,
  archive: true,
  box: null,
};
export const EMPTY: Row = {
  own: null,
  tellers: [],
  next: null,
  unseen: 0,
  prompt: null,
  settings: USUAL,
  opened: {},
};

/** There is something new, of somebody whom I want to be shown. */
export const unseen = (teller: Teller): boolean => teller.seen < teller.frames && !teller.muted;

/** Unseen first, the muted last; else everybody keeps their place. */
export function arranged(tellers: Teller[]): Teller[] {
  const rank = (one: Teller): number => (unseen(one) ? 0 : one.muted ? 2 : 1);
  const order = tellers.toSorted((a, b) => rank(a) - rank(b));
  return order.every((one, at) => one === tellers[at]) ? tellers : order;
}

/**
 * What an event makes of the row. While it is `held`, under the pointer or the focus, nobody
 * changes places: who is new comes last, and is put in order when the hands are off.
 */
export function apply(row: Row, event: StoryEvent, me: Id, held = false): Row {
  switch (event.type) {
    case "story.published": {
      const known = row.tellers.find((one) => one.card.id === event.teller.card.id);
      // What is told to many does not say how near its author is to me.
      const teller = known ? { ...event.teller, card: known.card } : event.teller;
      if (teller.card.id === me) return { ...row, own: teller };
      return { ...row, ...counted(row, placed(row.tellers, teller, held)) };
    }
    case "story.gone": {
      const { teller, story_id } = event;
      const opened = story_id
        ? shortened(row.opened, event.author_id, story_id)
        : without(row.opened, event.author_id);
      if (event.author_id === me) return { ...row, own: teller, opened };
      const tellers = teller
        ? row.tellers.map((one) => (one.card.id === event.author_id ? teller : one))
        : row.tellers.filter((one) => one.card.id !== event.author_id);
      return { ...row, opened, ...counted(row, tellers) };
    }
    case "story.changed": {
      const { story } = event;
      const told = row.opened[story.author_id];
      if (!told) return row;
      const known = told.stories.some((one) => one.id === story.id);
      const live = story.state === "live";
      const stories = known
        ? told.stories.map((one) => (one.id === story.id ? story : one)).filter(alive)
        : live
          ? [...told.stories, story]
          : told.stories;
      return { ...row, opened: { ...row.opened, [story.author_id]: { ...told, stories } } };
    }
    case "story.removed":
      return { ...row, opened: shortened(row.opened, me, event.id) };
    case "stories.seen":
      return withSeen(row, event.author_id, event.seen, held);
    case "stories.muted":
      return muted(row, event.author_id, event.muted, held);
    case "stories.settings":
      return { ...row, settings: event.settings };
  }
}

/** Without one of somebody’s stories, and without them when it was the last. */
function shortened(opened: Opened, author: Id, story: Id): Opened {
  const told = opened[author];
  if (!told) return opened;
  const stories = told.stories.filter((one) => one.id !== story);
  return stories.length ? { ...opened, [author]: { ...told, stories } } : without(opened, author);
}

/** Without one frame of an own story. */
export function dropped(row: Row, author: Id, story: Id, frame: Id): Row {
  const told = row.opened[author];
  const of = told?.stories.find((one) => one.id === story);
  if (!told || !of) return row;
  const frames = of.frames.filter((one) => one.id !== frame);
  const opened = frames.length
    ? {
        ...row.opened,
        [author]: {
          ...told,
          stories: told.stories.map((one) => (one === of ? { ...of, frames } : one)),
        },
      }
    : shortened(row.opened, author, story);
  const left = (row.own?.frames ?? 0) - 1;
  const own = row.own && left > 0 ? { ...row.own, frames: left } : null;
  return { ...row, opened, own };
}

export function muted(row: Row, author: Id, on: boolean, held = false): Row {
  const tellers = row.tellers.map((one) => (one.card.id === author ? { ...one, muted: on } : one));
  return { ...row, ...counted(row, held ? tellers : arranged(tellers)) };
}

const alive = (story: Story): boolean => story.state !== "archived";

function without(opened: Opened, id: Id): Opened {
  if (!(id in opened)) return opened;
  const { [id]: _, ...rest } = opened;
  return rest;
}

function placed(tellers: Teller[], teller: Teller, held: boolean): Teller[] {
  const known = tellers.some((one) => one.card.id === teller.card.id);
  if (held)
    return known
      ? tellers.map((one) => (one.card.id === teller.card.id ? teller : one))
      : [...tellers, teller];
  const others = tellers.filter((one) => one.card.id !== teller.card.id);
  return unseen(teller) ? [teller, ...others] : arranged([...others, teller]);
}

/** The people, and how many of all there are that tell something new. */
function counted(row: Row, tellers: Teller[]): Pick<Row, "tellers" | "unseen"> {
  const more = tellers.filter(unseen).length - row.tellers.filter(unseen).length;
  return { tellers, unseen: Math.max(0, row.unseen + more) };
}

function withSeen(row: Row, author: Id, seen: number, held: boolean): Row {
  if (row.own?.card.id === author) return { ...row, own: { ...row.own, seen } };
  const tellers = row.tellers.map((one) => (one.card.id === author ? { ...one, seen } : one));
  return { ...row, ...counted(row, held ? tellers : arranged(tellers)) };
}

/** So many frames of a story have been seen here: never fewer than before. */
export function saw(row: Row, author: Id, story: Id, frames: number, held = true): Row {
  const told = row.opened[author];
  const before = told?.stories.find((one) => one.id === story);
  if (!told || !before || before.seen >= frames) return row;
  const stories = told.stories.map((one) => (one.id === story ? { ...one, seen: frames } : one));
  const teller =
    row.own?.card.id === author ? row.own : row.tellers.find((t) => t.card.id === author);
  const next = { ...row, opened: { ...row.opened, [author]: { ...told, stories } } };
  if (!teller) return next;
  const seen = Math.min(teller.frames, teller.seen + frames - before.seen);
  return withSeen(next, author, seen, held);
}

/** All that somebody tells now, oldest first, as one sequence. */
export function items(told: Told): Item[] {
  const stories = told.stories
    .filter((one) => one.state === "live")
    .toSorted((a, b) => a.published_at - b.published_at);
  return stories
    .flatMap((story) => story.frames.map((frame) => ({ story, frame, index: 0 })))
    .map((item, index) => ({ ...item, index }));
}

/** Where to begin: at the first that was not seen; with nothing new at `usual`. */
export function beginning(all: Item[], usual = 0): number {
  const at = all.findIndex(({ story, frame }) => story.frames.indexOf(frame) >= story.seen);
  return at < 0 ? usual : at;
}

const STILL_MS = 5_000;
const LETTER_MS = 60;
const LETTERS = 80;
const LONGEST_MS = 60_000;

/** For how long a frame is shown when nobody touches it. */
export function lastsMs(frame: Frame): number {
  if (frame.kind === "video") return Math.min(LONGEST_MS, frame.media?.duration ?? STILL_MS);
  const letters = frame.kind === "text" ? [...frame.text].length : 0;
  return STILL_MS + Math.max(0, letters - LETTERS) * LETTER_MS;
}

/** Frames are numbered within their story. */
export type Where = { author: Id; story: Id; frame: Id };

/** One frame of an opened story, changed. */
export function changed(row: Row, at: Where, change: (frame: Frame) => Frame): Row {
  const told = row.opened[at.author];
  if (!told) return row;
  const stories = told.stories.map((story) =>
    story.id === at.story
      ? { ...story, frames: story.frames.map((one) => (one.id === at.frame ? change(one) : one)) }
      : story,
  );
  return { ...row, opened: { ...row.opened, [at.author]: { ...told, stories } } };
}

/** When the next ring has come to its end. */
export const nextEnd = ({ own, tellers }: Row): number =>
  Math.min(...[own, ...tellers].map((one) => one?.expires_at ?? Number.POSITIVE_INFINITY));

/** The row as it was read again; what was fetched of somebody whose ring has ended goes, too. */
export function reread(row: Row, got: StoryRow): Row {
  const rings = new Set([got.own, ...got.tellers].map((one) => one?.card.id));
  let { opened } = row;
  if (got.next === null)
    for (const one of [row.own, ...row.tellers])
      if (one && !rings.has(one.card.id)) opened = without(opened, one.card.id);
  return { ...got, opened };
}
