import { describe, expect, it } from "vitest";
import { triples } from "../ports/triples.ts";
import { apply, beside, chaptersOf, find, type Held, held, listed, paged } from "./model.ts";
import type { Card, Media, Reply, ThreadPage, Video, VideoEvent } from "./told.ts";

const card = (id: string): Card => ({
  id,
  kind: "member",
  name: id,
  headline: "",
  handle: id,
  degree: 1,
  mutuals: null,
  open_to: [],
  connected_on: null,
  photo: null,
});

const film = (id: string): Media => ({
  id,
  kind: "video",
  state: "ready",
  name: "film.mp4",
  type: "video/mp4",
  size: 1,
  width: 9,
  height: 16,
  duration: 1_000,
  placeholder: null,
  waveform: null,
  voice: false,
  alt: "",
  url: "/film",
  files: [],
  refusal: null,
});

const video: Video = {
  id: "1",
  author_id: "a",
  state: "live",
  title: "Title",
  text: "",
  language: "en",
  audience: "everyone",
  replies: "all",
  media: film("m"),
  published_at: 1,
  subtitles: [],
  views: 0,
  likes: 0,
  liked: false,
  replies_total: 0,
  may_reply: true,
  mine: false,
  refusal: null,
};

const reply = (id: string, more: Partial<Reply> = {}): Reply => ({
  id,
  member_id: "b",
  parent_id: null,
  text: id,
  media: null,
  at: Number(id),
  state: "live",
  subtitles: [],
  likes: 0,
  liked: false,
  removed: false,
  may_remove: false,
  answers: 0,
  ...more,
});

const page = (
  replies: Reply[],
  chapters: Reply[] = [],
  next: string | null = null,
): ThreadPage => ({
  replies,
  chapters,
  next,
  total: replies.length,
  cards: [card("b")],
});

const where = { author_id: "a", video_id: "1" } as const;
const replied = (one: Reply, total: number, video_id = "1") =>
  ({
    type: "video.replied",
    ...where,
    video_id,
    reply: one,
    card: card("b"),
    replies_total: total,
  }) as const;

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
const told = (state: Held, ...events: Parameters<typeof apply>[1][]): Held =>
  events.reduce((now, event) => apply(now, event) ?? now, state);

describe("replies", () => {
  const start = paged(held(video, card("a")), null, page([reply("10"), reply("9")], [], "10"));

  it("stand in the order in which they were said, each once", () => {
    expect(ids(start.replies)).toEqual(["9", "10"]);
    const now = told(start, replied(reply("12"), 3), replied(reply("12"), 3));
    expect(ids(now.replies)).toEqual(["9", "10", "12"]);
    expect(now.video.replies_total).toBe(3);
    expect(ids(paged(now, null, page([reply("11"), reply("12")])).replies)).toEqual([
      "9",
      "10",
      "11",
      "12",
    ]);
  });

  it("of another video are not heard", () => {
    expect(told(start, replied(reply("12"), 3, "2"))).toBe(start);
  });

  it("are counted beneath what they answer, and shown where that is open", () => {
    const answer = reply("13", { parent_id: "9" });
    const closed = told(start, replied(answer, 3), replied(answer, 3));
    expect(find(closed, "9")?.answers).toBe(2);
    const opened = paged(closed, "9", page([answer]));
    expect(find(opened, "9")?.answers).toBe(1);
    const open = paged(start, "9", page([]));
    const now = told(open, replied(answer, 3), replied(answer, 3));
    expect(find(now, "9")?.answers).toBe(1);
    expect(ids(now.answers["9"]?.list ?? [])).toEqual(["13"]);
    const gone = {
      type: "video.reply_removed",
      ...where,
      reply_id: "13",
      gone: true,
      replies_total: 2,
    } as const;
    const less = told(now, gone);
    expect(find(less, "9")?.answers).toBe(0);
    expect(less.answers["9"]?.list).toEqual([]);
  });

  it("leave their place where others answer them", () => {
    const removal = {
      type: "video.reply_removed",
      ...where,
      reply_id: "9",
      gone: false,
      replies_total: 1,
    } as const;
    const now = told(start, removal);
    expect(find(now, "9")).toMatchObject({ removed: true, text: "" });
    expect(ids(told(now, { ...removal, gone: true, replies_total: 0 }).replies)).toEqual(["10"]);
  });
});

