import { afterEach, expect, it, vi } from "vitest";
import { message } from "./samples.ts";
import { Threads } from "./threads.ts";

afterEach(() => vi.unstubAllGlobals());

it("reads on until nothing was told while the end was on its way", async () => {
  const threads = new Threads();
  const said = [1, 2];
  const asked: string[] = [];
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const after = Number(new URLSearchParams(path.split("?")[1]).get("after"));
    const page = said.filter((seq) => seq > after);
    const answer = { messages: page.map((seq) => message(seq)), cards: [], first_seq: 1 };
    const json = JSON.stringify({ ...answer, last_seq: said.at(-1) });
    // Two more are said, and told of, while each of the first two answers is on its way.
    if (said.length < 6)
      for (const _ of "ab") {
        said.push(said.length + 1);
        threads.append(message(said.length));
      }
    return new Response(json, { headers: { "content-type": "application/json" } });
  });
  await threads.open("1");
  expect(threads.get("1").shown.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(threads.get("1").hasNewer).toBe(false);
  expect(asked.length).toBe(3);
});

it("reads once more what became out of date while it was on its way", async () => {
  const threads = new Threads();
  let last = 1;
  const asked: string[] = [];
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const messages = Array.from({ length: last }, (_, index) => message(index + 1));
    const answer = Response.json({ messages, cards: [], first_seq: 1, last_seq: last });
    // The log did not reach back: what has come since is never heard.
    if (last === 1) {
      last = 2;
      threads.stale();
    }
    return answer;
  });
  await threads.open("1");
  expect(threads.get("1").shown.map(({ seq }) => seq)).toEqual([1, 2]);
  await threads.open("1");
  expect(asked.length).toBe(2);
});
