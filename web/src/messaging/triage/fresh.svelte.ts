/** Saved views: what each asks, so that its list follows, and how many conversations it has. */
import { untrack } from "svelte";
import { api } from "../../ports/api.ts";
import { live } from "../../ports/live.ts";
import { inbox } from "../mailbox.svelte.ts";
import { matches } from "./filters.ts";

const AFTER_MS = 400;
const CHANGES = [
  "message.sent",
  "conversation.changed",
  "conversation.removed",
  "bulk.progressed",
] as const;

/** While it runs, saved views are kept true; the answer ends that. */
export function filterViews(): () => void {
  const { filters } = inbox.sets;
  if (!filters.length) return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const count = () => {
    timer = undefined;
    api
      .get<{ counts: Record<string, number> }>("/api/filters/counts")
      .then(({ counts }) => inbox.countFilters(counts))
      .catch(() => {});
  };
  const soon = () => {
    timer ??= setTimeout(count, AFTER_MS);
  };
  untrack(() => {
    for (const { id, filter } of filters)
      inbox.view(`filter:${id}`).rule = (row) => matches(row, filter);
    count();
  });
  const off = CHANGES.map((type) => live.on(type, soon));
  return () => {
    clearTimeout(timer);
    for (const stop of off) stop();
  };
}
