/** What one does with stories: seen at once, sent by the outbox. */

import { t } from "../kit/i18n.svelte.ts";
import { later } from "../kit/later.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { api } from "../ports/api.ts";
import { type Outcome, outbox } from "../ports/outbox.ts";
import type { Card, Message, StoryDone, StoryTrack } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import type { Item, Where } from "./model.ts";
import { replies } from "./replying.ts";
import { type Seen, stories } from "./state.svelte.ts";
import type { Sticker, StoryReplied, StorySettings } from "./told.ts";

const LANE = "stories";
/** What is seen in quick succession is told in one piece. */
const TOGETHER_MS = 1_000;

outbox.verb<{ seen: Seen[] }, null>("stories.seen", {
  apply: ({ args }) => {
    for (const one of args.seen) stories.saw(one);
  },
  // It was seen, whatever the server says of a story that has gone since.
  revert: () => undefined,
});

const unsaid = new Map<Id, Seen>();
let planned: { cancel: () => boolean } | null = null;

/** A frame was on the screen. */
export function see({ story, frame }: Item): void {
  const seen = {
    author_id: story.author_id,
    story_id: story.id,
    frames: story.frames.findIndex((one) => one.id === frame.id) + 1,
  };
  if (seen.frames <= story.seen) return;
  stories.saw(seen);
  unsaid.set(story.id, seen);
  planned ??= later(saySeen, TOGETHER_MS);
}

/** Tells what was seen; at once when the viewer closes. */
export function saySeen(): void {
  planned?.cancel();
  planned = null;
  if (!unsaid.size) return;
  const seen = [...unsaid.values()];
  unsaid.clear();
  outbox.do(
    "stories.seen",
    { method: "POST", path: "/api/stories/seen", body: { seen }, lane: LANE },
    { seen },
  );
}

const pathOf = ({ story, frame }: Pick<Item, "story" | "frame">): string =>
  `/api/stories/${story.author_id}/${story.id}/frames/${frame.id}`;

const laneOf = ({ story, frame }: Item): string => `${LANE}.${story.id}.${frame.id}`;
const whereOf = ({ story, frame }: Item): Where => ({
  author: story.author_id,
  story: story.id,
  frame: frame.id,
});

type Liking = { at: Where; on: boolean };
const liked = ({ at, on }: Liking): void => stories.change(at, (one) => ({ ...one, liked: on }));

outbox.verb<Liking, null>("stories.like", {
  apply: ({ args }) => liked(args),
  revert: ({ args }) => liked({ ...args, on: !args.on }),
});

export function like(item: Item, on: boolean): void {
  outbox.do<Liking>(
    "stories.like",
    { method: "POST", path: `${pathOf(item)}/like`, body: { on }, lane: laneOf(item) },
    { at: whereOf(item), on },
  );
}

/** Only who speaks needs them. */
const files = () => import("../media/uploads.svelte.ts").then(({ uploads }) => uploads);

/** `file`: a voice, on its way. */
type Answer = { me: Id; author: Id; name: string; text: string; file?: string | null };

outbox.verb<Answer, StoryReplied>("stories.reply", {
  ready(op) {
    const { file } = op.args;
    if (!file || op.body["media_id"]) return null;
    return files()
      .then((uploads) => uploads.settled([file]))
      .then(([media_id]) => {
        op.body = { ...op.body, media_id };
      });
  },
  apply: () => undefined,
  revert: ({ args }) => {
    const { file } = args;
    if (file) void files().then((uploads) => uploads.leave([file], false));
    // Kept where it was typed; what has been typed there since goes before.
    if (!replies.get(args.me, args.author)) replies.put(args.me, args.author, args.text);
  },
  done: ({ args }, { message }) => {
    const { file } = args;
    if (file) void files().then((uploads) => uploads.arrived([file]));
    for (const fn of arrived) fn(args.author, message);
    notify(t("stories.replied", { name: args.name }), { quiet: true });
  },
});

