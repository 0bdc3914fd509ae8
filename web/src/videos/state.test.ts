import { afterEach, expect, it, vi } from "vitest";
import { OneVideo } from "./state.svelte.ts";
import type { Reply, Video } from "./told.ts";

const video = (more: Partial<Video> = {}): Video =>
  ({ id: "1", author_id: "7", title: "Old", replies_total: 0, subtitles: [], ...more }) as Video;
const reply = (id: string): Reply =>
  ({ id, member_id: "8", parent_id: null, text: id, answers: 0, media: null }) as Reply;
const card = { id: "7", name: "Ana", handle: "ana" };
const opened = (more: Partial<Video> = {}) => Response.json({ video: video(more), card });
const page = (...ids: string[]) =>
  Response.json({
    replies: ids.map(reply),
    chapters: [],
    next: null,
    total: ids.length,
    cards: [],
  });

/** Answers each question in turn; one that is no answer yet is asked for what it waits for. */
function answering(...answers: (() => Response | Promise<Response>)[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const next = answers.shift();
    if (!next) throw new Error(`not expected: ${path}`);
    return next();
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

const one = () => new OneVideo({ id: "7" }, "1");

it("asks again where something was told while the answer was on its way", async () => {
  const opening = one();
  answering(
    () => {
      // It is ready by now; the answer was made before.
      opening.hear({ type: "video.changed", video: video({ title: "New" }) });
      return opened();
    },
    () => opened({ title: "New" }),
    () => page(),
  );
  await opening.load();
  expect(opening.now?.video.title).toBe("New");
});

it("does not ask again for what is told of another video", async () => {
  const opening = one();
  const asked = answering(
    () => {
      opening.hear({ type: "video.changed", video: video({ id: "2" }) });
      return opened();
    },
    () => page(),
  );
  await opening.load();
  expect([opening.now?.video.title, asked.length]).toEqual(["Old", 2]);
});

it("offers what others have said since, and brings it without moving the rest", async () => {
  const watched = one();
  answering(
    () => opened({ replies_total: 1 }),
    () => page("10"),
  );
  await watched.load();
  expect(watched.fresh).toBe(0);

  answering(() => opened({ replies_total: 3 }));
  await watched.look();
  expect(watched.fresh).toBe(2);
  expect(watched.now?.replies.map(({ id }) => id)).toEqual(["10"]);

  // My own answer is no news to me; the others still are.
  watched.said({ reply: reply("13"), replies_total: 4 });
  expect(watched.fresh).toBe(2);

  answering(() => page("10", "11", "12", "13"));
  await watched.renew();
  expect(watched.fresh).toBe(0);
  expect(watched.now?.replies.map(({ id }) => id)).toEqual(["10", "11", "12", "13"]);

  // Who takes part is told, and has it at once.
  const told = { author_id: "7", video_id: "1", card } as never;
  watched.hear({
    type: "video.replied",
    reply: reply("14"),
    replies_total: 5,
    ...(told as object),
  } as never);
  expect(watched.fresh).toBe(0);
  watched.hear({
    type: "video.reply_removed",
    author_id: "7",
    video_id: "1",
    reply_id: "14",
    gone: true,
    replies_total: 4,
  });
  expect(watched.fresh).toBe(0);
});
