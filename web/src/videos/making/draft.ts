/** What is said of a video that is not published yet: kept on this device at every key. */
import type { Id } from "../../wire/words.ts";
import { typed } from "../kept.ts";
import type { Words } from "../sending.svelte.ts";

/** Where its file lies, and its words. */
export const PLACE = "video.new";
export const MAX_TITLE = 150;
export const MAX_TEXT = 2_000;
export const AUDIENCES = ["everyone", "connections"] as const;
export const REPLIES = ["all", "connections", "none"] as const;

const one = <T extends string>(all: readonly T[], value: unknown, usual: T): T =>
  all.find((each) => each === value) ?? usual;

/** As it was left; else with what was chosen the last time. */
export function remembered(me: Id, language: string): Words {
  const usual: Words = { title: "", text: "", language, audience: "everyone", replies: "all" };
  let kept: Partial<Words> = {};
  try {
    kept = JSON.parse(typed.get(me, PLACE) || typed.get(me, "ways") || "{}") as Partial<Words>;
  } catch {
    // Not ours: then it begins as the first one did.
  }
  return {
    title: typeof kept.title === "string" ? kept.title : usual.title,
    text: typeof kept.text === "string" ? kept.text : usual.text,
    language: typeof kept.language === "string" ? kept.language : usual.language,
    audience: one(AUDIENCES, kept.audience, usual.audience),
    replies: one(REPLIES, kept.replies, usual.replies),
  };
}

export function keep(me: Id, words: Words): void {
  typed.put(me, PLACE, JSON.stringify(words));
}

/** It is on its way; for whom it was is proposed for the next one, too. */
export function forget(me: Id, { language, audience, replies }: Words): void {
  typed.put(me, PLACE, "");
  typed.put(me, "ways", JSON.stringify({ language, audience, replies }));
}