type Arrived = (author: Id, message: Message) => void;
const arrived = new Set<Arrived>();

/** Hears where a reply went, as long as somebody is there to be told. */
export function onReplied(fn: Arrived): () => void {
  arrived.add(fn);
  return () => arrived.delete(fn);
}

export function reply(
  item: Item,
  card: Card,
  text: string,
  file: string | null = null,
): Promise<Outcome> {
  const args = { me: stories.me, author: card.id, name: card.name, text, file };
  const { settled } = outbox.do<Answer>(
    "stories.reply",
    { method: "POST", path: `${pathOf(item)}/replies`, body: { text }, lane: `${LANE}.${card.id}` },
    args,
  );
  return settled;
}

/** Takes part: votes, answers, follows a link, wants to be reminded. */
export function touch(
  item: Item,
  sticker: Sticker,
  how: { option?: number; text?: string; named?: boolean; tapped?: boolean; remind?: boolean },
): void {
  const put = (one: Sticker): void =>
    stories.change(whereOf(item), (before) => ({
      ...before,
      stickers: before.stickers.map((other) => (other.id === one.id ? one : other)),
    }));
  outbox.mutate<{ sticker: Sticker }>({
    op: {
      method: "POST",
      path: `${pathOf(item)}/stickers/${sticker.id}`,
      body: how,
      lane: laneOf(item),
    },
    apply: () =>
      put({
        ...sticker,
        ...(how.option === undefined ? {} : { mine: how.option }),
        ...(how.text === undefined ? {} : { answered: true }),
        ...(how.remind === undefined ? {} : { reminded: how.remind }),
      }),
    revert: () => put(sticker),
    done: (answer) => {
      if (answer) put(answer.sticker);
    },
  });
}

type Muting = { author: Id; on: boolean };

outbox.verb<Muting, null>("stories.mute", {
  apply: ({ args }) => stories.mute(args.author, args.on),
  revert: ({ args }) => stories.mute(args.author, !args.on),
});

export function mute(author: Id, on: boolean): void {
  outbox.do<Muting>(
    "stories.mute",
    {
      method: on ? "PUT" : "DELETE",
      path: `/api/stories/mutes/${author}`,
      body: {},
      lane: `${LANE}.mute.${author}`,
    },
    { author, on },
  );
}

type Choosing = { before: Partial<StorySettings>; after: Partial<StorySettings> };

outbox.verb<Choosing, unknown>("stories.settings", {
  apply: ({ args }) => stories.choose(args.after),
  revert: ({ args }) => stories.choose(args.before),
});

export function choose(after: Partial<StorySettings>): void {
  const before = Object.fromEntries(
    Object.keys(after).map((name) => [name, stories.settings[name as keyof StorySettings]]),
  ) as Partial<StorySettings>;
  outbox.do<Choosing>(
    "stories.settings",
    { method: "PATCH", path: "/api/stories/settings", body: after, lane: `${LANE}.settings` },
    { before, after },
  );
}

/** Says otherwise what is said in a film, in all languages. */
export async function writeSubtitles(
  item: Pick<Item, "story" | "frame">,
  tracks: StoryTrack[],
): Promise<void> {
  const { story } = await api.put<StoryDone>(`${pathOf(item)}/subtitles`, { tracks });
  if (story) stories.hear({ type: "story.changed", story });
}

/** Deletes a whole story, or one frame of it; the member has confirmed it. */
export function remove({ story, frame }: Item): void {
  const whole = story.frames.length === 1;
  const path = `/api/stories/${story.author_id}/${story.id}`;
  outbox.mutate({
    op: {
      method: "DELETE",
      path: whole ? path : `${path}/frames/${frame.id}`,
      body: {},
      lane: LANE,
    },
    apply: () => stories.drop(story.id, frame.id),
    revert: () => stories.again(story.author_id),
  });
}