describe("chapters", () => {
  const film1 = reply("20", { media: film("x") });
  const film2 = reply("22", { media: film("y"), state: "processing" });
  const start = paged(held(video, card("a")), null, page([film1, film2, reply("21")], [film1]));

  it("are the video, then every film that answers it", () => {
    expect(chaptersOf(start).map(({ id }) => id)).toEqual([null, "20"]);
    const ready = {
      type: "video.reply_changed",
      ...where,
      reply: { ...film2, state: "live" },
    } as const;
    const now = told(start, ready);
    const all = chaptersOf(now);
    expect(all.map(({ id }) => id)).toEqual([null, "20", "22"]);
    expect(beside(all, null, 1)?.id).toBe("20");
    expect(beside(all, "22", 1)).toBeNull();
    expect(beside(all, "20", -1)?.id).toBeNull();
    expect(beside(all, "99", 1)).toBeNull();
  });

  it("are played thread by thread", () => {
    const beneath = reply("30", { media: film("z"), parent_id: "20" });
    const now = told(start, replied({ ...film2, state: "live" }, 4), replied(beneath, 5));
    expect(chaptersOf(now).map(({ id }) => id)).toEqual([null, "20", "30", "22"]);
  });

  it("go with what is removed", () => {
    const removal = {
      type: "video.reply_removed",
      ...where,
      reply_id: "20",
      gone: true,
      replies_total: 2,
    } as const;
    expect(chaptersOf(told(start, removal)).map(({ id }) => id)).toEqual([null]);
  });
});

describe("a video", () => {
  it("changes, and goes", () => {
    const start = held(video, card("a"));
    const now = told(start, { type: "video.changed", video: { ...video, title: "New" } });
    expect(now.video.title).toBe("New");
    expect(apply(now, { type: "video.removed", id: "1" })).toBeNull();
    expect(apply(now, { type: "video.removed", id: "2" })).toBe(now);
  });

  it("comes first in its author’s list", () => {
    const other = { ...video, id: "2" };
    const list = listed([video], { type: "video.changed", video: other }, "a");
    expect(ids(list)).toEqual(["2", "1"]);
    expect(ids(listed(list, { type: "video.removed", id: "1" }, "a"))).toEqual(["2"]);
    expect(
      listed(list, { type: "video.changed", video: { ...other, author_id: "z", id: "3" } }, "a"),
    ).toBe(list);
  });
});

describe("old state + events = fresh state", () => {
  type Plain = { videos: Video[]; replies: Reply[] };

  /** What a page holds on which all of that is opened. */
  function opened({ videos: [video], replies }: Plain): Held | null {
    if (!video) return null;
    const first = replies.filter((one) => one.parent_id === null);
    const answers: Held["answers"] = {};
    for (const { id } of first)
      answers[id] = { list: replies.filter((one) => one.parent_id === id), next: null };
    return {
      ...held(video, { id: video.author_id } as Card),
      replies: first,
      answers,
      ready: true,
    };
  }
  const plain = (page: Held | null): Plain => ({
    videos: page ? [page.video] : [],
    replies: page
      ? [...page.replies, ...Object.values(page.answers).flatMap(({ list }) => list)]
      : [],
  });

  it.each(triples<Plain>("videos"))("%s", (_, { old, events, fresh }) => {
    const after = (events as VideoEvent[]).reduce<Held | null>(
      (page, event) => page && apply(page, event),
      opened(old),
    );
    expect(plain(after)).toEqual(plain(opened(fresh)));
  });
});
