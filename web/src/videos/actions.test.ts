import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { outbox } from "../ports/outbox.ts";
import { OneVideo } from "./state.svelte.ts";
import type { Reply, Video } from "./told.ts";

vi.stubGlobal("addEventListener", () => {});
const { change, removeReply } = await import("./actions.ts");

const words = {
  title: "Old",
  text: "",
  language: "en",
  audience: "everyone",
  replies: "all",
} as const;
const video = { ...words, id: "1", author_id: "7", likes: 0, replies_total: 1, subtitles: [] };
const reply = (id: string) =>
  ({ id, member_id: "8", parent_id: null, text: id, answers: 0, media: null }) as unknown as Reply;
const card = { id: "7", name: "Ana", handle: "ana" };
const page = { replies: [reply("10")], chapters: [], next: null, total: 1, cards: [] };

let one: OneVideo;
let likes = 0;
let meanwhile: () => void;
const shown = () => one.now?.video as Video;

beforeEach(async () => {
  meanwhile = () => {};
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (path: string, { method }: RequestInit) => {
    if (method === "GET")
      return Response.json(path.includes("replies") ? page : { video: { ...video, likes }, card });
    meanwhile();
    return Response.json({ error: { code: "no", message: "No." } }, { status: 400 });
  });
  await outbox.start("1");
  one = new OneVideo({ id: "7" }, "1");
  await one.load();
});
afterEach(() => vi.unstubAllGlobals());

it("brings back the reply that was not removed, and keeps what was said meanwhile", async () => {
  const heard = new Promise<void>((resolve) => {
    meanwhile = () => {
      const told = { author_id: "7", video_id: "1", card, replies_total: 1 } as object;
      one.hear({ type: "video.replied", reply: reply("14"), ...told } as never);
      resolve();
    };
  });
  removeReply(one, shown(), reply("10"));
  expect(one.now?.replies).toEqual([]);
  await heard;
  await vi.waitFor(() => expect(one.now?.replies.map(({ id }) => id)).toEqual(["10", "14"]));
  expect(shown().replies_total).toBe(2);
  expect(one.fresh).toBe(0);
});

it("takes back words that were refused, and shows what the server has", async () => {
  const before = shown();
  one.set({ ...before, likes: 3 });
  meanwhile = () => {
    likes = 9;
  };
  change(one, before, { ...words, title: "New" });
  expect(shown()).toMatchObject({ title: "New", likes: 3 });
  await vi.waitFor(() => expect(shown()).toMatchObject({ title: "Old", likes: 9 }));
});
