/** What one does with a video and with what is said beneath it: seen at once, sent by the outbox. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { api } from "../ports/api.ts";
import { outbox, type Write } from "../ports/outbox.ts";
import type { Id } from "../wire/words.ts";
import { subtitlesPath } from "./player/tracks.svelte.ts";
import type { Words } from "./sending.svelte.ts";
import { type OneVideo, pathOf } from "./state.svelte.ts";
import type { Cue, Reply, ReplyDone, Subtitles, Track, Video, VideoDone } from "./told.ts";

const laneOf = ({ id }: Video): string => `videos.${id}`;

function liking<T extends { liked: boolean; likes: number }>(one: T, on: boolean): T {
  if (one.liked === on) return one;
  return { ...one, liked: on, likes: Math.max(0, one.likes + (on ? 1 : -1)) };
}

export function like(one: OneVideo, video: Video, on: boolean): void {
  const turn = (to: boolean): void => {
    if (one.now) one.set(liking(one.now.video, to));
  };
  outbox.mutate<VideoDone>({
    op: { method: "PUT", path: `${pathOf(video)}/like`, body: { on }, lane: laneOf(video) },
    apply: () => turn(on),
    revert: () => turn(!on),
  });
}

export function likeReply(one: OneVideo, video: Video, reply: Reply, on: boolean): void {
  const turn = (to: boolean): void => one.reply(reply.id, (now) => liking(now, to));
  outbox.mutate<ReplyDone>({
    op: {
      method: "PUT",
      path: `${pathOf(video)}/replies/${reply.id}/like`,
      body: { on },
      lane: laneOf(video),
    },
    apply: () => turn(on),
    revert: () => turn(!on),
  });
}

/** Counted once; nothing on the page waits for it. */
export function seen(video: Video): void {
  outbox.mutate({
    op: { method: "POST", path: `${pathOf(video)}/seen`, lane: laneOf(video) },
    apply: () => undefined,
    revert: () => undefined,
  });
}

/** The member has confirmed it. */
export function removeReply(one: OneVideo, video: Video, reply: Reply): void {
  outbox.mutate({
    op: { method: "DELETE", path: `${pathOf(video)}/replies/${reply.id}`, lane: laneOf(video) },
    apply: () => one.drop(reply.id, reply.answers === 0),
    revert: () => one.back(reply),
    done: () => notify(t("videos.reply_removed")),
  });
}

export function change(one: OneVideo, video: Video, words: Words): void {
  const { title, text, language, audience, replies } = video;
  const put = (to: Words): void => {
    if (one.now) one.set({ ...one.now.video, ...to });
  };
  outbox.mutate<VideoDone>({
    op: { method: "PATCH", path: pathOf(video), body: words, lane: laneOf(video) },
    apply: () => put(words),
    revert: () => {
      put({ title, text, language, audience, replies });
      // Of several changes in a row, only the server knows which ones stand.
      void one.look();
    },
    done: (answer) => one.set(answer.video),
  });
}

/** Confirmed, too; the caller leaves the page when it is done. */
export function remove(video: Video, done: () => void, failed: () => void): void {
  outbox.mutate({
    op: { method: "DELETE", path: pathOf(video), lane: laneOf(video) },
    apply: () => undefined,
    revert: failed,
    done,
  });
}

/** Which film's subtitles in which language. */
export type Which = { reply: Id | null; language: string };

const trackOp = (
  video: Video,
  { reply, language }: Which,
  more: Pick<Write, "method" | "body">,
): Write => ({
  ...more,
  path: `${subtitlesPath(video.author_id, video.id, language)}${reply ? `?reply=${reply}` : ""}`,
  lane: laneOf(video),
});

function counted(one: OneVideo, { reply, language }: Which, cues: number): void {
  const put = (list: Subtitles[]): Subtitles[] => {
    const others = list.filter((track) => track.language !== language);
    return cues ? [...others, { language, cues }] : others;
  };
  if (reply) one.reply(reply, (now) => ({ ...now, subtitles: put(now.subtitles) }));
  else if (one.now) one.set({ ...one.now.video, subtitles: put(one.now.video.subtitles) });
}

export function writeSubtitles(
  one: OneVideo,
  video: Video,
  which: Which,
  cues: Cue[],
  told: { done: () => void; refused: (why: string) => void },
): void {
  const before = one.tracks?.peek(which.reply, which.language) ?? [];
  const put = (now: Cue[]): void => {
    one.tracks?.put(which.reply, which.language, now);
    counted(one, which, now.length);
  };
  outbox.mutate({
    op: trackOp(video, which, { method: "PUT", body: { cues } }),
    apply: () => put(cues),
    revert: (refused) => {
      put(before);
      if (refused) told.refused(refused.message);
    },
    done: told.done,
  });
}

/** A .vtt or .srt file as it is; how many lines are in it. */
export async function bringSubtitles(
  one: OneVideo,
  video: Video,
  which: Which,
  file: string,
): Promise<number> {
  const { path } = trackOp(video, which, { method: "PUT" });
  const { cues } = await api.put<Track>(path, { file });
  one.tracks?.put(which.reply, which.language, cues);
  counted(one, which, cues.length);
  return cues.length;
}

/** Taken away at once; undone by bringing the same lines again. */
export async function removeSubtitles(one: OneVideo, video: Video, which: Which): Promise<void> {
  const { tracks } = one;
  if (!tracks) return;
  const cues = await tracks.load(which.reply, which.language);
  outbox.mutate({
    op: trackOp(video, which, { method: "DELETE" }),
    apply: () => counted(one, which, 0),
    revert: () => counted(one, which, cues.length),
  });
  notify(t("videos.subtitles_removed"), {
    undo: () =>
      writeSubtitles(one, video, which, cues, {
        done: () => undefined,
        refused: (why) => void notify(why, { error: true }),
      }),
  });
}
