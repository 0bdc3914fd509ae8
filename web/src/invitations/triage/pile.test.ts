import { beforeEach, expect, it, vi } from "vitest";
import { pile } from "./pile.svelte.ts";
import type { One } from "./words.ts";

const one = (id: string): One =>
  ({ id, at: Number(id), about: null, card: { id, name: `Person ${id}` } }) as unknown as One;
const shown = (): string[] => pile.items.map(({ id }) => id);

beforeEach(() => {
  vi.unstubAllGlobals();
  pile.clear();
  pile.box = "received";
  pile.items = [one("3"), one("2"), one("1")];
  pile.total = 3;
  pile.cursor = "3";
  pile.ready = true;
});

it("lets the log's late word on an answer change nothing once its undo has begun", () => {
  const back = pile.take(new Set(["3"]));
  expect(shown()).toEqual(["2", "1"]);
  back();
  pile.returns(["3"]);
  pile.settled("3");
  pile.arrived(one("3"));
  expect(shown()).toEqual(["3", "2", "1"]);
  expect(pile.fresh).toEqual([]);
  expect(pile.cursor).toBe("3");
});

it("stays as it was left, however late the log tells of answers and their undos", () => {
  const again = (): void => {
    const back = pile.take(new Set(["3"]));
    back();
    pile.returns(["3"]);
  };
  again();
  pile.settled("3");
  again();
  pile.arrived(one("3"));
  pile.settled("3");
  expect(shown()).toEqual(["3", "2", "1"]);
  pile.take(new Set(["3"]));
  pile.arrived(one("3"));
  pile.settled("3");
  expect([shown(), pile.fresh]).toEqual([["2", "1"], []]);
});

it("takes out what is answered elsewhere after an undo has been heard of", () => {
  const back = pile.take(new Set(["3"]));
  pile.settled("3");
  back();
  pile.returns(["3"]);
  pile.arrived(one("3"));
  pile.settled("3");
  expect(shown()).toEqual(["2", "1"]);
});

it("keeps whom one has answered where they now are, though the log says so late", async () => {
  pile.box = "replied";
  const page = { invitations: [one("3")], cards: [], total: 1, groups: [], next: null };
  const answer = vi.fn(async () => Response.json({ ...page, arriving: 0, arrives_at: null }));
  vi.stubGlobal("fetch", answer);
  pile.settled("3");
  expect(shown()).toEqual(["3", "2", "1"]);
  await vi.waitFor(() => expect([shown(), pile.fault]).toEqual([["3"], null]));
  // What is done here needs no second look.
  pile.take(new Set(["3"]));
  pile.settled("3");
  expect(answer).toHaveBeenCalledOnce();
});
