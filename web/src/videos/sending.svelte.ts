/** Videos and replies on their way: kept at once, sent when their files are there. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { uploads } from "../media/uploads.svelte.ts";
import { live } from "../ports/live.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Media } from "../wire/types.ts";
import type { Id } from "../wire/words.ts";
import { placeOf, typed } from "./kept.ts";
import { shownVideo } from "./state.svelte.ts";
import type { Audience, Replies, ReplyDone, Video, VideoDone } from "./told.ts";

/** What is said of a video beside its film. */
export type Words = {
  title: string;
  text: string;
  language: string;
  audience: Audience;
  replies: Replies;
};
/** A file of this device; or what is on the server already, as a frame of an ended story. */
export type Film = { file: string } | { media: Media };
type Publishing = { film: Film; words: Words };
/** As it waits in the browser: an earlier client kept the name of its file there. */
type Kept = Publishing | { file: string; words: Words };
export type Waiting = Publishing & { key: string; refused: string | null };

let waiting = $state.raw<Waiting[]>([]);

export const publishing = {
  get list(): Waiting[] {
    return waiting;
  },
};

/** From 0 to 1: how much of a film is there. */
export function progressOf(film: Film): number {
  if ("media" in film) return 1;
  const upload = uploads.find(film.file);
  if (!upload) return 0;
  if (upload.state === "there") return 1;
  return upload.size ? Math.min(1, upload.sent / upload.size) : 0;
}

type Arrived = (video: Video) => void;
const arrivals = new Set<Arrived>();
/** Hears of own videos that the server has taken. */
export function onPublished(fn: Arrived): () => void {
  arrivals.add(fn);
  return () => arrivals.delete(fn);
}

const filmOf = (kept: Kept): Film => ("film" in kept ? kept.film : { file: kept.file });

outbox.verb<Kept, VideoDone>("videos.publish", {
  keepsRefused: true,
  ready(op) {
    const film = filmOf(op.args);
    if (op.body["media_id"] || "media" in film) return null;
    return uploads.settled([film.file]).then(([media_id]) => {
      op.body = { ...op.body, media_id };
    });
  },
  apply({ client_id, args }) {
    const others = waiting.filter((one) => one.key !== client_id);
    const { words } = args;
    waiting = [...others, { key: client_id, film: filmOf(args), words, refused: null }];
  },
  revert({ client_id }, refused) {
    waiting = refused
      ? waiting.map((one) => (one.key === client_id ? { ...one, refused: refused.message } : one))
      : waiting.filter((one) => one.key !== client_id);
  },
  done({ client_id, args }, { video }) {
    waiting = waiting.filter((one) => one.key !== client_id);
    const film = filmOf(args);
    if ("file" in film) uploads.arrived([film.file]);
    for (const fn of arrivals) fn(video);
    notify(t("videos.published"));
  },
});

/** From here on it survives a reload and a network that comes and goes. */
export function publish(film: Film, words: Words): Promise<unknown> {
  if ("file" in film) uploads.leave([film.file]);
  const write = {
    method: "POST",
    path: "/api/videos",
    body: "media" in film ? { ...words, media_id: film.media.id } : words,
    lane: "videos.publish",
  } as const;
  return outbox.do<Publishing>("videos.publish", write, { film, words }).saved;
}

/** A refused one is in the dialog again. */
export function takeBack(key: string): Waiting | undefined {
  const found = waiting.find((one) => one.key === key);
  if (!found) return undefined;
  outbox.discard(key);
  if ("file" in found.film) uploads.leave([found.film.file], false);
  waiting = waiting.filter((one) => one !== found);
  return found;
}

export type Saying = { video: Id; parent: Id | null; text: string; file: string | null };
export type Unsaid = Saying & { key: string; at: number; refused: string | null };

let unsaid = $state.raw<Unsaid[]>([]);

/** Replies that the server does not have yet, beneath a video or beneath one of its replies. */
export const unsent = (video: Id, parent: Id | null): Unsaid[] =>
  unsaid.filter((one) => one.video === video && one.parent === parent);

outbox.verb<Saying, ReplyDone>("videos.reply", {
  keepsRefused: true,
  ready(op) {
    const { file } = op.args;
    if (!file || op.body["media_id"]) return null;
    return uploads.settled([file]).then(([media_id]) => {
      op.body = { ...op.body, media_id };
    });
  },
  apply({ client_id, args, at }) {
    const others = unsaid.filter((one) => one.key !== client_id);
    unsaid = [...others, { ...args, key: client_id, at, refused: null }];
  },
  revert({ client_id }, refused) {
    unsaid = refused
      ? unsaid.map((one) => (one.key === client_id ? { ...one, refused: refused.message } : one))
      : unsaid.filter((one) => one.key !== client_id);
  },
  done({ client_id, args }, answer) {
    unsaid = unsaid.filter((one) => one.key !== client_id);
    if (args.file) uploads.arrived([args.file]);
    shownVideo(args.video)?.said(answer);
  },
});

export function say(
  video: Video,
  parent: Id | null,
  text: string,
  file: string | null,
): Promise<unknown> {
  if (file) uploads.leave([file]);
  const write = {
    method: "POST",
    path: `/api/videos/${video.author_id}/${video.id}/replies`,
    body: { text, parent_id: parent },
    lane: `videos.${video.id}`,
  } as const;
  return outbox.do<Saying>("videos.reply", write, { video: video.id, parent, text, file }).saved;
}

export const sayAgain = (key: string): void => outbox.retry(key);

/** What was refused is in its field again; what was typed there since comes after it. */
export function unsay({ key, video, parent, text, file }: Unsaid): void {
  const me = session.me?.id ?? "";
  const now = typed.get(me, placeOf(video, parent));
  typed.put(me, placeOf(video, parent), [text, now].filter(Boolean).join("\n"));
  if (file) uploads.leave([file], false);
  outbox.discard(key);
  unsaid = unsaid.filter((one) => one.key !== key);
}

// The log may say it before the answer does: then it is shown once.
live.on("video.replied", ({ video_id, reply }) => {
  if (reply.member_id !== session.me?.id) return;
  const told = unsaid.find(
    (one) => one.video === video_id && one.parent === reply.parent_id && one.text === reply.text,
  );
  if (told) unsaid = unsaid.filter((one) => one !== told);
});

session.onLeft(() => {
  waiting = [];
  unsaid = [];
});
