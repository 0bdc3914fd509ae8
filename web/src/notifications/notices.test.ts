import { afterEach, expect, it, vi } from "vitest";
import type { Notice } from "../wire/types.ts";
import { bell } from "./bell.svelte.ts";
import { notices } from "./notices.svelte.ts";

const notice = (id: string): Notice => ({ id, at: Number(id), people: [], thing: null }) as never;

afterEach(() => {
  notices.clear();
  vi.unstubAllGlobals();
});

it("keeps what was told since the list was asked for", async () => {
  let answer = (_: Response): void => undefined;
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
  const loading = notices.list.reload();
  notices.hear({ type: "notice.told", notice: notice("7"), cards: [], bell: 2 });
  answer(Response.json({ notices: [notice("5")], cards: [], bell: 1, next: null }));
  await loading;
  expect(notices.list.items.map(({ id }) => id)).toEqual(["7", "5"]);
  expect(bell.count).toBe(2);
});
