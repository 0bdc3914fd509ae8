import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { allWords, useLocale } from "../kit/i18n.svelte.ts";
import { outbox } from "../ports/outbox.ts";

vi.stubGlobal("addEventListener", () => {});
const { onPublished, publishing, takeBack } = await import("./sending.svelte.ts");

const words = { title: "Old", text: "", language: "en", audience: "all", replies: "all" };
/** As the client wrote it before a film could be one that the server has already. */
const left = () =>
  outbox.do(
    "videos.publish",
    { method: "POST", path: "/api/videos", body: { ...words, media_id: "5" }, lane: "test" },
    { file: "f1", words },
  );

let answer: () => Response;

beforeEach(async () => {
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async () => answer());
  await useLocale("en");
  await allWords();
  await outbox.start("1");
});

afterEach(() => vi.unstubAllGlobals());

it("shows and sends what an earlier client left waiting", async () => {
  const heard: string[] = [];
  const stop = onPublished((video) => heard.push(video.id));
  answer = () => Response.json({ video: { id: "9" } });
  const { client_id, settled } = left();
  expect(publishing.list).toEqual([{ key: client_id, film: { file: "f1" }, words, refused: null }]);
  expect(await settled).toBe("sent");
  expect(heard).toEqual(["9"]);
  expect(publishing.list).toEqual([]);
  stop();
});

it("gives back what an earlier client left and the server refuses", async () => {
  answer = () => Response.json({ error: { code: "no", message: "No." } }, { status: 400 });
  const { client_id, settled } = left();
  expect(await settled).toBe("refused");
  expect(takeBack(client_id)).toMatchObject({ film: { file: "f1" }, words, refused: "No." });
  expect(publishing.list).toEqual([]);
});
