import { expect, it } from "vitest";
import type { Messages } from "../wire/types.ts";
import { message } from "./samples.ts";
import { Thread } from "./thread.svelte.ts";

const page = (...seqs: number[]): Messages => ({
  messages: seqs.map((seq) => message(seq)),
  cards: [],
  first_seq: 1,
  last_seq: seqs.at(-1) ?? 0,
});

it("knows what was told while its page was on its way", () => {
  const thread = new Thread("1");
  thread.state = "loading";
  thread.append(message(3));
  thread.append(message(4));
  thread.take(page(1, 2), "end");
  expect(thread.hasNewer).toBe(true);
  thread.take(page(3, 4), "joins");
  expect(thread.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(thread.hasNewer).toBe(false);
});

it("is at its end though the last one of all is not for the member", () => {
  const thread = new Thread("1");
  thread.take({ ...page(1), last_seq: 2 }, "end");
  expect(thread.hasNewer).toBe(false);
});
