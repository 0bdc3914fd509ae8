import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { outbox } from "../ports/outbox.ts";
import type { Scheduled } from "../wire/types.ts";
import { waiting } from "./scheduled.svelte.ts";

const one = (id: string, client_id: string): Scheduled =>
  ({ id, client_id, conversation_id: "1", text: "Later", send_at: 9, held: false }) as Scheduled;
const shown = () => waiting.list.map(({ id }) => id);

beforeEach(() => waiting.clear());
afterEach(() => vi.unstubAllGlobals());

it.each(["send", "cancel"] as const)("does %s what is on its way when it is there", async (how) => {
  const asked: string[] = [];
  vi.stubGlobal("document", { visibilityState: "visible", documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return Response.json({});
  });
  await outbox.start("1");
  waiting.expect("mine", { conversation: "1", text: "Later", sendAt: 9 });
  waiting.settle(waiting.list[0] as Scheduled, how);
  expect(shown()).toEqual([]);
  waiting.put(one("7", "mine"));
  waiting.put(one("7", "mine"));
  await vi.waitFor(() => expect([...outbox.pending()]).toEqual([]));
  expect(asked.filter((path) => path !== "/api/scheduled")).toEqual([`/api/scheduled/7/${how}`]);
});

it("keeps what was said since a list was asked for", async () => {
  const page = () => Response.json({ scheduled: [one("5", "old")] });
  vi.stubGlobal("fetch", async () => page());
  await waiting.load();
  let answer = (_: Response): void => undefined;
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
  const loading = waiting.load();
  waiting.remove("5");
  waiting.put(one("7", "mine"));
  answer(page());
  await loading;
  waiting.put(one("5", "old"));
  expect(shown()).toEqual(["7"]);
});
